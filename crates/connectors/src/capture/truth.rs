//! `truth.json` of a labelled capture: what really was the cause. Only for measuring; [`super::read`] never opens it.

use serde_json::Value;

use super::bundle::Bundle;
use super::error::Error;
use super::limits;

/// The right answer of a labelled capture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Truth {
    /// Any of these is right.
    pub services: Vec<String>,
    pub signal: Option<String>,
    pub fault: Option<String>,
}

/// `None` when the capture is not labelled.
///
/// # Errors
/// When `truth.json` is there but names no service.
pub fn read(bundle: &Bundle) -> Result<Option<Truth>, Error> {
    const FILE: &str = "truth.json";
    if !bundle.has(FILE) {
        return Ok(None);
    }
    let bytes = bundle.bytes(FILE, limits::HEADER_BYTES)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| Error::damaged(FILE, error))?;
    let services: Vec<String> = match value.get("service") {
        Some(Value::String(service)) => vec![service.clone()],
        Some(Value::Array(services)) => {
            services.iter().filter_map(|service| service.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    };
    if services.is_empty() {
        return Err(Error::damaged(FILE, "no service: needed is a name or a list of names"));
    }
    let text = |field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    Ok(Some(Truth { services, signal: text("signal"), fault: text("fault") }))
}
