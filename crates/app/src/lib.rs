//! Use cases: the only place where the nouns, the store, the evidence and the analysis meet. Each use case asks for
//! permission once, runs in one transaction, and leaves an audit entry.
//!
//! It speaks no HTTP and writes no SQL. Start with [`actor`] (who asks) and [`error`] (what can go wrong).

pub mod accounts;
pub mod actor;
pub mod analysis;
pub mod app;
pub mod error;
pub mod idempotency;

pub use actor::Actor;
pub use app::App;
pub use error::Error;
