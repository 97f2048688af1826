//! The handlers, by noun. Each extracts, calls one use case, and wraps its answer.

pub mod health;

pub mod accounts;
pub mod audit;
pub mod people;
pub mod sessions;
pub mod tokens;
