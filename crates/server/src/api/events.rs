//! Events by people.

use app::events::{self, links};
use axum::extract::State;
use http::StatusCode;
use model::id::{EventId, IncidentId};

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Idempotency, Json, Path};
use crate::state::Server;
use crate::wire::event::{
    CorrelationDecision, EventDraft, EventDrafts, EventPatch, EventView, Events, History, StepView,
};

/// Add an event by hand.
#[utoipa::path(
    post, path = "/incidents/{incident_id}/events", tag = "events", params(("incident_id" = String, Path)),
    request_body = EventDraft, responses((status = 201, body = EventView))
)]
pub async fn add_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(incident): Path<IncidentId>,
    Idempotency(attempt): Idempotency,
    Json(draft): Json<EventDraft>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::CREATED, EventView::only);
    Ok(events::add_event(&server.app, &actor, &incident, draft.into(), reply).await?.into())
}

/// Add up to 500 events: all of them, or none.
#[utoipa::path(
    post, path = "/incidents/{incident_id}/events/batch", tag = "events", params(("incident_id" = String, Path)),
    request_body = EventDrafts, responses((status = 201, body = Events))
)]
pub async fn add_events(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(incident): Path<IncidentId>,
    Idempotency(attempt): Idempotency,
    Json(body): Json<EventDrafts>,
) -> Result<Sent, Problem> {
    let drafts = body.events.into_iter().map(Into::into).collect();
    let wire = |shown: &events::Shown| Events { items: EventView::all(shown) };
    let reply = answer::json(attempt, StatusCode::CREATED, wire);
    Ok(events::add_events(&server.app, &actor, &incident, drafts, reply).await?.into())
}

/// One event.
#[utoipa::path(get, path = "/events/{event_id}", tag = "events", params(("event_id" = String, Path)), responses((status = 200, body = EventView)))]
pub async fn get_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<EventId>,
) -> Result<Json<Option<EventView>>, Problem> {
    Ok(Json(EventView::only(&events::get_event(&server.app, &actor, &id).await?)))
}

/// One event of an incident.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/events/{event_id}", tag = "events",
    params(("incident_id" = String, Path), ("event_id" = String, Path)), responses((status = 200, body = EventView))
)]
pub async fn get_incident_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((incident, id)): Path<(IncidentId, EventId)>,
) -> Result<Json<Option<EventView>>, Problem> {
    Ok(Json(EventView::only(&events::get_event_of(&server.app, &actor, &incident, &id).await?)))
}

/// Change, star or hide an event; what was before stays in its history.
#[utoipa::path(
    patch, path = "/events/{event_id}", tag = "events", params(("event_id" = String, Path)),
    request_body = EventPatch, responses((status = 200, body = EventView))
)]
pub async fn update_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<EventId>,
    Idempotency(attempt): Idempotency,
    Json(patch): Json<EventPatch>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, EventView::only);
    Ok(events::update_event(&server.app, &actor, &id, patch.into(), reply).await?.into())
}

/// Take an event from the timeline. It can be restored.
#[utoipa::path(delete, path = "/events/{event_id}", tag = "events", params(("event_id" = String, Path)), responses((status = 204)))]
pub async fn delete_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<EventId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(events::delete_event(&server.app, &actor, &id, answer::nothing(attempt)).await?.into())
}

/// Bring a deleted event back.
#[utoipa::path(post, path = "/events/{event_id}/restore", tag = "events", params(("event_id" = String, Path)), responses((status = 200, body = EventView)))]
pub async fn restore_event(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<EventId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, EventView::only);
    Ok(events::restore_event(&server.app, &actor, &id, reply).await?.into())
}

/// What was before: each version with the fields that changed, oldest first.
#[utoipa::path(get, path = "/events/{event_id}/history", tag = "events", params(("event_id" = String, Path)), responses((status = 200, body = History)))]
pub async fn list_event_history(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<EventId>,
) -> Result<Json<History>, Problem> {
    let steps = events::list_history(&server.app, &actor, &id).await?;
    Ok(Json(History { items: steps.into_iter().map(StepView::from).collect() }))
}

/// Say that two events belong together, or do not.
#[utoipa::path(
    put, path = "/events/{event_id}/correlations/{other_id}", tag = "events",
    params(("event_id" = String, Path), ("other_id" = String, Path)),
    request_body = CorrelationDecision, responses((status = 200, body = EventView))
)]
pub async fn decide_correlation(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, other)): Path<(EventId, EventId)>,
    Idempotency(attempt): Idempotency,
    Json(body): Json<CorrelationDecision>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, EventView::only);
    Ok(links::decide_correlation(&server.app, &actor, (&id, &other), body.state, reply).await?.into())
}
