//! The registration that every attribute puts after its item: an entry, or an anonymous constant around more than that.

use proc_macro2::TokenStream;
use syn::Attribute;

use crate::names::{CratePath, emit};

/// Expands to:
/// ```text
/// ::chalice_rt::__private::submit! {{
///     use ::chalice_rt::__private as __rt;
///     __rt::Entry { site: __rt::site!(..), register: |app| { .. } }
/// }}
/// ```
pub(crate) fn entry(
    runtime: &CratePath,
    cfgs: &[&Attribute],
    site: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    emit! {
        #(#cfgs)*
        #runtime::__private::submit! {{
            use #runtime::__private as __rt;
            // The user's types are repeated here, and would be linted twice.
            #[allow(unused_qualifications)]
            __rt::Entry { site: #site, register: |app| { #body } }
        }}
    }
}

/// The constant around content other than a single entry.
pub(crate) fn constant(runtime: &CratePath, cfgs: &[&Attribute], content: &TokenStream) -> TokenStream {
    emit! {
        #(#cfgs)*
        #[allow(unused_qualifications)]
        const _: () = {
            use #runtime::__private as __rt;
            #content
        };
    }
}
