//! Shapes that differ in one place only: is that place a variable?
//!
//! Shapes are few, so this may think. A place is a variable when enough different texts were seen there, and what is
//! enough depends on the place: after `user`, `from` or `=` two or three names will do; at the start of a line, or
//! where all texts are capitals like `RUNNING`, they are rather the message itself.

use std::collections::HashMap;

use super::shape::{Content, Number, Part, Shape};

/// Different texts after which a place counts as variable. Each could be a little more or less: measured on logs of
/// several systems, results change by less than one line in a hundred when a number moves by one.
const PLAIN: usize = 6;
const AFTER_CUE: usize = 3;
const NAME_LIKE: usize = 3;
const NAME_AFTER_CUE: usize = 2;
const CAPITALS: usize = 9;
const AT_START: usize = 24;

/// Passes over all shapes: a template with two variable words needs two.
const PASSES: usize = 6;

/// Words before a value, in English and Chinese.
const CUES: &[&str] = &[
    "user",
    "users",
    "username",
    "uid",
    "host",
    "hostname",
    "client",
    "server",
    "node",
    "from",
    "to",
    "by",
    "for",
    "of",
    "on",
    "at",
    "in",
    "with",
    "named",
    "name",
    "id",
    "session",
    "service",
    "process",
    "device",
    "file",
    "path",
    "key",
    "topic",
    "queue",
    "table",
    "database",
    "container",
    "pod",
    "job",
    "task",
    "method",
    "command",
    "module",
    "package",
    "owner",
    "group",
    "account",
    "address",
    "port",
    "type",
    "value",
    "version",
    "domain",
    "url",
    "via",
    "as",
    "is",
];
const WIDE_CUES: &[&str] = &[
    "用户", "账号", "帐号", "主机", "节点", "服务", "来自", "地址", "名称", "为", "从", "到", "向", "由",
    "对", "在", "给", "任务", "队列", "主题", "表", "库", "接口", "方法", "命令", "文件", "商品", "客户",
    "设备",
];

/// Merges shapes until nothing changes, and says which shape each became part of.
pub fn merge(shapes: &mut [Option<Shape>]) -> Vec<(u32, u32)> {
    let mut moved = Vec::new();
    for _ in 0..PASSES {
        let before = moved.len();
        pass(shapes, &mut moved);
        pass_of_names(shapes, &mut moved);
        if moved.len() == before {
            break;
        }
    }
    moved
}

/// A place of a shape.
type Place = (u32, u16);

/// Shapes that differ only in names, in several places at once: `registering A for B`, `registering C for D`.
fn pass_of_names(shapes: &mut [Option<Shape>], moved: &mut Vec<(u32, u32)>) {
    let mut groups: HashMap<u64, Vec<u32>> = HashMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let Some(shape) = shape else { continue };
        let mut sum = rest_number(shape);
        for (place, part) in shape.parts.iter().enumerate() {
            let gap = may_be_name(shape, place);
            sum = sum.wrapping_add(if gap { number_of_gap(place, part) } else { number_of(place, part) });
        }
        groups.entry(sum).or_default().push(number as u32);
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() >= 2).collect();
    groups.sort_by_key(|group| group[0]);
    for group in groups {
        let Some(first) = shapes[group[0] as usize].as_ref() else { continue };
        let places = 0..first.parts.len();
        let differing: Vec<usize> = places.filter(|&place| differs(shapes, &group, place)).collect();
        let all_variable = differing.iter().all(|&place| {
            let places: Vec<Place> = group.iter().map(|&shape| (shape, place as u16)).collect();
            is_variable(shapes, &places)
        });
        if all_variable {
            let places: Vec<u16> = differing.iter().map(|&place| place as u16).collect();
            join(shapes, &group, &places, moved);
        }
    }
}

fn may_be_name(shape: &Shape, place: usize) -> bool {
    let Some(text) = word(&shape.parts[place].content) else { return true };
    place > 0 && (is_name_like(text) || (is_cued(shape, place) && !is_capitals(text)))
}

fn differs(shapes: &[Option<Shape>], group: &[u32], place: usize) -> bool {
    let mut contents = group.iter().filter_map(|&shape| shapes[shape as usize].as_ref()).map(|shape| {
        let content = &shape.parts[place].content;
        (word(content), matches!(content, Content::Merged))
    });
    let first = contents.next();
    contents.any(|content| Some(content) != first)
}

/// Makes one shape of several, with variables at `places`.
fn join(shapes: &mut [Option<Shape>], group: &[u32], places: &[u16], moved: &mut Vec<(u32, u32)>) {
    let Some((&first, others)) = group.split_first() else { return };
    let Some(mut kept) = shapes[first as usize].take() else { return };
    for &other in others {
        if let Some(absorbed) = shapes[other as usize].take() {
            kept.absorb(&absorbed);
            moved.push((other, first));
        }
    }
    for &place in places {
        if let Some(part) = kept.parts.get_mut(usize::from(place)) {
            part.content = Content::Merged;
        }
    }
    shapes[first as usize] = Some(kept);
}

