//! Incidents.

mod row;

use model::Instant;
use model::id::{IncidentId, PersonId};
use model::incident::{Counts, Incident, Severity, Status, Visibility};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query as Select, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use row::{Column, Entity, from_row, to_row};

use crate::text::json;
use crate::{Db, Error, Result, Unit, capture, dialect, loose_object, member};

/// Gives the incident the next number and stores it.
///
/// # Errors
/// When the database refuses.
pub async fn insert(unit: &mut Unit, mut incident: Incident) -> Result<Incident> {
    incident.number = unit.draw_incident_number();
    Entity::insert(to_row(&incident)?).exec_without_returning(&**unit).await?;
    Ok(incident)
}

/// How many incidents were ever stored, with those that were deleted since.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_ever(db: &impl Db) -> Result<i64> {
    crate::head::incident_number(db).await
}

/// # Errors
/// [`Error::Missing`] when there is none, or it was deleted.
pub async fn get(db: &impl Db, id: &IncidentId) -> Result<Incident> {
    find(db, id).await?.ok_or_else(|| Error::missing("incident", id))
}

/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, id: &IncidentId) -> Result<Option<Incident>> {
    let row = Entity::find_by_id(id.as_str()).filter(Column::DeletedAt.is_null()).one(db).await?;
    row.map(from_row).transpose()
}

/// The id of the incident that people call by this number.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_id(db: &impl Db, number: i64) -> Result<Option<IncidentId>> {
    let found = Entity::find().filter(Column::Number.eq(number)).filter(Column::DeletedAt.is_null());
    let incident = found.one(db).await?.map(from_row).transpose()?;
    Ok(incident.map(|incident| incident.id))
}

/// Stores the incident as it is now, counts and revision included.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn update(db: &impl Db, incident: &Incident) -> Result<()> {
    let updated = Entity::update_many()
        .set(to_row(incident)?)
        .filter(Column::Id.eq(incident.id.as_str()))
        .exec(db)
        .await?;
    if updated.rows_affected == 0 { Err(Error::missing("incident", &incident.id)) } else { Ok(()) }
}

/// Counts events in or out and marks the timeline as changed, without reading the incident.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn count_events(db: &impl Db, id: &IncidentId, counted: Counted) -> Result<()> {
    let sql = "UPDATE incident SET event_count = event_count + ?, key_event_count = key_event_count + ?, \
               revision = ? WHERE id = ? AND deleted_at IS NULL";
    let values =
        [counted.events.into(), counted.key_events.into(), counted.revision.into(), id.as_str().into()];
    let updated = db.execute_raw(dialect::statement(db, sql, values)).await?;
    if updated.rows_affected() == 0 { Err(Error::missing("incident", id)) } else { Ok(()) }
}

/// What changes with each event, apart from the rest of the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub counts: Counts,
    pub revision: i64,
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn tally(db: &impl Db, id: &IncidentId) -> Result<Tally> {
    let sql = "SELECT event_count, key_event_count, anomaly_count, pattern_count, hypothesis_count, revision \
               FROM incident WHERE id = ? AND deleted_at IS NULL";
    let row = db.query_one_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    let row = row.ok_or_else(|| Error::missing("incident", id))?;
    let counts = Counts {
        events: row.try_get_by_index(0)?,
        key_events: row.try_get_by_index(1)?,
        anomalies: row.try_get_by_index(2)?,
        patterns: row.try_get_by_index(3)?,
        hypotheses: row.try_get_by_index(4)?,
    };
    Ok(Tally { counts, revision: row.try_get_by_index(5)? })
}

/// How the timeline of an incident changed.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    pub events: i64,
    pub key_events: i64,
    pub revision: i64,
}

/// Hides the incident at once; [`purge`] removes what belongs to it.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn delete(db: &impl Db, id: &IncidentId, at: Instant) -> Result<()> {
    let sql = "UPDATE incident SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL";
    let values = [at.as_micros().into(), id.as_str().into()];
    let updated = db.execute_raw(dialect::statement(db, sql, values)).await?;
    if updated.rows_affected() == 0 { Err(Error::missing("incident", id)) } else { Ok(()) }
}

