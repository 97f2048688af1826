//! What is kept in memory so that reads need not ask the database, and how it stays true.
//!
//! Every entry is forgotten when the change log names what it came from; [`App::refresh`](crate::App::refresh) reads
//! the log before a request is answered.

use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use model::account::Digest;
use model::id::IncidentId;
use moka::sync::Cache;
use store::change::{Change, Noun};
use store::incident::Tally;

use crate::accounts::Grant;
use crate::incidents::Known;
use crate::timeline::index::Indexes;

const INCIDENTS: u64 = 10_000;
const GRANTS: u64 = 10_000;
const RENDERED_BYTES: u64 = 32 << 20;
const RENDERED_FOR: Duration = Duration::from_secs(300);

pub(crate) struct Caches {
    known: Cache<IncidentId, Arc<Known>>,
    tallies: Cache<IncidentId, Tally>,
    grants: Cache<Digest, Grant>,
    /// Answers ready to send. Their keys hold the revision of what they show, so they need no forgetting.
    rendered: Cache<String, Bytes>,
    pub indexes: Indexes,
    /// Counts up, and is held for writing, while changes are applied: what was loaded before must not be put in after.
    generation: RwLock<u64>,
}

impl Default for Caches {
    fn default() -> Self {
        Self {
            known: Cache::new(INCIDENTS),
            tallies: Cache::new(INCIDENTS),
            grants: Cache::new(GRANTS),
            rendered: Cache::builder()
                .max_capacity(RENDERED_BYTES)
                .weigher(|key: &String, body: &Bytes| {
                    u32::try_from(key.len() + body.len()).unwrap_or(u32::MAX)
                })
                .time_to_live(RENDERED_FOR)
                .build(),
            indexes: Indexes::default(),
            generation: RwLock::new(0),
        }
    }
}

impl Caches {
    /// Forgets what the changes touched; everything when some changes are unknown.
    pub fn apply(&self, changes: &[Change], has_gap: bool) {
        let mut generation = self.generation.write().unwrap_or_else(PoisonError::into_inner);
        *generation += 1;
        if has_gap {
            self.known.invalidate_all();
            self.tallies.invalidate_all();
            self.grants.invalidate_all();
            self.indexes.forget_all();
            return;
        }
        for change in changes {
            match (&change.incident, change.noun) {
                (Some(incident), Noun::Event) => {
                    self.tallies.invalidate(incident);
                    self.indexes.note_event(incident, &change.id);
                }
                (Some(incident), _) => {
                    self.known.invalidate(incident);
                    self.tallies.invalidate(incident);
                    if change.noun == Noun::Analysis {
                        self.indexes.forget(incident);
                    }
                }
                // A person's name is part of what is known of an incident.
                (None, Noun::Person) => {
                    self.known.invalidate_all();
                    self.grants.invalidate_all();
                }
                (None, Noun::Token) => self.grants.invalidate_all(),
                (None, _) => {}
            }
        }
    }

    pub async fn known<E>(
        &self,
        id: &IncidentId,
        load: impl Future<Output = Result<Arc<Known>, E>>,
    ) -> Result<Arc<Known>, E> {
        self.get(&self.known, id, load).await
    }

    /// Who a credential stands for.
    pub async fn grant<E>(
        &self,
        credential: &Digest,
        load: impl Future<Output = Result<Grant, E>>,
    ) -> Result<Grant, E> {
        self.get(&self.grants, credential, load).await
    }

    pub async fn tally<E>(
        &self,
        id: &IncidentId,
        load: impl Future<Output = Result<Tally, E>>,
    ) -> Result<Tally, E> {
        self.get(&self.tallies, id, load).await
    }

    /// From memory, or through `load`. What was loaded while changes arrived is used but not kept.
    async fn get<K, V, E>(
        &self,
        cache: &Cache<K, V>,
        key: &K,
        load: impl Future<Output = Result<V, E>>,
    ) -> Result<V, E>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        if let Some(value) = cache.get(key) {
            return Ok(value);
        }
        let before = *self.generation.read().unwrap_or_else(PoisonError::into_inner);
        let value = load.await?;
        let now = self.generation.read().unwrap_or_else(PoisonError::into_inner);
        if *now == before {
            cache.insert(key.clone(), value.clone());
        }
        Ok(value)
    }

    /// An answer ready to send. `key` must name everything that the answer depends on, revisions included.
    pub async fn rendered<E>(
        &self,
        key: String,
        render: impl Future<Output = Result<Bytes, E>>,
    ) -> Result<Bytes, E> {
        if let Some(body) = self.rendered.get(&key) {
            return Ok(body);
        }
        let body = render.await?;
        self.rendered.insert(key, body.clone());
        Ok(body)
    }
}
