//! What handlers and the gate share. Cheap to clone; one for the life of the process.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::App;
use app::accounts::Secret;
use axum::extract::FromRef;

use crate::config::Config;
use crate::gate::Gate;

#[derive(Clone)]
pub struct Server(Arc<Parts>);

pub struct Parts {
    pub app: App,
    pub config: Config,
    pub gate: Gate,
    ready: AtomicBool,
}

impl Server {
    pub fn new(app: App, config: Config) -> Self {
        let gate = Gate::new(&config);
        Self(Arc::new(Parts { app, config, gate, ready: AtomicBool::new(true) }))
    }

    /// A link for a browser: under the public address, or else under the host that the request was sent to. The secret
    /// stands behind the `#`, so that it reaches no log on its way.
    pub fn link(&self, host: &str, path: &str, secret: &Secret) -> String {
        let base = self.config.public_url.clone().unwrap_or_else(|| format!("http://{host}"));
        format!("{}{path}#token={}", base.trim_end_matches('/'), secret.reveal())
    }

    /// From now on `/readyz` fails, so that balancers send nothing new.
    pub fn begin_shutdown(&self) {
        self.ready.store(false, Ordering::Release);
    }

    pub fn is_accepting(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }
}

impl Deref for Server {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<Server> for App {
    fn from_ref(server: &Server) -> App {
        server.app.clone()
    }
}
