//! How often the true service comes first, on faults that others injected. The data lies beside the repository;
//! where it is absent this says so and measures nothing. A floor lies slightly under what was reached.

use std::path::PathBuf;

use app::analysis::evaluation::{evaluate_set, find_sets};

/// Set, least AC@1, least AC@3.
const FLOORS: [(&str, f64, f64); 5] = [
    ("changerca", 0.78, 0.93),
    ("nezha-onlineboutique", 0.74, 0.87),
    ("nezha-trainticket", 0.81, 0.90),
    ("petshop", 0.75, 0.92),
    ("rcd-sockshop", 1.0, 1.0),
];

fn beside_the_repository(name: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|folder| folder.join("shared/data").join(name)).find(|data| data.is_dir())
}

#[test]
fn the_true_service_comes_first_at_least_as_often_as_promised() {
    let Some(data) = beside_the_repository("faults") else {
        eprintln!("NOT MEASURED: ../shared/data/faults is not there");
        return;
    };
    for (name, paths) in find_sets(&data).unwrap() {
        let Some((_, least_first, least_third)) = FLOORS.iter().find(|(set, ..)| *set == name) else {
            continue;
        };
        let set = evaluate_set(&name, &paths, 2, &|| {}).unwrap();
        let reached = set.ours();
        assert!(reached.ac1 >= *least_first, "{name}: AC@1 {:.3} is under {least_first}", reached.ac1);
        assert!(reached.ac3 >= *least_third, "{name}: AC@3 {:.3} is under {least_third}", reached.ac3);
    }
}

#[test]
fn the_true_service_comes_first_in_all_our_examples() {
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/incidents");
    if !examples.is_dir() {
        eprintln!("NOT MEASURED: examples/incidents is not there");
        return;
    }
    for (name, paths) in find_sets(&examples).unwrap() {
        let set = evaluate_set(&name, &paths, 2, &|| {}).unwrap();
        for case in &set.cases {
            let first = case.ranked.first();
            assert!(
                first.is_some_and(|first| case.truth.contains(first)),
                "{}: {first:?}",
                case.path.display()
            );
        }
    }
}

#[test]
fn a_deploy_that_is_blamed_is_cited() {
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/incidents/lock-pileup");
    if !example.is_dir() {
        eprintln!("NOT MEASURED: examples/incidents is not there");
        return;
    }
    let capture = app::analysis::read_capture(&example).unwrap();
    let analysis = app::analysis::analyze_capture(&capture, |_| {});
    let first = &analysis.findings.hypotheses[0];
    assert_eq!(first.fault.as_deref(), Some("bad_deploy"));
    let cited =
        analysis.timeline.events.iter().find(|event| Some(&event.id) == first.evidence.first()).unwrap();
    assert_eq!(cited.event_type.as_deref(), Some("deploy"));
}
