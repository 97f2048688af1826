//! A streaming log template miner with bounded memory.

use model::telemetry::Logs;
use model::template::Templates;

/// Mines the templates of all lines.
pub fn mine(_logs: &Logs) -> Templates {
    Templates::default()
}
