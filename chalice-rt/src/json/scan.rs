//! A fast scanner for JSON. It goes through a document member by member and skips values that the caller does not read.
//!
//! It is for well-formed documents, as events are: it does not validate what it skips. `None` means: fall back to
//! serde_json, which reports the error.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr2;
use serde::de::{Deserializer, Error, IgnoredAny, Visitor};
use serde_json::{Map, Value};

/// A position in a JSON document.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Whether an object or an array was entered, and nothing in it has been read.
    fresh: bool,
    /// The expectation that failed, for [`mismatch`](Scan::mismatch).
    wanted: &'static str,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Scan { text, at: 0, fresh: false, wanted: "" }
    }

    /// Enters an object.
    pub(crate) fn object(&mut self) -> Option<()> {
        self.take(b'{')?;
        self.fresh = true;
        Some(())
    }

    /// Goes on to the next member of the object and past its key. The inner `None` is the end of the object.
    pub(crate) fn key(&mut self) -> Option<Option<Cow<'a, str>>> {
        if self.ends_with(b'}')? {
            return Some(None);
        }
        let key = self.string()?;
        self.take(b':')?;
        Some(Some(key))
    }

    /// Enters an array.
    pub(crate) fn array(&mut self) -> Option<()> {
        self.take(b'[')?;
        self.fresh = true;
        Some(())
    }

    /// Goes on to the next element of the array, if there is one.
    pub(crate) fn element(&mut self) -> Option<bool> {
        Some(!self.ends_with(b']')?)
    }

    /// Reads a string.
    pub(crate) fn string(&mut self) -> Option<Cow<'a, str>> {
        let (start, plain) = self.pass_string()?;
        let inner = self.text.get(start + 1..self.at - 1)?;
        if plain {
            return Some(Cow::Borrowed(inner));
        }
        unescaped(inner).or_else(|| read_lossy(&self.text[start..self.at])).map(Cow::Owned)
    }

    /// The raw text of the next value. The inner `None` is `null`.
    pub(crate) fn raw(&mut self) -> Option<Option<&'a str>> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        let raw = self.text.get(start..self.at)?;
        Some(Some(raw).filter(|raw| *raw != "null"))
    }

    /// Reads a string. The inner `None` is `null`.
    pub(crate) fn optional_string(&mut self) -> Option<Option<Cow<'a, str>>> {
        match self.peek()? {
            b'n' => self.raw().filter(Option::is_none).map(|_| None),
            _ => self.string().map(Some),
        }
    }

    /// Reads all elements of an array. `usual` is the initial capacity.
    pub(crate) fn list<T>(&mut self, usual: usize, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut elements = Vec::with_capacity(usual);
        self.array()?;
        while self.element()? {
            elements.push(read(self)?);
        }
        Some(elements)
    }

    /// Reads a value. The inner `None` is `null`.
    pub(crate) fn optional_value(&mut self, depth: usize) -> Option<Option<Value>> {
        self.value(depth).map(|value| Some(value).filter(|value| !value.is_null()))
    }

    /// Reads a string, or a number or boolean as its text. The inner `None` is `null`.
    #[inline]
    pub(crate) fn optional_text(&mut self) -> Option<Option<Cow<'a, str>>> {
        match self.peek()? {
            b'"' => self.string().map(Some),
            b'{' | b'[' => self.wants("a string"),
            _ => match self.raw()? {
                Some(scalar) => serde_json::from_str(scalar).ok().map(|IgnoredAny| Some(scalar.into())),
                None => Some(None),
            },
        }
    }

    /// Records the expectation that failed, and gives up.
    pub(crate) fn wants<T>(&mut self, wanted: &'static str) -> Option<T> {
        self.wanted = wanted;
        None
    }

    /// Describes the next value as a mismatch: `expected a string, found an object`.
    pub(crate) fn mismatch(&self) -> String {
        let found = match self.clone().peek() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(_) => "a number",
            None => "nothing",
        };
        format!("expected {}, found {found}", self.wanted)
    }

    /// The raw text of what `read` consumes.
    pub(crate) fn passed<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<&'a str> {
        self.peek()?;
        let start = self.at;
        read(self)?;
        self.text.get(start..self.at)
    }

    /// Reads any value. `None` also if it is nested deeper than `depth`.
    pub(crate) fn value(&mut self, depth: usize) -> Option<Value> {
        match self.peek()? {
            b'"' => self.string().and_then(checked).map(Value::String),
            b'{' => {
                let (mut members, depth) = (Map::new(), depth.checked_sub(1)?);
                self.object()?;
                while let Some(key) = self.key()? {
                    members.insert(checked(key)?, self.value(depth)?);
                }
                Some(Value::Object(members))
            }
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.list(0, |scan| scan.value(depth)).map(Value::Array)
            }
            _ => self.raw()?.map_or(Some(Value::Null), |scalar| serde_json::from_str(scalar).ok()),
        }
    }

    /// Reads any value. Parts that are nested deeper than `depth` and numbers that are too large become strings with
    /// their raw text.
    pub(crate) fn lossy_value(&mut self, depth: usize) -> Option<Value> {
        match (self.peek()?, depth.checked_sub(1)) {
            (b'"', _) => Some(Value::String(self.string()?.into_owned())),
            (b'{', Some(depth)) => {
                let mut members = Map::new();
                self.object()?;
                while let Some(key) = self.key()? {
                    members.insert(key.into_owned(), self.lossy_value(depth)?);
                }
                Some(Value::Object(members))
            }
            (b'[', Some(depth)) => self.list(0, |scan| scan.lossy_value(depth)).map(Value::Array),
            _ => Some(
                self.raw()?
                    .map_or(Value::Null, |raw| serde_json::from_str(raw).unwrap_or_else(|_| raw.into())),
            ),
        }
    }

    /// The next byte after white space, without consuming it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if byte > b' ' || !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// The number of bytes consumed.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Whether the document is at its end.
    pub(crate) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Skips a value.
    pub(crate) fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.pass_string().map(drop),
            b'{' | b'[' => self.pass_nested(),
            _ => self.pass_scalar(),
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        if self.peek()? == byte {
            self.at += 1;
            return Some(());
        }
        self.wants(match byte {
            b'{' => "an object",
            b'[' => "an array",
            b'"' => "a string",
            _ => "something else",
        })
    }

    /// Consumes the comma before a member or element, or the end.
    fn ends_with(&mut self, end: u8) -> Option<bool> {
        let (next, fresh) = (self.peek()?, std::mem::take(&mut self.fresh));
        if next == end || (next == b',' && !fresh) {
            self.at += 1;
            return Some(next == end);
        }
        fresh.then_some(false)
    }

    /// Skips a string. Returns its start and whether it has no escapes.
    fn pass_string(&mut self) -> Option<(usize, bool)> {
        self.take(b'"')?;
        let (start, mut plain) = (self.at - 1, true);
        loop {
            self.at += special(self.text.as_bytes().get(self.at..)?)? + 1;
            if self.text.as_bytes()[self.at - 1] == b'"' {
                return Some((start, plain));
            }
            plain = false;
            self.at += 1;
        }
    }

    fn pass_nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.text.as_bytes().get(self.at)? {
                b'"' => {
                    self.pass_string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn pass_scalar(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        self.at += len;
        (len > 0).then_some(())
    }
}

/// The string, unless it holds control characters. A string with escapes was checked when they were read.
fn checked(string: Cow<'_, str>) -> Option<String> {
    match string {
        Cow::Borrowed(text) if has_control(text.as_bytes()) => None,
        string => Some(string.into_owned()),
    }
}

/// Whether a byte is a control character. Most strings have none, so eight bytes are looked at at once: the subtraction
/// borrows into the high bit of a byte only if that byte, or a lower one, is below a space.
fn has_control(bytes: &[u8]) -> bool {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    let below = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        word.wrapping_sub(SPACES) & !word & (ONES << 7) != 0
    };
    let (words, rest) = bytes.as_chunks();
    words.iter().any(below) || rest.iter().any(|byte| *byte < b' ')
}

