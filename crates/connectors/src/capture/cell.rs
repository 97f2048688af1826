//! What the text of one cell means: times, levels, how a span ended.

use model::event::Severity;
use model::instant::Instant;
use model::telemetry::SpanStatus;

/// Why a cell cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    Missing,
    NotATime,
    NotANumber,
    NotFinite,
    Negative,
    TooLong,
    UnknownKind,
    /// The row is kept, but not all of it.
    Cut,
}

impl Problem {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::NotATime => "is not a time (RFC 3339 with a zone, or an integer epoch in s, ms, µs or ns)",
            Self::NotANumber => "is not a number",
            Self::NotFinite => "is not a finite number",
            Self::Negative => "is below zero",
            Self::TooLong => "is too long for a name",
            Self::UnknownKind => "is neither user_action nor system_event",
            Self::Cut => "is longer than 64 KiB and cut there",
        }
    }
}

pub fn time(text: &str) -> Result<Instant, Problem> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = text.parse().map_err(|_| Problem::NotATime)?;
        return Instant::from_epoch(number).map_err(|_| Problem::NotATime);
    }
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    let number = text.parse().map_err(|_| Problem::NotATime)?;
    time_of_float(number)
}

/// Seconds or milliseconds with a fraction; the fraction is kept to the microsecond.
pub fn time_of_float(number: f64) -> Result<Instant, Problem> {
    let micros = match number {
        0.0..1e11 => number * 1e6,
        1e11..1e14 => number * 1e3,
        1e14..1e17 => number,
        1e17..9e18 => number / 1e3,
        _ => return Err(Problem::NotATime),
    };
    Instant::from_micros(micros.round() as i64).map_err(|_| Problem::NotATime)
}

/// The severity that a log level or an alert's severity stands for; `None` when the word is not known.
pub fn severity(text: &str) -> Option<Severity> {
    let word = text.trim().trim_matches(['[', ']', ':']).to_lowercase();
    let severity = match word.as_str() {
        "trace" | "debug" | "info" | "information" | "informational" | "verbose" | "fine" | "finer"
        | "finest" | "config" | "d" | "i" | "v" | "t" | "log" | "ok" | "none" | "信息" | "调试" => {
            Severity::Info
        }
        "notice" | "n" | "low" | "通知" | "提示" => Severity::Notice,
        "warn" | "warning" | "w" | "medium" | "minor" | "警告" | "告警" => Severity::Warning,
        "error" | "err" | "e" | "severe" | "high" | "major" | "failure" | "failed" | "错误" => {
            Severity::Error
        }
        "fatal" | "critical" | "crit" | "f" | "c" | "alert" | "emerg" | "emergency" | "panic" | "page"
        | "严重" | "致命" | "紧急" => Severity::Critical,
        _ => return None,
    };
    Some(severity)
}

/// How a span ended: words, HTTP codes, gRPC codes by name or number.
pub fn span_status(text: &str) -> SpanStatus {
    if let Ok(code) = text.trim().parse::<i64>() {
        return match code {
            1 | 100..500 => SpanStatus::Ok,
            2..=16 | 500..600 => SpanStatus::Error,
            _ => SpanStatus::Unset,
        };
    }
    let word = text.trim().to_lowercase();
    let word = word.strip_prefix("status_code_").unwrap_or(&word);
    match word {
        "ok" | "success" | "succeeded" => SpanStatus::Ok,
        "error" | "err" | "failed" | "failure" | "cancelled" | "unknown" | "deadline_exceeded"
        | "internal" | "unavailable" | "aborted" | "data_loss" | "resource_exhausted" | "exception"
        | "timeout" | "fault" => SpanStatus::Error,
        _ => SpanStatus::Unset,
    }
}

/// The identity of a span as a number: hexadecimal ids of up to 16 digits as they are, other texts hashed (FNV-1a).
/// `None` for no identity: empty, or all zeros as some exporters write for a root's parent.
pub fn span_id(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte == b'0') {
        return None;
    }
    if text.len() <= 16
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && let Ok(id) = u64::from_str_radix(text, 16)
    {
        return Some(id);
    }
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_form_mean_the_same() {
        let expected = "2026-11-12T14:04:50.5Z".parse().map_err(|_| Problem::NotATime);
        for text in [
            "2026-11-12T22:04:50.5+08:00",
            "2026-11-12 14:04:50.5Z",
            "1794492290.5",
            "1794492290500",
            "1794492290500000",
            "1794492290500000000",
        ] {
            assert_eq!(time(text), expected, "{text}");
        }
        for text in ["", "yesterday", "2026-11-12T14:04:50", "-5", "NaN", "inf"] {
            assert_eq!(time(text), Err(Problem::NotATime), "{text}");
        }
    }

    #[test]
    fn a_status_is_a_word_or_a_code() {
        for text in ["error", "500", "503", "2", "14", "STATUS_CODE_ERROR", "Unavailable"] {
            assert_eq!(span_status(text), SpanStatus::Error, "{text}");
        }
        for text in ["ok", "200", "404", "1"] {
            assert_eq!(span_status(text), SpanStatus::Ok, "{text}");
        }
        for text in ["", "0", "unset", "whatever"] {
            assert_eq!(span_status(text), SpanStatus::Unset, "{text}");
        }
    }

    #[test]
    fn a_span_without_identity_is_none() {
        assert_eq!(span_id(""), None);
        assert_eq!(span_id("0000000000000000"), None);
        assert_eq!(span_id("00000000000000ff"), Some(255));
        assert_ne!(span_id("a.b.1"), span_id("a.b.2"));
    }
}
