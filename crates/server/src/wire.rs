//! What the nouns look like on the wire. Aggregates of `model` do not know their JSON; it is written here, field by field.

pub mod account;
pub mod analysis;
pub mod drawing;
pub mod event;
pub mod incident;
pub mod names;
pub mod patch;

use serde::Serialize;
use utoipa::ToSchema;

/// Who did something.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PersonRef)]
pub struct By {
    pub id: String,
    pub name: String,
}

impl From<&model::event::Author> for By {
    fn from(author: &model::event::Author) -> Self {
        Self { id: author.id.to_string(), name: author.name.clone() }
    }
}
