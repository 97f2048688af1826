//! Which events belong together, how strongly, and why.
//!
//! Every event looks back at few others only: the latest of its service, of its neighbours in the call graph, of the
//! same ids and requests, and the latest changes and onsets anywhere. So the work grows with the number of events,
//! not with its square. A relation is told at both of its ends; its words are made last, for those that are kept.

mod index;
mod pair;

use model::event::Correlation;
use model::telemetry::Symbols;

use crate::curves::Curve;
use crate::draft::Draft;
use crate::settings::Correlating;
use crate::topology::Graph;

use index::{Index, Traits};
use pair::Pair;

/// What correlation looks at besides the events themselves.
pub struct Setting<'a> {
    pub graph: &'a Graph<'a>,
    pub curves: &'a [Option<Curve>],
    /// Length of a point of the curves.
    pub point_us: i64,
    pub weights: &'a Correlating,
}

/// Place and score of the events related to one, strongest first.
type Related = Vec<(u32, f64)>;

/// Gives each event its related ones, strongest first. `drafts` are in the order of time.
pub fn correlate(drafts: &mut [Draft], setting: &Setting<'_>) {
    let mut names = Symbols::default();
    let mut services = Symbols::default();
    let traits: Vec<Traits> =
        drafts.iter().map(|draft| Traits::of(draft, &mut names, &mut services)).collect();
    let pair = |earlier: usize, later: usize| Pair {
        earlier: &drafts[earlier],
        later: &drafts[later],
        of_earlier: &traits[earlier],
        of_later: &traits[later],
        names: &names,
    };
    let weights = setting.weights;
    let most = weights.most_related.min((weights.most_relations / drafts.len().max(1)).max(1));
    let mut related: Vec<Related> = vec![Related::new(); drafts.len()];
    let mut index = Index::new(setting, &services);
    let mut parts = Vec::new();
    for later in 0..drafts.len() {
        for &earlier in index.candidates(drafts, &traits, later) {
            pair(earlier as usize, later).weigh(setting, &mut parts);
            let Some(score) = pair::score(&parts, weights) else { continue };
            keep(&mut related[later], (earlier, score), most);
            keep(&mut related[earlier as usize], (later as u32, score), most);
        }
        index.add(drafts, &traits, later);
    }
    let tell = |place: usize, (other, score): (u32, f64)| {
        let other = other as usize;
        let reasons = pair(place.min(other), place.max(other)).reasons(setting);
        Correlation { other: drafts[other].event.id.clone(), score, reasons }
    };
    let told: Vec<Vec<Correlation>> = related
        .into_iter()
        .enumerate()
        .map(|(place, related)| related.into_iter().map(|one| tell(place, one)).collect())
        .collect();
    for (draft, correlations) in drafts.iter_mut().zip(told) {
        draft.event.correlations = correlations;
    }
}

/// Inserts in the order of scores; of equal scores the earlier event comes first.
fn keep(related: &mut Related, one: (u32, f64), most: usize) {
    let place = related.partition_point(|known| (known.1, one.0) > (one.1, known.0));
    if place < most {
        related.truncate(most - 1);
        related.insert(place, one);
    }
}
