//! A text of an event's document. It is not copied if it has no escapes.

use std::borrow::Cow;

use bytes::Bytes;

/// A text of a document: its place, or a copy if it is written with escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) enum Text {
    /// A range of bytes in the document.
    Place {
        start: u32,
        len: u32,
    },
    Own(Box<str>),
}

impl Text {
    /// Makes a text. It is a place if `text` is a part of the document.
    pub(in crate::web) fn new(document: &Bytes, text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Text::within(document, text).unwrap_or_else(|| Text::Own(text.into())),
            Cow::Owned(text) => Text::Own(text.into()),
        }
    }

    fn within(document: &Bytes, text: &str) -> Option<Self> {
        let start = (text.as_ptr() as usize).checked_sub(document.as_ptr() as usize)?;
        let inside = start.checked_add(text.len())? <= document.len();
        let place = || Some(Text::Place { start: start.try_into().ok()?, len: text.len().try_into().ok()? });
        if inside { place() } else { None }
    }

    pub(in crate::web) fn get<'a>(&'a self, document: &'a Bytes) -> &'a str {
        match self {
            Text::Place { start, len } => {
                let start = *start as usize;
                document
                    .get(start..start + *len as usize)
                    .and_then(|text| str::from_utf8(text).ok())
                    .unwrap_or("")
            }
            Text::Own(text) => text,
        }
    }

    /// The bytes of the text, without a UTF-8 check.
    pub(in crate::web) fn bytes<'a>(&'a self, document: &'a Bytes) -> &'a [u8] {
        match self {
            Text::Place { start, len } => {
                let start = *start as usize;
                document.get(start..start + *len as usize).unwrap_or_default()
            }
            Text::Own(text) => text.as_bytes(),
        }
    }

    /// Whether it is this text, ignoring case.
    pub(in crate::web) fn is(&self, document: &Bytes, text: &str) -> bool {
        self.bytes(document).eq_ignore_ascii_case(text.as_bytes())
    }

    /// The text as bytes that share the document's memory.
    pub(in crate::web) fn into_bytes(self, document: &Bytes) -> Bytes {
        match self {
            Text::Place { start, len } => document.slice(start as usize..start as usize + len as usize),
            Text::Own(text) => Bytes::from(text.into_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Scan;

    #[test]
    fn a_text_without_escapes_is_a_place_and_one_with_them_its_own() {
        let document = Bytes::from_static(br#"["caf\u00e9", "plain"]"#);
        let mut scan = Scan::new(str::from_utf8(&document).expect("text"));
        let texts = scan.list(2, Scan::string).expect("texts");
        let texts: Vec<_> = texts.into_iter().map(|text| Text::new(&document, text)).collect();
        assert_eq!(texts[0], Text::Own("café".into()));
        assert_eq!(texts[1], Text::Place { start: 15, len: 5 });
        assert_eq!(texts[1].get(&document), "plain");
        assert_eq!(size_of::<Text>(), 16);
    }

    #[test]
    fn a_text_from_elsewhere_is_copied() {
        let document = Bytes::from_static(b"{}");
        assert_eq!(Text::new(&document, Cow::Borrowed("else")), Text::Own("else".into()));
    }
}
