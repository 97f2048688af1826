//! What people type, checked at the edge of a use case: all that is wrong is said at once.

use crate::error::{Error, FieldError};

/// Longest texts, in characters.
pub const LINE: usize = 300;
pub const PARAGRAPHS: usize = 20_000;
pub const NAME: usize = 200;

#[derive(Debug, Default)]
pub struct Checks {
    wrong: Vec<FieldError>,
}

impl Checks {
    pub fn refuse(&mut self, path: impl Into<String>, code: &'static str, detail: impl Into<String>) {
        self.wrong.push(FieldError::new(path, code, detail));
    }

    /// One line that must say something. Spaces around it go.
    pub fn line(&mut self, path: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.refuse(path, "too_short", "must not be empty");
        }
        self.length(path, text, most);
        if text.chars().any(char::is_control) {
            self.refuse(path, "invalid_character", "must not contain control characters");
        }
        text.to_owned()
    }

    /// One line, or nothing: an empty one counts as nothing.
    pub fn maybe_line(&mut self, path: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        Some(self.line(path, text, most))
    }

    /// Several lines, or nothing.
    pub fn maybe_paragraphs(&mut self, path: &str, text: Option<&str>) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        self.length(path, text, PARAGRAPHS);
        if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
            self.refuse(path, "invalid_character", "must not contain control characters");
        }
        Some(text.to_owned())
    }

    fn length(&mut self, path: &str, text: &str, most: usize) {
        // No character is shorter than a byte, so long texts need no counting.
        if text.len() > most && text.chars().count() > most {
            self.refuse(path, "too_long", format!("must have at most {most} characters"));
        }
    }

    pub fn count(&mut self, path: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(path, "too_many", format!("must have at most {most} entries"));
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with all that was found.
    pub fn finish(self) -> Result<(), Error> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(self.wrong)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut checks = Checks::default();
        checks.line("title", "  ", LINE);
        checks.line("service", "a\0b", LINE);
        let Err(Error::Invalid(wrong)) = checks.finish() else { panic!("two fields are wrong") };
        let codes: Vec<_> = wrong.iter().map(|field| (field.path.as_str(), field.code)).collect();
        assert_eq!(codes, [("title", "too_short"), ("service", "invalid_character")]);
    }
}
