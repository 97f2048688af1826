//! Figures of the release binary, as docs/benchmarks.md shows them: every figure beside its goal, and speed beside a
//! baseline of the same machine in the same run, because absolute figures of a shared machine say little.

mod analyze;
mod instance;
mod load;
mod rows;
mod start;
mod store;
mod timeline;

use anyhow::Result;
use clap::ValueEnum;

use crate::{build, shell, tools};
use rows::Row;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// `fupan analyze` on each example: wall time and memory.
    Analyze,
    /// Size of the binary, start to ready, memory of an idle server.
    Start,
    /// Requests a second and latency, reads and durable writes.
    Load,
    /// Events in bulk, and a page out of a million, on both engines.
    Store,
    /// A window of a timeline of 100,000 events over HTTP.
    Timeline,
    /// The timeline in a headless browser, beside vis-timeline.
    Browser,
}

pub fn run(parts: &[Part]) -> Result<()> {
    let binary = build::release()?;
    let wants = |part| parts.is_empty() || parts.contains(&part);
    let mut rows: Vec<Row> = Vec::new();
    if wants(Part::Analyze) {
        rows.extend(analyze::measure(&binary)?);
    }
    if wants(Part::Start) {
        rows.extend(start::measure(&binary)?);
    }
    if wants(Part::Load) {
        tools::WRK.get()?;
        rows.extend(load::measure(&binary)?);
    }
    if wants(Part::Store) {
        rows.extend(store::measure()?);
    }
    if wants(Part::Timeline) {
        rows.extend(timeline::measure(&binary)?);
    }
    rows::print(&rows);
    if wants(Part::Browser) {
        tools::CHROMIUM.get()?;
        shell::run(&mut shell::npm(&["run", "--silent", "bench"]))?;
    }
    Ok(())
}
