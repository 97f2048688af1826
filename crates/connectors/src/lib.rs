//! The outside world: what comes in from files and foreign systems, and what goes out to them.
//!
//! Start with [`capture`], the evidence of one incident as files; [`backup`] is a whole instance as one.

pub mod backup;
pub mod capture;
