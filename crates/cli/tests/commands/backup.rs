use crate::program::Program;

/// The line by which two instances are compared.
fn content_line(said: &str) -> &str {
    said.lines().find(|line| line.starts_with("content: ")).expect("there is a checksum")
}

#[test]
fn backup_restore_and_verify_name_the_same_content() {
    let program = Program::with_incident();
    let before = program.done(&["verify"]);
    let made = program.done(&["backup", "b.zip"]);
    let restored = program.done(&["restore", "b.zip", "--data", "elsewhere"]);
    let after = program.done(&["verify", "--data", "elsewhere"]);
    assert_eq!(after, before);
    assert!(after.ends_with("all as it was written\n"), "{after}");
    for said in [&made, &restored] {
        assert_eq!(content_line(said), content_line(&before));
    }
}

#[test]
fn a_restore_needs_an_empty_place_and_a_sound_backup() {
    let program = Program::with_incident();
    program.done(&["backup", "b.zip"]);
    assert!(program.refused(1, &["backup", "b.zip"]).contains("exists already"));
    assert!(program.refused(1, &["restore", "b.zip"]).contains("fupan-data is not empty"));
    let mut bytes = std::fs::read(program.path("b.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(program.path("b.zip"), bytes).unwrap();
    assert!(program.refused(1, &["restore", "b.zip", "--data", "new"]).contains("b.zip is damaged"));
    assert_eq!(program.names(), ["b.zip", "capture", "fupan-data"]);
}

#[test]
fn a_postgres_database_is_left_to_its_own_tools() {
    let Ok(url) = std::env::var("FUPAN_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: FUPAN_TEST_POSTGRES is not set; `cargo xtask test` sets it");
        return;
    };
    let program = Program::new();
    program.done(&["token", "create", "--role", "viewer", "--data", "here", "--database", &url]);
    let said = program.refused(1, &["backup", "b.zip", "--data", "here", "--database", &url]);
    assert!(said.contains("pg_dump --format=custom") && said.contains("tar -C here"), "{said}");
    assert!(!said.contains(&url), "an address may hold a password: {said}");
    let verified = program.done(&["verify", "--data", "here", "--database", &url]);
    assert!(content_line(&verified).contains("sha256"), "{verified}");
}

#[test]
fn a_backup_is_not_restored_where_no_server_would_look() {
    let program = Program::with_incident();
    program.done(&["backup", "b.zip"]);
    program.refused(2, &["restore", "b.zip", "--data", "there", "--objects", "elsewhere"]);
    std::fs::write(program.path("fupan.toml"), "data = \"there\"\nobjects = \"elsewhere\"\n").unwrap();
    let said = program.refused(1, &["restore", "b.zip", "--config", "fupan.toml"]);
    assert!(said.contains("a server would not look there"), "{said}");
    assert!(!program.path("there").exists());
}
