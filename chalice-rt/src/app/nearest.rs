//! The nearest names, for messages about a name that is not there.

/// The names that are near, nearest first: at most three, none that is farther than half of the word.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ranked: Vec<(usize, &str)> = names.into_iter().map(|name| (distance(word, name), name)).collect();
    ranked.retain(|(distance, _)| *distance <= word.chars().count().max(4) / 2);
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(3).map(|(_, name)| name).collect()
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
        assert!(nearest("x", ["something"]).is_empty());
    }
}
