//! How people and programs show who they are: sessions, tokens, invitations, one-time links. Of each secret only its
//! digest is known here.

use std::collections::BTreeMap;

use crate::id::{IncidentId, InvitationId, PersonId, SessionId, TokenId};
use crate::instant::Instant;
use crate::person::Role;

/// SHA-256 of a secret. The secrets have 256 random bits, so that a plain hash cannot be guessed back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// What a person set for themselves: language, theme, zone. Names and values belong to the UI.
pub type Preferences = BTreeMap<String, String>;

/// A browser in which a person signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub person: PersonId,
    /// As the browser named itself when it signed in.
    pub user_agent: Option<String>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// A credential of a program, which acts for a person with at most that person's rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    pub id: TokenId,
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    /// The only incidents that exist for it; all that the person sees when `None`.
    pub incidents: Option<Vec<IncidentId>>,
    pub may_create_tokens: bool,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
}

/// A place on this instance that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub name: Option<String>,
    pub role: Role,
    pub by: PersonId,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// What a one-time link is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Becoming the first administrator.
    Setup,
    SignIn(PersonId),
}
