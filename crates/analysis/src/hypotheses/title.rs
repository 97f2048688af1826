//! The title of a hypothesis: what is wrong, and after which act, in the words of the evidence. A person would say
//! "disk full after `export_orders`", not "operation".

use model::event::Kind;
use model::finding::SignalKind;
use model::telemetry::Happening;
use model::text::Text;
use model::words::signal_name;

use super::Account;
use crate::evidence::Clue;
use crate::study::Study;
use crate::wording::cut;

const ACT_LETTERS: usize = 48;
const SIGNAL_LETTERS: usize = 48;

pub fn title(study: &Study<'_>, service: &str, account: &Account) -> Text {
    let act = account.change().and_then(|clue| act(study, service, clue));
    let strongest = account.strongest();
    let is_bad_deploy = strongest.is_some_and(|clue| clue.fault.as_deref() == Some("bad_deploy"));
    let said = match (strongest.and_then(what), act) {
        (Some(_), Some(act)) if is_bad_deploy => {
            Text::new(format!("bad {}", act.en), spaced(&[&act.zh, "有问题"]))
        }
        (Some(what), Some(act)) => {
            Text::new(format!("{} after {}", what.en, act.en), spaced(&[&act.zh, "后", &what.zh]))
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return Text::plain(service),
    };
    Text::new(format!("{service}: {}", said.en), format!("{service}：{}", said.zh))
}

/// Chinese and Latin side by side, with the space that belongs between them.
fn spaced(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        if let (Some(left), Some(right)) = (text.chars().next_back(), part.chars().next())
            && left.is_alphanumeric()
            && right.is_alphanumeric()
            && left.is_ascii() != right.is_ascii()
        {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// What someone did, named by its own thing: the version, the setting, the flag, the command.
fn act(study: &Study<'_>, service: &str, clue: &Clue) -> Option<Text> {
    let happening = study.capture.telemetry.happenings.iter().find(|one| {
        one.kind == Kind::UserAction
            && one.service.as_deref() == Some(service)
            && Some(one.time) == clue.onset
    })?;
    let attribute = |name: &str| happening.attributes.get(name).filter(|value| !value.is_empty());
    let quoted = || format!("“{}”", cut(happening.title.trim(), ACT_LETTERS));
    Some(match clue.fault.as_deref()? {
        "bad_deploy" => match attribute("version") {
            Some(version) => Text::new(format!("deploy {version}"), format!("发布 {version}")),
            None => Text::new(format!("deploy {}", quoted()), format!("发布{}", quoted())),
        },
        "config_change" => match setting(happening) {
            Some(setting) => Text::new(format!("config change {setting}"), format!("配置变更 {setting}")),
            None => Text::new(format!("config change {}", quoted()), format!("配置变更{}", quoted())),
        },
        "feature_flag" => {
            let flag = attribute("flag").cloned().unwrap_or_else(quoted);
            Text::new(format!("feature flag {flag}"), format!("功能开关 {flag} 变更"))
        }
        "migration" => Text::new(format!("migration {}", quoted()), format!("数据迁移{}", quoted())),
        _ => match attribute("command") {
            Some(command) if happening.event_type == "command" => {
                let command = cut(command.trim(), ACT_LETTERS);
                Text::new(format!("“{command}”"), format!("执行“{command}”"))
            }
            _ => Text::new(quoted(), quoted()),
        },
    })
}

/// `pool_size 12 → 1`.
fn setting(happening: &Happening) -> Option<String> {
    let attribute = |name: &str| happening.attributes.get(name);
    let setting = attribute("setting").or_else(|| attribute("key"))?;
    Some(match (attribute("before"), attribute("after")) {
        (Some(before), Some(after)) => format!("{setting} {before} → {after}"),
        (None, Some(after)) => format!("{setting} = {after}"),
        _ => setting.clone(),
    })
}

/// What a clue says is wrong, with the name of the thing where the fault alone does not say it.
fn what(clue: &Clue) -> Option<Text> {
    let fault = clue.fault.as_deref()?;
    let signal = clue.signal.as_deref();
    let shown = |signal: &str| cut(&signal_name(signal), SIGNAL_LETTERS);
    match (fault, signal, clue.signal_kind) {
        ("slow", Some(operation), Some(SignalKind::Trace)) => {
            Some(Text::new(format!("{operation} slow"), format!("{operation} 变慢")))
        }
        ("errors", Some(operation), Some(SignalKind::Trace)) => {
            Some(Text::new(format!("{operation} fails"), format!("{operation} 失败")))
        }
        ("saturation" | "disk" | "limit_changed", Some(signal), Some(SignalKind::Metric)) => {
            let (en, zh) = fault_name(fault)?;
            let signal = shown(signal);
            Some(Text::new(format!("{en} ({signal})"), format!("{zh}（{signal}）")))
        }
        _ => {
            fault_name(fault).map(|(en, zh)| Text::new(en, zh)).or_else(|| signal.map(shown).map(Text::plain))
        }
    }
}

fn fault_name(fault: &str) -> Option<(&'static str, &'static str)> {
    Some(match fault {
        "bad_deploy" => ("bad deploy", "发布有问题"),
        "cpu" => ("CPU", "CPU 异常"),
        "idle" => ("does no more work", "停止工作"),
        "memory" => ("memory", "内存异常"),
        "disk" => ("disk", "磁盘异常"),
        "disk_full" => ("disk full", "磁盘已满"),
        "oom_kill" => ("out of memory", "内存耗尽"),
        "network" => ("network", "网络异常"),
        "network_delay" => ("network delay", "网络延迟"),
        "saturation" => ("saturation", "资源饱和"),
        "pool_wait" => ("pool exhausted", "连接池耗尽"),
        "lock_wait" => ("lock contention", "锁竞争"),
        "slow_query" => ("slow query", "慢查询"),
        "errors" => ("errors", "出错"),
        "down" => ("down", "不可用"),
        "exception" => ("exception", "抛出异常"),
        "ends_early" => ("requests end early", "请求提前结束"),
        "other_path" => ("requests take another path", "请求走了其他分支"),
        "slow" => ("slow", "变慢"),
        "timeout" => ("timeouts", "超时"),
        "refused" => ("does not answer", "无响应"),
        "traffic" => ("traffic", "流量变化"),
        "restart" => ("restart", "重启"),
        "crash" => ("crash", "崩溃"),
        "limit_changed" => ("limit changed", "限额变更"),
        "retry" => ("retries", "重试"),
        "throttled" => ("throttled", "触发限流"),
        "dns" => ("name resolution", "域名解析失败"),
        "certificate" => ("certificate", "证书问题"),
        "corrupt" => ("bad data", "数据损坏"),
        "read_only" => ("read-only", "只读"),
        _ => return None,
    })
}
