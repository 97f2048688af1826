//! Changes as they happen, over one stream of server-sent events a tab.

use std::convert::Infallible;
use std::time::Duration;

use app::live::{self, Change, Heard, Listener};
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::stream::{once, unfold};
use futures::{Stream, StreamExt as _};
use http::request::Parts;
use http::{StatusCode, header};
use serde::Serialize;
use tokio::time::{Interval, MissedTickBehavior, interval};
use utoipa::ToSchema;

use crate::error::Problem;
use crate::extract::Authorized;
use crate::gate::authentication::authenticate;
use crate::state::Server;
use crate::wire::By;
use crate::wire::names::{ChangeKindName, NounName};

const PING: Duration = Duration::from_secs(15);
/// A session or token that was revoked is noticed within this time.
const RIGHTS: Duration = Duration::from_secs(1);

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeView {
    seq: i64,
    #[schema(value_type = NounName)]
    noun: &'static str,
    id: String,
    incident_id: Option<String>,
    #[schema(value_type = ChangeKindName)]
    change: &'static str,
    version: i64,
    by: By,
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        Self {
            seq: change.seq,
            noun: change.noun.as_str(),
            id: change.id.clone(),
            incident_id: change.incident.as_ref().map(ToString::to_string),
            change: change.what.as_str(),
            version: change.version,
            by: By { id: change.by_id.clone(), name: change.by_name.clone() },
        }
    }
}

struct Watch {
    server: Server,
    /// Shown again and again: who they were then need not be who they are now.
    credentials: Parts,
    listener: Listener,
    rights: Interval,
}

/// Changes that the caller may see: `event: change`, or `event: reset` when too much was missed.
///
/// Send `Last-Event-ID` to hear what was missed.
#[utoipa::path(get, path = "/live", tag = "live", responses((status = 200, content_type = "text/event-stream", body = ChangeView)))]
pub async fn watch_changes(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    credentials: Parts,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    if !accepts_a_stream(&credentials) {
        let detail = "this is an endless stream: send Accept: text/event-stream";
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail));
    }
    let last_seen = credentials.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let listener = live::listen(&server.app, &actor, last_seen).await?;
    let mut rights = interval(RIGHTS);
    rights.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let watch = Watch { server, credentials, listener, rights };
    let changes = unfold(watch, |mut watch| async move {
        let event = watch.next().await?;
        Some((Ok(event), watch))
    });
    // Proxies and browsers hold the head back until something follows it.
    let begun = once(async { Ok(Event::default().comment("listening")) });
    Ok(Sse::new(begun.chain(changes)).keep_alive(KeepAlive::new().interval(PING).text("ping")))
}

/// Browsers and `curl` say that they take it. A client that does not name it would wait for the end of the answer.
fn accepts_a_stream(request: &Parts) -> bool {
    let accepted =
        request.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ["text/event-stream", "text/*", "*/*"].iter().any(|media| accepted.contains(media))
}

impl Watch {
    /// `None` ends the stream: the caller has lost their rights, or the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                heard = self.listener.next() => return heard.map(|heard| to_event(&heard)),
                _ = self.rights.tick() => {
                    if !self.server.is_accepting() {
                        return None;
                    }
                    let actor = authenticate(&self.server, &self.credentials).await.ok()?;
                    self.listener.listen_as(actor);
                }
            }
        }
    }
}

fn to_event(heard: &Heard) -> Event {
    match heard {
        Heard::Change(change) => {
            let data = serde_json::to_string(&ChangeView::from(change.as_ref())).unwrap_or_default();
            Event::default().event("change").id(change.seq.to_string()).data(data)
        }
        Heard::Reset { seq } => {
            Event::default().event("reset").id(seq.to_string()).data(format!("{{\"seq\":{seq}}}"))
        }
    }
}
