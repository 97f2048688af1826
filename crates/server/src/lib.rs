//! HTTP: routes, limits, the OpenAPI document, the embedded UI. It decides nothing: a handler extracts, calls one use
//! case of `app`, and wraps the answer.
//!
//! Start with [`router`], the contents page, and [`operations`], the table that gives each operation its permission and
//! limits. A request passes [`gate`] before its handler sees it; what a handler takes is read by [`extract`];
//! [`error`] alone turns a failure into an answer.

pub mod operations;
pub mod router;

pub mod api;
pub mod wire;

pub mod answer;
pub mod error;
pub mod extract;
pub mod gate;
pub mod openapi;
pub mod page;

pub mod config;
pub mod connection;
pub mod state;
pub mod telemetry;
pub mod ui;

pub use config::Config;
pub use state::Server;
