//! The names in generated code. Only this file spells the runtime's path.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;
use syn::ext::IdentExt;

/// `quote!` for generated code. Locals cannot collide with the user's. Paths are resolved at the attribute.
macro_rules! emit {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site() => $($tokens)*)
    };
}
pub(crate) use emit;

/// The path of the runtime crate: `crate = path`, else `::chalice_rt`.
#[derive(Clone, Default)]
pub(crate) struct CratePath(pub(crate) Option<Path>);

impl ToTokens for CratePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.0 {
            Some(path) => path.to_tokens(tokens),
            None => quote!(::chalice_rt).to_tokens(tokens),
        }
    }
}

/// A local in generated code. Errors are reported at the span.
pub(crate) fn local(name: &str, span: Span) -> Ident {
    Ident::new(name, Span::mixed_site().located_at(span))
}

/// The text of an identifier without `r#`.
pub(crate) fn text(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Expands to: `__rt::site!("user", 12, 10)`.
pub(crate) fn site(name: &Ident) -> TokenStream {
    site_at(&text(name), name.span())
}

/// As [`site`], for what has a name but no identifier.
pub(crate) fn site_at(name: &str, span: Span) -> TokenStream {
    let (line, column) = position(span);
    let (line, column) =
        (proc_macro2::Literal::usize_unsuffixed(line), proc_macro2::Literal::usize_unsuffixed(column));
    emit!(__rt::site!(#name, #line, #column))
}

/// The line of a span.
pub(crate) fn line_of(span: Span) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(position(span).0)
}

/// Line and column, both from 1. Outside the compiler, in unit tests, there are none.
fn position(span: Span) -> (usize, usize) {
    if !proc_macro::is_available() {
        return (1, 1);
    }
    let span = span.unwrap();
    (span.line(), span.column())
}
