//! JSON bodies: checked as a whole, then read into the type, whose unknown fields are refused.

use std::collections::HashSet;
use std::fmt;

use app::error::FieldError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::Problem;

/// In: a strict body. Out: `application/json`.
#[derive(Debug)]
pub struct Json<T>(pub T);

const MAX_DEPTH: u32 = 32;
/// Values in one document, each object, array and scalar counted.
const MAX_VALUES: u32 = 50_000;

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        check_content_type(request.headers())?;
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Problem::bad_request("incomplete_body", "the body could not be read"))?;
        read(&body).map(Self)
    }
}

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => {
                let mut response = Response::new(bytes.into());
                let json = HeaderValue::from_static("application/json");
                response.headers_mut().insert(header::CONTENT_TYPE, json);
                response
            }
            Err(error) => Problem::from(app::Error::internal(error)).into_response(),
        }
    }
}

/// Reads a strict JSON document.
///
/// # Errors
/// 400 when it is not sound JSON, 422 when it is, but not what was asked for.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body);
    let text = text.map_err(|_| Problem::bad_request("malformed_json", "the body is not UTF-8"))?;
    check(text)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let field = FieldError::new(path, "invalid", sentence(error.inner()));
        app::Error::Invalid(vec![field]).into()
    })
}

/// What serde says, without the place in the text: that would name a line of a body nobody printed.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text.chars().take(end.min(200)).collect()
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    if is_json && is_utf8 {
        return Ok(());
    }
    let detail = "send application/json in UTF-8";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

/// Bounds depth and count, and refuses keys that come twice and NUL characters, before anything is built from it.
fn check(text: &str) -> Result<(), Problem> {
    let mut values = 0;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let sound = Sound { depth: 0, values: &mut values };
    let outcome = sound.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    outcome.map_err(|error| Problem::bad_request("malformed_json", sentence(&error)))
}

struct Sound<'a> {
    depth: u32,
    values: &'a mut u32,
}

impl Sound<'_> {
    fn inner(&mut self) -> Sound<'_> {
        Sound { depth: self.depth + 1, values: self.values }
    }
}

impl<'de> DeserializeSeed<'de> for Sound<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.values += 1;
        if *self.values > MAX_VALUES {
            return Err(D::Error::custom("more values than allowed"));
        }
        if self.depth > MAX_DEPTH {
            return Err(D::Error::custom("nested more deeply than allowed"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sound<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            refuse_nul(&key)?;
            map.next_value_seed(self.inner())?;
            if keys.contains(&key) {
                let shown: String = key.chars().take(64).collect();
                return Err(A::Error::custom(format!("the key `{shown}` comes twice")));
            }
            keys.insert(key);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut sequence: A) -> Result<(), A::Error> {
        while sequence.next_element_seed(self.inner())?.is_some() {}
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        refuse_nul(text)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// PostgreSQL cannot store it in text, and no honest text has it.
fn refuse_nul<E: serde::de::Error>(text: &str) -> Result<(), E> {
    if text.contains('\0') { Err(E::custom("a text contains the NUL character")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Draft {
        title: String,
        #[serde(default)]
        marks: Vec<u8>,
    }

    fn refused(body: &str) -> (u16, String) {
        let problem = read::<Draft>(body.as_bytes()).unwrap_err();
        (problem.status.as_u16(), problem.detail)
    }

    #[test]
    fn sound_json_of_the_right_shape_is_read() {
        let draft: Draft = read(r#"{"title":"复盘","marks":[1,2]}"#.as_bytes()).unwrap();
        assert_eq!((draft.title.as_str(), draft.marks.len()), ("复盘", 2));
    }

    #[test]
    fn unsound_json_is_400() {
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        let wide = format!("[{}1]", "1,".repeat(60_000));
        let bodies = [
            r#"{"title":"a","title":"b"}"#,
            r#"{"title":"a\u0000b"}"#,
            r#"{"title":"\ud800"}"#,
            r#"{"title":"a"} x"#,
            r#"{"title":1e999}"#,
            "",
            &deep,
            &wide,
        ];
        for body in bodies {
            assert_eq!(refused(body).0, 400, "{}", &body[..body.len().min(40)]);
        }
        assert_eq!(read::<Draft>(b"{\"title\":\"\xff\"}").unwrap_err().status, 400);
    }

    #[test]
    fn the_wrong_shape_is_422_and_says_where() {
        assert_eq!(refused(r#"{"title":"a","marks":[1,"x"]}"#).0, 422);
        let problem = read::<Draft>(br#"{"title":"a","marks":[1,"x"]}"#).unwrap_err();
        assert_eq!(problem.fields[0].path, "marks[1]");
        let (status, detail) = refused(r#"{"title":"a","is_admin":true}"#);
        assert_eq!(status, 422);
        assert!(detail.contains("unknown field"), "{detail}");
    }
}
