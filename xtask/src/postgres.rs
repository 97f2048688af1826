//! A private PostgreSQL for the tests: own folder, own port on loopback, gone when the value is.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{shell, tools};

pub struct Postgres {
    programs: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let initdb = tools::POSTGRES.get()?;
        let initdb = std::fs::canonicalize(&initdb).unwrap_or(initdb);
        let programs = initdb.parent().context("initdb lies in no folder")?.to_path_buf();
        let folder = tempfile::Builder::new().prefix("fupan-postgres-").tempdir()?;
        if is_root() {
            let owner = format!("chown postgres {}", folder.path().display());
            shell::run(&mut shell::command("sh", &["-c", &owner]))?;
        }
        let port = free_port()?;
        let started = Self { programs, folder, port };
        let data = started.data();
        let data = data.to_string_lossy();
        shell::output(
            started
                .program("initdb", &["-A", "trust", "-U", "fupan", "-E", "UTF8", "--no-locale", "-D", &data])
                .stdin(std::process::Stdio::null()),
        )?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=200",
            started.folder.path().display()
        );
        let log = started.folder.path().join("log");
        let log = log.to_string_lossy();
        shell::run(
            &mut started.program("pg_ctl", &["-w", "-s", "-D", &data, "-l", &log, "-o", &options, "start"]),
        )?;
        Ok(started)
    }

    pub fn url(&self) -> String {
        format!("postgres://fupan@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// PostgreSQL refuses to run as root, so its programs run as the user its package made.
    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut as_postgres = shell::command("runuser", &["-u", "postgres", "--"]);
            as_postgres.arg(program).args(arguments);
            as_postgres
        } else {
            shell::command(program, arguments)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data();
        let stop = &["-s", "-m", "immediate", "-D", &data.to_string_lossy(), "stop"];
        if !shell::succeeds(&mut self.program("pg_ctl", stop)) {
            eprintln!("PostgreSQL in {} could not be stopped", data.display());
        }
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(Path::new("/proc/self")).is_ok_and(|me| me.uid() == 0)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port on loopback")?;
    Ok(listener.local_addr()?.port())
}
