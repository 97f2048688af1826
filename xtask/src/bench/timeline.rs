//! Windows of a timeline of 100,000 events over HTTP.

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
/// Pixels of a wide screen; the browser asks for four to a bucket, and for this many buckets at once.
const OVERVIEW_BUCKETS: u64 = 1_024;
const TILE_BUCKETS: u64 = 256;
/// Of one level of detail.
const TILES: u64 = 8;
const GOAL: &str = "<= 10 ms, <= 50 kB";

pub fn measure(binary: &Path) -> Result<Vec<Row>> {
    let mut instance = Instance::start(binary)?;
    let incident = instance.post("/api/v1/incidents", &json!({ "title": "A long day" }))?;
    let id = incident["id"].as_str().context("an incident without id")?;
    for batch in 0..EVENTS / BATCH {
        let events: Vec<Value> = (batch * BATCH..(batch + 1) * BATCH).map(event).collect();
        instance.post(&format!("/api/v1/incidents/{id}/events/batch"), &json!({ "events": events }))?;
    }
    windows(&mut instance, id)
}

fn windows(instance: &mut Instance, id: &str) -> Result<Vec<Row>> {
    let path = format!("/api/v1/incidents/{id}/timeline");
    let whole = format!("{path}?resolution={}&lanes=service", overview_resolution());
    let (first_ms, size) = timed(instance, &whole)?;
    let mut again = Vec::new();
    for _ in 0..RUNS {
        again.push(timed(instance, &whole)?.0);
    }
    let mut pages = Vec::new();
    for _ in 0..RUNS {
        pages.push(timed(instance, &format!("{path}?limit=200"))?.0);
    }
    let (mut tiles_ms, mut largest) = (Vec::new(), size);
    for tile in tiles() {
        let (ms, size) = timed(instance, &format!("{path}?{tile}&lanes=service"))?;
        tiles_ms.push(ms);
        largest = largest.max(size);
    }
    instance.restart()?;
    let (restarted_ms, _) = timed(instance, &whole)?;
    let slowest = tiles_ms.iter().copied().fold(0.0, f64::max);
    let kb = |bytes: usize| bytes as f64 / 1e3;
    let repeated = median(again);
    Ok(vec![
        Row::new(
            format!("window of {EVENTS} events, again and again"),
            format!("{repeated:.1} ms, {:.0} kB", kb(size)),
            GOAL,
        )
        .beside(format!("page of 200 of them {:.1} ms", median(pages))),
        Row::new(
            format!("{} other windows of it", tiles_ms.len()),
            format!(
                "median {:.1} ms, slowest {slowest:.1} ms, largest {:.0} kB",
                median(tiles_ms),
                kb(largest)
            ),
            GOAL,
        ),
        Row::new(
            "its first window",
            format!("{first_ms:.0} ms, of a server just started {restarted_ms:.0} ms"),
            "",
        ),
    ])
}

/// Milliseconds, and bytes before compression.
fn timed(instance: &Instance, path: &str) -> Result<(f64, usize)> {
    let started = Instant::now();
    let size = instance.get_text(path)?.len();
    Ok((started.elapsed().as_secs_f64() * 1e3, size))
}

fn overview_resolution() -> u64 {
    (LENGTH_US / OVERVIEW_BUCKETS).next_power_of_two()
}

/// What a browser asks for that zooms in, from the whole day to a second: some tiles of each level, all over the day.
fn tiles() -> Vec<String> {
    let mut tiles = Vec::new();
    let mut resolution = overview_resolution();
    while resolution * TILE_BUCKETS > 1_000_000 {
        let length = resolution * TILE_BUCKETS;
        let count = (LENGTH_US / length).clamp(1, TILES);
        for number in 0..count {
            let begin = (START_US + LENGTH_US / count * number) / length * length;
            let (from, to) = (begin.max(START_US), (begin + length).min(START_US + LENGTH_US - 1));
            tiles.push(format!(
                "from={}&to={}&resolution={resolution}",
                micros_as_text(from),
                micros_as_text(to)
            ));
        }
        resolution /= 2;
    }
    tiles
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
