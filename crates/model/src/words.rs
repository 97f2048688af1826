//! Names that machines give, as a person would say them. What is stored keeps its own name.
//!
//! The web UI names signals by the same rule (`web/src/lib/words`); both are tested with the same names.

/// Units at the end of a metric's name: the value beside it says them already.
const UNITS: [&str; 7] =
    ["_per_second", "_seconds", "_bytes", "_total", "_percent", "_connections", "_cores"];
const SHORT: [&str; 16] = [
    "http", "https", "db", "cpu", "io", "gc", "sql", "dns", "tcp", "rpc", "grpc", "jvm", "ssl", "tls", "url",
    "api",
];

/// `http_latency_p50_seconds` becomes `HTTP latency p50`. What is not a metric's name stays as it is.
pub fn signal_name(name: &str) -> String {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let begins = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !begins || !name.contains('_') || !name.split('_').all(is_part) {
        return without_holes(name);
    }
    let bare = UNITS.iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or(name);
    let said = |word: &str| if SHORT.contains(&word) { word.to_uppercase() } else { word.to_owned() };
    bare.split('_').map(said).collect::<Vec<_>>().join(" ")
}

/// The holes of a log template (`<*>`), as a person leaves something out.
pub fn without_holes(text: &str) -> String {
    let mut parts = text.split("<*>");
    let mut said = parts.next().unwrap_or("").to_owned();
    for part in parts {
        // Holes with nothing but space between them are one.
        if said.trim_end().ends_with('…') {
            said.truncate(said.trim_end().len());
        } else {
            said.push('…');
        }
        said.push_str(part);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_named_without_its_underscores_and_the_unit_that_its_value_says() {
        assert_eq!(signal_name("http_latency_p50_seconds"), "HTTP latency p50");
        assert_eq!(signal_name("db_pool_in_use_connections"), "DB pool in use");
        assert_eq!(signal_name("http_requests_per_second"), "HTTP requests");
        assert_eq!(signal_name("http_error_ratio"), "HTTP error ratio");
    }

    #[test]
    fn what_is_no_such_name_stays_as_it_is() {
        for name in
            ["GET /carts/{user} p95", "up", "error lines", "请求失败率", "Bad_Name", "_seconds", "a__b"]
        {
            assert_eq!(signal_name(name), name);
        }
    }

    #[test]
    fn the_holes_of_a_template_read_as_left_out() {
        assert_eq!(
            without_holes("页面 home 渲染失败，请求号 <*> (688 ×)"),
            "页面 home 渲染失败，请求号 … (688 ×)"
        );
        assert_eq!(without_holes(r#"POST <*> <*> upstream <*> "<*> <*>""#), r#"POST … upstream … "…""#);
        assert_eq!(signal_name(r#"extend file "<*>": full"#), r#"extend file "…": full"#);
    }
}
