//! Secrets: drawn here, shown once, stored only as a digest.

use model::account::Digest;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// Cannot be printed by accident: no `Debug`, no `Display`, no `Serialize`.
#[derive(Clone)]
pub struct Secret(String);

/// Crockford's base 32 in lower case.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const RANDOM_BYTES: usize = 32;

impl Secret {
    /// `prefix` and 256 random bits. The prefix lets scanners of leaked secrets find ours.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn draw(prefix: &str) -> Result<Self, Error> {
        let mut bytes = [0_u8; RANDOM_BYTES];
        OsRng.try_fill_bytes(&mut bytes).map_err(Error::internal)?;
        Ok(Self(format!("{prefix}{}", base32(&bytes))))
    }

    pub(crate) fn digest(&self) -> Digest {
        digest(&self.0)
    }

    /// The text itself, to hand it to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

pub(crate) fn digest(secret: &str) -> Digest {
    Digest(Sha256::digest(secret.as_bytes()).into())
}

fn base32(bytes: &[u8]) -> String {
    let (mut text, mut buffer, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(buffer >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(buffer << (5 - bits)) as usize & 31]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_bits_and_its_prefix() {
        let secret = Secret::draw("fup_").unwrap();
        assert_eq!(secret.reveal().len(), 4 + 52);
        assert!(secret.reveal().starts_with("fup_"));
        assert_ne!(secret.reveal(), Secret::draw("fup_").unwrap().reveal());
    }

    #[test]
    fn every_bit_of_the_bytes_is_in_the_text() {
        assert_eq!(base32(&[0xff; 5]), "zzzzzzzz");
        assert_eq!(base32(&[0, 0, 0, 0, 1]), "00000001");
        assert_eq!(base32(&[0b1000_0000]), "g0");
    }
}
