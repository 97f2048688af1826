//! What must hold of a timeline, whatever the capture.

use std::collections::{BTreeMap, BTreeSet};

use model::event::{Event, Kind, Severity};
use model::finding::{Anomaly, Detector, Family, SignalKind};
use model::id::{EventId, FindingId, SeriesId};
use model::incident::ClockName;
use model::telemetry::{Call, Capture, Happening, Header, SpanStatus, Telemetry};
use model::template::Templates;
use model::text::Text;
use model::{Instant, Span};
use proptest::prelude::*;
use timeline::settings::Settings;
use timeline::{Timeline, build, build_with, templates};

const START: i64 = 1_794_492_000_000_000;

/// Seconds after the start of the window.
fn at(seconds: i64) -> Instant {
    Instant::EPOCH.saturating_add(START + seconds * 1_000_000)
}

fn capture() -> Capture {
    let window = Span { start: at(0), end: at(1_800) };
    let header = Header {
        title: "checkout fails".to_owned(),
        detected_at: at(660),
        window,
        baseline: Some(Span { start: at(0), end: at(570) }),
        severity: None,
        services: Vec::new(),
        timezone: None,
        entry_service: Some("edge".to_owned()),
        started_at: None,
        mitigated_at: None,
        resolved_at: None,
    };
    Capture { header, telemetry: Telemetry::default() }
}

fn happening(seconds: i64, kind: Kind, event_type: &str, service: &str, title: &str) -> Happening {
    Happening {
        time: at(seconds),
        ended_at: None,
        kind,
        event_type: event_type.to_owned(),
        service: Some(service.to_owned()),
        instance: None,
        title: title.to_owned(),
        detail: None,
        severity: None,
        actor: None,
        attributes: BTreeMap::new(),
        row: seconds as u64,
    }
}

fn anomaly(service: &str, signal: &str, start: i64, end: i64, score: f64) -> Anomaly {
    let identity = [service.as_bytes(), signal.as_bytes(), &start.to_le_bytes()];
    Anomaly {
        id: FindingId::of_content(&identity),
        service: service.to_owned(),
        signal: signal.to_owned(),
        signal_kind: SignalKind::Metric,
        series: SeriesId::of_content(&identity),
        anomaly_type: "level_shift".to_owned(),
        start: at(start),
        end: at(end),
        score,
        detectors: vec![Detector { name: "robust_z".to_owned(), family: Family::Statistical, score }],
        baseline: None,
        peak: 40.0,
        unit: None,
        rows: Some((1, 9)),
        title: Text::new(format!("{signal} rises"), format!("{signal} 上升")),
        why: Text::plain("why"),
        events: Vec::new(),
    }
}

fn log(capture: &mut Capture, seconds: i64, service: &str, level: Severity, message: &str) {
    let telemetry = &mut capture.telemetry;
    let row = telemetry.logs.time.len() as u64;
    telemetry.logs.time.push(at(seconds));
    telemetry.logs.service.push(telemetry.symbols.intern(service));
    telemetry.logs.instance.push(None);
    telemetry.logs.level.push(Some(level));
    telemetry.logs.message.push(message);
    telemetry.logs.trace.push(None);
    telemetry.logs.span.push(None);
    telemetry.logs.row.push(row);
}

