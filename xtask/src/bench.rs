//! Figures of the release binary, as docs/benchmarks.md shows them.

use anyhow::Result;
use clap::ValueEnum;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Analyze,
}

pub fn run(_parts: &[Part]) -> Result<()> {
    Ok(())
}
