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

    /// Errors and success are two sides of one thing.
    pub const fn family(self) -> Self {
        match self {
            Self::Success => Self::Errors,
            other => other,
        }
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
    /// Measured where the service calls others: their doing more than its own.
    pub of_callees: bool,
}

/// The words of a name in lower case: split at anything but letters and digits, and at capitals. A run of capitals is
/// one word up to the last, which begins the next: `CPUUsage` is `cpu usage`.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            previous = None;
            continue;
        }
        let begins = match previous {
            None => true,
            Some(before) if before.is_uppercase() => {
                letter.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase())
            }
            Some(before) => letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()),
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
        previous = Some(letter);
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
        let of_callees = has(&["client", "outbound", "outgoing", "egress", "upstream"]);
        Self { measure, bad, of_host, of_callees }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_capitals_is_a_word() {
        assert_eq!(words("CPUUsageRate(%)"), ["cpu", "usage", "rate"]);
        assert_eq!(words("http_latency_p50_seconds"), ["http", "latency", "p50", "seconds"]);
        assert_eq!(words("PodClientLatencyP90(s)"), ["pod", "client", "latency", "p90", "s"]);
        assert_eq!(words("HTTP2Streams"), ["http2", "streams"]);
        assert_eq!(Signal::of_metric("CPUUsageRate(%)").measure, Measure::Cpu);
    }
}
