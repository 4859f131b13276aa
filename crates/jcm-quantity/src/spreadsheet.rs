//! Cells of comma-separated values, as a spreadsheet reads them.

use std::borrow::Cow;

/// A cell with quotation marks where it needs them. It is for figures and for words of ours.
pub fn csv_cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A cell that somebody else wrote: what a spreadsheet would run as a formula gets an apostrophe before it, and a control
/// character becomes a sign that can be seen. A figure below zero is no formula.
pub fn csv_text(text: &str) -> String {
    let text = without_controls(text);
    if is_run(&text) { csv_cell(&format!("'{text}")) } else { csv_cell(&text) }
}

/// What a cell says that [`csv_text`] wrote, or anybody else: without the apostrophe before what would be run, and
/// without control characters.
pub fn csv_said(cell: &str) -> Cow<'_, str> {
    let said = cell.strip_prefix('\'').filter(|rest| is_run(rest)).unwrap_or(cell);
    without_controls(said)
}

/// Whether a spreadsheet would run a text as a formula; some take the wide signs for the narrow ones.
fn is_run(text: &str) -> bool {
    const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.starts_with(BEGINS) && !is_below_zero(text)
}

/// Control characters other than line breaks and tabs do nothing in a table but harm.
fn without_controls(text: &str) -> Cow<'_, str> {
    let harms = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(harms) { Cow::Owned(text.replace(harms, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// `-5`, `-£50,000.00`, `-2.5%`.
fn is_below_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|figure| {
        let digits = figure.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphabetic() || c == '$');
        digits.starts_with(|c: char| c.is_ascii_digit())
            && !figure.contains(['=', '+', '-', '|', '!', '(', '@', '*'])
    })
}

#[cfg(test)]
mod tests {
    use super::{csv_said, csv_text};

    #[test]
    fn what_a_spreadsheet_would_run_is_made_a_text() {
        for formula in [
            "=1+1", "+1", "-x", "-1+1", "-5|x!A1", "-£5*2", "@x", "\tx", "\rx", "-", "-(1)", "\nx", "＝1",
            "＠x",
        ] {
            assert!(csv_text(formula).trim_start_matches('"').starts_with('\''), "{formula}");
        }
    }

    #[test]
    fn figures_and_words_stay_as_they_are() {
        for text in
            ["", "5", "-5", "-£50000.00", "-2.5%", "-$5", "-5 points", "-2/3", "a = b", "x+y", "North-East"]
        {
            assert_eq!(csv_text(text), text);
        }
    }

    #[test]
    fn what_was_guarded_is_read_as_it_was() {
        for text in ["=1+1", "@x", "-x", "North", "'North'", "-5", "'tis", "a,b", "＝1"] {
            assert_eq!(csv_said(csv_text(text).trim_matches('"')), text);
        }
        assert_eq!(csv_text("a\u{1}b\u{1b}[2J"), "a\u{fffd}b\u{fffd}[2J");
        assert_eq!(csv_said("a\u{1}b"), "a\u{fffd}b");
    }

    #[test]
    fn marks_that_part_cells_and_rows_are_quoted() {
        assert_eq!(csv_text("a,b"), "\"a,b\"");
        assert_eq!(csv_text("say \"x\""), "\"say \"\"x\"\"\"");
        assert_eq!(csv_text("-£1,000.00"), "\"-£1,000.00\"");
        assert_eq!(csv_text("=1,2"), "\"'=1,2\"");
        assert_eq!(csv_text("a\nb"), "\"a\nb\"");
    }
}
