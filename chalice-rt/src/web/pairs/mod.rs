//! Queries and forms as types: pairs of names and values, read with serde.

mod error;
mod values;

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;

use error::PairsError;
use values::Values;

/// Reads pairs into a `T`. A name that came more than once is a list where `T` has a list, its last value otherwise.
pub(crate) fn from_pairs<'a, T: DeserializeOwned>(
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<T, PairsError> {
    let mut grouped: Vec<(&str, Values<'_>)> = Vec::new();
    for (name, value) in pairs {
        match grouped.iter_mut().find(|(other, _)| *other == name) {
            Some((_, values)) => values.push(value),
            None => grouped.push((name, Values::new(name, value))),
        }
    }
    T::deserialize(MapDeserializer::new(grouped.into_iter()))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

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

    fn search(pairs: &[(&str, &str)]) -> Result<Search, String> {
        from_pairs(pairs.iter().copied()).map_err(|error| error.to_string())
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
        let pairs = [("a", "1"), ("b", "2"), ("a", "3")];
        let map: std::collections::BTreeMap<String, Vec<u8>> = from_pairs(pairs.into_iter()).expect("a map");
        assert_eq!(map, [("a".to_owned(), vec![1, 3]), ("b".to_owned(), vec![2])].into());
    }
}
