//! The palette.

use app::search::{self, Hit};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::Problem;
use crate::extract::{Authorized, Json, Query};
use crate::state::Server;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Some letters of a title, or the number of an incident.
    #[param(min_length = 1, max_length = 200)]
    q: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Hits {
    items: Vec<HitView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hit)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum HitView {
    Incident { id: String, number: i64, title: String },
    Event { id: String, incident_id: String, title: String, service: Option<String> },
}

/// Incidents and events by a few letters, as far as the caller may see them.
#[utoipa::path(get, path = "/search", tag = "search", params(SearchQuery), responses((status = 200, body = Hits)))]
pub async fn search(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Hits>, Problem> {
    let hits = search::search(&server.app, &actor, &query.q).await?;
    Ok(Json(Hits { items: hits.into_iter().map(HitView::from).collect() }))
}

impl From<Hit> for HitView {
    fn from(hit: Hit) -> Self {
        match hit {
            Hit::Incident { id, number, title } => Self::Incident { id: id.to_string(), number, title },
            Hit::Event { id, incident, title, service } => {
                Self::Event { id: id.to_string(), incident_id: incident.to_string(), title, service }
            }
        }
    }
}
