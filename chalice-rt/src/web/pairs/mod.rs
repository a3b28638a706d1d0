//! Queries and forms as types: pairs of names and values, read with serde.

mod error;
mod guess;
mod values;

use std::collections::HashMap;

pub(in crate::web) use error::PairsError;
use guess::Guesses;
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use values::{Name, Values};

/// A name or a value, decoded as far as possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct PairText {
    /// The text. Malformed parts become U+FFFD.
    pub(in crate::web) text: String,
    /// Whether it was not percent-encoded UTF-8.
    pub(in crate::web) malformed: bool,
}

/// Reads pairs into a `T`. A repeated name fills a list; otherwise its last value counts.
///
/// # Errors
/// A pair that `T` reads does not fit, or is not percent-encoded UTF-8. Other pairs are ignored.
pub(crate) fn from_pairs<T: DeserializeOwned>(pairs: &[(PairText, PairText)]) -> Result<T, PairsError> {
    let groups = grouped(pairs);
    let guesses = Guesses::default();
    let read = || {
        let entries = groups.iter().map(|(name, list)| (Name(name), Values::new(name, list, &guesses)));
        T::deserialize(MapDeserializer::new(entries))
    };
    let mut outcome = read();
    while outcome.as_ref().is_err_and(|error| guesses.take_back(error)) {
        outcome = read();
    }
    // As a last resort everything is a text. If that fails, too, the error before it is more precise.
    let outcome = match outcome {
        Err(error) if guesses.take_all_back() => read().map_err(|_| error),
        outcome => outcome,
    };
    outcome.map_err(|error| error.or_at(|value| name_of(&groups, value)))
}

type Group<'a> = (&'a PairText, Vec<&'a PairText>);

/// The values of each name, in the order of the names' first occurrence.
fn grouped(pairs: &[(PairText, PairText)]) -> Vec<Group<'_>> {
    let mut places = HashMap::with_capacity(pairs.len());
    let mut groups: Vec<Group<'_>> = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        let place = *places.entry(name.text.as_str()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => groups.push((name, vec![value])),
        }
    }
    groups
}

