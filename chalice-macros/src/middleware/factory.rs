//! `#[middleware_factory]`: a function whose further parameters become those of a constructor.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, GenericParam, Generics, PatType, Type, TypeReference};

use super::extractors::{self, Extractor};
use super::function::{call_signature, is, threads};
use super::{said, signature};
use crate::args::{Args, Grammar};
use crate::errors::{Errors, attempt, help};
use crate::function::{Function, binding, shown};
use crate::implementation::mentions;
use crate::names::{emit, local};
use crate::registration::constant;

static GRAMMAR: Grammar = Grammar {
    attribute: "middleware_factory",
    positional: None,
    options: &[&[
        ("trace_execution", "trace_execution"),
        ("state", "state = [Db]"),
        ("provides", "provides = User"),
    ]],
};

/// A parameter after `event` and `next`.
struct Param<'a> {
    /// The index among all arguments of the function.
    index: usize,
    name: &'a Ident,
    ty: &'a Type,
    /// The target of a parameter that is written as a reference, which each call borrows. Others are cloned for each
    /// call.
    lent: Option<&'a Type>,
}

/// Expands to:
/// ```text
/// struct mark { audited: bool }
/// fn mark(audited: bool) -> mark { mark { audited } }
/// const _: () = {
///     // the function as it was written
///     impl __rt::Middleware<E> for mark { fn call(&self, event: E, next: Next<E>) -> .. { mark(event, next, ..) } }
/// };
/// ```
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let mut failed = None;
    let made = attempt(|errors| {
        let made = made(args, item, errors);
        failed = made.is_none().then(|| without_extract(item));
        made
    });
    emit!(#failed #made)
}

