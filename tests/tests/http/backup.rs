//! A backup beside a server that writes, and what becomes of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::App;
use app::app::{Claim, Options};
use app::backup::{Error, Manifest, backup, restore};
use app::verify::{Report, verify};
use app::watch::Watch;
use serde_json::json;
use tests::{Client, TestApp, capture};
use tokio_util::sync::CancellationToken;

const IMPORT: &str = "/api/v1/incidents/import";

/// Beside a server, as the command line does.
async fn visit(data: &Path) -> App {
    let options = Options { claim: Claim::Inspect, ..Options::in_folder(data) };
    App::open(options).await.expect("there is an instance")
}

async fn back_up(data: &Path, file: &Path, watch: &Watch) -> Result<Manifest, Error> {
    let app = visit(data).await;
    let made = backup(&app, file, watch).await;
    app.close().await.unwrap();
    made
}

async fn verified(data: &Path) -> Report {
    let app = visit(data).await;
    let report = verify(&app, &Watch::nobody()).await.unwrap();
    app.close().await.unwrap();
    report
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

async fn add_event(editor: &Client, incident: &str, number: usize) -> String {
    let draft = json!({ "title": format!("note {number}"), "occurred_at": "2026-01-02T03:30:00Z" });
    let path = format!("/api/v1/incidents/{incident}/events");
    editor.post(&path, draft).await.expect(201).id().to_owned()
}

/// An instance with a capture that nobody writes to, and its incident.
async fn quiet() -> (TestApp, String) {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let made = editor.post_zip(IMPORT, capture::zip("checkout is slow")).await.expect(202);
    let incident = made.json["incident"]["id"].as_str().unwrap().to_owned();
    add_event(&editor, &incident, 0).await;
    app.app.close().await.unwrap();
    (app, incident)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_is_in_it_while_writing_goes_on() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let made = editor.post_zip(IMPORT, capture::zip("checkout is slow")).await.expect(202);
    let incident = made.json["incident"]["id"].as_str().unwrap().to_owned();
    let mut before = Vec::new();
    for number in 0..20 {
        before.push(add_event(&editor, &incident, number).await);
    }
    let stop = CancellationToken::new();
    let writing = tokio::spawn({
        let (stop, editor, incident) = (stop.clone(), editor.clone(), incident.clone());
        async move {
            let mut number = 100;
            while !stop.is_cancelled() {
                add_event(&editor, &incident, number).await;
                editor.post_zip(IMPORT, capture::zip(&format!("incident {number}"))).await.expect(202);
                number += 1;
            }
        }
    });
    let place = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let file = place.path().join(format!("{round}.zip"));
        let data = place.path().join(format!("restored-{round}"));
        let manifest = back_up(app.data(), &file, &Watch::nobody()).await.unwrap();
        restore(&file, &data, &Watch::nobody()).await.unwrap();
        assert_eq!(
            verified(app.data()).await.wrong,
            [""; 0],
            "one moment is looked at, however much is written"
        );
        let report = verified(&data).await;
        assert_eq!(report.wrong, [""; 0]);
        let content = report.database.content.clone().unwrap();
        assert_eq!(content.sha256, manifest.about.content_sha256);
        assert!(report.file_count >= 2, "{report:?}");
        let restored = App::open(Options::in_folder(&data)).await.unwrap();
        let person = app.administrator().await;
        let actor = app::Actor::on_behalf_of(&person);
        for id in &before {
            app::events::get_event(&restored, &actor, &id.parse().unwrap()).await.unwrap();
        }
        restored.close().await.unwrap();
    }
    stop.cancel();
    writing.await.unwrap();
    let left: BTreeSet<String> = names(place.path());
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restored_is_what_was_backed_up() {
    let (app, _) = quiet().await;
    let place = tempfile::tempdir().unwrap();
    let (file, data) = (place.path().join("b.zip"), place.path().join("deep/restored"));
    let before = verified(app.data()).await;
    let manifest = back_up(app.data(), &file, &Watch::nobody()).await.unwrap();
    assert_eq!(verified(app.data()).await, before, "a backup changes nothing");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds password hashes");
    assert_eq!(restore(&file, &data, &Watch::nobody()).await.unwrap(), manifest);
    assert_eq!(verified(&data).await, before);
    assert_eq!(names(&data), ["fupan.db", "objects"].map(str::to_owned).into());
    let again = back_up(app.data(), &file, &Watch::nobody()).await;
    assert!(matches!(again, Err(Error::Exists(_))), "a backup is not written over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_with_a_flipped_byte_is_refused_and_leaves_nothing() {
    let (app, _) = quiet().await;
    let place = tempfile::tempdir().unwrap();
    let (file, data) = (place.path().join("b.zip"), place.path().join("restored"));
    back_up(app.data(), &file, &Watch::nobody()).await.unwrap();
    let sound = std::fs::read(&file).unwrap();
    let last = sound.len() - 1;
    let places = (0..=last).step_by(sound.len() / 40).chain([last - 63, last - 64, last]);
    for flipped in places {
        let mut damaged = sound.clone();
        damaged[flipped] ^= 0x10;
        std::fs::write(&file, damaged).unwrap();
        let refused = restore(&file, &data, &Watch::nobody()).await;
        assert!(matches!(refused, Err(Error::File(_))), "byte {flipped}: {refused:?}");
        assert!(!data.exists(), "byte {flipped}");
    }
    std::fs::write(&file, &sound[..sound.len() / 2]).unwrap();
    assert!(restore(&file, &data, &Watch::nobody()).await.is_err(), "cut short");
    std::fs::write(&file, capture::zip("no backup")).unwrap();
    assert!(restore(&file, &data, &Watch::nobody()).await.is_err(), "another zip");
    assert!(!data.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_something_in_it_is_not_restored_into() {
    let (app, _) = quiet().await;
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("b.zip");
    back_up(app.data(), &file, &Watch::nobody()).await.unwrap();
    let before = names(app.data());
    let refused = restore(&file, app.data(), &Watch::nobody()).await;
    assert!(matches!(refused, Err(Error::NotEmpty(_))), "{refused:?}");
    assert_eq!(names(app.data()), before);

    let empty = place.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    std::fs::create_dir(empty.join(".restoring")).unwrap();
    assert!(restore(&file, &empty, &Watch::nobody()).await.is_err(), "another restore is at it");
    assert!(App::open(Options::in_folder(&empty)).await.is_err(), "half an instance is not served");
    std::fs::remove_dir(empty.join(".restoring")).unwrap();
    restore(&file, &empty, &Watch::nobody()).await.unwrap();
}

/// Ends the work when it has been heard of so many times.
fn ending_after(times: u64) -> (Watch, Arc<AtomicU64>) {
    let heard = Arc::new(AtomicU64::new(0));
    let (stop, count) = (CancellationToken::new(), Arc::clone(&heard));
    let cancel = stop.clone();
    let watch = Watch::new(stop, move |_| {
        if count.fetch_add(1, Ordering::SeqCst) >= times {
            cancel.cancel();
        }
    });
    (watch, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_work_leaves_nothing_whenever_it_is_interrupted() {
    let (app, _) = quiet().await;
    let place = tempfile::tempdir().unwrap();
    let (file, data) = (place.path().join("b.zip"), place.path().join("restored"));
    let (watch, heard) = ending_after(u64::MAX);
    back_up(app.data(), &file, &watch).await.unwrap();
    let steps_of_backup = heard.load(Ordering::SeqCst);
    std::fs::rename(&file, place.path().join("sound.zip")).unwrap();
    for times in 0..steps_of_backup - 1 {
        let ended = back_up(app.data(), &file, &ending_after(times).0).await;
        assert!(ended.is_err(), "after {times}");
        assert_eq!(names(place.path()), BTreeSet::from(["sound.zip".to_owned()]), "after {times}");
    }
    let sound = place.path().join("sound.zip");
    let (watch, heard) = ending_after(u64::MAX);
    restore(&sound, &data, &watch).await.unwrap();
    std::fs::remove_dir_all(&data).unwrap();
    for times in 0..heard.load(Ordering::SeqCst) - 1 {
        let ended = restore(&sound, &data, &ending_after(times).0).await;
        assert!(ended.is_err(), "after {times}");
        assert!(!data.exists(), "after {times}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_and_a_changed_row_are_found() {
    let (app, _) = quiet().await;
    let object = files_below(&app.data().join("objects")).next().unwrap();
    let content = std::fs::read(&object).unwrap();
    let mut flipped = content.clone();
    flipped[0] ^= 1;
    std::fs::write(&object, flipped).unwrap();
    let report = verified(app.data()).await;
    assert_eq!(report.wrong.len(), 1, "{report:?}");
    assert!(report.wrong[0].contains("does not have the content"), "{report:?}");
    let place = tempfile::tempdir().unwrap();
    let refused = back_up(app.data(), &place.path().join("b.zip"), &Watch::nobody()).await;
    assert!(refused.is_err(), "damage is not carried on");
    std::fs::write(&object, content).unwrap();
    assert_eq!(verified(app.data()).await.wrong, [""; 0]);

    // In the page itself, as someone with an editor would.
    let database = app.data().join("fupan.db");
    let mut pages = std::fs::read(&database).unwrap();
    let action = b"import_capture";
    let at = pages.windows(action.len()).position(|bytes| bytes == action).unwrap();
    pages[at] = b'I';
    std::fs::write(&database, pages).unwrap();
    let report = verified(app.data()).await;
    assert!(report.wrong.iter().any(|wrong| wrong.contains("does not match its seal")), "{report:?}");
    let refused = back_up(app.data(), &place.path().join("b.zip"), &Watch::nobody()).await;
    assert!(matches!(refused, Err(Error::Wrong(_))), "{refused:?}");
    assert_eq!(names(place.path()), BTreeSet::new());
}

fn files_below(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    let shelves = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    shelves.flat_map(|shelf| std::fs::read_dir(shelf).unwrap().map(|entry| entry.unwrap().path()))
}