/// A deploy locks a table: the pool fills, errors appear, an alert, a rollback, and all is well.
fn bad_deploy() -> (Capture, Vec<Anomaly>) {
    let mut capture = capture();
    let symbols = &mut capture.telemetry.symbols;
    let (edge, orders) = (symbols.intern("edge"), symbols.intern("orders"));
    capture.telemetry.calls = vec![Call { caller: edge, callee: orders }];
    let with = |mut happening: Happening, version: &str| {
        happening.attributes.insert("version".to_owned(), version.to_owned());
        happening
    };
    let mut alert_over = happening(1_250, Kind::SystemEvent, "alert", "edge", "5xx above 5 %");
    alert_over.attributes.insert("state".to_owned(), "resolved".to_owned());
    capture.telemetry.happenings = vec![
        happening(100, Kind::UserAction, "deploy", "search", "deploy search 9"),
        with(happening(580, Kind::UserAction, "deploy", "orders", "deploy orders 4.18.0"), "4.18.0"),
        happening(660, Kind::SystemEvent, "alert", "edge", "5xx above 5 %"),
        with(happening(1_190, Kind::UserAction, "rollback", "orders", "rollback orders"), "4.18.0"),
        alert_over,
    ];
    for second in 0..1_800 {
        log(&mut capture, second, "orders", Severity::Info, &format!("GET /orders/{second} 200"));
        if (590..1_200).contains(&second) {
            log(&mut capture, second, "orders", Severity::Error, &format!("order {second}: pool exhausted"));
        }
    }
    let anomalies = vec![
        anomaly("orders", "pool_in_use", 590, 1_200, 0.95),
        anomaly("orders", "latency_p99", 600, 1_210, 0.9),
        anomaly("edge", "error_ratio", 630, 1_230, 0.92),
        anomaly("search", "cpu", 1_500, 1_520, 0.4),
    ];
    (capture, anomalies)
}

fn told((capture, mut anomalies): (Capture, Vec<Anomaly>)) -> (Timeline, Vec<Anomaly>) {
    let mined = templates::mine(&capture.telemetry.logs);
    let timeline = build(&capture, &mined, &mut anomalies);
    (timeline, anomalies)
}

fn find<'a>(timeline: &'a Timeline, event_type: &str, service: &str) -> &'a Event {
    let is_it = |event: &&Event| {
        event.event_type.as_deref() == Some(event_type) && event.service.as_deref() == Some(service)
    };
    timeline.events.iter().find(is_it).expect("the timeline tells this event")
}

fn assert_sound(timeline: &Timeline) {
    let ids: BTreeSet<_> = timeline.events.iter().map(|event| &event.id).collect();
    assert_eq!(ids.len(), timeline.events.len());
    assert!(timeline.events.is_sorted_by_key(|event| (event.occurred_at, &event.id)));
    for event in &timeline.events {
        assert!((0.0..=1.0).contains(&event.weight), "{event:?}");
        assert_eq!(event.key, event.key_reason.is_some());
        assert!(event.correlations.len() <= 12);
        assert!(event.correlations.is_sorted_by(|a, b| a.score >= b.score));
        for correlation in &event.correlations {
            let sum: f64 = correlation.reasons.iter().map(|reason| reason.weight).sum();
            assert!((sum - correlation.score).abs() < 1e-9, "{correlation:?}");
            assert!((0.0..=1.0).contains(&correlation.score));
            assert!(ids.contains(&correlation.other) && correlation.other != event.id);
        }
    }
    assert!(timeline.events.iter().filter(|event| event.key).count() <= 12);
}

#[test]
fn the_story_of_a_bad_deploy_is_told() {
    let (timeline, anomalies) = told(bad_deploy());
    assert_sound(&timeline);
    let key: Vec<&str> =
        timeline.events.iter().filter(|event| event.key).map(|event| event.title.as_str()).collect();
    assert_eq!(
        key,
        [
            "deploy search 9",
            "deploy orders 4.18.0",
            "new: order <*>: pool exhausted (610 ×)",
            "pool_in_use rises",
            "error_ratio rises",
            "5xx above 5 %",
            "rollback orders",
            "5xx above 5 %",
        ]
    );
    let clocks: Vec<_> = timeline.clocks.iter().map(|(&name, clock)| (name, clock.at)).collect();
    assert_eq!(
        clocks,
        [
            (ClockName::StartedAt, at(590)),
            (ClockName::DetectedAt, at(660)),
            (ClockName::MitigatedAt, at(1_190)),
            (ClockName::ResolvedAt, at(1_250)),
        ]
    );
    let phases: Vec<_> = timeline.phases.iter().map(|phase| phase.name.as_str()).collect();
    assert_eq!(phases, ["unnoticed", "diagnosis", "recovery"]);
    for anomaly in &anomalies {
        assert!(!anomaly.events.is_empty(), "{anomaly:?}");
    }
}

