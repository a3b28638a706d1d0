//! Attributes that a later version brings; accepted and not enforced they would be holes.

use proc_macro2::{Span, TokenStream};

use crate::errors::{help, translate};

/// The item, and an error that says so.
pub(crate) fn expand(attribute: &str, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let message = format!("`#[{attribute}]` is not in this version");
        errors.at_span(
            Span::call_site(),
            help(message, "it comes with a later one; until then nothing would enforce it"),
        );
        None
    })
}