fn pass(shapes: &mut [Option<Shape>], moved: &mut Vec<(u32, u32)>) {
    let mut buckets: Vec<Vec<Place>> = alike_but_for_one_place(shapes);
    buckets.sort_by_key(|places| (std::cmp::Reverse(places.len()), places[0]));
    let mut touched = vec![false; shapes.len()];
    for places in buckets {
        let free: Vec<Place> = places.into_iter().filter(|&(shape, _)| !touched[shape as usize]).collect();
        if free.len() < 2 || !is_variable(shapes, &free) {
            continue;
        }
        let group: Vec<u32> = free.iter().map(|&(shape, _)| shape).collect();
        for &shape in &group {
            touched[shape as usize] = true;
        }
        join(shapes, &group, &[free[0].1], moved);
    }
}

/// Shapes and the place at which they differ while all else is equal.
fn alike_but_for_one_place(shapes: &[Option<Shape>]) -> Vec<Vec<Place>> {
    let mut buckets: HashMap<u64, Vec<Place>> = HashMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let Some(shape) = shape else { continue };
        let numbers: Vec<u64> =
            shape.parts.iter().enumerate().map(|(place, part)| number_of(place, part)).collect();
        let whole = numbers.iter().fold(rest_number(shape), |sum, &number| sum.wrapping_add(number));
        for (place, part) in shape.parts.iter().enumerate() {
            let without = whole.wrapping_sub(numbers[place]).wrapping_add(number_of_gap(place, part));
            buckets.entry(without).or_default().push((number as u32, place as u16));
        }
    }
    buckets.into_values().filter(|places| places.len() >= 2).collect()
}

fn rest_number(shape: &Shape) -> u64 {
    let mut number = Number::new();
    number.mix(shape.parts.len() as u64);
    number.bytes(shape.rest.as_bytes());
    number.finish()
}

fn number_of_gap(place: usize, part: &Part) -> u64 {
    let mut number = Number::new();
    number.mix(place as u64 + 1);
    number.bytes(part.separator.as_bytes());
    number.finish()
}

fn number_of(place: usize, part: &Part) -> u64 {
    let mut number = Number::new();
    number.mix(number_of_gap(place, part));
    match &part.content {
        Content::Word(word) => number.bytes(word.as_bytes()),
        Content::Numbered { first, .. } => {
            number.mix(2);
            for byte in first.bytes().filter(|byte| !byte.is_ascii_digit()) {
                number.mix(u64::from(byte));
            }
        }
        Content::Slot { .. } => number.mix(1),
        Content::Merged => number.mix(4),
    }
    number.finish()
}

fn is_variable(shapes: &[Option<Shape>], places: &[Place]) -> bool {
    let shape =
        |&(shape, place): &Place| shapes[shape as usize].as_ref().map(|shape| (shape, usize::from(place)));
    let contents = places.iter().filter_map(shape).map(|(shape, place)| &shape.parts[place].content);
    let mut texts: Vec<&str> = contents.clone().filter_map(word).collect();
    texts.sort_unstable();
    texts.dedup();
    let has_value = contents.clone().any(|content| word(content).is_none());
    let has_merged = contents.clone().any(|content| matches!(content, Content::Merged));
    let different = texts.len() + usize::from(has_value);
    let Some((first, place)) = shape(&places[0]) else { return false };
    let cued = is_cued(first, place);
    let names = texts.iter().filter(|text| is_name_like(text)).count();
    let name_like = names * 2 > texts.len();
    let qualified = texts.iter().all(|text| is_qualified(text)) && !texts.is_empty();
    let is_whole =
        first.parts.iter().enumerate().all(|(other, part)| other == place || word(&part.content).is_none());
    let capitals = texts.iter().all(|text| is_capitals(text)) && !texts.is_empty();
    let needed = match () {
        () if has_merged => 2,
        () if has_value && (cued || name_like) => 2,
        () if is_whole => return false,
        () if place == 0 => AT_START,
        () if qualified => NAME_AFTER_CUE,
        () if capitals => CAPITALS,
        () if cued && name_like => NAME_AFTER_CUE,
        () if cued => AFTER_CUE,
        () if name_like => NAME_LIKE,
        () => PLAIN,
    };
    different >= needed
}

fn word(content: &Content) -> Option<&str> {
    match content {
        Content::Word(text) | Content::Numbered { first: text, .. } => Some(text),
        Content::Slot { .. } | Content::Merged => None,
    }
}

/// Whether the place follows what usually stands before a value.
fn is_cued(shape: &Shape, place: usize) -> bool {
    let separator = &shape.parts[place].separator;
    let joint = separator.trim_end();
    if joint.ends_with(['=', ':', '"', '\'', '[', '<', '{']) || joint.ends_with('：') {
        return true;
    }
    let Some(before) = place.checked_sub(1).and_then(|before| word(&shape.parts[before].content)) else {
        return false;
    };
    let only_space = separator.chars().all(|character| character == ' ' || character == '(');
    let lower = before.to_lowercase();
    only_space && (CUES.contains(&lower.as_str()) || WIDE_CUES.iter().any(|cue| before.ends_with(cue)))
}

/// Hosts, files, classes, identifiers: words that no one writes in a sentence.
fn is_name_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    let joined =
        bytes.iter().any(|byte| matches!(byte, b'.' | b'-' | b'_' | b'@' | b'/' | b'\\' | b'$' | b':'));
    let digits = bytes.iter().any(u8::is_ascii_digit);
    let humps =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    joined || digits || humps >= 1
}

/// `com.example.shop.Cart`
fn is_qualified(text: &str) -> bool {
    text.split('.').filter(|step| !step.is_empty()).count() >= 3
}

fn is_capitals(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
