//! The report's own words, in both languages.

use model::event::Kind;
use model::finding::SignalKind;
use model::incident::ClockName;
use model::text::Language;

/// A label in the reader's language.
pub const fn say(language: Language, en: &'static str, zh: &'static str) -> &'static str {
    match language {
        Language::English => en,
        Language::Chinese => zh,
    }
}

pub const fn clock(language: Language, name: ClockName) -> &'static str {
    match name {
        ClockName::StartedAt => say(language, "started", "开始"),
        ClockName::DetectedAt => say(language, "detected", "发现"),
        ClockName::MitigatedAt => say(language, "mitigated", "缓解"),
        ClockName::ResolvedAt => say(language, "resolved", "解决"),
    }
}

pub const fn kind(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Metric => say(language, "metric", "指标"),
        Kind::Log => say(language, "log", "日志"),
        Kind::Trace => say(language, "trace", "链路"),
        Kind::UserAction => say(language, "user action", "人员操作"),
        Kind::SystemEvent => say(language, "system event", "系统事件"),
        Kind::Note => say(language, "note", "备注"),
    }
}

pub const fn signal_kind(language: Language, kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Metric => say(language, "metrics", "指标"),
        SignalKind::Log => say(language, "logs", "日志"),
        SignalKind::Trace => say(language, "traces", "链路"),
    }
}

/// One shape for each kind, the same as on the canvas of the web UI.
pub const fn glyph(kind: Kind) -> char {
    match kind {
        Kind::Metric => '●',
        Kind::Log => '■',
        Kind::Trace => '▬',
        Kind::UserAction => '◆',
        Kind::SystemEvent => '⬢',
        Kind::Note => '⚑',
    }
}

/// A length of time: `34 s`, `3 min 26 s`, `2 h 5 min`.
pub fn length(language: Language, micros: i64) -> String {
    let seconds = (micros.max(0) + 500_000) / 1_000_000;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (h, m, s) = match language {
        Language::English => (" h", " min", " s"),
        Language::Chinese => (" 小时", " 分", " 秒"),
    };
    match (hours, minutes, rest) {
        (0, 0, _) => format!("{rest}{s}"),
        (0, _, 0) => format!("{minutes}{m}"),
        (0, _, _) => format!("{minutes}{m} {rest}{s}"),
        (_, 0, _) => format!("{hours}{h}"),
        _ => format!("{hours}{h} {minutes}{m}"),
    }
}

/// A count with thin groups of three: `73 751`.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 event`, `3 events`.
pub fn events(language: Language, number: usize) -> String {
    match (language, number) {
        (Language::English, 1) => "1 event".to_owned(),
        (Language::English, _) => format!("{} events", count(number)),
        (Language::Chinese, _) => format!("{} 个事件", count(number)),
    }
}

/// `and 1 more event`, `and 3 more events`.
pub fn more_events(language: Language, number: usize) -> String {
    match (language, number) {
        (Language::English, 1) => "and 1 more event".to_owned(),
        (Language::English, _) => format!("and {} more events", count(number)),
        (Language::Chinese, _) => format!("另有 {} 个事件", count(number)),
    }
}

/// What could not be read of a table, and why.
pub fn left_out(language: Language, rows: u64, reason: &str) -> String {
    let number = count(usize::try_from(rows).unwrap_or(usize::MAX));
    match (language, rows) {
        (Language::English, 1) => format!("1 row left out: {reason}"),
        (Language::English, _) => format!("{number} rows left out: {reason}"),
        (Language::Chinese, _) => format!("跳过 {number} 行：{reason}"),
    }
}
