//! Changes by people: weighed by how shortly before the onset they were made, and by whether the evidence follows.
//!
//! Most incidents follow a change, and most changes cause none. So a change is a reason to look closer, halved with
//! each [`HALF_LIFE_S`] of gap, and never enough alone: the hypotheses multiply it with what else is seen.

use model::event::Kind;
use model::instant::Instant;
use model::text::Text;

use super::{Channel, Clue};
use crate::study::Study;
use crate::wording::length;

const HALF_LIFE_S: f64 = 480.0;
/// Clocks differ, and samples are seconds apart.
const TOLERANCE_S: f64 = 30.0;

/// `onset`: when the incident's first strong sign was seen.
pub fn clues(study: &Study<'_>, onset: Instant) -> Vec<Clue> {
    let mut clues = Vec::new();
    for happening in &study.capture.telemetry.happenings {
        let Some(service) = &happening.service else { continue };
        let (worth, fault) = match happening.event_type.as_str() {
            "deploy" | "release" | "rollout" => (1.5, "bad_deploy"),
            "config_change" | "config" => (1.5, "config_change"),
            "feature_flag" => (1.3, "feature_flag"),
            "migration" => (1.3, "migration"),
            "scale" | "restart" => (0.7, "operation"),
            "command" => (0.8, "operation"),
            _ => continue,
        };
        if happening.kind != Kind::UserAction {
            continue;
        }
        // What was changed after the alarm did not raise it.
        if happening.time > study.frame.detected_at {
            continue;
        }
        let gap_s = onset.since(happening.time) as f64 / 1e6;
        if gap_s < -TOLERANCE_S {
            continue;
        }
        let weight = worth * 0.5_f64.powf(gap_s.max(0.0) / HALF_LIFE_S);
        let (gap_en, gap_zh) = length(onset.since(happening.time).max(0));
        clues.push(Clue {
            channel: Channel::Change,
            service: service.clone(),
            weight,
            signal: None,
            signal_kind: None,
            fault: Some(fault.to_owned()),
            onset: Some(happening.time),
            says: Text::new(
                format!("“{}” {gap_en} before the first sign", happening.title),
                format!("首个异常前 {gap_zh}：“{}”", happening.title),
            ),
        });
    }
    clues
}
