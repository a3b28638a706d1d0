//! `#[view_error]` on an error type or on an implementation of `ViewError`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Generics, Ident, Token, Visibility};

use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, help, translate};
use crate::function::{cfgs, other_item, shown};
use crate::implementation::Implementation;
use crate::names::{CratePath, emit};
use crate::registration::constant;

static GRAMMAR: Grammar = Grammar {
    attribute: "view_error",
    positional: Some(("status", Many::One)),
    options: &[&[("status", "status = 418")]],
};

/// The statuses of errors.
pub(crate) const ERRORS: std::ops::RangeInclusive<i64> = 400..=599;

/// Expands to: the implementation of `ViewError`, unless it was written, and
/// `__rt::submit! { __rt::ViewEntry(__rt::view::<Teapot>) }`.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let mut args = Args::parse(&GRAMMAR, args, errors);
        let runtime = args.runtime(errors);
        match other_item(item) {
            Some((_, "a struct" | "an enum")) => {
                of_type(&runtime, &mut args, &errors.keep(syn::parse2(item.clone()))?, errors)
            }
            Some((_, "an `impl` block")) => {
                of_impl(&runtime, &args, &errors.keep(syn::parse2(item.clone()))?, errors)
            }
            _ => {
                let message = "`#[view_error]` goes on an error type";
                let remedy = "on a struct or an enum with a status, or on an `impl ViewError for ..`";
                errors.at(item.clone().into_iter().next(), help(message, remedy));
                None
            }
        }
    })
}

/// The head of a struct or an enum.
struct Item {
    attrs: Vec<Attribute>,
    name: Ident,
    generics: Generics,
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        if input.parse::<Option<Token![struct]>>()?.is_none() {
            input.parse::<Token![enum]>()?;
        }
        let item = Item { attrs, name: input.parse()?, generics: input.parse()? };
        let _: TokenStream = input.parse()?;
        Ok(item)
    }
}

fn of_type(runtime: &CratePath, args: &mut Args, item: &Item, errors: &mut Errors) -> Option<TokenStream> {
    let name = &item.name;
    if !item.generics.params.is_empty() {
        let message = format!("`{name}` is generic, but one concrete error type is registered");
        errors.at(&item.generics, help(message, "write the types out"));
    }
    if !args.has("status") {
        args.missing("status", "a status", errors);
    }
    let status = Literal::i64_unsuffixed(args.number("status", ERRORS, errors)?);
    let implementation = emit! {
        impl __rt::ViewError for #name {
            fn status(&self) -> __rt::StatusCode { __rt::status(#status) }
        }
    };
    let registration = registration(name);
    Some(constant(runtime, &cfgs(&item.attrs), &emit!(#implementation #registration)))
}

fn of_impl(
    runtime: &CratePath,
    args: &Args,
    block: &Implementation,
    errors: &mut Errors,
) -> Option<TokenStream> {
    if let Some(status) = args.key("status") {
        let message = "the implementation says the status";
        errors.at(
            status,
            help(message, "write `#[view_error]`, or put the status on the type and remove the `impl`"),
        );
    }
    if !block.implements("ViewError") {
        let message = "`#[view_error]` goes on an implementation of `ViewError`";
        let remedy = format!("write `impl ViewError for {}`", shown(&block.ty));
        errors.at_span(block.impl_token.span, help(message, remedy));
        return None;
    }
    block.check_concrete(errors);
    Some(constant(runtime, &cfgs(&block.attrs), &registration(&block.ty)))
}

fn registration(ty: &(impl ToTokens + Spanned)) -> TokenStream {
    let span: Span = ty.span();
    let view = quote_spanned!(span=> __rt::view::<#ty>);
    emit!(__rt::submit! { __rt::ViewEntry(#view) })
}
