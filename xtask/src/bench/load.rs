//! Requests a second, by wrk. Reads stand beside `/healthz` (what the socket alone allows), durable writes beside what
//! one thread reaches that writes a page and waits for the disk.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::instance::Instance;
use super::rows::Row;
use crate::shell;

const SECONDS: &str = "10s";
/// Caches fill and memory is mapped before anything counts.
const WARM_UP: &str = "2s";

/// wrk script: one event a request, each with an idempotency key of its own.
const ADD_EVENT: &str = r#"
local thread_count = 0
function setup(thread) thread:set("id", thread_count); thread_count = thread_count + 1 end
function init(args) sent = 0; run = tostring(os.time()) end
function request()
  sent = sent + 1
  wrk.headers["Idempotency-Key"] = run .. "-" .. id .. "-" .. sent
  wrk.headers["Content-Type"] = "application/json"
  return wrk.format("POST", nil, nil, '{"title":"load ' .. sent .. '","occurred_at":"2026-11-12T14:04:50Z"}')
end
"#;

struct Load {
    per_second: f64,
    p99: String,
    refused: u64,
}

pub fn measure(binary: &Path) -> Result<Vec<Row>> {
    let instance = Instance::start(binary)?;
    let scripts = tempfile::tempdir()?;
    let script = scripts.path().join("add_event.lua");
    std::fs::write(&script, ADD_EVENT)?;
    let script = script.to_string_lossy();

    let list = instance.get("/api/v1/incidents?limit=50")?;
    let example = list["items"][0]["id"].as_str().context("no example incident")?.to_owned();
    for number in 0..50 {
        instance.post("/api/v1/incidents", &json!({ "title": format!("Load {number}") }))?;
    }
    let written = instance.post("/api/v1/incidents", &json!({ "title": "Written to" }))?;
    let written = written["id"].as_str().context("an incident without id")?;

    let socket = wrk(&instance, "8", "/healthz", None)?;
    let beside = format!("`/healthz` {:.0} req/s", socket.per_second);
    let mut rows = Vec::new();
    for (what, path) in [
        ("GET incident", format!("/api/v1/incidents/{example}")),
        ("GET timeline page of 200", format!("/api/v1/incidents/{example}/timeline?limit=200")),
        ("list of 50 incidents", "/api/v1/incidents?limit=50".to_owned()),
    ] {
        let load = wrk(&instance, "8", &path, None)?;
        rows.push(
            Row::new(format!("{what}, 8 connections"), shown(&load), "p99 <= 15 ms, >= 3,000 req/s")
                .beside(beside.clone()),
        );
    }
    let disk = format!("one thread, fsync each: {:.0}/s", syncs_per_second(scripts.path())?);
    let events = format!("/api/v1/incidents/{written}/events");
    for (connections, goal) in [("8", ">= 500/s"), ("64", ">= 1,500/s")] {
        let load = wrk(&instance, connections, &events, Some(&script))?;
        rows.push(
            Row::new(format!("add an event, on disk, {connections} connections"), shown(&load), goal)
                .beside(disk.clone()),
        );
    }
    Ok(rows)
}

fn shown(load: &Load) -> String {
    let refused = if load.refused == 0 { String::new() } else { format!(", {} not 2xx", load.refused) };
    format!("{:.0} req/s, p99 {}{refused}", load.per_second, load.p99)
}

fn wrk(instance: &Instance, connections: &str, path: &str, script: Option<&str>) -> Result<Load> {
    run(instance, WARM_UP, connections, path, script)?;
    run(instance, SECONDS, connections, path, script)
}

fn run(
    instance: &Instance,
    seconds: &str,
    connections: &str,
    path: &str,
    script: Option<&str>,
) -> Result<Load> {
    let url = format!("{}{path}", instance.url);
    let bearer = format!("Authorization: Bearer {}", instance.token);
    let mut arguments = vec!["-t", "2", "-c", connections, "-d", seconds, "--latency", "-H", &bearer];
    if let Some(script) = script {
        arguments.extend(["-s", script]);
    }
    arguments.push(&url);
    let report = shell::output(&mut shell::command("wrk", &arguments))?;
    let after = |label: &str| report.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    let per_second = after("Requests/sec:").and_then(|text| text.parse().ok());
    let refused = after("Non-2xx or 3xx responses:").and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Load {
        per_second: per_second.with_context(|| format!("wrk printed no rate:\n{report}"))?,
        p99: after("99%").unwrap_or("?").to_owned(),
        refused,
    })
}

/// What the disk allows one writer that waits for it: 4 KiB and an fsync, again and again for two seconds.
fn syncs_per_second(folder: &Path) -> Result<f64> {
    let mut file = File::create(folder.join("sync"))?;
    let page = [7_u8; 4096];
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < Duration::from_secs(2) {
        file.write_all(&page)?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}
