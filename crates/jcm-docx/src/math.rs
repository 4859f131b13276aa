//! Mathematics as Word sets it (OMML).

use crate::runs::Look;
use crate::runs::Writer;
use crate::xml::Xml;
use jcm_doc::{Equation, Math, Revision};

/// A calculation in a paragraph of its own. Word tracks no change inside mathematics, so a calculation that is put in
/// or taken out is written as text.
pub(crate) fn equation(writer: &mut Writer, equation: &Equation, revision: Option<Revision>) {
    writer.paragraph("Equation", revision, |writer| match revision {
        Some(_) => writer.run(&equation.text(), Look::Formula, revision),
        None => writer.xml.element("m:oMathPara", &[], |xml| {
            xml.element("m:oMathParaPr", &[], |xml| xml.empty("m:jc", &[("m:val", "left")]));
            xml.element("m:oMath", &[], |xml| {
                words(xml, &format!("({})  ", equation.number));
                math(xml, &equation.math());
            });
        }),
    });
}

fn math(xml: &mut Xml, part: &Math) {
    match part {
        Math::Row(row) => row.iter().for_each(|part| math(xml, part)),
        Math::Name(lines) => match lines.as_slice() {
            [only] => words(xml, only),
            _ => below(xml, lines, |xml, line| words(xml, line)),
        },
        Math::Number(text) => words(xml, text),
        Math::Words(text) => words(xml, &format!("{text} ")),
        Math::Operator(sign) => words(xml, &format!(" {sign} ")),
        Math::Fraction(over, under) => xml.element("m:f", &[], |xml| {
            xml.element("m:num", &[], |xml| math(xml, over));
            xml.element("m:den", &[], |xml| math(xml, under));
        }),
        Math::Raised(base, exponent) => xml.element("m:sSup", &[], |xml| {
            xml.element("m:e", &[], |xml| math(xml, base));
            xml.element("m:sup", &[], |xml| math(xml, exponent));
        }),
        Math::Fenced(open, inner, close) => fenced(xml, open, close, |xml| math(xml, inner)),
        Math::Cases(rows) => fenced(xml, "{", "", |xml| {
            table(xml, 2, rows, |xml, (value, when)| {
                xml.element("m:e", &[], |xml| math(xml, value));
                xml.element("m:e", &[], |xml| math(xml, when));
            });
        }),
        Math::Lines(lines) => table(xml, 1, lines, |xml, line| {
            xml.element("m:e", &[], |xml| math(xml, line));
        }),
    }
}

/// Words in the upright letters of the text around them.
fn words(xml: &mut Xml, text: &str) {
    xml.element("m:r", &[], |xml| {
        xml.element("m:rPr", &[], |xml| xml.empty("m:nor", &[]));
        xml.element("w:rPr", &[], |xml| {
            xml.empty("w:rFonts", &[("w:ascii", "Cambria Math"), ("w:hAnsi", "Cambria Math")]);
            xml.empty("w:sz", &[("w:val", "19")]);
        });
        xml.element("m:t", &[("xml:space", "preserve")], |xml| xml.text(text));
    });
}

fn fenced(xml: &mut Xml, open: &str, close: &str, inside: impl FnOnce(&mut Xml)) {
    xml.element("m:d", &[], |xml| {
        xml.element("m:dPr", &[], |xml| {
            xml.empty("m:begChr", &[("m:val", open)]);
            xml.empty("m:endChr", &[("m:val", close)]);
        });
        xml.element("m:e", &[], inside);
    });
}

/// Below each other, each in the middle.
fn below<T>(xml: &mut Xml, parts: &[T], inside: impl Fn(&mut Xml, &T)) {
    xml.element("m:eqArr", &[], |xml| {
        for part in parts {
            xml.element("m:e", &[], |xml| inside(xml, part));
        }
    });
}

/// Below each other in columns that begin at the left.
fn table<T>(xml: &mut Xml, columns: usize, rows: &[T], inside: impl Fn(&mut Xml, &T)) {
    xml.element("m:m", &[], |xml| {
        xml.element("m:mPr", &[], |xml| {
            xml.element("m:mcs", &[], |xml| {
                xml.element("m:mc", &[], |xml| {
                    xml.element("m:mcPr", &[], |xml| {
                        xml.empty("m:count", &[("m:val", &columns.to_string())]);
                        xml.empty("m:mcJc", &[("m:val", "left")]);
                    });
                });
            });
        });
        for row in rows {
            xml.element("m:mr", &[], |xml| inside(xml, row));
        }
    });
}
