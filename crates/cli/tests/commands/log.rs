//! What a running service says, and to whom.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::program::Program;

/// Asks something of the server at this address, and waits for its answer.
fn ask(url: &str) {
    let mut socket = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    socket.write_all(b"GET /api/v1/incidents HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

/// What `fupan serve` logs of one request.
fn logged(program: &Program, arguments: &[&str]) -> String {
    let mut serve = program.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
    let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    ask(line.trim_end().rsplit(' ').next().unwrap());
    end(child)
}

/// Ends it as an operator does; gives back its log.
fn end(mut child: Child) -> String {
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(child.wait().unwrap().success(), "{log}");
    log
}

fn of_request(log: &str) -> &str {
    log.lines().find(|line| line.contains("answered")).expect("each request has its line")
}

#[test]
fn a_log_is_json_for_programs_and_text_for_people() {
    let program = Program::new();
    let json = logged(&program, &[]);
    let answered: serde_json::Value = serde_json::from_str(of_request(&json)).unwrap();
    assert_eq!(answered["http.status"], 401, "{json}");
    let text = logged(&program, &["--log-format", "text"]);
    let answered = of_request(&text);
    assert!(answered.contains(" INFO ") && answered.contains("http.status=401"), "{text}");
    assert!(!text.contains('\x1b'), "no terminal, no colour: {text}");
    assert_eq!(logged(&program, &["--log", "warn"]), "");
}

#[test]
fn in_a_terminal_the_link_of_a_demo_stays_the_last_thing_to_see() {
    let program = Program::new();
    // `script` gives it a terminal, by way of a shell. Bash makes room for the last command by itself; dash has to be
    // told, or Ctrl-C ends the shell and its code is what `script` reports.
    let demo = format!("exec {} demo --listen 127.0.0.1:0", env!("CARGO_BIN_EXE_fupan"));
    let mut script = program.any("script", &["-qefc", &demo, "/dev/null"]);
    let mut terminal =
        script.env("SHELL", "/bin/sh").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut screen = BufReader::new(terminal.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("/sign-in#token=") {
        line.clear();
        assert_ne!(screen.read_line(&mut line).unwrap(), 0, "no link");
    }
    let url = line.trim().split("/sign-in").next().unwrap().to_owned();
    ask(&url);
    terminal.stdin.take().unwrap().write_all(b"\x03").unwrap();
    let mut rest = String::new();
    screen.read_to_string(&mut rest).unwrap();
    assert!(terminal.wait().unwrap().success());
    assert_eq!(rest.replace("^C", "").trim(), "", "below the link");
}
