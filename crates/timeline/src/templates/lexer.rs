//! From one line to tokens: what is certainly a variable, what may be one, and what is a word.
//!
//! Nothing here knows a product or a format. It rests on how programs print values: numbers, hexadecimal, addresses,
//! paths and dates are values wherever they stand; what follows `key=` or `key:` without a space is a value; a word
//! with a few digits in it (`ssh2`, `node-7`) is a value only if the number is seen to change.

mod fold;

/// What a token is, as far as one line can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Letters: part of the message until other lines say otherwise.
    Word,
    /// A word with digits in it: lines that differ only in these digits have the same shape.
    Numbered,
    /// Stands where a value stands, but may be the same in all lines.
    Value,
    /// Certainly a value.
    Variable,
}

/// A piece of a line, with the punctuation and space before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    pub separator: &'a str,
    pub text: &'a str,
    pub class: Class,
}

/// A line as tokens, and what stands after the last.
#[derive(Debug, Default)]
pub struct Tokens<'a> {
    pub tokens: Vec<Token<'a>>,
    pub rest: &'a str,
    /// The line was longer than [`MOST_TOKENS`]; the tail counts as one value.
    pub is_cut: bool,
}

/// Tokens of a line that take part in its template: beyond, a line is data.
pub const MOST_TOKENS: usize = 96;

/// Bytes of a quoted value; a longer one is a text.
const MOST_QUOTED: usize = 80;

const SPACE: u8 = 0;
const SPLIT: u8 = 1;
const JOIN: u8 = 2;
const DIGIT: u8 = 3;
const LETTER: u8 = 4;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [SPLIT; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\t' | b'\n' | b'\r' | b' ' | 0x0b | 0x0c => SPACE,
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..=0xff => LETTER,
            b'-' | b'.' | b'/' | b':' | b'@' | b'\\' | b'+' | b'~' | b'$' | b'#' | b'%' | b'*' | b'&' => JOIN,
            _ => SPLIT,
        };
        byte += 1;
    }
    classes
}

fn class_of(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

/// Cuts a line into tokens.
pub fn lex<'a>(line: &'a str, tokens: &mut Tokens<'a>) {
    tokens.tokens.clear();
    tokens.is_cut = false;
    let mut lexer = Lexer { line, bytes: line.as_bytes(), separator_from: 0, out: &mut tokens.tokens };
    tokens.rest = lexer.run();
    if tokens.tokens.len() >= MOST_TOKENS {
        tokens.is_cut = true;
        tokens.rest = "";
    }
    fold::dates(line, &mut tokens.tokens);
    fold::lists(line, &mut tokens.tokens);
}

/// First byte of a character of the scripts that put no space between words.
fn is_wide(byte: u8) -> bool {
    matches!(byte, 0xe3..=0xed | 0xef | 0xf0)
}

/// `，。：（）【】《》、` and their like: U+3000 to U+303F and U+FF00 to U+FF20, U+FF3B to U+FF40, U+FF5B to U+FF65.
fn is_wide_punctuation(bytes: &[u8]) -> bool {
    match bytes {
        [0xe3, 0x80, ..] => true,
        [0xef, 0xbc, last, ..] => !matches!(last, 0x90..=0x99 | 0xa1..=0xba),
        [0xef, 0xbd, last, ..] => matches!(last, 0x80 | 0x9b..=0xa5),
        _ => false,
    }
}

struct Lexer<'a, 'b> {
    line: &'a str,
    bytes: &'a [u8],
    /// Where the separator before the next token begins.
    separator_from: usize,
    out: &'b mut Vec<Token<'a>>,
}

