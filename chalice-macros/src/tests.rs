//! The expansions of the attributes, compared with the files in `tests/expand`; `BLESS=1` writes them anew.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// A source file of one annotated item: the attribute is expanded as the compiler would.
fn expansion(source: &str) -> Result<String, Box<dyn std::error::Error>> {
    let (attribute, item) = source.trim_start().split_once("]\n").ok_or("no attribute")?;
    let attribute = attribute.strip_prefix("#[").ok_or("no attribute")?;
    let (name, args) = attribute.split_once('(').unwrap_or((attribute, ")"));
    let args = args.strip_suffix(')').ok_or("no arguments")?.parse()?;
    let expanded = crate::expand(name, args, &item.parse()?).ok_or("unknown attribute")?;
    Ok(pretty(expanded)?)
}

/// Formatted as a file. What is in `submit!` is formatted as if it were the body of a function.
fn pretty(tokens: TokenStream) -> syn::Result<String> {
    let file = syn::parse2(submits_as_functions(tokens))?;
    Ok(prettyplease::unparse(&file).replace("fn __submit() {", "__rt::submit! {"))
}

fn submits_as_functions(tokens: TokenStream) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            trees.push(tree);
            continue;
        };
        let content = submits_as_functions(group.stream());
        let before: String = trees.iter().rev().take(5).map(ToString::to_string).collect();
        if before == "!submit::__rt" {
            trees.truncate(trees.len() - 5);
            trees.extend(quote!(fn __submit() { #content }));
        } else {
            trees.push(proc_macro2::Group::new(group.delimiter(), content).into());
        }
    }
    trees.into_iter().collect()
}

const MARK: &str = "\n// Expands to:\n\n";

#[test]
fn expansions_are_as_recorded() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let recorded = fs::read_to_string(&path)?;
        let source = recorded.split(MARK).next().unwrap_or_default().trim_end();
        let now = format!(
            "{source}\n{MARK}{}",
            expansion(source).map_err(|error| format!("{}: {error}", path.display()))?
        );
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &now)?;
        } else if now != recorded {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "run again with BLESS=1 and look at the difference of: {wrong:?}");
    Ok(())
}
