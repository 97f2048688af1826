//! `traces`: spans in the order of their start.

use model::telemetry::{SpanStatus, Spans, Symbol, Symbols};

use super::batch::{self, Batch, Keep};
use super::bundle::{Bundle, Part};
use super::cell::{self, Problem};
use super::error::Error;
use super::names::{self, Names};
use super::order;
use super::skipped::Skipped;

const NEEDED: &[&str] =
    &["time", "trace_id", "span_id", "parent_span_id", "service", "operation", "duration_us"];
const KNOWN: &[&str] = &[
    "time",
    "trace_id",
    "span_id",
    "parent_span_id",
    "service",
    "operation",
    "duration_us",
    "instance",
    "status",
    "kind",
    "peer_service",
];

pub fn read(
    bundle: &Bundle,
    part: &Part,
    symbols: &mut Symbols,
    skipped: &mut Skipped,
) -> Result<Spans, Error> {
    let mut spans = Spans::default();
    for batch in batch::open(bundle, part, Keep::Only(KNOWN), 0)? {
        let batch = batch?;
        batch::require(part, &batch, NEEDED)?;
        add(&mut spans, &batch, symbols, skipped);
        names::check_size(symbols, skipped.file())?;
    }
    skipped.refuse_if_nothing_is_left(spans.start.len())?;
    Ok(in_order(spans))
}

fn add(spans: &mut Spans, batch: &Batch, symbols: &mut Symbols, skipped: &mut Skipped) {
    let times = batch.column("time");
    let durations = batch.column("duration_us");
    let span_ids = batch.column("span_id");
    let parents = batch.column("parent_span_id");
    let statuses = batch.column("status");
    let mut traces = Names::of(batch, "trace_id");
    let mut services = Names::of(batch, "service");
    let mut operations = Names::of(batch, "operation");
    let mut instances = Names::of(batch, "instance");
    let mut kinds = Names::of(batch, "kind");
    let mut peers = Names::of(batch, "peer_service");
    for row in 0..batch.row_count {
        let mut named =
            |names: &mut Names<'_>, column: &'static str| -> Result<Symbol, (&'static str, Problem)> {
                let symbol = names.symbol(row, symbols).map_err(|problem| (column, problem))?;
                symbol.ok_or((column, Problem::Missing))
            };
        let mut span = || {
            let start = times.time(row).map_err(|problem| ("time", problem))?;
            let duration = durations.number(row).map_err(|problem| ("duration_us", problem))?;
            if duration < 0.0 {
                return Err(("duration_us", Problem::Negative));
            }
            let trace = named(&mut traces, "trace_id")?;
            let service = named(&mut services, "service")?;
            let operation = named(&mut operations, "operation")?;
            let id = span_ids.text(row).and_then(|id| cell::span_id(&id));
            let id = id.ok_or(("span_id", Problem::Missing))?;
            Ok((start, duration.round() as i64, trace, service, operation, id))
        };
        let (start, duration_us, trace, service, operation, id) = match span() {
            Ok(span) => span,
            Err(reason) => {
                skipped.add(batch.row(row), reason, || batch.column(reason.0).text(row));
                continue;
            }
        };
        spans.start.push(start);
        spans.duration_us.push(duration_us);
        spans.trace.push(trace);
        spans.span.push(id);
        spans.parent.push(parents.text(row).and_then(|parent| cell::span_id(&parent)));
        spans.service.push(service);
        spans.instance.push(instances.symbol(row, symbols).unwrap_or(None));
        spans.operation.push(operation);
        let status = statuses.text(row);
        spans.status.push(status.map_or(SpanStatus::Unset, |status| cell::span_status(&status)));
        spans.span_kind.push(kinds.symbol(row, symbols).unwrap_or(None));
        spans.peer.push(peers.symbol(row, symbols).unwrap_or(None));
        spans.row.push(batch.row(row));
    }
}

fn in_order(mut spans: Spans) -> Spans {
    if let Some(order) = order::by(&spans.start) {
        order::apply(&order, &mut spans.start);
        order::apply(&order, &mut spans.duration_us);
        order::apply(&order, &mut spans.trace);
        order::apply(&order, &mut spans.span);
        order::apply(&order, &mut spans.parent);
        order::apply(&order, &mut spans.service);
        order::apply(&order, &mut spans.instance);
        order::apply(&order, &mut spans.operation);
        order::apply(&order, &mut spans.status);
        order::apply(&order, &mut spans.span_kind);
        order::apply(&order, &mut spans.peer);
        order::apply(&order, &mut spans.row);
    }
    spans
}
