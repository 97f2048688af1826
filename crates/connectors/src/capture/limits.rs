//! How much of anything a capture may hold. Above, reading stops with [`super::Error::TooBig`] and says which limit.

/// Entries of a zip.
pub const ENTRIES: usize = 1_000;
/// Bytes of one file once unpacked: 1 GiB holds ten million log lines.
pub const FILE_BYTES: u64 = 1 << 30;
/// Bytes of all files of a zip once unpacked.
pub const TOTAL_BYTES: u64 = 2 << 30;
/// Unpacked to packed, above the first [`FREE_BYTES`]: logs reach 60, a bomb 1,000.
pub const RATIO: u64 = 250;
/// A file this small once unpacked may have any ratio.
pub const FREE_BYTES: u64 = 64 << 20;
/// Bytes of `incident.json` and `truth.json`.
pub const HEADER_BYTES: u64 = 1 << 20;
/// Rows of one table.
pub const ROWS: u64 = 20_000_000;
/// Rows of the events file: each becomes an event of the timeline.
pub const HAPPENINGS: u64 = 500_000;
/// Columns of one table.
pub const COLUMNS: usize = 1_000;
/// Bytes of one line of JSONL or record of CSV.
pub const LINE_BYTES: usize = 4 << 20;
/// Bytes of one log message; what is longer is cut there, and counted.
pub const MESSAGE_BYTES: usize = 64 << 10;
/// Bytes of a name: service, metric, instance, operation, trace.
pub const NAME_BYTES: usize = 4 << 10;
/// Bytes of all texts kept of one capture.
pub const TEXT_BYTES: usize = 1 << 30;
