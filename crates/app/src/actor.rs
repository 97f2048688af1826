//! Who asks. Made once a request by authentication, then handed to every use case.

use std::sync::Arc;

use model::id::{IncidentId, PersonId, SessionId, TokenId};
use model::person::{Person, Role};

use crate::error::{Error, Forbidden};

/// A known caller with the rights of this moment. It cannot be written by hand from a request: `accounts::authenticate`
/// makes it from a session or a token, tests and jobs from a stored person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// As shown to others, for "who did this".
    pub name: Arc<str>,
    /// The lesser of the person's role and, when a token asks, the token's.
    pub role: Role,
    pub via: Via,
    /// Of the request that asks, for the audit; empty when no request does.
    pub request_id: Arc<str>,
}

/// How the caller showed who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A person in a browser.
    Session(SessionId),
    Token(Token),
    /// The server itself: jobs, the first start, the command line.
    System,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    /// The only incidents that exist for this token; all that the person sees when `None`.
    pub incidents: Option<Arc<[IncidentId]>>,
    pub may_create_tokens: bool,
}

impl Actor {
    /// A person who has shown in this way who they are.
    pub(crate) fn of(person: &Person, via: Via, request_id: &Arc<str>) -> Self {
        Self {
            person: person.id.clone(),
            name: person.name.as_str().into(),
            role: person.role,
            via,
            request_id: Arc::clone(request_id),
        }
    }

    /// The server itself, acting in the name of this person: the demo and the command line.
    pub fn on_behalf_of(person: &Person) -> Self {
        Self::of(person, Via::System, &Arc::default())
    }

    /// Whoever holds the data folder, and so may read all of it. No account stands behind it: it must not write.
    pub fn keeper() -> Self {
        Self {
            person: PersonId::from_bits(0),
            name: "command line".into(),
            role: Role::Admin,
            via: Via::System,
            request_id: Arc::default(),
        }
    }

    /// # Errors
    /// [`Error::Forbidden`] when the role is lower.
    pub fn require_role(&self, least: Role) -> Result<(), Error> {
        if self.role >= least { Ok(()) } else { Err(Error::forbidden()) }
    }

    /// # Errors
    /// [`Error::Forbidden`] for a token: what concerns the account itself needs the person.
    pub fn require_session(&self) -> Result<&SessionId, Error> {
        match &self.via {
            Via::Session(id) => Ok(id),
            Via::Token(_) | Via::System => Err(Error::Forbidden(Forbidden::NeedsSession)),
        }
    }

    /// # Errors
    /// [`Error::Forbidden`] for a token that sees only some incidents: what it would make, it could not see.
    pub fn require_all_incidents(&self) -> Result<(), Error> {
        if self.confined_to().is_none() { Ok(()) } else { Err(Error::Forbidden(Forbidden::TokenScope)) }
    }

    /// Whether a restriction of the token hides this incident, whatever the person may see.
    pub fn is_confined_from(&self, incident: &IncidentId) -> bool {
        self.confined_to().is_some_and(|allowed| !allowed.contains(incident))
    }

    /// The only incidents that exist for this caller, when a token restricts them.
    pub fn confined_to(&self) -> Option<&[IncidentId]> {
        match &self.via {
            Via::Token(token) => token.incidents.as_deref(),
            Via::Session(_) | Via::System => None,
        }
    }

    /// What tells one principal from another: for idempotency keys and rate limits.
    pub fn principal(&self) -> &str {
        match &self.via {
            Via::Token(token) => token.id.as_str(),
            Via::Session(_) | Via::System => self.person.as_str(),
        }
    }
}
