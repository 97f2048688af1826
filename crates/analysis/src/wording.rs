//! Numbers as people write them, for titles and sentences in both languages.

/// `1.2 GB`, `31 %`, `340 ms`, `12.5`: three figures at most.
pub fn amount(value: f64, unit: Option<&str>) -> String {
    match unit {
        Some("B") => scaled(value, 1000.0, &["B", "kB", "MB", "GB", "TB", "PB"]),
        Some("B/s") => scaled(value, 1000.0, &["B/s", "kB/s", "MB/s", "GB/s", "TB/s"]),
        Some("s") => duration(value),
        Some("ms") => duration(value / 1e3),
        Some("µs") => duration(value / 1e6),
        Some("ratio") => format!("{} %", number(value * 100.0)),
        Some("m") => format!("{} m", number(value)),
        Some(unit) => format!("{} {unit}", number(value)),
        None => number(value),
    }
}

/// `0.3 → 31 %`: the unit once when both sides have the same.
pub fn change(from: f64, to: f64, unit: Option<&str>) -> String {
    let (from, to) = (amount(from, unit), amount(to, unit));
    match (from.rsplit_once(' '), to.rsplit_once(' ')) {
        (Some((number, left)), Some((_, right))) if left == right => format!("{number} → {to}"),
        _ => format!("{from} → {to}"),
    }
}

/// Three significant figures, no trailing zeros.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size < 1e-9 {
        return "0".to_owned();
    }
    if size >= 1e6 {
        return scaled(value, 1000.0, &["", "k", "M", "G", "T", "P"]).trim_end().to_owned();
    }
    let decimals = (2 - size.log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn scaled(value: f64, step: f64, units: &[&str]) -> String {
    let mut value = value;
    let mut unit = 0;
    while value.abs() >= step && unit + 1 < units.len() {
        value /= step;
        unit += 1;
    }
    format!("{} {}", number(value), units[unit])
}

fn duration(seconds: f64) -> String {
    let size = seconds.abs();
    if size < 1e-9 {
        "0 s".to_owned()
    } else if size < 1e-3 {
        format!("{} µs", number(seconds * 1e6))
    } else if size < 1.0 {
        format!("{} ms", number(seconds * 1e3))
    } else if size < 600.0 {
        format!("{} s", number(seconds))
    } else if size < 36_000.0 {
        format!("{} min", number(seconds / 60.0))
    } else {
        format!("{} h", number(seconds / 3600.0))
    }
}

/// `4 min 20 s` and `4 分 20 秒`.
pub fn length(micros: i64) -> (String, String) {
    let seconds = (micros + 500_000) / 1_000_000;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, _) => (format!("{rest} s"), format!("{rest} 秒")),
        (0, _, 0) => (format!("{minutes} min"), format!("{minutes} 分钟")),
        (0, _, _) => (format!("{minutes} min {rest} s"), format!("{minutes} 分 {rest} 秒")),
        (_, 0, _) => (format!("{hours} h"), format!("{hours} 小时")),
        _ => (format!("{hours} h {minutes} min"), format!("{hours} 小时 {minutes} 分")),
    }
}

/// At most `most` characters, cut with an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// `a, b and c`, and `a、b、c`; what is beyond `most` is counted.
pub fn list(names: &[&str], most: usize) -> (String, String) {
    let shown = &names[..names.len().min(most)];
    let rest = names.len() - shown.len();
    let zh = shown.join("、");
    if rest > 0 {
        return (format!("{} and {rest} more", shown.join(", ")), format!("{zh} 等 {} 个", names.len()));
    }
    let en = match shown.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    };
    (en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_compact() {
        assert_eq!(amount(1_234_567_890.0, Some("B")), "1.23 GB");
        assert_eq!(amount(0.31, Some("ratio")), "31 %");
        assert_eq!(amount(0.0021, Some("s")), "2.1 ms");
        assert_eq!(change(0.003, 0.31, Some("ratio")), "0.3 → 31 %");
        assert_eq!(change(0.02, 2.5, Some("s")), "20 ms → 2.5 s");
        assert_eq!(change(40.0, 3.0, None), "40 → 3");
        assert_eq!(number(12_345.0), "12345");
        assert_eq!(length(260_000_000).0, "4 min 20 s");
    }

    #[test]
    fn names_are_listed_and_the_rest_counted() {
        let list = |names: &[&str]| super::list(names, 3);
        assert_eq!(list(&["a"]), ("a".to_owned(), "a".to_owned()));
        assert_eq!(list(&["a", "b", "c"]), ("a, b and c".to_owned(), "a、b、c".to_owned()));
        assert_eq!(
            list(&["a", "b", "c", "d"]),
            ("a, b, c and 1 more".to_owned(), "a、b、c 等 4 个".to_owned())
        );
    }
}
