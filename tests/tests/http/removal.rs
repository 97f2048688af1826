//! Evidence stays as long as an incident names it, and goes from the disk with the last one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use app::accounts::people::ensure_program;
use app::app::{Claim, Options};
use app::captures::{Imported, Origin, get_capture, import_capture};
use app::incidents::delete_incident;
use app::verify::{Report, verify};
use app::watch::Watch;
use app::{Actor, App, Reply};
use model::id::IncidentId;
use model::person::Role;
use tempfile::TempDir;
use tests::capture;

/// An instance, and who imports and deletes there.
#[derive(Clone)]
struct Eve {
    app: App,
    actor: Actor,
}

impl Eve {
    async fn started(data: &Path) -> Self {
        let app = App::open(Options::in_folder(data)).await.unwrap();
        app.start().await.unwrap();
        let actor = Actor::on_behalf_of(&ensure_program(&app, "eve", Role::Editor).await.unwrap());
        Self { app, actor }
    }

    async fn import(&self, title: &str) -> IncidentId {
        let (folder, reply) = (written(title), Reply::<Imported>::internal());
        let imported = import_capture(&self.app, &self.actor, folder.path(), Origin::Import, reply).await;
        imported.unwrap().into_value().unwrap().incident.known.incident.id.clone()
    }

    async fn delete(&self, incident: &IncidentId) {
        delete_incident(&self.app, &self.actor, incident, Reply::internal()).await.unwrap();
    }

    async fn named(&self, incident: &IncidentId) -> BTreeSet<String> {
        let files = get_capture(&self.app, &self.actor, incident).await.unwrap().files;
        files.into_iter().map(|file| file.sha256).collect()
    }

    async fn end(self) {
        self.app.close().await.unwrap();
    }
}

/// Captures of different titles have their metrics in common.
fn written(title: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    capture::write(folder.path(), title);
    folder
}

/// Beside the server, as the command line does.
async fn verified(data: &Path) -> Report {
    let visitor = App::open(Options { claim: Claim::Inspect, ..Options::in_folder(data) }).await.unwrap();
    let report = verify(&visitor, &Watch::nobody()).await.unwrap();
    visitor.close().await.unwrap();
    report
}

/// Hashes of the objects on disk.
fn on_disk(data: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for shelf in std::fs::read_dir(data.join("objects")).unwrap().flatten() {
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        for object in std::fs::read_dir(shelf.path()).unwrap().flatten() {
            found.insert(format!("{}{}", name(&shelf.path()), name(&object.path())));
        }
    }
    found
}

/// The test runs into its time limit when that never comes.
async fn until_on_disk(data: &Path, wanted: &BTreeSet<String>) {
    while on_disk(data) != *wanted {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_goes_with_the_last_incident_that_names_it() {
    let data = tempfile::tempdir().unwrap();
    let eve = Eve::started(data.path()).await;
    let (one, other) = (eve.import("one").await, eve.import("other").await);
    let of_other = eve.named(&other).await;
    assert_eq!(on_disk(data.path()).len(), 3, "two headers, and metrics in common");
    eve.delete(&one).await;
    until_on_disk(data.path(), &of_other).await;
    let report = verified(data.path()).await;
    assert_eq!((report.wrong.len(), report.capture_count, report.file_count), (0, 1, 2), "{report:?}");
    eve.delete(&other).await;
    until_on_disk(data.path(), &BTreeSet::new()).await;
    assert_eq!(verified(data.path()).await.wrong, [""; 0]);
    eve.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_left_that_ended_between_rows_and_files_goes_with_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let eve = Eve::started(data.path()).await;
    let (one, other) = (eve.import("one").await, eve.import("other").await);
    let (before, of_other) = (on_disk(data.path()), eve.named(&other).await);
    // As an import in another process does, which holds all objects until its row is on the disk.
    let held = File::open(data.path().join("objects")).unwrap();
    held.lock_shared().unwrap();
    eve.delete(&one).await;
    while verified(data.path()).await.capture_count > 1 {}
    assert_eq!(on_disk(data.path()), before, "nothing is removed while somebody holds the objects");
    eve.end().await;
    drop(held);
    assert_eq!(on_disk(data.path()), before);
    assert_eq!(verified(data.path()).await.wrong, [""; 0]);
    let eve = Eve::started(data.path()).await;
    until_on_disk(data.path(), &of_other).await;
    eve.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_cut_off_anywhere_leaves_no_file_for_ever() {
    let data = tempfile::tempdir().unwrap();
    let eve = Eve::started(data.path()).await;
    let kept = eve.import("kept").await;
    for patience in 0..40 {
        let importing = eve.clone();
        let task = tokio::spawn(async move { importing.import(&format!("cut off {patience}")).await });
        for _ in 0..patience * patience {
            tokio::task::yield_now().await;
        }
        task.abort();
        // Whoever asked is gone, and the write may have gone through all the same.
        let _ = task.await;
    }
    eve.end().await;
    let eve = Eve::started(data.path()).await;
    loop {
        let report = verified(data.path()).await;
        assert_eq!(report.wrong, [""; 0]);
        if on_disk(data.path()).len() == report.file_count {
            break;
        }
    }
    assert!(on_disk(data.path()).is_superset(&eve.named(&kept).await));
    eve.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_evidence_imported_and_deleted_at_once_is_never_missed() {
    let data = tempfile::tempdir().unwrap();
    let eve = Eve::started(data.path()).await;
    let round = |title: &'static str| {
        let eve = eve.clone();
        tokio::spawn(async move {
            let mut last = eve.import(title).await;
            for _ in 0..10 {
                let next = eve.import(title).await;
                eve.delete(&last).await;
                last = next;
            }
            last
        })
    };
    let rounds = [round("same"), round("same"), round("other")];
    while !rounds.iter().all(tokio::task::JoinHandle::is_finished) {
        assert_eq!(verified(data.path()).await.wrong, [""; 0]);
    }
    let mut wanted = BTreeSet::new();
    for round in rounds {
        wanted.extend(eve.named(&round.await.unwrap()).await);
    }
    until_on_disk(data.path(), &wanted).await;
    assert_eq!(verified(data.path()).await.wrong, [""; 0]);
    eve.end().await;
}
