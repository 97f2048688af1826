use crate::program::Program;

#[test]
fn a_mistyped_name_imports_nothing_and_makes_no_instance() {
    let program = Program::new();
    program.write_capture("capture");
    let said = program.refused(1, &["import", "capture", "captrue"]);
    assert!(said.contains("nothing was imported: cannot read captrue"), "{said}");
    assert_eq!(program.names(), ["capture"]);
}

/// What a stranger wrote into a capture must not steer the terminal of whoever reads it.
#[test]
fn a_capture_cannot_speak_to_the_terminal() {
    let program = Program::new();
    program.write_capture("capture");
    let header = program.path("capture/incident.json");
    let text = std::fs::read_to_string(&header).unwrap();
    std::fs::write(&header, text.replace("checkout is slow", "slow \\u001b]0;owned\\u0007 \\u001b[2J"))
        .unwrap();
    let event = r#"{"time": "2026-01-02T03:10:00Z", "kind": "user_action", "type": "deploy", "service": "che\u001b[31mckout",
        "title": "deploy \u001b[2J"}"#;
    std::fs::write(program.path("capture/events.jsonl"), event.replace('\n', " ")).unwrap();
    let imported = program.done(&["import", "capture"]);
    let report = program.done(&["analyze", "capture"]);
    let markdown = program.done(&["export", "1", "--format", "md"]);
    assert!(report.contains("che␛[31mckout"), "{report}");
    for said in [imported, report, markdown] {
        assert!(!said.chars().any(|letter| letter.is_control() && letter != '\n'), "{said:?}");
    }
}
