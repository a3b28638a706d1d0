//! `#[exception]`.

use proc_macro2::TokenStream;

use crate::later;

pub(crate) fn expand(_args: TokenStream, item: &TokenStream) -> TokenStream {
    later::expand("exception", item)
}
