//! `fupan analyze`: a capture in, a report out. Reads no instance and writes to none.

mod json;

use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use app::analysis::{Analysis, Step, analyze_capture, read_capture, series};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use model::telemetry::Capture;
use model::text::Language;

use crate::output::{print, write_file};
use crate::report;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder or .zip with incident.json and its tables
    capture: PathBuf,
    /// Print everything as one JSON object
    #[arg(long)]
    json: bool,
    /// Write a report that opens in any browser: one file, no network
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Language of the report; by default that of LANG
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    En,
    #[value(name = "zh-CN", alias = "zh")]
    Zh,
}

impl Lang {
    pub fn or_of_environment(lang: Option<Self>) -> Language {
        match lang {
            Some(Self::En) => Language::English,
            Some(Self::Zh) => Language::Chinese,
            None => language_of_environment(),
        }
    }
}

/// What a report needs beside the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Curves,
    NoCurves,
}

/// A capture and all that was found in it.
pub struct Subject {
    pub capture: Capture,
    pub analysis: Analysis,
    /// The series of anomalies and their neighbours, for curves.
    pub series: Vec<app::analysis::Series>,
    pub language: Language,
    pub elapsed: Duration,
}

pub fn run(args: &Args) -> Result<()> {
    let wanted = if args.json { Wanted::NoCurves } else { Wanted::Curves };
    let subject = analyse(&args.capture, Lang::or_of_environment(args.lang), wanted)?;
    if args.json {
        print(|out| {
            serde_json::to_writer_pretty(&mut *out, &json::of(&subject)).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        })?;
    }
    if let Some(path) = &args.html {
        let page = report::html::page(&subject);
        write_file(path, |out| Ok(out.write_all(page.as_bytes())?))?;
        eprintln!("{}: written", path.display());
    }
    if !args.json && args.html.is_none() {
        let text = report::terminal::text(&subject, report::style::Style::of_stdout());
        print(|out| Ok(out.write_all(text.as_bytes())?))?;
    }
    Ok(())
}

pub fn analyse(path: &Path, language: Language, wanted: Wanted) -> Result<Subject> {
    let started = Instant::now();
    let progress = Progress::start(language);
    progress.say("reading the capture", "读取采集");
    let capture = read_capture(path)?;
    let analysis = analyze_capture(&capture, |step| match step {
        Step::Templates => progress.say("mining log templates", "提取日志模板"),
        Step::Anomalies => progress.say("looking for anomalies", "检测异常"),
        Step::Timeline => progress.say("building the timeline", "构建时间线"),
        Step::Findings => progress.say("ranking causes", "推断根因"),
    });
    let series = match wanted {
        Wanted::Curves => series(&capture, &analysis.templates),
        Wanted::NoCurves => Vec::new(),
    };
    progress.done();
    Ok(Subject { capture, analysis, series, language, elapsed: started.elapsed() })
}

fn language_of_environment() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    match set.into_iter().find(|value| !value.is_empty()) {
        Some(value) if value.starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

/// A line on stderr that tells what the work is at, once it takes long enough to ask.
struct Progress {
    bar: Option<ProgressBar>,
    language: Language,
}

impl Progress {
    fn start(language: Language) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            let style = ProgressStyle::with_template("{spinner} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            bar.set_style(style);
            bar.enable_steady_tick(Duration::from_millis(300));
            bar
        });
        Self { bar, language }
    }

    fn say(&self, en: &'static str, zh: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(if self.language == Language::Chinese { zh } else { en });
        }
    }

    fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
