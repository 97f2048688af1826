//! The nouns of Fupan: what an incident, an event, a capture and a finding are, and who may do what.
//!
//! Everything here is a value. Nothing reads a clock, a file or the network: time and randomness come in as
//! arguments, so that the same input gives the same bytes. The other crates meet in these types and nowhere else.
//!
//! Start with [`incident`] and [`event`], then [`telemetry`] (the evidence in memory) and [`finding`] (what
//! analysis says about it). [`access`] holds the one rule of who may do what.

pub mod id;
pub mod instant;
pub mod text;
pub mod words;

pub mod event;
pub mod incident;

pub mod finding;
pub mod telemetry;
pub mod template;

pub mod access;
pub mod account;
pub mod person;

pub use instant::{Instant, Span};
pub use text::Text;
