//! The evidence of one incident in memory: what a capture on disk holds, by column, with names interned.
//!
//! A capture may hold a million log lines and a million spans, so rows are stored as columns of small integers and
//! the message text in one arena. Rows keep their place in the file, so that every event can name its evidence.
//! `connectors` fills this from files, `timeline` and `analysis` read it; nobody changes it.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use crate::event::{Kind, Severity};
use crate::incident;
use crate::instant::{Instant, Span};

/// What `incident.json` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub title: String,
    pub detected_at: Instant,
    pub window: Span,
    /// A normal period; may lie anywhere. Without it, what comes before `detected_at` serves.
    pub baseline: Option<Span>,
    pub severity: Option<incident::Severity>,
    pub services: Vec<String>,
    pub timezone: Option<String>,
    pub entry_service: Option<String>,
    pub started_at: Option<Instant>,
    pub mitigated_at: Option<Instant>,
    pub resolved_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    pub header: Header,
    pub telemetry: Telemetry,
}

/// A name that occurs often, as a small integer. Read it with [`Symbols::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// Its place in the order of first use: for tables indexed by symbol.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names of services, metrics, instances, operations, traces: each stored once.
///
/// A capture can hold a million trace ids, so names lie in one arena and the index holds hashes only; a hash that is
/// taken by another name moves on by an odd step.
#[derive(Debug, Clone, Default)]
pub struct Symbols {
    names: Texts,
    index: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    hasher: RandomState,
}

/// The keys of the index are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

const NEXT_SLOT: u64 = 0x9e37_79b9_7f4a_7c15;

impl Symbols {
    pub fn intern(&mut self, name: &str) -> Symbol {
        let mut slot = self.hasher.hash_one(name);
        while let Some(&known) = self.index.get(&slot) {
            if self.names.get(known as usize) == name {
                return Symbol(known);
            }
            slot = slot.wrapping_add(NEXT_SLOT);
        }
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name);
        self.index.insert(slot, next);
        Symbol(next)
    }

    pub fn find(&self, name: &str) -> Option<Symbol> {
        let mut slot = self.hasher.hash_one(name);
        while let Some(&known) = self.index.get(&slot) {
            if self.names.get(known as usize) == name {
                return Some(Symbol(known));
            }
            slot = slot.wrapping_add(NEXT_SLOT);
        }
        None
    }

    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.get(symbol.index())
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn size_bytes(&self) -> usize {
        self.names.size_bytes()
    }
}

/// Equal when the same names got the same symbols.
impl PartialEq for Symbols {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

/// Many texts in one allocation, read by position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Texts {
    bytes: String,
    ends: Vec<u64>,
}

impl Texts {
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
    }

    /// The text at `position`, or an empty one past the end.
    pub fn get(&self, position: usize) -> &str {
        let Some(&end) = self.ends.get(position) else { return "" };
        let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start as usize..end as usize).unwrap_or("")
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub const fn size_bytes(&self) -> usize {
        self.bytes.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position))
    }
}

/// One metric of one service (and instance, and label set), ordered by time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub service: Symbol,
    pub metric: Symbol,
    pub instance: Option<Symbol>,
    /// As the file gave them, such as `{"code":"500"}`.
    pub labels: Option<Symbol>,
    pub times: Vec<Instant>,
    /// Same length as `times`; never NaN (such rows are left out).
    pub values: Vec<f64>,
    /// First and last row of the metrics file that belong to it.
    pub rows: (u64, u64),
}

/// Log lines in the order of time; all columns have the same length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Logs {
    pub time: Vec<Instant>,
    pub service: Vec<Symbol>,
    pub instance: Vec<Option<Symbol>>,
    /// `None` when the source did not say.
    pub level: Vec<Option<Severity>>,
    pub message: Texts,
    pub trace: Vec<Option<Symbol>>,
    /// The span that printed it, hashed as in [`Spans::span`].
    pub span: Vec<Option<u64>>,
    /// Row in the logs file.
    pub row: Vec<u64>,
}

/// How a span ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanStatus {
    Unset,
    Ok,
    Error,
}

/// Spans in the order of their start; all columns have the same length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spans {
    pub start: Vec<Instant>,
    pub duration_us: Vec<i64>,
    pub trace: Vec<Symbol>,
    /// Identity of the span within its trace, as a hash of its text.
    pub span: Vec<u64>,
    /// `None`: a root span.
    pub parent: Vec<Option<u64>>,
    pub service: Vec<Symbol>,
    pub instance: Vec<Option<Symbol>>,
    pub operation: Vec<Symbol>,
    pub status: Vec<SpanStatus>,
    /// `server`, `client`, … where known.
    pub span_kind: Vec<Option<Symbol>>,
    /// The service behind a client span, where the source says so: databases and caches print no spans of their own.
    pub peer: Vec<Option<Symbol>>,
    /// Row in the traces file.
    pub row: Vec<u64>,
}

/// One row of the events file: an action of a person, an event of a system, or what someone noted afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    pub time: Instant,
    pub ended_at: Option<Instant>,
    /// [`Kind::UserAction`], [`Kind::SystemEvent`] or [`Kind::Note`].
    pub kind: Kind,
    pub event_type: String,
    pub service: Option<String>,
    pub instance: Option<String>,
    pub title: String,
    pub detail: Option<String>,
    pub severity: Option<Severity>,
    pub actor: Option<String>,
    pub attributes: BTreeMap<String, String>,
    pub row: u64,
}

/// `caller` calls `callee`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    pub caller: Symbol,
    pub callee: Symbol,
}

/// The name under which a table lay in the capture, such as `metrics.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileNames {
    pub metrics: Option<String>,
    pub logs: Option<String>,
    pub traces: Option<String>,
    pub events: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Telemetry {
    pub symbols: Symbols,
    /// Ordered by service name, metric name, instance, labels.
    pub metrics: Vec<Series>,
    pub logs: Logs,
    pub spans: Spans,
    /// Ordered by time, then row.
    pub happenings: Vec<Happening>,
    /// Declared edges; empty when the capture has none and they must be learnt from spans.
    pub calls: Vec<Call>,
    pub files: FileNames,
    /// Rows that could not be read, by reason: shown, never silently dropped.
    pub skipped: BTreeMap<String, u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_symbol_and_a_symbol_one_name() {
        let mut symbols = Symbols::default();
        let names: Vec<String> = (0..5_000).map(|number| format!("service-{}", number % 1_000)).collect();
        let first: Vec<Symbol> = names.iter().map(|name| symbols.intern(name)).collect();
        assert_eq!(symbols.len(), 1_000);
        for (name, &symbol) in names.iter().zip(&first) {
            assert_eq!(symbols.name(symbol), name);
            assert_eq!(symbols.find(name), Some(symbol));
        }
        assert_eq!(symbols.find("unknown"), None);
    }
}
