//! A small capture: two hours of one service, whose latency jumps.

use std::path::Path;

use serde_json::json;

pub fn write(folder: &Path, title: &str) {
    let header = json!({
        "title": title, "detected_at": "2026-01-02T03:20:00Z", "services": ["checkout"],
        "window": { "start": "2026-01-02T02:00:00Z", "end": "2026-01-02T04:00:00Z" },
    });
    let start = 1_767_319_200;
    let mut metrics = "time,service,metric,value\n".to_owned();
    for step in 0..480 {
        let noise = f64::from(step * 7919 % 13);
        let value = if (300..420).contains(&step) { 900.0 } else { 40.0 } + noise;
        metrics.push_str(&format!("{},checkout,latency_ms,{value}\n", start + step * 15));
    }
    let written = [("incident.json", header.to_string()), ("metrics.csv", metrics)]
        .map(|(name, text)| std::fs::write(folder.join(name), text));
    assert!(written.iter().all(Result::is_ok), "a temporary folder can be written");
}

/// The same, packed.
pub fn zip(title: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write(folder.path(), title);
    let packed = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    app::captures::pack(folder.path(), packed.path()).expect("a capture can be packed");
    std::fs::read(packed.path()).expect("it was just written")
}
