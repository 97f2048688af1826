//! One use case, one transaction: state, audit entry, change and the answer to a repeated request stand or fall
//! together, and are on disk before anyone hears of them.

use std::sync::Arc;

use futures::future::BoxFuture;
use model::Instant;
use model::id::IncidentId;
use store::Unit;
use store::change::{Noun, What};

use crate::actor::{Actor, Via};
use crate::app::App;
use crate::error::Error;
use crate::idempotency::Attempt;

/// The answer to a request as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// JSON; empty when the answer has no body.
    pub body: String,
}

/// How the result of a use case becomes an answer, and under which key the answer is kept.
pub struct Reply<T> {
    attempt: Option<Attempt>,
    render: Arc<Render<T>>,
}

type Render<T> = dyn Fn(&T) -> Answer + Send + Sync;

impl<T> Reply<T> {
    pub fn new(attempt: Option<Attempt>, render: impl Fn(&T) -> Answer + Send + Sync + 'static) -> Self {
        Self { attempt, render: Arc::new(render) }
    }

    /// For a use case that may find the caller's version out of date.
    pub(crate) fn conflict(&self) -> Conflict<T> {
        Conflict(Arc::clone(&self.render))
    }

    /// For callers within the process, who take the value itself.
    pub fn internal() -> Self {
        Self::new(None, |_| Answer { status: 200, body: String::new() })
    }
}

/// Shows the thing as it is now, in the form in which the caller asked for it.
pub(crate) struct Conflict<T>(Arc<Render<T>>);

impl<T> Conflict<T> {
    pub fn with(&self, based_on: i64, current: &T) -> Error {
        let current = serde_json::from_str(&(self.0)(current).body).unwrap_or_default();
        Error::VersionConflict { based_on, current: Box::new(current) }
    }
}

/// What came of a use case.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    Done {
        value: T,
        answer: Answer,
    },
    /// The request was a repetition: it was done before, and this was the answer.
    Repeated(Answer),
}

impl<T> Outcome<T> {
    pub fn into_answer(self) -> Answer {
        match self {
            Self::Done { answer, .. } | Self::Repeated(answer) => answer,
        }
    }

    /// The value of a use case that was called without a key.
    ///
    /// # Errors
    /// [`Error::IdempotencyMismatch`] for a repetition, which has no value.
    pub fn into_value(self) -> Result<T, Error> {
        match self {
            Self::Done { value, .. } => Ok(value),
            Self::Repeated(_) => Err(Error::IdempotencyMismatch),
        }
    }
}

/// The open transaction of a use case: the rows to change, and who changes them.
pub struct Work<'u> {
    pub unit: &'u mut Unit,
    pub actor: Actor,
    pub now: Instant,
}

impl Work<'_> {
    pub fn audit(&mut self, action: &'static str, target: impl ToString, incident: Option<&IncidentId>) {
        self.audit_with(action, target, incident, None);
    }

    /// `detail` says what a reader of the audit needs beside the action. Never a secret, never a whole text.
    pub fn audit_with(
        &mut self,
        action: &'static str,
        target: impl ToString,
        incident: Option<&IncidentId>,
        detail: Option<String>,
    ) {
        let via = match &self.actor.via {
            Via::Session(id) => Some(id.to_string()),
            Via::Token(token) => Some(token.id.to_string()),
            Via::System => None,
        };
        let request_id = &self.actor.request_id;
        self.unit.audit(store::audit::Entry {
            at: self.now,
            actor_id: self.actor.person.to_string(),
            actor_name: self.actor.name.to_string(),
            via,
            action,
            target: target.to_string(),
            incident: incident.cloned(),
            request_id: (!request_id.is_empty()).then(|| request_id.to_string()),
            detail,
        });
    }

    /// Tells everyone who watches. Gives back the number of the change.
    pub fn change(
        &mut self,
        (noun, what): (Noun, What),
        id: impl ToString,
        incident: Option<&IncidentId>,
        version: i64,
    ) -> i64 {
        self.unit.change(store::change::Draft {
            at: self.now,
            noun,
            id: id.to_string(),
            incident: incident.cloned(),
            what,
            version,
            by_id: self.actor.person.to_string(),
            by_name: self.actor.name.to_string(),
        })
    }
}

impl App {
    /// The answer to a repetition, for a use case with long work before its transaction.
    ///
    /// # Errors
    /// [`Error::IdempotencyMismatch`] when the key was used for something else.
    pub(crate) async fn find_repeated<T>(
        &self,
        actor: &Actor,
        reply: &Reply<T>,
    ) -> Result<Option<Answer>, Error> {
        let Some(attempt) = &reply.attempt else { return Ok(None) };
        repeated(store::idempotency::find(self.db(), actor.principal(), &attempt.key).await?, attempt)
    }

    /// Runs `work` as one transaction. What it returns is on disk when this returns.
    ///
    /// # Errors
    /// What `work` fails with, and whatever keeps the store from writing. Nothing was done then.
    pub async fn commit<T, W>(&self, actor: &Actor, reply: Reply<T>, work: W) -> Result<Outcome<T>, Error>
    where
        T: Send + 'static,
        W: for<'w, 'u> FnOnce(&'w mut Work<'u>) -> BoxFuture<'w, Result<T, Error>> + Send + 'static,
    {
        let Reply { attempt, render } = reply;
        let principal = actor.principal().to_owned();
        let _claim = match &attempt {
            Some(Attempt { claim: None, key, .. }) => Some(self.claim_key(actor, key)?),
            Some(Attempt { claim, .. }) => claim.clone(),
            None => None,
        };
        let actor = actor.clone();
        let now = self.now();
        let outcome = self
            .store()
            .writer()
            .write(move |unit| {
                Box::pin(async move {
                    if let Some(attempt) = &attempt
                        && let Some(answer) = find_answer(unit, &principal, attempt).await?
                    {
                        return Ok(Outcome::Repeated(answer));
                    }
                    let mut open = Work { unit, actor, now };
                    let value = work(&mut open).await?;
                    let answer = render(&value);
                    if let Some(attempt) = attempt {
                        open.unit.remember(to_store(principal, attempt, &answer, now));
                    }
                    Ok::<_, Error>(Outcome::Done { value, answer })
                })
            })
            .await?;
        self.parts().live.wake();
        Ok(outcome)
    }
}

async fn find_answer(unit: &Unit, principal: &str, attempt: &Attempt) -> Result<Option<Answer>, Error> {
    repeated(unit.find_answer(principal, &attempt.key).await?, attempt)
}

/// # Errors
/// [`Error::IdempotencyMismatch`] when the answer was given to another request.
fn repeated(stored: Option<store::idempotency::Answer>, attempt: &Attempt) -> Result<Option<Answer>, Error> {
    let Some(stored) = stored else { return Ok(None) };
    if stored.fingerprint != hex::encode(attempt.fingerprint) {
        return Err(Error::IdempotencyMismatch);
    }
    Ok(Some(Answer { status: stored.status, body: stored.body }))
}

fn to_store(principal: String, attempt: Attempt, answer: &Answer, at: Instant) -> store::idempotency::Answer {
    store::idempotency::Answer {
        principal,
        key: attempt.key,
        fingerprint: hex::encode(attempt.fingerprint),
        status: answer.status,
        body: answer.body.clone(),
        at,
    }
}
