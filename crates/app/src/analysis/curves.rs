//! The curves of an incident: which there are, and their points for drawing.

use analysis::series::Series;
use model::Instant;
use model::finding::{Anomaly, Band, Findings, SignalKind};
use model::id::{IncidentId, SeriesId};
use serde::{Deserialize, Serialize};
use store::series::{self, Stored};

use crate::access::{View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// Curves proposed as strips when a timeline is opened.
const MOST_PROPOSED: usize = 6;
pub const MOST_AT_ONCE: usize = 50;

/// What a series is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    pub id: SeriesId,
    pub service: String,
    pub signal: String,
    pub unit: Option<String>,
    pub kind: SignalKind,
    pub instance: Option<String>,
    pub labels: Option<String>,
    pub point_count: usize,
    pub min: f64,
    pub max: f64,
    /// Of the strongest anomaly in it; 0 when there is none.
    pub anomaly_score: f64,
    pub anomalies: Vec<Stretch>,
    pub baseline: Option<Band>,
    /// Proposed as a strip.
    pub is_proposed: bool,
}

/// Where an anomaly lies in its series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    pub id: model::id::FindingId,
    pub start: Instant,
    pub end: Instant,
    pub score: f64,
    #[serde(rename = "type")]
    pub anomaly_type: String,
}

/// A series with some of its points. A `NaN` never occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pub about: About,
    pub points: Vec<(i64, f64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    /// At most so many points of each; peaks and dips stay.
    pub most_points: usize,
}

pub(super) fn to_store(catalogue: &[Series], findings: &Findings) -> Result<Vec<Stored>, Error> {
    let proposed = propose(catalogue, findings);
    catalogue
        .iter()
        .map(|series| {
            let about = about(series, findings, proposed.contains(&&series.id));
            let points = series.times.iter().map(|time| time.as_micros()).zip(series.values.iter().copied());
            Ok(Stored {
                id: series.id.clone(),
                about: serde_json::to_string(&about).map_err(Error::internal)?,
                points: points.collect(),
            })
        })
        .collect()
}

/// The suspect, then the strongest anomalies of different services, so that one noisy service does not take all strips.
fn propose<'f>(catalogue: &[Series], findings: &'f Findings) -> Vec<&'f SeriesId> {
    let suspect = findings.hypotheses.first().map(|hypothesis| &hypothesis.service);
    let mut by_interest: Vec<&Anomaly> = findings.anomalies.iter().collect();
    by_interest.sort_by_key(|anomaly| Some(&anomaly.service) != suspect);
    let mut chosen: Vec<&Anomaly> = Vec::new();
    for most_of_a_service in 1..=2 {
        for &anomaly in &by_interest {
            let of_service = chosen.iter().filter(|other| other.service == anomaly.service).count();
            let is_new = chosen.iter().all(|other| other.series != anomaly.series);
            let is_there = catalogue.iter().any(|series| series.id == anomaly.series);
            if is_new && is_there && of_service < most_of_a_service && chosen.len() < MOST_PROPOSED {
                chosen.push(anomaly);
            }
        }
    }
    chosen.into_iter().map(|anomaly| &anomaly.series).collect()
}

fn about(series: &Series, findings: &Findings, is_proposed: bool) -> About {
    let anomalies: Vec<&Anomaly> =
        findings.anomalies.iter().filter(|anomaly| anomaly.series == series.id).collect();
    About {
        id: series.id.clone(),
        service: series.service.clone(),
        signal: series.signal.clone(),
        unit: series.unit.clone(),
        kind: series.kind,
        instance: series.instance.clone(),
        labels: series.labels.clone(),
        point_count: series.times.len(),
        min: series.values.iter().copied().reduce(f64::min).unwrap_or(0.0),
        max: series.values.iter().copied().reduce(f64::max).unwrap_or(0.0),
        anomaly_score: anomalies.iter().map(|anomaly| anomaly.score).fold(0.0, f64::max),
        baseline: anomalies.iter().find_map(|anomaly| anomaly.baseline),
        anomalies: anomalies.into_iter().map(stretch).collect(),
        is_proposed,
    }
}

fn stretch(anomaly: &Anomaly) -> Stretch {
    Stretch {
        id: anomaly.id.clone(),
        start: anomaly.start,
        end: anomaly.end,
        score: anomaly.score,
        anomaly_type: anomaly.anomaly_type.clone(),
    }
}

/// What series the incident has, in the order of services.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn list_series(app: &App, actor: &Actor, id: &IncidentId) -> Result<Vec<About>, Error> {
    authorize::<View>(app, actor, id).await?;
    let stored = series::list(app.db(), id).await?;
    stored.iter().map(|one| serde_json::from_str(&one.about).map_err(Error::internal)).collect()
}

/// The series asked for with their points. One that the incident does not have is left out.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`] for too many at once.
pub async fn get_curves(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    ids: &[SeriesId],
    window: &Window,
) -> Result<Vec<Curve>, Error> {
    authorize::<View>(app, actor, id).await?;
    if ids.len() > MOST_AT_ONCE {
        return Err(Error::invalid("ids", "too_many", format!("must have at most {MOST_AT_ONCE} entries")));
    }
    let mut curves = Vec::with_capacity(ids.len());
    for wanted in ids {
        let Some(stored) = series::find(app.db(), id, wanted).await? else { continue };
        let about: About = serde_json::from_str(&stored.about).map_err(Error::internal)?;
        let from = window.from.map_or(i64::MIN, Instant::as_micros);
        let to = window.to.map_or(i64::MAX, Instant::as_micros);
        let mut points = stored.points;
        points.retain(|(time, _)| (from..to).contains(time));
        curves.push(Curve { about, points: thin(points, window.most_points) });
    }
    Ok(curves)
}

/// Keeps the lowest and the highest point of each stretch, in the order of time.
fn thin(points: Vec<(i64, f64)>, most: usize) -> Vec<(i64, f64)> {
    if points.len() <= most || most < 2 {
        return points;
    }
    let per_stretch = points.len().div_ceil(most / 2);
    let mut kept = Vec::with_capacity(most);
    for stretch in points.chunks(per_stretch) {
        let by_value = |one: &&(i64, f64), other: &&(i64, f64)| one.1.total_cmp(&other.1);
        let low = stretch.iter().min_by(by_value).copied();
        let high = stretch.iter().max_by(by_value).copied();
        match (low, high) {
            (Some(low), Some(high)) if low.0 < high.0 => kept.extend([low, high]),
            (Some(low), Some(high)) if low.0 > high.0 => kept.extend([high, low]),
            (Some(only), _) => kept.push(only),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thinned_curve_keeps_its_peak() {
        let mut points: Vec<(i64, f64)> = (0..10_000).map(|time| (time, 1.0)).collect();
        points[5_555].1 = 99.0;
        let thinned = thin(points, 100);
        assert!(thinned.len() <= 100);
        assert!(thinned.contains(&(5_555, 99.0)));
        assert!(thinned.is_sorted_by_key(|point| point.0));
    }
}
