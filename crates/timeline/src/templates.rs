//! A streaming log template miner with bounded memory.
//!
//! A line is cut into tokens ([`lexer`]) and gets a number for its shape, which most lines share with thousands of
//! others; one look into a table and the line is done. Shapes are few, so what differs between them can be weighed
//! with care ([`merge`]): now and then while lines stream, and at the end. Nothing depends on a log's format.

mod lexer;
mod merge;
mod shape;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use model::event::Severity;
use model::telemetry::{Logs, Symbol};
use model::template::{Template, Templates};

use lexer::Tokens;
use shape::Shape;

/// Shapes after which the first merge comes; later ones when the number of shapes has doubled.
const FIRST_MERGE: usize = 2_048;
/// Shapes kept. A log with more kinds of lines than this has no templates; the rest counts as one.
const MOST_SHAPES: usize = 16_384;
/// Numbers of shapes remembered.
const MOST_NUMBERS: usize = 1 << 18;
/// Bytes of a line that are looked at.
const MOST_BYTES: usize = 4_096;

/// Mines the templates of all lines.
pub fn mine(logs: &Logs) -> Templates {
    let mut miner = Miner::default();
    let shapes: Vec<u32> = logs.message.iter().map(|message| miner.add(message)).collect();
    let mined = miner.finish();
    let of_line: Vec<u32> = shapes.iter().map(|&shape| mined.template_of(shape)).collect();
    let mut tallies: Vec<Tally> = vec![Tally::default(); mined.texts.len()];
    for (line, &template) in of_line.iter().enumerate() {
        let tally = &mut tallies[template as usize];
        tally.count += 1;
        if let Some(&service) = logs.service.get(line) {
            tally.add_service(service);
        }
        if let Some(level) = logs.level.get(line).copied().flatten() {
            tally.levels[level as usize] += 1;
        }
    }
    let templates =
        mined.texts.into_iter().zip(tallies).map(|(text, tally)| tally.into_template(text)).collect();
    Templates { templates, of_line }
}

#[derive(Clone, Default)]
struct Tally {
    count: u64,
    services: Vec<(Symbol, u64)>,
    levels: [u64; Severity::ALL.len()],
}

impl Tally {
    fn add_service(&mut self, service: Symbol) {
        match self.services.iter_mut().find(|(known, _)| *known == service) {
            Some((_, count)) => *count += 1,
            None => self.services.push((service, 1)),
        }
    }

    fn into_template(mut self, text: String) -> Template {
        self.services.sort_by_key(|&(service, count)| (std::cmp::Reverse(count), service));
        let most = self.levels.iter().copied().max().filter(|&count| count > 0);
        let level = most.and_then(|most| self.levels.iter().rposition(|&count| count == most));
        Template {
            text,
            services: self.services.into_iter().map(|(service, _)| service).collect(),
            level: level.map(|place| Severity::ALL[place]),
            count: self.count,
        }
    }
}

/// Takes lines one by one and keeps shapes, never lines.
#[derive(Default)]
pub struct Miner {
    /// Shape of each number seen.
    numbers: HashMap<u64, u32, BuildHasherDefault<Numbered>>,
    /// `None`: merged into another.
    shapes: Vec<Option<Shape>>,
    /// What each shape became part of; itself when it stands.
    parents: Vec<u32>,
    /// Merged shapes by the separators of their lines.
    frames: HashMap<u64, Vec<u32>>,
    standing: usize,
    next_merge: usize,
}

/// Numbers of shapes are hashes already.
#[derive(Default)]
struct Numbered(u64);

impl Hasher for Numbered {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The templates of all lines that a [`Miner`] took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mined {
    /// In the order of their first line.
    pub texts: Vec<String>,
    templates: Vec<u32>,
}

impl Mined {
    /// The template of a line, from what [`Miner::add`] said of it.
    pub fn template_of(&self, shape: u32) -> u32 {
        self.templates.get(shape as usize).copied().unwrap_or(0)
    }
}

impl Miner {
    /// Takes a line; of a text of several lines, the first that is not empty.
    pub fn add(&mut self, message: &str) -> u32 {
        let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let line = line.trim();
        let line = &line[..line.floor_char_boundary(MOST_BYTES)];
        let mut tokens = Tokens::default();
        lexer::lex(line, &mut tokens);
        let number = shape::number_of(&tokens);
        if let Some(&known) = self.numbers.get(&number) {
            let standing = self.root(known);
            if let Some(shape) = &mut self.shapes[standing as usize] {
                shape.take(&tokens);
            }
            return standing;
        }
        let shape = self.place(&tokens);
        if self.numbers.len() < MOST_NUMBERS {
            self.numbers.insert(number, shape);
        }
        shape
    }

    /// The shape for a line whose number is not known.
    fn place(&mut self, tokens: &Tokens<'_>) -> u32 {
        if let Some(known) = self.merged_that_accepts(tokens) {
            if let Some(shape) = &mut self.shapes[known as usize] {
                shape.take(tokens);
            }
            return known;
        }
        let next = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        if self.standing >= MOST_SHAPES {
            let last = next.saturating_sub(1);
            return self.root(last);
        }
        let mut shape = Shape::of(tokens);
        shape.count = 1;
        self.shapes.push(Some(shape));
        self.parents.push(next);
        self.standing += 1;
        if self.standing >= self.next_merge.max(FIRST_MERGE) {
            self.merge();
            self.next_merge = self.standing * 2;
        }
        self.root(next)
    }

    fn merged_that_accepts(&self, tokens: &Tokens<'_>) -> Option<u32> {
        if self.frames.is_empty() {
            return None;
        }
        let frame = shape::frame_of(tokens.tokens.iter().map(|token| token.separator), tokens.rest);
        let candidates = self.frames.get(&frame)?;
        let accepts =
            |&&shape: &&u32| self.shapes[shape as usize].as_ref().is_some_and(|shape| shape.accepts(tokens));
        candidates.iter().find(accepts).copied()
    }

    fn root(&self, mut shape: u32) -> u32 {
        while let Some(&parent) = self.parents.get(shape as usize) {
            if parent == shape {
                break;
            }
            shape = parent;
        }
        shape
    }

    fn merge(&mut self) {
        for (shape, into) in merge::merge(&mut self.shapes) {
            self.parents[shape as usize] = into;
            self.standing -= 1;
        }
        self.frames.clear();
        for (number, shape) in self.shapes.iter().enumerate() {
            if let Some(shape) = shape
                && shape.is_merged()
            {
                let separators = shape.parts.iter().map(|part| part.separator.as_ref());
                let frame = shape::frame_of(separators, &shape.rest);
                self.frames.entry(frame).or_default().push(number as u32);
            }
        }
    }

    /// Merges what is left to merge and writes the templates.
    pub fn finish(mut self) -> Mined {
        self.merge();
        let mut texts = Vec::new();
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut of_root: Vec<u32> = vec![0; self.shapes.len()];
        for (number, shape) in self.shapes.iter().enumerate() {
            let Some(shape) = shape else { continue };
            let text = shape.text();
            let place = *places.entry(text.clone()).or_insert_with(|| {
                texts.push(text);
                texts.len() as u32 - 1
            });
            of_root[number] = place;
        }
        let templates =
            (0..self.shapes.len()).map(|shape| of_root[self.root(shape as u32) as usize]).collect();
        Mined { texts, templates }
    }
}
