use crate::program::{Program, names};

#[test]
fn what_is_no_instance_is_told_and_not_made_one() {
    let program = Program::new();
    let said = program.refused(1, &["verify", "--data", "nowhere"]);
    assert!(said.contains("there is no instance") && said.contains("nowhere"), "{said}");
    assert!(program.names().is_empty());

    std::fs::create_dir_all(program.path("folder/objects")).unwrap();
    std::fs::write(program.path("folder/fupan.db"), "not a database, however long this text may be").unwrap();
    let said = program.refused(1, &["verify", "--data", "folder"]);
    assert!(said.contains("the instance in folder cannot be opened"), "{said}");
    assert_eq!(names(&program.path("folder")), ["fupan.db", "objects"]);
    program.refused(2, &["verify", "--dat", "folder"]);
    let said = program.refused(1, &["verify", "--data", "folder", "--database", "mysql://u:hunter2@db/x"]);
    assert!(said.contains("not a database address") && !said.contains("hunter2"), "{said}");
}

#[test]
fn why_a_folder_cannot_be_used_is_said_once() {
    let program = Program::with_incident();
    let said = program.refused(1, &["import", "capture", "--data", "capture/metrics.csv/data"]);
    let cause = "Not a directory";
    assert!(
        said.contains("cannot use capture/metrics.csv/data: ") && said.matches(cause).count() == 1,
        "{said}"
    );
}

#[test]
fn damage_is_named_and_the_exit_code_says_so() {
    let program = Program::with_incident();
    let shelf =
        std::fs::read_dir(program.path("fupan-data/objects")).unwrap().next().unwrap().unwrap().path();
    let object = std::fs::read_dir(&shelf).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(object).unwrap();
    let said = program.refused(1, &["verify"]);
    assert!(said.contains("1 thing is not as written"), "{said}");
}

/// What the server is configured with, the commands beside it find by the same names.
#[test]
fn commands_find_captures_where_the_server_keeps_them() {
    let program = Program::new();
    program.write_capture("capture");
    program.done(&["import", "capture", "--objects", "elsewhere"]);
    assert!(!program.path("fupan-data/objects").exists());
    assert!(program.refused(1, &["verify"]).contains("there is no instance"));
    program.done(&["verify", "--objects", "elsewhere"]);
    std::fs::write(program.path("fupan.toml"), "objects = \"elsewhere\"\n").unwrap();
    program.done(&["verify", "--config", "fupan.toml"]);
}
