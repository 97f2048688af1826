//! `topology.csv`: declared calls between services.

use std::collections::BTreeSet;

use model::telemetry::{Call, Symbols};

use super::batch::{self, Keep};
use super::bundle::{Bundle, Format, Part};
use super::error::Error;
use super::names::{self, Names};

const NEEDED: &[&str] = &["caller", "callee"];

/// In the order of names; empty when the capture declares none.
pub fn read(bundle: &Bundle, symbols: &mut Symbols) -> Result<Vec<Call>, Error> {
    let part = Part { name: "topology.csv".to_owned(), format: Format::Csv };
    if !bundle.has(&part.name) {
        return Ok(Vec::new());
    }
    let mut calls = BTreeSet::new();
    for batch in batch::open(bundle, &part, Keep::Only(NEEDED), 0)? {
        let batch = batch?;
        batch::require(&part, &batch, NEEDED)?;
        let mut callers = Names::of(&batch, "caller");
        let mut callees = Names::of(&batch, "callee");
        for row in 0..batch.row_count {
            let caller = callers.symbol(row, symbols).unwrap_or(None);
            let callee = callees.symbol(row, symbols).unwrap_or(None);
            if let (Some(caller), Some(callee)) = (caller, callee) {
                calls.insert(Call { caller, callee });
            }
        }
        names::check_size(symbols, &part.name)?;
    }
    let mut calls: Vec<Call> = calls.into_iter().collect();
    calls.sort_by_key(|call| [call.caller, call.callee].map(|service| symbols.name(service).to_owned()));
    Ok(calls)
}
