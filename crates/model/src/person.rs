//! People of an instance and what their role allows.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::instant::Instant;

/// A person's role, on the instance or on one incident. A later role may do all that an earlier one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Viewer,
    Commenter,
    Editor,
    Admin,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Commenter, Self::Editor, Self::Admin];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Commenter => "commenter",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Someone with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// With what they sign in, in lower case; `None` for an account that only tokens use.
    pub email: Option<String>,
    pub role: Role,
    /// Since when they may not sign in, and their sessions and tokens are worth nothing.
    pub suspended_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
}

impl Person {
    pub const fn is_active(&self) -> bool {
        self.suspended_at.is_none()
    }
}