#[test]
fn the_services_that_show_most_are_told_and_each_by_its_strongest_early_sign() {
    let (capture, mut anomalies) = bad_deploy();
    // Sits a moment before all others and is the only thing there.
    anomalies.push(anomaly("mail", "event_loop_lag", 591, 600, 0.7));
    for service in ["carts", "users"] {
        for signal in ["latency", "errors"] {
            anomalies.push(anomaly(service, signal, 600, 1_200, 0.9));
        }
    }
    anomalies.push(anomaly("orders", "cpu", 589, 1_200, 0.65));
    let (timeline, _) = told((capture, anomalies));
    assert!(!is_told(&timeline, "event_loop_lag rises"));
    assert!(!is_told(&timeline, "cpu rises"));
    assert!(is_told(&timeline, "pool_in_use rises"));
}

#[test]
fn that_a_process_goes_on_dying_is_no_new_turn() {
    let mut capture = capture();
    for time in 0..14 {
        let kill =
            happening(600 + 60 * time, Kind::SystemEvent, "oom_kill", "orders", &format!("killed {time}"));
        capture.telemetry.happenings.push(kill);
    }
    capture.telemetry.happenings.push(happening(661, Kind::SystemEvent, "alert", "edge", "5xx above 5 %"));
    capture.telemetry.happenings.sort_by_key(|one| one.time);
    let anomalies = vec![anomaly("edge", "error_ratio", 630, 1_230, 0.92)];
    let (timeline, _) = told((capture, anomalies));
    let weights: Vec<f64> =
        timeline.events.iter().filter(|one| one.title.starts_with("killed")).map(|one| one.weight).collect();
    assert!(weights[0] > 0.9 && weights[1..].iter().all(|weight| *weight < 0.9), "{weights:?}");
    assert!(is_told(&timeline, "error_ratio rises"));
}

fn is_told(timeline: &Timeline, title: &str) -> bool {
    timeline.events.iter().any(|event| event.key && event.title == title)
}

#[test]
fn a_deploy_and_what_it_broke_are_related_and_the_reasons_say_why() {
    let (timeline, _) = told(bad_deploy());
    let deploy = find(&timeline, "deploy", "orders");
    let related = |other: &Event| deploy.correlations.iter().find(|one| one.other == other.id);
    let names = |other: &Event| -> BTreeSet<String> {
        related(other).into_iter().flat_map(|one| &one.reasons).map(|reason| reason.name.clone()).collect()
    };
    let broke = names(find(&timeline, "anomaly_start", "orders"));
    assert!(broke.is_superset(&["same_service", "time", "type_pair"].map(str::to_owned).into()), "{broke:?}");
    let undid = names(find(&timeline, "rollback", "orders"));
    assert!(undid.contains("shared_id"), "{undid:?}");
    assert!(names(find(&timeline, "anomaly_start", "edge")).contains("call_edge"));
    assert!(related(find(&timeline, "deploy", "search")).is_none());
}

#[test]
fn a_log_anomaly_is_the_event_that_tells_its_template() {
    let (capture, mut anomalies) = bad_deploy();
    let mut of_log = anomaly("orders", "order <*>: pool exhausted", 590, 1_200, 0.9);
    of_log.signal_kind = SignalKind::Log;
    of_log.anomaly_type = "new".to_owned();
    anomalies.push(of_log);
    let (timeline, anomalies) = told((capture, anomalies));
    let voice = find(&timeline, "log_new", "orders");
    assert_eq!(anomalies[4].events, std::slice::from_ref(&voice.id));
    assert_eq!(voice.provenance.rows, Some((591, 1_809)));
}

fn alert(seconds: i64, state: &str, title: &str) -> Happening {
    let mut alert = happening(seconds, Kind::SystemEvent, "alert", "edge", title);
    alert.attributes.insert("state".to_owned(), state.to_owned());
    alert
}

