//! E-mail addresses: one form in which they are stored and compared.

use crate::input::Checks;

const LONGEST: usize = 254;

/// The form in which e-mail addresses are stored and compared.
pub(super) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// One address, in the form in which it is compared. Whether it exists, only a message to it could tell.
pub(super) fn check(checks: &mut Checks, email: &str) -> String {
    let email = normal(&checks.line("email", email, LONGEST));
    let is_address = email.split_once('@').is_some_and(|(local, domain)| {
        let is_plain = !email.chars().any(|letter| letter.is_whitespace() || ",;<>()[]\\\"".contains(letter));
        is_plain && !local.is_empty() && !domain.is_empty() && !domain.contains('@')
    });
    if !email.is_empty() && !is_address {
        checks.refuse("email", "invalid", "must be one e-mail address");
    }
    email
}
