//! The query of a request.

use std::borrow::Cow;
use std::fmt;

use crate::web::percent::decode_percent;
use crate::web::wire::{JsonText, Multi, Single};

/// The query of a request: names and values, decoded, in the order in which they came.
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
    pairs: Vec<(String, String)>,
    malformed: Option<String>,
}

impl QueryParams {
    /// The value of this name; of several the last.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of this name, in order.
    pub fn get_all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All names and values, in order; a name that came twice is there twice.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there is no query at all.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The first name with a value that is not percent-encoded UTF-8; such are read with replacement characters.
    pub(crate) fn malformed(&self) -> Option<&str> {
        self.malformed.as_deref()
    }

    /// A query as it stands in a URL.
    pub(crate) fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        QueryParams::encoded(pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))))
    }

    /// The query of payload 1.0: an object of texts, or of lists of texts.
    pub(in crate::web) fn of_object(object: &str, multi: bool, encoded: bool) -> Self {
        let pairs = if multi {
            serde_json::from_str(object).map(|Multi(pairs)| pairs)
        } else {
            serde_json::from_str(object).map(|Single(pairs)| pairs)
        };
        let pairs = pairs.unwrap_or_default();
        if encoded {
            QueryParams::encoded(pairs.iter().map(|(name, value)| (name.0.as_ref(), value.0.as_ref())))
        } else {
            let own =
                |(name, value): (JsonText<'_>, JsonText<'_>)| (name.0.into_owned(), value.0.into_owned());
            QueryParams::decoded(pairs.into_iter().map(own).collect())
        }
    }

    /// Pairs that are still encoded.
    fn encoded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = QueryParams::default();
        for (name, value) in pairs {
            let (name, value) = (decode(name), decode(value));
            if query.malformed.is_none() && (name.is_err() || value.is_err()) {
                query.malformed = Some(either(name.clone()));
            }
            query.pairs.push((either(name), either(value)));
        }
        query
    }

    /// Pairs that the front end has decoded.
    fn decoded(pairs: Vec<(String, String)>) -> Self {
        QueryParams { pairs, malformed: None }
    }
}

/// The text with `+` and percent-encoding undone; `Err` with replacement characters where that fails.
fn decode(text: &str) -> Result<String, String> {
    let spaced = if text.contains('+') { Cow::Owned(text.replace('+', " ")) } else { Cow::Borrowed(text) };
    match decode_percent(&spaced) {
        Some(decoded) => Ok(decoded.into_owned()),
        None => Err(percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()),
    }
}

fn either(text: Result<String, String>) -> String {
    text.unwrap_or_else(|lossy| lossy)
}

impl fmt::Debug for QueryParams {
    /// The names only: values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryParams ")?;
        f.debug_list().entries(self.pairs.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(query.malformed(), None);
    }

    #[test]
    fn what_is_not_percent_encoded_utf8_is_known() {
        assert_eq!(QueryParams::parse("a=1&b=%ff&c=%zz").malformed(), Some("b"));
        assert_eq!(QueryParams::parse("c=100%").malformed(), Some("c"));
        assert!(QueryParams::parse("").is_empty());
    }
}
