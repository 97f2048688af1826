//! Incidents: declared, found, changed, deleted. Who is named in them: [`members`].

pub mod known;
pub mod members;
mod patch;

use std::collections::BTreeMap;

use bytes::Bytes;
use model::Instant;
use model::access::Access;
use model::id::{IncidentId, JobId};
use model::incident::{
    AnalysisState, Clock, ClockName, ClockSetter, Clocks, Counts, Incident, Severity, Status, Visibility,
};
use model::person::Role;
use store::change::{Noun, What};
use store::incident::{Query, Viewer};
use store::{incident, job, member};

use crate::access::{Edit, Own, View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::Error;
use crate::input::{Checks, LINE, NAME};

pub(crate) use known::find as find_known;
pub use known::{Known, Named, Shown};
pub use patch::Patch;

const MOST_SERVICES: usize = 100;

/// What a person says of a new incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    pub title: String,
    pub severity: Option<Severity>,
    pub status: Option<Status>,
    pub services: Vec<String>,
    pub visibility: Option<Visibility>,
    pub clocks: Vec<(ClockName, Instant)>,
    pub impact: Option<String>,
    pub timezone: Option<String>,
    pub entry_service: Option<String>,
}

impl Draft {
    fn check(self, id: IncidentId, actor: &Actor, now: Instant) -> Result<Incident, Error> {
        let mut checks = Checks::default();
        let incident = Incident {
            id,
            number: 0,
            title: checks.line("title", &self.title, LINE),
            severity: self.severity.unwrap_or(Severity::Sev3),
            status: self.status.unwrap_or(Status::Investigating),
            visibility: self.visibility.unwrap_or(Visibility::Public),
            services: services(&mut checks, &self.services),
            impact: checks.maybe_paragraphs("impact", self.impact.as_deref()),
            entry_service: checks.maybe_line("entry_service", self.entry_service.as_deref(), NAME),
            timezone: checks.maybe_line("timezone", self.timezone.as_deref(), NAME),
            window: None,
            example: false,
            clocks: self.clocks.into_iter().map(|(name, at)| (name, set_by_hand(actor, at))).collect(),
            capture: None,
            counts: Counts::default(),
            analysis: AnalysisState::None,
            analysis_error: None,
            spark: None,
            suspect: None,
            depths: BTreeMap::new(),
            version: 1,
            revision: 0,
            created_at: now,
            updated_at: now,
        };
        order_of_clocks(&mut checks, &incident.clocks);
        checks.finish()?;
        Ok(incident)
    }
}

/// Each once, in the order given.
fn services(checks: &mut Checks, names: &[String]) -> Vec<String> {
    checks.count("services", names.len(), MOST_SERVICES);
    let mut services: Vec<String> = Vec::new();
    for (position, name) in names.iter().take(MOST_SERVICES).enumerate() {
        let name = checks.line(&format!("services[{position}]"), name, NAME);
        if !services.contains(&name) {
            services.push(name);
        }
    }
    services
}

fn set_by_hand(actor: &Actor, at: Instant) -> Clock {
    Clock { at, by: ClockSetter::Person { name: actor.name.to_string() }, confirmed: true }
}

/// Nothing is over before it began. Detection may come before the start that was found out later.
fn order_of_clocks(checks: &mut Checks, clocks: &Clocks) {
    let at = |name: ClockName| clocks.get(&name).map(|clock| clock.at);
    for (earlier, later) in [
        (ClockName::StartedAt, ClockName::MitigatedAt),
        (ClockName::StartedAt, ClockName::ResolvedAt),
        (ClockName::MitigatedAt, ClockName::ResolvedAt),
    ] {
        if let (Some(first), Some(last)) = (at(earlier), at(later))
            && last < first
        {
            let detail = format!("must not be before {}", earlier.as_str());
            checks.refuse(later.as_str(), "out_of_order", detail);
        }
    }
}

/// The incident that people call by this number.
///
/// # Errors
/// [`Error::NotFound`] when it is not there for the caller.
pub async fn get_id(app: &App, actor: &Actor, number: i64) -> Result<IncidentId, Error> {
    let found = incident::find_id(app.db(), number).await?.ok_or(Error::not_found("incident"))?;
    authorize::<View>(app, actor, &found).await?;
    Ok(found)
}

/// Declares an incident. Who declares a private one is its owner.
///
/// # Errors
/// [`Error::Forbidden`] for viewers and commenters, [`Error::Invalid`].
pub async fn create_incident(
    app: &App,
    actor: &Actor,
    draft: Draft,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    actor.require_role(Role::Editor)?;
    actor.require_all_incidents()?;
    let incident = draft.check(IncidentId::from_bits(app.new_bits()), actor, app.now())?;
    app.commit(actor, reply, move |work| Box::pin(async move { insert(work, incident).await })).await
}

/// Stores a new incident whose owner is the actor.
pub(crate) async fn insert(work: &mut Work<'_>, mut incident: Incident) -> Result<Shown, Error> {
    incident.revision = work.unit.next_change();
    let incident = incident::insert(work.unit, incident).await?;
    let owner = work.actor.person.clone();
    member::put(&**work.unit, &incident.id, &owner, Access::Owner).await?;
    work.audit("create_incident", &incident.id, Some(&incident.id));
    work.change((Noun::Incident, What::Created), &incident.id, Some(&incident.id), incident.version);
    known::show(&**work.unit, incident, &work.actor).await
}

