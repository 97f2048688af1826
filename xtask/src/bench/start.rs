//! What the binary weighs and how soon it serves.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::instance::Instance;
use super::rows::Row;

/// Long enough for start-up work to end and freed memory to go back.
const SETTLE: Duration = Duration::from_secs(10);

pub fn measure(binary: &Path) -> Result<Vec<Row>> {
    let size_mb = std::fs::metadata(binary)?.len() as f64 / 1e6;
    let instance = Instance::start(binary)?;
    std::thread::sleep(SETTLE);
    let memory_mb = instance.memory_mb()?;
    Ok(vec![
        Row::new("release binary", format!("{size_mb:.1} MB"), "<= 60 MB"),
        Row::new(
            "start to ready, examples loaded",
            format!("{:.2} s", instance.ready_after.as_secs_f64()),
            "<= 0.5 s",
        ),
        Row::new("idle server, examples loaded", format!("{memory_mb:.0} MB"), "<= 60 MB"),
    ])
}
