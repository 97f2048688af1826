//! Bytes on their way in or out of a zip, hashed as they pass.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;

use sha2::{Digest as _, Sha256};

use super::Passed;

pub struct Copied {
    pub size_bytes: u64,
    pub sha256: String,
}

pub enum Failure {
    Read(io::Error),
    Write(io::Error),
    Interrupted,
    TooLong,
}

/// Copies at most `limit_bytes`.
pub fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    limit_bytes: u64,
    passed: &mut Passed<'_>,
) -> Result<Copied, Failure> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 17];
    let mut size_bytes = 0;
    loop {
        let count = from.read(&mut buffer).map_err(Failure::Read)?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else { break };
        size_bytes += chunk.len() as u64;
        if size_bytes > limit_bytes {
            return Err(Failure::TooLong);
        }
        hash.update(chunk);
        to.write_all(chunk).map_err(Failure::Write)?;
        if passed(chunk.len() as u64) == ControlFlow::Break(()) {
            return Err(Failure::Interrupted);
        }
    }
    Ok(Copied { size_bytes, sha256: hex::encode(hash.finalize()) })
}
