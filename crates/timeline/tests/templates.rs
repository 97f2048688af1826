//! What must hold of mined templates, whatever the log.

use model::instant::Instant;
use model::telemetry::{Logs, Symbols};
use proptest::prelude::*;
use timeline::templates::{Miner, mine};

fn logs(lines: &[String]) -> Logs {
    let service = Symbols::default().intern("shop");
    let mut logs = Logs::default();
    for (row, line) in lines.iter().enumerate() {
        logs.time.push(Instant::EPOCH);
        logs.service.push(service);
        logs.instance.push(None);
        logs.level.push(None);
        logs.message.push(line);
        logs.trace.push(None);
        logs.span.push(None);
        logs.row.push(row as u64);
    }
    logs
}

fn templates_of(lines: &[&str]) -> Vec<String> {
    let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
    mine(&logs(&lines)).templates.into_iter().map(|template| template.text).collect()
}

/// Whether the words of a template stand in the line, in order.
fn matches(template: &str, line: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (template, line) = (squeezed(template), squeezed(line));
    let mut from = 0;
    template.split("<*>").all(|constant| match line[from..].find(constant.trim()) {
        Some(at) => {
            from += at + constant.trim().len();
            true
        }
        None => false,
    })
}

#[test]
fn values_become_variables_and_words_stay() {
    assert_eq!(
        templates_of(&[
            "GET /api/orders/77 took 12 ms",
            "GET /api/orders/9 took 1034 ms",
            "connection pool exhausted",
            "订单 8812 支付失败：余额不足",
            "订单 77 支付失败：余额不足",
            "cache warmed",
        ]),
        ["GET <*> took <*> ms", "connection pool exhausted", "订单 <*> 支付失败：余额不足", "cache warmed"]
    );
}

#[test]
fn a_word_that_changes_after_a_cue_is_a_variable_in_both_languages() {
    let names = ["alice", "bob", "carol", "dave", "erin"];
    let english: Vec<String> =
        names.iter().map(|name| format!("session opened for user {name} on tty")).collect();
    let chinese: Vec<String> = names.iter().map(|name| format!("用户 {name} 登录成功")).collect();
    let mined = mine(&logs(&[english, chinese].concat()));
    let texts: Vec<&str> = mined.templates.iter().map(|template| template.text.as_str()).collect();
    assert_eq!(texts, ["session opened for user <*> on tty", "用户 <*> 登录成功"]);
}

#[test]
fn different_messages_of_one_word_stay_apart() {
    let lines = ["started", "stopped", "paused", "resumed", "failed", "retrying", "done", "waiting", "ready"];
    assert_eq!(templates_of(&lines), lines);
}

#[test]
fn memory_stays_flat_when_every_line_has_new_words() {
    let mut miner = Miner::default();
    for number in 0..60_000_u32 {
        let word: String = (0..6)
            .map(|place| char::from(b'a' + (number.wrapping_mul(2_654_435_761) >> (place * 4)) as u8 % 26))
            .collect();
        miner.add(&format!("session opened for user {word} at once"));
    }
    assert_eq!(miner.finish().texts, ["session opened for user <*> at once"]);
}

proptest! {
    #[test]
    fn every_line_has_a_template_that_matches_it(lines in prop::collection::vec("[a-d=:()\\[\\] .0-3订单失败，\"]{0,24}", 0..60)) {
        let mined = mine(&logs(&lines));
        prop_assert_eq!(mined.of_line.len(), lines.len());
        let counted: u64 = mined.templates.iter().map(|template| template.count).sum();
        prop_assert_eq!(counted, lines.len() as u64);
        for (line, &template) in lines.iter().zip(&mined.of_line) {
            let text = &mined.templates[template as usize].text;
            prop_assert!(matches(text, line), "{:?} does not match {:?}", text, line);
        }
        prop_assert_eq!(mine(&logs(&lines)), mined);
    }

    #[test]
    fn no_text_makes_it_panic(lines in prop::collection::vec(any::<String>(), 0..30)) {
        prop_assert_eq!(mine(&logs(&lines)).of_line.len(), lines.len());
    }
}
