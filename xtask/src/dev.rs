//! For work on the product: the demo server, and the web UI served by Vite with reload on change.

use anyhow::Result;

use crate::{shell, tools};

const SERVER: &str = "127.0.0.1:8080";

pub fn run() -> Result<()> {
    tools::npm_packages()?;
    std::fs::create_dir_all(shell::root().join("web/dist"))?;
    shell::run(&mut shell::cargo(&["build", "--package", "fupan"]))?;
    let binary = shell::target().join("debug/fupan");
    let data = shell::root().join(".run/dev");
    let data = data.to_string_lossy();
    let _server =
        shell::Running::start(&mut shell::command(binary, &["demo", "--data", &data, "--listen", SERVER]))?;
    shell::run(shell::npm(&["run", "dev"]).env("FUPAN_URL", format!("http://{SERVER}")))
}
