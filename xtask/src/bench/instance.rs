//! A running server on a data folder of its own, and what one asks of it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::shell::{self, Running};

pub struct Instance {
    binary: PathBuf,
    address: String,
    process: Running,
    pub url: String,
    pub token: String,
    pub ready_after: Duration,
    data: tempfile::TempDir,
}

impl Instance {
    /// `fupan demo` on an empty folder, stopped, and started again: what is measured is a start with the data there.
    pub fn start(binary: &Path) -> Result<Self> {
        let data = tempfile::Builder::new().prefix("fupan-bench-").tempdir()?;
        let address = free_address()?;
        let url = format!("http://{address}");
        let first = serve(binary, data.path(), &address)?;
        wait_until_ready(&url, Duration::from_secs(120))?;
        wait_until_analysed(binary, data.path(), &url)?;
        drop(first);

        let started = Instant::now();
        let process = serve(binary, data.path(), &address)?;
        wait_until_ready(&url, Duration::from_secs(30))?;
        let ready_after = started.elapsed();
        let token = token(binary, data.path())?;
        Ok(Self { binary: binary.to_owned(), address, process, url, token, ready_after, data })
    }

    /// Kills the server and starts it again on the same data.
    pub fn restart(&mut self) -> Result<()> {
        self.process.end();
        self.process = serve(&self.binary, self.data.path(), &self.address)?;
        wait_until_ready(&self.url, Duration::from_secs(30))
    }

    pub fn get(&self, path: &str) -> Result<Value> {
        let text = self.get_text(path)?;
        serde_json::from_str(&text).with_context(|| format!("GET {path} answered no JSON"))
    }

    pub fn get_text(&self, path: &str) -> Result<String> {
        get(&format!("{}{path}", self.url), &self.token)
    }

    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = ureq::post(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .send(body.to_string())
            .with_context(|| format!("POST {path}"))?
            .body_mut()
            .read_to_string()?;
        serde_json::from_str(&answer).with_context(|| format!("POST {path} answered no JSON"))
    }

    /// Resident memory of the server in MB.
    pub fn memory_mb(&self) -> Result<f64> {
        status_mb(self.process.id(), "VmRSS:").context("the server has ended")
    }
}

fn serve(binary: &Path, data: &Path, address: &str) -> Result<Running> {
    let mut demo = shell::command(binary, &["demo", "--listen", address, "--data"]);
    demo.arg(data).env("FUPAN_RATE_LIMITS", "off").stdout(std::process::Stdio::null());
    Running::start(&mut demo)
}

fn token(binary: &Path, data: &Path) -> Result<String> {
    let mut create = shell::command(binary, &["token", "create", "--role", "admin", "--data"]);
    Ok(shell::output(create.arg(data))?.trim().to_owned())
}

fn get(url: &str, token: &str) -> Result<String> {
    ureq::get(url)
        .header("authorization", format!("Bearer {token}"))
        .call()
        .with_context(|| format!("GET {url}"))?
        .body_mut()
        .with_config()
        .limit(256 << 20)
        .read_to_string()
        .with_context(|| format!("GET {url}"))
}

fn wait_until_ready(url: &str, patience: Duration) -> Result<()> {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        if ureq::get(format!("{url}/readyz")).call().is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    bail!("{url}/readyz was not ready within {patience:?}")
}

fn wait_until_analysed(binary: &Path, data: &Path, url: &str) -> Result<()> {
    let token = token(binary, data)?;
    let deadline = Instant::now() + Duration::from_secs(120);
    while Instant::now() < deadline {
        let list: Value = serde_json::from_str(&get(&format!("{url}/api/v1/incidents"), &token)?)?;
        let items = list["items"].as_array().cloned().unwrap_or_default();
        if !items.is_empty() && items.iter().all(|incident| incident["analysis_state"] == "done") {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("the examples were not analysed within two minutes")
}

fn free_address() -> Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no free port on loopback")?;
    Ok(listener.local_addr()?.to_string())
}

/// A line of `/proc/PID/status` in MB.
pub fn status_mb(process: u32, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let found = status.lines().find_map(|text| text.strip_prefix(line))?;
    let kilobytes: f64 = found.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
