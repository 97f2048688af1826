//! What may stand between a command and its server: a proxy that loses an answer or speaks TLS, and a server that says
//! what a test wants it to say.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::program::Program;

pub struct Proxy {
    pub url: String,
}

impl Proxy {
    /// Cuts the connection, once, in place of the first answer that begins like this.
    pub fn that_loses(server: &str, answer: &'static str) -> Self {
        let is_lost = Arc::new(AtomicBool::new(false));
        let (listener, url) = listen("http");
        let server = host_of(server);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, is_lost) = (TcpStream::connect(&server).unwrap(), Arc::clone(&is_lost));
                let (mut from_client, mut to_server) =
                    (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
                thread::spawn(move || pass_answers(server, client, answer, &is_lost));
            }
        });
        Self { url }
    }

    /// Speaks TLS with a certificate of its own, which is given back as PEM.
    pub fn with_tls(server: &str) -> (Self, String) {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let (listener, url) = listen("https");
        let (config, server) = (Arc::new(config), host_of(server));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (config, server) = (Arc::clone(&config), server.clone());
                thread::spawn(move || pass_through_tls(config, client, &server));
            }
        });
        (Self { url }, made.cert.pem())
    }
}

fn listen(scheme: &str) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("{scheme}://{}", listener.local_addr().unwrap());
    (listener, url)
}

fn host_of(url: &str) -> String {
    url.trim_start_matches("http://").to_owned()
}

fn pass_answers(mut server: TcpStream, mut client: TcpStream, lost: &str, is_lost: &AtomicBool) {
    let mut buffer = [0; 1 << 16];
    while let Ok(count @ 1..) = server.read(&mut buffer) {
        if buffer[..count].starts_with(lost.as_bytes()) && !is_lost.swap(true, Ordering::SeqCst) {
            let _ = client.shutdown(std::net::Shutdown::Both);
            return;
        }
        if client.write_all(&buffer[..count]).is_err() {
            return;
        }
    }
}

/// One request after the other, as HTTP/1 goes: what came is passed on, then what is answered.
fn pass_through_tls(config: Arc<rustls::ServerConfig>, client: TcpStream, server: &str) {
    let Ok(session) = rustls::ServerConnection::new(config) else { return };
    let mut client = rustls::StreamOwned::new(session, client);
    loop {
        let Some(request) = read_message(&mut client) else { return };
        let mut server = TcpStream::connect(server).unwrap();
        server.write_all(&request).unwrap();
        let Some(answer) = read_message(&mut server) else { return };
        if client.write_all(&answer).and_then(|()| client.flush()).is_err() {
            return;
        }
    }
}

/// Head and body of a request or an answer that tells its length.
fn read_message(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    let mut buffer = [0; 1 << 14];
    loop {
        if let Some(head) = message.windows(4).position(|four| four == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&message[..head]).to_lowercase();
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if message.len() >= head + 4 + length.unwrap_or(0) {
                return Some(message);
            }
        }
        let count = from.read(&mut buffer).ok().filter(|count| *count > 0)?;
        message.extend_from_slice(&buffer[..count]);
    }
}

/// Answers one request after the other with what it was given.
pub struct Scripted {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
pub struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Answer {
    pub fn json(status: u16, body: &str) -> Self {
        Self { status, headers: "content-type: application/json\r\n".to_owned(), body: body.to_owned() }
    }

    pub fn page(body: &str) -> Self {
        Self { headers: "content-type: text/html; charset=utf-8\r\n".to_owned(), ..Self::json(200, body) }
    }

    pub fn problem(status: u16, code: &str, detail: &str) -> Self {
        Self::json(status, &format!(r#"{{"code": "{code}", "detail": "{detail}", "request_id": "r1"}}"#))
    }

    /// Of an older server to who asks who it is.
    pub fn hello() -> Self {
        Self::json(200, r#"{"person": {"name": "ann"}, "instance": {"name": "Fupan", "version": "0.0.1"}}"#)
    }

    pub fn with(self, header: &str) -> Self {
        Self { headers: format!("{}{header}\r\n", self.headers), ..self }
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { status, headers, body } = self;
        let length = body.len();
        format!("HTTP/1.1 {status} x\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}")
            .into()
    }
}

impl Scripted {
    pub fn start(answers: Vec<Answer>) -> Self {
        let (listener, url) = listen("http");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&requests);
        thread::spawn(move || {
            for answer in answers {
                let (mut client, _) = listener.accept().unwrap();
                let request = read_message(&mut client).unwrap_or_default();
                heard.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
                let _ = client.write_all(&answer.bytes());
            }
        });
        Self { url, requests }
    }

    pub fn command(&self, program: &Program, arguments: &[&str]) -> Command {
        let mut command = program.command(arguments);
        command.env("FUPAN_SERVER", &self.url).env("FUPAN_TOKEN", "fup_x");
        command
    }

    /// The `Idempotency-Key` of each request that had one.
    pub fn keys(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let key = |request: &String| {
            let found = request.lines().find_map(|line| line.strip_prefix("idempotency-key: "));
            found.map(str::to_owned)
        };
        requests.iter().filter_map(key).collect()
    }
}
