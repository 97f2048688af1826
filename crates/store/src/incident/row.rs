//! The row of an incident.

mod entity;

use model::Span;
use model::id::CaptureId;
use model::incident::{
    AnalysisState, Clocks, Counts, Incident, Severity, Spark, Status, Suspect, Visibility,
};
use sea_orm::Set;

use entity::{ActiveModel, Model};
pub(super) use entity::{Column, Entity};

use crate::Result;
use crate::text::{Row, json};

pub(super) fn from_row(row: Model) -> Result<Incident> {
    let read = Row { noun: "incident", id: &row.id };
    let window = match (row.window_start, row.window_end) {
        (Some(start), Some(end)) => {
            let span = Span::new(read.instant(start)?, read.instant(end)?);
            Some(span.map_err(|wrong| read.wrong(wrong))?)
        }
        _ => None,
    };
    Ok(Incident {
        id: read.id(&row.id)?,
        number: row.number,
        severity: read.one_of(&row.severity, Severity::parse)?,
        status: read.one_of(&row.status, Status::parse)?,
        visibility: read.one_of(&row.visibility, Visibility::parse)?,
        services: read.json(&row.services)?,
        window,
        example: row.example,
        clocks: read.json::<Clocks>(&row.clocks)?,
        capture: row.capture_id.as_deref().map(|id| read.id::<CaptureId>(id)).transpose()?,
        counts: Counts {
            events: row.event_count,
            key_events: row.key_event_count,
            anomalies: row.anomaly_count,
            patterns: row.pattern_count,
            hypotheses: row.hypothesis_count,
        },
        analysis: read.one_of(&row.analysis_state, AnalysisState::parse)?,
        spark: row.spark.as_deref().map(|spark| read.json::<Spark>(spark)).transpose()?,
        suspect: row.suspect.as_deref().map(|suspect| read.json::<Suspect>(suspect)).transpose()?,
        depths: read.json(&row.depths)?,
        version: row.version,
        revision: row.revision,
        created_at: read.instant(row.created_at)?,
        updated_at: read.instant(row.updated_at)?,
        title: row.title,
        impact: row.impact,
        entry_service: row.entry_service,
        timezone: row.timezone,
        analysis_error: row.analysis_error,
    })
}

pub(super) fn to_row(incident: &Incident) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(incident.id.to_string()),
        number: Set(incident.number),
        title: Set(incident.title.clone()),
        severity: Set(incident.severity.as_str().to_owned()),
        status: Set(incident.status.as_str().to_owned()),
        visibility: Set(incident.visibility.as_str().to_owned()),
        services: Set(json("incident", &incident.services)?),
        impact: Set(incident.impact.clone()),
        entry_service: Set(incident.entry_service.clone()),
        timezone: Set(incident.timezone.clone()),
        window_start: Set(incident.window.map(|window| window.start.as_micros())),
        window_end: Set(incident.window.map(|window| window.end.as_micros())),
        example: Set(incident.example),
        clocks: Set(json("incident", &incident.clocks)?),
        sort_at: Set(incident.sort_at().as_micros()),
        capture_id: Set(incident.capture.as_ref().map(ToString::to_string)),
        event_count: Set(incident.counts.events),
        key_event_count: Set(incident.counts.key_events),
        anomaly_count: Set(incident.counts.anomalies),
        pattern_count: Set(incident.counts.patterns),
        hypothesis_count: Set(incident.counts.hypotheses),
        analysis_state: Set(incident.analysis.as_str().to_owned()),
        analysis_error: Set(incident.analysis_error.clone()),
        spark: Set(incident.spark.as_ref().map(|spark| json("incident", spark)).transpose()?),
        suspect: Set(incident.suspect.as_ref().map(|suspect| json("incident", suspect)).transpose()?),
        depths: Set(json("incident", &incident.depths)?),
        version: Set(incident.version),
        revision: Set(incident.revision),
        created_at: Set(incident.created_at.as_micros()),
        updated_at: Set(incident.updated_at.as_micros()),
        deleted_at: Set(None),
    })
}
