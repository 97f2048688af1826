//! What people did and systems said, as events: nothing is added but a severity and a part in the story.

use model::event::{Kind, Severity};
use model::telemetry::{Capture, Happening};
use model::text::Text;

use crate::draft::{Draft, Role, Seed, cut};

const TITLE_LETTERS: usize = 300;

const CHANGES: &[&str] = &[
    "deploy",
    "deployment",
    "release",
    "rollback",
    "revert",
    "config_change",
    "config",
    "feature_flag",
    "flag",
    "scale",
    "restart",
    "migration",
    "merge",
    "failover",
];
const DEATHS: &[&str] =
    &["oom_kill", "oom", "crash", "kill", "killed", "exit", "evicted", "crash_loop", "panic"];

pub fn drafts(capture: &Capture) -> Vec<Draft> {
    let file = capture.telemetry.files.events.as_deref();
    capture.telemetry.happenings.iter().map(|happening| draft(happening, file)).collect()
}

fn draft(happening: &Happening, file: Option<&str>) -> Draft {
    let is_over = is_resolved(happening);
    let event_type = if is_over { "alert_resolved" } else { happening.event_type.as_str() };
    let mut draft = Draft::of(Seed {
        kind: happening.kind,
        event_type,
        at: happening.time,
        service: happening.service.as_deref(),
        title: Text::plain(cut(&happening.title, TITLE_LETTERS)),
        severity: severity(happening, is_over),
        role: role(happening, is_over),
        identity: &happening.row.to_le_bytes(),
    });
    let event = &mut draft.event;
    event.ended_at = happening.ended_at;
    event.instance.clone_from(&happening.instance);
    event.detail.clone_from(&happening.detail);
    event.attributes.extend(happening.attributes.clone());
    if let Some(actor) = &happening.actor {
        event.attributes.insert("actor".to_owned(), actor.clone());
    }
    event.provenance.file = file.map(str::to_owned);
    event.provenance.rows = Some((happening.row, happening.row));
    draft
}

fn is_alert(happening: &Happening) -> bool {
    happening.event_type.starts_with("alert")
}

fn is_resolved(happening: &Happening) -> bool {
    let state = happening.attributes.get("state").or_else(|| happening.attributes.get("status"));
    let says_so =
        state.is_some_and(|state| matches!(state.as_str(), "resolved" | "ok" | "OK" | "inactive" | "closed"));
    is_alert(happening) && (says_so || happening.event_type == "alert_resolved")
}

fn severity(happening: &Happening, is_over: bool) -> Severity {
    if is_over {
        return Severity::Info;
    }
    let said = happening.attributes.get("severity").and_then(|word| Severity::parse(word));
    let usual = match happening.event_type.as_str() {
        kind if DEATHS.contains(&kind) => Severity::Critical,
        _ if is_alert(happening) => Severity::Warning,
        kind if CHANGES.contains(&kind) => Severity::Notice,
        _ if happening.kind == Kind::SystemEvent => Severity::Notice,
        _ => Severity::Info,
    };
    happening.severity.or(said).unwrap_or(usual)
}

fn role(happening: &Happening, is_over: bool) -> Role {
    match happening.event_type.as_str() {
        _ if is_over => Role::AlertEnd,
        _ if is_alert(happening) => Role::Alert,
        kind if DEATHS.contains(&kind) => Role::Death,
        kind if CHANGES.contains(&kind) => Role::Change,
        _ if happening.kind == Kind::UserAction => Role::Act,
        _ => Role::Other,
    }
}
