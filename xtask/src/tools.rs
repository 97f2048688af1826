//! What is not Rust: found where it is, installed by apt when that is possible, otherwise named with the command to type.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::shell;

/// A program that tests or builds need, and the Debian packages that bring it.
pub struct Tool {
    pub what_for: &'static str,
    /// Any one of these will do; an absolute path or a name on `PATH`.
    pub programs: &'static [&'static str],
    pub packages: &'static [&'static str],
}

pub const CHROMIUM: Tool = Tool {
    what_for: "browser tests",
    programs: &["chromium", "chromium-browser", "google-chrome"],
    packages: &["chromium", "fonts-noto-cjk"],
};
pub const POSTGRES: Tool = Tool {
    what_for: "store tests on PostgreSQL",
    programs: &["/usr/lib/postgresql/*/bin/initdb", "initdb"],
    packages: &["postgresql"],
};
pub const NODE: Tool = Tool { what_for: "the web UI", programs: &["node"], packages: &["nodejs", "npm"] };
pub const PYTHON: Tool = Tool { what_for: "black-box tests", programs: &["python3"], packages: &["python3"] };
pub const WRK: Tool = Tool { what_for: "load figures", programs: &["wrk"], packages: &["wrk"] };

impl Tool {
    pub fn find(&self) -> Option<PathBuf> {
        self.programs.iter().find_map(|program| find(program))
    }

    /// Finds it, or installs it and finds it then.
    pub fn get(&self) -> Result<PathBuf> {
        if let Some(found) = self.find() {
            return Ok(found);
        }
        install(self)?;
        self.find().with_context(|| {
            format!("installed {:?}, but none of {:?} is there", self.packages, self.programs)
        })
    }
}

fn find(program: &str) -> Option<PathBuf> {
    if let Some((before, after)) = program.split_once("/*/") {
        return newest_below(Path::new(before), after);
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// `FOLDER/*/REST` with the highest version in place of the star.
fn newest_below(folder: &Path, rest: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut found: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path().join(rest)).filter(|path| path.is_file()).collect();
    found.sort();
    found.pop()
}

fn install(tool: &Tool) -> Result<()> {
    let by_hand = format!("apt-get install -y {}", tool.packages.join(" "));
    let apt =
        if shell::succeeds(&mut shell::command("sh", &["-c", "test \"$(id -u)\" = 0 && command -v apt-get"]))
        {
            vec!["apt-get"]
        } else if shell::succeeds(&mut shell::command("sh", &["-c", "command -v apt-get && sudo -n true"])) {
            vec!["sudo", "-n", "apt-get"]
        } else {
            bail!(
                "{} are needed for {}; install them with: sudo {by_hand}",
                tool.packages.join(", "),
                tool.what_for
            );
        };
    eprintln!("{} needed for {}: installing", tool.packages.join(", "), tool.what_for);
    let mut update = apt.clone();
    update.extend(["update", "-q"]);
    shell::run(&mut shell::command(update[0], &update[1..]))?;
    let mut add = apt;
    add.extend(["install", "-y", "-q", "--no-install-recommends"]);
    add.extend(tool.packages);
    let mut command = shell::command(add[0], &add[1..]);
    shell::run(command.env("DEBIAN_FRONTEND", "noninteractive")).with_context(|| {
        format!("{} needed for {}; try: sudo {by_hand}", tool.packages.join(", "), tool.what_for)
    })
}

/// Node 20 or newer, and npm beside it.
pub fn node() -> Result<()> {
    NODE.get()?;
    let version = shell::output(&mut shell::command("node", &["--version"]))?;
    let major: u32 = version.trim().trim_start_matches('v').split('.').next().unwrap_or("").parse()?;
    if major < 20 {
        bail!(
            "node {} is too old: the web UI needs 20 or newer (https://nodejs.org, or your distribution)",
            version.trim()
        );
    }
    Ok(())
}

/// The packages of the web UI as its lock file names them; nothing is done when they are there already.
pub fn npm_packages() -> Result<()> {
    node()?;
    let web = shell::root().join("web");
    let lock =
        std::fs::read(web.join("package-lock.json")).context("web/package-lock.json cannot be read")?;
    let stamp = web.join("node_modules/.fupan-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    shell::run(&mut shell::npm(&["ci", "--no-audit", "--no-fund"]))?;
    std::fs::write(&stamp, lock).with_context(|| format!("{} cannot be written", stamp.display()))
}
