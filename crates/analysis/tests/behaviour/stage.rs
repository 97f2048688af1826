//! A small stage for captures: what a test says of its system, and nothing else.

use model::event::Kind;
use model::instant::{Instant, Span};
use model::telemetry::{Call, Capture, Happening, Header, Series, SpanStatus, Spans, Telemetry};
use model::template::Templates;

/// Minutes of calm before detection and of trouble after it, one sample each ten seconds.
pub const CALM_S: i64 = 1200;
pub const TROUBLE_S: i64 = 300;
pub const STEP_S: i64 = 10;

pub fn at(second: i64) -> Instant {
    Instant::from_micros((1_790_000_000 + second) * 1_000_000).expect("the stage is in our age")
}

pub struct Stage(Telemetry);

impl Stage {
    pub fn new() -> Self {
        Self(Telemetry { spans: Spans::default(), ..Telemetry::default() })
    }

    /// `value` of each moment in seconds; detection is at 0.
    pub fn metric(self, service: &str, metric: &str, value: impl Fn(i64) -> f64) -> Self {
        self.instance_metric(service, None, metric, value)
    }

    pub fn instance_metric(
        mut self,
        service: &str,
        instance: Option<&str>,
        metric: &str,
        value: impl Fn(i64) -> f64,
    ) -> Self {
        let seconds: Vec<i64> = (-CALM_S..TROUBLE_S).step_by(STEP_S as usize).collect();
        let points =
            seconds.iter().map(|second| (at(*second), value(*second))).filter(|(_, value)| value.is_finite());
        let (times, values) = points.unzip();
        let symbols = &mut self.0.symbols;
        self.0.metrics.push(Series {
            service: symbols.intern(service),
            metric: symbols.intern(metric),
            instance: instance.map(|instance| symbols.intern(instance)),
            labels: None,
            times,
            values,
            rows: (0, 1),
        });
        self
    }

    pub fn call(mut self, caller: &str, callee: &str) -> Self {
        let call = Call { caller: self.0.symbols.intern(caller), callee: self.0.symbols.intern(callee) };
        self.0.calls.push(call);
        self
    }

    /// One request: spans as (position of the parent in the list, service, operation, own time in ms), each after its
    /// parent. Own times add up from callee to caller.
    pub fn request(mut self, second: i64, spans: &[(Option<usize>, &str, &str, i64)]) -> Self {
        let symbols = &mut self.0.symbols;
        let number = self.0.spans.start.len() as u64;
        let trace = symbols.intern(&format!("trace {number}"));
        let mut duration_us: Vec<i64> = spans.iter().map(|(.., own_ms)| own_ms * 1000).collect();
        for place in (0..spans.len()).rev() {
            if let Some(parent) = spans[place].0 {
                duration_us[parent] += duration_us[place];
            }
        }
        let mut next_us = vec![0; spans.len()];
        for (place, (parent, service, operation, _)) in spans.iter().enumerate() {
            let offset_us = parent.map_or(0, |parent| next_us[parent]);
            next_us[place] = offset_us;
            if let Some(parent) = parent {
                next_us[*parent] += duration_us[place];
            }
            let all = &mut self.0.spans;
            all.start.push(at(second).saturating_add(offset_us));
            all.duration_us.push(duration_us[place]);
            all.trace.push(trace);
            all.span.push(number + place as u64);
            all.parent.push(parent.map(|parent| number + parent as u64));
            all.service.push(symbols.intern(service));
            all.instance.push(None);
            all.operation.push(symbols.intern(operation));
            all.status.push(SpanStatus::Unset);
            all.span_kind.push(None);
            all.peer.push(None);
            all.row.push(number + place as u64);
        }
        self
    }

    pub fn action(self, second: i64, event_type: &str, service: &str) -> Self {
        self.titled(second, event_type, service, &format!("{event_type} {service}"))
    }

    pub fn titled(self, second: i64, event_type: &str, service: &str, title: &str) -> Self {
        self.act(second, event_type, service, title, &[])
    }

    pub fn act(
        mut self,
        second: i64,
        event_type: &str,
        service: &str,
        title: &str,
        attributes: &[(&str, &str)],
    ) -> Self {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.0.happenings.push(Happening {
            time: at(second),
            ended_at: None,
            kind: Kind::UserAction,
            event_type: event_type.to_owned(),
            service: Some(service.to_owned()),
            instance: None,
            title: title.to_owned(),
            detail: None,
            severity: None,
            actor: None,
            attributes: attributes.collect(),
            row: self.0.happenings.len() as u64,
        });
        self
    }

    pub fn capture(self) -> Capture {
        let header = Header {
            title: "on stage".to_owned(),
            detected_at: at(0),
            window: Span::new(at(-CALM_S), at(TROUBLE_S)).expect("calm comes before trouble"),
            baseline: None,
            severity: None,
            services: Vec::new(),
            timezone: None,
            entry_service: None,
            started_at: None,
            mitigated_at: None,
            resolved_at: None,
        };
        Capture { header, telemetry: self.0 }
    }
}

/// A little restlessness that is the same in each run.
pub fn noise(second: i64) -> f64 {
    let mixed = (second.wrapping_mul(0x9E37_79B9) ^ (second << 7)).rem_euclid(1000);
    mixed as f64 / 1000.0 - 0.5
}

pub fn no_logs() -> Templates {
    Templates::default()
}
