//! A window of a timeline of 100,000 events over HTTP.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::instance::Instance;
use super::rows::{Row, median};

const EVENTS: u64 = 100_000;
const BATCH: u64 = 500;
const START_US: u64 = 1_794_441_600_000_000;
/// A day.
const LENGTH_US: u64 = 86_400_000_000;
const RUNS: usize = 21;

pub fn measure(binary: &Path) -> Result<Vec<Row>> {
    let instance = Instance::start(binary)?;
    let incident = instance.post("/api/v1/incidents", &json!({ "title": "A long day" }))?;
    let id = incident["id"].as_str().context("an incident without id")?;
    for batch in 0..EVENTS / BATCH {
        let events: Vec<Value> = (batch * BATCH..(batch + 1) * BATCH).map(event).collect();
        instance.post(&format!("/api/v1/incidents/{id}/events/batch"), &json!({ "events": events }))?;
    }
    let window = format!(
        "/api/v1/incidents/{id}/timeline?resolution={}&lanes=service",
        (LENGTH_US / 1024).next_power_of_two()
    );
    let mut milliseconds = Vec::new();
    let mut size = 0;
    for _ in 0..RUNS {
        let started = Instant::now();
        size = instance.get_text(&window)?.len();
        milliseconds.push(started.elapsed().as_secs_f64() * 1e3);
    }
    let mut page_ms = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        instance.get_text(&format!("/api/v1/incidents/{id}/timeline?limit=200"))?;
        page_ms.push(started.elapsed().as_secs_f64() * 1e3);
    }
    // Later ones come from the cache.
    let first = milliseconds.first().copied().unwrap_or(f64::NAN);
    let (usual, size_kb) = (median(milliseconds), size as f64 / 1e3);
    let figure = format!("first {first:.1} ms, then {usual:.1} ms, {size_kb:.0} kB");
    Ok(vec![
        Row::new(
            format!("window of {EVENTS} events, first and median of {RUNS}"),
            figure,
            "<= 10 ms, <= 50 kB",
        )
        .beside(format!("page of 200 of them {:.1} ms", median(page_ms))),
    ])
}

/// Spread over the day by a multiplicative step, in twelve services: the same events in every run.
fn event(number: u64) -> Value {
    let offset = number.wrapping_mul(2_654_435_761) % LENGTH_US;
    let kinds = ["note", "user_action"];
    json!({
        "title": format!("event {number}"),
        "occurred_at": micros_as_text(START_US + offset),
        "service": format!("service-{}", number % 12),
        "kind": kinds[(number % 2) as usize],
    })
}

/// RFC 3339 within the one day of this measure.
fn micros_as_text(micros: u64) -> String {
    let in_day = micros - START_US;
    let seconds = in_day / 1_000_000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("2026-11-12T{hours:02}:{minutes:02}:{:02}.{:06}Z", seconds % 60, in_day % 1_000_000)
}
