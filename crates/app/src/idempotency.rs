//! One request, sent twice, is done once (RELIABILITY 9).

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// What tells that two requests of a principal are the same: the key that the caller chose, and the SHA-256 of method,
/// path and body, so that a key used for something else is noticed.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub key: String,
    pub fingerprint: [u8; 32],
    /// Taken before the body was read, when reading it takes long; else the use case takes it.
    pub claim: Option<Claim>,
}

/// A key in use. The next request with it is told to wait until the last copy of the claim is dropped.
#[derive(Debug, Clone)]
pub struct Claim {
    _entered: Arc<Entered>,
}

/// Requests with a key that run right now in this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running {
    keys: Arc<Mutex<HashSet<(String, String)>>>,
}

/// Leaves when dropped, however the request ends.
#[derive(Debug)]
struct Entered {
    running: Running,
    key: (String, String),
}

impl App {
    /// # Errors
    /// [`Error::IdempotencyRunning`] when the first request with this key has not been answered yet.
    pub fn claim_key(&self, actor: &Actor, key: &str) -> Result<Claim, Error> {
        let running = &self.parts().running;
        let key = (actor.principal().to_owned(), key.to_owned());
        let is_new = running.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        if !is_new {
            return Err(Error::IdempotencyRunning);
        }
        Ok(Claim { _entered: Arc::new(Entered { running: running.clone(), key }) })
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.running.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
