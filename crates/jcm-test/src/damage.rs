//! Texts that nobody would write: cut off, with a byte missing, or made of noise. They are read without a panic.

use jcm_syntax::parse;

/// Prefixes of a text, and the text with one byte left out, `count` of each at a fixed stride. A cut through a
/// character leaves what a program makes of broken UTF-8.
pub fn damaged(text: &str, count: usize) -> impl Iterator<Item = String> {
    let bytes = text.as_bytes();
    let stride = bytes.len().div_ceil(count.max(1)).max(1);
    let prefixes =
        (0..bytes.len()).step_by(stride).map(move |at| text_of(bytes.get(..at).unwrap_or_default()));
    // Half a stride further, so that the two kinds of damage meet different places.
    let shorter = (stride / 2..bytes.len()).step_by(stride).map(move |at| {
        let (before, from) = bytes.split_at(at);
        text_of(&[before, from.get(1..).unwrap_or_default()].concat())
    });
    prefixes.chain(shorter)
}

/// Texts made of any bytes, and texts made of the words and signs of the language in any order. The same seed gives the
/// same text.
pub fn noise(seed: u64) -> String {
    const PIECES: [&str; 40] = [
        "jcm 1\n",
        "\n",
        "\n\n",
        " ",
        "    ",
        "contract",
        "partner a \"A\" {\n",
        "measure m \"M\" {\n",
        "example \"E\" of a in 2026/27 {\n",
        "clause c \"C\" {\n",
        "incentive i \"I\" {\n",
        "line x \"X\" = ",
        "pays x from a to b\n",
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        ":",
        ",",
        "=",
        "£",
        "£1,000.50",
        "50%",
        "2026/27",
        "2026-02-30",
        "\"",
        "“",
        "a",
        "of",
        "when",
        "otherwise",
        "at least",
        "per",
        "//",
        "///",
        "\\",
        "\u{a0}",
        "9999999999999999999999999999999999999999",
    ];
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 65_521).unwrap_or_default()
    };
    let length = next() % 400;
    if seed.is_multiple_of(2) {
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(next() % 256).unwrap_or_default()).collect();
        return text_of(&bytes);
    }
    (0..length).filter_map(|_| PIECES.get(next() % PIECES.len()).copied()).collect()
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether the tree of a text holds every byte of it, and every problem lies on characters of it.
pub fn losslessly_parsed(text: &str) -> Result<(), String> {
    let parsed = parse(text);
    if parsed.green.to_string() != text {
        return Err(format!("the tree has another text than\n{text:?}"));
    }
    let outside = parsed.problems.iter().find(|problem| {
        let (start, end) = (problem.range.0 as usize, problem.range.1 as usize);
        text.get(start..end).is_none()
    });
    outside.map_or(Ok(()), |problem| Err(format!("{problem:?} does not lie on characters of\n{text:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_done_at_a_stride_and_keeps_to_the_text() {
        let all: Vec<String> = damaged("ab£d", 9).collect();
        assert_eq!(
            all,
            ["", "a", "ab", "ab\u{fffd}", "ab£", "b£d", "a£d", "ab\u{fffd}d", "ab\u{fffd}d", "ab£"]
        );
        assert_eq!(damaged(&"x".repeat(1000), 10).count(), 20);
    }

    #[test]
    fn noise_is_the_same_each_time_and_differs_by_seed() {
        assert_eq!(noise(7), noise(7));
        assert_ne!(noise(7), noise(9));
    }
}
