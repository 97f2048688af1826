//! `fupan templates`: the templates of a log file, streamed in bounded memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use app::analysis::Miner;
use serde_json::{Value, json};

use crate::output::{print, write_file};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Text file with one message a line, or JSONL
    file: PathBuf,
    /// Print JSON lines with id, count and template
    #[arg(long)]
    json: bool,
    /// Write the template id of each line to this file
    #[arg(long, value_name = "FILE")]
    assign: Option<PathBuf>,
}

/// Fields that hold the message of a JSON log line, in the order they are looked for.
const MESSAGES: [&str; 6] = ["message", "msg", "body", "log", "event", "text"];

pub fn run(args: &Args) -> Result<()> {
    let (miner, lines) = mine(&args.file)?;
    let mined = miner.finish();
    let mut counts = vec![0_u64; mined.texts.len()];
    for &line in &lines {
        if let Some(count) = counts.get_mut(mined.template_of(line) as usize) {
            *count += 1;
        }
    }
    if let Some(assign) = &args.assign {
        write_file(assign, |out| {
            for &line in &lines {
                writeln!(out, "{}", mined.template_of(line))?;
            }
            Ok(())
        })?;
    }
    print(|out| {
        if args.json {
            for (id, (text, count)) in mined.texts.iter().zip(&counts).enumerate() {
                writeln!(out, "{}", json!({"id": id.to_string(), "count": count, "template": text}))?;
            }
            return Ok(());
        }
        let mut ranked: Vec<(&u64, &String)> = counts.iter().zip(&mined.texts).collect();
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(**count));
        for (count, text) in ranked {
            writeln!(out, "{count:>9}  {text}")?;
        }
        Ok(())
    })
}

fn mine(path: &Path) -> Result<(Miner, Vec<u32>)> {
    let failed = || format!("cannot read {}", path.display());
    let mut input = BufReader::with_capacity(1 << 18, File::open(path).with_context(failed)?);
    let mut miner = Miner::default();
    let mut lines = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).with_context(failed)? == 0 {
            return Ok((miner, lines));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        let shape = match message_of_json(text) {
            Some(message) => miner.add(&message),
            None => miner.add(text),
        };
        lines.push(shape);
    }
}

fn message_of_json(line: &str) -> Option<String> {
    if !line.starts_with('{') {
        return None;
    }
    let value: Value = serde_json::from_str(line).ok()?;
    MESSAGES.iter().find_map(|field| value.get(field)?.as_str().map(str::to_owned))
}
