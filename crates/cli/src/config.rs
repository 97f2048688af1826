//! What an operator decides, from four places: built-in values, then the file of `--config`, then `FUPAN_…` variables,
//! then flags. Later ones win.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context as _;
use app::app::{Claim, Options};
use clap::{Args, ValueEnum};
use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::{Deserialize, Serialize};

/// Where the files of an instance are. Each is also a `FUPAN_…` variable and a key of the
/// configuration file, so that a command finds what the server uses.
#[derive(Debug, Default, Args, Serialize)]
pub struct FolderFlags {
    /// Folder of the instance: database, captures, lock [default: fupan-data]
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// PostgreSQL instead of the SQLite file in the data folder
    #[arg(long, value_name = "postgres://…")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Folder of captures [default: objects in the data folder]
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objects: Option<PathBuf>,
    /// Configuration file (TOML) with the names of these flags as keys
    #[arg(long, value_name = "FILE", env = "FUPAN_CONFIG")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

impl FolderFlags {
    /// Whether one was chosen. A configuration file may hold anything.
    pub fn names_a_folder(&self) -> bool {
        self.data.is_some() || self.database.is_some() || self.objects.is_some()
    }
}

/// Flags of `fupan serve` and `fupan demo`.
#[derive(Debug, Default, Args, Serialize)]
pub struct Flags {
    #[command(flatten)]
    #[serde(flatten)]
    pub folder: FolderFlags,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Address under which browsers reach this instance
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// What is logged: error, warn, info, debug, or by part as in info,store=debug [default: info; of a demo in a
    /// terminal warn]
    #[arg(long, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// How: as text for people, or as JSON for programs [default: text in a terminal, else json]
    #[arg(long, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
}

/// What is in force once all places have been asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub database: Option<String>,
    pub objects: Option<PathBuf>,
    /// Decides whether cookies are `Secure`, which origin may write, and how links begin.
    pub public_url: Option<String>,
    /// `off` only in tests, and behind a gateway that has limits of its own.
    pub rate_limits: Switch,
    /// Requests worked on at the same time; the next one is told to come back.
    pub max_concurrent_requests: usize,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What is logged, such as `info` or `info,store=debug`.
    pub log: Option<String>,
    pub log_format: Option<LogFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    On,
    Off,
}

impl Default for Config {
    fn default() -> Self {
        let server = server::Config::default();
        Self {
            data: PathBuf::from("fupan-data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: None,
            objects: None,
            public_url: None,
            rate_limits: Switch::On,
            max_concurrent_requests: server.max_concurrent_requests,
            trusted_proxies: Vec::new(),
            log: None,
            log_format: None,
        }
    }
}

impl Config {
    /// # Errors
    /// When the file cannot be read, or a value does not fit; the message names the key and where it came from.
    pub fn load(flags: &Flags) -> anyhow::Result<Self> {
        let mut places = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = &flags.folder.config {
            std::fs::metadata(file)
                .with_context(|| format!("the configuration file {} cannot be read", file.display()))?;
            places = places.merge(Toml::file_exact(file));
        }
        let named: Vec<&str> = KEYS.to_vec();
        let config = places.merge(Env::prefixed("FUPAN_").only(&named)).merge(Serialized::defaults(flags));
        config.extract().context("the configuration does not fit")
    }

    pub fn for_server(&self) -> server::Config {
        server::Config {
            public_url: self.public_url.clone(),
            rate_limits: self.rate_limits == Switch::On,
            max_concurrent_requests: self.max_concurrent_requests,
            trusted_proxies: self.trusted_proxies.clone(),
            ..server::Config::default()
        }
    }

    pub fn for_app(&self, claim: Claim) -> Options {
        Options {
            data: self.data.clone(),
            database: self.database.clone(),
            objects: self.objects.clone(),
            claim,
        }
    }
}

/// Variables with our prefix that are no key of the configuration (`FUPAN_BIN` of the tests) are left alone.
const KEYS: [&str; 10] = [
    "data",
    "listen",
    "database",
    "objects",
    "public_url",
    "rate_limits",
    "max_concurrent_requests",
    "trusted_proxies",
    "log",
    "log_format",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_can_be_a_variable() {
        let shown = serde_json::to_value(Config::default()).expect("plain values");
        let keys: Vec<&String> = shown.as_object().expect("a table").keys().collect();
        assert_eq!(keys.len(), KEYS.len());
        assert!(keys.iter().all(|key| KEYS.contains(&key.as_str())), "{keys:?}");
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("fupan.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\nrate_limits = \"off\"\n").expect("written");
        let folder = FolderFlags { config: Some(file), data: Some("here".into()), ..FolderFlags::default() };
        let flags = Flags { folder, listen: "127.0.0.1:2".parse().ok(), ..Flags::default() };
        let config = Config::load(&flags).expect("fits");
        assert_eq!(config.data, PathBuf::from("here"));
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.rate_limits, Switch::Off);
    }

    #[test]
    fn an_unknown_key_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("fupan.toml");
        std::fs::write(&file, "listne = \"127.0.0.1:1\"\n").expect("written");
        let folder = FolderFlags { config: Some(file), ..FolderFlags::default() };
        let refused = Config::load(&Flags { folder, ..Flags::default() });
        assert!(format!("{:#}", refused.expect_err("refused")).contains("listne"));
    }
}
