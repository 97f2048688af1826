//! The report as Markdown, to be pasted into a wiki or kept beside the code.

use std::fmt::Write as _;

use model::event::Event;
use model::finding::Hypothesis;
use model::id::EventId;
use model::text::Language;

use super::outline::Outline;
use super::style::printable;
use super::words::{clock, kind, left_out, length, more_events, say, signal_kind};
use crate::analyze::Subject;

const MOST_EVIDENCE: usize = 8;

pub fn text(subject: &Subject) -> String {
    let page = Page { outline: Outline::of(subject), language: subject.language };
    let sections =
        [page.head(), page.story(), page.hypotheses(), page.patterns(), page.signals(), page.missing()];
    let told: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    told.join("\n")
}

struct Page<'a> {
    outline: Outline<'a>,
    language: Language,
}

impl Page<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        say(self.language, en, zh)
    }

    fn head(&self) -> String {
        let header = &self.outline.subject.capture.header;
        let mut text = format!("# {}\n\n", escape(&header.title));
        let window = self.outline.window();
        let mut facts: Vec<(&str, String)> = vec![(
            self.say("evidence", "证据时段"),
            format!(
                "{} {}–{}, {}",
                self.outline.date(window.start),
                self.outline.time(window.start),
                self.outline.time(window.end),
                self.outline.zone_name()
            ),
        )];
        if let Some(severity) = header.severity {
            facts.push((self.say("severity", "级别"), severity.as_str().to_uppercase()));
        }
        let clocks = &self.outline.clocks;
        for (place, (name, value)) in clocks.iter().enumerate() {
            let gap = place.checked_sub(1).and_then(|before| clocks.get(before));
            let gap = gap.map(|(_, before)| length(self.language, value.at.since(before.at)));
            let after = gap.map_or_else(String::new, |gap| format!(" (+{gap})"));
            facts.push((clock(self.language, *name), format!("{}{after}", self.outline.time(value.at))));
        }
        for (label, fact) in facts {
            let _ = writeln!(text, "- {label}: {}", escape(&fact));
        }
        let best = self.outline.hypotheses().next();
        let told = match best {
            Some(best) => format!("{} ({:.2})", escape(&self.titled(best)), best.score),
            None => self.say("not enough evidence for a cause", "证据不足，无法推断根因").to_owned(),
        };
        let _ = writeln!(text, "\n**{}: {told}**", self.say("Most likely", "最可能的根因"));
        text
    }

    fn titled(&self, hypothesis: &Hypothesis) -> String {
        let title = hypothesis.title.in_language(self.language);
        match title.contains(&hypothesis.service) {
            true => title.to_owned(),
            false => format!("{}: {title}", hypothesis.service),
        }
    }

    fn story(&self) -> String {
        let mut text = format!(
            "## {}\n\n| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n",
            self.say("Timeline", "时间线"),
            self.say("time", "时间"),
            self.say("kind", "类型"),
            self.say("service", "服务"),
            self.say("what", "事件"),
        );
        for event in &self.outline.key_events {
            let why = event.key_reason_in(self.language);
            let why = why.map_or_else(String::new, |why| format!(" ({})", escape(why)));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {}{why} |",
                self.outline.time(event.occurred_at),
                kind(self.language, event.kind),
                escape(event.service.as_deref().unwrap_or("")),
                escape(event.title_in(self.language)),
            );
        }
        let rest = self.outline.subject.analysis.timeline.events.len() - self.outline.key_events.len();
        if rest > 0 {
            let more = more_events(self.language, rest);
            let _ = writeln!(text, "\n… {more}{}", self.say(".", "。"));
        }
        text
    }

    fn hypotheses(&self) -> String {
        let mut text = String::new();
        for hypothesis in self.outline.hypotheses() {
            let title = escape(&self.titled(hypothesis));
            let _ = writeln!(text, "\n### {}. {title} ({:.2})\n", hypothesis.rank, hypothesis.score);
            let _ = writeln!(text, "{}\n", escape(hypothesis.why.in_language(self.language)));
            let service = hypothesis.service.as_str();
            text += &self.evidence(self.say("for", "支持"), service, &hypothesis.evidence);
            for said in &hypothesis.against {
                let said = escape(said.in_language(self.language));
                let _ = writeln!(text, "- {}: {said}", self.say("against", "反对"));
            }
            if !hypothesis.not_seen.is_empty() {
                let kinds = hypothesis.not_seen.iter().map(|&kind| signal_kind(self.language, kind));
                let kinds: Vec<&str> = kinds.collect();
                let _ = writeln!(
                    text,
                    "- {}: {}",
                    self.say("not seen", "未见数据"),
                    kinds.join(self.say(", ", "、"))
                );
            }
        }
        self.section("Possible causes", "可能的根因", &text)
    }

    fn evidence(&self, label: &str, service: &str, ids: &[EventId]) -> String {
        let mut text = String::new();
        for event in self.outline.telling(ids, service, MOST_EVIDENCE) {
            let _ = writeln!(text, "- {label}: {}", self.told(event));
        }
        text
    }

    fn told(&self, event: &Event) -> String {
        let (time, title) = (self.outline.time(event.occurred_at), event.title_in(self.language));
        match event.service.as_deref() {
            Some(service) if !title.contains(service) => {
                format!("{time} {}: {}", escape(service), escape(title))
            }
            _ => format!("{time} {}", escape(title)),
        }
    }

    fn patterns(&self) -> String {
        let mut text = String::new();
        for pattern in &self.outline.subject.analysis.findings.patterns {
            let title = escape(pattern.title.in_language(self.language));
            let services = escape(&pattern.services.join(", "));
            let _ = writeln!(text, "\n### {title} ({:.2})\n\n{services}\n", pattern.confidence);
            let _ = writeln!(text, "{}\n", escape(pattern.why.in_language(self.language)));
            let _ = writeln!(text, "→ {}", escape(pattern.recommendation.in_language(self.language)));
        }
        self.section("Patterns", "模式", &text)
    }

    fn signals(&self) -> String {
        let mut text = String::new();
        for signal in &self.outline.signals {
            let anomaly = signal.anomaly;
            let title = escape(anomaly.title.in_language(self.language));
            let (from, to) = (self.outline.time(anomaly.start), self.outline.time(anomaly.end));
            let service = escape(&anomaly.service);
            let _ = writeln!(text, "- {service}: {title}, {from}–{to} ({:.2})", anomaly.score);
        }
        self.section("Signals", "异常信号", &text)
    }

    fn missing(&self) -> String {
        let kinds = self.outline.missing().into_iter().map(|kind| signal_kind(self.language, kind));
        let mut text: String = kinds.map(|kind| format!("- {kind}\n")).collect();
        for (reason, rows) in &self.outline.subject.capture.telemetry.skipped {
            let _ = writeln!(text, "- {}", escape(&left_out(self.language, *rows, reason)));
        }
        self.section("Not seen", "未看到的数据", &text)
    }

    fn section(&self, en: &'static str, zh: &'static str, text: &str) -> String {
        let text = text.trim_start_matches('\n');
        if text.is_empty() { String::new() } else { format!("## {}\n\n{text}", self.say(en, zh)) }
    }
}

/// Text as it is: nothing in it becomes a heading, a link, a table or HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '&' => escaped.push_str("&amp;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(escape("a|b\n<img> [x](y) *z*\x1b"), r"a\|b \<img\> \[x\](y) \*z\*␛");
    }
}