#[test]
fn an_alert_and_its_end_are_one_and_what_led_to_it_is_related_first() {
    let (mut capture, anomalies) = bad_deploy();
    let named = |mut alert: Happening, fingerprint: &str| {
        alert.attributes.insert("fingerprint".to_owned(), fingerprint.to_owned());
        alert
    };
    capture.telemetry.happenings.retain(|one| one.event_type != "alert");
    capture.telemetry.happenings.extend([
        named(alert(660, "firing", "5xx above 5 %, at 31 %"), "a"),
        named(alert(670, "firing", "latency above 1 s"), "b"),
        named(alert(700, "firing", "5xx above 5 %, at 44 %"), "a"),
        named(alert(1_250, "resolved", "5xx above 5 %, at 3 %"), "a"),
    ]);
    capture.telemetry.happenings.sort_by_key(|one| one.time);
    let (timeline, _) = told((capture, anomalies));
    assert_sound(&timeline);
    let of = |seconds: i64| {
        let is_it = |one: &&Event| one.occurred_at == at(seconds) && one.kind == Kind::SystemEvent;
        timeline.events.iter().find(is_it).expect("the alert is told")
    };
    let ends: Vec<Option<Instant>> = [660, 670, 700, 1_250].map(|seconds| of(seconds).ended_at).into();
    assert_eq!(ends, [Some(at(1_250)), None, None, None]);
    assert_eq!(of(1_250).provenance.rows, Some((1_250, 1_250)));
    let own: BTreeSet<_> = [660, 700, 1_250].map(|seconds| &of(seconds).id).into();
    for event in [660, 700, 1_250].map(of) {
        assert!(event.correlations.iter().all(|one| !own.contains(&one.other)), "{event:?}");
        assert_eq!(event.attributes.get(model::event::GROUP).map(String::as_str), Some(of(660).id.as_str()));
    }
    assert_eq!(of(660).correlations[0].other, find(&timeline, "anomaly_start", "edge").id);
    assert_eq!(of(1_250).correlations[0].other, find(&timeline, "rollback", "orders").id);
}

#[test]
fn an_anomaly_is_related_to_what_led_to_it_and_not_to_its_own_end() {
    let (timeline, anomalies) = told(bad_deploy());
    for anomaly in &anomalies {
        let own = |id: &EventId| anomaly.events.contains(id);
        for event in timeline.events.iter().filter(|event| own(&event.id)) {
            assert!(event.correlations.iter().all(|one| !own(&one.other)), "{event:?}");
        }
    }
    let begin = find(&timeline, "anomaly_start", "orders");
    assert_eq!(begin.correlations[0].other, find(&timeline, "deploy", "orders").id);
}

#[test]
fn an_event_of_spans_rests_on_those_that_tell_most() {
    let mut capture = capture();
    let telemetry = &mut capture.telemetry;
    telemetry.files.traces = Some("traces.parquet".to_owned());
    let (service, operation) = (telemetry.symbols.intern("orders"), telemetry.symbols.intern("GET /cart"));
    for second in 0..1_800 {
        let spans = &mut telemetry.spans;
        spans.start.push(at(second));
        spans.duration_us.push(if second == 700 || second == 650 { 9_000_000 + second } else { 1_000 });
        spans.trace.push(service);
        spans.span.push(second as u64);
        spans.parent.push(None);
        spans.service.push(service);
        spans.instance.push(None);
        spans.operation.push(operation);
        let fails = (645..=647).contains(&second);
        spans.status.push(if fails { SpanStatus::Error } else { SpanStatus::Ok });
        spans.span_kind.push(None);
        spans.peer.push(None);
        spans.row.push(10_000 + second as u64);
    }
    let of_spans = |measure: &str| {
        let mut anomaly = anomaly("orders", &format!("GET /cart {measure}"), 640, 800, 0.9);
        anomaly.signal_kind = SignalKind::Trace;
        anomaly
    };
    let (timeline, anomalies) = told((capture, ["p95", "errors"].map(of_spans).into()));
    let rests_on = |anomaly: &Anomaly| {
        let event = timeline.events.iter().find(|event| event.id == anomaly.events[0]);
        event.expect("each anomaly becomes an event").provenance.clone()
    };
    let slow = rests_on(&anomalies[0]);
    assert_eq!((slow.file.as_deref(), slow.rows), (Some("traces.parquet"), Some((10_700, 10_700))));
    assert_eq!(slow.further_rows[0], (10_650, 10_650));
    assert!(slow.further_rows.len() < 12);
    assert_eq!(rests_on(&anomalies[1]).rows, Some((10_645, 10_647)));
}

