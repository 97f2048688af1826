//! The only SQL, and the files of captures on object storage.
//!
//! Functions live in the file of their noun, take the database or the [`Unit`] of work first, and are named `insert
//! get find list update delete`. What leaves this crate are `model` values; rows stay inside. One code path serves
//! SQLite and PostgreSQL; where they differ, it is in [`dialect`](mod@dialect).
//!
//! All writes go through the [`Writer`]: writes that arrive together share one transaction and one fsync, each in a
//! savepoint of its own, so that one that fails takes nothing else with it. An answer is given after the commit.
//!
//! Start with [`Store::open`] and [`Writer::write`], then read [`incident`] as the pattern of a noun.

pub mod content;
mod dialect;
pub mod engine;
pub mod error;
pub mod migration;
pub mod objects;
mod text;
mod unit;
mod writer;

pub mod incident;
pub mod member;

pub mod event;
pub mod event_history;
pub mod link;

pub mod capture;
pub mod finding;
pub mod loose_object;
pub mod series;

pub mod invitation;
pub mod one_time_link;
pub mod person;
pub mod session;
pub mod token;

pub mod audit;
pub mod change;
mod head;
pub mod idempotency;
pub mod job;

pub use engine::{Config, Store};
pub use error::Error;
pub use sea_orm::ConnectionTrait as Db;
pub use sea_orm::DatabaseTransaction as Snapshot;
pub use unit::Unit;
pub use writer::Writer;

pub type Result<T> = std::result::Result<T, Error>;
