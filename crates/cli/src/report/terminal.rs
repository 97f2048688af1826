//! The report as text, for a terminal or a pipe.

mod lanes;

use model::event::{Event, Kind};
use model::finding::{Hypothesis, Pattern};
use model::id::EventId;
use model::text::{Language, Text};

use super::outline::{Outline, Signal};
use super::spark;
use super::style::{Ink, Style, fit, fit_middle, pad, pad_name, width_of, wrap};
use super::words::{clock, count, events, glyph, left_out, length, more_events, say, signal_kind};
use crate::analyze::Subject;

/// Evidence shown for and against a hypothesis.
const MOST_FOR: usize = 4;
const MOST_AGAINST: usize = 2;
/// Hypotheses and patterns told in full.
const MOST_HYPOTHESES: usize = 3;
const MOST_PATTERNS: usize = 4;
const SPARK: usize = 32;

pub fn text(subject: &Subject, style: Style) -> String {
    let outline = Outline::of(subject);
    let mut page = Page { outline, style, language: subject.language, text: String::new() };
    page.head();
    page.story();
    page.signals();
    page.hypotheses();
    page.patterns();
    page.not_seen();
    page.stats();
    page.text
}

struct Page<'a> {
    outline: Outline<'a>,
    style: Style,
    language: Language,
    text: String,
}

