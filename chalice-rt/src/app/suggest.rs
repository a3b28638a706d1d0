//! The nearest names, for messages about a name that is not there.

/// How many names are offered at most.
const OFFERED: usize = 5;

/// Longer words are like nothing that anybody has written, and comparing costs the product of the lengths.
const LONGEST: usize = 200;

/// How much of a word is worth showing, in characters.
const SHOWN: usize = 100;

/// The names that are near, nearest first: at most five, and none that differs in more than a third of the word.
pub(super) fn nearest<S: AsRef<str> + Ord>(word: &str, names: impl IntoIterator<Item = S>) -> Vec<S> {
    let length = word.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return Vec::new();
    }
    // A word of which nothing is left is not the same word.
    let near = length.div_ceil(3).min(length.saturating_sub(1));
    let mut ranked: Vec<(usize, S)> =
        names.into_iter().map(|name| (distance(word, name.as_ref()), name)).collect();
    ranked.retain(|(distance, _)| *distance <= near);
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// What to say of the names that there are: all if they are few, else where they are listed.
pub(super) fn listed(mut names: Vec<&str>) -> String {
    names.sort_unstable();
    names.dedup();
    match names.len() {
        0 => "there are none".to_owned(),
        1..=OFFERED => format!("handlers: {}", names.join(", ")),
        many => format!("there are {many}; the command `routes` lists them"),
    }
}

/// A word of somebody else's in a message: no longer than it helps, and without control characters.
pub(super) fn shortened(word: &str) -> String {
    let start: String = word.chars().take(SHOWN).collect();
    let end = if start.len() < word.len() { ".." } else { "" };
    format!("{}{end}", start.escape_debug())
}

/// The edits from one word to the other: insertions, deletions, replacements.
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
    fn a_word_of_somebody_elses_is_short_and_plain() {
        assert_eq!(shortened("a\nb"), "a\\nb");
        assert_eq!(shortened(&"a".repeat(1000)), format!("{}..", "a".repeat(SHOWN)));
    }

    #[test]
    fn few_names_are_listed_and_many_are_counted() {
        assert_eq!(listed(vec!["b", "a", "b"]), "handlers: a, b");
        assert_eq!(
            listed(vec!["a", "b", "c", "d", "e", "f"]),
            "there are 6; the command `routes` lists them"
        );
    }
}
