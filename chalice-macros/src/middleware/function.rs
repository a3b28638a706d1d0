//! A middleware function that is generic over the event: no value, so a type of its own calls it.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::{GenericParam, Type};

use super::Model;
use crate::errors::{Errors, help};
use crate::function::{Function, last_name};
use crate::names::{emit, site};
use crate::registration::constant;

/// Expands to:
/// ```text
/// struct Generic;
/// impl<E: Event> __rt::Middleware<E> for Generic { fn call(&self, event: E, next: Next<E>) -> .. { log(event, next) } }
/// __rt::submit! { __rt::Entry::new(.., |app| { app.middleware_for(__rt::All, Generic); }) }
/// ```
pub(super) fn expand(model: &Model, function: &Function, errors: &mut Errors) -> Option<TokenStream> {
    let event = &function.arguments().next()?.ty;
    check_params(function, event, errors)?;
    let implementation = implementation(function, event);
    let (kind, setters, site) = (model.kinds.as_ref()?.tokens(), &model.setters, site(function.name()));
    let content = emit! {
        struct Generic;
        #implementation
        __rt::submit! { __rt::Entry::new(#site, |app| { app.middleware_for(#kind, Generic) #setters; }) }
    };
    Some(constant(&model.runtime, &function.cfgs(), &content))
}

fn implementation(function: &Function, event: &Type) -> TokenStream {
    let (name, generics) = (function.name(), &function.sig.generics);
    let (params, _, bounds) = generics.split_for_impl();
    let next = function.arguments().nth(1).map(|next| &*next.ty);
    let span = name.span();
    let call = quote_spanned!(span=> #name);
    let call = if function.is_async() {
        emit!(#call(event, next))
    } else {
        emit!(__rt::run_blocking(move || #call(event, next)))
    };
    let (signature, blocks) = (signature(event, next), blocks(function));
    emit!(impl #params __rt::Middleware<#event> for Generic #bounds { #signature { #call } #blocks })
}

/// What a sync function says of itself, so that a runtime with several threads is started.
pub(super) fn blocks(function: &Function) -> Option<TokenStream> {
    (!function.is_async()).then(|| {
        emit!(
            fn blocks(&self) -> ::core::primitive::bool {
                true
            }
        )
    })
}

/// Expands to: `fn call(&self, event: E, next: Next<E>) -> impl Future<Output = Result<E::Response>> + Send`.
pub(super) fn signature(event: &Type, next: Option<&Type>) -> TokenStream {
    emit! {
        fn call(&self, event: #event, next: #next) -> impl ::core::future::Future<
            Output = __rt::Result<<#event as __rt::Event>::Response>
        > + ::core::marker::Send
    }
}

/// The one type parameter of a generic middleware, which is the type of its event.
fn check_params(function: &Function, event: &Type, errors: &mut Errors) -> Option<()> {
    let params = &function.sig.generics.params;
    let own = |param: &GenericParam| matches!(param, GenericParam::Type(ty) if is(event, &ty.ident));
    if !params.iter().any(own) {
        let message = "a generic middleware is generic over its event";
        errors.at(&function.sig.generics, help(message, "write `<E: Event>(event: E, next: Next<E>)`"));
        return None;
    }
    for other in params.iter().filter(|param| !own(param)) {
        let message = "a middleware is generic over its event only: nothing would choose this";
        errors.at(other, help(message, "write the type out"));
    }
    Some(())
}

/// Whether the type is this very parameter.
pub(super) fn is(ty: &Type, param: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.len() == 1)
        && last_name(ty).is_some_and(|name| name == param)
}
