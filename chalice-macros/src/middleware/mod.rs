//! `#[middleware]` on a function or on an `impl Middleware<..> for ..`.

mod extractors;
pub(crate) mod factory;
mod function;
mod kinds;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit, LitStr, PatType, ReturnType, Type};

use crate::args::{Args, Grammar, Many, path_text, ungrouped};
use crate::errors::{Errors, help, translate};
use crate::function::{Function, cfgs, check_owned, last_name, other_item, shown, shown_argument, span_of};
use crate::implementation::Implementation;
use crate::names::{CratePath, emit, local, site};
use crate::path::Template;
use crate::registration::entry;
use kinds::Kinds;

static GRAMMAR: Grammar = Grammar {
    attribute: "middleware",
    positional: Some(("kind", Many::Several)),
    options: &[&[
        ("kind", "kind = \"http\""),
        ("order", "order = 10"),
        ("exclude", "exclude = [\"/health\"]"),
        ("scope", "scope = \"app\""),
        ("trace_execution", "trace_execution"),
        ("state", "state = [Db]"),
        ("provides", "provides = User"),
        ("before", ""),
        ("after", ""),
    ]],
};

/// The arguments of the attribute.
struct Model {
    runtime: CratePath,
    kinds: Option<Kinds>,
    /// Expands to: `.order(5).exclude(&["/health"])`.
    setters: TokenStream,
}

/// Expands to: `app.middleware::<Request, _, _>(__rt::Http, require_header).order(5);`, or the same for a type.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let model = Model::read(Args::parse(&GRAMMAR, args, errors), errors);
        match other_item(item) {
            Some((_, "an `impl` block")) => of_type(&model, &errors.keep(syn::parse2(item.clone()))?, errors),
            Some((keyword, what)) => {
                let message = format!("`#[middleware]` does not go on {what}");
                errors.at(
                    keyword,
                    help(message, "it goes on a function or on an `impl Middleware<..> for ..`"),
                );
                None
            }
            None => function::expand(&model, &errors.keep(syn::parse2(item.clone()))?, errors),
        }
    })
}

