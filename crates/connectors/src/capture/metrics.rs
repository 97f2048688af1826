//! `metrics`: samples, gathered into one series for each service, metric, instance and label set.

use std::collections::HashMap;

use model::instant::Instant;
use model::telemetry::{Series, Symbol, Symbols};

use super::batch::{self, Batch, Keep};
use super::bundle::{Bundle, Part};
use super::cell::Problem;
use super::error::Error;
use super::names::{self, Names};
use super::skipped::Skipped;

const NEEDED: &[&str] = &["time", "service", "metric", "value"];
const KNOWN: &[&str] = &["time", "service", "metric", "value", "instance", "labels"];

pub fn read(
    bundle: &Bundle,
    part: &Part,
    symbols: &mut Symbols,
    skipped: &mut Skipped,
) -> Result<Vec<Series>, Error> {
    let mut gathered = Gathered::default();
    let mut sample_count = 0;
    for batch in batch::open(bundle, part, Keep::Only(KNOWN), 0)? {
        let batch = batch?;
        batch::require(part, &batch, NEEDED)?;
        sample_count += gathered.add(&batch, symbols, skipped);
        names::check_size(symbols, skipped.file())?;
    }
    skipped.refuse_if_nothing_is_left(sample_count)?;
    Ok(gathered.finish(symbols))
}

type Key = (Symbol, Symbol, Option<Symbol>, Option<Symbol>);

#[derive(Default)]
struct Gathered {
    places: HashMap<Key, usize>,
    series: Vec<Series>,
}

impl Gathered {
    /// Adds the samples of a batch and says how many there were.
    fn add(&mut self, batch: &Batch, symbols: &mut Symbols, skipped: &mut Skipped) -> usize {
        let times = batch.column("time");
        let values = batch.column("value");
        let mut services = Names::of(batch, "service");
        let mut metrics = Names::of(batch, "metric");
        let mut instances = Names::of(batch, "instance");
        let mut labels = Names::of(batch, "labels");
        let mut last: Option<(Key, usize)> = None;
        let mut added = 0;
        for row in 0..batch.row_count {
            let mut key = || -> Result<Key, (&'static str, Problem)> {
                let service = services.symbol(row, symbols).map_err(|problem| ("service", problem))?;
                let metric = metrics.symbol(row, symbols).map_err(|problem| ("metric", problem))?;
                let metric = metric.ok_or(("metric", Problem::Missing))?;
                let instance = instances.symbol(row, symbols).map_err(|problem| ("instance", problem))?;
                let labels = labels.symbol(row, symbols).map_err(|problem| ("labels", problem))?;
                Ok((service.unwrap_or_else(|| symbols.intern("")), metric, instance, labels))
            };
            let sample = times
                .time(row)
                .map_err(|problem| ("time", problem))
                .and_then(|time| Ok((time, values.number(row).map_err(|problem| ("value", problem))?)))
                .and_then(|(time, value)| Ok((time, value, key()?)));
            let (time, value, key) = match sample {
                Ok(sample) => sample,
                Err(reason) => {
                    skipped.add(batch.row(row), reason, || batch.column(reason.0).text(row));
                    continue;
                }
            };
            let place = match last {
                Some((known, place)) if known == key => place,
                _ => self.place(key, batch.row(row)),
            };
            last = Some((key, place));
            let series = &mut self.series[place];
            series.times.push(time);
            series.values.push(value);
            series.rows.1 = batch.row(row);
            added += 1;
        }
        added
    }

    fn place(&mut self, key: Key, row: u64) -> usize {
        *self.places.entry(key).or_insert_with(|| {
            let (service, metric, instance, labels) = key;
            let (times, values) = (Vec::new(), Vec::new());
            self.series.push(Series { service, metric, instance, labels, times, values, rows: (row, row) });
            self.series.len() - 1
        })
    }

    fn finish(self, symbols: &Symbols) -> Vec<Series> {
        let mut series = self.series;
        let name = |symbol: Option<Symbol>| symbol.map_or("", |symbol| symbols.name(symbol));
        series.sort_by(|a, b| {
            let key = |series: &Series| {
                [Some(series.service), Some(series.metric), series.instance, series.labels].map(name)
            };
            key(a).cmp(&key(b))
        });
        for series in &mut series {
            sort_by_time(series);
            series.times.shrink_to_fit();
            series.values.shrink_to_fit();
        }
        series
    }
}

fn sort_by_time(series: &mut Series) {
    if series.times.is_sorted() {
        return;
    }
    let mut samples: Vec<(Instant, f64)> =
        series.times.iter().copied().zip(series.values.iter().copied()).collect();
    samples.sort_by_key(|&(time, _)| time);
    (series.times, series.values) = samples.into_iter().unzip();
}
