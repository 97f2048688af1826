//! A field that is left out stays as it is; a field that is `null` is emptied.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "nullable")]`.
///
/// # Errors
/// When the value is neither `null` nor a `T`.
pub fn nullable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
