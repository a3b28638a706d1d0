//! The expansions of the attributes, compared with the files in `tests/expand`; `BLESS=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A source file of one annotated item: the attribute is expanded as the compiler would, with further arguments.
fn expansion(source: &str, further: &str) -> Outcome<TokenStream> {
    let (attribute, item) = source.trim_start().split_once("]\n").ok_or("no attribute")?;
    let attribute = attribute.strip_prefix("#[").ok_or("no attribute")?;
    let (name, args) = attribute.split_once('(').unwrap_or((attribute, ")"));
    let args = format!("{}, {further}", args.strip_suffix(')').ok_or("no arguments")?);
    Ok(crate::expand(name, args.parse()?, &item.parse()?).ok_or("unknown attribute")?)
}

/// Formatted as a file. What is in `submit!` is formatted as if it were the body of a function.
fn pretty(tokens: TokenStream) -> syn::Result<String> {
    let mut path = String::new();
    let file = syn::parse2(submits_as_functions(tokens, &mut path))?;
    Ok(prettyplease::unparse(&file).replace("fn __submit() {", &format!("{path} {{")))
}

fn submits_as_functions(tokens: TokenStream, path: &mut String) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            trees.push(tree);
            continue;
        };
        let content = submits_as_functions(group.stream(), path);
        let behind = |tree: &TokenTree| matches!(tree, TokenTree::Group(_)) || tree.to_string() == ";";
        let start = trees.iter().rposition(behind).map_or(0, |index| index + 1);
        let before: String = trees[start..].iter().map(ToString::to_string).collect();
        if before.ends_with("::submit!") {
            *path = before;
            trees.truncate(start);
            trees.extend(quote!(fn __submit() { #content }));
        } else {
            trees.push(proc_macro2::Group::new(group.delimiter(), content).into());
        }
    }
    trees.into_iter().collect()
}

const MARK: &str = "\n// Expands to:\n\n";

/// The recorded files and their content.
fn recorded() -> Outcome<Vec<(PathBuf, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry?.path();
        Ok((path.clone(), fs::read_to_string(path)?))
    };
    fs::read_dir(folder)?.map(read).collect()
}

fn source(recorded: &str) -> &str {
    recorded.split(MARK).next().unwrap_or_default().trim_end()
}

#[test]
fn expansions_are_as_recorded() -> Outcome<()> {
    let mut wrong = Vec::new();
    for (path, recorded) in recorded()? {
        let source = source(&recorded);
        let now = format!("{source}\n{MARK}{}", pretty(expansion(source, "")?)?);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &now)?;
        } else if now != recorded {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "run again with BLESS=1 and look at the difference of: {wrong:?}");
    Ok(())
}

#[test]
fn another_path_of_the_runtime_replaces_the_usual_one() -> Outcome<()> {
    for (path, recorded) in recorded()? {
        let source = source(&recorded);
        if source.contains("crate = ") {
            continue;
        }
        let item = source.split_once("]\n").ok_or("no attribute")?.1;
        let expanded = expansion(source, "crate = other::rt")?.to_string();
        assert!(expanded.contains("other :: rt :: __private"), "{}", path.display());
        assert_eq!(expanded.contains("chalice_rt"), item.contains("] chalice_rt"), "{}", path.display());
    }
    Ok(())
}

#[test]
fn the_item_survives_every_mistake() -> Outcome<()> {
    let item: TokenStream = "pub async fn broken(x: impl Copy) -> u8 { let }".parse()?;
    for name in [
        "route",
        "lambda_function",
        "on_sns_message",
        "middleware",
        "middleware_factory",
        "exception_handler",
    ] {
        let expanded =
            crate::expand(name, quote!(nonsense = 1), &item).ok_or("unknown attribute")?.to_string();
        assert!(expanded.starts_with(&item.to_string()), "{name}: {expanded}");
        assert!(expanded.contains("compile_error") && !expanded.contains("submit"), "{name}: {expanded}");
    }
    Ok(())
}

/// Half-typed bodies, as rustc and rust-analyzer pass them while the user types: with brackets closed.
const HALF_TYPED: [&str; 20] = [
    "let",
    "let x =",
    "let x: ",
    "let Some(x) = x else",
    "request.",
    "request.headers().",
    "next.run(request).",
    "Ok(Json(",
    "if",
    "if x ==",
    "match x { Some(y) => }",
    "for x in",
    "while let",
    "x +",
    "User { id, .. ",
    "|x|",
    "Vec::<",
    "use std::",
    "return &",
    "#[",
];

#[test]
fn a_half_typed_body_is_registered_as_any_other() -> Outcome<()> {
    let heads = [
        ("get", r#""/users/{id}""#, "async fn user(id: u64) -> String"),
        ("on_sqs_message", r#""orders""#, "async fn order(order: SqsRecord) -> Result<()>"),
        ("lambda_function", "", "fn resize(job: Job) -> Result<Done>"),
        (
            "middleware",
            r#""http""#,
            "async fn log(request: Request, next: Next<Request>) -> Result<Response>",
        ),
        ("exception_handler", "404", "async fn lost(error: &Error) -> Response"),
    ];
    for (name, args, head) in heads {
        let rest = |body: &str| -> Outcome<String> {
            let item: TokenStream = format!("{head} {}", closed(body)).parse()?;
            let expanded = crate::expand(name, args.parse()?, &item).ok_or("unknown attribute")?.to_string();
            let rest = expanded.strip_prefix(&item.to_string()).ok_or("the item is another one")?;
            Ok(rest.to_owned())
        };
        let complete = rest("todo!()")?;
        assert!(complete.contains("submit") && !complete.contains("compile_error"), "{complete}");
        for body in HALF_TYPED {
            assert_eq!(rest(body)?, complete, "{name}: {body}");
        }
    }
    Ok(())
}

/// The body in braces, with every bracket closed.
fn closed(body: &str) -> String {
    let mut open = vec!['}'];
    for character in body.chars() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    format!("{{ {body} {} ", open.iter().rev().collect::<String>())
}
