//! Findings: what analysis says, and what people say of it.

use model::finding::{Anomaly, Findings, Hypothesis, Pattern};
use model::id::{FindingId, IncidentId};
use serde::Serialize;

use crate::text::{Row, insert_rows, json};
use crate::{Db, Error, Result, dialect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Anomaly,
    Pattern,
    Hypothesis,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Anomaly, Self::Pattern, Self::Hypothesis];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anomaly => "anomaly",
            Self::Pattern => "pattern",
            Self::Hypothesis => "hypothesis",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A finding with what people said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<T> {
    pub finding: T,
    pub judgement: Judgement,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// `open`, `supported`, `refuted`, `confirmed` or `dismissed`.
    pub state: String,
    pub version: i64,
}

/// All findings of an incident, each kind in the order of analysis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct All {
    pub anomalies: Vec<Judged<Anomaly>>,
    pub patterns: Vec<Judged<Pattern>>,
    pub hypotheses: Vec<Judged<Hypothesis>>,
}

/// What is needed to judge one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub id: FindingId,
    pub incident: IncidentId,
    pub kind: Kind,
    pub judgement: Judgement,
}

const COLUMNS: &str = "id, incident_id, kind, position, state, version, body";

/// Puts these findings in the place of the incident's earlier ones. What people said of a finding that is found again
/// stays.
///
/// # Errors
/// When the database refuses.
pub async fn replace(db: &impl Db, incident: &IncidentId, findings: &Findings) -> Result<()> {
    let said = list_judgements(db, incident).await?;
    let sql = "DELETE FROM finding WHERE incident_id = ?";
    db.execute_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let mut rows = Vec::new();
    let mut add = |kind: Kind, position: usize, id: &FindingId, body: String| {
        let judgement = said.iter().find(|place| place.id == *id).map(|place| place.judgement.clone());
        let judgement = judgement.unwrap_or(Judgement { state: "open".to_owned(), version: 1 });
        rows.push([
            id.as_str().into(),
            incident.as_str().into(),
            kind.as_str().into(),
            (position as i32).into(),
            judgement.state.into(),
            judgement.version.into(),
            body.into(),
        ]);
    };
    for (position, anomaly) in findings.anomalies.iter().enumerate() {
        add(Kind::Anomaly, position, &anomaly.id, body(anomaly)?);
    }
    for (position, pattern) in findings.patterns.iter().enumerate() {
        add(Kind::Pattern, position, &pattern.id, body(pattern)?);
    }
    for (position, hypothesis) in findings.hypotheses.iter().enumerate() {
        add(Kind::Hypothesis, position, &hypothesis.id, body(hypothesis)?);
    }
    insert_rows::<7>(db, "finding", COLUMNS, rows.into_iter().map(Ok)).await
}

fn body(finding: &impl Serialize) -> Result<String> {
    json("finding", finding)
}

async fn list_judgements(db: &impl Db, incident: &IncidentId) -> Result<Vec<Place>> {
    let sql = "SELECT id, kind, state, version FROM finding WHERE incident_id = ? AND version > 1";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = Row { noun: "finding of", id: incident.as_str() };
    rows.iter()
        .map(|row| {
            let (id, kind): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let judgement = Judgement { state: row.try_get_by_index(2)?, version: row.try_get_by_index(3)? };
            Ok(Place {
                id: read.id(&id)?,
                incident: incident.clone(),
                kind: read.one_of(&kind, Kind::parse)?,
                judgement,
            })
        })
        .collect()
}

/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, incident: &IncidentId) -> Result<All> {
    let sql =
        "SELECT id, kind, state, version, body FROM finding WHERE incident_id = ? ORDER BY kind, position";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let mut all = All::default();
    for row in rows {
        let (id, kind): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let read = Row { noun: "finding", id: &id };
        let judgement = Judgement { state: row.try_get_by_index(2)?, version: row.try_get_by_index(3)? };
        let body: String = row.try_get_by_index(4)?;
        match read.one_of(&kind, Kind::parse)? {
            Kind::Anomaly => all.anomalies.push(Judged { finding: read.json(&body)?, judgement }),
            Kind::Pattern => all.patterns.push(Judged { finding: read.json(&body)?, judgement }),
            Kind::Hypothesis => all.hypotheses.push(Judged { finding: read.json(&body)?, judgement }),
        }
    }
    Ok(all)
}

/// Only the hypotheses, most likely first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_hypotheses(db: &impl Db, incident: &IncidentId) -> Result<Vec<Judged<Hypothesis>>> {
    let sql =
        "SELECT id, state, version, body FROM finding WHERE incident_id = ? AND kind = ? ORDER BY position";
    let values = [incident.as_str().into(), Kind::Hypothesis.as_str().into()];
    let rows = db.query_all_raw(dialect::statement(db, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let (id, body): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(3)?);
            let finding = Row { noun: "finding", id: &id }.json(&body)?;
            let judgement = Judgement { state: row.try_get_by_index(1)?, version: row.try_get_by_index(2)? };
            Ok(Judged { finding, judgement })
        })
        .collect()
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn get(db: &impl Db, id: &FindingId) -> Result<Place> {
    let sql = "SELECT incident_id, kind, state, version FROM finding WHERE id = ?";
    let row = db.query_one_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    let row = row.ok_or_else(|| Error::missing("finding", id))?;
    let read = Row { noun: "finding", id: id.as_str() };
    let (incident, kind): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(Place {
        id: id.clone(),
        incident: read.id(&incident)?,
        kind: read.one_of(&kind, Kind::parse)?,
        judgement: Judgement { state: row.try_get_by_index(2)?, version: row.try_get_by_index(3)? },
    })
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn update(db: &impl Db, id: &FindingId, judgement: &Judgement) -> Result<()> {
    let sql = "UPDATE finding SET state = ?, version = ? WHERE id = ?";
    let values = [judgement.state.clone().into(), judgement.version.into(), id.as_str().into()];
    let updated = db.execute_raw(dialect::statement(db, sql, values)).await?;
    if updated.rows_affected() == 0 { Err(Error::missing("finding", id)) } else { Ok(()) }
}
