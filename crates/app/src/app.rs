//! What every use case needs at hand: the store, the clock, the queues.

use std::sync::Arc;

/// Cheap to clone; one for the life of the process.
#[derive(Debug, Clone, Default)]
pub struct App {
    parts: Arc<Parts>,
}

#[derive(Debug, Default)]
struct Parts {}
