//! `#[blueprint]` on an inline module, and `blueprint_module!` at the top of a file module.

use proc_macro2::TokenStream;

use crate::later;

pub(crate) fn expand(_args: TokenStream, item: &TokenStream) -> TokenStream {
    later::expand("blueprint", item)
}

pub(crate) fn expand_module(_args: TokenStream) -> TokenStream {
    later::expand("blueprint", &TokenStream::new())
}
