//! A field that is left out stays as it is; a field that is `null` is emptied, and refused where nothing can be empty.

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

/// For `#[serde(default, deserialize_with = "given")]`: a field that always has a value.
///
/// # Errors
/// When the value is not a `T`; `null` is none.
pub fn given<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
