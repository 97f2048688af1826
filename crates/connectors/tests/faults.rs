//! Every labelled case of the shared fault sets can be read. Skips, loudly, where the sets are not at hand.

use std::path::PathBuf;

use connectors::capture;

fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("FUPAN_SHARED").map_or(beside, PathBuf::from);
    shared.join("data/faults").is_dir().then_some(shared)
}

#[test]
fn every_labelled_case_reads() {
    let Some(shared) = shared() else {
        eprintln!("SKIPPED: no shared fault sets; set FUPAN_SHARED to their folder");
        return;
    };
    let mut case_count = 0;
    for set in ["changerca", "nezha-onlineboutique", "nezha-trainticket", "petshop", "rcd-sockshop"] {
        for entry in shared.join("data/faults").join(set).read_dir().unwrap() {
            let path = entry.unwrap().path();
            if !path.join("incident.json").is_file() {
                continue;
            }
            let capture = capture::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(!capture.telemetry.metrics.is_empty(), "{}", path.display());
            assert!(capture.telemetry.skipped.is_empty(), "{:?}", capture.telemetry.skipped);
            case_count += 1;
        }
    }
    assert_eq!(case_count, 115);
}
