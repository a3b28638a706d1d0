//! Chains as a flowchart for documents, in the language of Mermaid.

use std::fmt::Write as _;

use super::{Shown, tree};
use crate::app::MiddlewareInfo;

/// The flowchart of all these chains, one below the other.
pub(super) fn flowchart(chains: &[Shown]) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for (number, shown) in (1..).zip(chains) {
        text.push_str(&chain(number, shown));
    }
    text.push_str("  classDef out stroke-dasharray: 5 5\n");
    text
}

fn chain(number: usize, (handler, chain): &Shown) -> String {
    let title = quoted(&format!("{} ({})", handler.route(chain), handler.kind));
    let mut text = format!("  subgraph c{number}[{title}]\n    direction LR\n");
    let mut running = Vec::new();
    for (position, one) in (1..).zip(&chain.around) {
        let id = format!("c{number}m{position}");
        let class = if one.left_out.is_some() { ":::out" } else { "" };
        let _ = writeln!(text, "    {id}[{}]{class}", label(one));
        if one.left_out.is_none() {
            running.push(id);
        }
    }
    let end = format!("c{number}h");
    let _ = writeln!(text, "    {end}([{}])", quoted(&format!("{}\n{}", handler.name, handler.site)));
    running.push(end);
    if running.len() > 1 {
        let _ = writeln!(text, "    {}", running.join(" --> "));
    }
    text.push_str("  end\n");
    text
}

fn label(one: &MiddlewareInfo) -> String {
    let order = if one.order == 0 { String::new() } else { format!(", order {}", one.order) };
    let reason = one.left_out.map(|left_out| format!("\n{}", tree::reason(left_out))).unwrap_or_default();
    quoted(&format!("{}\n{}{order}\n{}{reason}", one.name, one.scope, one.site))
}

/// A label: in quotes, with what would end it or be read as HTML written in another way.
fn quoted(text: &str) -> String {
    let mut label = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => label.push_str("#quot;"),
            '#' => label.push_str("#35;"),
            '<' => label.push_str("#lt;"),
            '>' => label.push_str("#gt;"),
            '`' => label.push('\''),
            '\n' => label.push_str("<br/>"),
            c => label.push(c),
        }
    }
    label + "\""
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_in_a_label_ends_it() {
        assert_eq!(quoted("a \"b\" <c> #1\n`d`"), "\"a #quot;b#quot; #lt;c#gt; #35;1<br/>'d'\"");
    }
}
