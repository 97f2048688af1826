//! The product over HTTP. One binary, so that it links once.

mod accounts;
mod analysis;
mod backup;
mod captures;
mod coverage;
mod events;
mod incidents;
mod live;
mod protocol;
mod removal;
mod tokens;
mod tools;
