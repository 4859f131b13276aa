//! E0101: text that is no declaration.

use super::{SyntaxProblem, range};
use crate::generated::DeclarationKind;

/// Text between declarations.
pub(crate) struct StrayText<'a> {
    /// The text, with whatever blank lines follow it.
    pub(crate) text: &'a str,
    /// Where it starts.
    pub(crate) start: usize,
    /// Whether its first line is indented, as if it belonged to the declaration above.
    pub(crate) indented: bool,
}

impl From<StrayText<'_>> for SyntaxProblem {
    fn from(StrayText { text, start, indented }: StrayText<'_>) -> Self {
        let first_line = text.lines().next().unwrap_or("").trim_end();
        let at = range(start, first_line.len());
        let word: &str =
            first_line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
        let word_at = range(start, word.len());
        if let Some(kind) = DeclarationKind::from_word(word) {
            let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
            return Self::new(
                "E0101",
                at,
                format!("`{word}` does not begin {article} {word} here"),
                if indented {
                    "a declaration starts in the first column"
                } else {
                    "a name and a body are missing"
                },
            )
            .help(format!("Write it as `{} name \"Title\" {{ … }}` in the first column.", kind.word()));
        }
        if let Some(kind) = nearest_kind(word) {
            let meant = kind.word();
            return Self::new(
                "E0101",
                word_at,
                format!("`{word}` is not a kind of declaration"),
                "unknown word",
            )
            .help(format!("Write `{meant}` if that is what you meant."))
            .fix(format!("Change to `{meant}`"), word_at, meant);
        }
        if indented {
            return Self::new(
                "E0101",
                at,
                "this text belongs to no declaration",
                "the declaration above has ended",
            )
            .help("Look for a `}` too many above this line.");
        }
        Self::new("E0101", at, "this text belongs to no declaration", "a declaration was expected here")
            .help("Begin with a word such as `partner`, `measure` or `clause`, or put `//` before a remark.")
    }
}

/// The kind that is one slip away from `word`, or two in a long word.
fn nearest_kind(word: &str) -> Option<DeclarationKind> {
    let lower = word.to_ascii_lowercase();
    let allowed = if word.len() > 5 { 2 } else { 1 };
    let slips = DeclarationKind::ALL.iter().map(|kind| (slips(&lower, kind.word()), *kind));
    slips
        .filter(|(count, _)| word.len() > 2 && *count <= allowed)
        .min_by_key(|(count, _)| *count)
        .map(|(_, kind)| kind)
}

/// How many letters must be added, left out, changed or swapped with the next one to get from one word to another.
fn slips(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, letter) in from.chars().enumerate() {
        let mut here = vec![row + 1];
        for (column, wanted) in to.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let change = cell(&last, column) + usize::from(letter != *wanted);
            let mut best = change.min(cell(&last, column + 1) + 1).min(cell(&here, column) + 1);
            let swapped = column > 0 && previous == Some(*wanted) && to.get(column - 1) == Some(&letter);
            if swapped {
                best = best.min(cell(&before_last, column - 1) + 1);
            }
            here.push(best);
        }
        before_last = std::mem::replace(&mut last, here);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_a_gap_and_a_change_are_one_slip_each() {
        assert_eq!(slips("contarct", "contract"), 1);
        assert_eq!(slips("contrct", "contract"), 1);
        assert_eq!(slips("comtract", "contract"), 1);
        assert_eq!(slips("", "use"), 3);
    }

    #[test]
    fn a_near_miss_names_the_kind_and_a_far_one_does_not() {
        assert_eq!(nearest_kind("Measures"), Some(DeclarationKind::Measure));
        assert_eq!(nearest_kind("contarct"), Some(DeclarationKind::Contract));
        assert_eq!(nearest_kind("hello"), None);
        assert_eq!(nearest_kind("us"), None);
    }
}
