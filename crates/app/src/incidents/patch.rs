//! What a person changes in an incident.

use model::Instant;
use model::incident::{ClockName, Incident, Severity, Status, Visibility};

use super::{order_of_clocks, services, set_by_hand};
use crate::actor::Actor;
use crate::error::Error;
use crate::input::{Checks, LINE, NAME};

/// `None` leaves a field as it is; `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    /// The version that the person saw.
    pub version: i64,
    pub title: Option<String>,
    pub severity: Option<Severity>,
    pub status: Option<Status>,
    pub visibility: Option<Visibility>,
    pub services: Option<Vec<String>>,
    pub clocks: Vec<(ClockName, Option<Instant>)>,
    /// Clocks that the person says are right as they are.
    pub confirm: Vec<ClockName>,
    pub impact: Option<Option<String>>,
    pub timezone: Option<Option<String>>,
    pub entry_service: Option<Option<String>>,
}

impl Patch {
    /// Names of the fields that were given.
    pub(super) fn apply(self, incident: &mut Incident, actor: &Actor) -> Result<Vec<&'static str>, Error> {
        let mut checks = Checks::default();
        let mut given = Vec::new();
        if let Some(title) = &self.title {
            incident.title = checks.line("title", title, LINE);
            given.push("title");
        }
        if let Some(severity) = self.severity {
            incident.severity = severity;
            given.push("severity");
        }
        if let Some(status) = self.status {
            incident.status = status;
            given.push("status");
        }
        if let Some(visibility) = self.visibility {
            incident.visibility = visibility;
            given.push("visibility");
        }
        if let Some(names) = &self.services {
            incident.services = services(&mut checks, names);
            given.push("services");
        }
        if let Some(impact) = &self.impact {
            incident.impact = checks.maybe_paragraphs("impact", impact.as_deref());
            given.push("impact");
        }
        if let Some(timezone) = &self.timezone {
            incident.timezone = checks.maybe_line("timezone", timezone.as_deref(), NAME);
            given.push("timezone");
        }
        if let Some(service) = &self.entry_service {
            incident.entry_service = checks.maybe_line("entry_service", service.as_deref(), NAME);
            given.push("entry_service");
        }
        self.set_clocks(incident, actor, &mut checks, &mut given);
        checks.finish()?;
        Ok(given)
    }

    fn set_clocks(
        &self,
        incident: &mut Incident,
        actor: &Actor,
        checks: &mut Checks,
        given: &mut Vec<&'static str>,
    ) {
        for (name, at) in &self.clocks {
            match at {
                Some(at) => incident.clocks.insert(*name, set_by_hand(actor, *at)),
                None => incident.clocks.remove(name),
            };
            given.push(name.as_str());
        }
        for name in &self.confirm {
            match incident.clocks.get_mut(name) {
                Some(clock) => clock.confirmed = true,
                None => checks.refuse("confirm", "not_set", format!("{} is not set", name.as_str())),
            }
            given.push(name.as_str());
        }
        order_of_clocks(checks, &incident.clocks);
    }
}
