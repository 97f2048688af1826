//! Identities. Opaque text outside (`inc_…`), a checked type inside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Text that is not an identity of the expected noun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_…: {text:?}")]
pub struct Invalid {
    pub prefix: &'static str,
    pub text: String,
}

/// Crockford's base 32 in lower case: no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: usize = 26;

fn encode(prefix: &str, bits: u128) -> String {
    let mut text = String::with_capacity(prefix.len() + 1 + DIGITS);
    text.push_str(prefix);
    text.push('_');
    for digit in (0..DIGITS).rev() {
        let value = (bits >> (digit * 5)) & 31;
        text.push(char::from(ALPHABET[value as usize]));
    }
    text
}

const NO_DIGIT: u8 = u8::MAX;

/// The value of each letter: ids are read by the hundred thousand.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

fn decode(digits: &str) -> u128 {
    digits.bytes().fold(0, |bits, digit| (bits << 5) | u128::from(VALUES[usize::from(digit)] & 31))
}

fn is_valid(prefix: &str, text: &str) -> bool {
    let Some(digits) = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')) else {
        return false;
    };
    digits.len() == DIGITS && digits.bytes().all(|digit| VALUES[usize::from(digit)] != NO_DIGIT)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// From 128 bits that the caller made unique (a UUID v7 where the order of making matters).
            pub fn from_bits(bits: u128) -> Self {
                Self(encode($prefix, bits))
            }

            /// The same content has the same identity: for what can be computed again from a capture.
            pub fn of_content(parts: &[&[u8]]) -> Self {
                let mut hash = Sha256::new();
                for part in parts {
                    hash.update((part.len() as u64).to_le_bytes());
                    hash.update(part);
                }
                let digest = hash.finalize();
                let mut bits = [0_u8; 16];
                bits.copy_from_slice(&digest[..16]);
                Self::from_bits(u128::from_be_bytes(bits))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Half the room of the text, for those who keep many.
            pub fn to_bits(&self) -> u128 {
                decode(&self.0[Self::PREFIX.len() + 1..])
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                if is_valid($prefix, text) {
                    Ok(Self(text.to_owned()))
                } else {
                    let text = text.chars().take(64).collect();
                    Err(Invalid { prefix: $prefix, text })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    IncidentId = "inc";
    EventId = "evt";
    CaptureId = "cap";
    /// An anomaly, a pattern or a hypothesis.
    FindingId = "fnd";
    SeriesId = "ser";
    PersonId = "per";
    SessionId = "ses";
    TokenId = "tok";
    InvitationId = "inv";
    JobId = "job";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_reads_back() {
        for bits in [0, 1, u128::MAX, 0x0192_3456_789a_bcde_f012_3456_789a_bcde] {
            let id = IncidentId::from_bits(bits);
            assert_eq!(id.as_str().parse(), Ok(id.clone()));
            assert_eq!(id.to_bits(), bits);
        }
    }

    #[test]
    fn another_noun_is_refused() {
        let event = EventId::from_bits(7);
        assert!(event.as_str().parse::<IncidentId>().is_err());
        assert!("inc_".parse::<IncidentId>().is_err());
        assert!("inc_UPPER".parse::<IncidentId>().is_err());
    }

    #[test]
    fn order_of_text_is_order_of_bits() {
        let mut ids: Vec<_> = [9_u128 << 100, 3, 1 << 64].map(EventId::from_bits).to_vec();
        ids.sort();
        assert_eq!(ids, [3, 1 << 64, 9_u128 << 100].map(EventId::from_bits));
    }

    #[test]
    fn content_parts_do_not_run_together() {
        assert_ne!(EventId::of_content(&[b"ab", b"c"]), EventId::of_content(&[b"a", b"bc"]));
    }
}
