//! A middleware function. A generated type calls it, because a generic function is not a value, and so that errors
//! point at the function.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::{GenericParam, Type};

use super::extractors::{self, Extractor};
use super::{Model, registered, registered_for_all, signature};
use crate::errors::{Errors, help};
use crate::function::{Function, check_owned, last_name};
use crate::names::{emit, site};
use crate::registration::constant;

/// Expands to:
/// ```text
/// struct __Function;
/// impl<E: Event> __rt::Middleware<E> for __Function { fn call(&self, event: E, next: Next<E>) -> .. { log(event, next) } }
/// __rt::submit! { __rt::Entry { site: .., register: |app| { app.middleware_for(__rt::All, __Function); } } }
/// ```
pub(super) fn expand(model: &Model, function: &Function, errors: &mut Errors) -> Option<TokenStream> {
    let (event, next) = signature(function, errors)?;
    let extractors = extractors(function, &event.ty, errors);
    let is_generic = !function.sig.generics.params.is_empty();
    if is_generic {
        check_params(function, &event.ty, errors)?;
    }
    let implementation = implementation(function, &event.ty, &next.ty, &extractors);
    let (kinds, setters, site) = (model.kinds.as_ref()?, &model.setters, site(function.name()));
    let value = emit!(__Function);
    let register = if is_generic {
        registered_for_all(kinds, &value, setters)
    } else {
        registered(kinds, &event.ty, &value, setters)
    };
    let content = emit! {
        struct __Function;
        #implementation
        __rt::submit! { __rt::Entry { site: #site, register: |app| { #register } } }
    };
    Some(constant(&model.runtime, &function.cfgs(), &content))
}

/// The arguments after `event` and `next`.
fn extractors<'a>(function: &'a Function, event: &'a Type, errors: &mut Errors) -> Vec<Extractor<'a>> {
    let further = function.arguments().enumerate().skip(2);
    further
        .map(|(index, argument)| {
            check_owned(&argument.ty, errors);
            Extractor::new(index, event, argument)
        })
        .collect()
}

fn implementation(
    function: &Function,
    event: &Type,
    next: &Type,
    extractors: &[Extractor<'_>],
) -> TokenStream {
    let (params, _, bounds) = function.sig.generics.split_for_impl();
    let name = function.name();
    let further = extractors.iter().map(Extractor::local);
    let call = emit!(#name(event, next #(, #further)*));
    let call = if function.is_async() { call } else { emit!(__rt::run_blocking(move || #call)) };
    let (signature, threads) = (call_signature(function, event, next), threads(function));
    let (call, describe) = (extractors::body(extractors, call), extractors::describe(extractors, None));
    emit! {
        impl #params __rt::Middleware<#event> for __Function #bounds {
            #signature { #call }
            #describe
            #threads
        }
    }
}

/// The `threads` of a sync function, which starts a runtime with several threads.
pub(super) fn threads(function: &Function) -> Option<TokenStream> {
    (!function.is_async()).then(|| {
        emit!(
            fn threads(&self) -> __rt::Threads {
                __rt::Threads::SEVERAL
            }
        )
    })
}

/// Expands to: `fn call(&self, event: E, next: Next<E>) -> impl Future<Output = Result<E::Response>> + Send`, with
/// errors of the answer reported at the function's return type.
pub(super) fn call_signature(function: &Function, event: &Type, next: &Type) -> TokenStream {
    let span = function.output_span();
    let answer = quote_spanned! {span=>
        impl ::core::future::Future<Output = __rt::Result<<#event as __rt::Event>::Response>> + ::core::marker::Send
    };
    emit!(fn call(&self, event: #event, next: #next) -> #answer)
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

/// Whether the type is this parameter.
pub(super) fn is(ty: &Type, param: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.len() == 1)
        && last_name(ty).is_some_and(|name| name == param)
}