/// Reads a JSON string and replaces lone surrogates with U+FFFD. `None` if it is no JSON string.
fn read_lossy(json: &str) -> Option<String> {
    struct Lossy;

    impl Visitor<'_> for Lossy {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }

    // `deserialize_bytes` accepts control characters, so the string is validated first.
    let IgnoredAny = serde_json::from_str(json).ok()?;
    serde_json::Deserializer::from_str(json).deserialize_bytes(Lossy).ok()
}

/// Resolves the common escapes. `None` if there are others, or control characters. It goes byte by byte, since JSON
/// inside JSON has an escape every few bytes.
fn unescaped(text: &str) -> Option<String> {
    let mut letters = text.bytes();
    let mut unescaped = Vec::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        unescaped.push(match letter {
            b'\\' => escape(letters.next()?)?,
            ..b' ' => return None,
            letter => letter,
        });
    }
    String::from_utf8(unescaped).ok()
}

fn escape(letter: u8) -> Option<u8> {
    match letter {
        b'"' | b'\\' | b'/' => Some(letter),
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        _ => None,
    }
}

/// The index of the first quote or backslash. Most strings are too short for `memchr2` to pay off, so the first words
/// are searched here.
fn special(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for word in bytes.as_chunks().0.iter().take(SHORT) {
        let word = u64::from_le_bytes(*word);
        let found = zero_bytes(word ^ QUOTES) | zero_bytes(word ^ ESCAPES);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Some(at + memchr2(b'"', b'\\', &bytes[at..])?)
}

/// The number of 8-byte words searched before `memchr2`.
const SHORT: usize = 4;
const ONES: u64 = u64::from_le_bytes([1; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const ESCAPES: u64 = u64::from_le_bytes([b'\\'; 8]);

/// Sets the high bit of each zero byte. Only the lowest such bit is reliable.
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

/// The maximum depth of a value: serde_json's.
const DEEPEST: usize = 127;

/// Reads a document as a value. Parts that no `Value` can hold (lone surrogates, numbers that are too large, too deep
/// nesting) become text. `None` if it is no JSON.
pub(crate) fn read_any(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok().or_else(|| {
        // The scanner does not validate, so this does.
        let IgnoredAny = serde_json::from_str(json).ok()?;
        Scan::new(json).lossy_value(DEEPEST)
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use proptest::sample::Index;
    use serde_json::Value;

    use super::{DEEPEST, Scan, has_control};

    #[test]
    fn members_are_found_whatever_is_between_them() {
        let text = r#" { "a" : [1, {"x":"]}\"\\"}, null] , "\u0062":"caf\u00e9", "c": null,"d":-1.5e3 } "#;
        let mut scan = Scan::new(text);
        scan.object().expect("an object");
        assert_eq!(scan.key(), Some(Some("a".into())));
        assert_eq!(scan.raw(), Some(Some(r#"[1, {"x":"]}\"\\"}, null]"#)));
        assert_eq!((scan.key(), scan.optional_string()), (Some(Some("b".into())), Some(Some("café".into()))));
        assert_eq!((scan.key(), scan.optional_string()), (Some(Some("c".into())), Some(None)));
        assert_eq!((scan.key(), scan.raw()), (Some(Some("d".into())), Some(Some("-1.5e3"))));
        assert_eq!((scan.key(), scan.is_done()), (Some(None), true));
    }

    #[test]
    fn a_control_character_is_found_wherever_it_stands() {
        for at in 0..20 {
            let mut text = b"~a\x7fz 0123456789abcdefghij".to_vec();
            assert!(!has_control(&text));
            text[at] = 0x1f;
            assert!(has_control(&text), "{at}");
        }
        assert!(!has_control("Zoë, ÿ and 😀".as_bytes()));
    }

    #[test]
    fn escapes_are_read() {
        let string = |text| Scan::new(text).string().map(Cow::into_owned);
        assert_eq!(string(r#""{\"é\":\"\\\/\n\r\t\"}""#).as_deref(), Some("{\"é\":\"\\/\n\r\t\"}"));
        assert_eq!(string(r#""\b\f\u0041\ud83d\ude00""#).as_deref(), Some("\u{8}\u{c}A😀"));
        assert_eq!(string(r#""a\ud83db\n""#).as_deref(), Some("a\u{fffd}\u{fffd}\u{fffd}b\n"), "half a pair");
        for wrong in [r#""\x""#, "\"\\n\n\""] {
            assert_eq!(string(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_are_read_as_deep_as_wanted() {
        let text = r#"{"a": ["x\n", {}, [], -1.5e3], "b": null, "c": {"d": true}, "b": 1}"#;
        let read = serde_json::from_str::<Value>(text).ok();
        assert_eq!((Scan::new(text).value(3), Scan::new(text).value(2)), (read, None));
        assert_eq!(Scan::new("null").optional_value(0), Some(None));
        assert_eq!((Scan::new("nul").value(0), Scan::new("{").value(1)), (None, None));
    }

    /// JSON values of any shape.
    fn value() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>()
                .prop_map(|number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number,
            any::<String>().prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                btree_map(any::<String>(), inner, 0..4).prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// What the scanner reads: nothing but one value.
    fn scanned(text: &str) -> Option<Value> {
        let mut scan = Scan::new(text);
        scan.value(DEEPEST).filter(|_| scan.is_done())
    }

    proptest! {
        #[test]
        fn a_document_is_read_as_serde_json_reads_it(value in value(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            prop_assert_eq!(scanned(&text), serde_json::from_str(&text).ok());
            prop_assert_eq!(Scan::new(&text).passed(Scan::skip), Some(text.as_str()));
        }

        #[test]
        fn a_spoilt_document_is_read_as_serde_json_reads_it_or_not_at_all(
            value in value(), place in any::<Index>(), spoilt in "[\\[\\]{},:\" \n0-9.eE+a-z-]{0,2}", cut in any::<bool>(),
        ) {
            let mut text = value.to_string();
            let place = place.index(text.len() + 1);
            let place = (0..=place).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0);
            match cut {
                true => text.truncate(place),
                false => text.insert_str(place, &spoilt),
            }
            prop_assert_eq!(scanned(&text), serde_json::from_str(&text).ok(), "{}", text);
        }

        #[test]
        fn any_text_is_read_as_serde_json_reads_it_or_not_at_all(text in "[\\[\\]{},:\"\\\\ \n0-9.eE+ntrufalsb-]{0,16}") {
            prop_assert_eq!(scanned(&text), serde_json::from_str(&text).ok(), "{}", text);
        }
    }

    #[test]
    fn elements_are_found() {
        let mut scan = Scan::new(r#"["a" , 7]"#);
        scan.array().expect("an array");
        assert_eq!((scan.element(), scan.string()), (Some(true), Some("a".into())));
        assert_eq!((scan.element(), scan.skip()), (Some(true), Some(())));
        assert_eq!((scan.element(), scan.is_done()), (Some(false), true));
    }

    #[test]
    fn what_breaks_off_is_told() {
        for text in ["", "{", r#"{"a"#, r#"{"a":"#, r#"{"a":["#, r#"{"a":"\"#, r#"{"a":,}"#] {
            let mut scan = Scan::new(text);
            let whole = scan.object().and_then(|()| scan.key()).and_then(|_| scan.skip());
            assert_eq!(whole, None, "{text}");
        }
    }
}
