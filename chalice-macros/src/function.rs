//! The annotated function: attributes and signature. Its body is never looked at.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{
    Attribute, FnArg, GenericArgument, Pat, PatType, PathArguments, ReturnType, Safety, Signature, Type,
    TypePath, Visibility,
};

use crate::arguments::{self, Arguments};
use crate::errors::{Errors, help};

/// A function without its body.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let function =
            Function { attrs: input.call(Attribute::parse_outer)?, vis: input.parse()?, sig: input.parse()? };
        let _: TokenStream = input.parse()?;
        Ok(function)
    }
}

/// The tokens of an item without its body, which may be long or half-typed. rustc reports errors in it.
fn head(item: &TokenStream) -> Vec<TokenTree> {
    let mut trees: Vec<TokenTree> = item.clone().into_iter().collect();
    if matches!(trees.last(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace) {
        trees.pop();
    }
    trees
}

/// Takes the arguments out of a function's head, if they are plain.
fn take_arguments(head: &mut [TokenTree]) -> Option<Arguments> {
    let keyword = head.iter().position(|tree| matches!(tree, TokenTree::Ident(word) if word == "fn"))?;
    let TokenTree::Group(group) = head.get_mut(keyword + 2)? else { return None };
    let arguments = arguments::plain(group.stream())?;
    let span = group.span();
    *group = Group::new(group.delimiter(), TokenStream::new());
    group.set_span(span);
    Some(arguments)
}

impl Function {
    /// The function of an item. Another item is reported at its keyword.
    pub(crate) fn read(item: &TokenStream, attribute: &str, errors: &mut Errors) -> Option<Function> {
        let mut head = head(item);
        let arguments = take_arguments(&mut head);
        match syn::parse2::<Function>(head.iter().cloned().collect()) {
            Ok(mut function) => {
                function.sig.inputs.extend(arguments.into_iter().flat_map(Arguments::into_pairs));
                Some(function)
            }
            Err(error) => {
                match other_item(&head.into_iter().collect()) {
                    Some((keyword, what)) => {
                        let message = format!("`#[{attribute}]` goes on a function, not on {what}");
                        errors.at(keyword, help(message, "move it to an `async fn` or a `fn`"));
                    }
                    None => errors.add(error),
                }
                None
            }
        }
    }

    pub(crate) fn name(&self) -> &Ident {
        &self.sig.ident
    }

    pub(crate) fn is_async(&self) -> bool {
        self.sig.asyncness.is_some()
    }

    /// The arguments without `self`.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &PatType> {
        self.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(argument) => Some(argument),
            FnArg::Receiver(_) => None,
        })
    }

    /// The span for errors of the return type: the type, or the name if there is none.
    pub(crate) fn output_span(&self) -> Span {
        match &self.sig.output {
            ReturnType::Type(_, output) => span_of(output),
            ReturnType::Default => self.name().span(),
        }
    }

    /// The `#[cfg(..)]`s, which the registration shares.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        cfgs(&self.attrs)
    }

    /// Reports properties that no registered function may have.
    pub(crate) fn check(&self, what: &str, errors: &mut Errors) {
        self.check_qualifiers(what, errors);
        self.check_attributes(errors);
        for argument in self.arguments() {
            check_type(&argument.ty, errors);
        }
    }

    /// Reports `self`.
    pub(crate) fn check_free(&self, remedy: &str, errors: &mut Errors) {
        if let Some(receiver) = self.sig.receiver() {
            let message = format!("`{}` takes `self`, but is no method of a registered value", self.name());
            errors.at(receiver, help(message, remedy));
        }
    }

    /// Reports generics.
    pub(crate) fn check_concrete(&self, what: &str, errors: &mut Errors) {
        if !self.sig.generics.params.is_empty() {
            let message = format!("{what} is not generic: one function is registered");
            errors.at(&self.sig.generics, help(message, "write the types out"));
        }
    }

    fn check_qualifiers(&self, what: &str, errors: &mut Errors) {
        let message = format!("{what} is a plain `fn` or `async fn`");
        if let Some(word) = &self.sig.constness {
            errors.at(word, help(&message, "remove `const`"));
        }
        if let Safety::Unsafe(word) = &self.sig.safety {
            errors.at(word, help(&message, "remove `unsafe`"));
        }
        if let Some(word) = &self.sig.abi {
            errors.at(word, help(&message, "remove `extern`"));
        }
        if let Some(dots) = &self.sig.variadic {
            errors.at(dots, help(&message, "remove the `...`"));
        }
    }

    fn check_attributes(&self, errors: &mut Errors) {
        for attribute in &self.attrs {
            let path = attribute.path();
            let is_main =
                path.segments.len() > 1 && path.segments.last().is_some_and(|last| last.ident == "main");
            if is_main || path.is_ident("test") {
                let name = path.to_token_stream().to_string().replace(' ', "");
                let message = format!("`#[{name}]` does not go together with a registered function");
                errors.at(path, help(message, "keep `main` and tests apart from handlers and middleware"));
            }
        }
    }
}

