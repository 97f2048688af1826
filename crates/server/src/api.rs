//! The handlers, by noun. Each extracts, calls one use case, and wraps its answer.

pub mod health;

pub mod audit;
pub mod people;
pub mod sessions;
pub mod tokens;

pub mod incidents;

pub mod events;
pub mod timeline;

pub mod analysis;
pub mod captures;

pub mod live;
pub mod search;
