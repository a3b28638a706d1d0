//! The options of routes, controllers and blueprints. Each is one row here, and one file under `route/` in the runtime.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use crate::args::Args;
use crate::errors::{Errors, help};
use crate::names::emit;

/// One row of the table.
struct Opt {
    name: &'static str,
    /// The form of the option in messages.
    form: &'static str,
    /// Makes the setter's argument of the value, unless the value has a mistake.
    read: fn(&mut Args, &'static str, &mut Errors) -> Option<TokenStream>,
}

const TABLE: &[Opt] = &[
    Opt { name: "content_types", form: "content_types = [\"text/plain\"]", read: content_types },
    Opt { name: "cors", form: "cors = true", read: expression },
    Opt { name: "api_key_required", form: "api_key_required = true", read: truth },
    // Without a form it is not suggested. It is an error because nothing would enforce it.
    Opt { name: "authorizer", form: "", read: unsupported },
];

/// The table in the form of an attribute's grammar.
pub(crate) const FORMS: &[(&str, &str)] = &{
    let mut forms = [("", ""); TABLE.len()];
    let mut at = 0;
    while at < forms.len() {
        forms[at] = (TABLE[at].name, TABLE[at].form);
        at += 1;
    }
    forms
};

/// The options that were given.
pub(crate) struct Options(Vec<TokenStream>);

impl Options {
    pub(crate) fn take(args: &mut Args, errors: &mut Errors) -> Options {
        let given = TABLE.iter().filter_map(|option| {
            let key = args.key(option.name)?;
            let value = (option.read)(args, option.name, errors)?;
            let name = Ident::new(option.name, Span::mixed_site().located_at(key.span()));
            Some(quote_spanned!(key.span()=> __rt::#name(#value)))
        });
        Options(given.collect())
    }

    /// Expands to: `.option(__rt::content_types(&["text/plain"]))` for each, whose receiver comes before.
    pub(crate) fn setters(&self) -> impl Iterator<Item = TokenStream> {
        self.0.iter().map(|option| emit!(.option(#option)))
    }
}

/// Any expression. The setter's signature checks its type.
fn expression(args: &mut Args, name: &'static str, errors: &mut Errors) -> Option<TokenStream> {
    let value: Expr = errors.keep(syn::parse2(args.tokens(name)?))?;
    Some(value.to_token_stream())
}

fn truth(args: &mut Args, name: &'static str, errors: &mut Errors) -> Option<TokenStream> {
    args.truth(name, errors).map(|on| emit!(#on))
}

fn unsupported(args: &mut Args, name: &'static str, errors: &mut Errors) -> Option<TokenStream> {
    let key = args.key(name)?;
    args.tokens(name)?;
    let remedy = "it comes with a later one; until then nothing would enforce it, so remove it";
    errors.at(key, help(format!("`{name}` is not in this version"), remedy));
    None
}

fn content_types(args: &mut Args, name: &'static str, errors: &mut Errors) -> Option<TokenStream> {
    let types = args.texts(name, errors)?;
    for content_type in &types {
        let text = content_type.value();
        let is_good = text.split_once('/').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        if !is_good || text.contains([';', ' ', ',']) {
            let message = format!("`{text}` is not a content type");
            errors.at(
                content_type,
                help(message, "write it without parameters: `\"text/plain\"`; `\"*/*\"` takes all"),
            );
        }
    }
    Some(emit!(&[#(#types),*]))
}
