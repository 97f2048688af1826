//! What accounts look like on the wire.

use app::accounts::sessions;
use app::accounts::tokens;
use model::Instant;
use model::account::{Invitation, Preferences, Session};
use model::id::SessionId;
use model::person::{Person, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::By;

/// A role on the instance; a later one may do all that an earlier one may.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = Role)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    Viewer,
    Commenter,
    Editor,
    Admin,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Viewer => Self::Viewer,
            Role::Commenter => Self::Commenter,
            Role::Editor => Self::Editor,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Viewer => Self::Viewer,
            RoleName::Commenter => Self::Commenter,
            RoleName::Editor => Self::Editor,
            RoleName::Admin => Self::Admin,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub role: RoleName,
    pub suspended: bool,
    pub version: i64,
    #[schema(format = "date-time")]
    pub created_at: String,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role.into(),
            suspended: !person.is_active(),
            version: person.version,
            created_at: person.created_at.to_string(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignedIn {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub role: RoleName,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Instance {
    pub name: &'static str,
    pub version: &'static str,
    /// Whether it shows the example incidents to someone who tries it out.
    pub demo: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    pub person: SignedIn,
    pub instance: Instance,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub preferences: Preferences,
}

impl SessionView {
    pub fn new(shown: sessions::Shown, demo: bool) -> Self {
        let sessions::Shown { person, preferences } = shown;
        let Person { id, name, email, role, .. } = person;
        let person = SignedIn { id: id.to_string(), name, email, role: role.into() };
        let instance = Instance { name: "Fupan", version: env!("CARGO_PKG_VERSION"), demo };
        Self { person, instance, preferences }
    }
}

/// A browser in which the caller is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSession {
    pub id: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// As the browser named itself when it signed in, cut to 256 characters.
    pub user_agent: Option<String>,
    #[schema(format = "date-time")]
    pub created_at: String,
    #[schema(format = "date-time")]
    pub expires_at: String,
}

impl OwnSession {
    pub fn new(session: &Session, current: &SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            current: session.id == *current,
            user_agent: session.user_agent.clone(),
            created_at: session.created_at.to_string(),
            expires_at: session.expires_at.to_string(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationView {
    pub id: String,
    pub email: String,
    pub name: Option<String>,
    pub role: RoleName,
    #[schema(format = "date-time")]
    pub created_at: String,
    #[schema(format = "date-time")]
    pub expires_at: String,
    /// Only in the first answer to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub link: Option<String>,
}

impl From<&Invitation> for InvitationView {
    fn from(invitation: &Invitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.email.clone(),
            name: invitation.name.clone(),
            role: invitation.role.into(),
            created_at: invitation.created_at.to_string(),
            expires_at: invitation.expires_at.to_string(),
            link: None,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    pub id: String,
    pub name: String,
    pub role: RoleName,
    /// The only incidents that exist for it; `null` for all that its person sees.
    pub incident_ids: Option<Vec<String>>,
    pub may_create_tokens: bool,
    #[schema(format = "date-time")]
    pub expires_at: Option<String>,
    #[schema(format = "date-time")]
    pub last_used_at: Option<String>,
    #[schema(format = "date-time")]
    pub created_at: String,
    pub created_by: By,
    /// Only in the first answer to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub token: Option<String>,
}

impl From<&tokens::Shown> for TokenView {
    fn from(tokens::Shown { token, person }: &tokens::Shown) -> Self {
        let to_texts = |ids: &Vec<_>| ids.iter().map(ToString::to_string).collect();
        Self {
            id: token.id.to_string(),
            name: token.name.clone(),
            role: token.role.into(),
            incident_ids: token.incidents.as_ref().map(to_texts),
            may_create_tokens: token.may_create_tokens,
            expires_at: token.expires_at.map(|at: Instant| at.to_string()),
            last_used_at: token.last_used_at.map(|at: Instant| at.to_string()),
            created_at: token.created_at.to_string(),
            created_by: By { id: person.id.to_string(), name: person.name.clone() },
            token: None,
        }
    }
}
