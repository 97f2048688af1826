//! Ctrl-C while a command waits for a file that does not come: a named pipe that nobody writes to.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Program, names};

fn make_pipe(program: &Program, name: &str) {
    let made = Command::new("mkfifo").arg(program.path(name)).status().unwrap();
    assert!(made.success());
}

/// Until the command has come as far as `is_there` says.
fn wait_for(child: &mut Child, is_there: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_there() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it was interrupted");
        assert!(started.elapsed() < Duration::from_secs(60), "it never came so far");
        std::thread::yield_now();
    }
}

fn interrupted(mut child: Child) -> (Option<i32>, String) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut said = String::new();
    let mut stderr = child.stderr.take().unwrap();
    std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn an_interrupted_restore_leaves_nothing() {
    let program = Program::new();
    make_pipe(&program, "b.zip");
    let mut restore = program.command(&["restore", "b.zip", "--data", "new"]);
    let mut child = restore.stderr(Stdio::piped()).spawn().unwrap();
    let marker = program.path("new/.restoring");
    wait_for(&mut child, || marker.exists());
    let ended = interrupted(child);
    assert_eq!(ended.0, Some(130), "{}", ended.1);
    assert_eq!(program.names(), ["b.zip"]);
}

#[test]
fn an_interrupted_import_keeps_what_was_there_before() {
    let program = Program::with_incident();
    make_pipe(&program, "pipe.zip");
    program.write_capture("second");
    let mut import = program.command(&["import", "second", "pipe.zip"]);
    let mut child = import.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
    assert!(line.starts_with("INC-2"), "{line}");
    let ended = interrupted(child);
    assert_eq!(ended.0, Some(130), "{}", ended.1);
    let said = program.done(&["verify"]);
    assert!(said.contains("captures: 2 with"), "{said}");
    assert!(!names(&program.path("fupan-data")).contains(&"scratch".to_owned()));
}
