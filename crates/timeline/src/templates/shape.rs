//! A shape: all lines with the same words in the same places. Many lines, few shapes; shapes become templates.

use super::lexer::{Class, Token, Tokens};

/// What stands at one place of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Word(Box<str>),
    /// A word whose digits may differ.
    Numbered {
        first: Box<str>,
        varies: bool,
    },
    /// A value; `first` is shown as long as no line has another.
    Slot {
        first: Box<str>,
        varies: bool,
    },
    /// A place where shapes differed: any word or value.
    Merged,
}

impl Content {
    /// The text that all lines have here, if they do.
    pub fn constant(&self) -> Option<&str> {
        match self {
            Self::Word(text) => Some(text),
            Self::Numbered { first, varies: false } | Self::Slot { first, varies: false } => Some(first),
            Self::Numbered { .. } | Self::Slot { .. } | Self::Merged => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Punctuation and space before it, runs of space as one.
    pub separator: Box<str>,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub parts: Vec<Part>,
    pub rest: Box<str>,
    pub count: u64,
    /// Places of slots in which every line so far had the same text.
    open: Vec<u16>,
}

impl Shape {
    pub fn of(tokens: &Tokens<'_>) -> Self {
        let mut parts: Vec<Part> = tokens.tokens.iter().map(Part::of).collect();
        if tokens.is_cut {
            parts.push(Part { separator: " ".into(), content: Content::Merged });
        }
        let mut shape = Self { parts, rest: squeezed(tokens.rest), count: 0, open: Vec::new() };
        shape.find_open();
        shape
    }

    fn find_open(&mut self) {
        let is_open = |part: &Part| {
            matches!(
                part.content,
                Content::Slot { varies: false, .. } | Content::Numbered { varies: false, .. }
            )
        };
        let places = self.parts.iter().enumerate().filter(|(_, part)| is_open(part));
        self.open = places.map(|(place, _)| place as u16).collect();
    }

    /// Takes in a line of this shape: slots that now differ become variables.
    pub fn take(&mut self, tokens: &Tokens<'_>) {
        self.count += 1;
        if self.open.is_empty() {
            return;
        }
        let parts = &mut self.parts;
        self.open.retain(|&place| {
            let (Some(part), Some(token)) =
                (parts.get_mut(usize::from(place)), tokens.tokens.get(usize::from(place)))
            else {
                return true;
            };
            match &mut part.content {
                Content::Slot { first, varies } | Content::Numbered { first, varies } => {
                    *varies = first.as_ref() != token.text;
                    !*varies
                }
                Content::Word(_) | Content::Merged => false,
            }
        });
    }

    /// Takes in another shape with as many parts that becomes one with this: what differs becomes a variable.
    pub fn absorb(&mut self, other: &Self) {
        self.count += other.count;
        for (part, theirs) in self.parts.iter_mut().zip(&other.parts) {
            let same =
                part.content.constant().is_some() && part.content.constant() == theirs.content.constant();
            if same {
                continue;
            }
            match &mut part.content {
                Content::Numbered { varies, .. } | Content::Slot { varies, .. } => *varies = true,
                Content::Merged => {}
                Content::Word(_) => part.content = Content::Merged,
            }
        }
        self.find_open();
    }

    /// Whether a line belongs here although its words were not seen together before.
    pub fn accepts(&self, tokens: &Tokens<'_>) -> bool {
        self.parts.len() == tokens.tokens.len()
            && same_but_for_space(&self.rest, tokens.rest)
            && self.parts.iter().zip(&tokens.tokens).all(|(part, token)| part.accepts(token))
    }

    pub fn is_merged(&self) -> bool {
        self.parts.iter().any(|part| part.content == Content::Merged)
    }

    /// With `<*>` where lines differ.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(&part.separator);
            text.push_str(part.content.constant().unwrap_or("<*>"));
        }
        text.push_str(&self.rest);
        text.trim().to_owned()
    }
}

