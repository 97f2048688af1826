use std::collections::BTreeSet;

use bytes::Bytes;
use model::finding::{Anomaly, Findings, Hypothesis, SignalKind};
use model::id::{CaptureId, FindingId, SeriesId};
use model::incident::Incident;
use model::{Span, Text};
use store::capture::{self, File, Manifest};
use store::finding::{self, Judgement};
use store::objects::Object;
use store::series::{self, Stored};
use store::{Error, Store, incident, loose_object};

use crate::samples::{at, stored_incident, write};

crate::on_both_engines! {
    a_manifest_is_read_back,
    findings_are_read_back_in_order_and_keep_what_people_said,
    series_are_read_back_point_by_point,
    an_object_is_found_by_its_content,
    a_flipped_byte_is_found,
    objects_are_loose_from_before_they_are_put_until_a_capture_names_them,
    what_only_a_deleted_incident_named_is_loose,
    nothing_is_removed_while_somebody_holds_the_objects,
    what_a_killed_put_left_goes_with_the_object,
}

fn capture_of(incident: &Incident, number: u128, objects: &[&str]) -> Manifest {
    let file = |sha256: &&str| File {
        name: format!("logs-{sha256}.parquet"),
        size_bytes: 12,
        sha256: (*sha256).to_owned(),
        rows: Some(3),
        source: "import".to_owned(),
    };
    Manifest {
        id: CaptureId::from_bits(number),
        incident: incident.id.clone(),
        sha256: "00ff".to_owned(),
        size_bytes: 12,
        collected_at: at(5),
        window: Span::new(at(0), at(5)).ok(),
        files: objects.iter().map(file).collect(),
    }
}

async fn stored_capture(store: &Store, manifest: &Manifest) {
    let manifest = manifest.clone();
    write(store, move |unit| Box::pin(async move { capture::insert(&**unit, &manifest).await })).await;
}

async fn a_manifest_is_read_back(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let manifest = capture_of(&incident, 1, &["ab"]);
    stored_capture(store, &manifest).await;
    assert_eq!(capture::get(store.reader(), &manifest.id).await.unwrap(), manifest);
    assert_eq!(capture::list(store.reader()).await.unwrap(), std::slice::from_ref(&manifest));
    let all = capture::list_of_all(store.reader(), &[incident.id]).await.unwrap();
    assert_eq!(all.get(&manifest.id), Some(&manifest));
    let none = capture::get(store.reader(), &CaptureId::from_bits(2)).await;
    assert!(matches!(none, Err(Error::Missing { .. })));
}

fn anomaly(number: u128) -> Anomaly {
    Anomaly {
        id: FindingId::from_bits(number),
        service: "cart".to_owned(),
        signal: "latency".to_owned(),
        signal_kind: SignalKind::Metric,
        series: SeriesId::from_bits(1),
        anomaly_type: "level_shift".to_owned(),
        start: at(1),
        end: at(2),
        score: 0.5,
        detectors: Vec::new(),
        baseline: None,
        peak: 3.5,
        unit: None,
        rows: Some((1, 2)),
        title: Text::new("up", "上升"),
        why: Text::default(),
        events: Vec::new(),
    }
}

fn hypothesis(number: u128) -> Hypothesis {
    Hypothesis {
        id: FindingId::from_bits(number),
        rank: 1,
        service: "cart".to_owned(),
        signal: None,
        fault: None,
        score: 0.9,
        title: Text::default(),
        why: Text::default(),
        evidence: Vec::new(),
        against: Vec::new(),
        counter_evidence: Vec::new(),
        not_seen: vec![SignalKind::Trace],
    }
}

async fn findings_are_read_back_in_order_and_keep_what_people_said(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let findings = Findings {
        anomalies: vec![anomaly(9), anomaly(3)],
        patterns: Vec::new(),
        hypotheses: vec![hypothesis(5)],
    };
    let replace = |findings: Findings| {
        let id = incident.id.clone();
        write(store, move |unit| Box::pin(async move { finding::replace(&**unit, &id, &findings).await }))
    };
    replace(findings.clone()).await;
    let judgement = Judgement { state: "refuted".to_owned(), version: 2 };
    let said = judgement.clone();
    write(store, move |unit| {
        Box::pin(async move { finding::update(&**unit, &FindingId::from_bits(5), &said).await })
    })
    .await;
    replace(findings.clone()).await;
    let all = finding::list(store.reader(), &incident.id).await.unwrap();
    let anomalies: Vec<_> = all.anomalies.into_iter().map(|judged| judged.finding).collect();
    assert_eq!(anomalies, findings.anomalies);
    assert_eq!(all.hypotheses[0].judgement, judgement);
    assert_eq!(finding::list_hypotheses(store.reader(), &incident.id).await.unwrap(), all.hypotheses);
    let place = finding::get(store.reader(), &FindingId::from_bits(5)).await.unwrap();
    assert_eq!((place.incident, place.judgement), (incident.id.clone(), judgement));
}

async fn series_are_read_back_point_by_point(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let one = |number: u128| Stored {
        id: SeriesId::from_bits(number),
        about: format!("{{\"n\":{number}}}"),
        points: vec![(1, 0.1), (2, -3.5e9), (i64::MAX, f64::MIN_POSITIVE)],
    };
    let (id, all) = (incident.id.clone(), (0..100).map(one).collect::<Vec<_>>());
    write(store, move |unit| Box::pin(async move { series::replace(&**unit, &id, &all).await })).await;
    let listed = series::list(store.reader(), &incident.id).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id.to_bits()).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    let found = series::find(store.reader(), &incident.id, &SeriesId::from_bits(70)).await.unwrap();
    assert_eq!(found, Some(one(70)));
    assert_eq!(series::find(store.reader(), &incident.id, &SeriesId::from_bits(700)).await.unwrap(), None);
}

