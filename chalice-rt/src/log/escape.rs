//! Escapes text, so that it cannot forge a line of the log.

use std::fmt;

/// The text with its control characters written as escapes, so that it stays on its line and does nothing to a
/// terminal.
pub(crate) fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// See [`escaped`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Most texts are printable ASCII.
        if self.0.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return f.write_str(self.0);
        }
        for part in self.0.split_inclusive(is_unsafe) {
            match part.chars().next_back() {
                Some(last) if is_unsafe(last) => {
                    f.write_str(&part[..part.len() - last.len_utf8()])?;
                    write!(f, "{}", last.escape_default())?;
                }
                _ => f.write_str(part)?,
            }
        }
        Ok(())
    }
}

/// Control characters, and those that break lines or turn the direction of what follows.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn control_characters_are_escaped_and_the_rest_is_kept() {
        assert_eq!(
            escaped("/a\r\nGET /ü \u{1b}[31m\u{202e}").to_string(),
            "/a\\r\\nGET /ü \\u{1b}[31m\\u{202e}"
        );
        assert_eq!(escaped("").to_string(), "");
    }
}
