//! The handlers, by noun. Each extracts, calls one use case, and wraps its answer.

pub mod health;