fn hashes(all: &[&str]) -> BTreeSet<String> {
    all.iter().map(|&sha256| sha256.to_owned()).collect()
}

async fn loose(store: &Store) -> BTreeSet<String> {
    loose_object::list(store.reader(), 100).await.unwrap()
}

async fn objects_are_loose_from_before_they_are_put_until_a_capture_names_them(store: &Store) {
    let incident = stored_incident(store, 1).await;
    for _ in 0..2 {
        write(store, |unit| {
            Box::pin(async move { loose_object::insert(&**unit, &hashes(&["a", "b", "c"])).await })
        })
        .await;
    }
    assert_eq!(loose(store).await, hashes(&["a", "b", "c"]));
    assert_eq!(loose_object::list(store.reader(), 2).await.unwrap(), hashes(&["a", "b"]));
    stored_capture(store, &capture_of(&incident, 1, &["a", "c"])).await;
    assert_eq!(loose(store).await, hashes(&["b"]));
    assert_eq!(capture::list_objects(store.reader()).await.unwrap(), hashes(&["a", "c"]));
    write(store, |unit| Box::pin(async move { loose_object::delete(&**unit, &hashes(&["b", "x"])).await }))
        .await;
    assert_eq!(loose(store).await, hashes(&[]));
}

async fn what_only_a_deleted_incident_named_is_loose(store: &Store) {
    let (deleted, kept) = (stored_incident(store, 1).await, stored_incident(store, 2).await);
    stored_capture(store, &capture_of(&deleted, 1, &["own", "shared"])).await;
    stored_capture(store, &capture_of(&kept, 2, &["shared"])).await;
    let id = deleted.id.clone();
    let is_gone = write(store, move |unit| {
        Box::pin(async move {
            incident::delete(&**unit, &id, at(9)).await?;
            incident::purge(&**unit, &id, 100).await
        })
    })
    .await;
    assert!(is_gone);
    let named = capture::list_objects(store.reader()).await.unwrap();
    assert_eq!(named, hashes(&["shared"]));
    assert_eq!(loose(store).await.difference(&named).collect::<Vec<_>>(), ["own"]);
}

async fn put(store: &Store, content: &'static str) -> String {
    let object = Object::new(Bytes::from_static(content.as_bytes()));
    let sha256 = object.sha256.clone();
    let hold = store.objects().hold().await.unwrap();
    store.objects().put(&hold, object).await.unwrap();
    sha256
}

async fn nothing_is_removed_while_somebody_holds_the_objects(store: &Store) {
    let (gone, kept) = (put(store, "gone").await, put(store, "kept").await);
    let (one, other) = (store.objects().hold().await.unwrap(), store.objects().hold().await.unwrap());
    assert!(store.objects().try_alone().unwrap().is_none());
    drop(one);
    assert!(store.objects().try_alone().unwrap().is_none(), "the other one holds them still");
    drop(other);
    let alone = store.objects().try_alone().unwrap().unwrap();
    for _ in 0..2 {
        store.objects().remove(&alone, hashes(&[&gone, &"0".repeat(64)])).await.unwrap();
    }
    assert!(store.objects().get(&gone).await.is_err());
    assert_eq!(store.objects().get(&kept).await.unwrap(), "kept");
    let waiting = store.objects().clone();
    let waiting = tokio::spawn(async move { waiting.hold().await.is_ok() });
    drop(alone);
    assert!(waiting.await.unwrap());
}

async fn what_a_killed_put_left_goes_with_the_object(store: &Store) {
    let (gone, kept) = (put(store, "gone").await, put(store, "kept").await);
    let left = |sha256: &str| format!("{}#1", store.objects().local_path(sha256).unwrap().display());
    let (gone_left, kept_left) = (left(&gone), left(&kept));
    for path in [&gone_left, &kept_left] {
        std::fs::write(path, "ha").unwrap();
    }
    let alone = store.objects().try_alone().unwrap().unwrap();
    store.objects().remove(&alone, hashes(&[&gone])).await.unwrap();
    assert!(!std::fs::exists(gone_left).unwrap());
    assert!(std::fs::exists(kept_left).unwrap());
}

async fn an_object_is_found_by_its_content(store: &Store) {
    let sha256 = put(store, "证据 evidence").await;
    assert_eq!(put(store, "证据 evidence").await, sha256);
    assert_eq!(store.objects().get(&sha256).await.unwrap(), "证据 evidence");
    assert!(store.objects().get(&"0".repeat(64)).await.is_err());
}

async fn a_flipped_byte_is_found(store: &Store) {
    let sha256 = put(store, "evidence").await;
    let path = store.objects().local_path(&sha256).unwrap();
    assert_eq!(store.objects().check(&sha256).await.unwrap(), 8);
    std::fs::write(path, b"evidencE").unwrap();
    assert!(matches!(store.objects().check(&sha256).await, Err(Error::ObjectDiffers(_))));
    assert!(matches!(store.objects().get(&sha256).await, Err(Error::ObjectDiffers(_))));
}
