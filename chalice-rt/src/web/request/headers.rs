//! The headers of a request. They stay in the event's JSON until a map of them is needed.

use std::borrow::Cow;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::limits::MOST_HEADERS;
use crate::secrets::is_secret;
use crate::web::wire::{Pairs, Text};

/// The headers of a request. The map is built on demand: it costs more than all the rest of a small request.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct LazyHeaders {
    listed: Vec<(Text, Text)>,
    map: OnceLock<HeaderMap>,
    /// The headers since `headers_mut` was called.
    changed: Option<HeaderMap>,
}

impl LazyHeaders {
    pub(in crate::web) fn new(document: &Bytes, pairs: Pairs<'_>) -> Self {
        let place = |text| Text::new(document, text);
        let listed = pairs.into_iter().map(|(name, value)| (place(name), place(value))).collect();
        LazyHeaders { listed, ..LazyHeaders::default() }
    }

    /// Format 2.0 lists the cookies separately. This makes the client's header of them again.
    pub(in crate::web) fn set_cookies(&mut self, document: &Bytes, cookies: &[Cow<'_, str>]) {
        self.listed.retain(|(name, _)| !name.get(document).eq_ignore_ascii_case(COOKIE.as_str()));
        self.listed.push((Text::Own(COOKIE.as_str().into()), Text::Own(cookies.join("; ").into())));
    }

    /// The first value of a header. Does not build the map.
    pub(in crate::web) fn get<'a>(&'a self, document: &'a Bytes, name: &str) -> Option<&'a str> {
        match &self.changed {
            Some(map) => map.get(name).and_then(|value| str::from_utf8(value.as_bytes()).ok()),
            None => self.listed(document, name).next(),
        }
    }

    /// All values of a header, in order.
    pub(in crate::web) fn all<'a>(&'a self, document: &'a Bytes, name: &'a str) -> Vec<&'a str> {
        match &self.changed {
            Some(map) => {
                map.get_all(name).iter().filter_map(|value| str::from_utf8(value.as_bytes()).ok()).collect()
            }
            None => self.listed(document, name).collect(),
        }
    }

    fn listed<'a>(&'a self, document: &'a Bytes, name: &str) -> impl Iterator<Item = &'a str> {
        let named = move |pair: &&(Text, Text)| pair.0.is(document, name);
        self.listed.iter().filter(named).map(|(_, value)| value.get(document))
    }

    /// The value as bytes that share the document's memory.
    pub(in crate::web) fn bytes(&self, document: &Bytes, name: &str) -> Option<Bytes> {
        if let Some(map) = &self.changed {
            return map.get(name).map(|value| Bytes::copy_from_slice(value.as_bytes()));
        }
        let named = |pair: &&(Text, Text)| pair.0.is(document, name);
        self.listed.iter().find(named).map(|(_, value)| value.clone().into_bytes(document))
    }

    pub(in crate::web) fn map(&self, document: &Bytes) -> &HeaderMap {
        self.changed.as_ref().unwrap_or_else(|| self.map.get_or_init(|| self.build(document)))
    }

    pub(in crate::web) fn map_mut(&mut self, document: &Bytes) -> &mut HeaderMap {
        if self.changed.is_none() {
            let built = self.map.take().unwrap_or_else(|| self.build(document));
            self.changed = Some(built);
        }
        self.changed.get_or_insert_default()
    }

    /// The headers, if they may have been changed.
    pub(in crate::web) fn changed(&self) -> Option<&HeaderMap> {
        self.changed.as_ref()
    }

    /// Whether a map holds all of them.
    ///
    /// # Errors
    /// There are more.
    pub(in crate::web) fn fit(&self) -> Result<(), String> {
        let count = self.listed.len();
        if count <= MOST_HEADERS {
            return Ok(());
        }
        Err(format!("the request has {count} headers; up to {MOST_HEADERS} can be read"))
    }

    /// The name of the first header that HTTP does not allow.
    pub(in crate::web) fn forbidden<'a>(&'a self, document: &'a Bytes) -> Option<&'a str> {
        let bad = |(name, value): &&(Text, Text)| {
            !is_name(name.bytes(document)) || !is_value(value.bytes(document))
        };
        self.listed.iter().find(bad).map(|(name, _)| name.get(document))
    }

    fn build(&self, document: &Bytes) -> HeaderMap {
        if let Err(error) = self.fit() {
            tracing::error!("{error}; the others are left out");
        }
        let listed = self.listed.get(..MOST_HEADERS).unwrap_or(&self.listed);
        let mut map = HeaderMap::with_capacity(listed.len());
        for (name, value) in listed {
            let name = HeaderName::from_bytes(name.bytes(document));
            let value = HeaderValue::from_maybe_shared(value.clone().into_bytes(document));
            // A request with invalid headers is answered with 400 already.
            if let (Ok(name), Ok(mut value)) = (name, value) {
                value.set_sensitive(is_secret(name.as_str()));
                map.append(name, value);
            }
        }
        map
    }
}

fn is_name(name: &[u8]) -> bool {
    // A loop without an early exit is vectorized.
    !name.is_empty() && name.iter().fold(true, |all, byte| all & TOKEN[usize::from(*byte)])
}

/// The bytes that a header's name may contain.
const TOKEN: [bool; 256] = {
    let mut token = [false; 256];
    let mut byte = b'!';
    while byte < 0x7f {
        token[byte as usize] = !matches!(
            byte,
            b'"' | b'('
                | b')'
                | b','
                | b'/'
                | b':'
                | b';'
                | b'<'
                | b'='
                | b'>'
                | b'?'
                | b'@'
                | b'['
                | b'\\'
                | b']'
                | b'{'
                | b'}'
        );
        byte += 1;
    }
    token
};

/// Whether HTTP allows the value.
fn is_value(value: &[u8]) -> bool {
    let is_bad = |byte: u8| ((byte < b' ') & (byte != b'\t')) | (byte == 0x7f);
    !value.iter().fold(false, |any, byte| any | is_bad(*byte))
}
