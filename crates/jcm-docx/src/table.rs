//! Tables: a header row that repeats on each page, rows that stay whole, columns as wide as what they hold.

use crate::body::Shape;
use crate::runs::{Look, Writer};
use jcm_doc::{Align, Revision, SignatureBlock, Table, TableRow, plain};

/// Between the margins, in twentieths of a point.
pub(crate) const WIDTH: usize = 9070;
/// Longer words are broken, and longer figures too.
const LONGEST_WORD: usize = 26;
/// Beyond this, more text makes a column taller and not wider.
const LONG: usize = 60;
/// Tables of no more rows than this are kept on one page.
const SHORT: usize = 8;

/// A table with its caption.
pub(crate) fn table(writer: &mut Writer, table: &Table, revision: Option<Revision>) {
    writer.paragraph("Caption", revision, |writer| {
        writer.run(&table.caption, Look::Plain, revision);
    });
    let fit = Fit::of(table);
    writer.element("w:tbl", &[], |writer| {
        frame(writer, "ContractTable", &fit.widths);
        heads(writer, table, &fit, revision);
        for (place, row) in (1..).zip(&table.rows) {
            let with_next = table.rows.len() <= SHORT && place < table.rows.len();
            body_row(writer, table, row, &fit, with_next, revision.or(row.revision));
        }
    });
    after(writer);
}

/// Where a party signs: what is filled in by hand, on lines.
pub(crate) fn signature(writer: &mut Writer, block: &SignatureBlock, revision: Option<Revision>) {
    writer.paragraph("SignatureForm", revision, |writer| writer.text(&block.form, revision));
    let widths = [WIDTH * 2 / 5, WIDTH * 3 / 5];
    writer.element("w:tbl", &[], |writer| {
        frame(writer, "SignatureTable", &widths);
        for line in &block.lines {
            writer.element("w:tr", &[], |writer| {
                row_properties(writer, false, revision, Some("620"));
                for (place, width) in widths.iter().enumerate() {
                    writer.element("w:tc", &[], |writer| {
                        cell_properties(writer, *width, place == 1);
                        let words = if place == 0 { line.as_str() } else { "" };
                        writer.paragraph("SignatureText", revision, |writer| {
                            writer.run(words, Look::Plain, revision);
                        });
                    });
                }
            });
        }
    });
    after(writer);
}

