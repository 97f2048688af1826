//! Use cases: the only place where the nouns, the store, the evidence and the analysis meet. Each use case asks for
//! permission once, runs in one transaction, and leaves an audit entry.
//!
//! It speaks no HTTP and writes no SQL. Start with [`actor`] (who asks) and [`error`] (what can go wrong).

pub mod accounts;
pub mod actor;
pub mod error;
pub mod idempotency;

pub mod access;
pub mod app;
mod cache;
pub mod clock;
pub mod commit;
mod input;
mod storing;
mod tasks;

pub mod incidents;

pub mod events;
pub mod timeline;

pub mod audit;

pub mod analysis;
pub mod backup;
pub mod captures;
pub mod jobs;
pub mod live;
pub mod search;
mod sweep;
pub mod verify;
pub mod watch;

pub use actor::Actor;
pub use app::App;
pub use commit::{Answer, Outcome, Reply};
pub use error::Error;
