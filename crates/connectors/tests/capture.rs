//! A capture is the same whatever it is written in, and no file can harm the reader.

#![expect(clippy::unwrap_used, reason = "a test that cannot lay out its files has failed")]

use std::fs;
use std::io::Write;
use std::path::Path;

use connectors::capture::{self, Bundle, Error, Sources, Table, read};
use model::Instant;
use model::telemetry::{Capture, Header, Symbol, Telemetry};
use proptest::prelude::*;
use tempfile::TempDir;

const INCIDENT: &str = r#"{"title": "结算变慢", "detected_at": "2026-11-12T14:05:00Z", "services": ["orders"],
    "window": {"start": 1794492000, "end": "2026-11-12T14:30:00Z"}, "severity": "sev2", "entry_service": "edge"}"#;

/// (file, content) of the same capture in CSV and in JSONL.
const CSV: [(&str, &str); 5] = [
    (
        "metrics.csv",
        "time,service,metric,value,instance,labels\n\
         1794492010,orders,latency,0.5,a,\n\
         1794492005,orders,latency,0.25,a,\n\
         1794492010,edge,errors,3,,\"{\"\"code\"\":\"\"500\"\"}\"\n",
    ),
    (
        "logs.csv",
        "time,service,message,level,trace_id,span_id\n\
         2026-11-12T14:00:02.5Z,orders,\"锁等待, 38 个会话\",WARN,t1,00000000000000ff\n\
         2026-11-12T14:00:01Z,edge,GET /cart 200,info,,\n",
    ),
    (
        "traces.csv",
        "time,trace_id,span_id,parent_span_id,service,operation,duration_us,status\n\
         1794492001000000,t1,0000000000000001,,edge,GET /cart,5000,200\n\
         1794492001000100,t1,0000000000000002,0000000000000001,orders,read,4000,500\n",
    ),
    (
        "events.csv",
        "time,kind,type,service,title,actor,attributes,ticket\n\
         2026-11-12T14:00:00Z,user_action,deploy,orders,deploy 4.18.0,jonas,\"{\"\"version\"\":\"\"4.18.0\"\"}\",OPS-7\n",
    ),
    ("topology.csv", "caller,callee\nedge,orders\n"),
];

const JSONL: [(&str, &str); 5] = [
    (
        "metrics.jsonl",
        r#"{"time": 1794492010000, "service": "orders", "metric": "latency", "value": 0.5, "instance": "a"}
{"time": 1794492005000, "service": "orders", "metric": "latency", "value": "0.25", "instance": "a", "labels": null}
{"time": 1794492010000, "service": "edge", "metric": "errors", "value": 3, "labels": {"code": "500"}}
"#,
    ),
    (
        "logs.jsonl",
        r#"{"time": "2026-11-12T22:00:02.5+08:00", "service": "orders", "message": "锁等待, 38 个会话", "level": "warning", "trace_id": "t1", "span_id": "ff"}
{"time": 1794492001, "service": "edge", "message": "GET /cart 200", "level": "INFO"}
"#,
    ),
    (
        "traces.jsonl",
        r#"{"time": "2026-11-12T14:00:01Z", "trace_id": "t1", "span_id": "1", "service": "edge", "operation": "GET /cart", "duration_us": 5000, "status": "ok"}
{"time": 1794492001000100, "trace_id": "t1", "span_id": "2", "parent_span_id": "1", "service": "orders", "operation": "read", "duration_us": 4000.0, "status": "error"}
"#,
    ),
    (
        "events.jsonl",
        r#"{"time": 1794492000, "kind": "user_action", "type": "deploy", "service": "orders", "title": "deploy 4.18.0", "actor": "jonas", "attributes": {"version": "4.18.0"}, "ticket": "OPS-7"}
"#,
    ),
    ("topology.csv", "caller,callee\nedge,orders\n"),
];

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("incident.json"), INCIDENT).unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// A capture without what depends on the files it came from.
fn meaning(capture: &Capture) -> impl PartialEq + std::fmt::Debug + use<> {
    let telemetry = &capture.telemetry;
    let name = |symbol: Symbol| telemetry.symbols.name(symbol).to_owned();
    let maybe = |symbol: Option<Symbol>| symbol.map(name);
    let Telemetry { metrics, logs, spans, happenings, calls, .. } = telemetry;
    let metrics: Vec<_> = metrics
        .iter()
        .map(|one| {
            let key =
                [Some(name(one.service)), Some(name(one.metric)), maybe(one.instance), maybe(one.labels)];
            (key, one.times.clone(), one.values.clone())
        })
        .collect();
    let logs: Vec<_> = (0..logs.time.len())
        .map(|line| {
            let message = logs.message.get(line).to_owned();
            (
                logs.time[line],
                name(logs.service[line]),
                message,
                logs.level[line],
                maybe(logs.trace[line]),
                logs.span[line],
            )
        })
        .collect();
    let spans: Vec<_> = (0..spans.start.len())
        .map(|span| {
            let names = [spans.trace[span], spans.service[span], spans.operation[span]].map(name);
            (
                spans.start[span],
                spans.duration_us[span],
                names,
                spans.span[span],
                spans.parent[span],
                spans.status[span],
            )
        })
        .collect();
    let calls: Vec<_> = calls.iter().map(|call| (name(call.caller), name(call.callee))).collect();
    (capture.header.clone(), metrics, logs, spans, happenings.clone(), calls, telemetry.skipped.clone())
}

