//! Runs `fupan` in a folder of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

pub struct Program {
    folder: TempDir,
}

impl Program {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.any(env!("CARGO_BIN_EXE_fupan"), arguments)
    }

    /// Another program, in the same folder and environment.
    pub fn any(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FUPAN_")) {
            command.env_remove(name);
        }
        // A proxy of the machine is not asked for what is on the machine.
        command.env("NO_PROXY", "*");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Standard output of a run that must succeed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard error of a run that must fail with this code.
    #[track_caller]
    pub fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    /// An instance in `fupan-data` with one incident.
    pub fn with_incident() -> Self {
        let program = Self::new();
        program.write_capture("capture");
        let said = program.done(&["import", "capture"]);
        assert!(said.starts_with("INC-1 checkout is slow"), "{said}");
        program
    }

    pub fn write_capture(&self, name: &str) {
        let folder = self.path(name);
        std::fs::create_dir(&folder).unwrap();
        let header = r#"{"title": "checkout is slow", "detected_at": "2026-01-02T03:20:00Z", "services": ["checkout"],
            "window": {"start": "2026-01-02T02:00:00Z", "end": "2026-01-02T04:00:00Z"}}"#;
        std::fs::write(folder.join("incident.json"), header).unwrap();
        let mut metrics = "time,service,metric,value\n".to_owned();
        for step in 0..480 {
            let value = if (300..420).contains(&step) { 900 } else { 40 } + step * 7919 % 13;
            metrics.push_str(&format!("{},checkout,latency_ms,{value}\n", 1_767_319_200 + step * 15));
        }
        std::fs::write(folder.join("metrics.csv"), metrics).unwrap();
    }

    pub fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

/// `fupan serve` on a port of its own, over `fupan-data` of a program, with a token.
pub struct Served {
    child: Child,
    pub url: String,
    token: String,
}

impl Served {
    pub fn start(program: &Program, role: &str) -> Self {
        let token = program.done(&["token", "create", "--role", role]);
        let mut serve = program.command(&["serve", "--listen", "127.0.0.1:0", "--log", "error"]);
        let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        Self { child, url, token: token.trim_end().to_owned() }
    }

    /// A command that reaches this server.
    pub fn command(&self, program: &Program, arguments: &[&str]) -> Command {
        let mut command = program.command(arguments);
        command.env("FUPAN_SERVER", &self.url).env("FUPAN_TOKEN", &self.token);
        command
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
