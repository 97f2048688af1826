//! `logs`: lines in the order of time.

use model::telemetry::{Logs, Symbols};

use super::batch::{self, Batch, Keep};
use super::bundle::{Bundle, Part};
use super::cell::{self, Problem};
use super::error::Error;
use super::names::{self, Names};
use super::skipped::Skipped;
use super::{limits, order};

const NEEDED: &[&str] = &["time", "service", "message"];
const KNOWN: &[&str] = &["time", "service", "message", "instance", "level", "trace_id", "span_id"];

pub fn read(
    bundle: &Bundle,
    part: &Part,
    symbols: &mut Symbols,
    skipped: &mut Skipped,
) -> Result<Logs, Error> {
    let mut logs = Logs::default();
    for batch in batch::open(bundle, part, Keep::Only(KNOWN), 0)? {
        let batch = batch?;
        batch::require(part, &batch, NEEDED)?;
        add(&mut logs, &batch, symbols, skipped)?;
        names::check_size(symbols, skipped.file())?;
    }
    skipped.refuse_if_nothing_is_left(logs.time.len())?;
    Ok(in_order(logs))
}

fn add(logs: &mut Logs, batch: &Batch, symbols: &mut Symbols, skipped: &mut Skipped) -> Result<(), Error> {
    let times = batch.column("time");
    let messages = batch.column("message");
    let levels = batch.column("level");
    let spans = batch.column("span_id");
    let mut services = Names::of(batch, "service");
    let mut instances = Names::of(batch, "instance");
    let mut traces = Names::of(batch, "trace_id");
    for row in 0..batch.row_count {
        let mut skip = |column: &'static str, problem: Problem| {
            skipped.add(batch.row(row), (column, problem), || batch.column(column).text(row));
        };
        let time = match times.time(row) {
            Ok(time) => time,
            Err(problem) => {
                skip("time", problem);
                continue;
            }
        };
        let Some(message) = messages.text(row) else {
            skip("message", Problem::Missing);
            continue;
        };
        let service = match services.symbol(row, symbols) {
            Ok(service) => service.unwrap_or_else(|| symbols.intern("")),
            Err(problem) => {
                skip("service", problem);
                continue;
            }
        };
        logs.time.push(time);
        logs.service.push(service);
        logs.instance.push(instances.symbol(row, symbols).unwrap_or(None));
        logs.level.push(levels.text(row).and_then(|level| cell::severity(&level)));
        logs.message.push(cut(message.trim_end(), limits::MESSAGE_BYTES));
        if message.len() > limits::MESSAGE_BYTES {
            skip("message", Problem::Cut);
        }
        let trace = traces.symbol(row, symbols).unwrap_or(None);
        logs.trace.push(trace.filter(|&trace| cell::span_id(symbols.name(trace)).is_some()));
        logs.span.push(spans.text(row).and_then(|span| cell::span_id(&span)));
        logs.row.push(batch.row(row));
        if logs.message.size_bytes() > limits::TEXT_BYTES {
            let limit = limits::TEXT_BYTES as u64;
            return Err(Error::TooBig { file: skipped.file().to_owned(), what: "bytes of text", limit });
        }
    }
    Ok(())
}

/// At most `limit` bytes, at a character's border.
fn cut(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

fn in_order(mut logs: Logs) -> Logs {
    if let Some(order) = order::by(&logs.time) {
        order::apply(&order, &mut logs.time);
        order::apply(&order, &mut logs.service);
        order::apply(&order, &mut logs.instance);
        order::apply(&order, &mut logs.level);
        order::apply_to_texts(&order, &mut logs.message);
        order::apply(&order, &mut logs.trace);
        order::apply(&order, &mut logs.span);
        order::apply(&order, &mut logs.row);
    }
    logs
}