fn zipped(from: &Path, prefix: &str) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(to.path().join("capture.zip")).unwrap());
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(path).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    to
}

#[test]
fn csv_jsonl_and_parquet_mean_the_same() {
    let csv = read(folder(&CSV).path()).unwrap();
    let jsonl = read(folder(&JSONL).path()).unwrap();
    assert_eq!(meaning(&csv), meaning(&jsonl));

    let written = tempfile::tempdir().unwrap();
    let at: Instant = "2026-11-13T00:00:00Z".parse().unwrap();
    let manifest = capture::write(written.path(), &csv, &Sources::default(), at).unwrap();
    let parquet = read(written.path()).unwrap();
    assert_eq!(meaning(&csv), meaning(&parquet));
    assert_eq!(parquet.telemetry.files.logs.as_deref(), Some("logs.parquet"));

    let rows: Vec<_> = manifest.files.iter().map(|file| (file.name.as_str(), file.rows)).collect();
    assert_eq!(
        rows,
        [
            ("events.parquet", Some(1)),
            ("incident.json", None),
            ("logs.parquet", Some(2)),
            ("metrics.parquet", Some(3)),
            ("topology.csv", None),
            ("traces.parquet", Some(2)),
        ]
    );
    let again = tempfile::tempdir().unwrap();
    assert_eq!(capture::write(again.path(), &parquet, &Sources::default(), at).unwrap(), manifest);
}

#[test]
fn a_zip_is_its_folder() {
    let folder = folder(&CSV);
    let expected = read(folder.path()).unwrap();
    for prefix in ["", "case-7/", "captures/2026/case-7/"] {
        let zip = zipped(folder.path(), prefix);
        assert_eq!(read(&zip.path().join("capture.zip")).unwrap(), expected, "{prefix:?}");
    }
}

#[test]
fn a_capture_with_more_events_keeps_all_else() {
    let folder = folder(&CSV);
    let before = read(folder.path()).unwrap();
    let mut added = before.telemetry.happenings[0].clone();
    added.kind = model::event::Kind::Note;
    added.title = "有人 said \"so\"\nand more".to_owned();
    added.row = 1;
    let header = Header { title: "结算很慢".to_owned(), ..before.header.clone() };
    capture::extend(folder.path(), &header, vec![added.clone()]).unwrap();

    assert_eq!(fs::read(folder.path().join("metrics.csv")).unwrap(), CSV[0].1.as_bytes());
    let mut after = read(folder.path()).unwrap();
    assert_eq!(after.telemetry.happenings.pop(), Some(added));
    assert_eq!(after.header.title, "结算很慢");
    after.header.title.clone_from(&before.header.title);
    assert_eq!(meaning(&after), meaning(&before));
    assert!(!folder.path().join("events.csv").exists(), "a table is there once");
}

#[test]
fn a_packed_capture_is_its_folder() {
    let folder = folder(&JSONL);
    let to = tempfile::tempdir().unwrap();
    let paths = ["one.zip", "two.zip"].map(|name| to.path().join(name));
    for path in &paths {
        capture::pack(folder.path(), path).unwrap();
    }
    assert_eq!(meaning(&read(&paths[0]).unwrap()), meaning(&read(folder.path()).unwrap()));
    assert_eq!(fs::read(&paths[0]).unwrap(), fs::read(&paths[1]).unwrap());
}

