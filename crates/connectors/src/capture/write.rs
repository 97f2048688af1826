//! A capture as files: Parquet that any tool opens, `incident.json`, `topology.csv`, and the manifest over all.
//!
//! The same capture gives the same bytes: rows in the order of the model, fixed settings, no clock.

mod tables;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::file::properties::WriterProperties;
use arrow::array::RecordBatch;
use model::instant::Instant;
use model::telemetry::{Capture, Header};
use serde_json::{Map, Value, json};

use super::error::Error;
use super::manifest::{self, Entry, Manifest};

/// Where the tables of a capture came from, in words for the manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub metrics: String,
    pub logs: String,
    pub traces: String,
    pub events: String,
    pub topology: String,
}

/// Rows of one write: bounds memory, and is a row group that readers can skip.
const CHUNK: usize = 1 << 16;

/// Writes a capture into a folder, which is made if it is not there. Tables without rows are left out.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(
    folder: &Path,
    capture: &Capture,
    sources: &Sources,
    collected_at: Instant,
) -> Result<Manifest, Error> {
    fs::create_dir_all(folder).map_err(|cause| Error::Write { path: folder.to_owned(), cause })?;
    let mut files = vec![write_text(folder, "incident.json", &header_text(&capture.header), "incident")?];
    let telemetry = &capture.telemetry;
    let tables: [(&str, usize, tables::Chunk, &str); 4] = [
        ("events.parquet", telemetry.happenings.len(), tables::events, &sources.events),
        ("logs.parquet", telemetry.logs.time.len(), tables::logs, &sources.logs),
        ("metrics.parquet", tables::sample_count(telemetry), tables::metrics, &sources.metrics),
        ("traces.parquet", telemetry.spans.start.len(), tables::spans, &sources.traces),
    ];
    for (name, row_count, chunk, source) in tables {
        if row_count > 0 {
            files.push(write_table(folder, name, capture, row_count, chunk, source)?);
        }
    }
    if !telemetry.calls.is_empty() {
        files.push(write_text(folder, "topology.csv", &topology_text(capture), &sources.topology)?);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let manifest = Manifest { collected_at, window: capture.header.window, files };
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|error| Error::Encode { file: manifest::FILE.to_owned(), problem: error.to_string() })?;
    write_text(folder, manifest::FILE, &(text + "\n"), "")?;
    Ok(manifest)
}

pub(super) fn write_text(folder: &Path, name: &str, text: &str, source: &str) -> Result<Entry, Error> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(|cause| Error::Write { path, cause })?;
    manifest::entry(folder, name, None, source)
}

fn write_table(
    folder: &Path,
    name: &str,
    capture: &Capture,
    row_count: usize,
    chunk: tables::Chunk,
    source: &str,
) -> Result<Entry, Error> {
    let path = folder.join(name);
    let failed = |problem: String| Error::Encode { file: name.to_owned(), problem };
    let file = fs::File::create(&path).map_err(|cause| Error::Write { path, cause })?;
    let level = ZstdLevel::try_new(3).map_err(|error| failed(error.to_string()))?;
    let settings = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by("fupan".to_owned())
        .build();
    let mut writer: Option<ArrowWriter<fs::File>> = None;
    let mut file = Some(file);
    let mut from = 0;
    while from < row_count {
        let to = (from + CHUNK).min(row_count);
        let batch: RecordBatch =
            chunk(&capture.telemetry, from, to).map_err(|error| failed(error.to_string()))?;
        if let Some(file) = file.take() {
            let opened = ArrowWriter::try_new(file, batch.schema(), Some(settings.clone()));
            writer = Some(opened.map_err(|error| failed(error.to_string()))?);
        }
        if let Some(writer) = &mut writer {
            writer.write(&batch).map_err(|error| failed(error.to_string()))?;
        }
        from = to;
    }
    if let Some(writer) = writer {
        writer.close().map_err(|error| failed(error.to_string()))?;
    }
    manifest::entry(folder, name, Some(row_count as u64), source)
}

pub(super) fn header_text(header: &Header) -> String {
    let mut fields = Map::new();
    fields.insert("title".to_owned(), json!(header.title));
    fields.insert("detected_at".to_owned(), json!(header.detected_at));
    fields.insert("window".to_owned(), json!(header.window));
    let optional: [(&str, Option<Value>); 7] = [
        ("severity", header.severity.map(|severity| json!(severity.as_str()))),
        ("baseline", header.baseline.map(|baseline| json!(baseline))),
        ("timezone", header.timezone.as_ref().map(|zone| json!(zone))),
        ("entry_service", header.entry_service.as_ref().map(|service| json!(service))),
        ("started_at", header.started_at.map(|at| json!(at))),
        ("mitigated_at", header.mitigated_at.map(|at| json!(at))),
        ("resolved_at", header.resolved_at.map(|at| json!(at))),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    }
    if !header.services.is_empty() {
        fields.insert("services".to_owned(), json!(header.services));
    }
    let text = serde_json::to_string_pretty(&Value::Object(fields)).unwrap_or_default();
    text + "\n"
}

fn topology_text(capture: &Capture) -> String {
    let symbols = &capture.telemetry.symbols;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![["caller", "callee"]];
    rows.extend(
        capture.telemetry.calls.iter().map(|call| [symbols.name(call.caller), symbols.name(call.callee)]),
    );
    let written: Result<(), csv::Error> = rows.iter().try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Shared by the tables: a schema from names and arrays.
fn batch(columns: Vec<(&str, arrow::array::ArrayRef)>) -> Result<RecordBatch, arrow::error::ArrowError> {
    let fields: Vec<arrow::datatypes::Field> = columns
        .iter()
        .map(|(name, array)| arrow::datatypes::Field::new(*name, array.data_type().clone(), true))
        .collect();
    let schema = Arc::new(arrow::datatypes::Schema::new(fields));
    RecordBatch::try_new(schema, columns.into_iter().map(|(_, array)| array).collect())
}
