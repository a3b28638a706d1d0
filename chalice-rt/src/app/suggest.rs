//! Suggests similar names, for messages about an unknown one.

/// The most names that are suggested.
const OFFERED: usize = 5;

/// Longer words are not compared, because the cost is the product of the lengths.
const LONGEST: usize = 200;

/// The most similar names, the nearest first: at most five, which differ in at most a third of the word.
pub(super) fn nearest<S: AsRef<str> + Ord>(word: &str, names: impl IntoIterator<Item = S>) -> Vec<S> {
    let length = word.chars().count();
    // A name that shares no letter is never similar.
    let near = length.div_ceil(3).min(length.saturating_sub(1));
    let ranked = ranked(word, names).into_iter();
    ranked.filter(|(distance, _)| *distance <= near).take(OFFERED).map(|(_, name)| name).collect()
}

/// The five names that are most similar to the word, and the number of the others.
pub(super) fn listed(word: &str, names: impl IntoIterator<Item = &'static str>) -> String {
    let names: Vec<&str> = ranked(word, names).into_iter().map(|(_, name)| name).collect();
    let some = names[..names.len().min(OFFERED)].join(", ");
    match names.len().checked_sub(OFFERED) {
        None | Some(0) => format!("handlers: {some}"),
        Some(more) => format!("handlers: {some} and {more} more, which the command `routes` lists"),
    }
}

/// The distinct names, by their distance from the word.
fn ranked<S: AsRef<str> + Ord>(word: &str, names: impl IntoIterator<Item = S>) -> Vec<(usize, S)> {
    let is_like_any = word.chars().nth(LONGEST).is_none();
    let far = |name: &S| if is_like_any { distance(word, name.as_ref()) } else { usize::MAX };
    let mut ranked: Vec<(usize, S)> = names.into_iter().map(|name| (far(&name), name)).collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked
}

/// The Levenshtein distance: the number of insertions, deletions and replacements.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_comes_first_and_far_ones_not_at_all() {
        assert_eq!(nearest("idnex", ["index", "users", "indices"]), ["index"]);
        assert_eq!(nearest("users", ["user", "users2"]), ["user", "users2"]);
        for (word, names) in [("x", ["something", "y"]), ("orders", ["users", "index"])] {
            assert!(nearest(word, names).is_empty(), "{word}");
        }
    }

    #[test]
    fn at_most_five_are_near_and_nothing_is_near_a_word_without_end() {
        let names = ["aaaa1", "aaaa2", "aaaa3", "aaaa4", "aaaa5", "aaaa6"];
        assert_eq!(nearest("aaaa", names), names[..5]);
        let long = "a".repeat(LONGEST + 1);
        assert!(nearest(&long, [long.as_str()]).is_empty());
    }

    #[test]
    fn five_names_are_listed_and_the_others_counted() {
        assert_eq!(listed("a", ["b", "a", "b"]), "handlers: a, b");
        assert_eq!(
            listed("order", ["g", "orders", "f", "e", "d", "c", "b"]),
            "handlers: orders, d, e, b, c and 2 more, which the command `routes` lists"
        );
    }
}
