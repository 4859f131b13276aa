//! How wide the columns of a table are on paper, from what they hold.

use crate::document::{Align, Table, plain};

/// Longer words are broken, and longer figures too.
const LONGEST_WORD: usize = 26;
/// Beyond this, more text makes a column taller and not wider.
const LONG: usize = 60;
/// As long as `30 September 2027`.
const LONGEST_DATE: usize = 17;
/// What is filled in by hand, and the room that this takes.
const BLANK: &str = "[ ]";
const ROOM: usize = 44;

/// The columns of a table, and whether its text is small so that they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// How wide each is, in twentieths of a point.
    pub widths: Vec<usize>,
    /// Whether the text is of 7.5 points and not of 9.
    pub small: bool,
}

impl Columns {
    /// The columns of a table on a page of so many twentieths of a point: figures in one piece, if that fits; broken
    /// at their spaces and in small letters otherwise.
    pub fn of(table: &Table, width: usize) -> Columns {
        for whole in [Whole::FiguresAndDates, Whole::Figures] {
            let large = Needs::of(table, &LARGE, whole);
            if large.least.iter().sum::<usize>() <= width {
                return Columns { widths: large.widths(width), small: false };
            }
        }
        Columns { widths: Needs::of(table, &SMALL, Whole::Words).widths(width), small: true }
    }
}

/// About as wide as a letter, as a bold one, and the space beside what a cell holds.
struct Letters {
    plain: usize,
    bold: usize,
    sides: usize,
}

const LARGE: Letters = Letters { plain: 106, bold: 118, sides: 240 };
const SMALL: Letters = Letters { plain: 84, bold: 96, sides: 230 };

/// What is not broken at its spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    FiguresAndDates,
    Figures,
    Words,
}

impl Whole {
    fn keeps(self, text: &str, align: Option<&Align>) -> bool {
        let unsigned = text.trim_start_matches(|c: char| !c.is_ascii() || "-$(".contains(c));
        let figure = align == Some(&Align::Right) && unsigned.starts_with(|c: char| c.is_ascii_digit());
        let date = text.chars().count() <= LONGEST_DATE && text.chars().any(|c| c.is_ascii_digit());
        match self {
            Whole::FiguresAndDates => figure || date,
            Whole::Figures => figure,
            Whole::Words => false,
        }
    }
}

/// What each column cannot do without, and what it would like to have beyond that.
struct Needs {
    least: Vec<usize>,
    more: Vec<usize>,
}

impl Needs {
    fn of(table: &Table, letters: &Letters, whole: Whole) -> Needs {
        let columns = table.header.len().max(1);
        let (mut least, mut longest) = (vec![0usize; columns], vec![0usize; columns]);
        let mut all = vec![0usize; columns];
        for (place, head) in table.header.iter().enumerate() {
            raise(&mut least, place, longest_word(head) * letters.bold);
            raise(&mut longest, place, head.chars().count().min(LONGEST_WORD) * letters.bold);
        }
        for row in &table.rows {
            for (place, cell) in row.cells.iter().enumerate() {
                let text = plain(cell);
                let align = table.align.get(place);
                let filled_in = text == BLANK && align != Some(&Align::Right);
                let length = if filled_in { ROOM } else { text.chars().count() };
                let kept = whole.keeps(&text, align);
                let word = if kept { length.min(LONGEST_WORD) } else { longest_word(&text) };
                raise(&mut least, place, word * letters.plain);
                raise(&mut longest, place, length.min(LONG) * letters.plain);
                if let Some(all) = all.get_mut(place) {
                    *all += length * letters.plain;
                }
            }
        }
        let rows = table.rows.len().max(1);
        // A column that says much in most rows gets more than one that says much once.
        let more = |((least, longest), all): ((&usize, &usize), &usize)| {
            longest.saturating_sub(*least) + (all / rows).saturating_sub(*least) + 1
        };
        let more = least.iter().zip(&longest).zip(&all).map(more).collect();
        least.iter_mut().for_each(|least| *least += letters.sides);
        Needs { least, more }
    }

    /// What each column cannot do without, and its part of what is left.
    fn widths(&self, width: usize) -> Vec<usize> {
        let needed: usize = self.least.iter().sum();
        let left = width.saturating_sub(needed);
        let all: usize = self.more.iter().sum::<usize>().max(1);
        let own = |(least, more): (&usize, &usize)| {
            if needed > width { least * width / needed } else { least + left * more / all }
        };
        self.least.iter().zip(&self.more).map(own).collect()
    }
}

fn raise(list: &mut [usize], place: usize, length: usize) {
    if let Some(most) = list.get_mut(place) {
        *most = (*most).max(length);
    }
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0).min(LONGEST_WORD)
}
