//! Values to store. Each test changes what it is about.

use std::collections::BTreeMap;

use model::event::{Author, Correlation, Event, Kind, Provenance, Reason, Recorded, Severity};
use model::id::{EventId, IncidentId, PersonId};
use model::incident::{
    AnalysisState, Clock, ClockName, ClockSetter, Counts, Incident, Spark, Status, Suspect, Visibility,
};
use model::text::Text;
use model::{Instant, Span};
use store::{Store, Unit};

pub fn at(second: i64) -> Instant {
    Instant::from_micros(1_800_000_000_000_000 + second * 1_000_000).expect("a year that exists")
}

pub fn person(number: u128) -> PersonId {
    PersonId::from_bits(number)
}

pub fn incident(number: u128) -> Incident {
    Incident {
        id: IncidentId::from_bits(number),
        number: 0,
        title: format!("Checkout is down 结账失败 {number}"),
        severity: model::incident::Severity::Sev2,
        status: Status::Investigating,
        visibility: Visibility::Public,
        services: vec!["cart".to_owned(), "redis".to_owned()],
        impact: Some("100% of orders".to_owned()),
        entry_service: None,
        timezone: Some("Asia/Shanghai".to_owned()),
        window: Span::new(at(0), at(600)).ok(),
        example: false,
        clocks: BTreeMap::from([(
            ClockName::DetectedAt,
            Clock { at: at(60), by: ClockSetter::Capture, confirmed: false },
        )]),
        capture: None,
        counts: Counts::default(),
        analysis: AnalysisState::None,
        analysis_error: None,
        spark: Some(Spark {
            signal: "latency".to_owned(),
            service: "cart".to_owned(),
            points: vec![0.0, 0.5, 1.0],
            anomaly: Some((1, 2)),
        }),
        suspect: Some(Suspect {
            service: "cart".to_owned(),
            title: Text::new("cart was slow", "cart 变慢"),
            score: 0.7,
            is_supported: false,
        }),
        depths: BTreeMap::from([("cart".to_owned(), 1)]),
        version: 1,
        revision: 0,
        created_at: at(1),
        updated_at: at(2),
    }
}

pub fn event(incident: &Incident, number: u128, second: i64) -> Recorded {
    Recorded {
        event: Event {
            id: EventId::from_bits(number),
            kind: Kind::Log,
            event_type: Some("log_new".to_owned()),
            occurred_at: at(second),
            ended_at: Some(at(second + 5)),
            uncertainty_us: Some(1_500),
            observed_at: Some(at(second + 1)),
            service: Some("cart".to_owned()),
            instance: Some("cart-1".to_owned()),
            title: format!("连接被拒绝 connection refused {number}"),
            detail: Some("first line\nsecond line".to_owned()),
            severity: Severity::Error,
            key: false,
            key_reason: None,
            weight: 0.25,
            attributes: BTreeMap::from([("count".to_owned(), "17".to_owned())]),
            provenance: Provenance {
                source: "capture".to_owned(),
                query: None,
                file: Some("logs.parquet".to_owned()),
                rows: Some((3, 19)),
                further_rows: vec![(40, 44)],
            },
            correlations: vec![Correlation {
                other: EventId::from_bits(9_999),
                score: 0.75,
                reasons: vec![Reason {
                    name: "time".to_owned(),
                    weight: 0.75,
                    detail: Some("2 s".to_owned()),
                }],
            }],
        },
        incident: incident.id.clone(),
        seq: 0,
        recorded_at: at(100),
        updated_at: at(100),
        author: None,
        starred: false,
        hidden: false,
        version: 1,
        deleted_at: None,
    }
}

pub fn author(number: u128) -> Author {
    Author { id: person(number), name: "Alice 爱丽丝".to_owned() }
}

/// An incident that is there.
pub async fn stored_incident(store: &Store, number: u128) -> Incident {
    stored(store, incident(number)).await
}

pub async fn stored(store: &Store, incident: Incident) -> Incident {
    write(store, move |unit| Box::pin(async move { store::incident::insert(unit, incident).await })).await
}

pub async fn stored_events(store: &Store, events: Vec<Recorded>) -> Vec<Recorded> {
    let mut events = events;
    write(store, move |unit| {
        Box::pin(async move {
            store::event::insert(unit, &mut events).await?;
            Ok(events)
        })
    })
    .await
}

/// One write that must succeed.
pub async fn write<T, W>(store: &Store, work: W) -> T
where
    T: Send + 'static,
    W: for<'u> FnOnce(&'u mut Unit) -> futures::future::BoxFuture<'u, store::Result<T>> + Send + 'static,
{
    store.writer().write(work).await.expect("the write succeeds")
}
