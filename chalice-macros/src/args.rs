//! The arguments of an attribute: one positional argument, then `name = value` and flags, with their spans.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, LitInt, LitStr, Path, Token};

use crate::errors::{Errors, help};
use crate::function::shown;
use crate::names::{CratePath, text};
use crate::words;

/// The arguments that an attribute takes.
pub(crate) struct Grammar {
    /// The attribute's name.
    pub(crate) attribute: &'static str,
    /// The argument that may be written without its name, and whether several may stand in a row.
    pub(crate) positional: Option<(&'static str, Many)>,
    /// Every argument and its form. The form is empty for an argument that only exists for its error message.
    pub(crate) options: &'static [&'static [(&'static str, &'static str)]],
}

/// Whether a positional argument may be repeated.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Many {
    One,
    Several,
}

/// The arguments that were given. Taking one removes it.
pub(crate) struct Args {
    grammar: &'static Grammar,
    given: Vec<Given>,
}

struct Given {
    name: String,
    /// The tokens at which a mistake of the whole argument is reported.
    key: TokenStream,
    /// Empty for a flag.
    value: TokenStream,
}

impl Grammar {
    /// How the attribute is spelled in messages.
    pub(crate) fn spelled(&self) -> String {
        format!("`#[{}]`", self.attribute)
    }

    /// Says what to do where the name of an event's source differs by stage.
    fn instead_of_constants(&self) -> &'static str {
        match self.attribute.starts_with("on_") {
            true => {
                "; where it differs by stage, set the function's `Handler` to the name of this handler, which then takes \
                 all events of the function"
            }
            false => "",
        }
    }

    fn form(&self, name: &str) -> Option<&'static str> {
        let mut options = self.options.iter().copied().flatten();
        options
            .find(|(option, _)| *option == name)
            .map(|(_, form)| *form)
            .or((name == "crate").then_some("crate = path"))
    }

    fn names(&self) -> Vec<&'static str> {
        let options = self.options.iter().copied().flatten().filter(|(_, form)| !form.is_empty());
        options.map(|(name, _)| *name).chain(["crate"]).collect()
    }
}

impl Args {
    /// Legal forms:
    /// - `"positional"` first, or several of it
    /// - `name = value`
    /// - `name`, for a flag
    pub(crate) fn parse(grammar: &'static Grammar, tokens: TokenStream, errors: &mut Errors) -> Args {
        let mut args = Args { grammar, given: Vec::new() };
        for (index, piece) in pieces(tokens).into_iter().enumerate() {
            args.read(index, piece, errors);
        }
        args
    }

    /// A string.
    pub(crate) fn text(&mut self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let given = self.take(name)?;
        let text: Option<LitStr> = given.parse().ok();
        if text.is_none() && matches!(given.parse(), Ok(Expr::Path(_) | Expr::Macro(_))) {
            let value = shown(&given.value);
            let message =
                format!("`{name}` takes a string literal: an attribute cannot see what `{value}` is");
            let form = self.grammar.form(name).unwrap_or_default();
            errors.at(
                &given.value,
                help(message, format!("write `{form}`{}", self.grammar.instead_of_constants())),
            );
            return None;
        }
        self.or_form(text, &given, "takes a string literal", errors)
    }

    /// A string that is not empty.
    pub(crate) fn word(&mut self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let text = self.text(name, errors)?;
        if text.value().trim().is_empty() {
            errors.at(&text, format!("`{name}` is empty"));
            return None;
        }
        Some(text)
    }

    /// A whole number in the range.
    pub(crate) fn number(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
        errors: &mut Errors,
    ) -> Option<i64> {
        let given = self.take(name)?;
        let number = self.or_form(given.integer(), &given, "takes a whole number", errors)?;
        if !range.contains(&number) {
            let (from, to) = (range.start(), range.end());
            errors.at(&given.value, format!("`{name}` is from {from} to {to}"));
            return None;
        }
        Some(number)
    }

    /// `name`, `name = true` or `name = false`.
    pub(crate) fn truth(&mut self, name: &str, errors: &mut Errors) -> Option<bool> {
        let given = self.take(name)?;
        if given.value.is_empty() {
            return Some(true);
        }
        let truth = given.parse::<syn::LitBool>().ok().map(|truth| truth.value);
        self.or_form(truth, &given, "takes `true` or `false`", errors)
    }

