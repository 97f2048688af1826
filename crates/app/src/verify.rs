//! Is everything still as it was written? Pages of the database, the audit chain, and every file of every capture.

use store::{audit, capture};

use crate::app::App;
use crate::error::Error;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub audit_entries: i64,
    pub captures: usize,
    pub files: usize,
    /// One sentence each; empty when all is well.
    pub wrong: Vec<String>,
}

/// Reads everything that has a hash and compares. Beside a running server or without one.
///
/// # Errors
/// When the store cannot be read at all.
pub async fn verify(app: &App) -> Result<Report, Error> {
    let mut report = Report { wrong: app.store().check_pages().await?, ..Report::default() };
    match audit::verify(app.db()).await {
        Ok(entries) => report.audit_entries = entries,
        Err(broken @ store::Error::Unreadable { .. }) => report.wrong.push(broken.to_string()),
        Err(error) => return Err(error.into()),
    }
    for id in capture::list_ids(app.db()).await? {
        let manifest = capture::get(app.db(), &id).await?;
        report.captures += 1;
        for file in manifest.files {
            report.files += 1;
            if let Err(error) = app.store().objects().get(&file.sha256).await {
                report.wrong.push(format!("{id} {}: {error}", file.name));
            }
        }
    }
    Ok(report)
}
