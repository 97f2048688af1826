//! Many marks as one text. A driver hands over each row, and each value of it, by itself: a timeline of a million events
//! is read several times faster when there is only one, on both engines.

use model::event::{Kind, Severity};
use model::id::EventId;

use super::Mark;
use crate::Result;
use crate::text::Row;

/// Which events is answered from the index alone; they are then read in the order in which they lie in the table, not in
/// that of time, so that each page is read once. Fields are in the order of [`read`]; the service comes last, after its
/// length in bytes, because it may contain anything.
pub(super) const SELECT: &str = "SELECT string_agg(concat_ws('|', occurred_at, seq, id, COALESCE(ended_at, 0), kind, \
    severity, is_key, starred, hidden, author_id IS NOT NULL, COALESCE(octet_length(service), -1), \
    COALESCE(service, '')), '') FROM event WHERE deleted_at IS NULL AND seq IN (SELECT seq FROM event \
    WHERE incident_id = ? AND (occurred_at, seq) > (?, ?) AND (occurred_at, seq) <= (?, ?))";

/// In the order of time, then arrival.
pub(super) fn read_all(mut text: &str) -> Result<Vec<Mark>> {
    let mut marks = Vec::new();
    while !text.is_empty() {
        let (mark, rest) = read(text)?;
        marks.push(mark);
        text = rest;
    }
    marks.sort_unstable_by_key(Mark::place);
    Ok(marks)
}

/// The first mark of the text, and the text after it.
fn read(text: &str) -> Result<(Mark, &str)> {
    let row = Row { noun: "mark", id: text.get(..80).unwrap_or(text) };
    let mut rest = text;
    let mut next = || {
        let (field, after) = rest.split_once('|').ok_or_else(|| row.wrong("it has too few fields"))?;
        rest = after;
        Ok::<_, crate::Error>(field)
    };
    let number = |text: &str| text.parse::<i64>().map_err(|wrong| row.wrong(wrong));
    let occurred_at = number(next()?)?;
    let seq = number(next()?)?;
    let id: EventId = row.id(next()?)?;
    let ended_at = number(next()?)?;
    let kind = row.one_of(next()?, Kind::parse)?;
    let severity = row.one_of(next()?, Severity::parse)?;
    let is_key = is_true(next()?);
    let is_starred = is_true(next()?);
    let is_hidden = is_true(next()?);
    let is_by_person = is_true(next()?);
    let length = usize::try_from(number(next()?)?).ok();
    let cut = rest.split_at_checked(length.unwrap_or(0));
    let (service, rest) = cut.ok_or_else(|| row.wrong("its service is cut off"))?;
    let mark = Mark {
        occurred_at,
        seq,
        id_bits: id.to_bits(),
        ended_at: Some(ended_at).filter(|&at| at != 0),
        kind,
        severity,
        is_key,
        is_starred,
        is_hidden,
        is_by_person,
        service: length.map(|_| service.to_owned()),
    };
    Ok((mark, rest))
}

/// As SQLite and as PostgreSQL write it.
fn is_true(text: &str) -> bool {
    matches!(text, "1" | "t" | "true")
}
