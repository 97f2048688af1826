//! Colour and width of a terminal. Plain when piped, so that `fupan analyze X | less` and a file stay clean.

use std::io::{IsTerminal, stdout};

use model::event::{Kind, Severity};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns when the output is no terminal.
const PLAIN_WIDTH: usize = 110;
const NARROWEST: usize = 56;
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

/// At most `width` columns, with an ellipsis where it was cut.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
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

/// Exactly `width` columns: cut, or filled with spaces.
pub fn pad(text: &str, width: usize) -> String {
    let mut padded = fit(text, width);
    let missing = width.saturating_sub(padded.width());
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// Lines of at most `width` columns. Breaks at spaces, and anywhere between characters of scripts that have none.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in pieces(text) {
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
    }

    #[test]
    fn lines_break_at_words_and_between_wide_characters() {
        assert_eq!(wrap("orders waits for the lock", 12), ["orders waits", "for the lock"]);
        assert_eq!(wrap("订单服务等待锁，随后超时", 8), ["订单服务", "等待锁，", "随后超时"]);
    }
}