    /// `[item, item]`.
    pub(crate) fn list<T: Parse>(&mut self, name: &str, errors: &mut Errors) -> Option<Vec<T>> {
        let given = self.take(name)?;
        let content = self.or_form(bracketed(&given.value), &given, "takes a list", errors)?;
        let items = Punctuated::<T, Token![,]>::parse_terminated.parse2(content);
        errors.keep(items).map(|items| items.into_iter().collect())
    }

    /// `item`, or `[item, item]`.
    pub(crate) fn one_or_list<T: Parse>(&mut self, name: &str, errors: &mut Errors) -> Option<Vec<T>> {
        let index = self.given.iter().position(|given| given.name == name)?;
        let given = &self.given[index];
        if bracketed(&given.value).is_some() {
            return self.list(name, errors);
        }
        let item = given.parse().ok();
        let item = self.or_form(item, given, "takes a type, or a list of types", errors);
        self.given.remove(index);
        item.map(|item| vec![item])
    }

    /// `["text", "text"]`.
    pub(crate) fn texts(&mut self, name: &str, errors: &mut Errors) -> Option<Vec<LitStr>> {
        let items: Vec<Expr> = self.list(name, errors)?;
        let texts =
            items.into_iter().filter_map(|item| match syn::parse2(ungrouped(item.to_token_stream())) {
                Ok(text) => Some(text),
                Err(_) => {
                    errors.at(item, format!("`{name}` is a list of string literals"));
                    None
                }
            });
        Some(texts.collect())
    }

    /// The tokens of the value.
    pub(crate) fn tokens(&mut self, name: &str) -> Option<TokenStream> {
        self.take(name).map(|given| given.value)
    }

    /// Every value given for a positional argument that may be repeated.
    pub(crate) fn tokens_of_all(&mut self, name: &str) -> Vec<TokenStream> {
        std::iter::from_fn(|| self.tokens(name)).collect()
    }

    /// `crate = path`.
    pub(crate) fn runtime(&mut self, errors: &mut Errors) -> CratePath {
        let Some(given) = self.take("crate") else {
            return CratePath::default();
        };
        let path = Path::parse_mod_style.parse2(given.value.clone()).ok();
        CratePath(self.or_form(path, &given, "takes a path", errors))
    }

    /// Reports a missing argument.
    pub(crate) fn missing(&self, name: &str, what: &str, errors: &mut Errors) {
        let form = self.grammar.form(name).unwrap_or(name);
        let written = match self.grammar.positional {
            Some((positional, _)) if positional == name => form.split("= ").last().unwrap_or(form),
            _ => form,
        };
        let attribute = self.grammar.attribute;
        let message = format!("{} needs {what}", self.grammar.spelled());
        errors.at_span(Span::call_site(), help(message, format!("write `#[{attribute}({written})]`")));
    }

