//! Measures the analysis on labelled captures: how often is the true service among the first, how long does it take.
//!
//! `truth.json` is opened here and nowhere else, after the analysis has given its answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use connectors::capture::{self, Bundle, truth};

use super::pipeline::analyze_capture;

/// Hypotheses further down are not looked at.
const DEPTH: usize = 5;

/// One labelled capture and what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub path: PathBuf,
    /// Any of these is right.
    pub truth: Vec<String>,
    pub ranked: Vec<String>,
    /// How sure each of `ranked` is said to be, 0..=1.
    pub scores: Vec<f64>,
    /// What N-sigma answers.
    pub easy: Vec<String>,
    /// Services that a guess could name.
    pub service_count: usize,
    pub seconds: f64,
}

/// How many of a set's cases have the true service among the first k, as a share.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Accuracy {
    pub ac1: f64,
    pub ac3: f64,
    pub ac5: f64,
    /// Mean of AC@1 to AC@5.
    pub avg5: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    pub name: String,
    pub cases: Vec<Case>,
    /// Largest memory of the process while the set was analysed, where the system tells.
    pub peak_mb: Option<f64>,
}

impl Set {
    pub fn ours(&self) -> Accuracy {
        accuracy(self.cases.iter().map(|case| place(&case.ranked, &case.truth)))
    }

    pub fn easy(&self) -> Accuracy {
        accuracy(self.cases.iter().map(|case| place(&case.easy, &case.truth)))
    }

    /// What guessing reaches on average.
    pub fn random(&self) -> Accuracy {
        let share = |k: usize| {
            let chance = |case: &Case| (k * case.truth.len()) as f64 / case.service_count.max(1) as f64;
            self.cases.iter().map(|case| chance(case).min(1.0)).sum::<f64>() / self.cases.len().max(1) as f64
        };
        Accuracy {
            ac1: share(1),
            ac3: share(3),
            ac5: share(5),
            avg5: (1..=DEPTH).map(share).sum::<f64>() / DEPTH as f64,
        }
    }

    pub fn seconds_median(&self) -> f64 {
        let mut seconds: Vec<f64> = self.cases.iter().map(|case| case.seconds).collect();
        seconds.sort_by(f64::total_cmp);
        seconds.get(seconds.len() / 2).copied().unwrap_or(0.0)
    }

    pub fn seconds_max(&self) -> f64 {
        self.cases.iter().map(|case| case.seconds).fold(0.0, f64::max)
    }
}

/// Expected calibration error (Guo et al. 2017, ten bins of equal width) of the first hypothesis of each case: how far
/// its score is from the share of such firsts that are right.
pub fn calibration_error<'a>(cases: impl Iterator<Item = &'a Case>) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); 10];
    let mut count = 0_usize;
    for case in cases {
        let (Some(service), Some(score)) = (case.ranked.first(), case.scores.first()) else { continue };
        let Some((said, right)) = bins.get_mut(((score * 10.0) as usize).min(9)) else { continue };
        *said += score;
        *right += f64::from(u8::from(case.truth.contains(service)));
        count += 1;
    }
    bins.iter().map(|(said, right)| (said - right).abs()).sum::<f64>() / count.max(1) as f64
}

fn place(ranked: &[String], truth: &[String]) -> Option<usize> {
    ranked.iter().position(|service| truth.contains(service))
}

fn accuracy(places: impl Iterator<Item = Option<usize>>) -> Accuracy {
    let places: Vec<Option<usize>> = places.collect();
    let share = |k: usize| {
        places.iter().filter(|place| place.is_some_and(|place| place < k)).count() as f64
            / places.len().max(1) as f64
    };
    Accuracy {
        ac1: share(1),
        ac3: share(3),
        ac5: share(5),
        avg5: (1..=DEPTH).map(share).sum::<f64>() / DEPTH as f64,
    }
}

/// The labelled captures below `root`, by set: the folder that holds them names the set. Ordered.
///
/// # Errors
/// When a folder cannot be read.
pub fn find_sets(root: &Path) -> std::io::Result<Vec<(String, Vec<PathBuf>)>> {
    if is_capture(root) {
        return Ok(vec![(set_name(root.parent().unwrap_or(root)), vec![root.to_owned()])]);
    }
    let mut children: Vec<PathBuf> =
        fs::read_dir(root)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    children.sort();
    let mut sets = Vec::new();
    let captures: Vec<PathBuf> = children.iter().filter(|child| is_capture(child)).cloned().collect();
    if !captures.is_empty() {
        sets.push((set_name(root), captures));
    }
    for child in children.iter().filter(|child| child.is_dir() && !is_capture(child)) {
        sets.extend(find_sets(child)?);
    }
    Ok(sets)
}

fn is_capture(path: &Path) -> bool {
    let is_zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    (path.is_file() && is_zip) || path.join("incident.json").is_file()
}

fn set_name(folder: &Path) -> String {
    folder
        .file_name()
        .map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// `None` when the capture has no label.
type Answer = Result<Option<Case>, capture::Error>;

/// Analyses the captures of one set on `workers` threads; captures without a label are left out. The order of the
/// answer is that of `paths`, whoever finishes first. `done` is called after each capture.
///
/// # Errors
/// The first capture, in order, that cannot be read.
pub fn evaluate_set(
    name: &str,
    paths: &[PathBuf],
    workers: usize,
    done: &(dyn Fn() + Sync),
) -> Result<Set, capture::Error> {
    reset_peak();
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<(usize, Answer)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = paths.get(at) else { break };
                    let answer = evaluate_case(path);
                    answers.lock().unwrap_or_else(PoisonError::into_inner).push((at, answer));
                    done();
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(at, _)| *at);
    let mut cases = Vec::new();
    for (_, answer) in answers {
        cases.extend(answer?);
    }
    Ok(Set { name: name.to_owned(), cases, peak_mb: peak_mb() })
}

fn evaluate_case(path: &Path) -> Answer {
    let begun = Instant::now();
    let bundle = Bundle::open(path)?;
    let capture = capture::read_bundle(&bundle)?;
    let analysis = analyze_capture(&capture, |_| {});
    let seconds = begun.elapsed().as_secs_f64();
    let mut ranked: Vec<String> = Vec::new();
    let mut scores = Vec::new();
    for hypothesis in analysis.findings.hypotheses {
        if !ranked.contains(&hypothesis.service) {
            ranked.push(hypothesis.service);
            scores.push(hypothesis.score);
        }
    }
    let Some(truth) = truth::read(&bundle)? else { return Ok(None) };
    let easy = analysis::easy::n_sigma(&capture);
    let service_count = easy.len().max(ranked.len());
    let truth = truth.services;
    Ok(Some(Case { path: path.to_owned(), truth, ranked, scores, easy, service_count, seconds }))
}

/// Linux counts the peak anew after this; elsewhere the peak is not known.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn peak_mb() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(score: f64, is_right: bool) -> Case {
        Case {
            path: PathBuf::new(),
            truth: vec![if is_right { "orders" } else { "stock" }.to_owned()],
            ranked: vec!["orders".to_owned()],
            scores: vec![score],
            easy: Vec::new(),
            service_count: 2,
            seconds: 0.0,
        }
    }

    #[test]
    fn a_score_that_is_right_as_often_as_it_says_is_calibrated() {
        let honest: Vec<Case> = (0..10).map(|number| case(0.8, number < 8)).collect();
        assert!(calibration_error(honest.iter()) < 1e-9);
        let boastful: Vec<Case> = (0..10).map(|number| case(1.0, number < 5)).collect();
        assert!((calibration_error(boastful.iter()) - 0.5).abs() < 1e-9);
    }
}
