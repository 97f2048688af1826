//! The outside world: what comes in from files and foreign systems, and what goes out to them.
//!
//! Start with [`capture`], the evidence of one incident as files.

pub mod capture;
