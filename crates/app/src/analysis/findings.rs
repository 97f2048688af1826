//! What analysis found in an incident, and what people say of it.

use std::sync::Arc;

use model::event::Recorded;
use model::id::{FindingId, IncidentId};
use model::incident::AnalysisState;
use store::change::{Noun, What};
use store::finding::{self, Kind};
use store::{event, incident, link};

use super::{job, suspect};
use crate::access::{Edit, View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply};
use crate::error::Error;
use crate::events::Shown;
use crate::incidents::{self, Known};
use crate::timeline;

pub use store::finding::{All, Judged, Judgement, Place};

/// More events than this do not go into one answer.
const MOST_EVENTS: u64 = 20_000;

#[derive(Debug, Clone)]
pub struct Report {
    pub known: Arc<Known>,
    pub findings: All,
    /// Empty when it was not asked for.
    pub timeline: Shown,
}

/// Whether a report carries the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Up to 20,000 events.
    Whole,
    FindingsOnly,
}

/// # Errors
/// [`Error::NotFound`].
pub async fn get_analysis(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    extent: Extent,
) -> Result<Report, Error> {
    let known = authorize::<View>(app, actor, id).await?.known;
    let findings = finding::list(app.db(), id).await?;
    let (events, links): (Vec<Recorded>, Arc<[_]>) = match extent {
        Extent::FindingsOnly => (Vec::new(), Arc::default()),
        Extent::Whole => {
            let events = event::list(app.db(), id, &timeline::everything(MOST_EVENTS)).await?;
            (events, link::list(app.db(), id).await?.into())
        }
    };
    let timeline = Shown { known: Arc::clone(&known), links, events };
    Ok(Report { known, findings, timeline })
}

/// Analyses the capture again. What people changed, starred, deleted or judged stays.
///
/// # Errors
/// [`Error::Conflict`] for an incident without a capture.
pub async fn rerun_analysis(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    reply: Reply<incidents::Shown>,
) -> Result<Outcome<incidents::Shown>, Error> {
    let authorized = authorize::<Edit>(app, actor, id).await?;
    if authorized.known.incident.capture.is_none() {
        return Err(Error::conflict("no_capture", "the incident has no capture to analyse"));
    }
    let (target, queued) = (id.clone(), job::draft(app, id));
    let outcome = app
        .commit(actor, reply, move |work| {
            Box::pin(async move {
                let mut incident = incident::get(&**work.unit, &target).await?;
                if store::job::insert(&**work.unit, &queued, work.now).await? {
                    incident.analysis = AnalysisState::Queued;
                    incident.analysis_error = None;
                    incident::update(&**work.unit, &incident).await?;
                }
                work.audit("rerun_analysis", &target, Some(&target));
                work.change((Noun::Analysis, What::Updated), &target, Some(&target), incident.version);
                incidents::known::show(&**work.unit, incident, &work.actor).await
            })
        })
        .await;
    app.parts().queue.wake();
    outcome
}

/// Says what a person thinks of a finding: `open`, `supported` or `refuted` of a hypothesis, `open`, `confirmed` or
/// `dismissed` of an anomaly or pattern.
///
/// # Errors
/// [`Error::Invalid`] for a word that does not fit the kind, [`Error::VersionConflict`].
pub async fn judge_finding(
    app: &App,
    actor: &Actor,
    id: &FindingId,
    judgement: Judgement,
    reply: Reply<Place>,
) -> Result<Outcome<Place>, Error> {
    let place = finding::get(app.db(), id).await?;
    match authorize::<Edit>(app, actor, &place.incident).await {
        Err(Error::NotFound { .. }) => return Err(Error::not_found("finding")),
        authorized => authorized?,
    };
    let fitting: &[&str] = match place.kind {
        Kind::Hypothesis => &["open", "supported", "refuted"],
        Kind::Anomaly | Kind::Pattern => &["open", "confirmed", "dismissed"],
    };
    if !fitting.contains(&judgement.state.as_str()) {
        return Err(Error::invalid(
            "state",
            "unknown_value",
            format!("must be one of {}", fitting.join(", ")),
        ));
    }
    let conflict = reply.conflict();
    let (target, based_on) = (id.clone(), judgement.version);
    let outcome = app
        .commit(actor, reply, move |work| {
            Box::pin(async move {
                let mut place = finding::get(&**work.unit, &target).await?;
                if place.judgement.version != based_on {
                    return Err(Error::stale(based_on));
                }
                place.judgement = Judgement { state: judgement.state, version: based_on + 1 };
                finding::update(&**work.unit, &target, &place.judgement).await?;
                if place.kind == Kind::Hypothesis {
                    let mut incident = incident::get(&**work.unit, &place.incident).await?;
                    incident.suspect = suspect::find(&**work.unit, &place.incident).await?;
                    incident::update(&**work.unit, &incident).await?;
                }
                let (incident, version) = (&place.incident, place.judgement.version);
                let detail = Some(place.judgement.state.clone());
                work.audit_with("judge_finding", &target, Some(incident), detail);
                work.change((Noun::Incident, What::Updated), incident, Some(incident), version);
                Ok(place)
            })
        })
        .await;
    match outcome {
        Err(Error::VersionConflict { .. }) => {
            Err(conflict.with(based_on, &finding::get(app.db(), id).await?))
        }
        outcome => outcome,
    }
}
