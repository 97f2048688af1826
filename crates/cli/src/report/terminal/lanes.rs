//! The window as lanes of characters: what happened where and when, at one glance.

use model::event::Kind;
use model::instant::Instant;

use super::super::outline::{Lane, Outline};
use super::super::style::{Ink, Style, pad, pad_name, width_of};
use super::super::words::{glyph, say};

/// Columns between two labels of the axis.
const TICK: usize = 18;

#[derive(Clone, Copy)]
struct Cell {
    mark: char,
    ink: Ink,
}

pub fn draw(outline: &Outline<'_>, style: Style) -> Vec<String> {
    let language = outline.subject.language;
    let name = |lane: &Lane<'_>| match lane.service {
        "" => say(language, "everywhere", "整体").to_owned(),
        service => service.to_owned(),
    };
    let label =
        outline.lanes.iter().map(|lane| width_of(&name(lane))).max().unwrap_or(0).clamp(4, style.width / 5);
    let width = style.width.saturating_sub(label + 4).max(20);
    let mut lines =
        vec![format!(" {}  {}", " ".repeat(label), style.paint(Ink::Faint, &axis(outline, width)))];
    for lane in &outline.lanes {
        let cells = cells(outline, lane, width);
        lines.push(format!(" {}  {}", pad_name(&name(lane), label), painted(&cells, style)));
    }
    lines
}

fn column(outline: &Outline<'_>, at: Instant, width: usize) -> usize {
    let window = outline.window();
    let part = at.since(window.start) as f64 / window.length_us().max(1) as f64;
    ((part * width as f64) as usize).min(width.saturating_sub(1))
}

fn axis(outline: &Outline<'_>, width: usize) -> String {
    let window = outline.window();
    let mut axis = String::new();
    let mut at = 0;
    let step_us = window.length_us() / (width as i64).max(1) * TICK as i64;
    while at < width {
        let time = window.start.saturating_add((at as f64 / width as f64 * window.length_us() as f64) as i64);
        let label = outline.tick(time, step_us);
        if at + label.len() > width {
            break;
        }
        axis.push_str(&pad(&label, TICK.min(width - at)));
        at += TICK;
    }
    axis
}

fn cells(outline: &Outline<'_>, lane: &Lane<'_>, width: usize) -> Vec<Cell> {
    let mut cells = vec![Cell { mark: '·', ink: Ink::Faint }; width];
    for &(_, clock) in &outline.clocks {
        if outline.window().contains(clock.at) {
            cells[column(outline, clock.at, width)].mark = '┊';
        }
    }
    for event in &lane.events {
        if outline.window().contains(event.occurred_at) {
            cells[column(outline, event.occurred_at, width)] =
                Cell { mark: '∙', ink: Ink::Kind(event.kind) };
        }
    }
    for span in &lane.anomalous {
        let (from, to) = (column(outline, span.start, width), column(outline, span.end, width));
        for cell in &mut cells[from..=to.max(from)] {
            *cell = Cell { mark: '━', ink: Ink::Danger };
        }
    }
    for event in &lane.key_events {
        let mut at = column(outline, event.occurred_at, width);
        while at + 1 < width && is_glyph(cells[at].mark) {
            at += 1;
        }
        cells[at] = Cell { mark: glyph(event.kind), ink: Ink::Kind(event.kind) };
    }
    cells
}

fn is_glyph(mark: char) -> bool {
    Kind::ALL.into_iter().any(|kind| glyph(kind) == mark)
}

/// Neighbours of one ink in one go.
fn painted(cells: &[Cell], style: Style) -> String {
    let mut line = String::new();
    for run in cells.chunk_by(|a, b| a.ink == b.ink) {
        let text: String = run.iter().map(|cell| cell.mark).collect();
        line.push_str(&style.paint(run[0].ink, &text));
    }
    line
}
