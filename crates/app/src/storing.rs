//! What a failure of the store means to whoever asked.

use store::Error as Stored;

use crate::error::Error;

impl From<Stored> for Error {
    fn from(error: Stored) -> Self {
        match error {
            Stored::Missing { noun, .. } => Self::NotFound { noun },
            Stored::Full(_) => Self::StorageFull,
            Stored::ReadOnly | Stored::Damaged(_) => Self::ReadOnly,
            Stored::QueueFull | Stored::Busy(_) | Stored::Closing => Self::Overloaded { retry_after_s: 1 },
            Stored::Exists(_)
            | Stored::Panicked
            | Stored::Unreadable { .. }
            | Stored::SchemaIsNewer(_)
            | Stored::SchemaIsOlder(_)
            | Stored::NoInstance(_)
            | Stored::HalfRestored(_)
            | Stored::SqliteIsOld { .. }
            | Stored::Locked(_)
            | Stored::Address(_)
            | Stored::Io { .. }
            | Stored::Object { .. }
            | Stored::ObjectDiffers(_)
            | Stored::Migration(_)
            | Stored::Database(_) => Self::Internal(Box::new(error)),
        }
    }
}
