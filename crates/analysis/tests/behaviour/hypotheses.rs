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
fn a_deploy_just_after_the_alarm_did_not_raise_it() {
    let stage = chain()
        .action(15, "deploy", "catalog")
        .metric("orders", "http_latency_seconds", |s| if s < 20 { calm(s) } else { 0.8 })
        .metric("catalog", "http_latency_seconds", calm);
    assert!(ranked(stage).iter().all(|hypothesis| hypothesis.service != "catalog"));
}

#[test]
fn who_waits_for_others_is_less_suspect_than_who_answers_late() {
    let stage = chain().metric("orders", "http_client_latency_seconds", latency(0.9)).metric(
        "catalog",
        "http_server_latency_seconds",
        latency(0.4),
    );
    assert_eq!(first(stage), "catalog");
}

fn objections(stage: Stage, service: &str) -> Vec<String> {
    let ranked = ranked(stage);
    let one = ranked.into_iter().find(|hypothesis| hypothesis.service == service);
    one.map_or(Vec::new(), |one| one.against.into_iter().map(|text| text.en).collect())
}

#[test]
fn what_speaks_against_a_hypothesis_is_said() {
    let late = |s: i64| if s < 120 { calm(s) } else { 0.9 + 0.002 * noise(s) };
    let stage = chain()
        .metric("gateway", "http_latency_seconds", latency(0.9))
        .metric("stock", "http_latency_seconds", latency(0.7))
        .metric("orders", "http_latency_seconds", late)
        .metric("orders", "cpu_usage_ratio", |s| 0.2 + 0.01 * noise(s));
    let said = objections(stage, "orders");
    assert!(said.contains(&"stock, which it calls, shows as much".to_owned()), "{said:?}");
    assert!(said.contains(&"its first sign comes 2 min after that of stock".to_owned()), "{said:?}");
    assert!(said.contains(&"its CPU stays in range".to_owned()), "{said:?}");
}

#[test]
fn a_change_that_others_had_as_well_is_held_against_it() {
    let stage = chain()
        .action(-60, "deploy", "stock")
        .action(-50, "deploy", "catalog")
        .metric("stock", "http_latency_seconds", latency(0.7))
        .metric("catalog", "http_latency_seconds", calm);
    let said = objections(stage, "stock");
    let expected = "the same kind of change was made to catalog shortly before as well".to_owned();
    assert!(said.contains(&expected), "{said:?}");
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
fn however_much_speaks_for_a_cause_it_is_not_certain() {
    let stage = chain()
        .metric("stock", "http_latency_seconds", latency(90.0))
        .metric("stock", "http_error_ratio", |s| if s < 0 { 0.0 } else { 0.9 })
        .metric("stock", "cpu_busy_ratio", |s| if s < 0 { 0.1 } else { 1.0 });
    let score = ranked(stage)[0].score;
    assert!((0.9..0.99).contains(&score), "{score}");
}

#[test]
fn a_service_without_logs_and_traces_says_so() {
    let ranked = ranked(chain().metric("stock", "http_latency_seconds", latency(0.7)));
    assert_eq!(ranked[0].not_seen.len(), 2);
}

#[test]
fn of_a_hundred_deploys_a_pattern_looks_at_those_near_detection() {
    let mut stage = chain().metric("orders", "http_latency_seconds", latency(0.8));
    for second in (-1_000..0).step_by(10) {
        stage = stage.titled(second, "deploy", "orders", &format!("deploy of {second}"));
    }
    let capture = stage.capture();
    let anomalies = analysis::anomalies(&capture, &no_logs());
    let (patterns, _) = analysis::explain(&capture, &no_logs(), &anomalies, &[]);
    let bad_deploy = patterns.iter().find(|pattern| pattern.pattern_type == "bad_deploy");
    let why = &bad_deploy.expect("a deploy before the latency is a pattern").why.en;
    let named = (-480..0).step_by(10).any(|second| why.contains(&format!("deploy of {second}”")));
    assert!(named, "{why}");
}

#[test]
fn a_title_names_what_is_wrong_and_the_act_before_it() {
    let stage = chain()
        .act(-20, "deploy", "orders", "deploy orders", &[("version", "4.18.0")])
        .metric("orders", "http_latency_p50_seconds", latency(0.8))
        .metric("catalog", "http_latency_p50_seconds", calm);
    let first = &ranked(stage)[0];
    assert_eq!(first.title.en, "orders: slow after deploy 4.18.0");
    assert_eq!(first.title.zh, "orders：发布 4.18.0 后变慢");
    assert!(first.why.en.starts_with("HTTP latency p50 "), "{}", first.why.en);

    let free = |s: i64| if s < 0 { 0.6 + 0.01 * noise(s) } else { 0.0 };
    let stage = chain()
        .act(-20, "command", "stock", "export all", &[("command", "export_stock --all")])
        .metric("stock", "db_up", free);
    let first = &ranked(stage)[0];
    assert_eq!(first.title.en, "stock: down after “export_stock --all”");
    assert_eq!(first.title.zh, "stock：执行“export_stock --all”后不可用");

    let stage = chain()
        .act(
            -20,
            "config_change",
            "stock",
            "change",
            &[("setting", "slots"), ("before", "12"), ("after", "1")],
        )
        .metric("stock", "http_latency_seconds", latency(0.9));
    assert_eq!(ranked(stage)[0].title.en, "stock: slow after config change slots 12 → 1");
}