/// The first name with this value.
fn name_of<'a>(groups: &[Group<'a>], value: &str) -> Option<&'a str> {
    let has = |(_, values): &&Group<'a>| values.last().is_some_and(|last| last.text == value);
    groups.iter().find(has).map(|(name, _)| name.text.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Search {
        page: Option<u32>,
        #[serde(default)]
        tag: Vec<String>,
        sort: Option<Sort>,
        q: String,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Sort {
        Up,
        Down,
    }

    fn text(text: &str) -> PairText {
        PairText { text: text.to_owned(), malformed: text.contains('\u{fffd}') }
    }

    fn read<T: DeserializeOwned>(pairs: &[(&str, &str)]) -> Result<T, String> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (text(name), text(value))).collect();
        from_pairs(&pairs).map_err(|error| error.to_string())
    }

    fn search(pairs: &[(&str, &str)]) -> Result<Search, String> {
        read(pairs)
    }

    #[test]
    fn repeated_names_are_a_list_or_the_last() {
        let pairs = [
            ("q", "a"),
            ("tag", "x"),
            ("page", "1"),
            ("tag", "y"),
            ("page", "2"),
            ("q", "b"),
            ("sort", "up"),
            ("else", ""),
        ];
        let tag = vec!["x".to_owned(), "y".to_owned()];
        assert_eq!(
            search(&pairs),
            Ok(Search { page: Some(2), tag, sort: Some(Sort::Up), q: "b".to_owned() })
        );
    }

    #[test]
    fn what_does_not_fit_is_named_without_its_value() {
        assert_eq!(search(&[("q", ""), ("page", "secret")]), Err("`page`: expected u32".to_owned()));
        assert_eq!(
            search(&[("q", ""), ("sort", "secret")]),
            Err("`sort`: expected one of up, down".to_owned())
        );
        assert_eq!(search(&[]), Err("`q` is missing".to_owned()));
    }

    #[test]
    fn a_map_or_a_list_of_pairs_will_do() {
        let map: BTreeMap<String, Vec<u8>> = read(&[("a", "1"), ("b", "2"), ("a", "3")]).expect("a map");
        assert_eq!(map, [("a".to_owned(), vec![1, 3]), ("b".to_owned(), vec![2])].into());
    }

    #[test]
    fn a_malformed_pair_is_an_error_for_those_who_read_it_only() {
        let odd = "\u{fffd}URL";
        assert!(search(&[("q", "a"), ("utm_term", odd), (odd, "1")]).is_ok());
        let wrong = |name: &str| Err(format!("`{name}`: not percent-encoded UTF-8"));
        assert_eq!(search(&[("q", odd)]), wrong("q"));
        assert_eq!(search(&[("q", "a"), ("tag", "x"), ("tag", odd)]), wrong("tag"));
        assert_eq!(search(&[("q", "a"), ("page", odd)]), wrong("page"));
        assert_eq!(search(&[("q", "a"), ("sort", odd)]), wrong("sort"));
        let map = read::<BTreeMap<String, String>>(&[("a", "1"), (odd, "2")]).map(drop);
        assert_eq!(map, Err(format!("`{odd}`: not percent-encoded UTF-8")));
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Listing {
        #[serde(flatten)]
        page: Page,
        #[serde(flatten)]
        more: BTreeMap<String, String>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Page {
        page: u32,
        #[serde(default)]
        all: bool,
        q: String,
    }

    #[test]
    fn flattened_fields_get_numbers_booleans_and_texts_as_they_want_them() {
        let pairs =
            [("page", "2"), ("q", "123"), ("all", "true"), ("zip", "01"), ("year", "2024"), ("on", "false")];
        let more = [("zip", "01"), ("year", "2024"), ("on", "false")];
        let more = more.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let page = Page { page: 2, all: true, q: "123".to_owned() };
        assert_eq!(read(&pairs), Ok(Listing { page, more }));
    }

    #[test]
    fn a_flattened_field_that_does_not_fit_is_named() {
        let error = read::<Listing>(&[("q", "a"), ("page", "secret")]).expect_err("no number");
        assert_eq!(error, "`page`: expected u32");
        let error = read::<Listing>(&[("q", "a"), ("page", "-1")]).expect_err("no u32");
        assert_eq!(error, "`page`: expected u32");
    }

    #[test]
    fn flattened_fields_do_not_read_what_is_not_theirs() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Outer {
            #[serde(flatten)]
            page: Page,
        }
        assert!(read::<Outer>(&[("page", "1"), ("q", "a"), ("utm", "\u{fffd}")]).is_ok());
        assert_eq!(
            read::<Outer>(&[("page", "1"), ("q", "\u{fffd}")]).map(drop),
            Err("`q`: not percent-encoded UTF-8".to_owned())
        );
    }

    #[test]
    fn untagged_types_get_numbers_where_the_text_is_one() {
        #[derive(Debug, Deserialize, PartialEq)]
        #[serde(untagged)]
        enum Id {
            Number(u64),
            Fraction(f64),
            Name(String),
        }
        #[derive(Debug, Deserialize, PartialEq)]
        struct Wanted {
            id: Id,
        }
        for (value, id) in [
            ("7", Id::Number(7)),
            ("1.5", Id::Fraction(1.5)),
            ("007", Id::Name("007".to_owned())),
            ("x", Id::Name("x".to_owned())),
        ] {
            assert_eq!(read(&[("id", value)]), Ok(Wanted { id }), "{value}");
        }
        let any: Value = read(&[("a", "1"), ("b", "true"), ("c", "01"), ("d", "x")]).expect("JSON");
        assert_eq!(any, json!({"a": 1, "b": true, "c": "01", "d": "x"}));
    }

    #[test]
    fn a_map_with_many_numbers_as_texts_is_read() {
        #[derive(Debug, Deserialize)]
        struct Flat {
            #[serde(flatten)]
            all: BTreeMap<String, String>,
        }
        let pairs: Vec<(PairText, PairText)> =
            (0..1000).map(|n| (text(&format!("n{n}")), text(&n.to_string()))).collect();
        let flat: Flat = from_pairs(&pairs).expect("texts");
        assert_eq!((flat.all.len(), flat.all["n999"].as_str()), (1000, "999"));
    }
}
