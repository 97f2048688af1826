//! The main job: a demo in the browser from nothing but a clone.

use anyhow::Result;

use crate::{build, shell};

pub fn run(arguments: &[String]) -> Result<()> {
    let binary = build::release()?;
    let mut demo = shell::command(binary, &["demo"]);
    demo.args(arguments);
    hand_over(demo)
}

/// Becomes the demo, so that Ctrl-C and the exit code are its own.
fn hand_over(mut demo: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(anyhow::Error::new(demo.exec()).context("could not start `fupan demo`"))
}
