//! People, how they sign in, and the tokens that act for them.
//!
//! [`authentication`] turns what a request shows into an [`Actor`](crate::Actor); [`sessions`] and [`setup`] let people
//! in; [`people`], [`invitations`] and [`tokens`] are what administrators and people manage.

pub mod authentication;
mod email;
mod limiter;
mod password;
mod secret;

pub mod invitations;
pub mod people;
pub mod sessions;
pub mod setup;
pub mod tokens;

pub(crate) use authentication::Grant;
pub use authentication::{Credential, authenticate};
pub use secret::Secret;

/// What accounts keep in memory: who tried to sign in too often, and how many passwords are being hashed.
#[derive(Default)]
pub(crate) struct Doorkeeper {
    pub attempts: limiter::Attempts,
    pub hashing: password::Hashing,
}
