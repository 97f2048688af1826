//! Requests that cannot even be parsed are answered by hyper, with an empty body and without asking us. This puts a
//! problem in the place of that answer on its way to the socket, so that every refusal says why.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::error::Problem;

/// A socket that watches what is written for hyper's own refusals.
pub struct Explained<S> {
    socket: S,
    /// What is written instead, and how much of it has been.
    instead: Option<(Vec<u8>, usize)>,
}

/// Hyper's refusals are shorter than this, and written at once.
const LONGEST: usize = 256;

impl<S> Explained<S> {
    pub const fn new(socket: S) -> Self {
        Self { socket, instead: None }
    }
}

/// The answer that should be written in the place of this one, when it is a refusal by hyper: only those lack the id of
/// a request.
fn explanation(written: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(written).ok().filter(|text| text.len() < LONGEST)?;
    let (status, headers) = text.strip_prefix("HTTP/1.1 ")?.split_at_checked(3)?;
    let is_refusal = status.starts_with('4')
        && headers.ends_with("\r\n\r\n")
        && headers.contains("content-length: 0\r\n")
        && headers.contains("connection: close\r\n")
        && !headers.contains("x-request-id");
    let status = StatusCode::from_bytes(status.as_bytes()).ok().filter(|_| is_refusal)?;
    let (code, detail) = match status {
        StatusCode::URI_TOO_LONG => ("uri_too_long", "the address is too long"),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ("headers_too_large", "the headers are too large"),
        _ => ("malformed_request", "this is not a sound HTTP/1.1 request"),
    };
    let id = uuid::Uuid::now_v7().simple().to_string();
    let body = Problem::new(status, code, detail).to_json(&id).to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nx-request-id: {id}\r\n\
         x-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
        body.len()
    );
    Some((head + &body).into_bytes())
}

impl<S: AsyncWrite + Unpin> Explained<S> {
    fn poll_instead(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some((bytes, done)) = &mut self.instead {
            let Some(rest) = bytes.get(*done..).filter(|rest| !rest.is_empty()) else {
                self.instead = None;
                break;
            };
            *done += ready!(Pin::new(&mut self.socket).poll_write(cx, rest))?;
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Explained<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Explained<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_instead(cx))?;
        match explanation(bytes) {
            Some(instead) => {
                self.instead = Some((instead, 0));
                Poll::Ready(Ok(bytes.len()))
            }
            None => Pin::new(&mut self.socket).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match parts {
            [only] => self.poll_write(cx, only),
            _ => {
                ready!(self.poll_instead(cx))?;
                Pin::new(&mut self.socket).poll_write_vectored(cx, parts)
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_instead(cx))?;
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_instead(cx))?;
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hyper_says_by_itself_is_replaced() {
        let by_hyper =
            b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: x\r\n\r\n";
        let instead = String::from_utf8(explanation(by_hyper).unwrap()).unwrap();
        assert!(instead.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{instead}");
        assert!(instead.contains(r#""code":"malformed_request""#), "{instead}");
        let by_us =
            b"HTTP/1.1 404 Not Found\r\nx-request-id: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        assert!(explanation(by_us).is_none());
        assert!(explanation(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").is_none());
    }
}
