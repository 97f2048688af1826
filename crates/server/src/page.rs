//! Lists come in pages: some items, and where the next page begins.

use std::fmt;
use std::str::FromStr;

use app::error::FieldError;
use model::Instant;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::Problem;

const USUAL: u64 = 50;
const MOST: u64 = 1_000;

#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Send it as `cursor` to get the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Items on a page, at most 1,000.
    #[param(minimum = 1, maximum = 1000, default = 50)]
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Slice {
    /// # Errors
    /// 400 outside 1 to 1,000.
    pub fn limit(&self) -> Result<u64, Problem> {
        limit(self.limit)
    }

    /// # Errors
    /// 400 for a cursor that no page has given out.
    pub fn after<T: FromStr>(&self) -> Result<Option<T>, Problem> {
        let read = |cursor: &String| cursor.parse().map_err(|_| bad_cursor());
        self.cursor.as_ref().map(read).transpose()
    }
}

/// # Errors
/// 400 outside 1 to 1,000.
pub fn limit(asked: Option<u64>) -> Result<u64, Problem> {
    match asked.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit),
        _ => Err(Problem::bad_request("invalid_query", format!("limit must be from 1 to {MOST}"))),
    }
}

/// A place in a list ordered by time, then number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at: Instant,
    pub seq: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_micros(), self.seq)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, seq) = text.split_once('.').ok_or(())?;
        let micros = at.parse().map_err(|_| ())?;
        Ok(Self { at: Instant::from_micros(micros).map_err(|_| ())?, seq: seq.parse().map_err(|_| ())? })
    }
}

/// # Errors
/// 400 for a cursor that no page has given out.
pub fn after<T: FromStr>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    cursor.map(|cursor| cursor.parse().map_err(|_| bad_cursor())).transpose()
}

/// Most names in one parameter.
pub const MOST_NAMES: usize = 200;

/// Names separated by commas.
///
/// # Errors
/// 400 for a name that `parse` does not know.
pub fn names<T>(
    parameter: &str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Problem> {
    let names = text.into_iter().flat_map(|text| text.split(',')).filter(|name| !name.is_empty());
    names.take(MOST_NAMES).map(|name| parse(name).ok_or_else(|| unknown_value(parameter))).collect()
}

pub fn unknown_value(parameter: &str) -> Problem {
    let detail = format!("{parameter} has a value that is not known");
    let field = FieldError::new(parameter, "unknown_value", detail.clone());
    Problem::bad_request("invalid_query", detail).with_fields(vec![field])
}

pub fn bad_cursor() -> Problem {
    Problem::bad_request("invalid_cursor", "the cursor was not given out by this list")
}

impl<T> Page<T> {
    /// From one item more than the page holds, which tells whether there is a next one.
    pub fn cut<S>(
        mut found: Vec<S>,
        limit: u64,
        cursor: impl Fn(&S) -> String,
        item: impl Fn(S) -> T,
    ) -> Self {
        let has_more = found.len() as u64 > limit;
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next_cursor = found.last().filter(|_| has_more).map(cursor);
        Self { items: found.into_iter().map(item).collect(), next_cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_item_more_tells_that_there_is_a_next_page() {
        let page = Page::cut(vec![1, 2, 3], 2, ToString::to_string, |item| item);
        assert_eq!((page.items, page.next_cursor.as_deref()), (vec![1, 2], Some("2")));
        let page = Page::cut(vec![1, 2], 2, ToString::to_string, |item| item);
        assert_eq!(page.next_cursor, None);
    }

    #[test]
    fn a_page_has_bounds() {
        assert_eq!(limit(None).unwrap(), 50);
        assert!(limit(Some(0)).is_err() && limit(Some(1_001)).is_err());
    }
}
