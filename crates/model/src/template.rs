//! Log templates: what log lines have in common once their variables are taken out.

use crate::event::Severity;
use crate::telemetry::Symbol;

/// One template, with `<*>` where lines differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    pub text: String,
    /// Services that print it, most lines first.
    pub services: Vec<Symbol>,
    pub level: Option<Severity>,
    pub count: u64,
}

/// Templates of a log, and which one each line belongs to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Templates {
    /// In the order of their first line.
    pub templates: Vec<Template>,
    /// For each log line, the position of its template.
    pub of_line: Vec<u32>,
}
