//! What lies between terminals, and how deeply brackets are nested: what a look at the bytes can tell.

use crate::generated::SyntaxKind;
use crate::problems::DEEPEST;

/// Cuts the text between two terminals into spaces, line breaks and comments.
///
/// The grammar leaves nothing else there; should it ever, it comes out as `Bad`, so that no text is lost.
pub(crate) fn split(mut gap: &str, mut take: impl FnMut(SyntaxKind, &str)) {
    while let Some(first) = gap.chars().next() {
        let (kind, length) = match first {
            '\n' => (SyntaxKind::LineBreak, 1),
            '/' if gap.starts_with("//") => (SyntaxKind::Comment, gap.find('\n').unwrap_or(gap.len())),
            _ if is_space(first) => (SyntaxKind::Whitespace, run(gap, is_space)),
            _ => (SyntaxKind::Bad, run(gap, |c| c != '\n' && !is_space(c))),
        };
        let (piece, rest) = gap.split_at_checked(length).unwrap_or((gap, ""));
        take(kind, piece);
        gap = rest;
    }
}

/// A space of any kind, but not a line break; the byte order mark counts as one.
fn is_space(c: char) -> bool {
    c != '\n' && (c.is_whitespace() || c == '\u{FEFF}')
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The bracket that is nested too deeply, if there is one.
///
/// Texts in quotes, comments and the escaped braces of legal text do not count. The parser recurses once for each bracket, so that this look at
/// the bytes is what bounds it.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at += closing_quote(bytes.get(at + 1..).unwrap_or(&[])),
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let rest = bytes.get(at..).unwrap_or(&[]);
                at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            }
            b'\\' => at += 1,
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(at);
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// How many bytes to pass to stand on the closing quotation mark; none where the line has none.
fn closing_quote(rest: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b'\n' => return 0,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_comments_do_not_count_as_nesting() {
        let text = format!("a \"{}\" // {}\n b", "(".repeat(100), "(".repeat(100));
        assert_eq!(too_deep(&text), None);
        assert_eq!(too_deep(&"(".repeat(64)), None);
        assert_eq!(too_deep(&"(".repeat(65)), Some(64));
        assert_eq!(too_deep(&"{ ( ) }".repeat(100)), None);
        assert_eq!(too_deep(&"\\{".repeat(100)), None);
        assert_eq!(too_deep(&format!("\" {}", "(".repeat(65))), Some(66));
    }
}
