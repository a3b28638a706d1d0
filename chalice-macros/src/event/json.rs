//! Event patterns: a JSON object written as tokens, and its text.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{LitFloat, LitInt, LitStr, Token, braced, bracketed};

use crate::errors::help;

/// The text of an event pattern.
pub(crate) fn pattern(tokens: TokenStream) -> syn::Result<String> {
    let is_object =
        |tree: TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    if !tokens.clone().into_iter().next().is_some_and(is_object) {
        let message = help("an event pattern is a JSON object", "write `{\"source\": [\"aws.ec2\"]}`");
        return Err(syn::Error::new_spanned(tokens, message));
    }
    let mut text = String::new();
    syn::parse2::<Json>(tokens)?.check_pattern()?.write(&mut text);
    Ok(text)
}

enum Json {
    Object(Vec<(LitStr, Json)>),
    Array(Vec<Json>),
    String(LitStr),
    /// Numbers, `true`, `false` and `null`: the text and the token.
    Plain(String, TokenTree),
}

impl Parse for Json {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::token::Brace) {
            object(input)
        } else if input.peek(syn::token::Bracket) {
            let content;
            bracketed!(content in input);
            let items = Punctuated::<Json, Token![,]>::parse_terminated(&content)?;
            Ok(Json::Array(items.into_iter().collect()))
        } else if input.peek(LitStr) {
            input.parse().map(Json::String)
        } else {
            plain(input)
        }
    }
}

fn object(input: ParseStream<'_>) -> syn::Result<Json> {
    let content;
    braced!(content in input);
    let mut members: Vec<(LitStr, Json)> = Vec::new();
    for (key, value) in content.parse_terminated(member, Token![,])? {
        if members.iter().any(|(other, _)| other.value() == key.value()) {
            return Err(syn::Error::new_spanned(
                &key,
                help(format!("`{}` is given twice", key.value()), "keep one"),
            ));
        }
        members.push((key, value));
    }
    Ok(Json::Object(members))
}

fn member(input: ParseStream<'_>) -> syn::Result<(LitStr, Json)> {
    let Ok(key) = input.parse::<LitStr>() else {
        return Err(input.error(help("a JSON member has a name in double quotes", "write `\"name\": value`")));
    };
    input.parse::<Token![:]>()?;
    Ok((key, input.parse()?))
}

fn plain(input: ParseStream<'_>) -> syn::Result<Json> {
    let wrong = input.error(help(
        "not a JSON value",
        "strings in double quotes, numbers, `true`, `false`, `null`, `[..]`, `{..}`",
    ));
    let minus = if input.parse::<Option<Token![-]>>()?.is_some() { "-" } else { "" };
    let tree: TokenTree = input.parse().map_err(|_| wrong.clone())?;
    let text = number(&tree).map(|number| format!("{minus}{number}"));
    let word = || {
        Some(tree.to_string())
            .filter(|word| minus.is_empty() && matches!(word.as_str(), "true" | "false" | "null"))
    };
    Ok(Json::Plain(text.or_else(word).ok_or(wrong)?, tree))
}

fn number(tree: &TokenTree) -> Option<String> {
    let tokens = TokenStream::from(tree.clone());
    if let Ok(integer) = syn::parse2::<LitInt>(tokens.clone()) {
        return integer.suffix().is_empty().then(|| integer.base10_digits().to_owned());
    }
    let float = LitFloat::parse.parse2(tokens).ok().filter(|float| float.suffix().is_empty())?;
    let digits = float.base10_digits();
    Some(if digits.ends_with('.') { format!("{digits}0") } else { digits.to_owned() })
}

impl Json {
    /// EventBridge compares each field with a list. A single value would be refused at deployment.
    fn check_pattern(self) -> syn::Result<Self> {
        let Json::Object(members) = &self else { return Ok(self) };
        members.iter().try_for_each(|(key, value)| value.check_member(key))?;
        Ok(self)
    }

    fn check_member(&self, key: &LitStr) -> syn::Result<()> {
        match self {
            Json::Object(members) => members.iter().try_for_each(|(key, value)| value.check_member(key)),
            // `$or` has a list of patterns. Other lists have the values of the field.
            Json::Array(_) => Ok(()),
            Json::String(text) => Err(lonely(key, &text.token().into())),
            Json::Plain(_, tree) => Err(lonely(key, tree)),
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Json::Object(members) => sequence(text, ['{', '}'], members, |text, (key, value)| {
                string(text, &key.value());
                text.push(':');
                value.write(text);
            }),
            Json::Array(items) => sequence(text, ['[', ']'], items, |text, item| item.write(text)),
            Json::String(literal) => string(text, &literal.value()),
            Json::Plain(plain, _) => text.push_str(plain),
        }
    }
}

fn lonely(key: &LitStr, value: &TokenTree) -> syn::Error {
    let message = format!("a pattern gives for `{}` the list of values that match", key.value());
    syn::Error::new_spanned(value, help(message, format!("write `[{value}]`")))
}

fn sequence<T>(
    text: &mut String,
    [open, close]: [char; 2],
    items: &[T],
    mut write: impl FnMut(&mut String, &T),
) {
    text.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push(close);
}

fn string(text: &mut String, value: &str) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(tokens: &str) -> Result<String, String> {
        let tokens = tokens.parse().map_err(|_| "no tokens".to_owned())?;
        pattern(tokens).map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
    }

    #[test]
    fn prints_what_it_reads() {
        let text = r#"{"source":["aws.ec2"],"detail":{"n":[{"numeric":[">",5]}],"x":[null,true,-1.5]}}"#;
        assert_eq!(printed(text).as_deref(), Ok(text));
        assert_eq!(printed(r#"{"a": ["\"\\\n", "ä",],}"#).as_deref(), Ok(r#"{"a":["\"\\\u000a","ä"]}"#));
    }

    #[test]
    fn names_each_mistake() {
        for (text, message) in [
            ("[1]", "an event pattern is a JSON object"),
            ("\"{}\"", "an event pattern is a JSON object"),
            ("{source: []}", "a JSON member has a name in double quotes"),
            ("{\"a\": [nil]}", "not a JSON value"),
            ("{\"a\": [1u8]}", "not a JSON value"),
            ("{\"a\": [], \"a\": []}", "`a` is given twice"),
            ("{\"source\": \"aws.ec2\"}", "a pattern gives for `source` the list of values that match"),
        ] {
            assert_eq!(printed(text).err().as_deref(), Some(message), "{text}");
        }
    }
}