/// Removes up to `most` events of a deleted incident, and when none is left the incident with its capture, whose objects
/// are loose then. True when it is gone.
///
/// # Errors
/// When the database refuses.
pub async fn purge(db: &impl Db, id: &IncidentId, most: i64) -> Result<bool> {
    let sql = "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE incident_id = ? LIMIT ?)";
    let removed = db.execute_raw(dialect::statement(db, sql, [id.as_str().into(), most.into()])).await?;
    if removed.rows_affected() > 0 {
        return Ok(false);
    }
    for capture in capture::list_of_all(db, std::slice::from_ref(id)).await?.values() {
        loose_object::insert(db, &capture.objects()).await?;
    }
    let sql = "DELETE FROM incident WHERE id = ? AND deleted_at IS NOT NULL";
    db.execute_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    Ok(true)
}

/// Who looks at a list: it decides which incidents exist.
#[derive(Debug, Clone)]
pub enum Viewer {
    Everything,
    Person(PersonId),
}

#[derive(Debug, Clone)]
pub struct Query {
    pub viewer: Viewer,
    /// Only these, whatever the viewer may see.
    pub confined_to: Option<Vec<IncidentId>>,
    pub text: Option<String>,
    pub severities: Vec<Severity>,
    pub statuses: Vec<Status>,
    pub service: Option<String>,
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    /// Time and number of the last incident of the page before.
    pub after: Option<(Instant, i64)>,
    pub limit: u64,
}

/// Latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, query: &Query) -> Result<Vec<Incident>> {
    let mut wanted = visible_to(&query.viewer, query.confined_to.as_deref());
    if let Some(text) = &query.text {
        wanted = wanted.add(mentions(text));
    }
    if !query.severities.is_empty() {
        wanted =
            wanted.add(Column::Severity.is_in(query.severities.iter().map(|severity| severity.as_str())));
    }
    if !query.statuses.is_empty() {
        wanted = wanted.add(Column::Status.is_in(query.statuses.iter().map(|status| status.as_str())));
    }
    if let Some(service) = &query.service {
        wanted = wanted.add(contains(Column::Services, &json("incident", service)?));
    }
    if let Some(from) = query.from {
        wanted = wanted.add(Column::SortAt.gte(from.as_micros()));
    }
    if let Some(to) = query.to {
        wanted = wanted.add(Column::SortAt.lt(to.as_micros()));
    }
    if let Some((at, number)) = query.after {
        let same_time =
            Condition::all().add(Column::SortAt.eq(at.as_micros())).add(Column::Number.lt(number));
        wanted = wanted.add(Condition::any().add(Column::SortAt.lt(at.as_micros())).add(same_time));
    }
    let rows = Entity::find()
        .filter(wanted)
        .order_by_desc(Column::SortAt)
        .order_by_desc(Column::Number)
        .limit(query.limit)
        .all(db)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn visible_to(viewer: &Viewer, confined_to: Option<&[IncidentId]>) -> Condition {
    let mut visible = Condition::all().add(Column::DeletedAt.is_null());
    if let Viewer::Person(person) = viewer {
        let public = Column::Visibility.eq(Visibility::Public.as_str());
        let named = Column::Id.in_subquery(member::incidents_of(person));
        visible = visible.add(Condition::any().add(public).add(named));
    }
    if let Some(ids) = confined_to {
        visible = visible.add(Column::Id.is_in(ids.iter().map(IncidentId::as_str)));
    }
    visible
}

/// For a query over what belongs to incidents.
pub(crate) fn ids_visible_to(viewer: &Viewer, confined_to: Option<&[IncidentId]>) -> SelectStatement {
    Select::select().column("id").from("incident").cond_where(visible_to(viewer, confined_to)).to_owned()
}

/// The number (`#7` or `7`), or a part of title, impact or service name, without regard to case.
fn mentions(text: &str) -> Condition {
    let lower = text.to_lowercase();
    let mut any = Condition::any()
        .add(contains(Column::Title, &lower))
        .add(contains(Column::Impact, &lower))
        .add(contains(Column::Services, &lower));
    if let Ok(number) = text.trim_start_matches('#').parse::<i64>() {
        any = any.add(Column::Number.eq(number));
    }
    any
}

fn contains(column: Column, part: &str) -> Expr {
    let pattern = format!("%{}%", escape_like(part));
    let lower = sea_orm::sea_query::Func::lower(Expr::col(column));
    Expr::expr(lower).like(sea_orm::sea_query::LikeExpr::new(pattern.to_lowercase()).escape('\\'))
}

/// For `LIKE … ESCAPE '\'`.
pub(crate) fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
