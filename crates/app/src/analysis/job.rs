//! The job that turns the capture of an incident into its timeline and findings.
//!
//! It reads, computes on a thread of its own, and stores everything in one transaction together with the end of the job:
//! a crash at any moment leaves either nothing or all of it.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use model::Instant;
use model::event::{Event, Recorded};
use model::finding::Findings;
use model::id::{EventId, IncidentId};
use model::incident::{AnalysisState, ClockSetter, Clocks, Incident, Spark};
use model::telemetry::{Call, Capture, Header};
use store::capture::Manifest;
use store::change::{Noun, What};
use store::job::Leased;
use store::{Unit, capture, event, finding, incident, job, series};
use timeline::Timeline;
use timeline::topology::in_call_order;

use super::{curves, pipeline, spark, suspect};
use crate::app::App;
use crate::captures;
use crate::error::Error;
use crate::jobs;

/// All that is stored of an analysis, made ready outside the transaction.
struct Results {
    events: Vec<Event>,
    findings: Findings,
    series: Vec<series::Stored>,
    spark: Option<Spark>,
    depths: BTreeMap<String, u32>,
    clocks: Clocks,
    header: Header,
}

pub(crate) async fn run(app: &App, job: &Leased) -> Result<(), Error> {
    let id: IncidentId = job.subject.parse().map_err(Error::internal)?;
    let found = match incident::find(app.db(), &id).await? {
        Some(incident) => incident.capture.clone().map(|capture| (incident, capture)),
        None => None,
    };
    let Some((incident, capture_id)) = found else {
        // The incident or its capture is gone.
        return jobs::finish(app, job).await;
    };
    set_state(app, &id, AnalysisState::Running, None).await?;
    let manifest = capture::get(app.db(), &capture_id).await?;
    let folder = captures::lay_out(app, &manifest).await?;
    let path = folder.path().to_owned();
    let of = incident.id.clone();
    let results =
        tokio::task::spawn_blocking(move || analyze(path, &of)).await.map_err(Error::internal)??;
    drop(folder);
    store_results(app, job, manifest, results).await?;
    tracing::info!(incident.id = %id, "incident analysed");
    // The job is done and gone: what fails here is made when somebody looks.
    if let Err(error) = crate::timeline::prepare(app, &id).await {
        tracing::warn!(incident.id = %id, error = &error as &dyn std::error::Error, "its timeline was not made ready");
    }
    Ok(())
}

fn analyze(folder: PathBuf, incident: &IncidentId) -> Result<Results, Error> {
    let capture = connectors::capture::read(&folder).map_err(unreadable)?;
    let analysis = pipeline::analyze_capture(&capture, |_| {}).of_incident(incident);
    let catalogue = analysis::series(&capture, &analysis.templates);
    let Timeline { events, calls, clocks, .. } = analysis.timeline;
    Ok(Results {
        spark: spark::choose(&catalogue, &analysis.findings, &capture.header),
        series: curves::to_store(&catalogue, &analysis.findings)?,
        depths: depths(&capture, &calls, &events),
        events,
        clocks,
        findings: analysis.findings,
        header: capture.header,
    })
}

/// The capture is the caller's input: what is wrong with it is theirs to read.
fn unreadable(error: connectors::capture::Error) -> Error {
    Error::conflict("unreadable_capture", error.to_string())
}

/// Calls between the entry and each service.
fn depths(capture: &Capture, calls: &[Call], events: &[Event]) -> BTreeMap<String, u32> {
    let name = |symbol| capture.telemetry.symbols.name(symbol).to_owned();
    let calls: Vec<(String, String)> =
        calls.iter().map(|call| (name(call.caller), name(call.callee))).collect();
    let services = events.iter().filter_map(|event| event.service.clone()).collect();
    in_call_order(&services, &calls, capture.header.entry_service.as_deref()).into_iter().collect()
}

async fn store_results(app: &App, job: &Leased, manifest: Manifest, results: Results) -> Result<(), Error> {
    let (now, held) = (app.now(), job.clone());
    let written: Result<(), Error> = app
        .store()
        .writer()
        .write(move |unit| {
            Box::pin(async move {
                if !job::finish(&**unit, &held).await? {
                    return Err(Error::internal("the job is in other hands"));
                }
                replace_all(unit, &manifest, results, now).await
            })
        })
        .await;
    written?;
    app.parts().live.wake();
    Ok(())
}

