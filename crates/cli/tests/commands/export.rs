use crate::program::Program;

#[test]
fn an_incident_is_exported_in_each_format() {
    let program = Program::with_incident();
    let json = program.done(&["export", "INC-1", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["incident"]["title"], "checkout is slow");
    assert!(object["hypotheses"].is_array() && object["timeline"].is_array(), "{json}");
    let id = object["incident"]["id"].as_str().unwrap();

    let markdown = program.done(&["export", id, "--format", "md", "--lang", "en"]);
    assert!(markdown.starts_with("# checkout is slow\n"), "{markdown}");
    assert!(markdown.contains("## Possible causes") && markdown.contains("## Timeline"), "{markdown}");
    let chinese = program.done(&["export", "1", "--format", "md", "--lang", "zh"]);
    assert!(chinese.contains("## 可能的根因"), "{chinese}");

    program.done(&["export", "1", "--format", "html", "-o", "r.html"]);
    let page = std::fs::read_to_string(program.path("r.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("checkout is slow"), "{page}");

    program.done(&["export", "1", "--format", "bundle", "-o", "b.zip"]);
    let of_bundle = program.done(&["analyze", "b.zip", "--json"]);
    assert_eq!(of_bundle, program.done(&["analyze", "capture", "--json"]));
    assert!(program.done(&["import", "b.zip"]).starts_with("INC-2 checkout is slow"));
    let piped = program.run(&["export", "1", "--format", "bundle"]).stdout;
    assert_eq!(piped, std::fs::read(program.path("b.zip")).unwrap(), "the same incident, the same bytes");
    assert_eq!(program.names(), ["b.zip", "capture", "fupan-data", "r.html"]);
}

#[test]
fn what_cannot_be_exported_is_told() {
    let program = Program::with_incident();
    assert!(program.refused(1, &["export", "7", "--format", "json"]).contains("no such incident"));
    program.refused(2, &["export", "seven", "--format", "json"]);
    let said = program.refused(2, &["export", "1", "--format", "pdf"]);
    assert!(said.contains("json, md, html, bundle"), "{said}");
    let said = program.refused(1, &["export", "1", "--format", "html", "-o", "no/such/folder/r.html"]);
    assert!(said.contains("cannot write no/such/folder/r.html"), "{said}");
}
