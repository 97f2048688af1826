//! The most likely cause, kept with its incident so that a list need not read findings.

use model::finding::Hypothesis;
use model::id::IncidentId;
use model::incident::Suspect;
use store::finding::{self, Judged};

use crate::error::Error;

/// What people say comes before what analysis says; what they refuted is out.
pub(super) async fn find(db: &impl store::Db, incident: &IncidentId) -> Result<Option<Suspect>, Error> {
    let hypotheses = finding::list_hypotheses(db, incident).await?;
    let in_state = |state: &str| hypotheses.iter().find(|judged| judged.judgement.state == state);
    Ok(in_state("supported").or_else(|| in_state("open")).map(suspect))
}

fn suspect(judged: &Judged<Hypothesis>) -> Suspect {
    let Hypothesis { service, title, score, .. } = &judged.finding;
    Suspect {
        service: service.clone(),
        title: title.clone(),
        score: *score,
        is_supported: judged.judgement.state == "supported",
    }
}
