//! `chains`: shows the middleware around each handler, outermost first, as a tree, as JSON or as a flowchart.

mod document;
mod mermaid;
mod tree;

use super::args::Chains;
use super::{Failed, output};
use crate::app::{ChainInfo, HandlerInfo, Service, Target};

/// A chain and the handler at its end.
type Shown = (&'static HandlerInfo, &'static ChainInfo);

/// Prints the chain of one handler, or all chains.
pub(super) fn print(service: Service, asked: &Chains) -> Result<(), Failed> {
    let chosen = chosen(service, asked.name.as_deref())?;
    if asked.json {
        return output::print_json(&chosen.iter().map(document::of).collect::<Vec<_>>());
    }
    if asked.mermaid {
        return output::print(&mermaid::flowchart(&chosen));
    }
    let trees: Vec<String> = chosen.iter().map(tree::of).collect();
    output::print(&trees.join("\n"))
}

fn chosen(service: Service, name: Option<&str>) -> Result<Vec<Shown>, Failed> {
    let handlers = service.handlers();
    let every = |handlers: &'static [HandlerInfo]| {
        handlers.iter().flat_map(|handler| handler.chains.iter().map(move |chain| (handler, chain))).collect()
    };
    let Some(name) = name else { return Ok(every(handlers)) };
    let Target::Handler(index) = service.target(name).map_err(Failed::usage)? else {
        return Ok(every(handlers));
    };
    let handler = &handlers[index];
    match handler.chain(name) {
        Ok(chain) if name.contains(' ') => Ok(vec![(handler, chain)]),
        _ => Ok(every(&handlers[index..=index])),
    }
}
