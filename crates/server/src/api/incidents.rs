//! Incidents and who is named in them.

use app::incidents::{self, Search, members};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use model::Instant;
use model::access::Access;
use model::id::{IncidentId, PersonId};
use model::incident::{Duty, Severity, Status};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Idempotency, Json, Path, Query};
use crate::page::{self, Page, Place};
use crate::state::Server;
use crate::wire::incident::{IncidentDraft, IncidentPatch, IncidentView};
use crate::wire::names::AccessName;

/// Which incidents.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct IncidentSearch {
    /// Part of title, impact or service name, or the number.
    q: Option<String>,
    /// Names separated by commas.
    severity: Option<String>,
    /// Names separated by commas.
    status: Option<String>,
    service: Option<String>,
    #[param(value_type = Option<String>, format = "date-time")]
    from: Option<Instant>,
    #[param(value_type = Option<String>, format = "date-time")]
    to: Option<Instant>,
    /// Only `started_at`: latest first.
    sort: Option<String>,
    #[param(minimum = 1, maximum = 1000, default = 50)]
    limit: Option<u64>,
    cursor: Option<String>,
}

impl IncidentSearch {
    fn read(self) -> Result<Search, Problem> {
        if self.sort.as_deref().is_some_and(|sort| sort != "started_at") {
            return Err(page::unknown_value("sort"));
        }
        Ok(Search {
            text: self.q.filter(|text| !text.trim().is_empty()),
            severities: page::names("severity", self.severity.as_deref(), Severity::parse)?,
            statuses: page::names("status", self.status.as_deref(), Status::parse)?,
            service: self.service,
            from: self.from,
            to: self.to,
            after: page::after::<Place>(self.cursor.as_deref())?.map(|place| (place.at, place.seq)),
            limit: page::limit(self.limit)?,
        })
    }
}

/// Incidents that the caller may see, latest first.
#[utoipa::path(get, path = "/incidents", tag = "incidents", params(IncidentSearch), responses((status = 200, body = Page<IncidentView>)))]
pub async fn list_incidents(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(search): Query<IncidentSearch>,
) -> Result<Response, Problem> {
    let render = |found: &incidents::Page| {
        let items = found.items.iter().map(IncidentView::of_list).collect();
        let next_cursor = found.next.map(|(at, seq)| Place { at, seq }.to_string());
        answer::bytes(&Page { items, next_cursor })
    };
    let body: Bytes = incidents::list_incidents(&server.app, &actor, search.read()?, render).await?;
    Ok(answer::ready(body).into_response())
}

/// Declare an incident.
#[utoipa::path(post, path = "/incidents", tag = "incidents", request_body = IncidentDraft, responses((status = 201, body = IncidentView)))]
pub async fn create_incident(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
    Json(draft): Json<IncidentDraft>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::CREATED, IncidentView::whole);
    Ok(incidents::create_incident(&server.app, &actor, draft.into(), reply).await?.into())
}

/// One incident.
#[utoipa::path(get, path = "/incidents/{incident_id}", tag = "incidents", params(("incident_id" = String, Path)), responses((status = 200, body = IncidentView)))]
pub async fn get_incident(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
) -> Result<Json<IncidentView>, Problem> {
    let shown = incidents::get_incident(&server.app, &actor, &id).await?;
    Ok(Json(IncidentView::whole(&shown)))
}

/// Change some fields of the version that the caller saw.
#[utoipa::path(
    patch, path = "/incidents/{incident_id}", tag = "incidents", params(("incident_id" = String, Path)),
    request_body = IncidentPatch, responses((status = 200, body = IncidentView))
)]
pub async fn update_incident(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Idempotency(attempt): Idempotency,
    Json(patch): Json<IncidentPatch>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, IncidentView::whole);
    Ok(incidents::update_incident(&server.app, &actor, &id, patch.into(), reply).await?.into())
}

/// Delete an incident with all that belongs to it.
#[utoipa::path(delete, path = "/incidents/{incident_id}", tag = "incidents", params(("incident_id" = String, Path)), responses((status = 204)))]
pub async fn delete_incident(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(incidents::delete_incident(&server.app, &actor, &id, answer::nothing(attempt)).await?.into())
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    #[schema(value_type = AccessName)]
    access: Access,
}

/// Name a person in the incident, or change what they may do.
#[utoipa::path(
    put, path = "/incidents/{incident_id}/members/{person_id}", tag = "incidents",
    params(("incident_id" = String, Path), ("person_id" = String, Path)),
    request_body = Membership, responses((status = 200, body = IncidentView))
)]
pub async fn put_member(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, person)): Path<(IncidentId, PersonId)>,
    Idempotency(attempt): Idempotency,
    Json(body): Json<Membership>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, IncidentView::whole);
    Ok(members::put_member(&server.app, &actor, &id, (person, body.access), reply).await?.into())
}

/// Name a person no longer.
#[utoipa::path(
    delete, path = "/incidents/{incident_id}/members/{person_id}", tag = "incidents",
    params(("incident_id" = String, Path), ("person_id" = String, Path)), responses((status = 204))
)]
pub async fn delete_member(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, person)): Path<(IncidentId, PersonId)>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(members::delete_member(&server.app, &actor, &id, person, answer::nothing(attempt)).await?.into())
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    #[schema(value_type = String)]
    person_id: PersonId,
}

/// Give a person a role while the incident runs.
#[utoipa::path(
    put, path = "/incidents/{incident_id}/roles/{role}", tag = "incidents",
    params(("incident_id" = String, Path), ("role" = crate::wire::names::DutyName, Path)),
    request_body = Assignment, responses((status = 200, body = IncidentView))
)]
pub async fn assign_role(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, role)): Path<(IncidentId, Duty)>,
    Idempotency(attempt): Idempotency,
    Json(body): Json<Assignment>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, IncidentView::whole);
    Ok(members::assign_role(&server.app, &actor, &id, (role, body.person_id), reply).await?.into())
}

/// Take a role back.
#[utoipa::path(
    delete, path = "/incidents/{incident_id}/roles/{role}", tag = "incidents",
    params(("incident_id" = String, Path), ("role" = crate::wire::names::DutyName, Path)),
    responses((status = 204))
)]
pub async fn release_role(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, role)): Path<(IncidentId, Duty)>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(members::release_role(&server.app, &actor, &id, role, answer::nothing(attempt)).await?.into())
}
