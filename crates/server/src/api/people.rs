//! Who has an account, and who is invited.

use app::accounts::{invitations, people};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::id::{InvitationId, PersonId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sessions::{Visiting, welcome};
use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Host, Idempotency, Json, Path, Query};
use crate::page::{Page, Slice};
use crate::state::Server;
use crate::wire::account::{InvitationView, PersonView, RoleName, SessionView};
use crate::wire::patch::given;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonPatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    role: Option<RoleName>,
    /// `true` ends all sessions, and makes all tokens worth nothing until it is `false` again.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    suspended: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationDraft {
    #[schema(format = "email")]
    email: String,
    name: Option<String>,
    role: RoleName,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    token: String,
    name: String,
    #[schema(min_length = 12)]
    password: String,
}

/// Everyone with an account.
#[utoipa::path(get, path = "/people", tag = "people", params(Slice), responses((status = 200, body = Page<PersonView>)))]
pub async fn list_people(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(slice): Query<Slice>,
) -> Result<Json<Page<PersonView>>, Problem> {
    let (limit, after) = (slice.limit()?, slice.after::<PersonId>()?);
    let found = people::list_people(&server.app, &actor, after.as_ref(), limit + 1).await?;
    Ok(Json(Page::cut(found, limit, |last| last.id.to_string(), |person| PersonView::from(&person))))
}

/// Change someone's name or role, suspend them, let them back.
#[utoipa::path(
    patch, path = "/people/{person_id}", tag = "people", params(("person_id" = String, Path)),
    request_body = PersonPatch, responses((status = 200, body = PersonView))
)]
pub async fn update_person(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<PersonId>,
    Idempotency(attempt): Idempotency,
    Json(body): Json<PersonPatch>,
) -> Result<Sent, Problem> {
    let PersonPatch { name, role, suspended } = body;
    let patch = people::Patch { name, role: role.map(Into::into), suspended };
    let reply = answer::json(attempt, StatusCode::OK, |person| PersonView::from(person));
    Ok(people::update_person(&server.app, &actor, id, patch, reply).await?.into())
}

/// Invitations that nobody has accepted yet.
#[utoipa::path(get, path = "/invitations", tag = "people", params(Slice), responses((status = 200, body = Page<InvitationView>)))]
pub async fn list_invitations(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(slice): Query<Slice>,
) -> Result<Json<Page<InvitationView>>, Problem> {
    let (limit, after) = (slice.limit()?, slice.after::<InvitationId>()?);
    let found = invitations::list_invitations(&server.app, &actor, after.as_ref(), limit + 1).await?;
    let item = |invitation| InvitationView::from(&invitation);
    Ok(Json(Page::cut(found, limit, |last| last.id.to_string(), item)))
}

/// Invite someone. The link is in the first answer only.
#[utoipa::path(post, path = "/invitations", tag = "people", request_body = InvitationDraft, responses((status = 201, body = InvitationView)))]
pub async fn create_invitation(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
    Host(host): Host,
    Json(body): Json<InvitationDraft>,
) -> Result<Response, Problem> {
    let InvitationDraft { email, name, role } = body;
    let draft = invitations::Draft { email, name, role: role.into() };
    let reply = answer::json(attempt, StatusCode::CREATED, |invitation| InvitationView::from(invitation));
    let (outcome, secret) = invitations::create_invitation(&server.app, &actor, draft, reply).await?;
    let app::Outcome::Done { value, .. } = outcome else {
        return Ok(Sent::from(outcome).into_response());
    };
    let link = Some(server.link(&host, "/invitation", &secret));
    let shown = InvitationView { link, ..InvitationView::from(&value) };
    Ok((StatusCode::CREATED, Json(shown)).into_response())
}

/// Withdraw an invitation.
#[utoipa::path(
    delete, path = "/invitations/{invitation_id}", tag = "people", params(("invitation_id" = String, Path)),
    responses((status = 204))
)]
pub async fn delete_invitation(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<InvitationId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(invitations::delete_invitation(&server.app, &actor, id, answer::nothing(attempt)).await?.into())
}

/// Accept an invitation: become a person and sign in.
#[utoipa::path(post, path = "/invitations/accept", tag = "people", request_body = Acceptance, responses((status = 200, body = SessionView)))]
pub async fn accept_invitation(
    State(server): State<Server>,
    visitor: Visiting,
    Json(body): Json<Acceptance>,
) -> Result<Response, Problem> {
    let Acceptance { token, name, password } = body;
    let acceptance = invitations::Acceptance { token, name, password };
    let begun = invitations::accept_invitation(&server.app, &visitor.0, acceptance).await?;
    Ok(welcome(&server, begun))
}
