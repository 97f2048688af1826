//! An event as columns. Read by position: a page of a timeline has thousands of them.

use std::collections::BTreeMap;

use model::event::{Author, Correlation, Event, Kind, Provenance, Recorded, Severity};
use sea_orm::{QueryResult, Value};

use crate::Result;
use crate::text::{Row, json};

pub(super) const COLUMNS: [&str; 28] = [
    "seq",
    "id",
    "incident_id",
    "kind",
    "event_type",
    "occurred_at",
    "ended_at",
    "uncertainty_us",
    "observed_at",
    "recorded_at",
    "service",
    "instance",
    "title",
    "detail",
    "severity",
    "is_key",
    "key_reason",
    "weight",
    "starred",
    "hidden",
    "attributes",
    "provenance",
    "correlations",
    "author_id",
    "author_name",
    "version",
    "updated_at",
    "deleted_at",
];

pub(super) fn to_values(recorded: &Recorded) -> Result<[Value; COLUMNS.len()]> {
    let event = &recorded.event;
    let attributes = if event.attributes.is_empty() { None } else { Some(json("event", &event.attributes)?) };
    let correlations =
        if event.correlations.is_empty() { None } else { Some(json("event", &event.correlations)?) };
    Ok([
        recorded.seq.into(),
        event.id.as_str().into(),
        recorded.incident.as_str().into(),
        event.kind.as_str().into(),
        event.event_type.clone().into(),
        event.occurred_at.as_micros().into(),
        event.ended_at.map(|at| at.as_micros()).into(),
        event.uncertainty_us.into(),
        event.observed_at.map(|at| at.as_micros()).into(),
        recorded.recorded_at.as_micros().into(),
        event.service.clone().into(),
        event.instance.clone().into(),
        event.title.clone().into(),
        event.detail.clone().into(),
        event.severity.as_str().into(),
        event.key.into(),
        event.key_reason.clone().into(),
        event.weight.into(),
        recorded.starred.into(),
        recorded.hidden.into(),
        attributes.into(),
        json("event", &event.provenance)?.into(),
        correlations.into(),
        recorded.author.as_ref().map(|author| author.id.to_string()).into(),
        recorded.author.as_ref().map(|author| author.name.clone()).into(),
        recorded.version.into(),
        recorded.updated_at.as_micros().into(),
        recorded.deleted_at.map(|at| at.as_micros()).into(),
    ])
}

pub(super) fn from_row(row: &QueryResult) -> Result<Recorded> {
    let id: String = row.try_get_by_index(1)?;
    let read = Row { noun: "event", id: &id };
    let incident: String = row.try_get_by_index(2)?;
    let kind: String = row.try_get_by_index(3)?;
    let severity: String = row.try_get_by_index(14)?;
    let attributes: Option<String> = row.try_get_by_index(20)?;
    let provenance: String = row.try_get_by_index(21)?;
    let correlations: Option<String> = row.try_get_by_index(22)?;
    let author_id: Option<String> = row.try_get_by_index(23)?;
    let author_name: Option<String> = row.try_get_by_index(24)?;
    let author = match (author_id, author_name) {
        (Some(id), Some(name)) => Some(Author { id: read.id(&id)?, name }),
        _ => None,
    };
    let event = Event {
        kind: read.one_of(&kind, Kind::parse)?,
        event_type: row.try_get_by_index(4)?,
        occurred_at: read.instant(row.try_get_by_index(5)?)?,
        ended_at: read.maybe_instant(row.try_get_by_index(6)?)?,
        uncertainty_us: row.try_get_by_index(7)?,
        observed_at: read.maybe_instant(row.try_get_by_index(8)?)?,
        service: row.try_get_by_index(10)?,
        instance: row.try_get_by_index(11)?,
        title: row.try_get_by_index(12)?,
        detail: row.try_get_by_index(13)?,
        severity: read.one_of(&severity, Severity::parse)?,
        key: row.try_get_by_index(15)?,
        key_reason: row.try_get_by_index(16)?,
        weight: row.try_get_by_index(17)?,
        attributes: match attributes {
            Some(text) => read.json::<BTreeMap<String, String>>(&text)?,
            None => BTreeMap::new(),
        },
        provenance: read.json::<Provenance>(&provenance)?,
        correlations: match correlations {
            Some(text) => read.json::<Vec<Correlation>>(&text)?,
            None => Vec::new(),
        },
        id: read.id(&id)?,
    };
    Ok(Recorded {
        event,
        incident: read.id(&incident)?,
        seq: row.try_get_by_index(0)?,
        recorded_at: read.instant(row.try_get_by_index(9)?)?,
        updated_at: read.instant(row.try_get_by_index(26)?)?,
        author,
        starred: row.try_get_by_index(18)?,
        hidden: row.try_get_by_index(19)?,
        version: row.try_get_by_index(25)?,
        deleted_at: read.maybe_instant(row.try_get_by_index(27)?)?,
    })
}
