//! The binary as a person runs it: what it prints, how it exits, what it leaves behind.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod backup;
mod export;
mod import;
mod interrupt;
mod listener;
mod log;
mod program;
mod server;
mod verify;
