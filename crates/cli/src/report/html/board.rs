//! The timeline as one drawing: lanes in call order, names of key events, small events as density, curves on the same
//! axis with their anomalies shaded.

use std::fmt::Write as _;

use model::event::{Event, Kind};
use model::instant::{Instant, Span};
use model::text::Language;

use super::marks::{escape, shape};
use crate::report::outline::{Lane, Outline, Signal};
use crate::report::spark;
use crate::report::style::{fit, fit_middle, width_of};
use crate::report::words::{events, length, say};

const WIDTH: f64 = 1260.0;
const LEFT: f64 = 196.0;
const RIGHT: f64 = 1248.0;
const AXIS: f64 = 26.0;
const PHASES: f64 = 24.0;
const NAME_ROW: f64 = 21.0;
const MOST_NAME_ROWS: usize = 5;
const DENSITY: f64 = 16.0;
const STRIP: f64 = 40.0;
const MOST_STRIPS: usize = 2;
const BUCKET: f64 = 4.0;
const POINTS: usize = 264;
/// Width of a column of text at the size of labels.
const COLUMN: f64 = 6.6;

fn phase_name(language: Language, name: &str) -> &'static str {
    match name {
        "unnoticed" => say(language, "Unnoticed", "未发现"),
        "diagnosis" => say(language, "Diagnosis", "诊断"),
        "repair" => say(language, "Repair", "修复"),
        _ => say(language, "Recovery", "恢复"),
    }
}

pub fn draw(outline: &Outline<'_>) -> String {
    let mut board = Board { outline, out: String::new(), y: 0.0 };
    board.axis();
    board.phases();
    for lane in &outline.lanes {
        board.lane(lane);
    }
    let height = board.y + 4.0;
    let moments = board.moments(height);
    let label =
        say(outline.subject.language, "timeline of the incident by service", "按服务排列的事故时间线");
    format!(
        concat!(
            r#"<svg viewBox="0 0 {w} {h:.0}" role="img" aria-label="{label}"><defs><pattern id="hatch" width="6" "#,
            r#"height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch-line" "#,
            r#"x1="0" y1="0" x2="0" y2="6"/></pattern></defs>{body}{moments}</svg>"#
        ),
        w = WIDTH,
        h = height,
        label = label,
        body = board.out,
        moments = moments,
    )
}

struct Board<'a> {
    outline: &'a Outline<'a>,
    out: String,
    y: f64,
}

/// Where a key event and its name go.
struct Named<'a> {
    event: &'a Event,
    x: f64,
    row: usize,
    name: Option<Name>,
}

struct Name {
    text: String,
    before: bool,
}