    /// Whether the argument was given and not yet taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.iter().any(|given| given.name == name)
    }

    /// The tokens at which a mistake of a whole argument is reported, if it was given.
    pub(crate) fn key(&self, name: &str) -> Option<TokenStream> {
        self.given.iter().find(|given| given.name == name).map(|given| given.key.clone())
    }

    fn take(&mut self, name: &str) -> Option<Given> {
        let index = self.given.iter().position(|given| given.name == name)?;
        Some(self.given.remove(index))
    }

    fn read(&mut self, index: usize, piece: Vec<TokenTree>, errors: &mut Errors) {
        match &piece[..] {
            [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
                self.named(name, value.iter().cloned().collect(), errors);
            }
            [TokenTree::Ident(name), TokenTree::Group(group)] if self.is_call(name, group.delimiter()) => {
                let form = self.grammar.form(&text(name)).unwrap_or_default();
                errors
                    .at(name, help(format!("`{name}` takes its value after `=`"), format!("write `{form}`")));
            }
            [TokenTree::Ident(name)] if self.is_word(index, name) => self.flag(name, errors),
            _ => self.positional(index, piece.into_iter().collect(), errors),
        }
    }

    fn is_call(&self, name: &Ident, delimiter: Delimiter) -> bool {
        delimiter == Delimiter::Parenthesis && self.grammar.form(&text(name)).is_some()
    }

    /// Whether a single word is a flag or a misspelled one, and not the positional argument.
    fn is_word(&self, index: usize, name: &Ident) -> bool {
        let positional = index == 0 && self.grammar.positional.is_some();
        let name = text(name);
        let is_constant = !name.contains(char::is_lowercase);
        !positional
            || self.grammar.form(&name).is_some()
            || !is_constant && words::nearest(&name, self.grammar.names()).is_some()
    }

    fn named(&mut self, name: &Ident, value: TokenStream, errors: &mut Errors) {
        let Some(form) = self.known(name, errors) else { return };
        if value.is_empty() {
            errors.at(name, help(format!("`{name}` has no value"), format!("write `{form}`")));
            return;
        }
        self.push(text(name), name.to_token_stream(), ungrouped(value), errors);
    }

    fn flag(&mut self, name: &Ident, errors: &mut Errors) {
        let Some(form) = self.known(name, errors) else { return };
        if form.contains('=') {
            errors.at(name, help(format!("`{name}` has no value"), format!("write `{form}`")));
            return;
        }
        self.push(text(name), name.to_token_stream(), TokenStream::new(), errors);
    }

    fn positional(&mut self, index: usize, value: TokenStream, errors: &mut Errors) {
        match self.grammar.positional {
            Some((name, Many::Several)) => {
                self.given.push(Given { name: name.into(), key: value.clone(), value: ungrouped(value) });
            }
            Some((name, Many::One)) if index == 0 => {
                self.push(name.into(), value.clone(), ungrouped(value), errors);
            }
            _ => errors.at(value, help("unexpected argument", self.expected())),
        }
    }

    fn push(&mut self, name: String, key: TokenStream, value: TokenStream, errors: &mut Errors) {
        if self.has(&name) {
            errors.at(&key, help(format!("`{name}` is given twice"), "keep one"));
            return;
        }
        self.given.push(Given { name, key, value });
    }

    fn known(&self, name: &Ident, errors: &mut Errors) -> Option<&'static str> {
        let form = self.grammar.form(&text(name));
        if form.is_none() {
            let message = format!("unknown argument `{name}` of {}", self.grammar.spelled());
            errors.at(
                name,
                help(message, words::suggestion(&text(name), &self.grammar.names(), "arguments are")),
            );
        }
        form
    }

    fn expected(&self) -> String {
        format!("{} takes {}", self.grammar.spelled(), words::quoted(&self.grammar.names()))
    }

    fn or_form<T>(&self, value: Option<T>, given: &Given, takes: &str, errors: &mut Errors) -> Option<T> {
        if value.is_none() {
            let form = self.grammar.form(&given.name).unwrap_or_default();
            let at = if given.value.is_empty() { &given.key } else { &given.value };
            errors.at(at, help(format!("`{}` {takes}", given.name), format!("write `{form}`")));
        }
        value
    }
}

impl Given {
    fn parse<T: Parse>(&self) -> syn::Result<T> {
        syn::parse2(self.value.clone())
    }

    fn integer(&self) -> Option<i64> {
        let number = |input: syn::parse::ParseStream<'_>| {
            let minus: Option<Token![-]> = input.parse()?;
            let number: i64 = input.parse::<LitInt>()?.base10_parse()?;
            Ok(if minus.is_some() { -number } else { number })
        };
        number.parse2(self.value.clone()).ok()
    }
}

/// A literal that passed through a `macro_rules!` arrives in a group without delimiters.
pub(crate) fn ungrouped(tokens: TokenStream) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            ungrouped(group.stream())
        }
        _ => tokens,
    }
}

/// Splits tokens at commas.
fn pieces(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let trees: Vec<_> = tokens.into_iter().collect();
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    trees.split(is_comma).filter(|piece| !piece.is_empty()).map(<[_]>::to_vec).collect()
}

/// The content of a list.
pub(crate) fn bracketed(tokens: &TokenStream) -> Option<TokenStream> {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Bracket => {
            Some(group.stream())
        }
        _ => None,
    }
}

/// The text of a path, without `crate`, `self` and `super` in front.
pub(crate) fn path_text(path: &Path) -> String {
    let names = path.segments.iter().map(|segment| segment.ident.unraw().to_string());
    let names = names.skip_while(|name| matches!(name.as_str(), "crate" | "self" | "super"));
    names.collect::<Vec<_>>().join("::")
}
