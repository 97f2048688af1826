//! The report of an analysis. [`outline`] decides what is told and in which order; [`terminal`], [`html`] and
//! [`markdown`] only how it looks.

pub mod html;
pub mod markdown;
pub mod outline;
pub mod spark;
pub mod style;
pub mod terminal;
pub mod words;
