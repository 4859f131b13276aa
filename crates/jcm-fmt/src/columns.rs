//! The columns of consecutive lines: how wide each cell is for lines of the same class.

use crate::WIDTH;
use crate::lines::{class_of, text_of};
use crate::page::width;
use crate::shape::Class;
use crate::spacing::is_hard_break;
use crate::tree::{Content, Entry, Run};
use jcm_syntax::SyntaxKind;
use std::collections::BTreeMap;

/// The columns of the lines between two blank lines.
#[derive(Default)]
pub(crate) struct Columns {
    columns: BTreeMap<(Class, usize), Column>,
}

/// One column of a class.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Column {
    pub(crate) width: usize,
    /// How many spaces follow.
    pub(crate) gap: usize,
}

/// A cell and what follows it on its line.
struct Cell {
    width: usize,
    /// The line after it, if nobody breaks it after a comma.
    rest: usize,
    /// The longest part of it that cannot be broken.
    part: usize,
}

impl Columns {
    pub(crate) fn of(group: &[Entry<'_>], indent: usize) -> Self {
        let mut cells: BTreeMap<(Class, usize), Vec<Cell>> = BTreeMap::new();
        for entry in group {
            let Content::Run(run) = &entry.content else { continue };
            let Some(class) = class_of(run, indent) else { continue };
            let mut start = 0;
            for (index, end) in run.shape.cells.iter().enumerate() {
                let text =
                    text_of(run.pieces.get(start..*end).unwrap_or_default(), run.shape.colon_stands_apart());
                let cell = Cell::new(width(&text), run, *end);
                cells.entry(key(class, index)).or_default().push(cell);
                start = *end;
            }
        }
        let mut columns = Self::default();
        // A class comes with its columns in their order, so that each knows where it starts.
        for ((class, index), cells) in cells {
            let start =
                indent + (0..index).map(|before| columns.get(class, before).full_width()).sum::<usize>();
            let gap = gap(class, index, cells.len());
            let width = if may_stand_out(class, index) {
                width_for_most(&cells, start + gap)
            } else {
                cells.iter().map(|cell| cell.width).max().unwrap_or_default()
            };
            columns.columns.insert((class, index), Column { width, gap });
        }
        columns
    }

    /// A column of a class; one that is empty in every line has no width and no gap.
    pub(crate) fn get(&self, class: Class, index: usize) -> Column {
        let column = self.columns.get(&key(class, index)).copied().unwrap_or_default();
        if column.width == 0 { Column::default() } else { column }
    }
}

impl Column {
    fn full_width(self) -> usize {
        self.width + self.gap
    }
}

/// The first words of all lines with `given` and `expect` stand in one column.
fn key(class: Class, index: usize) -> (Class, usize) {
    if class == Class::GivenRow && index == 0 { (Class::Given, 0) } else { (class, index) }
}

/// Two spaces part columns of words; one is enough before a sign, after a short word and in a line on its own.
fn gap(class: Class, index: usize, lines: usize) -> usize {
    let before_sign = match class {
        Class::Row | Class::Taken | Class::Given | Class::GivenRow | Class::Setting => true,
        Class::Titled(_) => index == 1,
        _ => false,
    };
    if before_sign || lines < 2 { 1 } else { 2 }
}

/// Whether a long cell may pass the end of its column, so that the other lines need not be as long.
fn may_stand_out(class: Class, index: usize) -> bool {
    matches!((class, index), (Class::Titled(_) | Class::Given, 1) | (Class::Setting, 0))
}

/// The width that does least harm, and of widths as good as each other the smallest. A cell that stands out is a harm,
/// and so is a line that must be broken because of the column; one that gets too long because of it is twice that.
fn width_for_most(cells: &[Cell], start: usize) -> usize {
    let mut widths: Vec<usize> = cells.iter().map(|cell| cell.width).collect();
    widths.sort_unstable();
    widths.dedup();
    let harm_to = |cell: &Cell, width: usize| {
        let stands_out = usize::from(cell.width > width);
        let breaks = usize::from(cell.is_harmed(cell.rest, width, start));
        stands_out + breaks + 2 * usize::from(cell.is_harmed(cell.part, width, start))
    };
    let harm = |width: &usize| cells.iter().map(|cell| harm_to(cell, *width)).sum::<usize>();
    widths.into_iter().min_by_key(harm).unwrap_or_default()
}

impl Cell {
    fn new(width: usize, run: &Run<'_>, end: usize) -> Self {
        Self { width, rest: longest(run, end, false), part: longest(run, end, true) }
    }

    /// Whether what follows the cell would fit without the column, and does not with it. Neither depends on where the
    /// line is broken now, so that breaking it changes no column.
    fn is_harmed(&self, rest: usize, width: usize, start: usize) -> bool {
        start + self.width + rest <= WIDTH && start + width.max(self.width) + rest > WIDTH
    }
}

/// The longest line from the piece at `start` on, at the places where a person broke it and, if asked, after commas.
fn longest(run: &Run<'_>, start: usize, after_commas: bool) -> usize {
    let pieces = run.pieces.get(start..).unwrap_or_default();
    let hangs = run.shape.value.is_some_and(|value| value > start);
    let (mut longest, mut line, mut depth) = (0, 0, 0_usize);
    for (at, piece) in pieces.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|before| pieces.get(before));
        let is_break = previous.is_some_and(|previous| {
            is_hard_break(previous, piece)
                || after_commas && depth == 0 && previous.what.is(SyntaxKind::Comma)
        });
        if is_break {
            let value_has_begun = run.shape.value.is_some_and(|value| start + at > value);
            if !(hangs && value_has_begun) {
                return longest.max(line);
            }
            line = VALUE_AFTER_SIGN;
        }
        if piece.what.opens() {
            depth += 1;
        } else if piece.what.closes() {
            depth = depth.saturating_sub(1);
        }
        let space = usize::from(piece.space && !is_break && at > 0);
        line += space
            + if piece.what.is_body() {
                1
            } else {
                width(text_of(std::slice::from_ref(piece), false).as_str())
            };
        longest = longest.max(line);
        if piece.what.is_body() {
            return longest;
        }
    }
    longest
}

/// How far a value stands after the sign before it: `= `.
const VALUE_AFTER_SIGN: usize = 2;
