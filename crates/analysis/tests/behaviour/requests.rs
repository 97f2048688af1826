//! What requests tell by what they leave behind.

use model::finding::Hypothesis;

use crate::stage::{Stage, no_logs};

fn ranked(stage: Stage) -> Vec<Hypothesis> {
    let capture = stage.capture();
    let anomalies = analysis::anomalies(&capture, &no_logs());
    analysis::explain(&capture, &no_logs(), &anomalies, &[]).1
}

type Spans = Vec<(Option<usize>, &'static str, &'static str, i64)>;

/// Requests every five seconds, faulty from `onset` on.
fn shop(onset: i64, healthy: &Spans, faulty: &Spans) -> Stage {
    (-400..200).step_by(5).fold(Stage::new(), |stage, second| {
        stage.request(second, if second < onset { healthy } else { faulty })
    })
}

fn healthy() -> Spans {
    vec![
        (None, "gateway", "POST /order", 2),
        (Some(0), "orders", "place", 3),
        (Some(1), "stock", "reserve", 4),
        (Some(2), "stock", "SELECT stock", 1),
        (Some(1), "mail", "send", 2),
    ]
}

#[test]
fn a_call_that_follows_no_more_is_a_fault_of_its_caller() {
    let faulty = healthy()[..4].to_vec();
    let ranked = ranked(shop(0, &healthy(), &faulty));
    assert_eq!(ranked[0].service, "orders");
    assert_eq!(ranked[0].fault.as_deref(), Some("ends_early"));
    assert!(ranked[0].why.en.contains("100 → 0 %"), "{}", ranked[0].why.en);
}

#[test]
fn requests_hit_before_anyone_noticed_do_not_pass_for_normal() {
    let faulty = healthy()[..4].to_vec();
    let ranked = ranked(shop(-150, &healthy(), &faulty));
    assert_eq!(ranked[0].service, "orders");
    assert!(ranked[0].why.en.contains("in 100 → "), "{}", ranked[0].why.en);
}

#[test]
fn who_takes_another_path_because_of_a_callee_is_not_blamed() {
    // Stock does not read its table any more, so orders sends no mail.
    let faulty = healthy()[..3].to_vec();
    let ranked = ranked(shop(0, &healthy(), &faulty));
    assert_eq!(ranked[0].service, "stock");
    assert!(ranked.iter().all(|one| one.service != "orders" || one.score < 0.2), "{ranked:?}");
}

#[test]
fn the_time_that_a_service_adds_since_its_onset_is_its_own() {
    let mut slow = healthy();
    slow[2].3 = 800;
    let ranked = ranked(shop(-100, &healthy(), &slow));
    assert_eq!(ranked[0].service, "stock");
    assert!(ranked[0].why.en.contains("4 → 800 ms"), "{}", ranked[0].why.en);
}

#[test]
fn requests_that_go_as_ever_blame_nobody() {
    let ranked = ranked(shop(0, &healthy(), &healthy()));
    assert!(ranked.is_empty(), "{ranked:?}");
}
