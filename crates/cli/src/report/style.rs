//! Colour and width of a terminal. Plain when piped, so that `fupan analyze X | less` and a file stay clean.

use std::io::{IsTerminal, stdout};

use model::event::{Kind, Severity};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns when the output is no terminal.
const PLAIN_WIDTH: usize = 110;
const NARROWEST: usize = 40;
const WIDEST: usize = 132;

#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub width: usize,
    pub colour: bool,
}

/// What a piece of text is, not how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Title,
    Strong,
    Faint,
    Danger,
    Good,
    Kind(Kind),
}

impl Style {
    pub fn of_stdout() -> Self {
        let is_terminal = stdout().is_terminal();
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = if is_terminal { columns.unwrap_or(PLAIN_WIDTH) } else { PLAIN_WIDTH };
        Self { width: width.clamp(NARROWEST, WIDEST), colour: is_terminal && !refused && !dumb }
    }

    pub fn paint(self, ink: Ink, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Title => "1",
            Ink::Strong => "1",
            Ink::Faint => "38;5;245",
            Ink::Danger => "38;5;167",
            Ink::Good => "38;5;72",
            Ink::Kind(Kind::Metric) => "38;5;74",
            Ink::Kind(Kind::Log) => "38;5;71",
            Ink::Kind(Kind::Trace) => "38;5;104",
            Ink::Kind(Kind::UserAction) => "38;5;178",
            Ink::Kind(Kind::SystemEvent) => "38;5;168",
            Ink::Kind(Kind::Note) => "38;5;247",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    pub fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Critical | Severity::Error => self.paint(Ink::Danger, text),
            Severity::Info => self.paint(Ink::Faint, text),
            Severity::Notice | Severity::Warning => text.to_owned(),
        }
    }
}

pub fn width_of(text: &str) -> usize {
    text.width()
}

/// Text that others wrote, on one line and without what a terminal would obey: control characters become pictures of
/// themselves, marks that reverse the direction of writing go. The holes of a log template are left out as a person
/// would.
pub fn printable(text: &str) -> String {
    let shown = text.chars().filter(|letter| !matches!(letter, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let shown = shown.map(|letter| match letter {
        '\n' | '\r' | '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\x7f'..='\u{9f}' => '\u{fffd}',
        letter => letter,
    });
    shown.collect::<String>().replace("<*>", "…")
}

/// At most `width` columns, with an ellipsis where it was cut.
pub fn fit(text: &str, width: usize) -> String {
    let text = printable(text);
    if text.width() <= width {
        return text;
    }
    let mut fitted = String::new();
    let mut used = 0;
    for character in text.chars() {
        let columns = character.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        fitted.push(character);
    }
    fitted.truncate(fitted.trim_end().len());
    fitted.push('…');
    fitted
}

/// At most `width` columns, cut in the middle: names tell themselves apart at their end, and there stand the figures.
pub fn fit_middle(text: &str, width: usize) -> String {
    let text = printable(text);
    if text.width() <= width {
        return text;
    }
    let tail_width = width.saturating_sub(1) / 2;
    let head = fit(&text, width - tail_width);
    let mut used = 0;
    let begin = text.char_indices().rev().take_while(|(_, letter)| {
        used += letter.width().unwrap_or(0);
        used <= tail_width
    });
    let begin = begin.last().map_or(text.len(), |(at, _)| at);
    format!("{head}{}", text[begin..].trim_start())
}

/// A name in exactly `width` columns.
pub fn pad_name(name: &str, width: usize) -> String {
    pad(&fit_middle(name, width), width)
}

/// Exactly `width` columns: cut, or filled with spaces.
pub fn pad(text: &str, width: usize) -> String {
    let mut padded = fit(text, width);
    let missing = width.saturating_sub(padded.width());
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// Lines of at most `width` columns. Breaks at spaces, anywhere between characters of scripts that have none, and in
/// the middle of a word that no line can hold.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = printable(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in pieces(&text).flat_map(|word| chunks(word, width)) {
        let columns = word.width();
        if used > 0 && used + columns > width && !closes(word) {
            lines.push(line.trim_end().to_owned());
            line = String::new();
            used = 0;
        }
        if used == 0 && word.trim().is_empty() {
            continue;
        }
        line.push_str(word);
        used += columns;
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Words, spaces, and single wide characters.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_wide = |character: char| character as u32 >= 0x2e80;
        let end = if is_wide(first) {
            first.len_utf8()
        } else {
            let same =
                |character: char| !is_wide(character) && character.is_whitespace() == first.is_whitespace();
            rest.char_indices().find(|&(_, character)| !same(character)).map_or(rest.len(), |(at, _)| at)
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// A word in parts of at most `width` columns.
fn chunks(word: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut columns = 0;
        let end = rest.char_indices().find(|&(at, letter)| {
            columns += letter.width().unwrap_or(0);
            columns > width.max(2) && at > 0
        });
        let (chunk, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Punctuation that may not begin a line.
fn closes(piece: &str) -> bool {
    matches!(piece, "，" | "。" | "：" | "；" | "、" | "）" | "”" | "》" | "！" | "？")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_count_columns_not_characters() {
        assert_eq!(fit("支付服务超时", 7), "支付服…");
        assert_eq!(pad("支付", 6), "支付  ");
        assert_eq!(width_of(&pad("支付服务超时", 7)), 7);
        assert_eq!(fit_middle("lambda_AWS::Lambda::Function", 13), "lambda…nction");
        assert_eq!(fit_middle("订单履约与库存服务", 9), "订单…服务");
        assert_eq!(fit_middle("short", 9), "short");
    }

    #[test]
    fn lines_break_at_words_and_between_wide_characters() {
        assert_eq!(wrap("orders waits for the lock", 12), ["orders waits", "for the lock"]);
        assert_eq!(wrap("订单服务等待锁，随后超时", 8), ["订单服务", "等待锁，", "随后超时"]);
        assert_eq!(wrap("a very-long-name", 6), ["a", "very-l", "ong-na", "me"]);
    }

    #[test]
    fn what_a_terminal_would_obey_is_only_shown() {
        let evil = "\x1b[31mred\x1b[0m\x07\n\u{9b}2J\u{202e}gnp.exe";
        assert_eq!(printable(evil), "␛[31mred␛[0m␇ \u{fffd}2Jgnp.exe");
        assert_eq!(printable("process <*> waits for <*>"), "process … waits for …");
        for told in [fit(evil, 9), pad(evil, 9), wrap(evil, 9).concat()] {
            assert!(!told.chars().any(char::is_control), "{told:?}");
        }
    }
}
