//! The names of the kinds, and their types in the runtime.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, LitStr, Token, Type};

use crate::args::{Args, bracketed};
use crate::errors::{Errors, help};
use crate::names::emit;
use crate::words;

const KINDS: &[(&str, &str)] = &[
    ("all", "All"),
    ("http", "Http"),
    ("websocket", "Websocket"),
    ("s3", "S3"),
    ("sns", "Sns"),
    ("sqs", "Sqs"),
    ("cloudwatch", "CloudWatch"),
    ("scheduled", "Scheduled"),
    ("kinesis", "Kinesis"),
    ("dynamodb", "DynamoDb"),
    ("kafka", "Kafka"),
    ("pure_lambda", "PureLambda"),
    ("authorizer", "Authorizer"),
];

/// The kinds of one middleware, at least one.
pub(super) struct Kinds(Vec<Ident>);

impl Kinds {
    pub(super) fn take(args: &mut Args, errors: &mut Errors) -> Option<Kinds> {
        let given = args.tokens_of_all("kind");
        if given.is_empty() {
            args.missing("kind", "the kind of event", errors);
            return None;
        }
        let mut words: Vec<LitStr> = Vec::new();
        for tokens in given.into_iter().flat_map(listed) {
            if let Some(word) = word(tokens, errors).filter(|word| is_new(word, &words, errors)) {
                words.push(word);
            }
        }
        check_all(&words, errors);
        let types = words.iter().filter_map(|word| kind_type(word, errors)).collect();
        Some(Kinds(types)).filter(|kinds| !kinds.0.is_empty())
    }

    /// Expands to: `__rt::Http`, or `(__rt::Http, __rt::Sns)`.
    pub(super) fn tokens(&self) -> TokenStream {
        match &self.0[..] {
            [kind] => emit!(__rt::#kind),
            kinds => emit!((#(__rt::#kinds),*)),
        }
    }

    /// Expands to: `__rt::takes::<__rt::Http, Request>();` for each kind, reported at the type.
    pub(super) fn checks(&self, event: &Type) -> TokenStream {
        let span = event.span();
        let located = |kind: &Ident| Ident::new(&kind.to_string(), span);
        let kinds = self.0.iter().map(located);
        quote_spanned!(span=> #(__rt::takes::<__rt::#kinds, #event>();)*)
    }
}

/// `kind = ["http", "sns"]` is the same as `"http", "sns"`.
fn listed(tokens: TokenStream) -> Vec<TokenStream> {
    let items = bracketed(&tokens)
        .and_then(|content| Punctuated::<Expr, Token![,]>::parse_terminated.parse2(content).ok());
    match items {
        Some(items) => items.iter().map(ToTokens::to_token_stream).collect(),
        None => vec![tokens],
    }
}

fn word(tokens: TokenStream, errors: &mut Errors) -> Option<LitStr> {
    let word = syn::parse2(tokens.clone()).ok();
    if word.is_none() {
        errors.at(
            tokens,
            help("a kind is a string literal", "write `\"http\"`; several are `\"http\", \"sns\"`"),
        );
    }
    word
}

fn is_new(word: &LitStr, words: &[LitStr], errors: &mut Errors) -> bool {
    let again = words.iter().any(|other| other.value() == word.value());
    if again {
        errors.at(word, help(format!("`{}` is given twice", word.value()), "keep one"));
    }
    !again
}

fn check_all(words: &[LitStr], errors: &mut Errors) {
    if words.len() > 1
        && let Some(all) = words.iter().find(|word| word.value() == "all")
    {
        errors.at(
            all,
            help("`all` stands alone: it covers every kind but `authorizer`", "remove the other kinds"),
        );
    }
}

fn kind_type(word: &LitStr, errors: &mut Errors) -> Option<Ident> {
    let text = word.value();
    if let Some((_, ty)) = KINDS.iter().find(|(name, _)| *name == text) {
        return Some(Ident::new(ty, word.span()));
    }
    let names: Vec<_> = KINDS.iter().map(|(name, _)| *name).collect();
    let message = format!("unknown event kind `{text}` in `#[middleware]`");
    errors.at(word, help(message, words::suggestion(&text, &names, "kinds are")));
    None
}