#[test]
fn of_a_long_timeline_fewer_relations_of_each_event_are_kept() {
    let mut capture = capture();
    for number in 0..400 {
        let mut kill = happening(600 + number, Kind::SystemEvent, "oom_kill", "orders", "killed");
        kill.row = number as u64;
        capture.telemetry.happenings.push(kill);
    }
    let mut settings = Settings::default();
    settings.correlating.most_relations = 800;
    let timeline = build_with(&settings, &capture, &Templates::default(), &mut []);
    assert_sound(&timeline);
    assert_eq!(timeline.events.iter().map(|event| event.correlations.len()).max(), Some(2));
}

#[test]
fn an_alert_that_fires_again_is_folded() {
    let mut capture = capture();
    for seconds in [700, 760, 820] {
        let alert = happening(seconds, Kind::SystemEvent, "alert", "edge", "5xx above 5 %");
        capture.telemetry.happenings.push(alert);
    }
    let (timeline, _) = told((capture, Vec::new()));
    assert_eq!(timeline.groups.len(), 1);
    assert_eq!(timeline.groups[0].events.len(), 3);
    assert_eq!(timeline.groups[0].first, timeline.events[0].id);
}

#[test]
fn work_grows_with_the_number_of_events_not_with_its_square() {
    let mut capture = capture();
    for number in 0..4_000_i64 {
        let service = format!("service-{}", number % 40);
        let mut alert = happening(number % 1_800, Kind::SystemEvent, "alert", &service, "latency");
        alert.row = number as u64;
        capture.telemetry.happenings.push(alert);
    }
    capture.telemetry.happenings.sort_by_key(|happening| (happening.time, happening.row));
    let (timeline, _) = told((capture, Vec::new()));
    assert_eq!(timeline.events.len(), 4_000);
    assert_sound(&timeline);
}

const TYPES: [(Kind, &str); 5] = [
    (Kind::UserAction, "deploy"),
    (Kind::UserAction, "command"),
    (Kind::SystemEvent, "alert"),
    (Kind::SystemEvent, "oom_kill"),
    (Kind::SystemEvent, "probe"),
];
const SERVICES: [&str; 4] = ["edge", "orders", "订单", ""];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_timeline_is_sound_and_the_same_each_time(
        acts in prop::collection::vec((0..2_000_i64, 0..5_usize, 0..4_usize), 0..40),
        signals in prop::collection::vec((0..1_700_i64, 0..400_i64, 0..4_usize, 0.0..1.0_f64), 0..20),
        lines in prop::collection::vec((0..1_800_i64, 0..4_usize, "[a-c ]{1,6}"), 0..80),
    ) {
        let mut capture = capture();
        for (row, (seconds, which, service)) in acts.into_iter().enumerate() {
            let (kind, event_type) = TYPES[which];
            let mut one = happening(seconds, kind, event_type, SERVICES[service], event_type);
            one.row = row as u64;
            capture.telemetry.happenings.push(one);
        }
        capture.telemetry.happenings.sort_by_key(|one| (one.time, one.row));
        let mut lines = lines;
        lines.sort();
        for (seconds, service, message) in lines {
            log(&mut capture, seconds, SERVICES[service], Severity::Error, &message);
        }
        let anomalies: Vec<Anomaly> = signals
            .into_iter()
            .map(|(start, length, service, score)| anomaly(SERVICES[service], "signal", start, start + length, score))
            .collect();
        let (first, _) = told((capture.clone(), anomalies.clone()));
        assert_sound(&first);
        prop_assert_eq!(told((capture, anomalies)).0, first);
    }
}
