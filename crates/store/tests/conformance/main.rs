//! One suite, two engines: every function of the store does the same on SQLite and on PostgreSQL.
//!
//! PostgreSQL is the one that `FUPAN_TEST_POSTGRES` names (`cargo xtask test` starts one); without it these tests say
//! that they were skipped.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod engines;
mod samples;

mod accounts;
mod captures;
mod content;
mod events;
mod incidents;
mod ledger;
mod queue;
mod schema;
mod writing;