async fn replace_all(
    unit: &mut Unit,
    manifest: &Manifest,
    results: Results,
    now: Instant,
) -> Result<(), Error> {
    let id = &manifest.incident;
    let mut incident = incident::get(&**unit, id).await?;
    event::delete_untouched(&**unit, id).await?;
    let touched: HashSet<EventId> = event::list_touched(&**unit, id).await?.into_iter().collect();
    let mut events: Vec<Recorded> = results
        .events
        .into_iter()
        .filter(|event| !touched.contains(&event.id))
        .map(|event| recorded(id, event, now))
        .collect();
    event::insert(unit, &mut events).await?;
    drop(events);
    series::replace(&**unit, id, &results.series).await?;
    finding::replace(&**unit, id, &results.findings).await?;
    take_header(&mut incident, &results.header);
    propose_clocks(&mut incident, results.clocks);
    let (events, key_events) = event::count(&**unit, id).await?;
    incident.counts.events = events;
    incident.counts.key_events = key_events;
    incident.counts.anomalies = results.findings.anomalies.len() as i64;
    incident.counts.patterns = results.findings.patterns.len() as i64;
    incident.counts.hypotheses = results.findings.hypotheses.len() as i64;
    incident.spark = results.spark;
    incident.suspect = suspect::find(&**unit, id).await?;
    incident.depths = results.depths;
    incident.analysis = AnalysisState::Done;
    incident.analysis_error = None;
    incident.revision = unit.next_change();
    incident.updated_at = now;
    incident::update(&**unit, &incident).await?;
    announce(unit, &incident, now);
    Ok(())
}

fn recorded(incident: &IncidentId, event: Event, now: Instant) -> Recorded {
    Recorded {
        event,
        incident: incident.clone(),
        seq: 0,
        recorded_at: now,
        updated_at: now,
        author: None,
        starred: false,
        hidden: false,
        version: 1,
        deleted_at: None,
    }
}

/// What the capture says of the incident fills what nobody has said yet.
fn take_header(incident: &mut Incident, header: &Header) {
    incident.window = incident.window.or(Some(header.window));
    if incident.services.is_empty() {
        incident.services.clone_from(&header.services);
    }
    if incident.timezone.is_none() {
        incident.timezone.clone_from(&header.timezone);
    }
    if incident.entry_service.is_none() {
        incident.entry_service.clone_from(&header.entry_service);
    }
}

/// Proposals take the place of earlier proposals, never of what a person said.
fn propose_clocks(incident: &mut Incident, proposed: Clocks) {
    for (name, clock) in proposed {
        let said = incident.clocks.get(&name);
        let is_by_person =
            said.is_some_and(|said| said.confirmed || matches!(said.by, ClockSetter::Person { .. }));
        if !is_by_person {
            incident.clocks.insert(name, clock);
        }
    }
}

fn announce(unit: &mut Unit, incident: &Incident, now: Instant) {
    unit.change(store::change::Draft {
        at: now,
        noun: Noun::Analysis,
        id: incident.id.to_string(),
        incident: Some(incident.id.clone()),
        what: What::Updated,
        version: incident.version,
        by_id: String::new(),
        by_name: "fupan".to_owned(),
    });
}

async fn set_state(
    app: &App,
    id: &IncidentId,
    state: AnalysisState,
    error: Option<String>,
) -> Result<(), Error> {
    let (id, now) = (id.clone(), app.now());
    let written: Result<(), store::Error> = app
        .store()
        .writer()
        .write(move |unit| {
            Box::pin(async move {
                let mut incident = incident::get(&**unit, &id).await?;
                incident.analysis = state;
                incident.analysis_error = error;
                incident::update(&**unit, &incident).await?;
                announce(unit, &incident, now);
                Ok(())
            })
        })
        .await;
    app.parts().live.wake();
    Ok(written?)
}

/// Tells people that it failed for good, and why.
pub(crate) async fn give_up(app: &App, job: &Leased, error: &Error) {
    let Ok(id) = job.subject.parse::<IncidentId>() else { return };
    let text = error.to_string();
    if let Err(error) = set_state(app, &id, AnalysisState::Failed, Some(text)).await {
        tracing::warn!(incident.id = %id, error = &error as &dyn std::error::Error, "a failed analysis could not be noted");
    }
}

/// For an analysis that is asked for: the next job of this incident.
pub(crate) fn draft(app: &App, id: &IncidentId) -> job::Draft {
    job::Draft {
        id: model::id::JobId::from_bits(app.new_bits()),
        kind: job::Kind::Analyze,
        subject: id.to_string(),
        dedupe_key: Some(format!("analyze {id}")),
        run_at: app.now(),
        max_attempts: 3,
    }
}
