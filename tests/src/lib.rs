//! The harness of tests over HTTP: a whole instance in this process, on a port of its own, in a folder of its own.
//!
//! ```ignore
//! let app = TestApp::start().await;
//! let alice = app.editor("Alice").await;
//! alice.post("/api/v1/incidents", json!({ "title": "checkout is down" })).await.expect(201);
//! ```

pub mod capture;
mod client;
mod clock;
pub mod estate;
mod instance;
mod listener;

pub use client::{Answer, Client};
pub use instance::{TestApp, answer};
pub use listener::Listener;
