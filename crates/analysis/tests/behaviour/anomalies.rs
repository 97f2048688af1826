use model::finding::{Anomaly, Family};
use proptest::prelude::*;

use crate::stage::{Stage, at, no_logs, noise};

fn found(stage: Stage) -> Vec<Anomaly> {
    analysis::anomalies(&stage.capture(), &no_logs())
}

fn types(found: &[Anomaly]) -> Vec<&str> {
    found.iter().map(|anomaly| anomaly.anomaly_type.as_str()).collect()
}

#[test]
fn a_level_that_shifts_is_found_where_it_begins() {
    let found = found(
        Stage::new().metric("cart", "latency", |s| if s < 0 { 20.0 + noise(s) } else { 80.0 + noise(s) }),
    );
    assert_eq!(types(&found), ["level_shift"]);
    assert_eq!(found[0].start, at(0));
    assert!(found[0].score > 0.8, "{}", found[0].score);
}

#[test]
fn what_began_before_detection_does_not_spoil_what_is_normal() {
    let found = found(Stage::new().metric("cart", "http_error_ratio", |s| if s < -120 { 0.0 } else { 0.4 }));
    let band = found[0].baseline.unwrap();
    assert_eq!(found[0].start, at(-120));
    assert!(band.high < 0.01, "{band:?}");
}

#[test]
fn calm_series_have_no_anomaly() {
    let stage = Stage::new()
        .metric("cart", "flat", |_| 7.0)
        .metric("cart", "zero", |_| 0.0)
        .metric("cart", "restless_seconds", |s| 1.0 + 0.3 * noise(s))
        .metric("cart", "requests_in_flight", |s| f64::from(s.rem_euclid(70) == 0));
    assert!(found(stage).is_empty());
}

#[test]
fn a_spike_like_those_of_quiet_times_is_none() {
    let rare = |s: i64| if [-1000, -700, -400, 100, 110].contains(&s) { 0.046 } else { 0.0 };
    let found = found(Stage::new().metric("orders", "http_error_ratio", rare));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn samples_that_stop_are_an_absence() {
    let found = found(
        Stage::new().metric("cart", "temperature", |s| if s < 60 { 20.0 + noise(s) } else { f64::NAN }),
    );
    assert_eq!(types(&found), ["absence"]);
}

#[test]
fn memory_that_only_grows_is_growth() {
    let leak = |s: i64| if s < -100 { 2e8 + 1e6 * noise(s) } else { 2e8 + 2e6 * (s + 100) as f64 };
    let found = found(Stage::new().metric("cart", "process_resident_memory_bytes", leak));
    assert_eq!(types(&found), ["growth"]);
    assert!(found[0].title.en.contains("MB"), "{}", found[0].title.en);
}

#[test]
fn a_pool_at_its_limit_is_saturation_by_rule() {
    let stage = Stage::new()
        .metric("cart", "db_pool_in_use_connections", |s| if s < 0 { 2.0 } else { 8.0 })
        .metric("cart", "db_pool_limit_connections", |_| 8.0);
    let found = found(stage);
    assert_eq!(types(&found), ["saturation"]);
    assert!(found[0].detectors.iter().any(|detector| detector.family == Family::Rule));
    assert!(found[0].why.zh.contains("上限"), "{}", found[0].why.zh);
}

#[test]
fn quantiles_of_one_signal_are_one_anomaly_that_names_the_others() {
    let course = |s: i64| if s < 0 { 0.02 + 0.002 * noise(s) } else { 0.8 + 0.01 * noise(s) };
    let stage = ["p50", "p95", "p99"].iter().fold(Stage::new(), |stage, quantile| {
        stage.metric("cart", &format!("latency_{quantile}_seconds"), course)
    });
    let found = found(stage);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].why.en.contains("Likewise latency p"), "{}", found[0].why.en);
}

#[test]
fn many_anomalies_are_cut_and_each_service_keeps_its_strongest() {
    let course = |s: i64| if s < 0 { 20.0 + noise(s) } else { 80.0 + noise(s) };
    let signals = ["latency", "errors", "cpu_load", "heap_memory", "disk_io", "queue_length"];
    let mut stage =
        Stage::new().metric("quiet", "temperature", |s| if s < 0 { 20.0 + noise(s) } else { 60.0 });
    for service in 0..40 {
        for signal in signals {
            stage = stage.metric(&format!("service-{service}"), signal, course);
        }
    }
    let found = found(stage);
    assert_eq!(found.len(), 60);
    assert!(found.iter().any(|anomaly| anomaly.service == "quiet"));
}

#[test]
fn an_instance_unlike_its_siblings_is_told_by_them() {
    let stage = ["a", "b", "c", "d"].iter().fold(Stage::new(), |stage, name| {
        let is_sick = *name == "c";
        stage.instance_metric("cart", Some(name), "latency", move |s| {
            if is_sick && s >= 0 { 90.0 } else { 20.0 + noise(s) }
        })
    });
    let found = found(stage);
    assert!(
        found[0].detectors.iter().any(|detector| detector.name == "siblings"),
        "{:?}",
        found[0].detectors
    );
}

proptest! {
    #[test]
    fn unit_and_size_of_numbers_do_not_matter(scale in 0.01_f64..1000.0) {
        let course = |s: i64| if s < 0 { 20.0 + noise(s) } else { 60.0 + 5.0 * noise(s) };
        let plain = found(Stage::new().metric("cart", "latency", course));
        let scaled = found(Stage::new().metric("cart", "latency", |s| scale * course(s)));
        prop_assert_eq!(types(&plain), types(&scaled));
        prop_assert_eq!(plain[0].start, scaled[0].start);
        prop_assert!((plain[0].score - scaled[0].score).abs() < 0.02);
    }
}

#[test]
fn the_same_capture_gives_the_same_bytes() {
    let stage = || {
        Stage::new().metric("cart", "latency", |s| if s < 0 { 20.0 + noise(s) } else { 80.0 }).metric(
            "cart",
            "cpu_usage_ratio",
            |s| if s < 0 { 0.2 } else { 0.99 },
        )
    };
    let text = || serde_json::to_string(&found(stage())).unwrap();
    assert_eq!(text(), text());
}
