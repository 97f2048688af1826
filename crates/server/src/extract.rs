//! What handlers take from a request. Each reads strictly, and refuses with a problem.

pub mod json;
pub mod path;
pub mod query;
pub mod request;

pub use json::Json;
pub use path::Path;
pub use query::Query;
pub use request::{AnnouncedKey, Authorized, Host, Idempotency, IfVersion, ReaderLanguage};
