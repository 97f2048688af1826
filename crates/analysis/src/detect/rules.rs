//! Rules: what operators know without statistics, in a file that they can read (`rules.toml`).

use std::sync::LazyLock;

use model::finding::SignalKind;
use model::text::Text;
use serde::Deserialize;

use crate::frame::Frame;
use crate::series::Series;
use crate::signal::words;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    saturation: Vec<Saturation>,
    threshold: Vec<Threshold>,
    phrase: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saturation {
    fact: String,
    part: String,
    whole: String,
    above: Option<f64>,
    below: Option<f64>,
    for_s: f64,
    en: String,
    zh: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    fact: String,
    name: String,
    unit: Option<String>,
    above: Option<f64>,
    below: Option<f64>,
    for_s: f64,
    en: String,
    zh: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    fact: String,
    texts: Vec<String>,
    en: String,
    zh: String,
}

static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../rules.toml")).expect("the shipped rules are read by a test of this crate")
});

/// The rules that the product ships.
pub fn shipped() -> &'static Rules {
    &SHIPPED
}

/// A rule that holds for a stretch of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Position in the catalogue.
    pub series: usize,
    /// First and last position in the series.
    pub first: usize,
    pub last: usize,
    pub fact: String,
    pub says: Text,
}

/// What a text says plainly, such as `disk_full`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub name: String,
    pub says: Text,
}

impl Rules {
    #[cfg(test)]
    pub fn knows(&self, fact: &str) -> bool {
        let of_metrics =
            self.threshold.iter().map(|rule| &rule.fact).chain(self.saturation.iter().map(|rule| &rule.fact));
        of_metrics.chain(self.phrase.iter().map(|rule| &rule.fact)).any(|known| known == fact)
    }

    /// Facts that `text` states, in the order of the rules.
    pub fn facts_of(&self, text: &str) -> Vec<Fact> {
        let text = text.to_lowercase();
        let holds = |phrase: &&Phrase| phrase.texts.iter().any(|part| text.contains(part.as_str()));
        let fact =
            |phrase: &Phrase| Fact { name: phrase.fact.clone(), says: Text::new(&*phrase.en, &*phrase.zh) };
        self.phrase.iter().filter(holds).map(fact).collect()
    }

    /// Where rules on metrics hold within the window.
    pub fn hits(&self, catalogue: &[Series], frame: &Frame) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (position, series) in catalogue.iter().enumerate() {
            if series.kind != SignalKind::Metric {
                continue;
            }
            let name = words(&series.signal);
            for rule in &self.threshold {
                let asks = words(&rule.name);
                let is_meant = asks.iter().all(|word| name.contains(word))
                    && (asks.len() > 1 || name.last() == asks.first() || asks[0].len() > 2)
                    && rule.unit.as_ref().is_none_or(|unit| series.unit.as_ref() == Some(unit));
                if is_meant {
                    let limits = (rule.above, rule.below, rule.for_s);
                    let says = Text::new(&*rule.en, &*rule.zh);
                    hits.extend(stretch(series, frame, limits, |_, value| Some(value)).into_iter().map(
                        |(first, last)| Hit {
                            series: position,
                            first,
                            last,
                            fact: rule.fact.clone(),
                            says: says.clone(),
                        },
                    ));
                }
            }
            for rule in &self.saturation {
                let Some(whole) = whole_of(catalogue, series, &name, rule) else { continue };
                let share = |at: usize, value: f64| {
                    let time = series.times[at];
                    let nearest = whole.times.partition_point(|other| *other <= time).saturating_sub(1);
                    whole.values.get(nearest).filter(|whole| **whole > 0.0).map(|whole| value / whole)
                };
                let limits = (rule.above, rule.below, rule.for_s);
                let says = Text::new(&*rule.en, &*rule.zh);
                hits.extend(stretch(series, frame, limits, share).into_iter().map(|(first, last)| Hit {
                    series: position,
                    first,
                    last,
                    fact: rule.fact.clone(),
                    says: says.clone(),
                }));
            }
        }
        hits
    }
}

fn whole_of<'a>(
    catalogue: &'a [Series],
    part: &Series,
    name: &[String],
    rule: &Saturation,
) -> Option<&'a Series> {
    let (text, wanted) = (name.join(" "), &rule.part);
    if !format!(" {text} ").contains(&format!(" {wanted} ")) {
        return None;
    }
    let sought = text.replacen(wanted.as_str(), &rule.whole, 1);
    let starts = catalogue.partition_point(|series| series.service.as_str() < part.service.as_str());
    catalogue[starts..].iter().take_while(|series| series.service == part.service).find(|series| {
        series.kind == SignalKind::Metric
            && series.instance == part.instance
            && words(&series.signal).join(" ") == sought
    })
}

/// The longest stretch of the window in which the limit is broken, unless it was broken as much before.
fn stretch(
    series: &Series,
    frame: &Frame,
    (above, below, for_s): (Option<f64>, Option<f64>, f64),
    value_at: impl Fn(usize, f64) -> Option<f64>,
) -> Option<(usize, usize)> {
    let breaks = |at: usize| {
        value_at(at, series.values[at]).is_some_and(|value| {
            above.is_some_and(|limit| value > limit) || below.is_some_and(|limit| value < limit)
        })
    };
    let (mut before, mut broken_before) = (0_u32, 0_u32);
    let mut best: Option<(usize, usize)> = None;
    let mut open: Option<(usize, usize)> = None;
    for (at, time) in series.times.iter().enumerate() {
        if !(frame.window.start <= *time && *time <= frame.window.end) {
            before += 1;
            broken_before += u32::from(breaks(at));
            continue;
        }
        open = match open {
            Some((first, _)) if breaks(at) => Some((first, at)),
            None if breaks(at) => Some((at, at)),
            _ => None,
        };
        let length = |(first, last): (usize, usize)| series.times[last].since(series.times[first]);
        if let Some(open) = open
            && best.is_none_or(|best| length(open) > length(best))
        {
            best = Some(open);
        }
    }
    let (first, last) = best?;
    let lasts_s = series.times[last].since(series.times[first]) as f64 / 1e6;
    let is_habit = broken_before * 5 > before.max(1);
    (lasts_s >= for_s && !is_habit).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_rules_can_be_read() {
        assert!(shipped().phrase.len() > 10);
    }

    #[test]
    fn a_plain_text_states_its_fact() {
        let facts =
            |text: &str| shipped().facts_of(text).into_iter().map(|fact| fact.name).collect::<Vec<_>>();
        assert_eq!(facts("could not write: No space left on device"), ["disk_full"]);
        assert_eq!(facts("支付服务调用超时"), ["timeout"]);
        assert!(facts("order placed").is_empty());
    }
}
