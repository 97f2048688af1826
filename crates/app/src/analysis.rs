//! What the evidence says, from a capture to its findings. [`pipeline`] is the one place where capture, timeline and
//! analysis are put together; the command line and the jobs of a server use the same.

pub mod curves;
pub mod evaluation;
pub mod findings;
pub(crate) mod job;
pub mod pipeline;
mod spark;
mod suspect;

pub use analysis::score_rows;
pub use analysis::series::{Series, series};
pub use connectors::capture::{Bundle, Error as CaptureError, read as read_capture, truth};
pub use pipeline::{Analysis, Step, analyze_capture};
pub use timeline::templates::Miner;
pub use timeline::topology::in_call_order;
