//! Sockets: accepts, hands requests to the router, and ends gracefully.

mod refusal;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use self::refusal::Explained;
use crate::gate::address::Peer;
use crate::router::router;
use crate::state::Server;
use crate::telemetry;

/// A client that has not sent the head of its next request by then is cut off.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// Requests that are running when the end is asked for may take this long (RELIABILITY 18).
const GRACE: Duration = Duration::from_secs(25);
/// A request may take this long from the moment that its connection is there.
const ON_THE_WAY: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then finishes what is running.
pub async fn serve(listener: TcpListener, server: Server, shutdown: CancellationToken) {
    telemetry::install();
    let house = House {
        router: router(&server),
        http: http(),
        places: Arc::new(Semaphore::new(server.config.max_connections)),
        connections: TaskTracker::new(),
        closing: CancellationToken::new(),
    };
    while let Some(stream) = accept(&listener, &shutdown).await {
        house.take_in(stream).await;
    }
    server.begin_shutdown();
    for stream in waiting(listener, server.config.max_connections) {
        house.take_in(stream).await;
    }
    // hyper closes a connection at once on which nothing has been read yet, also when its request is on the way.
    tokio::time::sleep(ON_THE_WAY).await;
    house.closing.cancel();
    house.connections.close();
    if tokio::time::timeout(GRACE, house.connections.wait()).await.is_err() {
        tracing::warn!("requests were still running at the end");
    }
}

/// What every connection needs.
struct House {
    router: Router,
    http: http1::Builder,
    places: Arc<Semaphore>,
    connections: TaskTracker,
    /// Connections end after the request that they are at.
    closing: CancellationToken,
}

impl House {
    /// Waits for a free place, then serves the connection on a task of its own.
    async fn take_in(&self, stream: TcpStream) {
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { return };
        let Ok(peer) = stream.peer_addr() else { return };
        let _ = stream.set_nodelay(true);
        let (router, http, closing) = (self.router.clone(), self.http.clone(), self.closing.clone());
        self.connections.spawn(async move {
            let service = hyper::service::service_fn(|request: hyper::Request<Incoming>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(Peer(peer));
                router.clone().oneshot(request)
            });
            let connection = http.serve_connection(TokioIo::new(Explained::new(stream)), service);
            let mut connection = pin!(connection.with_upgrades());
            let outcome = tokio::select! {
                outcome = connection.as_mut() => outcome,
                () = closing.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = outcome {
                tracing::debug!(error = %error, "connection ended early");
            }
            drop(place);
        });
    }
}

/// Connections that the system has made for us and nobody has accepted: closing the listener would cut them off.
fn waiting(listener: TcpListener, most: usize) -> Vec<TcpStream> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let accept = || {
        let (stream, _) = listener.accept().ok()?;
        stream.set_nonblocking(true).ok()?;
        TcpStream::from_std(stream).ok()
    };
    std::iter::from_fn(accept).take(most).collect()
}

async fn accept(listener: &TcpListener, shutdown: &CancellationToken) -> Option<TcpStream> {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => return None,
        };
        match accepted {
            Ok((stream, _)) => return Some(stream),
            // Out of file descriptors, most likely: others will close, and a busy loop would not help them.
            Err(error) => {
                tracing::warn!(error = %error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD_BYTES);
    http
}
