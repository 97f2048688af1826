//! Query parameters, read strictly: a name that the operation does not know is a typing mistake, and is said so.

use app::error::FieldError;
use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::error::Problem;

#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    if query.contains("%00") {
        return Err(invalid("", "a parameter contains the NUL character"));
    }
    let uri = http::Uri::builder().path_and_query(format!("/?{query}")).build();
    let uri = uri.map_err(|_| invalid("", "the query cannot be read"))?;
    let read = axum::extract::Query::<T>::try_from_uri(&uri);
    read.map(|query| query.0).map_err(|rejection| {
        let text =
            std::error::Error::source(&rejection).map_or_else(|| rejection.to_string(), ToString::to_string);
        let text = text.chars().take(200).collect::<String>();
        match text.split_once(": ") {
            Some((path, detail)) if !path.contains(' ') => invalid(path, detail),
            _ => invalid("", &text),
        }
    })
}

fn invalid(path: &str, detail: &str) -> Problem {
    let field = FieldError::new(path, "invalid", detail);
    Problem::new(StatusCode::BAD_REQUEST, "invalid_query", detail).with_fields(vec![field])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Page {
        limit: Option<u32>,
    }

    #[test]
    fn a_number_must_be_one() {
        assert_eq!(read::<Page>("limit=20").unwrap().limit, Some(20));
        let problem = read::<Page>("limit=-1").unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.fields[0].path.as_str()), (400, "limit"));
    }

    #[test]
    fn a_name_nobody_knows_is_refused() {
        assert_eq!(read::<Page>("limt=20").unwrap_err().code, "invalid_query");
        assert_eq!(read::<Page>("limit=1&limit=2").unwrap_err().status, 400);
        assert_eq!(read::<Page>("a=%00").unwrap_err().status, 400);
    }
}
