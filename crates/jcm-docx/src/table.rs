//! Tables: a header row that repeats on each page, rows that stay whole, columns as wide as what they hold.

use crate::body::Shape;
use crate::runs::{Look, Writer};
use jcm_doc::{Align, Columns, Revision, SignatureBlock, Table, TableRow};

/// Between the margins, in twentieths of a point.
pub(crate) const WIDTH: usize = 9070;
/// Tables of no more rows than this are kept on one page.
const SHORT: usize = 8;

/// A table with its caption; with what follows it on the same page, if that is a note on it.
pub(crate) fn table(writer: &mut Writer, table: &Table, note: bool, revision: Option<Revision>) {
    writer.paragraph("Caption", revision, |writer| {
        writer.run(&table.caption, Look::Plain, revision);
    });
    let columns = Columns::of(table, WIDTH);
    writer.element("w:tbl", &[], |writer| {
        frame(writer, "ContractTable", &columns.widths);
        heads(writer, table, &columns, revision);
        for (place, row) in (1..).zip(&table.rows) {
            let last = place == table.rows.len();
            let with_next = if last { note } else { table.rows.len() <= SHORT };
            body_row(writer, table, row, &columns, with_next, revision.or(row.revision));
        }
    });
    after(writer, note, revision);
}

/// Where a party signs: what is filled in by hand, on lines.
pub(crate) fn signature(writer: &mut Writer, block: &SignatureBlock, revision: Option<Revision>) {
    writer.paragraph("SignatureForm", revision, |writer| writer.text(&block.form, revision));
    let widths = [WIDTH * 2 / 5, WIDTH * 3 / 5];
    writer.element("w:tbl", &[], |writer| {
        frame(writer, "SignatureTable", &widths);
        for (number, line) in (1..).zip(&block.lines) {
            // A party signs on one page.
            let with_next = number < block.lines.len();
            writer.element("w:tr", &[], |writer| {
                row_properties(writer, false, revision, Some("620"));
                for (place, width) in widths.iter().enumerate() {
                    writer.element("w:tc", &[], |writer| {
                        cell_properties(writer, *width, place == 1);
                        let words = if place == 0 { line.as_str() } else { "" };
                        let shape = Shape { style: "SignatureText", with_next, ..Shape::default() };
                        writer.paragraph(shape, revision, |writer| {
                            writer.run(words, Look::Plain, revision);
                        });
                    });
                }
            });
        }
    });
    after(writer, false, revision);
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

fn heads(writer: &mut Writer, table: &Table, columns: &Columns, revision: Option<Revision>) {
    writer.element("w:tr", &[], |writer| {
        row_properties(writer, true, revision, None);
        for (place, (head, width)) in table.header.iter().zip(&columns.widths).enumerate() {
            let anchor = table.anchors.get(place).and_then(Option::as_deref);
            writer.element("w:tc", &[], |writer| {
                cell_properties(writer, *width, false);
                let right = table.align.get(place) == Some(&Align::Right);
                let shape =
                    Shape { style: look(columns, "TableHead", "TableSmallHead"), right, ..Shape::default() };
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
    columns: &Columns,
    with_next: bool,
    revision: Option<Revision>,
) {
    let nothing = Vec::new();
    writer.element("w:tr", &[], |writer| {
        row_properties(writer, false, revision, None);
        for (place, width) in columns.widths.iter().enumerate() {
            let cell = row.cells.get(place).unwrap_or(&nothing);
            let anchor = row.anchor.as_deref().filter(|_| place == 0);
            writer.element("w:tc", &[], |writer| {
                cell_properties(writer, *width, false);
                let style = match is_right(table, place) {
                    true => look(columns, "TableFigure", "TableSmallFigure"),
                    false => look(columns, "TableText", "TableSmallText"),
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
fn after(writer: &mut Writer, with_next: bool, revision: Option<Revision>) {
    writer.paragraph(Shape { style: "TableSpace", with_next, ..Shape::default() }, revision, |_| {});
}

fn is_right(table: &Table, place: usize) -> bool {
    table.align.get(place) == Some(&Align::Right)
}

fn look(columns: &Columns, large: &'static str, small: &'static str) -> &'static str {
    if columns.small { small } else { large }
}