/// # Errors
/// [`Error::NotFound`].
pub async fn get_incident(app: &App, actor: &Actor, id: &IncidentId) -> Result<Shown, Error> {
    let authorized = authorize::<View>(app, actor, id).await?;
    let tally = known::tally(app, id).await?;
    Ok(Shown { known: authorized.known, tally, access: authorized.access })
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    pub text: Option<String>,
    pub severities: Vec<Severity>,
    pub statuses: Vec<Status>,
    pub service: Option<String>,
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    pub after: Option<(Instant, i64)>,
    pub limit: u64,
}

/// Some incidents that the caller may see, latest first, and where the next page begins.
#[derive(Debug, Clone)]
pub struct Page {
    pub items: Vec<Shown>,
    pub next: Option<(Instant, i64)>,
}

/// How many incidents this instance ever had, with those that were deleted since.
///
/// # Errors
/// When the store cannot be read.
pub async fn count_ever(app: &App) -> Result<i64, Error> {
    Ok(incident::count_ever(app.db()).await?)
}

/// Incidents that the caller may see, as `render` makes them. The same list is made once while nothing changes.
///
/// # Errors
/// When the store cannot be read.
pub async fn list_incidents(
    app: &App,
    actor: &Actor,
    search: Search,
    render: impl FnOnce(&Page) -> Bytes,
) -> Result<Bytes, Error> {
    let viewer = match actor.role {
        Role::Admin => Viewer::Everything,
        Role::Viewer | Role::Commenter | Role::Editor => Viewer::Person(actor.person.clone()),
    };
    let confined_to = actor.confined_to().map(<[IncidentId]>::to_vec);
    // What a caller sees depends on who they are, on the role with which they come, and on every change so far.
    let seq = app.parts().live.seq();
    let key = format!("list {seq} {} {:?} {confined_to:?} {search:?}", actor.principal(), actor.role);
    let list = async {
        let limit = search.limit;
        let query = Query {
            viewer,
            confined_to,
            text: search.text,
            severities: search.severities,
            statuses: search.statuses,
            service: search.service,
            from: search.from,
            to: search.to,
            after: search.after,
            limit: limit + 1,
        };
        let mut incidents = incident::list(app.db(), &query).await?;
        let has_more = incidents.len() as u64 > limit;
        incidents.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = incidents.last().filter(|_| has_more).map(|last| (last.sort_at(), last.number));
        let items = known::show_all(app.db(), incidents, actor).await?;
        Ok(render(&Page { items, next }))
    };
    app.parts().caches.rendered(key, list).await
}

/// Changes some fields of the version that the caller saw.
///
/// # Errors
/// [`Error::VersionConflict`] with the incident of now when someone else was faster.
pub async fn update_incident(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    patch: Patch,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let authorized = authorize::<Edit>(app, actor, id).await?;
    if patch.visibility.is_some_and(|wanted| wanted != authorized.known.incident.visibility) {
        authorize::<Own>(app, actor, id).await?;
    }
    let conflict = reply.conflict();
    let based_on = patch.version;
    let target = id.clone();
    let outcome = app
        .commit(actor, reply, move |work| {
            Box::pin(async move {
                let mut incident = incident::get(&**work.unit, &target).await?;
                if incident.version != based_on {
                    return Err(Error::stale(based_on));
                }
                let changed = patch.apply(&mut incident, &work.actor)?;
                incident.version += 1;
                incident.updated_at = work.now;
                incident::update(&**work.unit, &incident).await?;
                work.audit_with("update_incident", &target, Some(&target), Some(changed.join(", ")));
                work.change((Noun::Incident, What::Updated), &target, Some(&target), incident.version);
                known::show(&**work.unit, incident, &work.actor).await
            })
        })
        .await;
    match outcome {
        Err(Error::VersionConflict { .. }) => {
            app.refresh().await?;
            Err(conflict.with(based_on, &get_incident(app, actor, id).await?))
        }
        outcome => outcome,
    }
}

/// Gone for everyone at once; what belonged to it is removed in the background.
///
/// # Errors
/// [`Error::Forbidden`] for who does not own it.
pub async fn delete_incident(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    reply: Reply<()>,
) -> Result<Outcome<()>, Error> {
    let authorized = authorize::<Own>(app, actor, id).await?;
    let target = id.clone();
    let purge = job::Draft {
        id: JobId::from_bits(app.new_bits()),
        kind: job::Kind::Purge,
        subject: id.to_string(),
        dedupe_key: Some(format!("purge {id}")),
        run_at: app.now(),
        max_attempts: 20,
    };
    let title = authorized.known.incident.title.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            incident::delete(&**work.unit, &target, work.now).await?;
            job::insert(&**work.unit, &purge, work.now).await?;
            work.audit_with("delete_incident", &target, Some(&target), Some(title));
            work.change((Noun::Incident, What::Deleted), &target, Some(&target), 0);
            Ok(())
        })
    })
    .await
}
