//! Clues: what one kind of telemetry says for one service being where it began.
//!
//! Each file below reads one kind. A clue's weight is in the same currency everywhere: about the logarithm of how
//! many times likelier the observation is if the fault is there than if it is not, kept small where that is a guess.
//! [`crate::hypotheses`] adds them up.

pub mod changes;
pub mod messages;
pub mod metrics;
pub mod shape;
pub mod siblings;
pub mod time;

use model::finding::SignalKind;
use model::instant::Instant;
use model::text::Text;

/// Which kind of telemetry a clue rests on, and whether others can explain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// CPU, memory, disk, pools: the service's own.
    Resource,
    /// Latency and errors, which also come from callees.
    Symptom,
    /// Time that the service's own code, or the way to it, adds to traces.
    Time,
    /// What requests leave behind changed: lines and calls that vanish or appear.
    Shape,
    /// Spans that fail without a failing callee.
    Failure,
    /// What log lines and system events say.
    Message,
    /// A deploy, a config change, a command.
    Change,
    /// New or lone instances that behave unlike their siblings.
    Sibling,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Clue {
    pub channel: Channel,
    pub service: String,
    pub weight: f64,
    pub signal: Option<String>,
    pub signal_kind: Option<SignalKind>,
    /// What it would be called if this is the cause.
    pub fault: Option<String>,
    /// When it began.
    pub onset: Option<Instant>,
    pub says: Text,
}
