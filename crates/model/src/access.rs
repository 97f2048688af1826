//! Who may do what. The only place where a role becomes a right.

use serde::{Deserialize, Serialize};

use crate::incident::Visibility;
use crate::person::Role;

/// What a named person may do with one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    Viewer,
    Commenter,
    Editor,
    Owner,
}

impl Access {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Commenter, Self::Editor, Self::Owner];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Commenter => "commenter",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.as_str() == text)
    }
}

/// The access that a person has to an incident, or `None` when the incident does not exist for them.
///
/// A public incident gives everyone what their role on the instance gives; being named can only add to it. A private
/// incident exists only for the people named and for administrators, who are recorded in the audit like everyone else.
pub fn access_to(visibility: Visibility, role: Role, named: Option<Access>) -> Option<Access> {
    let by_role = match role {
        Role::Viewer => Access::Viewer,
        Role::Commenter => Access::Commenter,
        Role::Editor => Access::Editor,
        Role::Admin => Access::Owner,
    };
    match (visibility, role) {
        (_, Role::Admin) => Some(Access::Owner),
        (Visibility::Public, _) => Some(named.map_or(by_role, |access| access.max(by_role))),
        (Visibility::Private, _) => named,
    }
}

/// What an operation asks of its caller. Each operation of the API names exactly one; `app` enforces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Nobody needs to be known.
    Public,
    /// Anyone with an account. Lists and searches show what the caller may see.
    SignedIn,
    /// The person in a browser, about their own account; never a token.
    OwnAccount,
    ViewIncident,
    CommentIncident,
    EditIncident,
    OwnIncident,
    CreateIncident,
    /// A person in a browser, or a token that was given this right.
    CreateToken,
    Administer,
}

impl Permission {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed_in",
            Self::OwnAccount => "own_account",
            Self::ViewIncident => "incident.view",
            Self::CommentIncident => "incident.comment",
            Self::EditIncident => "incident.edit",
            Self::OwnIncident => "incident.own",
            Self::CreateIncident => "incident.create",
            Self::CreateToken => "token.create",
            Self::Administer => "administer",
        }
    }

    /// The access to the incident that it needs, where it concerns one.
    pub const fn access(self) -> Option<Access> {
        match self {
            Self::ViewIncident => Some(Access::Viewer),
            Self::CommentIncident => Some(Access::Commenter),
            Self::EditIncident => Some(Access::Editor),
            Self::OwnIncident => Some(Access::Owner),
            Self::Public
            | Self::SignedIn
            | Self::OwnAccount
            | Self::CreateIncident
            | Self::CreateToken
            | Self::Administer => None,
        }
    }

    /// The least role on the instance that it needs, where no incident decides.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::SignedIn | Self::OwnAccount | Self::CreateToken => Some(Role::Viewer),
            Self::CreateIncident => Some(Role::Editor),
            Self::Administer => Some(Role::Admin),
            Self::Public
            | Self::ViewIncident
            | Self::CommentIncident
            | Self::EditIncident
            | Self::OwnIncident => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_incident_exists_only_for_the_people_named() {
        for role in [Role::Viewer, Role::Commenter, Role::Editor] {
            assert_eq!(access_to(Visibility::Private, role, None), None);
            assert_eq!(access_to(Visibility::Private, role, Some(Access::Viewer)), Some(Access::Viewer));
        }
        assert_eq!(access_to(Visibility::Private, Role::Admin, None), Some(Access::Owner));
    }

    #[test]
    fn being_named_never_takes_a_right_away() {
        for role in Role::ALL {
            let unnamed = access_to(Visibility::Public, role, None);
            for named in Access::ALL {
                assert!(access_to(Visibility::Public, role, Some(named)) >= unnamed);
            }
        }
    }
}
