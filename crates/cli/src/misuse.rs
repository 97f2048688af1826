//! Wrong usage that the parser of the command line cannot see.

/// Ends the command with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(String);

impl Misuse {
    pub fn because<T>(text: impl Into<String>) -> anyhow::Result<T> {
        Err(Self(text.into()).into())
    }
}
