//! `incident.json`: what the capture is about.

use model::instant::{Instant, Span};
use model::telemetry::Header;
use serde_json::{Map, Value};

use super::bundle::Bundle;
use super::error::Error;
use super::limits;

/// Reads `incident.json`.
///
/// # Errors
/// Names the field, what was found and what is expected.
pub fn read(bundle: &Bundle) -> Result<Header, Error> {
    if !bundle.has("incident.json") {
        return Err(Error::NoHeader { path: bundle.path().to_owned() });
    }
    parse(&bundle.bytes("incident.json", limits::HEADER_BYTES)?)
}

fn parse(bytes: &[u8]) -> Result<Header, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| wrong("the file", format!("not JSON: {error}")))?;
    let Value::Object(fields) = value else { return Err(wrong("the file", "not a JSON object")) };
    let fields = Fields(fields);
    Ok(Header {
        title: fields
            .text("title")?
            .ok_or_else(|| wrong("title", "missing; say in one line what went wrong"))?,
        detected_at: fields.time("detected_at")?.ok_or_else(|| wrong("detected_at", "missing"))?,
        window: fields.span("window")?.ok_or_else(|| wrong("window", "missing; needed is {start, end}"))?,
        baseline: fields.span("baseline")?,
        severity: fields.severity()?,
        services: fields.services()?,
        timezone: fields.text("timezone")?,
        entry_service: fields.text("entry_service")?,
        started_at: fields.time("started_at")?,
        mitigated_at: fields.time("mitigated_at")?,
        resolved_at: fields.time("resolved_at")?,
    })
}

fn wrong(field: &str, problem: impl Into<String>) -> Error {
    Error::Header { field: field.to_owned(), problem: problem.into() }
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

fn time_of(field: &str, value: &Value) -> Result<Instant, Error> {
    let unreadable = || {
        let found = shown(value);
        wrong(
            field,
            format!(
                "not a time: {found}; write RFC 3339 with a zone, such as 2026-11-12T14:04:50Z, or an epoch number"
            ),
        )
    };
    match value {
        Value::String(text) => text.parse().map_err(|_| unreadable()),
        Value::Number(number) => {
            let number = number.as_i64().ok_or_else(unreadable)?;
            Instant::from_epoch(number).map_err(|_| unreadable())
        }
        _ => Err(unreadable()),
    }
}

struct Fields(Map<String, Value>);

impl Fields {
    fn given(&self, field: &str) -> Option<&Value> {
        self.0.get(field).filter(|value| !value.is_null())
    }

    fn text(&self, field: &str) -> Result<Option<String>, Error> {
        match self.given(field) {
            None => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.trim().to_owned())),
            Some(other) => Err(wrong(field, format!("not a text: {}", shown(other)))),
        }
    }

    fn time(&self, field: &str) -> Result<Option<Instant>, Error> {
        self.given(field).map(|value| time_of(field, value)).transpose()
    }

    fn span(&self, field: &str) -> Result<Option<Span>, Error> {
        let Some(value) = self.given(field) else { return Ok(None) };
        let end = |name: &str| match value.get(name) {
            Some(end) => time_of(&format!("{field}.{name}"), end),
            None => Err(wrong(field, format!("no {name}; needed is {{start, end}}"))),
        };
        let span = Span::new(end("start")?, end("end")?).map_err(|error| wrong(field, error.to_string()))?;
        Ok(Some(span))
    }

    fn severity(&self) -> Result<Option<model::incident::Severity>, Error> {
        let Some(text) = self.text("severity")? else { return Ok(None) };
        let severity = model::incident::Severity::parse(&text.to_lowercase());
        let severity =
            severity.ok_or_else(|| wrong("severity", format!("{text:?}; one of sev1, sev2, sev3, sev4")))?;
        Ok(Some(severity))
    }

    fn services(&self) -> Result<Vec<String>, Error> {
        let names = match self.given("services") {
            None => Vec::new(),
            Some(Value::String(name)) => vec![name.clone()],
            Some(list) => serde_json::from_value(list.clone())
                .map_err(|_| wrong("services", format!("not a list of names: {}", shown(list))))?,
        };
        Ok(names)
    }
}
