//! The query of a request.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::json::Scan;
use crate::web::pairs::{PairText, PairsError, from_pairs};
use crate::web::percent::decode_percent;
use crate::web::wire::{self, single};

/// The query of a request: decoded names and values, in order.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// #[route("/search")]
/// async fn search(request: Request) -> Value {
///     let query = request.query();
///     json!({"page": query.get("page"), "tags": query.get_all("tag").collect::<Vec<_>>()})
/// }
/// # fn main() {}
/// ```
#[derive(Clone, Default)]
pub struct QueryParams {
    pairs: Vec<(PairText, PairText)>,
}

impl QueryParams {
    /// The value of a parameter. Of several with this name it is the last.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rfind(|(key, _)| key.text == name).map(|(_, value)| value.text.as_str())
    }

    /// All values of a parameter, in order.
    pub fn get_all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All names and values, in order. Repeated names are repeated.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.text.as_str(), value.text.as_str()))
    }

    /// Whether there is no query at all.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Reads the pairs into a type.
    ///
    /// # Errors
    /// A pair that the type reads does not fit, or is not percent-encoded UTF-8. The text names the parameter.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, PairsError> {
        from_pairs(&self.pairs)
    }

    /// Reads a query in the form of a URL.
    pub(crate) fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        QueryParams::encoded(pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))))
    }

    /// Reads the query of format 1.0: an object of strings, or of lists of strings.
    pub(in crate::web) fn of_object(object: &str, multi: bool, encoded: bool) -> Self {
        let mut scan = Scan::new(object);
        // The event has been validated on arrival, so reading succeeds.
        let pairs = if multi { wire::multi(&mut scan) } else { single(&mut scan) }.unwrap_or_default();
        if encoded {
            QueryParams::encoded(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
        } else {
            QueryParams::decoded(pairs.into_iter())
        }
    }

    /// Pairs that are still encoded.
    fn encoded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        QueryParams { pairs: pairs.map(|(name, value)| (decode(name), decode(value))).collect() }
    }

    /// Pairs that the front end has decoded.
    fn decoded<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let plain = |text: Cow<'_, str>| PairText { text: text.into_owned(), malformed: false };
        QueryParams { pairs: pairs.map(|(name, value)| (plain(name), plain(value))).collect() }
    }
}

/// Decodes `+` and percent-encoding.
fn decode(text: &str) -> PairText {
    let spaced = if text.contains('+') { Cow::Owned(text.replace('+', " ")) } else { Cow::Borrowed(text) };
    match decode_percent(&spaced) {
        Some(decoded) => PairText { text: decoded.into_owned(), malformed: false },
        None => {
            let lossy = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
            PairText { text: lossy.into_owned(), malformed: true }
        }
    }
}

impl fmt::Debug for QueryParams {
    /// Shows the names only, since values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryParams ")?;
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn pairs(query: &QueryParams) -> Vec<(&str, &str)> {
        query.iter().collect()
    }

    #[test]
    fn a_query_is_decoded_once() {
        let query = QueryParams::parse("a=1&a=%2B2+3&&b=&c&%C3%A9=%2520&d=e=f");
        assert_eq!(
            pairs(&query),
            [("a", "1"), ("a", "+2 3"), ("b", ""), ("c", ""), ("é", "%20"), ("d", "e=f")]
        );
        assert_eq!(query.get("a"), Some("+2 3"));
        assert_eq!(query.get_all("a").collect::<Vec<_>>(), ["1", "+2 3"]);
    }

    #[test]
    fn what_is_not_percent_encoded_utf8_is_an_error_for_those_who_read_it() {
        let query = QueryParams::parse("a=1&b=%ff&c=100%");
        assert_eq!(pairs(&query), [("a", "1"), ("b", "\u{fffd}"), ("c", "100%")]);
        let read = |names: &[&str]| {
            let all: HashMap<String, String> = query.read().map_err(|error| error.to_string())?;
            Ok::<_, String>(names.iter().map(|name| all[*name].clone()).collect::<Vec<_>>())
        };
        assert_eq!(read(&["a"]), Err("`b`: not percent-encoded UTF-8".to_owned()));
        assert!(QueryParams::parse("").is_empty());
    }
}
