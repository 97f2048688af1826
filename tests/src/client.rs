//! One caller: sends requests as a program or as a browser, and reads answers.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::listener::Listener;

#[expect(clippy::disallowed_types, reason = "talks to the instance under test on loopback")]
type Http = reqwest::Client;

#[derive(Clone)]
pub struct Client {
    http: Http,
    url: String,
    headers: HeaderMap,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// `null` when the body is no JSON.
    pub json: Value,
}

impl Client {
    pub fn new(url: &str) -> Self {
        // reqwest is built with TLS for the command line, and asks for a provider also where none is spoken.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { http: Http::default(), url: url.to_owned(), headers: HeaderMap::new() }
    }

    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut changed = self.clone();
        let value = HeaderValue::from_str(value).expect("a test sends legal headers");
        changed.headers.insert(HeaderName::from_static(name), value);
        changed
    }

    pub fn with_token(&self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub fn with_cookie(&self, cookie: &str) -> Self {
        self.with("cookie", cookie)
    }

    /// A header that is sent with each request.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body.to_string())).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends a zip, whole or as it becomes ready.
    pub async fn post_zip(&self, path: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.http.post(format!("{}{path}", self.url)).headers(self.headers.clone());
        receive(request.header("content-type", "application/zip").body(body)).await
    }

    /// The bytes of a file that must be there.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let request = self.http.get(format!("{}{path}", self.url)).headers(self.headers.clone());
        let response = request.send().await.expect("the instance answers");
        assert_eq!(response.status(), 200, "{path}");
        response.bytes().await.expect("an answer has a body").to_vec()
    }

    /// Opens a stream of server-sent events.
    pub async fn listen(&self, path: &str) -> Listener {
        let request = self.http.get(format!("{}{path}", self.url)).headers(self.headers.clone());
        let response = request.header("accept", "text/event-stream").send().await;
        let response = response.expect("the instance answers");
        assert_eq!(response.status(), 200, "the stream opens");
        Listener::new(response)
    }

    /// A body is sent as JSON, unless the client has a `content-type` of its own.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request =
            self.http.request(method, format!("{}{path}", self.url)).headers(self.headers.clone());
        if let Some(body) = body {
            if !self.headers.contains_key("content-type") {
                request = request.header("content-type", "application/json");
            }
            request = request.body(body);
        }
        receive(request).await
    }
}

async fn receive(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("the instance answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.expect("an answer has a body");
    let json = serde_json::from_str(&text).unwrap_or_default();
    Answer { status, headers, text, json }
}

impl Answer {
    /// The answer itself when it has this status; the test fails with its text when not.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// `code` of a problem.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    pub fn id(&self) -> &str {
        self.json["id"].as_str().unwrap_or_default()
    }

    /// What a browser would send back of `Set-Cookie`.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }
}