impl Part {
    fn of(token: &Token<'_>) -> Self {
        let content = match token.class {
            Class::Word => Content::Word(token.text.into()),
            Class::Numbered => Content::Numbered { first: token.text.into(), varies: false },
            Class::Value => Content::Slot { first: token.text.into(), varies: false },
            Class::Variable => Content::Slot { first: "".into(), varies: true },
        };
        Self { separator: squeezed(token.separator), content }
    }

    fn accepts(&self, token: &Token<'_>) -> bool {
        if !same_but_for_space(&self.separator, token.separator) {
            return false;
        }
        match (&self.content, token.class) {
            (Content::Word(word), Class::Word) => word.as_ref() == token.text,
            (Content::Numbered { first, .. }, Class::Numbered) => masked(first).eq(masked(token.text)),
            (Content::Slot { .. }, Class::Value | Class::Variable) | (Content::Merged, _) => true,
            (Content::Word(_) | Content::Numbered { .. } | Content::Slot { .. }, _) => false,
        }
    }
}

/// Runs of space as one space.
pub fn squeezed(text: &str) -> Box<str> {
    let mut squeezed = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            squeezed.push(character);
        } else if !squeezed.ends_with(' ') {
            squeezed.push(' ');
        }
    }
    squeezed.into()
}

fn same_but_for_space(squeezed: &str, text: &str) -> bool {
    squeezed == text || squeezed == self::squeezed(text).as_ref()
}

/// The bytes of a word with each run of digits as one `#`.
fn masked(text: &str) -> impl Iterator<Item = u8> + '_ {
    let mut in_digits = false;
    text.bytes().filter_map(move |byte| {
        let is_digit = byte.is_ascii_digit();
        let repeats = is_digit && in_digits;
        in_digits = is_digit;
        (!repeats).then_some(if is_digit { b'#' } else { byte })
    })
}

/// The identity of a line's shape. Two shapes with the same number would be told as one; with 64 bits and thousands
/// of shapes that does not happen by chance, and by intent it harms only who does it.
pub fn number_of(tokens: &Tokens<'_>) -> u64 {
    let mut number = Number::new();
    for token in &tokens.tokens {
        number.separator(token.separator);
        match token.class {
            Class::Word => number.bytes(token.text.as_bytes()),
            Class::Numbered => {
                number.mix(2);
                for byte in masked(token.text) {
                    number.mix(u64::from(byte));
                }
            }
            Class::Value | Class::Variable => number.mix(1),
        }
    }
    number.separator(tokens.rest);
    number.finish()
}

/// What lines of one template have in common whatever their words: the separators.
pub fn frame_of<'a>(separators: impl Iterator<Item = &'a str>, rest: &str) -> u64 {
    let mut number = Number::new();
    for separator in separators {
        number.separator(separator);
    }
    number.separator(rest);
    number.finish()
}

/// A multiply-and-rotate hash over words of eight bytes, the same on every machine.
pub struct Number(u64);

impl Number {
    pub fn new() -> Self {
        Self(0x51_7c_c1_b7_27_22_0a_95)
    }

    pub fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        let mut word = [0; 8];
        let tail = chunks.remainder();
        word[..tail.len()].copy_from_slice(tail);
        self.mix(u64::from_le_bytes(word) ^ (bytes.len() as u64) << 56);
    }

    /// As [`Number::bytes`], with runs of space as one space.
    pub fn separator(&mut self, separator: &str) {
        let bytes = separator.as_bytes();
        if bytes == b" " {
            self.mix(3);
            return;
        }
        if bytes.windows(2).any(|pair| pair[0].is_ascii_whitespace() && pair[1].is_ascii_whitespace())
            || bytes.iter().any(|byte| matches!(byte, b'\t' | b'\r' | b'\n'))
        {
            let squeezed = squeezed(separator);
            if squeezed.as_ref() == " " {
                self.mix(3);
            } else {
                self.bytes(squeezed.as_bytes());
            }
            return;
        }
        self.bytes(bytes);
    }

    /// Spreads the low bits over the whole number.
    pub fn finish(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}
