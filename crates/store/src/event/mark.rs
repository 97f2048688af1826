//! A mark as one text column. A driver hands over each value of a row by itself, and a timeline of a million events has
//! eleven million of them: one text for each row is read several times faster, on both engines.

use model::event::{Kind, Severity};
use model::id::EventId;

use super::Mark;
use crate::Result;
use crate::text::Row;

/// Fields in the order of [`read`], the service last because only it may contain the separator.
pub(super) const COLUMN: &str = "CAST(occurred_at AS text) || '|' || CAST(seq AS text) || '|' || id || '|' \
    || COALESCE(CAST(ended_at AS text), '') || '|' || kind || '|' || severity || '|' \
    || CASE WHEN is_key THEN 'k' ELSE '' END || CASE WHEN starred THEN 's' ELSE '' END \
    || CASE WHEN hidden THEN 'h' ELSE '' END || CASE WHEN author_id IS NULL THEN '' ELSE 'p' END || '|' \
    || COALESCE('=' || service, '')";

pub(super) fn read(text: &str) -> Result<Mark> {
    let row = Row { noun: "mark", id: text };
    let mut fields = text.splitn(8, '|');
    let mut next = || fields.next().ok_or_else(|| row.wrong("it has too few fields"));
    let number = |text: &str| text.parse::<i64>().map_err(|wrong| row.wrong(wrong));
    let occurred_at = number(next()?)?;
    let seq = number(next()?)?;
    let id: EventId = row.id(next()?)?;
    let ended_at = Some(next()?).filter(|text| !text.is_empty()).map(number).transpose()?;
    let kind = row.one_of(next()?, Kind::parse)?;
    let severity = row.one_of(next()?, Severity::parse)?;
    let flags = next()?;
    let service = next()?.strip_prefix('=').map(str::to_owned);
    Ok(Mark {
        occurred_at,
        seq,
        id_bits: id.to_bits(),
        ended_at,
        kind,
        severity,
        is_key: flags.contains('k'),
        is_starred: flags.contains('s'),
        is_hidden: flags.contains('h'),
        is_by_person: flags.contains('p'),
        service,
    })
}
