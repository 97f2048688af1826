//! People, how they sign in, and the tokens that act for them.

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// What a request shows to say who it is. Never printed.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    Session(&'a str),
    Token(&'a str),
}

/// Who this is, with the rights of this moment.
///
/// # Errors
/// [`Error::Unauthenticated`] for anything that is not a live credential of an active person.
pub async fn authenticate(_app: &App, _credential: Credential<'_>) -> Result<Actor, Error> {
    Err(Error::Unauthenticated)
}
