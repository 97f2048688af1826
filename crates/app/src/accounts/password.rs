//! Passwords: which are good enough, and how they are stored and compared (RELIABILITY 21).

use std::sync::Arc;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use store::person::PasswordHash;
use tokio::sync::Semaphore;

use crate::error::{Error, FieldError};

/// As OWASP advises for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes at the same time. More would only wait for the same processors and fill the memory.
const AT_ONCE: usize = 2;
/// Hashes that may wait; beyond that, signing in is told to come back.
const MOST_WAITING: usize = 64;

const SHORTEST: usize = 12;
const LONGEST: usize = 1_000;

/// Passwords of at least twelve characters that lead the lists of leaked ones, and the words they are made of.
const COMMON: &str = include_str!("common_passwords.txt");

/// The bounded workshop in which passwords are hashed.
pub(crate) struct Hashing {
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + MOST_WAITING)),
        }
    }
}

impl Hashing {
    /// # Errors
    /// [`Error::Overloaded`] when too many wait.
    pub async fn hash(&self, password: String) -> Result<PasswordHash, Error> {
        self.work(move || {
            let hash = argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?;
            Ok(PasswordHash(hash.to_string()))
        })
        .await
    }

    /// Whether the password is the one that was stored. Without a stored one it takes as long and is false, so that an
    /// unknown account cannot be told from a wrong password by the clock.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when too many wait.
    pub async fn verify(&self, password: String, stored: Option<PasswordHash>) -> Result<bool, Error> {
        self.work(move || {
            let Some(stored) = stored else {
                argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?;
                return Ok(false);
            };
            let stored = phc::PasswordHash::new(&stored.0).map_err(Error::internal)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &stored).is_ok())
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let busy = |_| Error::Overloaded { retry_after_s: 2 };
        let _waiting = Arc::clone(&self.queue).try_acquire_owned().map_err(busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        });
        done.await.map_err(Error::internal)?
    }
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What everyone knows of a person, and no password should be made of.
pub(super) fn known_of<'a>(name: &'a str, email: &'a str) -> [&'a str; 3] {
    [name, email, email.split('@').next().unwrap_or_default()]
}

/// # Errors
/// [`Error::Invalid`] for a password that is too short, too long, well known, or made of what everyone knows of the
/// person.
pub(crate) fn check(path: &str, password: &str, known: &[&str]) -> Result<(), Error> {
    let Some((code, detail)) = weakness(password, known) else {
        return Ok(());
    };
    Err(Error::Invalid(vec![FieldError::new(path, code, detail)]))
}

fn weakness(password: &str, known: &[&str]) -> Option<(&'static str, String)> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(("too_short", format!("must have at least {SHORTEST} characters")));
    }
    if length > LONGEST {
        return Some(("too_long", format!("must have at most {LONGEST} characters")));
    }
    let lower = password.to_lowercase();
    let letters: String = lower.chars().filter(|letter| letter.is_alphabetic()).collect();
    let is_common = COMMON.lines().any(|common| common == lower || common == letters);
    if is_common || is_monotonous(&lower) {
        return Some(("common_password", "is one of the passwords that are tried first".to_owned()));
    }
    let gives_away =
        known.iter().any(|known| known.chars().count() >= 3 && stripped(&lower, &known.to_lowercase()) < 6);
    gives_away.then(|| ("personal_password", "is made of the name or the e-mail address".to_owned()))
}

/// How much is left of a password without a well-known part.
fn stripped(password: &str, known: &str) -> usize {
    password.replace(known, "").chars().count()
}

/// Few different characters, or each the next of the one before.
fn is_monotonous(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let steps =
        characters.windows(2).filter(|pair| u32::from(pair[0]).abs_diff(u32::from(pair[1])) <= 1).count();
    different.len() < 5 || steps * 4 >= characters.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakness_of(password: &str) -> Option<&'static str> {
        weakness(password, &["alice@example.com", "alice", "Alice Wang"]).map(|(code, _)| code)
    }

    #[test]
    fn weak_passwords_are_named_for_their_weakness() {
        assert_eq!(weakness_of("short"), Some("too_short"));
        assert_eq!(weakness_of("Password1234"), Some("common_password"));
        assert_eq!(weakness_of("qwertyuiop123"), Some("common_password"));
        assert_eq!(weakness_of("aaaaaaaaaaaaaaaa"), Some("common_password"));
        assert_eq!(weakness_of("123456789012"), Some("common_password"));
        assert_eq!(weakness_of("alice wang 1"), Some("personal_password"));
        assert_eq!(weakness_of("alice@example.com!"), Some("personal_password"));
        assert_eq!(weakness_of("correct horse battery"), None);
        assert_eq!(weakness_of("松风吹解带山月照弹琴"), Some("too_short"));
        assert_eq!(weakness_of("松风吹解带山月照弹琴君问"), None);
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hashing = Hashing::default();
        let stored = hashing.hash("correct horse battery".to_owned()).await.unwrap();
        assert!(stored.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", stored.0);
        assert!(hashing.verify("correct horse battery".to_owned(), Some(stored.clone())).await.unwrap());
        assert!(!hashing.verify("wrong horse battery".to_owned(), Some(stored)).await.unwrap());
        assert!(!hashing.verify("anything at all".to_owned(), None).await.unwrap());
    }
}
