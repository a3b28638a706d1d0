//! `#[exception_handler]`: answers errors by status or by type.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{PatType, Type};

use crate::args::{Args, Grammar, Many};
use crate::errors::{Errors, help, translate};
use crate::function::{Function, last_name, shown};
use crate::handler::{Receiver, located};
use crate::names::{CratePath, emit, local, site};
use crate::registration::entry;
use crate::view_error::ERRORS;

static GRAMMAR: Grammar = Grammar {
    attribute: "exception_handler",
    positional: Some(("status", Many::One)),
    options: &[&[("status", "status = 404")]],
};

/// An exception handler without mistakes.
pub(crate) struct Handler<'a> {
    runtime: CratePath,
    function: &'a Function,
    /// The status, or else the error's type.
    status: Option<i64>,
    error: &'a Type,
    request: Option<&'a Type>,
}

/// Expands to:
/// `app.exception_handler(..).status(404).handle(|error: __rt::Caught| async move { __rt::respond(..) });`.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    translate(item, |errors| {
        let function = Function::read(item, GRAMMAR.attribute, errors)?;
        function.check_free(
            "an exception handler with `self` belongs in an `impl` under `#[controller]`",
            errors,
        );
        let handler = Handler::read(args, &function, errors)?;
        let (name, setters) = (function.name(), handler.setters());
        let (site, handle) = (site(name), handler.handle(&emit!(#name), None));
        let body = emit!(app.exception_handler(#site) #setters #handle;);
        Some(entry(&handler.runtime, &function.cfgs(), &site, &body))
    })
}

impl<'a> Handler<'a> {
    pub(crate) fn read(
        args: TokenStream,
        function: &'a Function,
        errors: &mut Errors,
    ) -> Option<Handler<'a>> {
        let mut args = Args::parse(&GRAMMAR, args, errors);
        let runtime = args.runtime(errors);
        let by_status = args.has("status");
        let status = args.number("status", ERRORS, errors);
        function.check("an exception handler", errors);
        function.check_concrete("an exception handler", errors);
        let arguments: Vec<_> = function.arguments().collect();
        let (error, request) = match arguments[..] {
            [error] => (error, None),
            [error, request] => (error, Some(check_request(request, errors)?)),
            _ => {
                let message = "an exception handler takes the error and perhaps the request";
                errors.at(function.name(), help(message, "write `(error: &Error, request: &Request)`"));
                return None;
            }
        };
        let error = check_error(error, by_status, errors)?;
        (by_status == status.is_some()).then_some(Handler { runtime, function, status, error, request })
    }

    /// Expands to: `.status(404).with_request()`, or to `.error::<QuotaExceeded>()`.
    pub(crate) fn setters(&self) -> TokenStream {
        let (error, span) = (self.error, self.error.span());
        let what = match self.status.map(Literal::i64_unsuffixed) {
            Some(status) => emit!(.status(#status)),
            None => quote_spanned!(span=> .error::<#error>()),
        };
        let request = self.request.map(|_| emit!(.with_request()));
        emit!(#what #request)
    }

    /// Expands to: `.handle(|error: __rt::Caught| async move { __rt::respond(not_found(error.error()).await) })`.
    pub(crate) fn handle(&self, path: &TokenStream, this: Option<Receiver>) -> TokenStream {
        let span = self.function.output_span();
        let call = self.call(path, this, span);
        let respond = quote_spanned!(span=> __rt::respond(#call));
        let this = this.map(Receiver::parameter);
        let method = if self.function.is_async() { "handle" } else { "handle_blocking" };
        let method = Ident::new(method, self.function.name().span());
        let body = if self.function.is_async() { emit!(async move { #respond }) } else { respond };
        emit!(.#method(|#this error: __rt::Caught| #body))
    }

    fn call(&self, path: &TokenStream, this: Option<Receiver>, span: Span) -> TokenStream {
        let this = this.and_then(|this| this.argument(span));
        let (path, error, ty) = (located(path, span), local("error", span), self.error);
        let caught = match self.status {
            Some(_) => quote_spanned!(span=> #error.error()),
            None => quote_spanned!(span=> #error.downcast::<#ty>()?),
        };
        let request = self.request.map(|_| quote_spanned!(span=> , #error.request()?));
        let dot_await = self.function.is_async().then(|| quote_spanned!(span=> .await));
        quote_spanned!(span=> #path(#this #caught #request) #dot_await)
    }
}

/// The type behind the reference of the first parameter.
fn check_error<'a>(argument: &'a PatType, by_status: bool, errors: &mut Errors) -> Option<&'a Type> {
    let Type::Reference(reference) = &*argument.ty else {
        let remedy = format!("write `&{}`", shown(&argument.ty));
        errors.at(&argument.ty, help("an exception handler is lent the error", remedy));
        return None;
    };
    let error = &*reference.elem;
    let is_any =
        matches!(error, Type::TraitObject(_)) || last_name(error).is_some_and(|name| name == "Error");
    if by_status && !is_any {
        let message = "the errors of a status are of any type";
        errors.at(error, help(message, "write `&Error`, or leave the status out for this type alone"));
        return None;
    }
    if !by_status && is_any {
        let message = "this says neither a status nor a type of error";
        errors.at(error, help(message, "write `#[exception_handler(404)]`, or the type of the error"));
        return None;
    }
    Some(error)
}

fn check_request<'a>(argument: &'a PatType, errors: &mut Errors) -> Option<&'a Type> {
    let is_request = |ty: &Type| last_name(ty).is_some_and(|name| name == "Request");
    let good = matches!(&*argument.ty, Type::Reference(reference) if is_request(&reference.elem));
    if !good {
        let message = "the second parameter of an exception handler is the request";
        errors.at(&argument.ty, help(message, "write `request: &Request`"));
    }
    good.then_some(&*argument.ty)
}
