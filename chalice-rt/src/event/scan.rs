//! A quick look at JSON: member by member, without reading what nobody asks for.
//!
//! It is for documents that are well-formed, as events are, and does not check what it skips. `None` says that something
//! was not as expected; then serde_json reads the document and says what is wrong.

use std::borrow::Cow;

use memchr::memchr2;

/// A place in a JSON document.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Scan { text, at: 0 }
    }

    /// Goes into an object.
    pub(crate) fn object(&mut self) -> Option<()> {
        self.take(b'{')
    }

    /// Goes on to the next member of the object and past its key; the inner `None` is the object's end.
    pub(crate) fn key(&mut self) -> Option<Option<Cow<'a, str>>> {
        if self.ends_with(b'}')? {
            return Some(None);
        }
        let key = self.string()?;
        self.take(b':')?;
        Some(Some(key))
    }

    /// Goes into an array.
    pub(crate) fn array(&mut self) -> Option<()> {
        self.take(b'[')
    }

    /// Goes on to the next element of the array, if there is one.
    pub(crate) fn element(&mut self) -> Option<bool> {
        Some(!self.ends_with(b']')?)
    }

    /// A string.
    pub(crate) fn string(&mut self) -> Option<Cow<'a, str>> {
        let (start, plain) = self.pass_string()?;
        if plain {
            return self.text.get(start + 1..self.at - 1).map(Cow::Borrowed);
        }
        serde_json::from_str(self.text.get(start..self.at)?).ok().map(Cow::Owned)
    }

    /// The value as it is written; the inner `None` is `null`.
    pub(crate) fn raw(&mut self) -> Option<Option<&'a str>> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        let raw = self.text.get(start..self.at)?;
        Some(Some(raw).filter(|raw| *raw != "null"))
    }

    /// A string; the inner `None` is `null`.
    pub(crate) fn optional_string(&mut self) -> Option<Option<Cow<'a, str>>> {
        match self.peek()? {
            b'n' => self.raw().filter(Option::is_none).map(|_| None),
            _ => self.string().map(Some),
        }
    }

    /// What comes next, past white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// How many bytes have been passed.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Whether nothing comes next.
    pub(crate) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Passes a value.
    pub(crate) fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.pass_string().map(drop),
            b'{' | b'[' => self.pass_nested(),
            _ => self.pass_scalar(),
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Passes the comma before a member, or the end.
    fn ends_with(&mut self, end: u8) -> Option<bool> {
        let next = self.peek()?;
        if next == b',' || next == end {
            self.at += 1;
        }
        Some(next == end)
    }

    /// Passes a string; where it began, and whether it is written without escapes.
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

/// Where the first quote or escape is. Most strings are so short that a vectorised search does not pay at once.
fn special(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < SHORT {
        let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { break };
        let word = u64::from_le_bytes(*word);
        let found = zero_bytes(word ^ QUOTES) | zero_bytes(word ^ ESCAPES);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Some(at + memchr2(b'"', b'\\', &bytes[at..])?)
}

const SHORT: usize = 32;
const ONES: u64 = u64::from_le_bytes([1; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);
const ESCAPES: u64 = u64::from_le_bytes([b'\\'; 8]);

/// The high bit of each byte that is zero. Only of the first one is that certain.
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::Scan;

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
