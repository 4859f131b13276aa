//! Text that can do no harm: what a title or a clause may not bring into a document.

use jcm_source::is_unseen;

/// Shows a control character, one that turns the direction of the text and one that nobody sees as `\u{FFFD}`, so that
/// nothing is missing without a sign; every run of white space becomes one space. The compiler refuses such characters in
/// a contract; they can still come with data.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c.is_control() || is_unseen(c) {
            out.push(char::REPLACEMENT_CHARACTER);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn overrides_and_controls_leave_a_sign_and_letters_stay() {
        assert_eq!(clean("a\u{202E}b\u{0007}c\r\n\t d\u{2029}e"), "a\u{FFFD}b\u{FFFD}c d e");
        assert_eq!(clean("שלום 👩‍⚕️ £5"), "שלום 👩‍⚕️ £5");
        assert_eq!(clean("x\u{FFFF}\u{200B}\u{E0041}y"), "x\u{FFFD}\u{FFFD}\u{FFFD}y");
    }
}
