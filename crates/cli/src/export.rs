//! `fupan export`: one incident as a file that needs no instance.

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Seek as _, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::app::Claim;
use app::captures::pack;
use app::watch::Interrupted;
use clap::ValueEnum;
use model::id::IncidentId;
use model::text::Language;

use crate::analyze::{Lang, Wanted, analyse};
use crate::instance::{Bundle, Instance, Named, WayFlags};
use crate::misuse::Misuse;
use crate::output::{print, write_file};
use crate::{interrupt, report};

#[derive(clap::Args)]
pub struct Args {
    /// Number (7, INC-7) or id
    #[arg(value_name = "INCIDENT")]
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
    way: WayFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Md,
    Html,
    Bundle,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    if args.format == Format::Bundle && args.output.is_none() && stdout().is_terminal() {
        return Misuse::because("a bundle is no text for a terminal: name a file with -o");
    }
    interrupt::run(|stop| async move {
        tokio::select! {
            () = stop.cancelled() => Err(Interrupted.into()),
            done = export(args) => done,
        }
    })
}

async fn export(args: Args) -> anyhow::Result<()> {
    let instance = Instance::reach(args.way, Claim::Inspect).await?;
    let (output, language) = (args.output.as_deref(), Lang::or_of_environment(args.lang));
    let done = match instance.find_incident(&args.incident).await {
        Err(error) => Err(error),
        Ok(id) => match args.format {
            Format::Json => export_json(&instance, &id, language, output).await,
            Format::Md | Format::Html => export_report(&instance, &id, (args.format, language), output).await,
            Format::Bundle => export_zip(&instance, &id, output).await,
        },
    };
    instance.close().await?;
    done.with_context(|| format!("{} was not exported", args.incident))
}

/// Into a file first: what went to a pipe cannot be taken back.
async fn export_json(
    instance: &Instance,
    id: &IncidentId,
    language: Language,
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let incident = instance.get_incident(id).await?;
    let analysis = instance.get_analysis(id, language).await?;
    let mut spool = BufWriter::new(tempfile::tempfile().context("no temporary file for the export")?);
    write!(spool, "{{\"incident\":{incident},\n\"timeline\":[")?;
    instance.write_events(id, &mut spool).await?;
    write!(spool, "]")?;
    for (name, value) in analysis.iter().filter(|(name, _)| *name != "timeline") {
        write!(spool, ",\n\"{name}\":{value}")?;
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
    instance: &Instance,
    id: &IncidentId,
    (format, language): (Format, Language),
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let bundle = instance.export_bundle(id).await?;
    let path = bundle.path().to_owned();
    let analysed = tokio::task::spawn_blocking(move || analyse(&path, language, Wanted::Curves));
    let subject = analysed.await.context("the analysis ended early")??;
    let text = match format {
        Format::Html => report::html::page(&subject),
        _ => report::markdown::text(&subject),
    };
    send(output, |out| Ok(out.write_all(text.as_bytes())?))
}

async fn export_zip(instance: &Instance, id: &IncidentId, output: Option<&Path>) -> anyhow::Result<()> {
    let zip = match instance.export_bundle(id).await? {
        Bundle::Zip(zip) => zip,
        Bundle::Folder(folder) => {
            let zip = tempfile::NamedTempFile::new().context("no temporary file for the bundle")?;
            pack(folder.path(), zip.path())?;
            zip
        }
    };
    send(output, |out| {
        std::io::copy(&mut File::open(zip.path())?, out)?;
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
        None => print(write),
    }
}