/// The `#[cfg(..)]`s among the attributes.
pub(crate) fn cfgs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

/// The name of a pattern, if it is a plain name.
pub(crate) fn binding(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(&name.ident),
        _ => None,
    }
}

/// The span of a type. For a plain name it is cheap; for others syn makes all their tokens.
pub(crate) fn span_of(ty: &Type) -> Span {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return ty.span() };
    path.get_ident().map_or_else(|| ty.span(), Ident::span)
}

/// The last name of a type's path: `a::B<C>` is `B`.
pub(crate) fn last_name(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        Type::Group(group) => last_name(&group.elem),
        Type::Paren(paren) => last_name(&paren.elem),
        _ => None,
    }
}

/// The first type in the angle brackets of a type: `C` of `a::B<C>`.
pub(crate) fn type_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn check_type(ty: &Type, errors: &mut Errors) {
    match ty {
        Type::ImplTrait(_) => {
            errors.at(ty, help("an argument has a type of its own, not `impl Trait`", "name the type"));
        }
        Type::Infer(_) => errors.at(ty, help("an argument's type is not inferred", "name the type")),
        _ => {}
    }
}

/// Reports references, since nothing could own their targets.
pub(crate) fn check_owned(ty: &Type, errors: &mut Errors) {
    let Type::Reference(reference) = ty else { return };
    let owned = match &*reference.elem {
        Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
        Type::Slice(slice) => format!("Vec<{}>", shown(&slice.elem)),
        other => shown(other),
    };
    errors.at(ty, help("a handler owns its arguments", format!("write `{owned}`")));
}

/// A type as its author would write it.
pub(crate) fn shown(tokens: &impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let tight = [
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ::", "::"),
        (":: ", "::"),
        (" ,", ","),
        ("& ", "&"),
        ("! ", "!"),
    ];
    tight.iter().fold(spaced, |text, (from, to)| text.replace(from, to))
}

/// An argument as its author would write it.
pub(crate) fn shown_argument(argument: &PatType) -> String {
    format!("{}: {}", shown(&argument.pat), shown(&argument.ty))
}

/// The keyword of an item that is not a function, and its description.
pub(crate) fn other_item(item: &TokenStream) -> Option<(TokenTree, &'static str)> {
    let keyword = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let keyword = input.parse::<TokenTree>()?;
        let next = input.parse::<Option<TokenTree>>()?;
        let _: TokenStream = input.parse()?;
        Ok((keyword, next))
    };
    let (keyword, next) = keyword.parse2(item.clone()).ok()?;
    let is_trait = next.is_some_and(|next| next.to_string() == "trait");
    let what = match keyword.to_string().as_str() {
        "struct" => "a struct",
        "enum" => "an enum",
        "union" => "a union",
        "impl" => "an `impl` block",
        "unsafe" if is_trait => "a trait",
        "mod" => "a module",
        "trait" => "a trait",
        "static" => "a static",
        "type" => "a type alias",
        "use" => "a `use`",
        _ => return None,
    };
    Some((keyword, what))
}
