//! Events of timelines: by the hundred thousand out of captures, one by one from people.

mod mark;
mod row;

use model::Instant;
use model::event::{Kind, Recorded, Severity};
use model::id::{EventId, IncidentId};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, LikeExpr, Order, Query as Select, SelectStatement};

use crate::incident::{self, Viewer, escape_like};
use crate::text::insert_rows;
use crate::{Db, Error, Result, Unit, dialect};

/// Stores events in the order given and tells them their `seq`.
///
/// # Errors
/// [`Error::Exists`] when an id is taken.
pub async fn insert(unit: &mut Unit, events: &mut [Recorded]) -> Result<()> {
    let first = unit.draw_event_seqs(events.len());
    for (event, seq) in events.iter_mut().zip(first..) {
        event.seq = seq;
    }
    let rows = events.iter().map(row::to_values);
    insert_rows::<{ row::COLUMNS.len() }>(&**unit, "event", &row::COLUMNS.join(", "), rows).await
}

/// # Errors
/// [`Error::Missing`] when there is none. A deleted event is there: its `deleted_at` says so.
pub async fn get(db: &impl Db, id: &EventId) -> Result<Recorded> {
    find(db, id).await?.ok_or_else(|| Error::missing("event", id))
}

/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, id: &EventId) -> Result<Option<Recorded>> {
    let sql = format!("SELECT {} FROM event WHERE id = ?", row::COLUMNS.join(", "));
    let found = db.query_one_raw(dialect::statement(db, &sql, [id.as_str().into()])).await?;
    found.as_ref().map(row::from_row).transpose()
}

/// Those of `ids` that belong to the incident, in no order, the deleted ones included.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_by_ids(db: &impl Db, incident: &IncidentId, ids: &[EventId]) -> Result<Vec<Recorded>> {
    let mut events = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        // Without the incident: SQLite, which believes that an incident has ten events, would look through all of them.
        let select = Select::select()
            .columns(row::COLUMNS)
            .from("event")
            .and_where(Expr::col("id").is_in(some.iter().map(EventId::as_str)))
            .to_owned();
        events.extend(read(db, &select).await?);
    }
    events.retain(|event| event.incident == *incident);
    Ok(events)
}

/// Stores the event as it is now.
///
/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn update(db: &impl Db, event: &Recorded) -> Result<()> {
    let assignments: Vec<String> = row::COLUMNS.iter().map(|column| format!("{column} = ?")).collect();
    let sql = format!("UPDATE event SET {} WHERE id = ?", assignments.join(", "));
    let mut values = row::to_values(event)?.to_vec();
    values.push(event.event.id.as_str().into());
    let updated = db.execute_raw(dialect::statement(db, &sql, values)).await?;
    if updated.rows_affected() == 0 { Err(Error::missing("event", &event.event.id)) } else { Ok(()) }
}

/// Removes what came out of the capture and was never touched by a person.
///
/// # Errors
/// When the database refuses.
pub async fn delete_untouched(db: &impl Db, incident: &IncidentId) -> Result<u64> {
    let sql = "DELETE FROM event WHERE incident_id = ? AND author_id IS NULL AND version = 1";
    Ok(db.execute_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?.rows_affected())
}

/// Ids that came out of the capture and that a person has since changed, starred or deleted.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_touched(db: &impl Db, incident: &IncidentId) -> Result<Vec<EventId>> {
    let sql = "SELECT id FROM event WHERE incident_id = ? AND author_id IS NULL AND version > 1";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = crate::text::Row { noun: "event", id: incident.as_str() };
    rows.iter().map(|row| read.id(&row.try_get_by_index::<String>(0)?)).collect()
}

/// What people added and nobody deleted, by `occurred_at`, then by arrival.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_by_people(db: &impl Db, incident: &IncidentId) -> Result<Vec<Recorded>> {
    let mut select = select_from(incident);
    select
        .and_where(Expr::col("author_id").is_not_null())
        .and_where(Expr::col("deleted_at").is_null())
        .order_by("occurred_at", Order::Asc)
        .order_by("seq", Order::Asc);
    read(db, &select).await
}

