//! Suggestions for misspelled words, and lists of words for messages.

/// The known word that was probably meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &&str| distance(word, candidate) <= allowed(word);
    known.into_iter().filter(near).min_by_key(|candidate| distance(word, candidate))
}

/// "did you mean `x`?" if a word is similar, followed by the list.
pub(crate) fn suggestion(word: &str, known: &[&str], list: &str) -> String {
    let all = format!("{list}: {}", quoted(known));
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    }
}

/// `` `a`, `b`, `c` ``
pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The allowed distance. Short words must be closer, or `id` would match `db`.
fn allowed(word: &str) -> usize {
    match word.chars().count() {
        0..=3 => 1,
        4..=11 => 2,
        _ => 3,
    }
}

/// The Levenshtein distance, ignoring case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_word_and_none_that_is_far() {
        assert_eq!(nearest("htttp", ["all", "http", "s3"]), Some("http"));
        assert_eq!(nearest("methodes", ["name", "methods"]), Some("methods"));
        assert_eq!(nearest("id", ["db"]), None);
        assert_eq!(nearest("get", ["GET", "PUT"]), Some("GET"));
    }
}
