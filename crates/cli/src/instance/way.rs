//! From flags and variables to the way: a folder or a server. A flag wins over a variable; two that say different
//! things are refused, because a wrong guess would write to the wrong instance.

use std::str::FromStr;

use reqwest::Url;

use crate::config::{Config, Flags, FolderFlags};
use crate::misuse::Misuse;

/// Flags of every command that reaches an instance either way.
#[derive(clap::Args)]
pub struct WayFlags {
    #[command(flatten)]
    folder: FolderFlags,
    /// Address of a running server, in place of a folder [also: FUPAN_SERVER]
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// API token for that server; better in FUPAN_TOKEN, because everyone on this machine can list flags
    #[arg(long, value_name = "TOKEN")]
    token: Option<Token>,
}

/// Takes the flags that commands which work on files refuse, so that they can say why.
#[derive(clap::Args)]
pub struct NoServer {
    #[arg(long, hide = true, value_name = "URL")]
    server: Option<String>,
    #[arg(long, hide = true, value_name = "TOKEN")]
    token: Option<Token>,
}

/// Cannot be printed by accident: no `Debug`, no `Display`.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Anything goes: a refusal here would print it.
impl FromStr for Token {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.trim().to_owned()))
    }
}

pub enum Way {
    Folder(Box<Config>),
    Server(Url, Token),
}

/// Variables that name a folder.
const FOLDER: [&str; 3] = ["FUPAN_DATA", "FUPAN_DATABASE", "FUPAN_OBJECTS"];

pub fn of(flags: WayFlags) -> anyhow::Result<Way> {
    decide(flags, variable)
}

/// The folder of a command that cannot work over HTTP.
pub fn folder(flags: FolderFlags, no: &NoServer) -> anyhow::Result<Config> {
    let rest =
        "works on the files of an instance, not over HTTP: run it on the machine of the server, with --data";
    if no.server.is_some() || no.token.is_some() {
        return Misuse::because(format!("this {rest}"));
    }
    let is_named = flags.names_a_folder()
        || flags.config.is_some()
        || FOLDER.iter().any(|name| variable(name).is_some());
    if !is_named && variable("FUPAN_SERVER").is_some() {
        return Misuse::because(format!("FUPAN_SERVER names a server, but this {rest}"));
    }
    config(flags)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The configuration as the server of the instance finds it.
fn config(folder: FolderFlags) -> anyhow::Result<Config> {
    Config::load(&Flags { folder, ..Flags::default() })
}

fn decide(flags: WayFlags, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Way> {
    let WayFlags { folder, server, token } = flags;
    if server.is_some() && folder.names_a_folder() {
        return Misuse::because("--server asks a running server, --data opens a folder: give one of them");
    }
    let server = match server {
        Some(server) => Some(server),
        None if folder.names_a_folder() => None,
        None => server_of_variables(&folder, &variable)?,
    };
    match (server, token) {
        (None, Some(_)) => Misuse::because("--token goes with --server; a folder is opened without one"),
        (None, None) => Ok(Way::Folder(Box::new(config(folder)?))),
        (Some(server), token) => {
            let url = address(&server)?;
            let token = token.or_else(|| variable("FUPAN_TOKEN")?.parse().ok());
            match token.filter(|token| !token.0.is_empty()) {
                Some(token) => Ok(Way::Server(url, token)),
                None => Misuse::because(format!(
                    "{url} wants to know who calls: put an API token into FUPAN_TOKEN; the settings of its web page make \
                     one, and so does `fupan token create` beside its folder"
                )),
            }
        }
    }
}

fn server_of_variables(
    folder: &FolderFlags,
    variable: &impl Fn(&str) -> Option<String>,
) -> anyhow::Result<Option<String>> {
    let Some(server) = variable("FUPAN_SERVER") else { return Ok(None) };
    let other = FOLDER.into_iter().find(|name| variable(name).is_some());
    match other.or(folder.config.as_ref().map(|_| "FUPAN_CONFIG")) {
        None => Ok(Some(server)),
        Some(other) => Misuse::because(format!(
            "FUPAN_SERVER and {other} both name an instance: say which one with --server or --data"
        )),
    }
}

/// As far as the host, or the path under which a proxy keeps the server.
fn address(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(mut url) = url else {
        return Misuse::because(format!(
            "`{}` is no address of a server: give it as a browser shows it, http://… or https://…",
            text.split('@').next_back().unwrap_or_default()
        ));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Misuse::because(
            "the address of a server holds no name and no password: put an API token into FUPAN_TOKEN",
        );
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way of these flags in an environment that holds these variables, in words.
    fn way(flags: WayFlags, variables: &[(&str, &str)]) -> String {
        let find = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        match decide(flags, find) {
            Ok(Way::Folder(config)) => format!("folder {}", config.data.display()),
            Ok(Way::Server(url, token)) => format!("{url} with {}", token.reveal()),
            Err(error) => format!("{error}"),
        }
    }

    fn flags(data: Option<&str>, server: Option<&str>, token: Option<&str>) -> WayFlags {
        WayFlags {
            folder: FolderFlags { data: data.map(Into::into), ..FolderFlags::default() },
            server: server.map(str::to_owned),
            token: token.map(|token| token.parse().expect("anything goes")),
        }
    }

    #[test]
    fn a_flag_wins_over_a_variable() {
        let variables = [("FUPAN_SERVER", "http://a"), ("FUPAN_TOKEN", "t")];
        assert_eq!(way(flags(None, None, None), &[]), "folder fupan-data");
        assert_eq!(way(flags(None, None, None), &variables), "http://a/ with t");
        assert_eq!(way(flags(Some("here"), None, None), &variables), "folder here");
        assert_eq!(way(flags(None, Some("https://b/x?y#z"), Some("u")), &variables), "https://b/x/ with u");
        assert_eq!(
            way(flags(None, Some("http://b"), None), &[("FUPAN_TOKEN", "t\n"), ("FUPAN_DATA", "here")]),
            "http://b/ with t"
        );
    }

    #[test]
    fn what_could_mean_two_instances_is_refused() {
        let both = way(flags(Some("here"), Some("http://a"), None), &[]);
        assert!(both.contains("give one of them"), "{both}");
        let variables = [("FUPAN_SERVER", "http://a"), ("FUPAN_DATA", "here"), ("FUPAN_TOKEN", "t")];
        let both = way(flags(None, None, None), &variables);
        assert!(both.contains("FUPAN_SERVER and FUPAN_DATA both name an instance"), "{both}");
        let alone = way(flags(None, None, Some("t")), &[]);
        assert!(alone.contains("--token goes with --server"), "{alone}");
    }

    #[test]
    fn an_address_is_one_of_http_and_holds_no_secret() {
        for text in ["localhost:8080", "ftp://a", "fupan", "http://"] {
            let said = way(flags(None, Some(text), Some("t")), &[]);
            assert!(said.contains("is no address of a server"), "{text}: {said}");
        }
        for text in ["http://ann:hunter2@a", "ann:hunter2@a"] {
            let said = way(flags(None, Some(text), Some("t")), &[]);
            assert!(said.contains("address") && !said.contains("hunter2"), "{said}");
        }
        let nobody = way(flags(None, Some("http://a"), None), &[]);
        assert!(nobody.contains("FUPAN_TOKEN"), "{nobody}");
    }
}
