//! The one anonymous constant that every attribute puts behind its item.

use proc_macro2::TokenStream;
use syn::Attribute;

use crate::names::{Runtime, emit};

/// Expands to:
/// ```text
/// const _: () = {
///     use ::chalice_rt::__private as __rt;
///     __rt::submit! { __rt::Entry::new(__rt::site!(..), |app| { .. }) }
/// };
/// ```
pub(crate) fn entry(
    runtime: &Runtime,
    cfgs: &[&Attribute],
    site: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    constant(runtime, cfgs, &emit!(__rt::submit! { __rt::Entry::new(#site, |app| { #body }) }))
}

/// The constant around other content than an entry alone.
pub(crate) fn constant(runtime: &Runtime, cfgs: &[&Attribute], content: &TokenStream) -> TokenStream {
    emit! {
        #(#cfgs)*
        // The types stand here as the user wrote them, and would be linted twice.
        #[allow(unused_qualifications)]
        const _: () = {
            use #runtime::__private as __rt;
            #content
        };
    }
}
