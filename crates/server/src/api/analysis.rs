//! What analysis found, what people say of it, and the curves.

use app::analysis::curves::{self, Window};
use app::analysis::findings::{self, Extent, Judgement};
use axum::extract::State;
use http::StatusCode;
use model::Instant;
use model::id::{FindingId, IncidentId, SeriesId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Idempotency, Json, Path, Query, ReaderLanguage};
use crate::page;
use crate::state::Server;
use crate::wire::analysis::{AnalysisView, FindingPatch, FindingView, SeriesList, SeriesView};
use crate::wire::incident::IncidentView;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AnalysisQuery {
    /// `none` leaves the timeline out.
    timeline: Option<String>,
}

/// Anomalies, patterns and hypotheses of an incident, in the reader's language.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/analysis", tag = "analysis",
    params(("incident_id" = String, Path), AnalysisQuery), responses((status = 200, body = AnalysisView))
)]
pub async fn get_analysis(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Query(query): Query<AnalysisQuery>,
    ReaderLanguage(language): ReaderLanguage,
) -> Result<Json<AnalysisView>, Problem> {
    let extent = match query.timeline.as_deref() {
        None => Extent::Whole,
        Some("none") => Extent::FindingsOnly,
        Some(_) => return Err(page::unknown_value("timeline")),
    };
    let report = findings::get_analysis(&server.app, &actor, &id, extent).await?;
    Ok(Json(AnalysisView::new(&report, language)))
}

/// Analyse the capture again. What people changed or judged stays.
#[utoipa::path(post, path = "/incidents/{incident_id}/analysis", tag = "analysis", params(("incident_id" = String, Path)), responses((status = 202, body = IncidentView)))]
pub async fn rerun_analysis(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::ACCEPTED, IncidentView::whole);
    Ok(findings::rerun_analysis(&server.app, &actor, &id, reply).await?.into())
}

/// Say what one thinks of a finding.
#[utoipa::path(
    patch, path = "/findings/{finding_id}", tag = "analysis", params(("finding_id" = String, Path)),
    request_body = FindingPatch, responses((status = 200, body = FindingView))
)]
pub async fn judge_finding(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<FindingId>,
    Idempotency(attempt): Idempotency,
    Json(patch): Json<FindingPatch>,
) -> Result<Sent, Problem> {
    let judgement = Judgement { state: patch.state, version: patch.version };
    let reply = answer::json(attempt, StatusCode::OK, |place| FindingView::from(place));
    Ok(findings::judge_finding(&server.app, &actor, &id, judgement, reply).await?.into())
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SeriesQuery {
    /// Ids separated by commas, at most 50: then these come with their points.
    ids: Option<String>,
    #[param(value_type = Option<String>, format = "date-time")]
    from: Option<Instant>,
    #[param(value_type = Option<String>, format = "date-time")]
    to: Option<Instant>,
    /// At most so many points of each; peaks and dips stay.
    #[param(minimum = 2, maximum = 10000, default = 600)]
    points: Option<usize>,
}

const USUAL_POINTS: usize = 600;
const MOST_POINTS: usize = 10_000;

/// The curves of an incident; with `ids`, their points.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/series", tag = "analysis",
    params(("incident_id" = String, Path), SeriesQuery), responses((status = 200, body = SeriesList))
)]
pub async fn list_series(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Query(query): Query<SeriesQuery>,
) -> Result<Json<SeriesList>, Problem> {
    let Some(ids) = query.ids.as_deref() else {
        let about = curves::list_series(&server.app, &actor, &id).await?;
        return Ok(Json(SeriesList { items: about.into_iter().map(SeriesView::from).collect() }));
    };
    let ids = page::names("ids", Some(ids), |text| text.parse::<SeriesId>().ok())?;
    let most_points = query.points.unwrap_or(USUAL_POINTS);
    if !(2..=MOST_POINTS).contains(&most_points) {
        let detail = format!("points must be from 2 to {MOST_POINTS}");
        return Err(Problem::bad_request("invalid_query", detail));
    }
    let window = Window { from: query.from, to: query.to, most_points };
    let curves = curves::get_curves(&server.app, &actor, &id, &ids, &window).await?;
    Ok(Json(SeriesList { items: curves.into_iter().map(SeriesView::from).collect() }))
}