fn made(args: TokenStream, item: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let mut args = Args::parse(&GRAMMAR, args, errors);
    let (runtime, trace) = (args.runtime(errors), args.truth("trace_execution", errors));
    let said = said(&mut args, errors);
    let function = Function::read(item, GRAMMAR.attribute, errors)?;
    let (event, next) = signature(&function, errors)?;
    let (extracted, given): (Vec<_>, Vec<_>) =
        function.arguments().enumerate().skip(2).partition(|(_, param)| param.attrs.iter().any(is_extract));
    let params: Vec<_> =
        given.into_iter().filter_map(|(index, param)| Param::read(index, param, errors)).collect();
    let extractors = extracted.into_iter().map(|(index, param)| Extractor::new(index, &event.ty, param));
    let extractors: Vec<_> = extractors.collect();
    let own = own_generics(&function.sig.generics, &event.ty, errors);
    if !errors.is_empty() {
        return None;
    }
    let factory = Factory { function: &function, event: &event.ty, next: &next.ty, params, extractors, own };
    let (constructor, implementation) = (factory.constructor(), factory.implementation(trace, said.as_ref()));
    // The constructor takes the function's visibility.
    let item = without_extract(item);
    let written = emit!(#[allow(unreachable_pub)] #item);
    let content = constant(&runtime, &function.cfgs(), &emit!(#written #implementation));
    Some(emit!(#constructor #content))
}

struct Factory<'a> {
    function: &'a Function,
    event: &'a Type,
    next: &'a Type,
    params: Vec<Param<'a>>,
    /// The arguments that are read from the event before each call.
    extractors: Vec<Extractor<'a>>,
    /// The generics without the event's.
    own: Generics,
}

impl Factory<'_> {
    /// The type and its constructor function, under one name.
    fn constructor(&self) -> TokenStream {
        let (name, vis, cfgs) = (self.function.name(), &self.function.vis, self.function.cfgs());
        let (generics, types, bounds) = self.own.split_for_impl();
        let names: Vec<_> = self.params.iter().map(|param| param.name).collect();
        let stored = self.params.iter().map(|param| self.stored(param));
        let taken = self.params.iter().map(Param::taken);
        let fields = self.params.iter().map(|param| self.field(param));
        let attrs = kept(&self.function.attrs);
        emit! {
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code, unreachable_pub, missing_debug_implementations)]
            #vis struct #name #generics #bounds { #(#names: #stored),* }

            #(#attrs)*
            #[must_use = "a middleware does nothing until it is put around a handler"]
            #vis fn #name #generics (#(#names: #taken),*) -> #name #types #bounds { #name { #(#fields),* } }
        }
    }

    fn implementation(&self, trace: Option<bool>, said: Option<&TokenStream>) -> TokenStream {
        let (generics, _, bounds) = self.function.sig.generics.split_for_impl();
        let (_, types, _) = self.own.split_for_impl();
        let (name, event) = (self.function.name(), self.event);
        let signature = call_signature(self.function, event, self.next);
        let call = extractors::body(&self.extractors, self.call());
        let (describe, threads) = (extractors::describe(&self.extractors, said), threads(self.function));
        let trace = trace.map(|trace| {
            emit!(fn trace_execution(&self) -> ::core::option::Option<::core::primitive::bool> {
                ::core::option::Option::Some(#trace)
            })
        });
        emit! {
            impl #generics __rt::Middleware<#event> for #name #types #bounds {
                #signature { #call }
                #describe
                #trace
                #threads
            }
        }
    }

    /// Expands to: `mark(event, next, Clone::clone(&self.audited), &self.word)`.
    fn call(&self) -> TokenStream {
        let name = self.function.name();
        if self.function.is_async() {
            let given = self.arguments(|param| match param.lent {
                Some(_) => param.lent(),
                None => param.cloned(),
            });
            return emit!(#name(event, next #(, #given)*));
        }
        // The closure outlives `self`, so each reference points into an `Arc` of its own.
        let locals = self.params.iter().map(Param::local);
        let clones = self.params.iter().map(Param::cloned);
        let given = self.arguments(|param| {
            let name = param.local();
            if param.lent.is_some() { emit!(&#name) } else { emit!(#name) }
        });
        let call = emit!(__rt::run_blocking(move || #name(event, next #(, #given)*)));
        if self.extractors.is_empty() {
            emit!(#(let #locals = #clones;)* #call)
        } else {
            emit!({ #(let #locals = #clones;)* #call })
        }
    }

    /// The arguments after `event` and `next`, in the order of the function.
    fn arguments(&self, given: impl Fn(&Param<'_>) -> TokenStream) -> Vec<TokenStream> {
        let given = self.params.iter().map(|param| (param.index, given(param)));
        let extracted = self.extractors.iter().map(|extractor| {
            let name = extractor.local();
            (extractor.index, emit!(#name))
        });
        let mut arguments: Vec<_> = given.chain(extracted).collect();
        arguments.sort_by_key(|(index, _)| *index);
        arguments.into_iter().map(|(_, argument)| argument).collect()
    }

    fn stored(&self, param: &Param<'_>) -> TokenStream {
        let owned = param.owned();
        if self.counts(param) { emit!(::std::sync::Arc<#owned>) } else { owned }
    }

    /// The field of the type, made from the constructor's parameter of that name.
    fn field(&self, param: &Param<'_>) -> TokenStream {
        let name = param.name;
        let owned = if param.converts() { emit!(::core::convert::Into::into(#name)) } else { emit!(#name) };
        match self.counts(param) {
            true => emit!(#name: ::std::sync::Arc::new(#owned)),
            false if param.converts() => emit!(#name: #owned),
            false => owned,
        }
    }

    fn counts(&self, param: &Param<'_>) -> bool {
        param.lent.is_some() && !self.function.is_async()
    }
}

impl<'a> Param<'a> {
    fn read(index: usize, param: &'a PatType, errors: &mut Errors) -> Option<Param<'a>> {
        let Some(name) = binding(&param.pat) else {
            errors.at(
                &param.pat,
                help("a parameter of a factory is a plain name", "take it apart in the function"),
            );
            return None;
        };
        Some(Param { index, name, ty: &param.ty, lent: lent(&param.ty, errors)? })
    }

    /// The type of the field.
    fn owned(&self) -> TokenStream {
        match self.lent {
            None => self.ty.to_token_stream(),
            Some(ty) if is_str(ty) => emit!(::std::string::String),
            Some(Type::Slice(slice)) => {
                let item = &slice.elem;
                emit!(::std::vec::Vec<#item>)
            }
            Some(ty) => ty.to_token_stream(),
        }
    }

    /// The type of the constructor's parameter.
    fn taken(&self) -> TokenStream {
        let owned = self.owned();
        if self.converts() { emit!(impl ::core::convert::Into<#owned>) } else { owned }
    }

    fn converts(&self) -> bool {
        self.lent.is_some_and(|ty| is_str(ty) || matches!(ty, Type::Slice(_)))
    }

    /// The local that holds a clone, for a closure to move.
    fn local(&self) -> Ident {
        local(&format!("arg{}", self.index), self.ty.span())
    }

    fn lent(&self) -> TokenStream {
        let name = self.name;
        emit!(&self.#name)
    }

    /// Reported at the type if it is not `Clone`.
    fn cloned(&self) -> TokenStream {
        let (name, ty) = (self.name, self.ty);
        if self.lent.is_some() {
            return emit!(::std::sync::Arc::clone(&self.#name));
        }
        let this = syn::Token![self](proc_macro2::Span::mixed_site());
        quote_spanned!(ty.span()=> <#ty as ::core::clone::Clone>::clone(&#this.#name))
    }
}

/// `Some(Some(T))` for `&T`, `Some(None)` for an owned or `'static` type, and `None` for a type that no middleware can
/// hold.
fn lent<'a>(ty: &'a Type, errors: &mut Errors) -> Option<Option<&'a Type>> {
    let Type::Reference(TypeReference { lifetime, mutability, elem, .. }) = ty else { return Some(None) };
    if mutability.is_some() {
        let message = "a middleware lends its parameters to calls at the same time";
        errors.at(ty, help(message, format!("write `&Mutex<{}>`", shown(elem))));
        return None;
    }
    match lifetime {
        Some(lifetime) if lifetime.ident == "static" => Some(None),
        Some(lifetime) => {
            let message = "a middleware lives as long as the app";
            errors.at(
                lifetime,
                help(message, "leave the lifetime out: the middleware owns the value and lends it"),
            );
            None
        }
        None if matches!(**elem, Type::TraitObject(_)) => {
            let message = "a middleware can't own this";
            errors.at(ty, help(message, format!("write `Arc<{}>`", shown(elem))));
            None
        }
        None => Some(Some(elem)),
    }
}

/// The generics of the type, without the event's, which belongs to the implementation.
fn own_generics(generics: &Generics, event: &Type, errors: &mut Errors) -> Generics {
    for lifetime in generics.lifetimes() {
        errors.at(lifetime, help("a middleware lives as long as the app", "leave the lifetime out"));
    }
    let mut own = generics.clone();
    let Some(param) = generics.type_params().find(|param| is(event, &param.ident)) else { return own };
    let others = generics
        .params
        .iter()
        .filter(|other| !matches!(other, GenericParam::Type(ty) if ty.ident == param.ident));
    own.params = others.cloned().collect();
    if let Some(bounds) = &mut own.where_clause {
        let free = bounds.predicates.iter().filter(|bound| !mentions(bound.to_token_stream(), &param.ident));
        bounds.predicates = free.cloned().collect();
    }
    own
}

/// The attributes of the function that the constructor keeps.
fn kept(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs
        .iter()
        .filter(|attribute| ["doc", "cfg", "deprecated"].iter().any(|name| attribute.path().is_ident(name)))
}

fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

fn is_extract(attribute: &Attribute) -> bool {
    attribute.path().is_ident("extract")
}

/// The item without the `#[extract]` of its parameters, which only this attribute knows.
fn without_extract(item: &TokenStream) -> TokenStream {
    let strip = |tree: TokenTree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            let mut stripped =
                Group::new(Delimiter::Parenthesis, without_attribute(group.stream(), "extract"));
            stripped.set_span(group.span());
            TokenTree::Group(stripped)
        }
        tree => tree,
    };
    item.clone().into_iter().map(strip).collect()
}

/// Tokens without `#[name]`.
fn without_attribute(tokens: TokenStream, name: &str) -> TokenStream {
    let mut trees = tokens.into_iter().peekable();
    let mut kept = Vec::new();
    while let Some(tree) = trees.next() {
        let is_hash = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '#');
        let is_attribute = |tree: &TokenTree| match tree {
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Bracket && group.stream().to_string() == name
            }
            _ => false,
        };
        if !is_hash || trees.next_if(is_attribute).is_none() {
            kept.push(tree);
        }
    }
    kept.into_iter().collect()
}
