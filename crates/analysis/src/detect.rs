//! Detectors: what each says of one series, side by side. [`crate::anomalies`] merges what they say.

pub mod forest;
pub mod peers;
pub mod rules;
pub mod shift;