impl Page<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        say(self.language, en, zh)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn section(&mut self, en: &'static str, zh: &'static str) {
        let name = self.say(en, zh);
        let rule = "─".repeat(self.style.width.saturating_sub(width_of(name) + 3));
        let heading =
            format!(" {} {}", self.style.paint(Ink::Strong, name), self.style.paint(Ink::Faint, &rule));
        if !self.text.ends_with("\n\n") {
            self.line("");
        }
        self.line(&heading);
    }

    fn head(&mut self) {
        let header = &self.outline.subject.capture.header;
        let severity = header.severity.map_or("", |severity| severity.as_str()).to_uppercase();
        let width = self.style.width - 2;
        let mut lines = wrap(&header.title, width.saturating_sub(severity.len() + 2)).into_iter();
        let first = pad(&lines.next().unwrap_or_default(), width - severity.len());
        let painted = self.style.paint(Ink::Title, &first);
        let severity = self.style.paint(Ink::Danger, &severity);
        self.line("");
        self.line(&format!(" {painted}{severity}"));
        for line in lines {
            let painted = self.style.paint(Ink::Title, &line);
            self.line(&format!(" {painted}"));
        }
        self.clocks();
        let window = self.outline.window();
        let place = format!(
            "{}{}{} · {} {}–{}",
            self.outline.date(window.start),
            self.say(", ", "，"),
            self.outline.zone_name(),
            self.say("evidence from", "证据时段"),
            self.outline.time(window.start),
            self.outline.time(window.end),
        );
        self.faint_paragraph(&place, 1);
        self.verdict();
    }

    /// The clocks on one line, each gap with its length.
    fn clocks(&mut self) {
        let clocks = self.outline.clocks.clone();
        let mut line = String::new();
        let mut used = 1;
        for (place, (name, value)) in clocks.iter().enumerate() {
            let label = clock(self.language, *name);
            let time = self.outline.time(value.at);
            let gap = clocks.get(place + 1).map_or_else(String::new, |(_, next)| {
                format!(" ─ {} ─ ", length(self.language, next.at.since(value.at)))
            });
            let columns = width_of(label) + 1 + time.len();
            if used + columns + width_of(gap.trim_end()) > self.style.width {
                self.line(&format!(" {line}"));
                line.clear();
                used = 1;
            }
            line.push_str(&format!("{label} {}", self.style.paint(Ink::Strong, &time)));
            line.push_str(&self.style.paint(Ink::Faint, &gap));
            used += columns + width_of(&gap);
        }
        self.line(&format!(" {line}"));
    }

    /// The answer first.
    fn verdict(&mut self) {
        let best = self.outline.hypotheses().next();
        let label = self.say("Most likely", "最可能的根因");
        let told = match best {
            Some(best) => {
                format!("{}  {:.2}", self.titled(best), best.score)
            }
            None => self.say("not enough evidence for a cause", "证据不足，无法推断根因").to_owned(),
        };
        let indent = width_of(label) + 3;
        let lines = wrap(&told, self.style.width.saturating_sub(indent + 1));
        let label = self.style.paint(Ink::Danger, label);
        self.line("");
        for (place, line) in lines.iter().enumerate() {
            let line = self.style.paint(Ink::Strong, line);
            let lead = if place == 0 { format!(" {label}  ") } else { " ".repeat(indent) };
            self.line(&format!("{lead}{line}"));
        }
    }

    fn story(&mut self) {
        self.section("Timeline", "时间线");
        for line in lanes::draw(&self.outline, self.style) {
            self.line(&line);
        }
        self.line("");
        let key_events = self.outline.key_events.clone();
        if key_events.is_empty() {
            let nothing = self.say(" nothing stands out", " 没有突出的事件");
            self.line(nothing);
        }
        let services = key_events.iter().map(|event| width_of(event.service.as_deref().unwrap_or("")));
        let lane = services.max().unwrap_or(0).clamp(4, self.style.width / 5);
        for event in key_events {
            self.key_event(event, lane);
        }
        let rest = self.outline.subject.analysis.timeline.events.len() - self.outline.key_events.len();
        if rest > 0 {
            let more = more_events(self.language, rest);
            let more = format!(" {more}{}", self.say(": --json or --html", "：见 --json 或 --html"));
            let more = self.style.paint(Ink::Faint, &more);
            self.line(&more);
        }
    }

    fn key_event(&mut self, event: &Event, lane: usize) {
        let time = self.outline.time(event.occurred_at);
        let service = pad_name(event.service.as_deref().unwrap_or(""), lane);
        let indent = 1 + self.outline.time_width() + 2 + 2 + lane + 2;
        let room = self.style.width.saturating_sub(indent + 1);
        let titles = wrap(event.title_in(self.language), room);
        let glyph = self.style.paint(Ink::Kind(event.kind), &glyph(event.kind).to_string());
        let most = if self.style.width < 60 { 4 } else { 2 };
        for (place, title) in titles.iter().take(most).enumerate() {
            let is_cut = place + 1 == most && titles.len() > most;
            let title = if is_cut { fit(&format!("{title} …"), room) } else { title.clone() };
            let title = self.style.severity(event.severity, &title);
            let lead = if place == 0 {
                format!(" {}  {glyph} {}  ", self.style.paint(Ink::Strong, &time), service)
            } else {
                " ".repeat(indent)
            };
            self.line(&format!("{lead}{title}"));
        }
        if let Some(why) = event.key_reason_in(self.language) {
            for why in wrap(why, room) {
                let why = self.style.paint(Ink::Faint, &why);
                self.line(&format!("{}{why}", " ".repeat(indent)));
            }
        }
    }

    fn signals(&mut self) {
        if self.outline.signals.is_empty() {
            return;
        }
        self.section("Signals", "异常信号");
        let widths = self.outline.signals.iter().map(|signal| width_of(&signal.anomaly.service));
        let service = widths.max().unwrap_or(0).clamp(4, self.style.width / 5);
        let lines: Vec<String> =
            self.outline.signals.iter().map(|signal| self.signal(signal, service)).collect();
        for line in lines {
            self.line(&line);
        }
    }

    fn signal(&self, signal: &Signal<'_>, service: usize) -> String {
        let window = self.outline.window();
        let spark = match self.style.width {
            100.. => SPARK,
            60.. => SPARK / 2,
            _ => SPARK / 4,
        };
        let bins = spark::bins(&signal.series.times, &signal.series.values, window, spark);
        let anomaly = signal.anomaly;
        let curve: Vec<char> = spark::line(&bins, anomaly.baseline).chars().collect();
        let part = |at: model::Instant| {
            let part = at.since(window.start).max(0) as f64 / window.length_us().max(1) as f64;
            ((part * spark as f64) as usize).min(spark)
        };
        let (from, to) = (part(anomaly.start), (part(anomaly.end) + 1).min(spark));
        let text = |range: std::ops::Range<usize>| curve[range].iter().collect::<String>();
        let curve = format!(
            "{}{}{}",
            self.style.paint(Ink::Faint, &text(0..from)),
            self.style.paint(Ink::Danger, &text(from..to.max(from))),
            self.style.paint(Ink::Faint, &text(to.max(from)..spark)),
        );
        let title = anomaly.title.in_language(self.language);
        let room = self.style.width.saturating_sub(spark + service + 5 + 8);
        let name = pad_name(&anomaly.service, service);
        format!(" {curve}  {name}  {}  {:.2}", pad_name(title, room), anomaly.score)
    }

    fn hypotheses(&mut self) {
        let hypotheses: Vec<&Hypothesis> = self.outline.hypotheses().collect();
        if hypotheses.is_empty() {
            return;
        }
        self.section("Possible causes", "可能的根因");
        for hypothesis in hypotheses.iter().take(MOST_HYPOTHESES) {
            self.hypothesis(hypothesis);
        }
        for hypothesis in hypotheses.iter().skip(MOST_HYPOTHESES).take(3) {
            let title = self.titled(hypothesis);
            let title = fit_middle(&title, self.style.width.saturating_sub(24));
            let line = format!(" {:>2}  {}  {title}", hypothesis.rank, self.score(hypothesis.score));
            self.line(&line);
        }
    }

    fn titled(&self, hypothesis: &Hypothesis) -> String {
        let title = hypothesis.title.in_language(self.language);
        if title.contains(&hypothesis.service) {
            title.to_owned()
        } else {
            format!("{}: {title}", hypothesis.service)
        }
    }

    fn hypothesis(&mut self, hypothesis: &Hypothesis) {
        let title = self.titled(hypothesis);
        let room = self.style.width.saturating_sub(24);
        let score = self.score(hypothesis.score);
        for (place, line) in wrap(&title, room).iter().enumerate() {
            let line = self.style.paint(Ink::Strong, line);
            let lead =
                if place == 0 { format!(" {:>2}  {score}  ", hypothesis.rank) } else { " ".repeat(22) };
            self.line(&format!("{lead}{line}"));
        }
        self.paragraph(hypothesis.why.in_language(self.language), 5);
        self.evidence(&hypothesis.service, &hypothesis.evidence);
        self.against(&hypothesis.against);
        if !hypothesis.not_seen.is_empty() {
            let kinds: Vec<&str> =
                hypothesis.not_seen.iter().map(|&kind| signal_kind(self.language, kind)).collect();
            let label = pad(self.say("not seen", "未见数据"), 9);
            self.faint_paragraph(&format!("{label}{}", kinds.join(self.say(", ", "、"))), 5);
        }
        self.line("");
    }

    fn against(&mut self, said: &[Text]) {
        let room = self.style.width.saturating_sub(14).max(20);
        let sentences = said.iter().take(MOST_AGAINST).map(|said| said.in_language(self.language));
        let lines: Vec<String> = sentences.flat_map(|sentence| wrap(sentence, room)).collect();
        for (place, line) in lines.iter().enumerate() {
            let label = pad(if place == 0 { self.say("against", "反对") } else { "" }, 9);
            let label = self.style.paint(Ink::Danger, &label);
            self.line(&format!("     {label}{line}"));
        }
    }

    fn evidence(&mut self, service: &str, ids: &[EventId]) {
        let events = self.outline.telling(ids, service, MOST_FOR);
        let rest = ids.len().saturating_sub(events.len());
        for (place, event) in events.iter().enumerate() {
            let label = pad(if place == 0 { self.say("for", "支持") } else { "" }, 9);
            let label = self.style.paint(Ink::Good, &label);
            let mark = self.style.paint(Ink::Kind(event.kind), &glyph(event.kind).to_string());
            let time = self.outline.time(event.occurred_at);
            let title = event.title_in(self.language);
            let told = match event.service.as_deref() {
                Some(service) if !title.contains(service) => format!("{service}: {title}"),
                _ => title.to_owned(),
            };
            let told = fit_middle(&told, self.style.width.saturating_sub(20 + self.outline.time_width()));
            self.line(&format!("     {label}{time} {mark} {told}"));
        }
        if rest > 0 {
            let more = match self.language {
                Language::English => format!("{}and {rest} more", " ".repeat(14)),
                Language::Chinese => format!("{}另有 {rest} 个", " ".repeat(14)),
            };
            let more = self.style.paint(Ink::Faint, &more);
            self.line(&more);
        }
    }

    fn patterns(&mut self) {
        let patterns = &self.outline.subject.analysis.findings.patterns;
        if patterns.is_empty() {
            return;
        }
        self.section("Patterns", "模式");
        for pattern in patterns.iter().take(MOST_PATTERNS) {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let title = self.style.paint(Ink::Strong, pattern.title.in_language(self.language));
        let score = self.score(pattern.confidence);
        self.line(&format!("     {score}  {title}"));
        self.faint_paragraph(&pattern.services.join(", "), 5);
        self.paragraph(pattern.why.in_language(self.language), 5);
        let advice = format!("→ {}", pattern.recommendation.in_language(self.language));
        self.paragraph(&advice, 5);
        self.line("");
    }

    fn not_seen(&mut self) {
        let missing = self.outline.missing();
        let skipped = &self.outline.subject.capture.telemetry.skipped;
        if missing.is_empty() && skipped.is_empty() {
            return;
        }
        self.section("Not seen", "未看到的数据");
        if !missing.is_empty() {
            let kinds: Vec<&str> = missing.iter().map(|&kind| signal_kind(self.language, kind)).collect();
            let told = match self.language {
                Language::English => {
                    format!("The capture holds no {}. That is not a sign of health.", kinds.join(", no "))
                }
                Language::Chinese => format!("采集中没有{}。没有数据不等于正常。", kinds.join("、")),
            };
            self.paragraph(&told, 1);
        }
        for (reason, rows) in skipped {
            self.paragraph(&left_out(self.language, *rows, reason), 1);
        }
    }

    fn stats(&mut self) {
        let subject = self.outline.subject;
        let telemetry = &subject.capture.telemetry;
        let samples: usize = telemetry.metrics.iter().map(|series| series.times.len()).sum();
        let (lines, spans) = (telemetry.logs.time.len(), telemetry.spans.start.len());
        let templates = subject.analysis.templates.templates.len();
        let told = match self.language {
            Language::English => format!(
                "{} samples of {} series, {} log lines in {} templates, {} spans, {} · {:.2} s",
                count(samples),
                count(telemetry.metrics.len()),
                count(lines),
                count(templates),
                count(spans),
                events(self.language, subject.analysis.timeline.events.len()),
                subject.elapsed.as_secs_f64(),
            ),
            Language::Chinese => format!(
                "{} 条序列共 {} 个采样，{} 行日志归为 {} 个模板，{} 个跨度，{} · {:.2} 秒",
                count(telemetry.metrics.len()),
                count(samples),
                count(lines),
                count(templates),
                count(spans),
                events(self.language, subject.analysis.timeline.events.len()),
                subject.elapsed.as_secs_f64(),
            ),
        };
        self.line("");
        self.faint_paragraph(&told, 1);
    }

    fn faint_paragraph(&mut self, text: &str, indent: usize) {
        for line in wrap(text, self.style.width.saturating_sub(indent + 1)) {
            let line = self.style.paint(Ink::Faint, &line);
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn paragraph(&mut self, text: &str, indent: usize) {
        for line in wrap(text, self.style.width.saturating_sub(indent + 1).min(100)) {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// `████████░░ 0.82`
    fn score(&self, score: f64) -> String {
        let full = ((score * 10.0).round() as usize).min(10);
        let bar = self.style.paint(Ink::Kind(Kind::Metric), &"█".repeat(full));
        let rest = self.style.paint(Ink::Faint, &"░".repeat(10 - full));
        format!("{bar}{rest} {score:.2}")
    }
}