impl<'a> Lexer<'a, '_> {
    fn run(&mut self) -> &'a str {
        let mut at = 0;
        while at < self.bytes.len() && self.out.len() < MOST_TOKENS {
            let from = at;
            if is_wide(self.bytes[at]) {
                while at < self.bytes.len()
                    && is_wide(self.bytes[at])
                    && !is_wide_punctuation(&self.bytes[at..])
                {
                    at += 3 + usize::from(self.bytes[at] >= 0xf0);
                }
                if from < at {
                    let class = if self.follows_key(from) { Class::Value } else { Class::Word };
                    self.push(from, at, class);
                } else {
                    at += 3;
                }
                continue;
            }
            if class_of(self.bytes[at]) < JOIN {
                if self.is_empty_pair(at) {
                    self.push(at + 1, at + 1, Class::Value);
                }
                at += 1;
                if let Some(length) = self.quoted_value(at) {
                    self.push(at, at + length, Class::Value);
                    at += length;
                }
                continue;
            }
            while at < self.bytes.len() && class_of(self.bytes[at]) >= JOIN && !is_wide(self.bytes[at]) {
                at += 1;
            }
            self.chunk(from, at);
        }
        &self.line[self.separator_from..]
    }

    /// A pair of brackets or quotes that stands alone with nothing in it is a value that was not given.
    fn is_empty_pair(&self, at: usize) -> bool {
        let closer = match self.bytes[at] {
            b'(' => b')',
            b'[' => b']',
            _ => return false,
        };
        let stands_alone = at == 0 || class_of(self.bytes[at - 1]) == SPACE;
        stands_alone && self.bytes.get(at + 1) == Some(&closer)
    }

    /// Length of what stands between quotes directly after `=`. JSON writes its texts so too, but after a colon.
    fn quoted_value(&self, at: usize) -> Option<usize> {
        let before = self.bytes.get(at.checked_sub(2)?..at)?;
        if before != b"=\"" {
            return None;
        }
        self.bytes[at..].iter().take(MOST_QUOTED).position(|&byte| byte == b'"').filter(|&length| length > 0)
    }

    fn push(&mut self, from: usize, to: usize, class: Class) {
        let separator = &self.line[self.separator_from..from];
        self.out.push(Token { separator, text: &self.line[from..to], class });
        self.separator_from = to;
    }

    /// A run of letters, digits and joiners. Joiners at its ends are punctuation, but for signs and leading slashes.
    fn chunk(&mut self, mut from: usize, mut to: usize) {
        while to > from
            && matches!(self.bytes[to - 1], b'.' | b':' | b'-' | b'*' | b'/' | b'&' | b'#' | b'~' | b'\\')
        {
            to -= 1;
        }
        while from < to {
            let signed = matches!(self.bytes[from], b'-' | b'+')
                && self.bytes.get(from + 1).is_some_and(|&next| class_of(next) == DIGIT);
            let strip = match self.bytes[from] {
                b'.' => !matches!(self.bytes[from..to], [b'.', b'/', ..] | [b'.', b'.', b'/', ..]),
                b':' | b'*' | b'&' | b'#' | b'%' => true,
                b'-' | b'+' => !signed,
                _ => false,
            };
            if !strip {
                break;
            }
            from += 1;
        }
        if from < to {
            self.word(from, to);
        }
    }

    fn word(&mut self, from: usize, to: usize) {
        let bytes = &self.bytes[from..to];
        let valued = self.follows_key(from) || self.fills_brackets(from, to);
        let facts = Facts::of(bytes);
        if facts.digits == 0 {
            self.without_digits(from, to, valued);
        } else if let Some(split) = key_before_value(bytes) {
            self.push(from, from + split, Class::Word);
            self.word(from + split + 1, to);
        } else if facts.is_certainly_a_value(bytes) {
            self.push(from, to, Class::Variable);
        } else if valued {
            self.push(from, to, Class::Value);
        } else {
            self.push(from, to, Class::Numbered);
        }
    }

    fn without_digits(&mut self, from: usize, to: usize, valued: bool) {
        let bytes = &self.bytes[from..to];
        let text = &self.line[from..to];
        if is_place(bytes) {
            self.push(from, to, Class::Variable);
        } else if let Some(split) = key_before_value(bytes) {
            self.push(from, from + split, Class::Word);
            self.word(from + split + 1, to);
        } else if is_literal(text) {
            self.push(from, to, Class::Variable);
        } else if valued || bytes[0] == b'/' {
            self.push(from, to, Class::Value);
        } else {
            self.push(from, to, Class::Word);
        }
    }

    /// Directly after `=` or `:`, with or without an opening quote.
    fn follows_key(&self, from: usize) -> bool {
        if self.bytes[self.separator_from..from].ends_with("：".as_bytes()) {
            return true;
        }
        let before = self.bytes[self.separator_from..from].iter().rev();
        let mut before = before.skip_while(|&&byte| matches!(byte, b'"' | b'\'' | b'[' | b'{' | b'('));
        let key = before.next();
        matches!(key, Some(b'=' | b':'))
    }

    /// Alone in brackets that stand alone.
    fn fills_brackets(&self, from: usize, to: usize) -> bool {
        let opens = from >= 1 && matches!(self.bytes[from - 1], b'(' | b'[');
        let closes = self.bytes.get(to).is_some_and(|byte| matches!(byte, b')' | b']'));
        let stands_alone = from == 1 || (from >= 2 && class_of(self.bytes[from - 2]) == SPACE);
        opens && closes && stands_alone
    }
}

/// Counts over one chunk.
struct Facts {
    digits: usize,
    digit_runs: usize,
    letters: usize,
    all_hex: bool,
}

impl Facts {
    fn of(bytes: &[u8]) -> Self {
        let mut facts = Self { digits: 0, digit_runs: 0, letters: 0, all_hex: true };
        let mut in_run = false;
        for &byte in bytes {
            let is_digit = byte.is_ascii_digit();
            if is_digit {
                facts.digits += 1;
                facts.digit_runs += usize::from(!in_run);
            } else if class_of(byte) == LETTER {
                facts.letters += 1;
                facts.all_hex &= byte.is_ascii_hexdigit();
            } else {
                facts.all_hex &= byte == b'-' || byte == b':';
            }
            in_run = is_digit;
        }
        facts
    }

