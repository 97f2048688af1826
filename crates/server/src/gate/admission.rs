//! A full server says so at once. One counter of requests inside; the less urgent a class, the sooner it is refused.

use std::sync::atomic::{AtomicUsize, Ordering};

use app::Error;

use crate::error::Problem;
use crate::operations::Class;

pub struct Admission {
    inside: AtomicUsize,
    places: usize,
}

/// A place inside; free again when dropped.
pub struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Admission {
    pub const fn new(places: usize) -> Self {
        Self { inside: AtomicUsize::new(0), places }
    }

    /// # Errors
    /// [`Error::Overloaded`] when no place is left for this class.
    pub fn enter(&self, class: Class) -> Result<Place<'_>, Problem> {
        let place = Place(&self.inside);
        let before = self.inside.fetch_add(1, Ordering::AcqRel);
        if before < self.places_for(class) {
            return Ok(place);
        }
        metrics::counter!("fupan_requests_shed_total", "class" => class.as_str()).increment(1);
        Err(Error::Overloaded { retry_after_s: 1 }.into())
    }

    const fn places_for(&self, class: Class) -> usize {
        match class {
            Class::Export | Class::Search => self.places / 2,
            Class::Read => self.places / 4 * 3,
            Class::Write => self.places / 8 * 7,
            Class::Ingest | Class::SignIn => self.places,
            Class::Health => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_refused_first_and_sign_in_last() {
        let admission = Admission::new(16);
        let inside: Vec<_> = (0..8).filter_map(|_| admission.enter(Class::Search).ok()).collect();
        assert_eq!(inside.len(), 8);
        assert!(admission.enter(Class::Search).is_err());
        let reads: Vec<_> = (0..8).filter_map(|_| admission.enter(Class::Read).ok()).collect();
        assert_eq!(reads.len(), 4);
        let writes: Vec<_> = (0..8).filter_map(|_| admission.enter(Class::Write).ok()).collect();
        assert_eq!(writes.len(), 2);
        assert!(admission.enter(Class::SignIn).is_ok());
    }

    #[test]
    fn a_place_is_free_again_when_left() {
        let admission = Admission::new(2);
        drop(admission.enter(Class::Search));
        assert!(admission.enter(Class::Search).is_ok());
    }
}
