//! One instance under test.

use std::path::Path;

use app::App;
use app::accounts::{setup, tokens};
use app::app::Options;
use model::person::{Person, Role};
use server::Server;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::client::Client;
use crate::clock::MovableClock;

/// Ends when dropped.
pub struct TestApp {
    pub app: App,
    pub url: String,
    clock: MovableClock,
    data: TempDir,
    end: CancellationToken,
    _guard: DropGuard,
}

impl TestApp {
    /// Without rate limits, so that a test may ask as often as it likes.
    pub async fn start() -> Self {
        Self::start_with(server::Config { rate_limits: false, ..server::Config::default() }).await
    }

    pub async fn start_with(config: server::Config) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let clock = MovableClock::default();
        let options = Options::in_folder(data.path());
        let app =
            App::open_with_clock(options, Box::new(clock.clone())).await.expect("an empty folder opens");
        app.start().await.expect("background work starts");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let end = CancellationToken::new();
        tokio::spawn(server::connection::serve(listener, Server::new(app.clone(), config), end.clone()));
        let guard = end.clone().drop_guard();
        Self { app, url: format!("http://{address}"), clock, data, end, _guard: guard }
    }

    /// Folder of the instance.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Lets time pass.
    pub fn advance_hours(&self, hours: i64) {
        self.clock.advance(hours);
    }

    pub fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// Sends these bytes, and gives back everything that comes until the connection ends.
    pub async fn raw(&self, request: &str) -> String {
        answer(self.send(request).await).await
    }

    /// Sends these bytes on a connection of their own; [`answer`] reads what comes back.
    pub async fn send(&self, request: &str) -> TcpStream {
        let address = self.url.trim_start_matches("http://");
        let mut socket = TcpStream::connect(address).await.expect("the instance listens");
        socket.write_all(request.as_bytes()).await.expect("the instance reads");
        socket
    }

    /// What SIGTERM does.
    pub fn stop(&self) {
        self.end.cancel();
    }

    pub async fn admin(&self, name: &str) -> Client {
        self.program(name, Role::Admin).await
    }

    pub async fn editor(&self, name: &str) -> Client {
        self.program(name, Role::Editor).await
    }

    pub async fn commenter(&self, name: &str) -> Client {
        self.program(name, Role::Commenter).await
    }

    pub async fn viewer(&self, name: &str) -> Client {
        self.program(name, Role::Viewer).await
    }

    /// An account of this name and role, with a token.
    async fn program(&self, name: &str, role: Role) -> Client {
        let token = tokens::create_for_program(&self.app, name, role).await.expect("a token can be made");
        self.anonymous().with_token(token.reveal())
    }

    /// An administrator who can sign in, by links.
    pub async fn administrator(&self) -> Person {
        setup::ensure_admin(&self.app, "Root", "root@example.com")
            .await
            .expect("an administrator can be made")
    }

    /// The administrator in a browser.
    pub async fn browser(&self) -> Client {
        let person = self.administrator().await;
        let link = setup::create_sign_in_link(&self.app, &person.id).await.expect("a link can be made");
        let body = serde_json::json!({ "token": link.reveal() });
        let answer = self.anonymous().post("/api/v1/session/link", body).await.expect(200);
        self.anonymous().with_cookie(&answer.cookie())
    }

    /// Someone who was invited with this role and chose this password, in a browser.
    pub async fn invited(&self, email: &str, role: &str, password: &str) -> Client {
        let draft = serde_json::json!({ "email": email, "role": role });
        let invitation = self.browser().await.post("/api/v1/invitations", draft).await.expect(201);
        let link = invitation.json["link"].as_str().unwrap_or_default().to_owned();
        let token = link.split_once("#token=").map(|(_, token)| token).unwrap_or_default();
        let name = email.split('@').next().unwrap_or_default();
        let body = serde_json::json!({ "token": token, "name": name, "password": password });
        let answer = self.anonymous().post("/api/v1/invitations/accept", body).await.expect(200);
        self.anonymous().with_cookie(&answer.cookie())
    }
}

/// Everything that comes until the connection ends; empty when it was cut off.
pub async fn answer(mut socket: TcpStream) -> String {
    let mut answer = String::new();
    match socket.read_to_string(&mut answer).await {
        Ok(_) => answer,
        Err(_) => String::new(),
    }
}
