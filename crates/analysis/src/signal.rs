//! What a metric's name says of it: its unit, what it measures, whether more of it is bad, and whose it is.
//!
//! Names are all that most metrics bring along. The words below are those of Prometheus and OpenTelemetry naming,
//! the USE method (utilisation, saturation, errors; Gregg 2013) and the RED method (rate, errors, duration).

/// What a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Latency,
    Errors,
    Success,
    Traffic,
    Cpu,
    Memory,
    Disk,
    Network,
    /// Pools, queues, locks, waiting.
    Saturation,
    /// Is it there at all: `up`, uptime, restarts.
    Life,
    /// A configured limit; it moves only when someone changes it.
    Limit,
    Other,
}

impl Measure {
    /// What users feel, and what therefore travels along calls.
    pub const fn is_symptom(self) -> bool {
        matches!(self, Self::Latency | Self::Errors | Self::Success | Self::Traffic)
    }

    pub const fn is_resource(self) -> bool {
        matches!(self, Self::Cpu | Self::Memory | Self::Disk | Self::Network | Self::Saturation)
    }
}

/// The direction that hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Up,
    Down,
    Either,
}

/// A metric between two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge<'a> {
    To(&'a str),
    From(&'a str),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    pub measure: Measure,
    pub bad: Bad,
    /// Belongs to the machine, which other services share.
    pub of_host: bool,
}

/// The words of a name in lower case: split at anything but letters and digits, and at capitals.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous_is_lower = false;
    let mut open = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            open = false;
            previous_is_lower = false;
            continue;
        }
        if !open || (letter.is_uppercase() && previous_is_lower) {
            words.push(String::new());
            open = true;
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
        previous_is_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    words
}

/// In the order of trust: the first line that has one of the words decides.
const MEASURES: [(Measure, &[&str]); 12] = [
    (Measure::Limit, &["limit", "limits", "max", "capacity", "size", "quota"]),
    (Measure::Life, &["up", "uptime", "restart", "restarts", "alive"]),
    (Measure::Success, &["success", "availability", "available_ratio", "apdex"]),
    (
        Measure::Errors,
        &[
            "error",
            "errors",
            "fail",
            "failed",
            "failure",
            "failures",
            "exception",
            "exceptions",
            "5xx",
            "fault",
            "faults",
            "timeout",
            "timeouts",
            "rejected",
            "dropped",
            "rollbacks",
            "retries",
            "refused",
            "throttled",
            "throttles",
            "oom",
        ],
    ),
    (
        Measure::Saturation,
        &[
            "pool",
            "queue",
            "queued",
            "backlog",
            "pending",
            "waiting",
            "waits",
            "wait",
            "lock",
            "locks",
            "lag",
            "threads",
            "slots",
            "inflight",
            "flight",
            "sessions",
            "connections",
            "clients",
            "saturation",
            "transaction",
            "blocked",
        ],
    ),
    (
        Measure::Latency,
        &["latency", "duration", "lat", "rtt", "elapsed", "delay", "response", "p50", "p90", "p95", "p99"],
    ),
    (Measure::Disk, &["disk", "filesystem", "inode", "inodes", "volume", "fs", "io", "wal"]),
    (Measure::Memory, &["memory", "mem", "heap", "rss", "swap"]),
    (Measure::Cpu, &["cpu", "load", "load1", "load5", "core", "cores"]),
    (Measure::Network, &["network", "receive", "transmit", "tcp", "packets", "net", "bandwidth"]),
    (
        Measure::Traffic,
        &[
            "request",
            "requests",
            "throughput",
            "workload",
            "ops",
            "qps",
            "rps",
            "calls",
            "hits",
            "commits",
            "orders",
            "commands",
            "invocations",
            "messages",
            "count",
        ],
    ),
    (Measure::Other, &[]),
];

impl Signal {
    pub fn of_metric(name: &str) -> Self {
        let words = words(name);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let measure =
            MEASURES.iter().find(|(_, list)| has(list)).map_or(Measure::Other, |(measure, _)| *measure);
        let is_remainder = has(&["free", "available", "avail", "idle", "remaining", "headroom"]);
        let bad = match measure {
            Measure::Success => Bad::Down,
            Measure::Disk | Measure::Memory | Measure::Cpu if is_remainder => Bad::Down,
            Measure::Latency | Measure::Errors | Measure::Cpu | Measure::Memory | Measure::Disk => Bad::Up,
            Measure::Saturation => Bad::Up,
            Measure::Life if has(&["restart", "restarts"]) => Bad::Up,
            Measure::Life => Bad::Down,
            Measure::Traffic | Measure::Network | Measure::Limit | Measure::Other => Bad::Either,
        };
        let of_host = words.first().is_some_and(|word| word == "node" || word == "host");
        Self { measure, bad, of_host }
    }
}

/// The other service that a metric's name speaks of, as in `latency_to(cart)` or `Latency (from checkout)`.
pub fn edge_of<'a>(name: &'a str, is_service: impl Fn(&str) -> bool) -> Option<Edge<'a>> {
    let (head, rest) = name.split_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let inside = inside.trim();
    let lower = inside.to_ascii_lowercase();
    if lower.starts_with("to ") || lower.starts_with("from ") {
        let (word, other) = inside.split_once(' ')?;
        let other = other.trim();
        let is_to = word.eq_ignore_ascii_case("to");
        return is_service(other).then_some(if is_to { Edge::To(other) } else { Edge::From(other) });
    }
    if !is_service(inside) {
        return None;
    }
    let last = words(head).pop()?;
    match last.as_str() {
        "to" => Some(Edge::To(inside)),
        "from" => Some(Edge::From(inside)),
        _ => None,
    }
}

/// The unit that a metric's name ends with, in the form that people write.
pub fn unit_of(name: &str) -> Option<&'static str> {
    if let Some((_, rest)) = name.rsplit_once('(')
        && let Some((inside, _)) = rest.split_once(')')
        && let Some(unit) = unit_of_word(&inside.trim().to_ascii_lowercase())
    {
        return Some(unit);
    }
    let words = words(name);
    if let [.., _, per, second] = words.as_slice()
        && per == "per"
        && second == "second"
    {
        let is_bytes = words.iter().any(|word| word == "bytes");
        return Some(if is_bytes { "B/s" } else { "/s" });
    }
    let last = words.last()?;
    if let Some(unit) = unit_of_word(last) {
        return Some(unit);
    }
    words.iter().rev().find_map(|word| unit_of_word(word).filter(|unit| *unit != "m"))
}

fn unit_of_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "seconds" | "s" | "sec" => "s",
        "milliseconds" | "ms" | "millis" => "ms",
        "microseconds" | "us" => "µs",
        "bytes" | "b" => "B",
        "mi" | "mib" => "MiB",
        "ratio" => "ratio",
        "percent" | "percentage" | "%" | "availability" => "%",
        "m" => "m",
        "cores" => "cores",
        "celsius" => "°C",
        "ops" => "/s",
        "connections" => "connections",
        "sessions" => "sessions",
        "requests" => "requests",
        _ => return None,
    })
}
