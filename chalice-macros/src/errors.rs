//! Collects all mistakes in an attribute and its item, so that one does not hide the others.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// A bag of compile errors.
#[derive(Default)]
pub(crate) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Reports at the tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports at the span.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Display) {
        self.0.push(syn::Error::new(span, message));
    }

    /// Reports what syn found.
    pub(crate) fn add(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// Whether nothing was found yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a result. An error is added to the others.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }
}

/// The unchanged item, followed by the output of the model or by every error that it found.
pub(crate) fn translate(
    item: &TokenStream,
    model: impl FnOnce(&mut Errors) -> Option<TokenStream>,
) -> TokenStream {
    let registration = attempt(model);
    quote!(#item #registration)
}

/// The output of the model, or every error that it found.
pub(crate) fn attempt(model: impl FnOnce(&mut Errors) -> Option<TokenStream>) -> TokenStream {
    let mut errors = Errors::default();
    let made = model(&mut errors);
    if errors.0.is_empty() {
        return made.unwrap_or_default();
    }
    errors.0.iter().map(syn::Error::to_compile_error).collect()
}

/// A message with the line that says what to do.
pub(crate) fn help(message: impl Display, help: impl Display) -> String {
    format!("{message}\n  = help: {help}")
}
