//! Text that can do no harm: what a title or a clause may not bring into a document.

/// Shows a control character as `\u{FFFD}`, so that nothing is missing without a sign; drops marks that turn the direction of the text around, and characters without a width that
/// could hide something; every run of white space becomes one space.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c.is_control() {
            out.push(char::REPLACEMENT_CHARACTER);
        } else if !is_harmful(c) {
            out.push(c);
        }
    }
    out
}

fn is_harmful(c: char) -> bool {
    matches!(c,
            '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'       // without a width
            | '\u{200E}' | '\u{200F}' | '\u{061C}'                  // marks of direction
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}'     // embeddings, overrides and isolates
            | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}'     // annotations and non-characters
            | '\u{E0000}'..='\u{E007F}')                            // tags
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn overrides_controls_and_line_ends_go_and_letters_stay() {
        assert_eq!(clean("a\u{202E}b\u{0007}c\r\n\t d\u{2029}e"), "ab\u{FFFD}c d e");
        assert_eq!(clean("שלום 👩‍⚕️ £5"), "שלום 👩‍⚕️ £5");
        assert_eq!(clean("x\u{FFFF}\u{E0041}y"), "xy");
    }
}
