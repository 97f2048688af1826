//! `fupan export`: one incident as a file that needs no instance.

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Seek as _, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::accounts::authentication::keeper;
use app::analysis::findings::{Extent, get_analysis};
use app::app::Claim;
use app::captures::{export_bundle, pack};
use app::timeline::{everything, walk_events};
use app::watch::Interrupted;
use app::{Actor, App, incidents};
use clap::ValueEnum;
use model::id::IncidentId;
use model::text::Language;
use serde_json::Value;
use server::wire::analysis::AnalysisView;
use server::wire::event::EventView;
use server::wire::incident::IncidentView;

use crate::analyze::{Lang, Wanted, analyse};
use crate::config::InstanceFlags;
use crate::output::write_file;
use crate::{instance, interrupt, report};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number (7, INC-7) or id
    #[arg(value_name = "INCIDENT", value_parser = parse)]
    incident: Named,
    /// `json`: incident, timeline and findings; `md`, `html`: the report of `analyze`, with the events that people
    /// added; `bundle`: the capture as a zip that `import` and `analyze` read, with those events
    #[arg(long)]
    format: Format,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of what analysis says; by default that of LANG
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(flatten)]
    instance: InstanceFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Md,
    Html,
    Bundle,
}

/// How a person names an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    Number(i64),
    Id(IncidentId),
}

fn parse(text: &str) -> Result<Named, &'static str> {
    let lower = text.to_lowercase();
    let number = lower.strip_prefix("inc-").or(lower.strip_prefix('#')).unwrap_or(&lower);
    match (number.parse(), text.parse()) {
        (Ok(number), _) => Ok(Named::Number(number)),
        (_, Ok(id)) => Ok(Named::Id(id)),
        _ => Err("give its number (7, INC-7) or its id (inc_…)"),
    }
}

/// Events read at a time.
const PAGE: u64 = 5_000;

pub fn run(args: Args) -> anyhow::Result<()> {
    if args.format == Format::Bundle && args.output.is_none() && stdout().is_terminal() {
        bail!("a bundle is no text for a terminal: name a file with -o");
    }
    interrupt::run(|stop| async move {
        tokio::select! {
            () = stop.cancelled() => Err(Interrupted.into()),
            done = export(args) => done,
        }
    })
}

async fn export(args: Args) -> anyhow::Result<()> {
    let config = instance::config(args.instance)?;
    let app = instance::open(&config, Claim::Inspect).await?;
    let (actor, language) = (keeper(), Lang::or_of_environment(args.lang));
    let id = match args.incident {
        Named::Number(number) => incidents::get_id(&app, &actor, number)
            .await
            .with_context(|| format!("INC-{number} was not found in {}", config.data.display()))?,
        Named::Id(id) => id,
    };
    let (format, output) = (args.format, args.output.as_deref());
    let done = match format {
        Format::Json => export_json(&app, &actor, &id, (language, output)).await,
        Format::Md | Format::Html => export_report(&app, &actor, &id, (format, language, output)).await,
        Format::Bundle => export_zip(&app, &actor, &id, output).await,
    };
    app.close().await?;
    done.with_context(|| format!("{id} was not exported"))
}

/// By the page and into a file first: a timeline may have a million events, and what went to a pipe cannot be taken back.
async fn export_json(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    (language, output): (Language, Option<&Path>),
) -> anyhow::Result<()> {
    let incident = IncidentView::whole(&incidents::get_incident(app, actor, id).await?);
    let analysis = get_analysis(app, actor, id, Extent::FindingsOnly).await?;
    let analysis = AnalysisView::new(&analysis, language);
    let mut spool = BufWriter::new(tempfile::tempfile().context("no temporary file for the export")?);
    write!(spool, "{{\"incident\":{},\n\"timeline\":[", serde_json::to_string(&incident)?)?;
    let mut query = everything(PAGE);
    let mut separator = "\n";
    loop {
        let page = walk_events(app, actor, id, query.clone()).await?;
        for event in EventView::all(&page.shown) {
            write!(spool, "{separator}{}", serde_json::to_string(&event)?)?;
            separator = ",\n";
        }
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    write!(spool, "]")?;
    if let Value::Object(fields) = serde_json::to_value(analysis)? {
        for (name, value) in fields.into_iter().filter(|(name, _)| name != "timeline") {
            write!(spool, ",\n\"{name}\":{value}")?;
        }
    }
    writeln!(spool, "}}")?;
    let mut spooled = spool.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    spooled.rewind()?;
    send(output, |out| {
        std::io::copy(&mut spooled, out)?;
        Ok(())
    })
}

async fn export_report(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    (format, language, output): (Format, Language, Option<&Path>),
) -> anyhow::Result<()> {
    let folder = export_bundle(app, actor, id).await?;
    let path = folder.path().to_owned();
    let analysed = tokio::task::spawn_blocking(move || analyse(&path, language, Wanted::Curves));
    let subject = analysed.await.context("the analysis ended early")??;
    let text = match format {
        Format::Html => report::html::page(&subject),
        _ => report::markdown::text(&subject),
    };
    send(output, |out| Ok(out.write_all(text.as_bytes())?))
}

async fn export_zip(app: &App, actor: &Actor, id: &IncidentId, output: Option<&Path>) -> anyhow::Result<()> {
    let folder = export_bundle(app, actor, id).await?;
    let packed = tempfile::NamedTempFile::new().context("no temporary file for the bundle")?;
    pack(folder.path(), packed.path())?;
    send(output, |out| {
        std::io::copy(&mut File::open(packed.path())?, out)?;
        Ok(())
    })
}

fn send(
    output: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match output {
        Some(path) => {
            write_file(path, |out| write(out))?;
            eprintln!("{}: written", path.display());
            Ok(())
        }
        None => {
            let mut out = BufWriter::new(stdout().lock());
            write(&mut out)?;
            Ok(out.flush()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_is_named_by_number_or_id() {
        for text in ["7", "INC-7", "inc-7", "#7"] {
            assert_eq!(parse(text), Ok(Named::Number(7)), "{text}");
        }
        let id = IncidentId::from_bits(7);
        assert_eq!(parse(id.as_str()), Ok(Named::Id(id)));
        assert!(parse("seven").is_err());
    }
}
