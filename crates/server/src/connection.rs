//! Sockets: accepts, hands requests to the router, and ends gracefully.

mod refusal;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
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

/// Serves until `shutdown`, then finishes what is running.
pub async fn serve(listener: TcpListener, server: Server, shutdown: CancellationToken) {
    telemetry::install();
    let router = router(&server);
    let http = http();
    let places = Arc::new(Semaphore::new(server.config.max_connections));
    let connections = GracefulShutdown::new();
    while let Some(stream) = accept(&listener, &shutdown).await {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let Ok(peer) = stream.peer_addr() else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let watcher = connections.watcher();
        let (router, http) = (router.clone(), http.clone());
        tokio::spawn(async move {
            let service = hyper::service::service_fn(|request: hyper::Request<Incoming>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(Peer(peer));
                router.clone().oneshot(request)
            });
            let connection =
                http.serve_connection_with_upgrades(TokioIo::new(Explained::new(stream)), service);
            let outcome = watcher.watch(connection).await;
            if let Err(error) = outcome {
                tracing::debug!(error = %error, "connection ended early");
            }
            drop(place);
        });
    }
    server.begin_shutdown();
    drop(listener);
    if tokio::time::timeout(GRACE, connections.shutdown()).await.is_err() {
        tracing::warn!("requests were still running at the end");
    }
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

fn http() -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD_BYTES);
    http
}
