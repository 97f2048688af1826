//! The report as one HTML file that needs nothing else: no script, no font, no network.

mod board;
mod marks;

use std::fmt::Write as _;

use model::finding::{Hypothesis, Pattern};
use model::id::EventId;
use model::incident::ClockName;
use model::text::{Language, Text};

use super::outline::{Outline, Signal};
use super::spark;
use super::words::{clock, count, kind, left_out, length, say, signal_kind};
use crate::analyze::Subject;
use marks::{escape, mark, score};

const STYLE: &str = include_str!("html/report.css");
/// Rows of the list of all events; the rest is in `--json`.
const MOST_ROWS: usize = 2_000;
const MOST_EVIDENCE: usize = 8;

pub fn page(subject: &Subject) -> String {
    let outline = Outline::of(subject);
    let page = Page { outline, language: subject.language };
    let title = escape(&subject.capture.header.title);
    let language = say(subject.language, "en", "zh-CN");
    let body = [
        page.head(),
        page.verdict(),
        page.story(),
        page.hypotheses(),
        page.patterns(),
        page.signals(),
        page.events(),
        page.foot(),
    ]
    .concat();
    format!(
        concat!(
            "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            "<title>{title}</title><style>{style}</style></head><body>{body}</body></html>\n"
        ),
        language = language,
        title = title,
        style = STYLE,
        body = body,
    )
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
        let severity = header.severity.map_or_else(String::new, |severity| {
            let name = severity.as_str();
            format!(r#"<span class="sev {name}">{}</span>"#, name.to_uppercase())
        });
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
        format!(
            r#"<div class="head">{severity}<h1>{}</h1></div>{}<div class="faint">{}</div>"#,
            escape(&header.title),
            self.clocks(),
            escape(&place),
        )
    }

    fn clocks(&self) -> String {
        let mut out = String::from(r#"<ol class="clocks">"#);
        let mut before: Option<model::Instant> = None;
        for &(name, value) in &self.outline.clocks {
            if let Some(before) = before {
                let hurts = if name == ClockName::ResolvedAt { "" } else { " hurts" };
                let gap = length(self.language, value.at.since(before));
                let _ = write!(out, r#"<li class="gap{hurts}">{gap}</li>"#);
            }
            let label = clock(self.language, name);
            let time = self.outline.time(value.at);
            let _ = write!(out, r#"<li class="clock"><span class="faint">{label}</span><b>{time}</b></li>"#);
            before = Some(value.at);
        }
        out + "</ol>"
    }

    fn verdict(&self) -> String {
        let label = self.say("Most likely", "最可能的根因");
        let best = self.outline.hypotheses().next();
        let (told, why) = match best {
            Some(best) => (self.title_of(best), best.why.in_language(self.language).to_owned()),
            None => (
                self.say("Not enough evidence for a cause", "证据不足，无法推断根因").to_owned(),
                String::new(),
            ),
        };
        format!(
            r#"<div class="verdict"><span class="faint">{label}</span><b>{}</b><p>{}</p></div>"#,
            escape(&told),
            escape(&why)
        )
    }

    fn title_of(&self, hypothesis: &Hypothesis) -> String {
        let title = hypothesis.title.in_language(self.language);
        if title.contains(&hypothesis.service) {
            title.to_owned()
        } else {
            format!("{}: {title}", hypothesis.service)
        }
    }

    fn story(&self) -> String {
        let heading = self.say("Timeline", "时间线");
        let rows = self.outline.key_events.iter().map(|event| {
            let why = escape(event.key_reason_in(self.language).unwrap_or(""));
            format!(
                r#"<tr><td class="time">{}</td><td class="kind">{}</td><td class="service">{}</td><td>{}<div class="faint">{why}</div></td></tr>"#,
                self.outline.time(event.occurred_at),
                mark(event.kind, kind(self.language, event.kind)),
                escape(event.service.as_deref().unwrap_or("")),
                escape(event.title_in(self.language)),
            )
        });
        let rows: String = rows.collect();
        format!(
            r#"<h2>{heading}</h2><div class="card board">{}</div><h2>{}</h2><div class="card"><table><tbody>{rows}</tbody></table></div>"#,
            board::draw(&self.outline),
            self.say("Key events", "关键事件"),
        )
    }

    fn hypotheses(&self) -> String {
        if self.outline.hypotheses().next().is_none() {
            return String::new();
        }
        let heading = self.say("Possible causes", "可能的根因");
        let cards: String = self.outline.hypotheses().take(5).map(|one| self.hypothesis(one)).collect();
        format!("<h2>{heading}</h2>{cards}")
    }

    fn hypothesis(&self, hypothesis: &Hypothesis) -> String {
        let not_seen: Vec<&str> =
            hypothesis.not_seen.iter().map(|&kind| signal_kind(self.language, kind)).collect();
        let not_seen = if not_seen.is_empty() {
            String::new()
        } else {
            let label = self.say("Not seen for this service: ", "该服务未见数据：");
            format!(r#"<p class="faint">{label}{}</p>"#, not_seen.join(self.say(", ", "、")))
        };
        format!(
            concat!(
                r#"<article class="card finding"><header><span class="rank">{rank}</span><h3>{title}</h3>{score}</header>"#,
                r#"<p>{why}</p><div class="sides"><div class="for"><h4>{for_label}</h4>{evidence}</div>"#,
                r#"<div class="against"><h4>{against_label}</h4>{against}</div></div>{not_seen}</article>"#
            ),
            rank = hypothesis.rank,
            title = escape(&self.title_of(hypothesis)),
            score = score(hypothesis.score),
            why = escape(hypothesis.why.in_language(self.language)),
            for_label = self.say("For", "支持"),
            evidence = self.evidence(&hypothesis.service, &hypothesis.evidence),
            against_label = self.say("Against", "反对"),
            against = self.against(hypothesis),
            not_seen = not_seen,
        )
    }

    fn against(&self, hypothesis: &Hypothesis) -> String {
        if hypothesis.against.is_empty() {
            return format!(r#"<span class="faint">{}</span>"#, self.say("nothing found", "未发现"));
        }
        let sentence = |text: &Text| format!("<li>{}</li>", escape(text.in_language(self.language)));
        let said: String = hypothesis.against.iter().map(sentence).collect();
        let cited = if hypothesis.counter_evidence.is_empty() {
            String::new()
        } else {
            self.evidence(&hypothesis.service, &hypothesis.counter_evidence)
        };
        format!("<ul>{said}</ul>{cited}")
    }

    fn evidence(&self, service: &str, ids: &[EventId]) -> String {
        let events = self.outline.telling(ids, service, MOST_EVIDENCE);
        if events.is_empty() {
            return format!(r#"<span class="faint">{}</span>"#, self.say("nothing found", "未发现"));
        }
        let rows = events.iter().map(|event| {
            let title = event.title_in(self.language);
            let told = match event.service.as_deref() {
                Some(service) if !title.contains(service) => format!("{service}: {title}"),
                _ => title.to_owned(),
            };
            format!(
                r#"<li>{}<time>{}</time><span>{}</span></li>"#,
                mark(event.kind, kind(self.language, event.kind)),
                self.outline.time(event.occurred_at),
                escape(&told),
            )
        });
        format!(r#"<ul class="events">{}</ul>"#, rows.collect::<String>())
    }

    fn patterns(&self) -> String {
        let patterns = &self.outline.subject.analysis.findings.patterns;
        if patterns.is_empty() {
            return String::new();
        }
        let cards: String = patterns.iter().take(6).map(|one| self.pattern(one)).collect();
        format!("<h2>{}</h2>{cards}", self.say("Patterns", "模式"))
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        format!(
            concat!(
                r#"<article class="card finding"><header><h3>{title}</h3><span class="faint">{services}</span>{score}"#,
                r#"</header><p>{why}</p>{evidence}<p class="advice">{advice}</p></article>"#
            ),
            title = escape(pattern.title.in_language(self.language)),
            services = escape(&pattern.services.join(", ")),
            score = score(pattern.confidence),
            why = escape(pattern.why.in_language(self.language)),
            evidence = self.evidence(pattern.services.first().map_or("", String::as_str), &pattern.evidence),
            advice = escape(pattern.recommendation.in_language(self.language)),
        )
    }

    fn signals(&self) -> String {
        if self.outline.signals.is_empty() {
            return String::new();
        }
        let rows: String = self.outline.signals.iter().map(|signal| self.signal(signal)).collect();
        format!(
            r#"<h2>{}</h2><div class="card"><table><tbody>{rows}</tbody></table></div>"#,
            self.say("Strongest signals", "最强的异常信号"),
        )
    }

    fn signal(&self, signal: &Signal<'_>) -> String {
        let bins = spark::bins(&signal.series.times, &signal.series.values, self.outline.window(), 90);
        let path = board::Scale::within(&bins, 0.0, 28.0).path_over(&bins, 0.0, 180.0);
        let anomaly = signal.anomaly;
        format!(
            concat!(
                r#"<tr><td class="wide"><svg class="mini" viewBox="0 0 180 28" aria-hidden="true"><path class="curve" d="{path}"/></svg></td>"#,
                r#"<td class="service">{service}</td><td>{title}<div class="faint">{why}</div></td><td class="time">{start}–{end}</td>"#,
                r#"<td class="number">{score}</td></tr>"#
            ),
            path = path,
            service = escape(&anomaly.service),
            title = escape(anomaly.title.in_language(self.language)),
            why = escape(anomaly.why.in_language(self.language)),
            start = self.outline.time(anomaly.start),
            end = self.outline.time(anomaly.end),
            score = score(anomaly.score),
        )
    }

    fn events(&self) -> String {
        let events = &self.outline.subject.analysis.timeline.events;
        let rows = events.iter().take(MOST_ROWS).map(|event| {
            format!(
                r#"<tr{}><td class="time">{}</td><td class="kind">{}</td><td class="service">{}</td><td>{}</td></tr>"#,
                if event.key { r#" class="key""# } else { "" },
                self.outline.time(event.occurred_at),
                mark(event.kind, kind(self.language, event.kind)),
                escape(event.service.as_deref().unwrap_or("")),
                escape(event.title_in(self.language)),
            )
        });
        let rows: String = rows.collect();
        let heading = match self.language {
            Language::English => format!("All {} events", count(events.len())),
            Language::Chinese => format!("全部 {} 个事件", count(events.len())),
        };
        format!(
            r#"<h2></h2><details class="card"><summary>{heading}</summary><table><tbody>{rows}</tbody></table></details>"#
        )
    }

    fn foot(&self) -> String {
        let subject = self.outline.subject;
        let telemetry = &subject.capture.telemetry;
        let samples: usize = telemetry.metrics.iter().map(|series| series.times.len()).sum();
        let mut out = String::from("<footer>");
        let missing = self.outline.missing();
        if !missing.is_empty() {
            let kinds: Vec<&str> = missing.iter().map(|&kind| signal_kind(self.language, kind)).collect();
            let told = match self.language {
                Language::English => {
                    format!("The capture holds no {}. That is not a sign of health.", kinds.join(", no "))
                }
                Language::Chinese => format!("采集中没有{}。没有数据不等于正常。", kinds.join("、")),
            };
            let _ = write!(out, "<p>{told}</p>");
        }
        for (reason, rows) in &telemetry.skipped {
            let _ = write!(out, "<p>{}</p>", escape(&left_out(self.language, *rows, reason)));
        }
        let numbers = [
            telemetry.logs.time.len(),
            subject.analysis.templates.templates.len(),
            telemetry.spans.start.len(),
        ];
        let [lines, templates, spans] = numbers.map(count);
        let (samples, series) = (count(samples), count(telemetry.metrics.len()));
        let told = match self.language {
            Language::English => format!(
                "Computed from {samples} samples of {series} series, {lines} log lines in {templates} templates and {spans} spans by Fupan {}.",
                env!("CARGO_PKG_VERSION")
            ),
            Language::Chinese => format!(
                "由 Fupan {} 计算：{series} 条序列共 {samples} 个采样，{lines} 行日志归为 {templates} 个模板，{spans} 个跨度。",
                env!("CARGO_PKG_VERSION")
            ),
        };
        let _ = write!(out, "<p>{told}</p></footer>");
        out
    }
}
