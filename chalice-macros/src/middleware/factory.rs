//! `#[middleware_factory]`: a function whose further parameters become those of a constructor.

use proc_macro2::TokenStream;

use crate::later;

pub(crate) fn expand(_args: TokenStream, item: &TokenStream) -> TokenStream {
    later::expand("middleware_factory", item)
}
