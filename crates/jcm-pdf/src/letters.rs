//! Words as strings of typst, in which every character stands for itself.

/// Longer words get places at which a line may end.
const LONGEST_WORD: usize = 40;

/// Which characters can be printed.
pub struct Letters<'f> {
    printable: &'f dyn Fn(char) -> bool,
}

impl<'f> Letters<'f> {
    /// The characters for which `printable` holds. Others are printed as their numbers: `[U+1F3E5]`.
    pub fn new(printable: &'f dyn Fn(char) -> bool) -> Letters<'f> {
        Letters { printable }
    }

    /// A text as one string.
    pub(crate) fn string(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('"');
        for c in text.chars() {
            self.push(c, &mut out);
        }
        out.push('"');
        out
    }

    /// A text as strings between which a line may end, where its words are longer than lines should be.
    pub(crate) fn breakable(&self, text: &str, longest: usize) -> String {
        let longest = longest.min(LONGEST_WORD);
        let mut out = String::from("\"");
        let mut length = 0;
        for c in text.chars() {
            length = if c.is_whitespace() { 0 } else { length + 1 };
            if length > longest {
                out.push_str("\";h(0pt);\"");
                length = 1;
            }
            self.push(c, &mut out);
        }
        out.push('"');
        out
    }

    /// A text with every character that no font has as its number; not yet a string.
    pub(crate) fn printed(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        text.chars().for_each(|c| self.print(c, &mut out));
        out
    }

    fn push(&self, c: char, out: &mut String) {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        self.print(c, out);
    }

    fn print(&self, c: char, out: &mut String) {
        match c {
            '"' | '\\' => out.push(c),
            _ if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => out.push(' '),
            // Joiners and selectors only change the character beside them.
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}' => {}
            _ if c.is_control() => {}
            _ if (self.printable)(c) => out.push(c),
            _ => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_of_typst_ends_its_string() {
        let letters = Letters::new(&|_| true);
        assert_eq!(letters.string(r#"#let x = $1$ "a" \u{41} [b] @c <d>"#), {
            r##""#let x = $1$ \"a\" \\u{41} [b] @c <d>""##
        });
        assert_eq!(letters.string("a\u{7}\nb"), "\"a b\"");
    }

    #[test]
    fn what_no_font_has_is_printed_as_its_number() {
        let letters = Letters::new(&|c| c.is_ascii());
        assert_eq!(letters.string("a 🏥\u{fe0f} b"), "\"a [U+1F3E5] b\"");
    }

    #[test]
    fn what_stands_in_a_picture_is_not_escaped_twice() {
        let letters = Letters::new(&|c| c.is_ascii());
        assert_eq!(letters.printed("<text x=\"1\">a 🏥\u{fe0f}</text>"), "<text x=\"1\">a [U+1F3E5]</text>");
    }

    #[test]
    fn a_long_word_can_be_broken_and_loses_no_letter() {
        let letters = Letters::new(&|_| true);
        assert_eq!(letters.breakable("abcdef gh", 4), "\"abcd\";h(0pt);\"ef gh\"");
        assert_eq!(letters.breakable("abcd", 4), "\"abcd\"");
    }
}
