//! `fupan analyze` as a whole process on each example.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::instance::status_mb;
use super::rows::{Row, median};
use crate::shell::{self, Running};

const RUNS: usize = 5;

pub fn measure(binary: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for example in examples()? {
        let mut seconds = Vec::new();
        let mut peak_mb = 0.0_f64;
        for _ in 0..RUNS {
            let (wall, peak) = once(binary, &example)?;
            seconds.push(wall.as_secs_f64());
            peak_mb = peak_mb.max(peak);
        }
        let name = example.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let figure = format!("{:.2} s, {peak_mb:.0} MB", median(seconds));
        rows.push(Row::new(format!("`fupan analyze` {name}, median of {RUNS}"), figure, "<= 1 s, <= 150 MB"));
    }
    Ok(rows)
}

fn examples() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(shell::root().join("examples/incidents"))? {
        let folder = entry?.path();
        if folder.join("incident.json").is_file() {
            found.push(folder);
        }
    }
    found.sort();
    Ok(found)
}

/// Wall time, and the largest resident memory seen (read every 2 ms until the process ends).
fn once(binary: &Path, example: &Path) -> Result<(Duration, f64)> {
    let mut analyze = shell::command(binary, &["analyze", "--json"]);
    analyze.arg(example).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let mut process = Running::start(&mut analyze)?;
    let mut peak_mb = 0.0_f64;
    loop {
        peak_mb = peak_mb.max(status_mb(process.id(), "VmHWM:").unwrap_or(0.0));
        if let Some(status) = process.child().try_wait()? {
            if !status.success() {
                bail!("analyze {} ended with {status}", example.display());
            }
            return Ok((started.elapsed(), peak_mb));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
