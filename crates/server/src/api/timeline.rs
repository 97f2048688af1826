//! The timeline of an incident: by the page, or drawn when a resolution is given.

use app::timeline::{self, By, Drawing, Order, Resolution, Sketch, Wanted};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::Instant;
use model::event::Kind;
use model::id::IncidentId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer;
use crate::error::Problem;
use crate::extract::{Authorized, Path, Query};
use crate::page::{self, Page, Place};
use crate::state::Server;
use crate::wire::drawing::DrawingView;
use crate::wire::event::EventView;
use crate::wire::names::{LanesName, OrderName};

/// Which events, and how.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    #[param(value_type = Option<String>, format = "date-time")]
    from: Option<Instant>,
    #[param(value_type = Option<String>, format = "date-time")]
    to: Option<Instant>,
    /// Names separated by commas.
    kinds: Option<String>,
    /// Names separated by commas; an empty name stands for events of no service.
    services: Option<String>,
    /// Part of title, detail or service.
    q: Option<String>,
    /// Only key events.
    key: Option<bool>,
    /// In time.
    #[param(value_type = Option<OrderName>)]
    order: Option<String>,
    #[param(minimum = 1, maximum = 1000, default = 50)]
    limit: Option<u64>,
    cursor: Option<String>,
    /// Microseconds a pixel: then the answer is a drawing.
    #[param(minimum = 1)]
    resolution: Option<i64>,
    /// What makes a lane of a drawing.
    #[param(value_type = Option<LanesName>)]
    lanes: Option<String>,
}

impl TimelineQuery {
    fn filter(&self) -> Result<Wanted, Problem> {
        let mut services: Vec<String> = self
            .services
            .as_deref()
            .map(|names| names.split(',').map(str::to_owned).collect())
            .unwrap_or_default();
        services.truncate(page::MOST_NAMES);
        Ok(Wanted {
            from: self.from,
            to: self.to,
            kinds: page::names("kinds", self.kinds.as_deref(), Kind::parse)?,
            services,
            text: self.q.clone().filter(|text| !text.trim().is_empty()),
            only_key: self.key.unwrap_or(false),
        })
    }

    fn sketch(&self, resolution: i64) -> Result<Sketch, Problem> {
        let by = match self.lanes.as_deref() {
            None | Some("service") => By::Service,
            Some("kind") => By::Kind,
            Some(_) => return Err(page::unknown_value("lanes")),
        };
        if resolution < 1 {
            return Err(Problem::bad_request("invalid_query", "resolution must be at least 1"));
        }
        Ok(Sketch { filter: self.filter()?, resolution: Resolution(resolution), by })
    }

    fn page(&self) -> Result<timeline::Query, Problem> {
        let direction = match self.order.as_deref() {
            None | Some("asc") => Order::Forward,
            Some("desc") => Order::Backward,
            Some(_) => return Err(page::unknown_value("order")),
        };
        Ok(timeline::Query {
            filter: self.filter()?,
            direction,
            after: page::after::<Place>(self.cursor.as_deref())?.map(|place| (place.at, place.seq)),
            limit: page::limit(self.limit)?,
        })
    }
}

/// A page of the timeline, or with `resolution` a drawing of it.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/timeline", tag = "events",
    params(("incident_id" = String, Path), TimelineQuery),
    responses((status = 200, description = "A page of events; a drawing when `resolution` is given", body = TimelineAnswer))
)]
pub async fn show_timeline(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Response, Problem> {
    let app = &server.app;
    let body = match query.resolution {
        Some(resolution) => {
            let render = |drawing: &Drawing| answer::bytes(&DrawingView::from(drawing));
            timeline::draw_timeline(app, &actor, &id, query.sketch(resolution)?, render).await?
        }
        None => timeline::list_events(app, &actor, &id, query.page()?, render_page).await?,
    };
    Ok(answer::ready(body).into_response())
}

/// The timeline by the page.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/events", tag = "events",
    params(("incident_id" = String, Path), TimelineQuery), responses((status = 200, body = Page<EventView>))
)]
pub async fn list_events(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Response, Problem> {
    let body = timeline::list_events(&server.app, &actor, &id, query.page()?, render_page).await?;
    Ok(answer::ready(body).into_response())
}

fn render_page(page: &timeline::Page) -> bytes::Bytes {
    let items = EventView::all(&page.shown);
    let next_cursor = page.next.map(|(at, seq)| Place { at, seq }.to_string());
    answer::bytes(&Page { items, next_cursor })
}

/// For the document: what the answer looks like.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
pub enum TimelineAnswer {
    Page(Page<EventView>),
    Drawing(Box<DrawingView>),
}
