//! Characters that a terminal would act on, made visible.
//!
//! A contract may be written to look different from what it says (escape codes, bidirectional overrides, hidden tags),
//! so those characters are drawn as a sign and reach a tool only as an escape.

use std::fmt::Write;

/// The character to draw for `c`: itself, unless a terminal would act on it or hide it.
pub(crate) fn shown(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => {
            char::from_u32(u32::from(c).saturating_add(0x2400)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '\u{2421}',
        _ if acts(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { shown(c) }).collect()
}

/// Text whose line breaks are kept, with lines of at most `width` characters where it has spaces to break at.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.lines().map(|line| wrapped_line(&one_line(line), width)).collect();
    lines.join("\n")
}

fn wrapped_line(line: &str, width: usize) -> String {
    let mut drawn = String::new();
    let mut column = 0_usize;
    for word in line.split_inclusive(' ') {
        let long = word.trim_end().chars().count();
        if column > 0 && column.saturating_add(long) > width {
            drawn.truncate(drawn.trim_end().len());
            drawn.push('\n');
            column = 0;
        }
        drawn.push_str(word);
        column = column.saturating_add(word.chars().count());
    }
    drawn
}

/// JSON in which every character that a terminal acts on is an escape; it means the same.
pub(crate) fn escaped_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` does not fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Whether a terminal acts on the character, or shows nothing for it; C0 controls are not asked for here.
fn acts(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}'                                                   // delete and the C1 controls
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'       // direction marks and overrides
        | '\u{2066}'..='\u{206f}'                                             // direction isolates
        | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'                   // nothing to see
        | '\u{2028}' | '\u{2029}'                                             // line breaks that are not new lines
        | '\u{e0000}'..='\u{e007f}') // tags
}
