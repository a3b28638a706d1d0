//! The arguments of most functions, `name: path::Type<Other>`, read without syn. In debug builds syn is slow, and it
//! runs for every attribute of the user's crate; this takes a quarter of the time. syn reads all other arguments, and
//! reports all mistakes.

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, FnArg, GenericArgument, Pat, PatIdent, PatType, Path, PathArguments,
    PathSegment, Token, Type, TypePath,
};

pub(crate) type Arguments = Punctuated<FnArg, Token![,]>;

/// The arguments, if each is a name and a path.
pub(crate) fn plain(tokens: TokenStream) -> Option<Arguments> {
    let trees: Vec<_> = tokens.into_iter().collect();
    let mut rest = Rest(&trees);
    let mut arguments = Punctuated::new();
    while !rest.0.is_empty() {
        arguments.push_value(FnArg::Typed(rest.argument()?));
        if rest.0.is_empty() {
            break;
        }
        arguments.push_punct(Token![,](rest.punct(',')?));
    }
    Some(arguments)
}

/// The unread tokens. Each method reads from the front, or returns `None`.
struct Rest<'a>(&'a [TokenTree]);

impl Rest<'_> {
    fn argument(&mut self) -> Option<PatType> {
        let ident = self.name()?;
        let colon_token = Token![:](self.punct(':')?);
        let pat =
            Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None });
        Some(PatType { attrs: Vec::new(), pat: Box::new(pat), colon_token, ty: Box::new(self.ty()?) })
    }

    fn ty(&mut self) -> Option<Type> {
        let mut segments = Punctuated::new();
        loop {
            segments.push_value(PathSegment { ident: self.name()?, arguments: self.generics()? });
            let Some(colon) = self.colon2() else { break };
            segments.push_punct(colon);
        }
        let path = Path { leading_colon: None, segments };
        Some(Type::Path(TypePath { attrs: Vec::new(), qself: None, path }))
    }

    fn generics(&mut self) -> Option<PathArguments> {
        let Some(lt) = self.punct('<') else { return Some(PathArguments::None) };
        let mut args = Punctuated::new();
        args.push_value(GenericArgument::Type(self.ty()?));
        while let Some(comma) = self.punct(',') {
            args.push_punct(Token![,](comma));
            args.push_value(GenericArgument::Type(self.ty()?));
        }
        let (lt_token, gt_token) = (Token![<](lt), Token![>](self.punct('>')?));
        let generics = AngleBracketedGenericArguments { colon2_token: None, lt_token, args, gt_token };
        Some(PathArguments::AngleBracketed(generics))
    }

    /// An identifier that is not a keyword.
    fn name(&mut self) -> Option<Ident> {
        let [TokenTree::Ident(name), rest @ ..] = self.0 else { return None };
        (!is_keyword(&name.to_string())).then(|| {
            self.0 = rest;
            name.clone()
        })
    }

    /// This character, unless it begins a longer token.
    fn punct(&mut self, character: char) -> Option<Span> {
        let [TokenTree::Punct(punct), rest @ ..] = self.0 else { return None };
        let is_whole = character == '<' || character == '>' || punct.spacing() == Spacing::Alone;
        (punct.as_char() == character && is_whole).then(|| {
            self.0 = rest;
            punct.span()
        })
    }

    fn colon2(&mut self) -> Option<Token![::]> {
        let [TokenTree::Punct(first), TokenTree::Punct(second), rest @ ..] = self.0 else { return None };
        let is_joint = first.as_char() == ':' && first.spacing() == Spacing::Joint;
        (is_joint && second.as_char() == ':').then(|| {
            self.0 = rest;
            Token![::]([first.span(), second.span()])
        })
    }
}

/// Whether a pattern or a type that begins with the word is more than a name.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "_" | "async"
            | "box"
            | "const"
            | "crate"
            | "dyn"
            | "extern"
            | "fn"
            | "for"
            | "impl"
            | "mut"
            | "ref"
            | "self"
            | "static"
            | "super"
            | "typeof"
            | "unsafe"
    )
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};
    use syn::parse::Parser;

    use super::*;

    fn by_syn(tokens: TokenStream) -> syn::Result<Arguments> {
        Punctuated::parse_terminated.parse2(tokens)
    }

    #[test]
    fn names_and_paths_are_read_as_syn_reads_them() -> syn::Result<()> {
        let written = [
            quote!(),
            quote!(id: u64),
            quote!(id: u64, r#type: a::b::C<D<E>, f::G<H>>,),
            quote!(id: Vec<u8>::Item, this: Arc<Self>, job: Option<Json<Vec<Job>>>),
        ];
        for tokens in written {
            let by_us = plain(tokens.clone()).map(|arguments| arguments.to_token_stream().to_string());
            assert_eq!(by_us, Some(by_syn(tokens)?.to_token_stream().to_string()));
        }
        Ok(())
    }

    #[test]
    fn all_else_is_left_to_syn() {
        let written = [
            quote!(self: Arc<Self>),
            quote!(&self, id: u64),
            quote!(mut id: u64),
            quote!(_: u64),
            quote!(State(db): State<Db>),
            quote!(#[cfg(unix)] id: u64),
            quote!(id: &str),
            quote!(id: impl Into<u64>),
            quote!(id: fn(u64)),
            quote!(id: ::std::string::String),
            quote!(id: Page<10>),
            quote!(id: Page<'a>),
            quote!(id: Vec<u8),
            quote!(id u64),
            quote!(id:),
            quote!(id: u64 name: String),
            quote!(id: (u64, u64)),
            quote!(id: Box<dyn Fn()>),
        ];
        for tokens in written {
            assert!(plain(tokens.clone()).is_none(), "{tokens}");
        }
    }
}