fn of_type(model: &Model, block: &Implementation, errors: &mut Errors) -> Option<TokenStream> {
    if !block.implements("Middleware") {
        let message = "`#[middleware]` goes on an implementation of `Middleware`";
        let remedy = format!("write `impl Middleware<Request> for {}`", shown(&block.ty));
        errors.at(block.impl_token, help(message, remedy));
        return None;
    }
    block.check_concrete(errors);
    let name = block.type_name(errors)?;
    let (kinds, setters, ty) = (model.kinds.as_ref()?, &model.setters, &block.ty);
    let value = quote_spanned!(ty.span()=> <#ty as ::core::default::Default>::default());
    let body = match block.trait_argument().filter(|event| !block.depends_on_generics(event)) {
        Some(event) => registered(kinds, event, &value, setters),
        None => registered_for_all(kinds, &value, setters),
    };
    Some(entry(&model.runtime, &cfgs(&block.attrs), &site(name), &body))
}

/// Registers a middleware of one event type. The event is checked against the kinds first, so that a wrong one is
/// reported once, at its type.
fn registered(kinds: &Kinds, event: &Type, value: &TokenStream, setters: &TokenStream) -> TokenStream {
    let (checks, kind) = (kinds.checks(event), kinds.tokens());
    emit!(#checks app.middleware::<#event, _, _>(#kind, #value) #setters;)
}

/// Registers a middleware of every event of its kinds.
fn registered_for_all(kinds: &Kinds, value: &TokenStream, setters: &TokenStream) -> TokenStream {
    let kind = kinds.tokens();
    emit!(app.middleware_for(#kind, #value) #setters;)
}

impl Model {
    fn read(mut args: Args, errors: &mut Errors) -> Model {
        refuse_reserved(&mut args, errors);
        let runtime = args.runtime(errors);
        let kinds = Kinds::take(&mut args, errors);
        let order =
            args.number("order", i32::MIN.into()..=i32::MAX.into(), errors).map(Literal::i64_unsuffixed);
        let order = order.map(|order| emit!(.order(#order)));
        let exclude = exclude(&mut args, errors).map(|exclude| emit!(.exclude(&[#(#exclude),*])));
        let scope = scope(&mut args, errors).then(|| emit!(.scope_app()));
        let trace = args.truth("trace_execution", errors).map(|trace| emit!(.trace_execution(#trace)));
        let describe = said(&mut args, errors).map(|said| emit!(.describe(|description| { #said })));
        Model { runtime, kinds, setters: emit!(#order #exclude #scope #trace #describe) }
    }
}

/// Expands to: `description.state::<Db>(); description.provides::<User>();`, out of `state = [Db], provides = User`.
fn said(args: &mut Args, errors: &mut Errors) -> Option<TokenStream> {
    let said = |method: &str, ty: &Type| {
        let span = span_of(ty);
        let (description, method) = (local("description", span), Ident::new(method, span));
        quote_spanned!(span=> #description.#method::<#ty>();)
    };
    let states = args.one_or_list::<Type>("state", errors).unwrap_or_default();
    let provided = args.one_or_list::<Type>("provides", errors).unwrap_or_default();
    let states = states.iter().map(|ty| said("state", ty));
    let all: TokenStream = states.chain(provided.iter().map(|ty| said("provides", ty))).collect();
    (!all.is_empty()).then_some(all)
}

/// The arguments `event` and `next` of a middleware's function.
fn signature<'a>(function: &'a Function, errors: &mut Errors) -> Option<(&'a PatType, &'a PatType)> {
    function.check_free("write a free function, or `impl Middleware<..> for ..`", errors);
    function.check("a middleware", errors);
    check_output(function, errors);
    let mut arguments = function.arguments();
    let (Some(event), Some(next)) = (arguments.next(), arguments.next()) else {
        let message =
            format!("a middleware takes the event and `next`, `{}` takes something else", function.name());
        let remedy = "write `(request: Request, next: Next<Request>)`";
        errors.at(arguments_of(function), help(message, remedy));
        return None;
    };
    check_owned(&event.ty, errors);
    check_next(event, next, errors);
    Some((event, next))
}

/// The tokens to report if the arguments are wrong as a whole.
fn arguments_of(function: &Function) -> TokenStream {
    let inputs = &function.sig.inputs;
    if inputs.is_empty() { function.name().to_token_stream() } else { inputs.to_token_stream() }
}

fn check_next(event: &PatType, next: &PatType, errors: &mut Errors) {
    let is_next = |argument: &PatType| last_name(&argument.ty).is_some_and(|name| name == "Next");
    if is_next(event) {
        let message = "the event comes first, then `next`";
        let remedy = format!("write `({}, {})`", shown_argument(next), shown_argument(event));
        errors.at(event, help(message, remedy));
        return;
    }
    if is_next(next) {
        return;
    }
    let message = "the second argument of a middleware is `next`";
    errors.at(&next.ty, help(message, format!("write `next: Next<{}>`", shown(&event.ty))));
}

fn check_output(function: &Function, errors: &mut Errors) {
    if matches!(function.sig.output, ReturnType::Type(..)) {
        return;
    }
    let next = if function.is_async() { "next.run(event).await" } else { "next.run_blocking(event)" };
    let output = function.arguments().next().map_or("Result<E::Response>", |event| answer(&event.ty));
    let message = "a middleware returns the answer";
    errors.at(function.name(), help(message, format!("add `-> {output}` and end with `{next}`")));
}

/// The return type of middleware for this event, guessed from its name.
fn answer(event: &Type) -> &'static str {
    let name = last_name(event).map(ToString::to_string).unwrap_or_default();
    match name.as_str() {
        "Request" | "WebsocketEvent" => "Result<Response>",
        "AnyEvent" => "Result<AnyResponse>",
        "AuthRequest" => "Result<AuthResponse>",
        name if name.ends_with("Event") => "Result<Value>",
        _ => "Result<E::Response>",
    }
}

fn refuse_reserved(args: &mut Args, errors: &mut Errors) {
    for name in ["before", "after"] {
        if let Some(key) = args.key(name) {
            let _ = args.tokens(name);
            let message = format!("`{name}` is reserved and not in this version");
            errors.at(
                key,
                help(message, "say the place with `order`: smaller is further out, the default is 0"),
            );
        }
    }
}

fn scope(args: &mut Args, errors: &mut Errors) -> bool {
    let Some(scope) = args.text("scope", errors) else { return false };
    if scope.value() != "app" {
        let message = format!("unknown scope `{}`", scope.value());
        errors.at(&scope, help(message, "`scope = \"app\"` is the only one; without it the module decides"));
    }
    true
}

fn exclude(args: &mut Args, errors: &mut Errors) -> Option<Vec<String>> {
    let entries = args.list::<Expr>("exclude", errors)?;
    Some(entries.iter().filter_map(|entry| excluded(entry, errors)).collect())
}

/// A template, `"GET /path"`, or a handler by its name or path.
fn excluded(entry: &Expr, errors: &mut Errors) -> Option<String> {
    match syn::parse2(ungrouped(entry.to_token_stream())) {
        Ok(Expr::Path(path)) => Some(path_text(&path.path)),
        Ok(Expr::Lit(literal)) if matches!(literal.lit, Lit::Str(_)) => match literal.lit {
            Lit::Str(text) => excluded_text(text, errors),
            _ => None,
        },
        _ => {
            let remedy = "write `exclude = [\"/health\", \"GET /users\", my_handler]`";
            errors.at(entry, help("`exclude` takes templates of routes and names of handlers", remedy));
            None
        }
    }
}

fn excluded_text(text: LitStr, errors: &mut Errors) -> Option<String> {
    let value = text.value();
    let path = value.split_once(' ').map_or(value.as_str(), |(_, path)| path);
    if path.starts_with('/') {
        Template::parse(LitStr::new(path, text.span()), errors)?;
    } else if value.is_empty() || value.contains([' ', '/']) {
        let message = format!("`{value}` is neither a template nor the name of a handler");
        errors.at(text, help(message, "write `\"/health\"`, `\"GET /health\"` or `\"module::name\"`"));
        return None;
    }
    Some(value)
}