/// Events and key events that are not deleted.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(db: &impl Db, incident: &IncidentId) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(*), COUNT(CASE WHEN is_key THEN 1 END) FROM event \
               WHERE incident_id = ? AND deleted_at IS NULL";
    let row = db.query_one_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let Some(row) = row else { return Ok((0, 0)) };
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

/// Which events of a timeline are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    /// All when empty.
    pub kinds: Vec<Kind>,
    /// All when empty; the empty name stands for events of no service.
    pub services: Vec<String>,
    pub text: Option<String>,
    pub only_key: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    #[default]
    Forward,
    Backward,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Page {
    pub filter: Filter,
    pub direction: Direction,
    /// Time and `seq` of the last event of the page before.
    pub after: Option<(Instant, i64)>,
    pub limit: u64,
}

/// By `occurred_at`, then by arrival.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, incident: &IncidentId, page: &Page) -> Result<Vec<Recorded>> {
    let mut select = select_from(incident);
    select.and_where(Expr::col("deleted_at").is_null()).cond_where(conditions(&page.filter));
    if let Some((at, seq)) = page.after {
        select.cond_where(beyond(page.direction, at, seq));
    }
    let order = match page.direction {
        Direction::Forward => Order::Asc,
        Direction::Backward => Order::Desc,
    };
    select.order_by("occurred_at", order.clone()).order_by("seq", order).limit(page.limit);
    read(db, &select).await
}

/// The comparison of whole rows, which both engines answer from the index.
fn beyond(direction: Direction, at: Instant, seq: i64) -> Condition {
    let place = || Expr::tuple([Expr::col("occurred_at"), Expr::col("seq")]);
    let mark = Expr::tuple([Expr::value(at.as_micros()), Expr::value(seq)]);
    Condition::all().add(match direction {
        Direction::Forward => place().gt(mark),
        Direction::Backward => place().lt(mark),
    })
}

fn conditions(filter: &Filter) -> Condition {
    let mut wanted = Condition::all();
    if let Some(from) = filter.from {
        wanted = wanted.add(Expr::col("occurred_at").gte(from.as_micros()));
    }
    if let Some(to) = filter.to {
        wanted = wanted.add(Expr::col("occurred_at").lt(to.as_micros()));
    }
    if !filter.kinds.is_empty() {
        wanted = wanted.add(Expr::col("kind").is_in(filter.kinds.iter().map(|kind| kind.as_str())));
    }
    if !filter.services.is_empty() {
        let service = Func::coalesce([Expr::col("service"), Expr::value("")]);
        wanted = wanted.add(Expr::expr(service).is_in(filter.services.iter().map(String::as_str)));
    }
    if filter.only_key {
        // The condition of the index, to the letter: a bound value would not be known to meet it.
        wanted = wanted.add(Expr::col("is_key"));
    }
    if let Some(text) = &filter.text {
        let contains = |column: &'static str| {
            let pattern = format!("%{}%", escape_like(&text.to_lowercase()));
            Expr::expr(Func::lower(Expr::col(column))).like(LikeExpr::new(pattern).escape('\\'))
        };
        wanted = wanted
            .add(Condition::any().add(contains("title")).add(contains("detail")).add(contains("service")));
    }
    wanted
}

/// An event found by its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: EventId,
    pub incident: IncidentId,
    pub title: String,
    pub service: Option<String>,
}

/// Latest first, of all incidents that the viewer may see.
///
/// # Errors
/// When the database cannot be read.
pub async fn search(
    db: &impl Db,
    viewer: &Viewer,
    confined_to: Option<&[IncidentId]>,
    text: &str,
    limit: u64,
) -> Result<Vec<Found>> {
    let visible = incident::ids_visible_to(viewer, confined_to);
    let pattern = format!("%{}%", escape_like(&text.to_lowercase()));
    let title = Expr::expr(Func::lower(Expr::col("title"))).like(LikeExpr::new(pattern).escape('\\'));
    let select = Select::select()
        .columns(["id", "incident_id", "title", "service"])
        .from("event")
        .and_where(Expr::col("deleted_at").is_null())
        .and_where(title)
        .and_where(Expr::col("incident_id").in_subquery(visible))
        .order_by("occurred_at", Order::Desc)
        .order_by("seq", Order::Desc)
        .limit(limit)
        .to_owned();
    let rows = db.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let (id, incident): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let read = crate::text::Row { noun: "event", id: &id };
            Ok(Found {
                id: read.id(&id)?,
                incident: read.id(&incident)?,
                title: row.try_get_by_index(2)?,
                service: row.try_get_by_index(3)?,
            })
        })
        .collect()
}

