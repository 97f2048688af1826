//! Requests to the operator's own server. Outbound requests of the *server* go another way (RELIABILITY 24);
//! docs/decisions/command-line.md says why this one may differ.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use futures::TryStreamExt as _;
use model::text::Language;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode, Url, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use super::patience::Patience;
use super::refusal::{Asked, Refusal, Stranger};
use super::way::Token;
use crate::misuse::Misuse;
use crate::progress::Progress;

#[expect(
    clippy::disallowed_types,
    reason = "the address is the operator's own, given by hand: there is nobody to guard against"
)]
type Http = reqwest::Client;

/// A server that has said who it is.
pub struct Client {
    http: Http,
    url: Url,
    version: Option<String>,
}

/// One request, which can be made again.
pub struct Request {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    content: Content,
    /// Writes are done once under it, however often they are sent.
    key: Option<String>,
    language: Option<Language>,
}

enum Content {
    Nothing,
    Json(serde_json::Value),
    /// A zip on disk, sent as it is read.
    Zip(PathBuf),
}

/// The most time to a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// The most time without a byte of an answer; the server gives the longest of its operations 120 s.
const SILENCE: Duration = Duration::from_secs(150);
const CHUNK_BYTES: usize = 64 << 10;

impl Request {
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path, Content::Nothing)
    }

    pub fn post_json(path: &str, body: serde_json::Value) -> Self {
        Self::new(Method::POST, path, Content::Json(body))
    }

    pub fn post_zip(path: &str, file: PathBuf) -> Self {
        Self::new(Method::POST, path, Content::Zip(file))
    }

    fn new(method: Method, path: &str, content: Content) -> Self {
        let key = (method != Method::GET).then(|| format!("fupan-{}", uuid::Uuid::now_v7().simple()));
        let path = format!("api/v1/{path}");
        Self { method, path, query: Vec::new(), content, key, language: None }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// The page after that of `cursor`; the first one when there is none.
    pub fn after(self, cursor: Option<String>) -> Self {
        match cursor {
            Some(cursor) => self.with("cursor", cursor),
            None => self,
        }
    }

    pub fn in_language(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }
}

impl Client {
    /// Asks the server who it is and whether it knows the token, before anything large is sent.
    pub async fn connect(url: Url, token: &Token) -> anyhow::Result<Self> {
        #[derive(Deserialize)]
        struct Session {
            instance: Instance,
        }
        #[derive(Deserialize)]
        struct Instance {
            version: String,
        }
        let mut client = Self { http: http(token)?, url, version: None };
        let session: Session = client.read(&Request::get("session")).await?;
        client.version = Some(session.instance.version);
        Ok(client)
    }

    /// The JSON of the answer.
    pub async fn read<T: DeserializeOwned>(&self, request: &Request) -> anyhow::Result<T> {
        let response = self.send(request).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let is_json =
            headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        if !is_json {
            let stranger = Refusal::Stranger(Stranger::new(status, &headers));
            return Err(anyhow!(stranger.told(&self.asked())));
        }
        let bytes = response.bytes().await.map_err(|error| self.lost(error))?;
        serde_json::from_slice(&bytes).map_err(|error| anyhow!(self.asked().unreadable(&error)))
    }

    /// Sends until there is an answer that stands. A server that was never reached is not tried again: nobody waits
    /// for a wrong address.
    pub async fn send(&self, request: &Request) -> anyhow::Result<Response> {
        let mut patience = Patience::default();
        loop {
            let refusal = match self.build(request).await?.send().await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => Refusal::of(response).await,
                Err(error) => Refusal::Lost(error),
            };
            let never_met = self.version.is_none() && matches!(refusal, Refusal::Lost(_));
            let Some(wait) = patience.wait_after(&refusal).filter(|_| !never_met) else {
                return Err(self.failed(request, &refusal));
            };
            eprintln!("fupan: {}; again in {:.1} s", refusal.told(&self.asked()), wait.as_secs_f64());
            tokio::time::sleep(wait).await;
        }
    }

    /// An answer that broke off.
    pub fn lost(&self, error: reqwest::Error) -> anyhow::Error {
        anyhow!(Refusal::Lost(error).told(&self.asked()))
    }

    pub fn url(&self) -> &Url {
        &self.url
    }

    fn asked(&self) -> Asked<'_> {
        Asked { url: &self.url, version: self.version.as_deref() }
    }

    fn failed(&self, request: &Request, refusal: &Refusal) -> anyhow::Error {
        let mut text = refusal.told(&self.asked());
        match (&request.content, refusal.status()) {
            (Content::Zip(_), Some(StatusCode::PAYLOAD_TOO_LARGE)) => {
                text += "; on the machine of the server, `fupan import --data` takes larger ones";
            }
            (Content::Zip(_) | Content::Json(_), _) if refusal.is_unknown() => {
                text += "; whether it was done is unknown: look before you send it again";
            }
            _ => {}
        }
        anyhow!(text)
    }

    async fn build(&self, request: &Request) -> anyhow::Result<RequestBuilder> {
        let mut url =
            self.url.join(&request.path).with_context(|| format!("no such path: {}", request.path))?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let mut built = self.http.request(request.method.clone(), url);
        if let Some(key) = &request.key {
            built = built.header("idempotency-key", key);
        }
        if let Some(language) = request.language {
            built = built.header(ACCEPT_LANGUAGE, if language == Language::Chinese { "zh-CN" } else { "en" });
        }
        match &request.content {
            Content::Nothing => Ok(built),
            Content::Json(body) => Ok(built.json(body)),
            Content::Zip(path) => {
                let failed = || format!("cannot read {}", path.display());
                let file = File::open(path).await.with_context(failed)?;
                let size_bytes = file.metadata().await.with_context(failed)?.len();
                let built = built.header(CONTENT_TYPE, "application/zip").header(CONTENT_LENGTH, size_bytes);
                Ok(built.body(sent_with_progress(file, size_bytes)))
            }
        }
    }
}

fn http(token: &Token) -> anyhow::Result<Http> {
    let bearer = HeaderValue::from_str(&format!("Bearer {}", token.reveal()));
    let Ok(mut bearer) = bearer else {
        return Misuse::because(
            "the API token has characters that no token has: was it copied whole, and nothing else?",
        );
    };
    bearer.set_sensitive(true);
    // Another user of rustls in this process may have chosen before; any choice serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Http::builder()
        .default_headers(HeaderMap::from_iter([(AUTHORIZATION, bearer)]))
        .user_agent(concat!("fupan/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        // A token is for the address that was given, and for no other.
        .redirect(redirect::Policy::none())
        .build()
        .context("no HTTP client can be made on this machine")
}

fn sent_with_progress(file: File, size_bytes: u64) -> Body {
    let progress = Progress::of_transfer("sending", Some(size_bytes));
    let chunks = ReaderStream::with_capacity(file, CHUNK_BYTES);
    Body::wrap_stream(chunks.inspect_ok(move |chunk| progress.pass(chunk.len() as u64)))
}
