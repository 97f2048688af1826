use model::finding::Hypothesis;

use crate::stage::{Stage, no_logs, noise};

fn ranked(stage: Stage) -> Vec<Hypothesis> {
    let capture = stage.capture();
    let anomalies = analysis::anomalies(&capture, &no_logs());
    analysis::explain(&capture, &no_logs(), &anomalies, &[]).1
}

fn first(stage: Stage) -> String {
    ranked(stage).first().map_or_else(String::new, |first| first.service.clone())
}

fn latency(level: f64) -> impl Fn(i64) -> f64 {
    move |s| if s < 0 { 0.02 + 0.002 * noise(s) } else { level + 0.002 * noise(s) }
}

fn calm(s: i64) -> f64 {
    0.02 + 0.002 * noise(s)
}

fn chain() -> Stage {
    Stage::new().call("gateway", "orders").call("orders", "stock").call("gateway", "catalog")
}

#[test]
fn the_deepest_slow_service_comes_before_its_callers() {
    let stage = chain()
        .metric("gateway", "http_latency_seconds", latency(0.9))
        .metric("orders", "http_latency_seconds", latency(0.8))
        .metric("stock", "http_latency_seconds", latency(0.7))
        .metric("catalog", "http_latency_seconds", calm);
    assert_eq!(first(stage), "stock");
}

#[test]
fn a_deploy_long_before_the_first_sign_is_not_blamed() {
    let stage = chain()
        .action(-1100, "deploy", "catalog")
        .metric("gateway", "http_latency_seconds", latency(0.9))
        .metric("orders", "http_latency_seconds", latency(0.8))
        .metric("stock", "http_latency_seconds", calm)
        .metric("catalog", "http_latency_seconds", calm);
    assert_eq!(first(stage), "orders");
}

#[test]
fn a_deploy_after_the_first_sign_is_not_blamed() {
    let stage = chain()
        .action(200, "deploy", "catalog")
        .metric("orders", "http_latency_seconds", latency(0.8))
        .metric("catalog", "http_latency_seconds", calm);
    assert!(ranked(stage).iter().all(|hypothesis| hypothesis.service != "catalog"));
}

#[test]
fn a_service_that_is_down_explains_those_that_wait_for_it() {
    let stage = Stage::new()
        .call("orders", "database")
        .metric("database", "db_up", |s| f64::from(s < 0))
        .metric("orders", "http_latency_seconds", latency(4.0))
        .metric("orders", "http_error_ratio", |s| if s < 0 { 0.0 } else { 0.9 });
    let ranked = ranked(stage);
    assert_eq!(ranked[0].service, "database");
    assert_eq!(ranked[0].fault.as_deref(), Some("down"));
}

#[test]
fn little_evidence_gives_a_small_score() {
    let stage =
        chain().metric("orders", "garbage_collections", |s| if s < 200 { 5.0 + noise(s) } else { 8.0 });
    assert!(ranked(stage).iter().all(|hypothesis| hypothesis.score < 0.5));
}

#[test]
fn a_service_without_logs_and_traces_says_so() {
    let ranked = ranked(chain().metric("stock", "http_latency_seconds", latency(0.7)));
    assert_eq!(ranked[0].not_seen.len(), 2);
}
