use bytes::Bytes;
use model::finding::{Anomaly, Findings, Hypothesis, SignalKind};
use model::id::{CaptureId, FindingId, SeriesId};
use model::{Span, Text};
use store::capture::{self, File, Manifest};
use store::finding::{self, Judgement};
use store::series::{self, Stored};
use store::{Error, Store};

use crate::samples::{at, stored_incident, write};

crate::on_both_engines! {
    a_manifest_is_read_back,
    findings_are_read_back_in_order_and_keep_what_people_said,
    series_are_read_back_point_by_point,
    an_object_is_found_by_its_content,
    a_flipped_byte_is_found,
}

async fn a_manifest_is_read_back(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let manifest = Manifest {
        id: CaptureId::from_bits(1),
        incident: incident.id.clone(),
        sha256: "00ff".to_owned(),
        size_bytes: 12,
        collected_at: at(5),
        window: Span::new(at(0), at(5)).ok(),
        files: vec![File {
            name: "logs.parquet".to_owned(),
            size_bytes: 12,
            sha256: "ab".to_owned(),
            rows: Some(3),
            source: "import".to_owned(),
        }],
    };
    let stored = manifest.clone();
    write(store, move |unit| Box::pin(async move { capture::insert(&**unit, &stored).await })).await;
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

async fn an_object_is_found_by_its_content(store: &Store) {
    let content = Bytes::from_static("证据 evidence".as_bytes());
    let sha256 = store.objects().put(content.clone()).await.unwrap();
    assert_eq!(store.objects().put(content.clone()).await.unwrap(), sha256);
    assert_eq!(store.objects().get(&sha256).await.unwrap(), content);
    assert!(store.objects().get(&"0".repeat(64)).await.is_err());
}

async fn a_flipped_byte_is_found(store: &Store) {
    let sha256 = store.objects().put(Bytes::from_static(b"evidence")).await.unwrap();
    let path = store.objects().local_path(&sha256).unwrap();
    assert_eq!(store.objects().check(&sha256).await.unwrap(), 8);
    std::fs::write(path, b"evidencE").unwrap();
    assert!(matches!(store.objects().check(&sha256).await, Err(Error::ObjectDiffers(_))));
    assert!(matches!(store.objects().get(&sha256).await, Err(Error::ObjectDiffers(_))));
}
