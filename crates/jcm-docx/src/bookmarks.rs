//! The places of the document as bookmarks. Word allows letters, digits and underscores, and forty of them.

use jcm_doc::Document;
use std::collections::{BTreeMap, BTreeSet};

/// The longest name that Word keeps.
const LONGEST: usize = 40;

/// The bookmark of each place of a document, by its anchor.
pub fn bookmarks(document: &Document) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for anchor in document.anchors() {
        names.entry(anchor.to_owned()).or_insert_with(|| free(&name(anchor), &mut taken));
    }
    names
}

/// An anchor in the characters that a bookmark may have, beginning with a letter.
fn name(anchor: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = anchor.chars().map(plain).take(LONGEST).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("at_{name}").chars().take(LONGEST).collect()
    }
}

/// The name itself, or with a number where another place has it. Word compares names without regard to case.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut count = 1u32;
    while !taken.insert(candidate.to_ascii_lowercase()) {
        count = count.saturating_add(1);
        let end = format!("_{count}");
        let start: String = name.chars().take(LONGEST.saturating_sub(end.len())).collect();
        candidate = start + &end;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_begin_with_a_letter_and_stay_apart() {
        assert_eq!(name("line-gain_share.saving"), "line_gain_share_saving");
        assert_eq!(name("3b"), "at_3b");
        let mut taken = BTreeSet::new();
        let long = name(&"clause-".repeat(20));
        let names = [free(&long, &mut taken), free(&long.to_ascii_uppercase(), &mut taken)];
        assert_eq!(names.each_ref().map(String::len), [LONGEST, LONGEST]);
        assert!(names[1].ends_with("_2"));
    }
}
