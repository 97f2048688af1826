//! Statistical: stretches in which a series leaves the range it kept before.
//!
//! The range comes from [`Normal`] over the baseline and the part of the window before detection. A sample three
//! spreads outside is suspicious; a stretch of suspicious samples, or a single very wild one, is reported. A stretch
//! that reaches the end is a level shift, one that rises all the way is growth, a short one is a spike.

use model::instant::Instant;

use crate::frame::{Frame, Phase};
use crate::robust::{Normal, median};
use crate::signal::Bad;

const SUSPICIOUS: f64 = 3.0;
/// A single sample must be this far out to count alone.
const WILD: f64 = 7.0;
/// Samples back in range that do not yet end a stretch.
const TOLERATED: usize = 2;
/// A baseline of fewer samples takes the lead along.
const FEW: usize = 8;

/// The course of a series in the window, measured against what is normal for it.
#[derive(Debug, Clone)]
pub struct Course {
    pub normal: Normal,
    /// Position in the series of the first sample of the window.
    pub first: usize,
    /// Signed distance of each sample of the window, in spreads.
    pub distances: Vec<f64>,
    /// Whether any sample of the window before detection is in range: otherwise the change is older than the window.
    pub began_normal: Option<bool>,
    /// Median distance from detection on.
    pub level: f64,
    pub after_count: usize,
}

impl Course {
    /// The same course seen `times` as sharply.
    pub fn closer_by(&self, times: f64) -> Self {
        let distances = self.distances.iter().map(|distance| distance * times).collect();
        Self { distances, level: self.level * times, ..self.clone() }
    }
}

/// `None` when there is too little to compare.
pub fn measure(times: &[Instant], values: &[f64], unit: Option<&str>, frame: &Frame) -> Option<Course> {
    let mut normal = Vec::new();
    let mut lead = Vec::new();
    let mut first = None;
    let mut window = Vec::new();
    let mut after = Vec::new();
    for (position, (time, value)) in times.iter().zip(values).enumerate() {
        let phase = frame.phase(*time);
        match phase {
            Phase::Normal => normal.push(*value),
            Phase::Lead => lead.push(*value),
            Phase::After => after.push(*value),
            Phase::Outside => {}
        }
        if frame.window.start <= *time && *time <= frame.window.end {
            first.get_or_insert(position);
            window.push(*value);
        }
    }
    let reference: Vec<f64> = if normal.is_empty() {
        lead[..calm_part(&lead, unit)].to_vec()
    } else if normal.len() >= FEW * 3 {
        normal
    } else {
        normal.iter().chain(&lead).copied().collect()
    };
    let normal = Normal::in_unit(&reference, unit)?;
    let distances: Vec<f64> = window.iter().map(|value| normal.distance(*value)).collect();
    let began_normal =
        (!lead.is_empty()).then(|| lead.iter().any(|value| normal.distance(*value).abs() < SUSPICIOUS));
    let level = normal.distance(if after.is_empty() { normal.center } else { median(&after) });
    Some(Course { normal, first: first?, distances, began_normal, level, after_count: after.len() })
}

/// How many samples of a lead are calm: it may end in the first minutes of the incident, before anyone noticed.
fn calm_part(lead: &[f64], unit: Option<&str>) -> usize {
    let half = lead.len() / 2;
    let Some(normal) = Normal::in_unit(&lead[..half], unit) else { return lead.len() };
    let mut outside = 0;
    let mut calm = lead.len();
    for (after, at) in (half..lead.len()).rev().enumerate() {
        outside += usize::from(normal.distance(lead[at]).abs() >= SUSPICIOUS);
        if after >= 1 && outside * 10 >= (after + 1) * 7 {
            calm = at;
        }
    }
    calm
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    LevelShift,
    Growth,
    Spike,
}

/// A stretch of the window outside the normal range; positions count from the window's first sample, ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    pub first: usize,
    pub last: usize,
    pub peak: usize,
    /// Upper quartile of the distances, signed like the stretch.
    pub distance: f64,
    pub shape: Shape,
    /// Samples outside the range.
    pub outside: usize,
}

/// The stretches of a course, in the order of time. `bad` says which direction counts.
pub fn stretches(course: &Course, bad: Bad) -> Vec<Stretch> {
    let mut found = Vec::new();
    for direction in [1.0, -1.0] {
        let counts = match bad {
            Bad::Up => direction > 0.0,
            Bad::Down => direction < 0.0,
            Bad::Either => true,
        };
        if counts {
            found.extend(in_direction(&course.distances, direction));
        }
    }
    found.sort_by_key(|stretch| (stretch.first, stretch.last));
    found
}

fn in_direction(distances: &[f64], direction: f64) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (position, distance) in distances.iter().enumerate() {
        if distance * direction < SUSPICIOUS {
            continue;
        }
        open = match open {
            Some((first, last)) if position - last <= TOLERATED + 1 => Some((first, position)),
            Some(ended) => {
                found.extend(describe(distances, direction, ended));
                Some((position, position))
            }
            None => Some((position, position)),
        };
    }
    if let Some(ended) = open {
        found.extend(describe(distances, direction, ended));
    }
    found
}

fn describe(distances: &[f64], direction: f64, (first, last): (usize, usize)) -> Option<Stretch> {
    let inside: Vec<f64> = distances[first..=last].iter().map(|distance| distance * direction).collect();
    let outside: Vec<f64> = inside.iter().copied().filter(|distance| *distance >= SUSPICIOUS).collect();
    let peak = (0..inside.len()).fold(0, |best, at| if inside[at] > inside[best] { at } else { best });
    if outside.len() < 2 && inside[peak] < WILD {
        return None;
    }
    let sorted = crate::robust::sorted(&outside);
    let reaches_end = last + TOLERATED + 1 >= distances.len();
    let rises = inside.windows(2).filter(|pair| pair[1] >= pair[0]).count();
    let shape = if inside.len() >= 8 && rises * 10 >= (inside.len() - 1) * 8 && peak * 10 >= inside.len() * 8
    {
        Shape::Growth
    } else if reaches_end && inside.len() > 1 || inside.len() * 4 >= distances.len() {
        Shape::LevelShift
    } else {
        Shape::Spike
    };
    let distance = direction * crate::robust::quantile(&sorted, 0.75);
    Some(Stretch { first, last, peak: first + peak, distance, shape, outside: outside.len() })
}
