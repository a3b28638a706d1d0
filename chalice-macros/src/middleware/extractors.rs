//! Extractors as arguments of middleware. They are read from the event before the call, as a handler's are.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::{PatType, Type};

use crate::function::span_of;
use crate::names::{emit, line_of, local};

/// An extractor argument, with its index among all arguments of the function.
pub(super) struct Extractor<'a> {
    pub(super) index: usize,
    event: &'a Type,
    ty: &'a Type,
}

impl<'a> Extractor<'a> {
    pub(super) fn new(index: usize, event: &'a Type, argument: &'a PatType) -> Self {
        Extractor { index, event, ty: &argument.ty }
    }

    /// The local that holds the argument.
    pub(super) fn local(&self) -> Ident {
        local(&format!("arg{}", self.index), span_of(self.ty))
    }

    /// Expands to: `let arg0 = __rt::middleware_argument::<Request, State<Db>>().read(&mut event)?;`, reported at the type.
    fn read(&self) -> TokenStream {
        let (name, argument, span) = (self.local(), self.argument(), span_of(self.ty));
        let event = local("event", span);
        quote_spanned!(span=> let #name = #argument.read(&mut #event)?;)
    }

    /// Expands to: `description.at(file!(), 12);` and `__rt::middleware_argument::<Request, State<Db>>().describe(description);`.
    fn describe(&self) -> TokenStream {
        let (argument, line) = (self.argument(), line_of(span_of(self.ty)));
        emit! {
            description.at(::core::file!(), #line);
            #argument.describe(description);
        }
    }

    fn argument(&self) -> TokenStream {
        let (event, ty) = (self.event, self.ty);
        quote_spanned!(span_of(ty)=> __rt::middleware_argument::<#event, #ty>())
    }
}

/// The body of `call`. With extractors it is a future that reads the arguments first.
pub(super) fn body(extractors: &[Extractor<'_>], call: TokenStream) -> TokenStream {
    if extractors.is_empty() {
        return call;
    }
    let read = extractors.iter().map(Extractor::read);
    emit! {
        async move {
            let mut event = event;
            #(#read)*
            #call.await
        }
    }
}

/// The description of the middleware: its arguments, and the `state` and `provides` of its attribute.
pub(super) fn describe(extractors: &[Extractor<'_>], said: Option<&TokenStream>) -> Option<TokenStream> {
    if extractors.is_empty() && said.is_none() {
        return None;
    }
    let described = extractors.iter().map(Extractor::describe);
    Some(emit! {
        fn describe(&self, description: &mut __rt::Describe) {
            #said
            #(#described)*
        }
    })
}
