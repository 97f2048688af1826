//! Why a server did not do what it was asked, in the words of someone who must do something about it.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};
use rustls::CertificateError;
use serde::Deserialize;

#[derive(Debug)]
pub enum Refusal {
    /// It did not arrive, or the answer was lost on the way.
    Lost(reqwest::Error),
    /// The server said no.
    Told(Told),
    /// Something else answers at this address.
    Stranger(Stranger),
}

#[derive(Debug)]
pub struct Told {
    status: StatusCode,
    problem: Problem,
    pub retry_after: Option<Duration>,
}

#[derive(Debug)]
pub struct Stranger {
    status: StatusCode,
    content_type: String,
    location: Option<String>,
}

/// `application/problem+json`, as far as it is for people.
#[derive(Debug, Deserialize)]
struct Problem {
    code: String,
    detail: String,
    #[serde(default)]
    request_id: String,
    #[serde(default)]
    fields: Vec<Field>,
}

#[derive(Debug, Deserialize)]
struct Field {
    #[serde(default)]
    path: String,
    detail: String,
}

/// Who was asked, and which versions met.
pub struct Asked<'a> {
    pub url: &'a Url,
    /// `None` before it has said so.
    pub version: Option<&'a str>,
}

impl Refusal {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap_or_default();
        match serde_json::from_str::<Problem>(&text) {
            Ok(problem) => Self::Told(Told { status, problem, retry_after: retry_after(&headers) }),
            Err(_) => Self::Stranger(Stranger::new(status, &headers)),
        }
    }

    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Told(told) => Some(told.status),
            Self::Lost(_) | Self::Stranger(_) => None,
        }
    }

    /// Whether the request may have been done all the same.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Lost(error) => !error.is_connect(),
            Self::Told(told) => told.status == StatusCode::GATEWAY_TIMEOUT,
            Self::Stranger(stranger) => stranger.status == StatusCode::GATEWAY_TIMEOUT,
        }
    }

    pub fn told(&self, asked: &Asked<'_>) -> String {
        match self {
            Self::Lost(error) => lost(error, asked.url),
            Self::Told(told) => told.told(asked),
            Self::Stranger(stranger) => stranger.told(asked.url),
        }
    }
}

impl Told {
    /// Whether waiting helps.
    pub fn is_passing(&self) -> bool {
        let is_running = self.status == StatusCode::CONFLICT && self.problem.code == "idempotency_running";
        is_running
            || matches!(
                self.status,
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
            )
    }

    fn told(&self, asked: &Asked<'_>) -> String {
        let (url, detail) = (asked.url, self.detail());
        match self.status {
            StatusCode::UNAUTHORIZED => format!(
                "{url} does not know this token: it has expired, was revoked or is not whole; make a new one in the \
                 settings of the web page, or with `fupan token create` on the machine of the server"
            ),
            StatusCode::FORBIDDEN => format!("{url} refuses: {detail}; a token with a higher role may"),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                let wait = self.retry_after.map_or(String::new(), |wait| format!(" in {} s", wait.as_secs()));
                format!("{url} has no time for this: {detail}; nothing was done, try again{wait}")
            }
            status if status.is_server_error() && status != StatusCode::INSUFFICIENT_STORAGE => {
                format!("{url} failed: {detail}; its log says more under request {}", self.problem.request_id)
            }
            _ => format!("{url} refuses: {detail}{}", asked.other_version()),
        }
    }

    fn detail(&self) -> String {
        let of_fields: Vec<String> = self.problem.fields.iter().map(Field::told).collect();
        if of_fields.is_empty() { self.problem.detail.clone() } else { of_fields.join("; ") }
    }
}

impl Field {
    fn told(&self) -> String {
        if self.path.is_empty() { self.detail.clone() } else { format!("{}: {}", self.path, self.detail) }
    }
}

impl Asked<'_> {
    /// An operation that one of the two does not know yet is refused: the versions say why.
    fn other_version(&self) -> String {
        let ours = env!("CARGO_PKG_VERSION");
        match self.version {
            Some(theirs) if theirs != ours => format!(" (it is Fupan {theirs}, this command is {ours})"),
            _ => String::new(),
        }
    }

    /// Of an answer that was no refusal, but cannot be understood.
    pub fn unreadable(&self, error: &dyn StdError) -> String {
        format!("{} answers what this command cannot read: {error}{}", self.url, self.other_version())
    }
}

impl Stranger {
    pub fn new(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { status, content_type: text(CONTENT_TYPE).unwrap_or_default(), location: text(LOCATION) }
    }

    /// A proxy whose server is about to start says so in its own words.
    pub fn is_passing(&self) -> bool {
        use StatusCode as S;
        matches!(
            self.status,
            S::TOO_MANY_REQUESTS | S::BAD_GATEWAY | S::SERVICE_UNAVAILABLE | S::GATEWAY_TIMEOUT
        )
    }

    fn told(&self, url: &Url) -> String {
        if let Some(location) = &self.location {
            return format!("{url} sends on to {location}: give the address of the server itself");
        }
        let kind = self.content_type.split(';').next().unwrap_or_default();
        let kind = if kind.is_empty() { String::new() } else { format!(" and {kind}") };
        format!(
            "what answers at {url} is no Fupan server: it says {}{kind}; is the address right?",
            self.status
        )
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}

fn lost(error: &reqwest::Error, url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let causes = causes(error);
    if let Some(error) = causes.iter().find_map(|cause| of_tls(*cause)) {
        return untrusted(error, host, url);
    }
    let io = causes.iter().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    let root = causes.last().map(ToString::to_string).unwrap_or_default();
    if causes.iter().any(|cause| cause.to_string().starts_with("dns error")) {
        return format!(
            "the name {host} leads nowhere ({root}): is the address right, is the network there?"
        );
    }
    match io.map(std::io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => {
            format!("nothing listens at {url}: is the server running, and is its port right?")
        }
        Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable) => {
            format!("there is no way to {host}: is the network there?")
        }
        _ if error.is_timeout() => format!("{url} did not answer in time"),
        _ if error.is_connect() => format!("no connection to {url}: {root}"),
        _ => format!("the connection to {url} broke: {root}"),
    }
}

fn causes(error: &reqwest::Error) -> Vec<&(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source()).collect()
}

/// What rustls says travels inside an IO error, or in one inside another, which hide it from `source`.
fn of_tls<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut cause = cause;
    while let Some(inside) = cause.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref()) {
        cause = inside;
    }
    cause.downcast_ref()
}

fn untrusted(error: &rustls::Error, host: &str, url: &Url) -> String {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => format!(
            "nobody whom this machine trusts has signed the certificate of {host}; SSL_CERT_FILE names the file with \
             the certificate of your own authority"
        ),
        rustls::Error::InvalidMessage(_) => {
            format!("{host} does not speak TLS there: is it http:// in place of {url}?")
        }
        error => format!("the certificate of {host} is not accepted: {error}"),
    }
}