fn frame(writer: &mut Writer, style: &str, widths: &[usize]) {
    writer.element("w:tblPr", &[], |writer| {
        writer.xml.empty("w:tblStyle", &[("w:val", style)]);
        writer.xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<usize>().to_string()), ("w:type", "dxa")]);
        writer.xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        writer.xml.empty("w:tblLook", &[("w:val", "0420"), ("w:firstRow", "1"), ("w:noVBand", "1")]);
    });
    writer.element("w:tblGrid", &[], |writer| {
        for width in widths {
            writer.xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
}

fn heads(writer: &mut Writer, table: &Table, fit: &Fit, revision: Option<Revision>) {
    writer.element("w:tr", &[], |writer| {
        row_properties(writer, true, revision, None);
        for (place, (head, width)) in table.header.iter().zip(&fit.widths).enumerate() {
            let anchor = table.anchors.get(place).and_then(Option::as_deref);
            writer.element("w:tc", &[], |writer| {
                cell_properties(writer, *width, false);
                let right = table.align.get(place) == Some(&Align::Right);
                let shape =
                    Shape { style: fit.style("TableHead", "TableSmallHead"), right, ..Shape::default() };
                writer.paragraph(shape, revision, |writer| {
                    writer
                        .place(standing(anchor, revision), |writer| writer.run(head, Look::Plain, revision));
                });
            });
        }
    });
}

fn body_row(
    writer: &mut Writer,
    table: &Table,
    row: &TableRow,
    fit: &Fit,
    with_next: bool,
    revision: Option<Revision>,
) {
    let nothing = Vec::new();
    writer.element("w:tr", &[], |writer| {
        row_properties(writer, false, revision, None);
        for (place, width) in fit.widths.iter().enumerate() {
            let cell = row.cells.get(place).unwrap_or(&nothing);
            let anchor = row.anchor.as_deref().filter(|_| place == 0);
            writer.element("w:tc", &[], |writer| {
                cell_properties(writer, *width, false);
                let style = match is_right(table, place) {
                    true => fit.style("TableFigure", "TableSmallFigure"),
                    false => fit.style("TableText", "TableSmallText"),
                };
                writer.paragraph(Shape { style, with_next, ..Shape::default() }, revision, |writer| {
                    writer.place(standing(anchor, revision), |writer| writer.text(cell, revision));
                });
            });
        }
    });
}

/// What is taken out leaves no place behind.
fn standing(anchor: Option<&str>, revision: Option<Revision>) -> Option<&str> {
    anchor.filter(|_| revision != Some(Revision::Deleted))
}

fn row_properties(writer: &mut Writer, head: bool, revision: Option<Revision>, height: Option<&str>) {
    writer.element("w:trPr", &[], |writer| {
        writer.xml.empty("w:cantSplit", &[]);
        if let Some(height) = height {
            writer.xml.empty("w:trHeight", &[("w:val", height), ("w:hRule", "atLeast")]);
        }
        if head {
            writer.xml.empty("w:tblHeader", &[]);
        }
        if let Some(revision) = revision {
            writer.revision_mark(revision);
        }
    });
}

fn cell_properties(writer: &mut Writer, width: usize, line: bool) {
    writer.element("w:tcPr", &[], |writer| {
        writer.xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
        if line {
            writer.element("w:tcBorders", &[], |writer| {
                writer.xml.empty("w:bottom", &[("w:val", "single"), ("w:sz", "4"), ("w:color", "000000")]);
            });
        }
        if line || width == WIDTH * 2 / 5 {
            writer.xml.empty("w:vAlign", &[("w:val", "bottom")]);
        }
    });
}

/// Two tables without a paragraph between them would become one.
fn after(writer: &mut Writer) {
    writer.paragraph("TableSpace", None, |_| {});
}

fn is_right(table: &Table, place: usize) -> bool {
    table.align.get(place) == Some(&Align::Right)
}

/// The columns of a table, and whether its text is small so that they fit.
struct Fit {
    widths: Vec<usize>,
    small: bool,
}

impl Fit {
    /// Figures in one piece, if that fits; broken at their spaces and in small letters otherwise.
    fn of(table: &Table) -> Fit {
        let large = Needs::of(table, &LARGE, true);
        if large.least.iter().sum::<usize>() <= WIDTH {
            return Fit { widths: large.widths(), small: false };
        }
        Fit { widths: Needs::of(table, &SMALL, false).widths(), small: true }
    }

    fn style(&self, large: &'static str, small: &'static str) -> &'static str {
        if self.small { small } else { large }
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

/// What each column cannot do without, and what it would like to have beyond that.
struct Needs {
    least: Vec<usize>,
    more: Vec<usize>,
}

impl Needs {
    fn of(table: &Table, letters: &Letters, whole_figures: bool) -> Needs {
        let columns = table.header.len().max(1);
        let (mut least, mut longest) = (vec![0usize; columns], vec![0usize; columns]);
        let mut all = vec![0usize; columns];
        for (place, head) in table.header.iter().enumerate() {
            raise(&mut least, place, longest_word(head) * letters.bold);
        }
        for row in &table.rows {
            for (place, cell) in row.cells.iter().enumerate() {
                let text = plain(cell);
                let length = text.chars().count();
                let whole = whole_figures && is_right(table, place);
                let word = if whole { length.min(LONGEST_WORD) } else { longest_word(&text) };
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
    fn widths(&self) -> Vec<usize> {
        let needed: usize = self.least.iter().sum();
        let left = WIDTH.saturating_sub(needed);
        let all: usize = self.more.iter().sum::<usize>().max(1);
        let width = |(least, more): (&usize, &usize)| {
            if needed > WIDTH { least * WIDTH / needed } else { least + left * more / all }
        };
        self.least.iter().zip(&self.more).map(width).collect()
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
