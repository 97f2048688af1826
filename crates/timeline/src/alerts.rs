//! An alert is one thing with a beginning and an end: what fires and what is resolved later are told as one where they
//! have the same identity. Both stay events of their own, since the end is a moment that people look for and each rests
//! on its own row; the first that fires knows when it was over, and neither is told as what led to the other.

use std::collections::HashMap;

use crate::draft::{Draft, Role};

/// Attributes that tell alerts of one name apart, where the source gave no fingerprint.
const LABELS: &[&str] =
    &["pod", "container", "container_id", "host", "node", "device", "mountpoint", "queue", "job"];
/// Words by which sources say whether an alert fires; the rest of a title names it.
const STATES: &[&str] = &["alert", "firing", "triggered", "resolved", "recovered", "ok", "closed"];
const STATES_ZH: &[&str] = &["告警恢复", "告警解除", "已恢复", "告警", "恢复"];

/// Numbers the alerts and tells each when it was over. `drafts` are in the order of time.
pub fn join(drafts: &mut [Draft]) {
    let mut numbers: HashMap<Vec<String>, u32> = HashMap::new();
    let mut firing: HashMap<u32, usize> = HashMap::new();
    for place in 0..drafts.len() {
        if !matches!(drafts[place].role, Role::Alert | Role::AlertEnd) {
            continue;
        }
        let next = numbers.len() as u32;
        let number = *numbers.entry(identity(&drafts[place])).or_insert(next);
        drafts[place].alert = Some(number);
        if drafts[place].role == Role::Alert {
            firing.entry(number).or_insert(place);
        } else if let Some(first) = firing.remove(&number) {
            let over = drafts[place].event.occurred_at;
            let event = &mut drafts[first].event;
            event.ended_at = event.ended_at.or(Some(over).filter(|&over| over > event.occurred_at));
        }
    }
}

/// What firing and end of one alert have in common.
fn identity(draft: &Draft) -> Vec<String> {
    let event = &draft.event;
    let attribute = |name: &&str| event.attributes.get(*name).cloned();
    let service = event.service.clone().unwrap_or_default();
    if let Some(fingerprint) = attribute(&"fingerprint") {
        return vec![service, fingerprint];
    }
    let name = attribute(&"alertname").unwrap_or_else(|| name_in(&event.title));
    let mut identity = vec![service, name, event.instance.clone().unwrap_or_default()];
    identity.extend(LABELS.iter().map(|label| attribute(label).unwrap_or_default()));
    identity
}

/// The words of a title without those that say a state, and without measured values.
fn name_in(title: &str) -> String {
    let mut title = title.to_lowercase();
    for state in STATES_ZH {
        title = title.replace(state, " ");
    }
    let words = title.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '_' | '-'));
    let says = |word: &&str| {
        !word.is_empty() && !STATES.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit())
    };
    words.filter(says).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_same_alert_whatever_its_state_and_value() {
        assert_eq!(
            name_in("[FIRING:1] High latency on pod-7: 2.8s"),
            name_in("[RESOLVED] High latency on pod-7: 0.3s")
        );
        assert_eq!(name_in("告警：订单延迟 4.2 秒"), name_in("告警恢复：订单延迟 0.1 秒"));
        assert_ne!(name_in("High latency on pod-7"), name_in("High latency on pod-8"));
    }
}
