//! What the analysis says of small systems whose story is known.

mod anomalies;
mod hypotheses;
mod requests;
mod stage;
