//! The head of an `impl` block. Its body is never looked at.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, GenericArgument, GenericParam, Generics, Path, PathArguments, Token, Type, WhereClause,
};

use crate::errors::{Errors, help};
use crate::function::{last_name, shown};

/// `impl<..> Trait for Type where ..`, and its body.
pub(crate) struct Implementation {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) impl_token: Token![impl],
    pub(crate) generics: Generics,
    /// The trait, unless the block is inherent.
    pub(crate) of: Option<Path>,
    pub(crate) ty: Type,
    /// The braces and what is in them.
    pub(crate) body: TokenStream,
}

impl Parse for Implementation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Option<Token![unsafe]>>()?;
        let impl_token = input.parse()?;
        let mut generics = input.parse::<Generics>()?;
        let first: Type = input.parse()?;
        let (of, ty) = if input.parse::<Option<Token![for]>>()?.is_some() {
            (Some(path_of(&first)?), input.parse()?)
        } else {
            (None, first)
        };
        generics.where_clause = input.parse::<Option<WhereClause>>()?;
        Ok(Implementation { attrs, impl_token, generics, of, ty, body: input.parse()? })
    }
}

fn path_of(ty: &Type) -> syn::Result<Path> {
    match ty {
        Type::Path(path) => Ok(path.path.clone()),
        Type::Group(group) => path_of(&group.elem),
        other => Err(syn::Error::new_spanned(other, "not a trait")),
    }
}

impl Implementation {
    /// Whether the block implements a trait of this name.
    pub(crate) fn implements(&self, name: &str) -> bool {
        self.of.as_ref().and_then(|path| path.segments.last()).is_some_and(|last| last.ident == name)
    }

    /// The type argument of the trait: `Request` of `Middleware<Request>`.
    pub(crate) fn trait_argument(&self) -> Option<&Type> {
        let PathArguments::AngleBracketed(arguments) = &self.of.as_ref()?.segments.last()?.arguments else {
            return None;
        };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
    }

    /// The name of the type; a mistake if it has none.
    pub(crate) fn type_name(&self, errors: &mut Errors) -> Option<&Ident> {
        let name = last_name(&self.ty);
        if name.is_none() {
            errors.at(
                &self.ty,
                help("this type has no name to register", "implement it for a struct or an enum"),
            );
        }
        name
    }

    /// Reports a type that depends on the block's generics: one concrete type is registered.
    pub(crate) fn check_concrete(&self, errors: &mut Errors) {
        if self.depends_on_generics(&self.ty) {
            let message = format!("`{}` is generic, but one concrete type is registered", shown(&self.ty));
            errors.at(&self.ty, help(message, "write its types out"));
        }
    }

    /// Whether the type mentions a parameter of the block.
    pub(crate) fn depends_on_generics(&self, ty: &Type) -> bool {
        self.generics.params.iter().any(|param| {
            let name = match param {
                GenericParam::Lifetime(lifetime) => &lifetime.lifetime.ident,
                GenericParam::Type(ty) => &ty.ident,
                GenericParam::Const(constant) => &constant.ident,
            };
            mentions(ty.to_token_stream(), name)
        })
    }
}

/// Whether the identifier occurs among the tokens.
pub(crate) fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}
