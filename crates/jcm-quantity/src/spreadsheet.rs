//! Cells of comma-separated values, as a spreadsheet reads them.

/// A cell with quotation marks where it needs them. It is for figures and for words of ours.
pub fn csv_cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A cell that somebody else wrote: what a spreadsheet would run as a formula gets an apostrophe before it. A figure below
/// zero is none.
pub fn csv_text(text: &str) -> String {
    let starts_one = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if starts_one && !is_below_zero(text) { csv_cell(&format!("'{text}")) } else { csv_cell(text) }
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
    use super::csv_text;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_a_text() {
        for formula in ["=1+1", "+1", "-x", "-1+1", "-5|x!A1", "-£5*2", "@x", "\tx", "\rx", "-", "-(1)"] {
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
    fn marks_that_part_cells_and_rows_are_quoted() {
        assert_eq!(csv_text("a,b"), "\"a,b\"");
        assert_eq!(csv_text("say \"x\""), "\"say \"\"x\"\"\"");
        assert_eq!(csv_text("-£1,000.00"), "\"-£1,000.00\"");
        assert_eq!(csv_text("=1,2"), "\"'=1,2\"");
        assert_eq!(csv_text("a\nb"), "\"a\nb\"");
    }
}
