//! The title and the one sentence of an anomaly.

use model::finding::SignalKind;
use model::text::Text;
use model::words::signal_name;

use super::Candidate;
use crate::series::Series;
use crate::wording::{amount, change, cut, length, list};

const TITLE_LETTERS: usize = 90;

pub fn title(series: &Series, one: &Candidate) -> Text {
    let unit = series.unit.as_deref();
    let peak = series.values[one.peak];
    let lines: f64 = series.values[one.first..=one.last].iter().sum();
    let lines = amount(lines, None);
    let signal = cut(&signal_name(&series.signal), TITLE_LETTERS);
    let usual = one.band.map(|band| if peak > band.high { band.high } else { band.low });
    match (series.kind, one.anomaly_type.as_str()) {
        (_, "absence") => Text::new(format!("{signal}: no more samples"), format!("{signal}：不再上报")),
        (SignalKind::Log, "vanished") => {
            Text::new(format!("“{signal}” is no longer logged"), format!("日志“{signal}”不再出现"))
        }
        (SignalKind::Log, "new") => {
            Text::new(format!("new: “{signal}”, {lines} ×"), format!("新出现：“{signal}”，{lines} 次"))
        }
        (SignalKind::Log, _) => {
            Text::new(format!("“{signal}”, {lines} ×"), format!("“{signal}”，{lines} 次"))
        }
        (_, "restart") => Text::new("restarted", "已重启"),
        _ => match usual {
            Some(usual) => Text::plain(format!("{signal} {}", change(usual, peak, unit))),
            None => Text::plain(format!("{signal} {}", amount(peak, unit))),
        },
    }
}

pub fn why(catalogue: &[Series], one: &Candidate) -> Text {
    let mut text = alone(&catalogue[one.series], one);
    let mut others: Vec<&str> = Vec::new();
    for other in one.alike.iter().map(|other| &catalogue[*other]) {
        let is_new = other.signal != catalogue[one.series].signal && !others.contains(&other.signal.as_str());
        if is_new {
            others.push(&other.signal);
        }
    }
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|name| cut(&signal_name(name), 60)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (en, zh) = list(&names, 3);
        text.en = format!("{} Likewise {en}.", text.en);
        text.zh = format!("{}{zh} 同样如此。", text.zh);
    }
    text
}

fn alone(series: &Series, one: &Candidate) -> Text {
    let unit = series.unit.as_deref();
    let peak = amount(series.values[one.peak], unit);
    let micros = series.times[one.last].since(series.times[one.first]);
    let (for_en, for_zh) = length(micros);
    let (for_en, for_zh) = if micros == 0 {
        ("once".to_owned(), "出现一次".to_owned())
    } else {
        (format!("for {for_en}"), format!("持续 {for_zh}"))
    };
    let rule = one.says.as_ref();
    if one.anomaly_type == "absence" {
        return Text::new(
            format!("Reported at a steady pace before, then {} samples are missing.", one.outside),
            format!("此前按固定间隔上报，随后缺失 {} 个点。", one.outside),
        );
    }
    if one.anomaly_type == "restart" {
        return Text::new("Its uptime begins anew.", "运行时间重新计起。");
    }
    let mut text = match (series.kind, one.band) {
        (SignalKind::Log, _) if one.anomaly_type == "vanished" => Text::new(
            format!("Logged regularly before, then not at all {for_en}."),
            format!("此前规律出现，随后消失，{for_zh}。"),
        ),
        (SignalKind::Log, Some(band)) if band.high <= 0.0 => {
            Text::new(format!("Never logged before, now {for_en}."), format!("此前从未出现，本次{for_zh}。"))
        }
        (_, Some(band)) => {
            let (low, high) = (amount(band.low, unit), amount(band.high, unit));
            let (usual_en, usual_zh) = if low == high {
                (format!("Normally {low}"), format!("平时为 {low}"))
            } else {
                (format!("Normally {low} to {high}"), format!("平时在 {low} 到 {high} 之间"))
            };
            Text::new(
                format!("{usual_en}; {for_en} outside, farthest {peak}."),
                format!("{usual_zh}；越界{for_zh}，最远 {peak}。"),
            )
        }
        (_, None) => Text::new(format!("At {peak} {for_en}."), format!("为 {peak}，{for_zh}。")),
    };
    if let Some(rule) = rule {
        text.en = format!("{} Rule: {}.", text.en, rule.en);
        text.zh = format!("{}规则：{}。", text.zh, rule.zh);
    }
    text
}
