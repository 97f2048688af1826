//! Is everything still as it was written? Pages of the database, the audit chain, and every file of every capture; with
//! a checksum over all rows, by which two instances are told to hold the same.

use std::collections::BTreeMap;

use store::content::{self, Content};
use store::{Store, audit, capture};

use crate::app::App;
use crate::watch::{Interrupted, Step, Watch};

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub database: Database,
    pub capture_count: usize,
    /// Files with different content; a file of two captures is stored once.
    pub file_count: usize,
    pub size_bytes: u64,
    /// One sentence each; empty when all is well.
    pub wrong: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Database {
    /// `None` when the chain is broken.
    pub audit_entries: Option<i64>,
    /// `None` when not every row could be read.
    pub content: Option<Content>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

/// Reads everything that has a hash and compares. Beside a running server or without one.
///
/// # Errors
/// When the store cannot be read at all.
pub async fn verify(app: &App, watch: &Watch) -> Result<Report, Error> {
    let _hold = app.store().objects().hold().await?;
    let (database, files, mut wrong) = check_database(app.store(), watch).await?;
    let mut report = Report {
        database,
        capture_count: files.capture_count,
        file_count: files.names.len(),
        ..Report::default()
    };
    watch.begin(Step::Files, Some(files.size_bytes));
    for (sha256, name) in &files.names {
        match watch.wait(app.store().objects().check(sha256)).await? {
            Ok(size_bytes) => {
                report.size_bytes += size_bytes;
                let _ = watch.pass(size_bytes);
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    report.wrong = wrong;
    Ok(report)
}

/// The files that a database names.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub capture_count: usize,
    pub size_bytes: u64,
    /// By hash: a capture and a name under which the file is known there.
    pub names: BTreeMap<String, String>,
}

/// All that can be said without the files, and which files there must be; with what is wrong.
pub(crate) async fn check_database(
    store: &Store,
    watch: &Watch,
) -> Result<(Database, Files, Vec<String>), Error> {
    // One moment for all: what a server writes meanwhile would look like a broken chain.
    let snapshot = store.snapshot().await?;
    let mut wrong = Vec::new();
    watch.begin(Step::Pages, None);
    match watch.wait(store.check_pages()).await? {
        Ok(found) => wrong.extend(found),
        Err(error) => wrong.push(chain(&error)),
    }
    let mut database = Database::default();
    watch.begin(Step::Audit, None);
    match watch.wait(audit::verify(&snapshot)).await? {
        Ok(count) => database.audit_entries = Some(count),
        Err(error) => wrong.push(chain(&error)),
    }
    watch.begin(Step::Rows, None);
    let mut before = 0;
    let rows = content::checksum(&snapshot, |row_count| {
        let _ = watch.pass(row_count - before);
        before = row_count;
    });
    match watch.wait(rows).await? {
        Ok(content) => database.content = Some(content),
        Err(error) => wrong.push(chain(&error)),
    }
    let mut files = Files::default();
    match capture::list(&snapshot).await {
        Ok(captures) => files = files_of(&captures),
        Err(error) => wrong.push(chain(&error)),
    }
    Ok((database, files, wrong))
}

fn files_of(captures: &[capture::Manifest]) -> Files {
    let mut files = Files { capture_count: captures.len(), ..Files::default() };
    for capture in captures {
        for file in &capture.files {
            let name = format!("{} {}", capture.id, file.name);
            if files.names.insert(file.sha256.clone(), name).is_none() {
                files.size_bytes += u64::try_from(file.size_bytes).unwrap_or(0);
            }
        }
    }
    files
}

/// The error with its causes.
fn chain(error: &store::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let reason = error.to_string();
        // Some errors repeat their cause in their own words.
        if !text.contains(&reason) {
            text.push_str(": ");
            text.push_str(&reason);
        }
        cause = error.source();
    }
    text
}
