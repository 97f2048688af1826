//! `fupan evaluate`: how good are the findings, on captures whose cause is known.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, bail};
use app::analysis::evaluation::{Accuracy, Case, Set, calibration_error, evaluate_set, find_sets};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::output::print;

/// Analyses labelled captures and shows how often the true service comes first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Captures with a truth.json, or folders that hold such captures at any depth
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// One JSON object: sets and cases
    #[arg(long)]
    json: bool,
    /// Captures analysed at a time
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut found = Vec::new();
    for dir in &args.dirs {
        found.extend(
            find_sets(dir).with_context(|| format!("cannot look for captures in {}", dir.display()))?,
        );
    }
    let total: usize = found.iter().map(|(_, paths)| paths.len()).sum();
    if total == 0 {
        bail!("no capture (a folder with incident.json, or a zip) in {}", shown(&args.dirs));
    }
    let bar = progress(total);
    let mut sets = Vec::new();
    for (name, paths) in &found {
        bar.set_message(name.clone());
        let set = evaluate_set(name, paths, usize::from(args.workers), &|| bar.inc(1))?;
        if !set.cases.is_empty() {
            sets.push(set);
        }
    }
    bar.finish_and_clear();
    if sets.is_empty() {
        bail!("no truth.json beside any of the captures in {}: {total} found", shown(&args.dirs));
    }
    let text = if args.json { format!("{:#}\n", as_json(&sets)) } else { as_table(&sets) };
    print(|out| Ok(out.write_all(text.as_bytes())?))
}

fn shown(dirs: &[PathBuf]) -> String {
    dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn progress(total: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style)
}

fn as_table(sets: &[Set]) -> String {
    let mut text = format!(
        "{:<24}{:>6}  {:<9}{:>6}{:>6}{:>6}{:>7}{:>6}  {:>8}{:>8}{:>9}\n",
        "set", "cases", "", "AC@1", "AC@3", "AC@5", "Avg@5", "ECE", "median s", "max s", "peak MB"
    );
    for set in sets {
        let row = |name: &str, cases: &str, of: &str, accuracy: Accuracy| {
            let Accuracy { ac1, ac3, ac5, avg5 } = accuracy;
            format!("{name:<24}{cases:>6}  {of:<9}{ac1:>6.3}{ac3:>6.3}{ac5:>6.3}{avg5:>7.3}")
        };
        let peak = set.peak_mb.map_or_else(|| "-".to_owned(), |peak| format!("{peak:.0}"));
        let (median, max) = (set.seconds_median(), set.seconds_max());
        text += &row(&set.name, &set.cases.len().to_string(), "fupan", set.ours());
        let error = calibration_error(set.cases.iter());
        text += &format!("{error:>6.3}  {median:>8.2}{max:>8.2}{peak:>9}\n");
        text += &format!("{}\n{}\n", row("", "", "N-sigma", set.easy()), row("", "", "random", set.random()));
    }
    text
}

fn as_json(sets: &[Set]) -> Value {
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    let accuracy = |accuracy: Accuracy| {
        let Accuracy { ac1, ac3, ac5, avg5 } = accuracy;
        json!({"ac1": rounded(ac1), "ac3": rounded(ac3), "ac5": rounded(ac5), "avg5": rounded(avg5)})
    };
    let set = |set: &Set| {
        let ours = set.ours();
        json!({
            "name": set.name, "cases": set.cases.len(),
            "ac1": rounded(ours.ac1), "ac3": rounded(ours.ac3), "ac5": rounded(ours.ac5), "avg5": rounded(ours.avg5),
            "calibration_error": rounded(calibration_error(set.cases.iter())),
            "seconds_median": rounded(set.seconds_median()), "seconds_max": rounded(set.seconds_max()),
            "peak_mb": set.peak_mb.map(rounded),
            "n_sigma": accuracy(set.easy()), "random": accuracy(set.random()),
        })
    };
    let case = |case: &Case| json!({"path": case.path, "truth": case.truth, "ranked": case.ranked, "scores": case.scores, "seconds": rounded(case.seconds)});
    json!({
        "sets": sets.iter().map(set).collect::<Vec<_>>(),
        "calibration_error": rounded(calibration_error(sets.iter().flat_map(|set| &set.cases))),
        "cases": sets.iter().flat_map(|set| &set.cases).map(case).collect::<Vec<_>>(),
    })
}