impl Board<'_> {
    fn x(&self, at: Instant) -> f64 {
        let window = self.outline.window();
        let part = at.since(window.start) as f64 / window.length_us().max(1) as f64;
        LEFT + part.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    fn add(&mut self, piece: &str) {
        self.out.push_str(piece);
    }

    fn axis(&mut self) {
        let window = self.outline.window();
        let step = nice_step(window.length_us());
        let mut at = window.start.as_micros() / step * step + step;
        while let Ok(instant) = Instant::from_micros(at)
            && instant < window.end
        {
            let x = self.x(instant);
            let time = self.outline.tick(instant, step);
            let _ = write!(
                self.out,
                r#"<text class="axis" x="{x:.1}" y="17" text-anchor="middle">{time}</text>"#
            );
            at += step;
        }
        let date = escape(&self.outline.date(window.start));
        self.add(&format!(r#"<text class="axis" x="16" y="17">{date}</text>"#));
        self.y = AXIS;
    }

    fn phases(&mut self) {
        let language = self.outline.subject.language;
        let phases = self.outline.subject.analysis.timeline.phases.clone();
        if phases.is_empty() {
            return;
        }
        let y = self.y;
        let title = say(language, "Phases", "阶段");
        self.add(&format!(r#"<text class="axis" x="16" y="{:.1}">{title}</text>"#, y + 15.0));
        for phase in phases {
            let (from, to) = (self.x(phase.span.start), self.x(phase.span.end));
            let hurts = if phase.name.as_str() == "unnoticed" { " hurts" } else { "" };
            let name = phase_name(language, phase.name.as_str());
            let time = length(language, phase.span.length_us());
            let width = (to - from - 1.0).max(1.0);
            self.add(&format!(
                r#"<rect class="phase{hurts}" x="{from:.1}" y="{:.1}" width="{width:.1}" height="18" rx="3"><title>{name} {time}</title></rect>"#,
                y + 1.0
            ));
            let full = format!("{name} {time}");
            let told = if room_for(&full, width) {
                full
            } else if room_for(name, width) {
                name.to_owned()
            } else {
                String::new()
            };
            self.add(&format!(
                r#"<text class="phase-name" x="{:.1}" y="{:.1}">{told}</text>"#,
                from + 7.0,
                y + 14.0
            ));
        }
        self.y += PHASES;
    }

    fn lane(&mut self, lane: &Lane<'_>) {
        let language = self.outline.subject.language;
        let top = self.y;
        let named = self.place_names(lane);
        let rows = named.iter().map(|named| named.row + 1).max().unwrap_or(0).max(1);
        let signals: Vec<&Signal<'_>> = self
            .outline
            .signals
            .iter()
            .filter(|signal| signal.anomaly.service == lane.service)
            .take(MOST_STRIPS)
            .collect();
        let density = top + 8.0 + rows as f64 * NAME_ROW;
        let strips = density + DENSITY + 6.0;
        let bottom = strips + signals.len() as f64 * (STRIP + 8.0) + 2.0;
        self.add(&format!(r#"<line class="rule" x1="0" x2="{WIDTH}" y1="{top:.1}" y2="{top:.1}"/>"#));
        let name = if lane.service.is_empty() { say(language, "everywhere", "整体") } else { lane.service };
        let count = events(language, lane.events.len());
        self.add(&format!(
            r#"<text class="lane-name" x="16" y="{:.1}">{}</text><text class="range" x="16" y="{:.1}">{count}</text>"#,
            top + 22.0,
            escape(&fit_middle(name, 25)),
            top + 38.0,
        ));
        self.density(lane, density);
        for (place, signal) in signals.iter().enumerate() {
            self.strip(signal, strips + place as f64 * (STRIP + 8.0));
        }
        for named in &named {
            self.named(named, top + 8.0 + (named.row as f64 + 0.5) * NAME_ROW);
        }
        self.y = bottom.max(top + 52.0);
    }

    /// Names give way, marks never: a name that fits in no row is left to the list below.
    fn place_names<'e>(&self, lane: &Lane<'e>) -> Vec<Named<'e>> {
        let mut free = [LEFT - 20.0; MOST_NAME_ROWS];
        let language = self.outline.subject.language;
        let placed = lane.key_events.iter().map(|&event| {
            let x = self.x(event.occurred_at);
            let text = fit(event.title_in(language), 46);
            let width = width_of(&text) as f64 * COLUMN + 18.0;
            let before = x + width > RIGHT;
            let (from, to) = if before { (x - width, x + 10.0) } else { (x - 10.0, x + width) };
            let row = free.iter().position(|&free| free <= from);
            let bare = free.iter().position(|&free| free <= x - 10.0);
            let (row, name) = match (row, bare) {
                (Some(row), _) => (row, Some(Name { text, before })),
                (None, Some(row)) => (row, None),
                (None, None) => (MOST_NAME_ROWS - 1, None),
            };
            free[row] = if name.is_some() { to + 8.0 } else { x + 10.0 };
            Named { event, x, row, name }
        });
        placed.collect()
    }

    fn named(&mut self, named: &Named<'_>, y: f64) {
        let language = self.outline.subject.language;
        let event = named.event;
        let time = self.outline.time(event.occurred_at);
        let title = escape(event.title_in(language));
        let halo = shape(event.kind, named.x, y, 9.0).replacen("class=\"", "class=\"halo ", 1);
        let mark = shape(event.kind, named.x, y, 5.2);
        let name = named.name.as_ref().map_or_else(String::new, |name| {
            let (x, anchor) = if name.before { (named.x - 12.0, "end") } else { (named.x + 12.0, "start") };
            format!(
                r#"<text class="label" x="{x:.1}" y="{:.1}" text-anchor="{anchor}">{}</text>"#,
                y + 4.0,
                escape(&name.text)
            )
        });
        let why = event.key_reason_in(language).map(escape).unwrap_or_default();
        self.add(&format!("<g><title>{time} {title} ({why})</title>{halo}{mark}{name}</g>"));
    }

    /// All events of a lane in buckets of a few pixels, stacked by kind.
    fn density(&mut self, lane: &Lane<'_>, y: f64) {
        let buckets = ((RIGHT - LEFT) / BUCKET) as usize + 1;
        let mut counts = vec![[0_u32; Kind::ALL.len()]; buckets];
        for event in &lane.events {
            if self.outline.window().contains(event.occurred_at) {
                let bucket = ((self.x(event.occurred_at) - LEFT) / BUCKET) as usize;
                counts[bucket.min(buckets - 1)][event.kind as usize] += 1;
            }
        }
        for (bucket, kinds) in counts.iter().enumerate() {
            let mut bottom = y + DENSITY;
            for (kind, &count) in Kind::ALL.iter().zip(kinds) {
                if count > 0 {
                    let height = (f64::from(count).sqrt() * 3.0).min(DENSITY / 2.0);
                    bottom -= height;
                    let x = LEFT + bucket as f64 * BUCKET;
                    self.add(&format!(
                        r#"<rect class="k-{}" x="{x:.1}" y="{bottom:.1}" width="3" height="{:.1}"/>"#,
                        kind.as_str(),
                        height - 0.6
                    ));
                }
            }
        }
    }

    fn strip(&mut self, signal: &Signal<'_>, y: f64) {
        let window = self.outline.window();
        let bins = spark::bins(&signal.series.times, &signal.series.values, window, POINTS);
        let scale = Scale::of(&bins, y);
        let name = fit(&signal.anomaly.signal, 27);
        let title = escape(&signal.anomaly.signal);
        let range = scale.range(signal.anomaly.unit.as_deref());
        self.add(&format!(
            r#"<text class="range" x="16" y="{:.1}"><title>{title}</title>{}</text><text class="range" x="16" y="{:.1}">{range}</text>"#,
            y + 16.0,
            escape(&name),
            y + 31.0,
        ));
        if let Some(band) = signal.anomaly.baseline {
            let (high, low) = (scale.y(band.high), scale.y(band.low));
            self.add(&format!(
                r#"<rect class="band" x="{LEFT}" y="{high:.1}" width="{:.1}" height="{:.1}"/>"#,
                RIGHT - LEFT,
                (low - high).max(1.0)
            ));
        }
        let curve = scale.path(&bins);
        self.add(&format!(
            r#"<path class="area" d="{}"/><path class="curve" d="{curve}"/>"#,
            scale.area(&bins)
        ));
        self.shade(signal, y);
    }

    /// Each anomaly of the curve: an edge above, a tint, and a hatch under the curve's top.
    fn shade(&mut self, signal: &Signal<'_>, y: f64) {
        let language = self.outline.subject.language;
        let same = self.outline.subject.analysis.findings.anomalies.iter();
        for anomaly in same.filter(|anomaly| anomaly.series == signal.anomaly.series) {
            let Ok(span) = Span::new(anomaly.start, anomaly.end) else { continue };
            let (from, to) = (self.x(span.start), self.x(span.end));
            let width = (to - from).max(2.0);
            let why = escape(anomaly.why.in_language(language));
            self.add(&format!(
                concat!(
                    r#"<g><title>{why}</title><rect class="tint" x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h}"/>"#,
                    r#"<rect class="hatch" x="{x:.1}" y="{y:.1}" width="{w:.1}" height="7"/>"#,
                    r#"<line class="edge" x1="{x:.1}" x2="{x2:.1}" y1="{y:.1}" y2="{y:.1}"/></g>"#
                ),
                why = why,
                x = from,
                y = y,
                w = width,
                h = STRIP,
                x2 = from + width,
            ));
        }
    }

    /// The clocks as dotted lines through all lanes.
    fn moments(&self, height: f64) -> String {
        let language = self.outline.subject.language;
        let mut out = String::new();
        for &(name, clock) in &self.outline.clocks {
            if self.outline.window().contains(clock.at) {
                let x = self.x(clock.at);
                let name = crate::report::words::clock(language, name);
                let time = self.outline.time(clock.at);
                let _ = write!(
                    out,
                    r#"<line class="moment" x1="{x:.1}" x2="{x:.1}" y1="{AXIS}" y2="{height:.1}"><title>{name} {time}</title></line>"#
                );
            }
        }
        out
    }
}

fn room_for(text: &str, width: f64) -> bool {
    width_of(text) as f64 * 6.2 + 12.0 <= width
}

/// Six to twelve ticks, each at a time that people say.
fn nice_step(length_us: i64) -> i64 {
    const STEPS: [i64; 15] =
        [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
    let fits = STEPS.into_iter().find(|step| length_us / (step * 1_000_000) <= 12);
    fits.unwrap_or(7 * 86_400) * 1_000_000
}

/// From values to heights within one strip.
pub struct Scale {
    low: f64,
    high: f64,
    top: f64,
    height: f64,
}

impl Scale {
    fn of(bins: &[Option<f64>], top: f64) -> Self {
        Self::within(bins, top, STRIP)
    }

    pub fn within(bins: &[Option<f64>], top: f64, height: f64) -> Self {
        let known = bins.iter().flatten().copied();
        let (low, high) = known
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low.is_finite() { (low, high) } else { (0.0, 1.0) };
        // A curve that stays far from zero would look flat beside its zero line.
        let low = if low > 0.0 && low < high * 0.6 { 0.0 } else { low };
        Self { low, high: if high > low { high } else { low + 1.0 }, top: top + 3.0, height: height - 4.0 }
    }

    fn y(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.top + self.height * (1.0 - part)
    }

    /// The curve, broken where there is no data.
    pub fn path(&self, bins: &[Option<f64>]) -> String {
        self.path_over(bins, LEFT, RIGHT)
    }

    pub fn path_over(&self, bins: &[Option<f64>], left: f64, right: f64) -> String {
        let mut path = String::new();
        let mut is_drawing = false;
        let step = (right - left) / bins.len().max(1) as f64;
        for (place, bin) in bins.iter().enumerate() {
            let Some(value) = bin else {
                is_drawing = false;
                continue;
            };
            let command = if is_drawing { 'L' } else { 'M' };
            let _ = write!(path, "{command}{:.1} {:.1}", left + (place as f64 + 0.5) * step, self.y(*value));
            is_drawing = true;
        }
        path
    }

    fn area(&self, bins: &[Option<f64>]) -> String {
        let step = (RIGHT - LEFT) / bins.len().max(1) as f64;
        let bottom = self.top + self.height;
        let mut path = String::new();
        let mut place = 0;
        for run in bins.chunk_by(|a, b| a.is_some() == b.is_some()) {
            if run[0].is_some() {
                let x = |offset: usize| LEFT + ((place + offset) as f64 + 0.5) * step;
                let _ = write!(path, "M{:.1} {bottom:.1}", x(0));
                for (offset, value) in run.iter().flatten().enumerate() {
                    let _ = write!(path, "L{:.1} {:.1}", x(offset), self.y(*value));
                }
                let _ = write!(path, "L{:.1} {bottom:.1}Z", x(run.len() - 1));
            }
            place += run.len();
        }
        path
    }

    /// `0–44 sessions`
    fn range(&self, unit: Option<&str>) -> String {
        let (factor, unit) = match unit {
            Some("ratio") => (100.0, "%"),
            Some(unit) => (1.0, unit),
            None => (1.0, ""),
        };
        escape(format!("{}–{} {unit}", short(self.low * factor), short(self.high * factor)).trim_end())
    }
}

/// Three figures at most.
fn short(value: f64) -> String {
    let size = value.abs();
    let (value, suffix) = match size {
        1e9.. => (value / 1e9, "G"),
        1e6.. => (value / 1e6, "M"),
        1e4.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = match value.abs() {
        100.0.. => format!("{value:.0}"),
        1.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{suffix}")
}
