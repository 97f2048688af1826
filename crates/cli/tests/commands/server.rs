//! Commands that reach an instance over HTTP, against a server that really runs.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::listener::{Answer, Proxy, Scripted};
use crate::program::{Program, Served};

fn incident_count(program: &Program, server: &Served) -> usize {
    let numbers = 1..9;
    let found = numbers.filter(|number| {
        let export = server.command(program, &["export", &number.to_string(), "--format", "json"]).output();
        export.unwrap().status.success()
    });
    found.count()
}

/// It runs as a job after the import.
fn wait_for_analysis(program: &Program, server: &Served) {
    let started = Instant::now();
    while !done(server.command(program, &["export", "1", "--format", "json"]))
        .contains(r#""analysis_state":"done""#)
    {
        assert!(started.elapsed() < Duration::from_secs(60), "the analysis never ended");
    }
}

/// Standard error of a command that must fail with this code.
#[track_caller]
fn refused(code: i32, mut command: Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[track_caller]
fn done(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What differs by who asks, and by when.
fn without_caller(export: &str) -> serde_json::Value {
    let mut object: serde_json::Value = serde_json::from_str(export).unwrap();
    object["incident"]["access"] = serde_json::Value::Null;
    object
}

#[test]
fn an_incident_goes_in_and_out_as_it_does_beside_the_folder() {
    let program = Program::new();
    program.write_capture("capture");
    let server = Served::start(&program, "editor");
    let said = done(server.command(&program, &["import", "capture"]));
    assert!(said.starts_with("INC-1 checkout is slow (inc_"), "{said}");
    wait_for_analysis(&program, &server);

    for format in ["md", "html", "bundle", "json"] {
        let (far, near) = (format!("far.{format}"), format!("near.{format}"));
        done(
            server.command(&program, &["export", "INC-1", "--format", format, "--lang", "zh-CN", "-o", &far]),
        );
        program.done(&["export", "INC-1", "--format", format, "--lang", "zh-CN", "-o", &near]);
        let [far, near] = [far, near].map(|name| std::fs::read(program.path(&name)).unwrap());
        if format == "json" {
            let [far, near] = [far, near].map(|text| without_caller(&String::from_utf8(text).unwrap()));
            assert_eq!(far, near);
            assert!(far["timeline"].as_array().is_some_and(|events| !events.is_empty()), "{far}");
        } else {
            assert!(far == near, "{format} differs");
        }
    }
    let again = done(server.command(&program, &["import", "far.bundle"]));
    assert!(again.starts_with("INC-2 checkout is slow"), "{again}");
}

#[test]
fn a_token_is_made_by_an_administrator_and_by_nobody_less() {
    let program = Program::new();
    let server = Served::start(&program, "admin");
    let made = done(server.command(&program, &["token", "create", "--role", "viewer"]));
    assert!(made.starts_with("fup_") && made.ends_with('\n'), "{made}");
    program.write_capture("capture");
    let mut import = server.command(&program, &["import", "capture"]);
    let said = refused(1, {
        import.env("FUPAN_TOKEN", made.trim());
        import
    });
    assert!(
        said.contains("capture was not imported") && said.contains("your role does not allow this"),
        "{said}"
    );
    assert!(!said.contains("fup_"), "{said}");
    let said =
        refused(2, server.command(&program, &["token", "create", "--role", "viewer", "--user", "ann"]));
    assert!(said.contains("--user needs the folder"), "{said}");
}

#[test]
fn an_answer_that_was_lost_does_not_import_twice() {
    let program = Program::new();
    program.write_capture("capture");
    let server = Served::start(&program, "editor");
    let proxy = Proxy::that_loses(&server.url, "HTTP/1.1 202");
    let mut import = server.command(&program, &["import", "capture"]);
    let output = import.env("FUPAN_SERVER", &proxy.url).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("broke") && said.contains("again in"), "{said}");
    assert_eq!(incident_count(&program, &server), 1);
}

#[test]
fn a_server_without_time_is_asked_again_when_it_says() {
    let program = Program::new();
    program.write_capture("capture");
    let busy = Answer::problem(503, "overloaded", "the server is busy").with("retry-after: 0");
    let imported = Answer::json(202, r#"{"incident": {"id": "inc_x", "number": 7, "title": "t"}, "new": 1}"#);
    let server = Scripted::start(vec![Answer::hello(), busy.clone(), busy, imported]);
    let output = server.command(&program, &["import", "capture"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "INC-7 t (inc_x)\n");
    let keys = server.keys();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");

    let later = Answer::problem(503, "overloaded", "the server is busy").with("retry-after: 600");
    let server = Scripted::start(vec![Answer::hello(), later]);
    let said = refused(1, server.command(&program, &["import", "capture"]));
    assert!(said.contains("nothing was done, try again in 600 s"), "{said}");
}

#[test]
fn what_keeps_a_command_from_a_server_is_told() {
    let program = Program::new();
    program.write_capture("capture");
    let server = Served::start(&program, "editor");
    let at = |url: &str| {
        let mut command = server.command(&program, &["import", "capture"]);
        command.env("FUPAN_SERVER", url);
        command
    };
    let said = refused(1, at("http://127.0.0.1:1"));
    assert!(said.contains("nothing listens at http://127.0.0.1:1/"), "{said}");
    // Longer than a name can be, so that nobody has to be asked for it.
    let said = refused(1, at(&format!("http://{}.example", "n".repeat(64))));
    assert!(said.contains("leads nowhere"), "{said}");
    let said = refused(1, at(&server.url.replace("http:", "https:")));
    assert!(said.contains("does not speak TLS there"), "{said}");

    let mut wrong = server.command(&program, &["import", "capture"]);
    let said = refused(1, {
        wrong.env("FUPAN_TOKEN", "fup_nonsense");
        wrong
    });
    assert!(said.contains("does not know this token") && !said.contains("nonsense"), "{said}");
    let said = refused(1, server.command(&program, &["export", "7", "--format", "json"]));
    assert!(said.contains("INC-7 was not exported") && said.contains("has no such incident"), "{said}");
    std::fs::write(program.path("no.zip"), "no zip").unwrap();
    let said = refused(1, server.command(&program, &["import", "no.zip"]));
    assert!(said.contains("no.zip was not imported"), "{said}");

    let page = Answer::page("<!doctype html>");
    let said = refused(1, Scripted::start(vec![page]).command(&program, &["import", "capture"]));
    assert!(said.contains("is no Fupan server: it says 200 OK and text/html"), "{said}");
    let moved = Answer::json(301, "").with("location: https://elsewhere/");
    let said = refused(1, Scripted::start(vec![moved]).command(&program, &["import", "capture"]));
    assert!(said.contains("sends on to https://elsewhere/"), "{said}");
    let large = Answer::problem(413, "body_too_large", "the body is larger than 268435456 bytes");
    let said =
        refused(1, Scripted::start(vec![Answer::hello(), large]).command(&program, &["import", "capture"]));
    assert!(said.contains("268435456 bytes") && said.contains("fupan import --data"), "{said}");
    let unknown = Answer::problem(404, "not_found", "no such resource");
    let older = Scripted::start(vec![Answer::hello(), unknown]);
    let id = "inc_00000000000000000000000007";
    let said = refused(1, older.command(&program, &["export", id, "--format", "bundle", "-o", "b.zip"]));
    assert!(said.contains("it is Fupan 0.0.1, this command is"), "{said}");
}

#[test]
fn https_needs_a_certificate_that_the_machine_trusts() {
    let program = Program::new();
    program.write_capture("capture");
    let server = Served::start(&program, "editor");
    let (proxy, certificate) = Proxy::with_tls(&server.url);
    std::fs::write(program.path("authority.pem"), certificate).unwrap();
    let import = || {
        let mut command = server.command(&program, &["import", "capture"]);
        command.env("FUPAN_SERVER", &proxy.url).env_remove("SSL_CERT_DIR");
        command
    };
    let said = refused(1, import());
    assert!(said.contains("nobody whom this machine trusts"), "{said}");
    let mut trusting = import();
    trusting.env("SSL_CERT_FILE", program.path("authority.pem"));
    assert!(done(trusting).starts_with("INC-1 checkout is slow"));
}

#[test]
fn commands_on_files_say_that_they_need_them() {
    let program = Program::with_incident();
    for arguments in [&["backup", "b.zip"][..], &["restore", "b.zip"], &["verify"]] {
        let with_flag = [arguments, &["--server", "http://127.0.0.1:1"]].concat();
        let said = program.refused(2, &with_flag);
        assert!(said.contains("works on the files of an instance") && said.lines().count() == 1, "{said}");
        let mut command = program.command(arguments);
        command.env("FUPAN_SERVER", "http://127.0.0.1:1");
        let said = refused(2, command);
        assert!(said.contains("FUPAN_SERVER names a server"), "{said}");
    }
    let mut verify = program.command(&["verify", "--data", "fupan-data"]);
    verify.env("FUPAN_SERVER", "http://127.0.0.1:1");
    done(verify);
}
