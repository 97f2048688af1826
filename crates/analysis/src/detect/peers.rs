//! Learning from siblings: one instance that behaves unlike the others of its service.
//!
//! Instances of one service do the same work, so their siblings at the same moment are the best baseline there is:
//! load, time of day and dependencies are the same. What an instance differed by before is taken off first.

use std::collections::BTreeMap;

use crate::frame::{Frame, Phase};
use crate::robust::{Normal, median};
use crate::series::Series;

/// How one instance's series stands against its siblings' in the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Position in the catalogue.
    pub series: usize,
    /// Signed, in spreads of the siblings.
    pub distance: f64,
    /// Middle of the siblings' levels.
    pub siblings: f64,
    pub level: f64,
}

const LEAST_SIBLINGS: usize = 2;

/// Of each series with enough siblings, how it stands against them from detection on.
pub fn compare(catalogue: &[Series], frame: &Frame) -> Vec<Difference> {
    let mut families: BTreeMap<(&str, &str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (position, series) in catalogue.iter().enumerate() {
        if series.instance.is_some() {
            let key = (series.service.as_str(), series.signal.as_str(), series.labels.as_deref());
            families.entry(key).or_default().push(position);
        }
    }
    let mut differences = Vec::new();
    for members in families.values().filter(|members| members.len() > LEAST_SIBLINGS) {
        let levels: Vec<(usize, Option<f64>, Option<f64>)> = members
            .iter()
            .map(|member| {
                (
                    *member,
                    level(&catalogue[*member], frame, is_before),
                    level(&catalogue[*member], frame, is_after),
                )
            })
            .collect();
        for (member, before, after) in &levels {
            let Some(after) = after else { continue };
            let others: Vec<f64> = levels
                .iter()
                .filter(|(other, ..)| other != member)
                .filter_map(|(.., after)| *after)
                .collect();
            if others.len() < LEAST_SIBLINGS {
                continue;
            }
            let earlier: Vec<f64> = levels.iter().filter_map(|(_, before, _)| *before).collect();
            let habit = before.map_or(0.0, |before| before - median(&earlier));
            let usual = earlier.iter().chain(&others).copied().collect::<Vec<_>>();
            let Some(normal) = Normal::of(&usual) else { continue };
            let siblings = median(&others);
            let away = after - habit - siblings;
            let distance = if normal.scale > 0.0 { away / normal.scale } else { 8.0 * away.signum() };
            differences.push(Difference { series: *member, distance, siblings, level: *after });
        }
    }
    differences
}

fn is_before(phase: Phase) -> bool {
    matches!(phase, Phase::Normal | Phase::Lead)
}

fn is_after(phase: Phase) -> bool {
    phase == Phase::After
}

fn level(series: &Series, frame: &Frame, counts: fn(Phase) -> bool) -> Option<f64> {
    let points = series.times.iter().zip(&series.values);
    let values: Vec<f64> =
        points.filter(|(time, _)| counts(frame.phase(**time))).map(|(_, value)| *value).collect();
    (!values.is_empty()).then(|| median(&values))
}