#[test]
fn rows_are_shown_as_they_are_in_the_file() {
    let folder = folder(&CSV);
    let bundle = Bundle::open(folder.path()).unwrap();
    let shown = capture::rows(&bundle, Table::Logs, 1, 10).unwrap().unwrap();
    assert_eq!(shown.columns[..3], ["time", "service", "message"]);
    assert_eq!(shown.rows.len(), 1);
    assert_eq!(shown.rows[0][2], "GET /cart 200");
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    let refused = |files: &[(&str, &str)]| read(folder(files).path()).unwrap_err().to_string();
    assert_eq!(
        refused(&[("metrics.csv", "time,service,value\n1,a,2\n")]),
        "metrics.csv: no column \"metric\"; needed are time, service, metric, value, found are time, service, value"
    );
    assert_eq!(
        refused(&[("logs.jsonl", "{\"time\": \"yesterday\", \"service\": \"a\", \"message\": \"b\"}\n")]),
        "logs.jsonl, row 1, column \"time\": \"yesterday\" is not a time (RFC 3339 with a zone, or an integer epoch in \
         s, ms, µs or ns); no row of this file could be read"
    );
    assert_eq!(
        refused(&[("logs.csv", "time,service,message\n"), ("logs.jsonl", "")]),
        "logs.csv and logs.jsonl are the same table twice: remove one of them"
    );
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(read(empty.path()), Err(Error::NoHeader { .. })));
    fs::write(empty.path().join("incident.json"), r#"{"title": "x", "detected_at": "now"}"#).unwrap();
    assert!(read(empty.path()).unwrap_err().to_string().contains("detected_at: not a time: \"now\""));
}

#[test]
fn rows_that_cannot_be_read_are_counted() {
    let lines =
        "{\"time\": 1794492001, \"service\": \"a\", \"message\": \"b\"}\nnot json\n{\"time\": \"x\"}\n";
    let capture = read(folder(&[("logs.jsonl", lines)]).path()).unwrap();
    let skipped: Vec<_> =
        capture.telemetry.skipped.iter().map(|(reason, rows)| (reason.as_str(), *rows)).collect();
    assert_eq!(capture.telemetry.logs.time.len(), 1);
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert!(skipped.iter().all(|(_, rows)| *rows == 1));
}

#[test]
fn a_zip_that_climbs_or_explodes_is_refused() {
    let to = tempfile::tempdir().unwrap();
    let path = to.path().join("evil.zip");
    let write = |name: &str, content: &[u8]| {
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("incident.json", options).unwrap();
        zip.write_all(INCIDENT.as_bytes()).unwrap();
        zip.start_file(name, options).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap();
    };
    write("../logs.csv", b"time,service,message\n");
    assert!(matches!(read(&path), Err(Error::Traversal { .. })));
    write("logs.csv", &vec![b'a'; 80 << 20]);
    assert!(matches!(read(&path), Err(Error::TooBig { .. })));
    fs::write(&path, b"PK\x03\x04 not really").unwrap();
    assert!(matches!(read(&path), Err(Error::NotACapture { .. })));
}

/// A valid Parquet file to damage.
fn parquet() -> Vec<u8> {
    let written = tempfile::tempdir().unwrap();
    let capture = read(folder(&CSV).path()).unwrap();
    capture::write(written.path(), &capture, &Sources::default(), Instant::EPOCH).unwrap();
    fs::read(written.path().join("traces.parquet")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_panic(content in prop::collection::vec(any::<u8>(), 0..400), name in 0..6_usize) {
        let name = ["metrics.csv", "logs.jsonl", "traces.parquet", "events.jsonl", "topology.csv", "incident.json"][name];
        let folder = folder(&[]);
        fs::write(folder.path().join(name), content).unwrap();
        let _ = read(folder.path());
    }

    #[test]
    fn damaged_parquet_is_an_error_or_a_capture(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = parquet();
        for (place, value) in places {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let folder = folder(&[]);
        fs::write(folder.path().join("traces.parquet"), bytes).unwrap();
        let _ = read(folder.path());
    }

    #[test]
    fn no_zip_makes_it_panic(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let zip = zipped(folder(&CSV).path(), "");
        let path = zip.path().join("capture.zip");
        let mut bytes = fs::read(&path).unwrap();
        for (place, value) in places {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        fs::write(&path, bytes).unwrap();
        let _ = read(&path);
    }
}
