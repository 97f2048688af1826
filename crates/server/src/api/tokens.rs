//! API tokens.

use app::accounts::tokens;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::Instant;
use model::id::{IncidentId, TokenId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{Authorized, Idempotency, Json, Path, Query};
use crate::page::{Page, Slice};
use crate::state::Server;
use crate::wire::account::{RoleName, TokenView};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenDraft {
    name: String,
    role: RoleName,
    /// Restricts the token to these incidents.
    #[schema(value_type = Option<Vec<String>>)]
    incident_ids: Option<Vec<IncidentId>>,
    #[schema(value_type = Option<String>, format = "date-time")]
    expires_at: Option<Instant>,
    #[serde(default)]
    may_create_tokens: bool,
}

/// One's own tokens; everyone's for administrators.
#[utoipa::path(get, path = "/tokens", tag = "tokens", params(Slice), responses((status = 200, body = Page<TokenView>)))]
pub async fn list_tokens(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(slice): Query<Slice>,
) -> Result<Json<Page<TokenView>>, Problem> {
    let (limit, after) = (slice.limit()?, slice.after::<TokenId>()?);
    let found = tokens::list_tokens(&server.app, &actor, after.as_ref(), limit + 1).await?;
    let item = |shown| TokenView::from(&shown);
    Ok(Json(Page::cut(found, limit, |last| last.token.id.to_string(), item)))
}

/// Make a token. Its text is in the first answer only.
#[utoipa::path(post, path = "/tokens", tag = "tokens", request_body = TokenDraft, responses((status = 201, body = TokenView)))]
pub async fn create_token(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Idempotency(attempt): Idempotency,
    Json(body): Json<TokenDraft>,
) -> Result<Response, Problem> {
    let reply = answer::json(attempt, StatusCode::CREATED, |shown| TokenView::from(shown));
    let (outcome, secret) = tokens::create_token(&server.app, &actor, body.into(), reply).await?;
    let app::Outcome::Done { value, .. } = outcome else {
        return Ok(Sent::from(outcome).into_response());
    };
    let shown = TokenView { token: Some(secret.reveal().to_owned()), ..TokenView::from(&value) };
    Ok((StatusCode::CREATED, Json(shown)).into_response())
}

/// Make a token worth nothing from the next request on.
#[utoipa::path(
    delete, path = "/tokens/{token_id}", tag = "tokens", params(("token_id" = String, Path)),
    responses((status = 204))
)]
pub async fn revoke_token(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<TokenId>,
    Idempotency(attempt): Idempotency,
) -> Result<Sent, Problem> {
    Ok(tokens::revoke_token(&server.app, &actor, id, answer::nothing(attempt)).await?.into())
}

impl From<TokenDraft> for tokens::Draft {
    fn from(draft: TokenDraft) -> Self {
        let TokenDraft { name, role, incident_ids, expires_at, may_create_tokens } = draft;
        Self { name, role: role.into(), incidents: incident_ids, expires_at, may_create_tokens }
    }
}
