//! The methods of a controller and their attributes. The bodies are never looked at.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Meta, Signature, Token, Visibility};

use crate::errors::{Errors, help};
use crate::function::Function;
use crate::implementation::Implementation;
use crate::names::text;
use crate::route::Verb;

/// A method, with its attributes that belong to the controller.
pub(super) struct Method {
    /// The function, with the other attributes.
    pub(super) function: Function,
    pub(super) attributes: Vec<Attribute>,
}

/// The methods of a block. Other members are skipped.
pub(super) fn read(block: &Implementation) -> syn::Result<Vec<Method>> {
    let Some(TokenTree::Group(group)) = block.body.clone().into_iter().next() else {
        return Ok(Vec::new());
    };
    let ty = block.ty.to_token_stream();
    // The registration is outside the block, where there is no `Self`.
    let members = members.parse2(group.stream())?;
    members.into_iter().map(|(attrs, vis, sig)| Method::new(attrs, vis, with_type(&sig, &ty)?)).collect()
}

/// The tokens in the parentheses of an attribute.
pub(super) fn arguments(attribute: &Attribute, errors: &mut Errors) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::Path(_) => Some(TokenStream::new()),
        Meta::List(list) => Some(list.tokens.clone()),
        Meta::NameValue(_) => {
            errors.at(
                attribute,
                help("the arguments of an attribute stand in parentheses", "write `#[get(\"/path\")]`"),
            );
            None
        }
    }
}

/// The item without the attributes that belong to the controller, otherwise unchanged.
pub(super) fn without_attributes(item: TokenStream) -> TokenStream {
    let map = |tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let mut stripped = Group::new(Delimiter::Brace, strip(group.stream()));
            stripped.set_span(group.span());
            stripped.into()
        }
        other => other,
    };
    item.into_iter().map(map).collect()
}

impl Method {
    fn new(attrs: Vec<Attribute>, vis: Visibility, sig: Signature) -> syn::Result<Method> {
        let (attributes, others) =
            attrs.into_iter().partition(|attribute| belongs(&attribute.path().to_token_stream()));
        Ok(Method { function: Function { attrs: others, vis, sig }, attributes })
    }
}

/// Whether an attribute is a route or an exception handler, by the last segment of its path.
fn belongs(path: &TokenStream) -> bool {
    let last = path.clone().into_iter().last();
    matches!(last, Some(TokenTree::Ident(name)) if name == "exception_handler" || Verb::named(&text(&name)).is_some())
}

type Member = (Vec<Attribute>, Visibility, Signature);

fn members(input: ParseStream<'_>) -> syn::Result<Vec<Member>> {
    input.call(Attribute::parse_inner)?;
    let mut members = Vec::new();
    while !input.is_empty() {
        let attrs = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        let is_function = head(&ahead).is_ok();
        if is_function {
            let (vis, sig) = head(input)?;
            members.push((attrs, vis, sig));
        }
        pass_over(input)?;
    }
    Ok(members)
}

fn head(input: ParseStream<'_>) -> syn::Result<(Visibility, Signature)> {
    Ok((input.parse()?, Signature::parse(input)?))
}

/// Skips the body of a function, or another member.
fn pass_over(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        let ends = input.peek(Token![;]) || input.peek(syn::token::Brace);
        input.parse::<TokenTree>()?;
        if ends {
            break;
        }
    }
    Ok(())
}

/// The signature with the type in place of `Self`.
fn with_type(sig: &Signature, ty: &TokenStream) -> syn::Result<Signature> {
    syn::parse2(replaced(sig.to_token_stream(), ty))
}

fn replaced(tokens: TokenStream, ty: &TokenStream) -> TokenStream {
    let replace = |tree| match tree {
        TokenTree::Ident(name) if name == "Self" => ty.clone(),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), replaced(group.stream(), ty));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other => other.into(),
    };
    tokens.into_iter().map(replace).collect::<Vec<TokenStream>>().into_iter().collect()
}

/// Leaves out `#[get(..)]` and the like.
fn strip(tokens: TokenStream) -> TokenStream {
    let trees: Vec<_> = tokens.into_iter().collect();
    let mut kept = TokenStream::new();
    let mut rest = &trees[..];
    while let [tree, others @ ..] = rest {
        rest = match others {
            [TokenTree::Group(group), behind @ ..] if is_pound(tree) && is_ours(group) => behind,
            _ => {
                kept.extend([tree.clone()]);
                others
            }
        };
    }
    kept
}

fn is_pound(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '#')
}

fn is_ours(group: &Group) -> bool {
    let is_path = |tree: &TokenTree| matches!(tree, TokenTree::Ident(_) | TokenTree::Punct(_));
    group.delimiter() == Delimiter::Bracket
        && belongs(&group.stream().into_iter().take_while(is_path).collect())
}
