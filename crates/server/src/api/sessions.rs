//! Signing in and out, and one's own account.

use std::collections::BTreeMap;

use app::accounts::sessions::{self, Begun, Visitor};
use app::accounts::setup;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use model::account::Preferences;
use model::id::SessionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Idempotency, Json, Path};
use crate::gate::address::ClientAddress;
use crate::gate::authentication::cookie_name;
use crate::page::Page;
use crate::state::Server;
use crate::wire::account::{OwnSession, SessionView};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[schema(format = "email")]
    email: String,
    #[schema(format = "password")]
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// What follows `#token=` in the link.
    token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present password, unless there is none yet.
    current: Option<String>,
    #[schema(min_length = 12)]
    password: String,
}

#[derive(Serialize, ToSchema)]
pub struct Setup {
    /// Whether the first administrator is still to be made.
    needed: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAdmin {
    token: String,
    name: String,
    #[schema(format = "email")]
    email: String,
    #[schema(min_length = 12)]
    password: String,
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = SessionView)))]
pub async fn show_session(
    State(server): State<Server>,
    Authorized(actor): Authorized,
) -> Result<Json<SessionView>, Problem> {
    let shown = sessions::show_session(&server.app, &actor).await?;
    Ok(Json(SessionView::new(shown, server.config.demo)))
}

/// Sign in with e-mail and password.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses((status = 200, body = SessionView)))]
pub async fn sign_in(
    State(server): State<Server>,
    visitor: Visiting,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    let begun = sessions::sign_in(&server.app, &visitor.0, &body.email, body.password).await?;
    Ok(welcome(&server, begun))
}

/// Sign in with a one-time link.
#[utoipa::path(post, path = "/session/link", tag = "session", request_body = LinkToken, responses((status = 200, body = SessionView)))]
pub async fn sign_in_by_link(
    State(server): State<Server>,
    visitor: Visiting,
    Json(body): Json<LinkToken>,
) -> Result<Response, Problem> {
    let begun = sessions::sign_in_by_link(&server.app, &visitor.0, &body.token).await?;
    Ok(welcome(&server, begun))
}

/// Sign out of this browser.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
pub async fn sign_out(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
) -> Result<Response, Problem> {
    let outcome = sessions::sign_out(&server.app, &actor, answer::nothing(attempt)).await?;
    let mut response = Sent::from(outcome).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&server, "", 0));
    Ok(response)
}

/// Browsers in which one is signed in, latest first.
#[utoipa::path(get, path = "/sessions", tag = "session", responses((status = 200, body = Page<OwnSession>)))]
pub async fn list_sessions(
    State(server): State<Server>,
    Authorized(actor): Authorized,
) -> Result<Json<Page<OwnSession>>, Problem> {
    let (listed, current) = sessions::list_sessions(&server.app, &actor).await?;
    let items = listed.into_iter().map(|session| OwnSession::new(&session, &current)).collect();
    Ok(Json(Page { items, next_cursor: None }))
}

/// Sign out of all other browsers.
#[utoipa::path(delete, path = "/sessions", tag = "session", responses((status = 204)))]
pub async fn end_other_sessions(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(sessions::end_other_sessions(&server.app, &actor, answer::nothing(attempt)).await?.into())
}

/// Sign out of one browser.
#[utoipa::path(
    delete, path = "/sessions/{session_id}", tag = "session", params(("session_id" = String, Path)),
    responses((status = 204))
)]
pub async fn end_session(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<SessionId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(sessions::end_session(&server.app, &actor, id, answer::nothing(attempt)).await?.into())
}

/// Set a new password; all other sessions end.
#[utoipa::path(put, path = "/session/password", tag = "session", request_body = PasswordChange, responses((status = 204)))]
pub async fn change_password(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    ClientAddress(address): ClientAddress,
    Idempotency(attempt): Idempotency,
    Json(body): Json<PasswordChange>,
) -> Result<Sent, Problem> {
    let passwords = (body.current, body.password);
    let reply = answer::nothing(attempt);
    Ok(sessions::change_password(&server.app, &actor, address, passwords, reply).await?.into())
}

/// Set some preferences; `null` removes one. Answers all of them.
#[utoipa::path(
    patch, path = "/session/preferences", tag = "session",
    request_body = BTreeMap<String, Option<String>>,
    responses((status = 200, body = BTreeMap<String, String>))
)]
pub async fn update_preferences(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
    Json(body): Json<BTreeMap<String, Option<String>>>,
) -> Result<Sent, Problem> {
    let reply = answer::json(attempt, StatusCode::OK, Preferences::clone);
    let changes = body.into_iter().collect();
    Ok(sessions::update_preferences(&server.app, &actor, changes, reply).await?.into())
}

/// Is the first administrator still to be made?
#[utoipa::path(get, path = "/setup", tag = "session", responses((status = 200, body = Setup)))]
pub async fn show_setup(State(server): State<Server>) -> Result<Json<Setup>, Problem> {
    Ok(Json(Setup { needed: setup::is_needed(&server.app).await? }))
}

/// Become the first administrator, with the link that the server printed when it started.
#[utoipa::path(post, path = "/setup", tag = "session", request_body = FirstAdmin, responses((status = 200, body = SessionView)))]
pub async fn set_up(
    State(server): State<Server>,
    visitor: Visiting,
    Json(body): Json<FirstAdmin>,
) -> Result<Response, Problem> {
    let FirstAdmin { token, name, email, password } = body;
    let first = setup::First { token, name, email, password };
    Ok(welcome(&server, setup::set_up(&server.app, &visitor.0, first).await?))
}

/// Who knocks, before they are known.
pub struct Visiting(pub Visitor);

impl axum::extract::FromRequestParts<Server> for Visiting {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut http::request::Parts,
        server: &Server,
    ) -> Result<Self, Self::Rejection> {
        let ClientAddress(address) = ClientAddress::from_request_parts(parts, server).await?;
        let request_id = parts.extensions.get::<crate::gate::trace::RequestId>();
        let request_id = request_id.map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self(Visitor { address, user_agent: user_agent(&parts.headers), request_id }))
    }
}

/// What browsers say of themselves is shorter; what is longer is not worth keeping.
const LONGEST_USER_AGENT: usize = 256;

fn user_agent(headers: &http::HeaderMap) -> Option<String> {
    let named = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(named.chars().take(LONGEST_USER_AGENT).collect())
}

/// The answer to whoever has just signed in: who they are, and the cookie.
pub fn welcome(server: &Server, begun: Begun) -> Response {
    let seconds = begun.expires_at.since(server.app.now()) / 1_000_000;
    let cookie = cookie(server, begun.secret.reveal(), seconds);
    let mut response = Json(SessionView::new(begun.shown, server.config.demo)).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

fn cookie(server: &Server, value: &str, seconds: i64) -> HeaderValue {
    let is_https = server.config.is_https();
    let (name, secure) = (cookie_name(is_https), if is_https { "; Secure" } else { "" });
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    let mut value = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}
