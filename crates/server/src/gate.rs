//! What every request passes before its handler: measured, limited, known, read. In this order, because each step costs
//! more than the one before it:
//!
//! 1. [`trace`] gives it an id, and will log, count and finish the answer, even when the handler panics
//! 2. [`headers`] refuses headers that are too large, and hardens the answer
//! 3. [`admission`] refuses when the server is full, [`rates`] when one caller asks too much
//! 4. [`origin`] refuses what another web site made the browser send
//! 5. [`authentication`] finds out who asks
//! 6. [`intake`] reads the body within its limit
//!
//! Whether the caller may do it is asked in `app`.

pub mod address;
pub mod admission;
pub mod authentication;
pub mod deadline;
pub mod headers;
pub mod intake;
pub mod origin;
pub mod rates;
pub mod trace;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use model::access::Permission;

use crate::config::Config;
use crate::error::Problem;
use crate::openapi;
use crate::operations::{Class, Operation};
use crate::state::Server;

/// The state of the gate: who is inside, who asked how much.
pub struct Gate {
    admission: admission::Admission,
    rates: Option<rates::Rates>,
}

impl Gate {
    pub fn new(config: &Config) -> Self {
        Self {
            admission: admission::Admission::new(config.max_concurrent_requests),
            rates: config.rate_limits.then(rates::Rates::default),
        }
    }
}

/// Middleware: lets the request pass to its handler, or answers why not.
pub async fn admit(State(server): State<Server>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let operation = operation_of(&parts);
    let _place = match check(&server, operation, &mut parts).await {
        Ok(place) => place,
        Err(problem) => return intake::refuse(body, problem).await,
    };
    let Some(operation) = operation else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    match intake::read(operation, parts, body).await {
        Ok(request) => deadline::run(operation, request, next).await,
        Err(problem) => problem.into_response(),
    }
}

/// Everything that can be refused without reading the body. Leaves the actor in the extensions of the request.
async fn check<'a>(
    server: &'a Server,
    operation: Option<&Operation>,
    parts: &mut Parts,
) -> Result<Option<admission::Place<'a>>, Problem> {
    headers::check(parts)?;
    let Some(operation) = operation else {
        return Ok(None);
    };
    if operation.class == Class::Health {
        return Ok(None);
    }
    let place = server.gate.admission.enter(operation.class)?;
    let address = address::of(parts, &server.config);
    if let Some(rates) = &server.gate.rates {
        rates.take_for_address(operation.class, address)?;
    }
    origin::check(parts, &server.config)?;
    if operation.permission != Permission::Public {
        let actor = authentication::authenticate(server, parts).await?;
        if let Some(rates) = &server.gate.rates {
            rates.take_for_principal(operation.class, actor.principal())?;
        }
        parts.extensions.insert(actor);
    }
    Ok(Some(place))
}

fn operation_of(parts: &Parts) -> Option<&'static Operation> {
    let path = parts.extensions.get::<MatchedPath>()?;
    openapi::document().operation(&parts.method, path.as_str())
}