    fn is_certainly_a_value(&self, bytes: &[u8]) -> bool {
        let number_with_unit = bytes[0].is_ascii_digit() || matches!(bytes[0], b'-' | b'+');
        let hexadecimal = self.all_hex && bytes.len() >= 6;
        number_with_unit
            || hexadecimal
            || bytes.starts_with(b"0x")
            || self.letters == 0
            || self.digits >= 5
            || self.digit_runs >= 3
            || self.digits * 2 > bytes.len()
            || bytes.iter().any(|byte| matches!(byte, b'/' | b'\\' | b'@'))
            || is_host_and_port(bytes)
    }
}

/// A URL, an address of a person, a path with more than one step.
fn is_place(bytes: &[u8]) -> bool {
    let is_url = bytes.windows(3).any(|three| three == b"://");
    let at = bytes.iter().position(|&byte| byte == b'@');
    let is_address = at.is_some_and(|at| at > 0 && at + 1 < bytes.len());
    let slashes = bytes.iter().filter(|&&byte| byte == b'/').count();
    let is_path = (bytes[0] == b'/' && slashes >= 2) || bytes.starts_with(b"./") || bytes.starts_with(b"../");
    let is_drive = bytes.len() > 3 && bytes[1] == b':' && bytes[2] == b'\\';
    is_url || is_address || is_path || is_drive
}

/// `name-7:8080`: a name with digits before a port is one value.
fn is_host_and_port(bytes: &[u8]) -> bool {
    let Some(colon) = bytes.iter().rposition(|&byte| byte == b':') else { return false };
    let port = &bytes[colon + 1..];
    !port.is_empty() && port.iter().all(u8::is_ascii_digit)
}

/// Where `key:value` or `name.4711` parts: the place of the colon or full stop.
fn key_before_value(bytes: &[u8]) -> Option<usize> {
    let is_key = |key: &[u8]| {
        key.len() >= 2 && key.iter().all(|&byte| class_of(byte) == LETTER || matches!(byte, b'.' | b'-'))
    };
    if let Some(colon) = bytes.iter().position(|&byte| byte == b':') {
        let value = &bytes[colon + 1..];
        let parts = is_key(&bytes[..colon]) && !value.is_empty() && value[0] != b':' && value[0] != b'/';
        return parts.then_some(colon);
    }
    let stop = bytes.iter().position(|&byte| byte == b'.')?;
    let number = &bytes[stop + 1..];
    let parts = is_key(&bytes[..stop]) && !number.is_empty() && number.iter().all(u8::is_ascii_digit);
    parts.then_some(stop)
}

fn is_literal(text: &str) -> bool {
    matches!(
        text,
        "true" | "false" | "True" | "False" | "TRUE" | "FALSE" | "null" | "NULL" | "nil" | "None" | "NaN"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let mut tokens = Tokens::default();
        lex(line, &mut tokens);
        let mut shown = String::new();
        for token in &tokens.tokens {
            shown.push_str(token.separator);
            match token.class {
                Class::Word => shown.push_str(token.text),
                Class::Numbered => shown.push_str(&format!("#{}#", token.text)),
                Class::Value => shown.push_str(&format!("?{}?", token.text)),
                Class::Variable => shown.push_str("<*>"),
            }
        }
        shown + tokens.rest
    }

    #[test]
    fn values_are_told_by_how_programs_print_them() {
        for (line, expected) in [
            ("took 12 ms for /var/lib/data/x.db.", "took <*> ms for <*>."),
            ("session opened for user root by (uid=0)", "session opened for user root by (uid=<*>)"),
            ("Failed password from 10.0.0.7 port 5022 ssh2", "Failed password from <*> port <*> #ssh2#"),
            ("overlap:true, top:-12.5", "overlap:<*>, top:<*>"),
            ("user=root tty=ssh ruser=", "user=?root? tty=?ssh? ruser="),
            ("connection () at Fri Jul 22 19:29:09 2005", "connection (??) at <*>"),
            ("generating core.2275", "generating core.<*>"),
            ("GET https://shop.example/cart?id=7 200", "GET <*>?id=<*> <*>"),
            ("at 2026-11-12 14:04:50,123 done", "at <*> done"),
            ("workerEnv.init() ok /etc/httpd/conf", "workerEnv.init() ok <*>"),
            ("订单8812支付失败，用户：张三", "订单<*>支付失败，用户：?张三?"),
        ] {
            assert_eq!(shown(line), expected);
        }
    }

    #[test]
    fn separators_and_tokens_are_the_whole_line() {
        for line in ["", "a", " a  b= c:: (x)[y] \"z\" ()...", "订单（8812）", "== -- ::", "\u{feff}x\u{0}y"]
        {
            let mut tokens = Tokens::default();
            lex(line, &mut tokens);
            let mut whole = String::new();
            for token in &tokens.tokens {
                whole.push_str(token.separator);
                whole.push_str(token.text);
            }
            assert_eq!(whole + tokens.rest, line);
        }
    }
}
