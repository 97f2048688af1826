//! The contents page: every route of the product. What a route asks of its caller stands in
//! [`operations`](crate::operations).

use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::*;
use crate::error::Problem;
use crate::gate;
use crate::openapi;
use crate::state::Server;
use crate::ui;

/// Routes and document, without what every request passes.
pub fn contents() -> OpenApiRouter<Server> {
    OpenApiRouter::with_openapi(openapi::head())
        .routes(routes!(health::check_health))
        .routes(routes!(health::check_readiness))
        .routes(routes!(health::show_metrics))
        .routes(routes!(health::show_openapi))
        .nest("/api/v1", resources())
}

fn resources() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(sessions::show_session, sessions::sign_in, sessions::sign_out))
        .routes(routes!(sessions::sign_in_by_link))
        .routes(routes!(sessions::list_sessions, sessions::end_other_sessions))
        .routes(routes!(sessions::end_session))
        .routes(routes!(sessions::change_password))
        .routes(routes!(sessions::update_preferences))
        .routes(routes!(sessions::show_setup, sessions::set_up))
        .routes(routes!(people::list_people))
        .routes(routes!(people::update_person))
        .routes(routes!(people::list_invitations, people::create_invitation))
        .routes(routes!(people::delete_invitation))
        .routes(routes!(people::accept_invitation))
        .routes(routes!(tokens::list_tokens, tokens::create_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(audit::list_audit))
        .routes(routes!(incidents::list_incidents, incidents::create_incident))
        .routes(routes!(incidents::get_incident, incidents::update_incident, incidents::delete_incident))
        .routes(routes!(incidents::put_member, incidents::delete_member))
        .routes(routes!(incidents::assign_role, incidents::release_role))
        .routes(routes!(timeline::show_timeline))
        .routes(routes!(timeline::list_events, events::add_event))
        .routes(routes!(events::add_events))
        .routes(routes!(events::get_incident_event))
        .routes(routes!(events::get_event, events::update_event, events::delete_event))
        .routes(routes!(events::restore_event))
        .routes(routes!(events::list_event_history))
        .routes(routes!(events::decide_correlation))
        .routes(routes!(analysis::get_analysis, analysis::rerun_analysis))
        .routes(routes!(analysis::judge_finding))
        .routes(routes!(analysis::list_series))
        .routes(routes!(captures::import_capture))
        .routes(routes!(captures::get_capture))
        .routes(routes!(captures::get_capture_file))
        .routes(routes!(captures::list_capture_rows))
        .routes(routes!(captures::export_bundle))
        .routes(routes!(live::watch_changes))
        .routes(routes!(search::search))
}

/// The whole service.
pub fn router(server: &Server) -> axum::Router {
    let (routes, _) = contents().split_for_parts();
    routes
        .fallback(elsewhere)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(server.clone(), gate::admit))
        .layer(from_fn_with_state(server.clone(), gate::headers::harden))
        .layer(from_fn(gate::trace::observe))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(unless_a_zip()))
        .with_state(server.clone())
}

/// What is packed already only takes time to pack again.
fn unless_a_zip() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))
}

/// Below `/api` nothing is there; elsewhere the UI has its own routes.
async fn elsewhere(request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::absent().into_response();
    }
    ui::serve(&request)
}

async fn method_not_allowed() -> Problem {
    let detail = "this path has no such method; see Allow";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}
