//! Characters that nobody sees and that change what is read, or hide something.

/// Whether a character has no width and no use in a text, or turns the direction of what follows. What joins letters and
/// emoji, U+200C and U+200D, is neither.
pub fn is_unseen(c: char) -> bool {
    matches!(c,
            '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'       // without a width
            | '\u{200E}' | '\u{200F}' | '\u{061C}'                  // marks of direction
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}'     // embeddings, overrides and isolates
            | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}'     // annotations and non-characters
            | '\u{E0000}'..='\u{E007F}')                            // tags
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// Whether an unseen character turns the direction in which a text is read.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character ends a line for some programs and not for others, so that one text has lines of its own in each:
/// vertical tab, form feed, next line, and the separators of lines and paragraphs.
pub fn breaks_line(c: char) -> bool {
    matches!(c, '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{breaks_line, is_unseen, turns_direction};

    #[test]
    fn letters_of_every_script_and_what_joins_them_are_seen() {
        for text in ["שלום £5", "مرحبا", "👩\u{200D}⚕\u{FE0F}", "नमस्ते", "a\u{301}", "\u{AD}"]
        {
            assert!(!text.chars().any(is_unseen), "{text}");
        }
    }

    #[test]
    fn what_turns_direction_is_unseen() {
        assert!(('\u{0}'..'\u{FFFF}').filter(|c| turns_direction(*c)).all(is_unseen));
        assert!(is_unseen('\u{200B}') && !turns_direction('\u{200B}'));
    }

    #[test]
    fn what_breaks_a_line_is_white_space_and_no_new_line() {
        let broken: Vec<char> = ('\u{0}'..'\u{FFFF}').filter(|c| breaks_line(*c)).collect();
        assert!(broken.len() == 5 && broken.iter().all(|c| c.is_whitespace() && !is_unseen(*c)));
        assert!(!"\r\n\t \u{A0}".chars().any(breaks_line));
    }
}
