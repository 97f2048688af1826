//! `fupan detect`: anomaly scores of one series, known as a whole.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::output::write_file;

/// Gives each row of a series a score from 0 (normal) to 1 (anomalous), looking back over all of it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// CSV with a header: time,value[,value2…]
    series: PathBuf,
    /// Where to write one score a row
    #[arg(long)]
    scores: PathBuf,
}

/// A series larger than this is a mistake.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

pub fn run(args: &Args) -> anyhow::Result<()> {
    let shown = args.series.display();
    let size = std::fs::metadata(&args.series).with_context(|| format!("cannot read {shown}"))?.len();
    if size > MOST_BYTES {
        bail!("{shown} has {size} bytes, at most {MOST_BYTES} are read");
    }
    let text = std::fs::read_to_string(&args.series).with_context(|| format!("cannot read {shown}"))?;
    let columns = columns(&text).with_context(|| format!("cannot read {shown}"))?;
    let scores = app::analysis::score_rows(&columns);

    write_file(&args.scores, |out| {
        writeln!(out, "score")?;
        for score in scores {
            writeln!(out, "{score:.4}")?;
        }
        Ok(())
    })
}

/// The value columns; a cell that is empty or no number repeats the one before it.
fn columns(text: &str) -> anyhow::Result<Vec<Vec<f64>>> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((_, header)) = lines.next() else { bail!("empty: needed is a header time,value and rows") };
    let width = header.split(',').count();
    if width < 2 {
        bail!("no value column in the header {header:?}: needed is time,value");
    }
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); width - 1];
    for (number, line) in lines {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() != width {
            bail!("line {}: {} cells, the header has {width}", number + 1, cells.len());
        }
        for (column, cell) in columns.iter_mut().zip(&cells[1..]) {
            let value = cell.trim().parse::<f64>().ok().filter(|value| value.is_finite());
            column.push(value.or(column.last().copied()).unwrap_or(0.0));
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_repeat_the_value_before() {
        let read = columns("time,value,other\n1,2.5,7\n2,,8\n3,NaN,9\n").unwrap();
        assert_eq!(read, [vec![2.5, 2.5, 2.5], vec![7.0, 8.0, 9.0]]);
        assert!(columns("time,value\n1\n").is_err());
    }
}
