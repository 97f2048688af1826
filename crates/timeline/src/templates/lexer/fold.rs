//! Several tokens that are one value: a date written in words, a list of unknown length.

use super::{Class, Token};

/// Values in a row that are told as a list: two may be two fields, three are one of unknown length.
const LIST: usize = 3;

fn is_month(text: &str) -> bool {
    matches!(
        text,
        "Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec"
    )
}

fn is_weekday(text: &str) -> bool {
    matches!(text, "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun")
}

fn is_clock(text: &str) -> bool {
    text.len() >= 5 && text.as_bytes().get(2) == Some(&b':') && text.as_bytes()[0].is_ascii_digit()
}

fn is_calendar_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10 && bytes[4] == bytes[7] && matches!(bytes[4], b'-' | b'/') && bytes[0].is_ascii_digit()
}

/// A date written in several tokens is one value: `Fri Jul 22 19:29:09 2005`, `2005-07-22 19:29:09,123`.
pub fn dates<'a>(line: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some(count) = date_at(tokens, at) {
            fold(line, tokens, at, count);
        }
        at += 1;
    }
}

/// A list of values has any length: `10.0.0.1:50010 10.0.0.2:50010 10.0.0.3:50010` is one value.
pub fn lists<'a>(line: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut at = 0;
    while at + LIST <= tokens.len() {
        let follows =
            |token: &&Token<'_>| token.class == Class::Variable && matches!(token.separator, " " | ", ");
        let count = match tokens[at].class {
            Class::Variable => 1 + tokens[at + 1..].iter().take_while(follows).count(),
            Class::Word | Class::Numbered | Class::Value => 1,
        };
        if count >= LIST {
            fold(line, tokens, at, count);
        }
        at += 1;
    }
}

/// Makes `count` tokens from `at` on one value.
fn fold<'a>(line: &'a str, tokens: &mut Vec<Token<'a>>, at: usize, count: usize) {
    let start = tokens[at].text.as_ptr() as usize - line.as_ptr() as usize;
    let last = tokens[at + count - 1].text;
    let end = last.as_ptr() as usize - line.as_ptr() as usize + last.len();
    tokens[at].text = &line[start..end];
    tokens[at].class = Class::Variable;
    tokens.drain(at + 1..at + count);
}

fn date_at(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let text = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text);
    let is_number =
        |offset: usize| !text(offset).is_empty() && text(offset).bytes().all(|byte| byte.is_ascii_digit());
    if is_calendar_date(text(0)) && is_clock(text(1)) {
        let fraction = is_number(2) && tokens[at + 2].separator == ",";
        return Some(2 + usize::from(fraction));
    }
    let weekday = usize::from(is_weekday(text(0)));
    if !is_month(text(weekday)) || !is_number(weekday + 1) || !is_clock(text(weekday + 2)) {
        return None;
    }
    let is_year = is_number(weekday + 3) && text(weekday + 3).len() == 4;
    Some(weekday + 3 + usize::from(is_year))
}
