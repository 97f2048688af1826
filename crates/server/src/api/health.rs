//! How the server is, for balancers, for Prometheus, and for programs that want to know the API.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Problem;
use crate::extract::Json;
use crate::openapi;
use crate::state::Server;
use crate::telemetry;

#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok` when the process answers.
    status: &'static str,
}

/// Is the process alive?
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = Health)))]
pub async fn check_health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Should a balancer send requests here?
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = Health)))]
pub async fn check_readiness(State(server): State<Server>) -> Result<Json<Health>, Problem> {
    let not_ready = |why| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", why).with_retry_after(5);
    if !server.is_accepting() {
        return Err(not_ready("this server is about to stop"));
    }
    server.app.check_ready().await.map_err(|_| not_ready("the database cannot be used"))?;
    Ok(Json(Health { status: "ready" }))
}

/// Measurements in the Prometheus text format.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn show_metrics() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], telemetry::render())
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "health", responses((status = 200, content_type = "application/json")))]
pub async fn show_openapi() -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, openapi::document().text.clone()).into_response()
}