/// Place in the timeline of each event that matches: enough to filter a drawing.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_seqs(db: &impl Db, incident: &IncidentId, filter: &Filter) -> Result<Vec<i64>> {
    let mut select = Select::select().column("seq").from("event").to_owned();
    select
        .and_where(Expr::col("incident_id").eq(incident.as_str()))
        .and_where(Expr::col("deleted_at").is_null())
        .cond_where(conditions(filter));
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// What drawing needs to know of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub occurred_at: i64,
    pub seq: i64,
    /// Of its [`EventId`].
    pub id_bits: u128,
    pub ended_at: Option<i64>,
    pub kind: Kind,
    pub severity: Severity,
    pub is_key: bool,
    pub is_starred: bool,
    pub is_hidden: bool,
    pub is_by_person: bool,
    pub service: Option<String>,
}

impl Mark {
    pub const fn place(&self) -> (i64, i64) {
        (self.occurred_at, self.seq)
    }
}

/// The place of the event that comes `count` events after this place, deleted ones counted; from the first when `None`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_place(
    db: &impl Db,
    incident: &IncidentId,
    after: Option<(i64, i64)>,
    count: i64,
) -> Result<Option<(i64, i64)>> {
    let (time, seq) = after.unwrap_or(FIRST);
    let sql = "SELECT occurred_at, seq FROM event WHERE incident_id = ? AND (occurred_at, seq) > (?, ?) \
               ORDER BY occurred_at, seq LIMIT 1 OFFSET ?";
    let values = [incident.as_str().into(), time.into(), seq.into(), (count - 1).into()];
    let row = db.query_one_raw(dialect::statement(db, sql, values)).await?;
    row.map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

/// Events of a timeline for drawing, in order: those after one place and up to another.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_marks(
    db: &impl Db,
    incident: &IncidentId,
    after: Option<(i64, i64)>,
    until: Option<(i64, i64)>,
) -> Result<Vec<Mark>> {
    let (after, until) = (after.unwrap_or(FIRST), until.unwrap_or(LAST));
    let values = [incident.as_str().into(), after.0.into(), after.1.into(), until.0.into(), until.1.into()];
    let row = db.query_one_raw(dialect::statement(db, mark::SELECT, values)).await?;
    let text: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    let read = move || mark::read_all(text.as_deref().unwrap_or_default());
    tokio::task::spawn_blocking(read).await.map_err(|_| Error::Panicked)?
}

const FIRST: (i64, i64) = (i64::MIN, i64::MIN);
const LAST: (i64, i64) = (i64::MAX, i64::MAX);

impl From<&Recorded> for Mark {
    fn from(recorded: &Recorded) -> Self {
        let event = &recorded.event;
        Self {
            occurred_at: event.occurred_at.as_micros(),
            seq: recorded.seq,
            id_bits: event.id.to_bits(),
            ended_at: event.ended_at.map(Instant::as_micros),
            kind: event.kind,
            severity: event.severity,
            is_key: event.key,
            is_starred: recorded.starred,
            is_hidden: recorded.hidden,
            is_by_person: recorded.author.is_some(),
            service: event.service.clone(),
        }
    }
}

fn select_from(incident: &IncidentId) -> SelectStatement {
    Select::select()
        .columns(row::COLUMNS)
        .from("event")
        .and_where(Expr::col("incident_id").eq(incident.as_str()))
        .to_owned()
}

async fn read(db: &impl Db, select: &SelectStatement) -> Result<Vec<Recorded>> {
    db.query_all(select).await?.iter().map(row::from_row).collect()
}
