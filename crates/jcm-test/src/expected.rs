//! What a broken contract is expected to give: lines such as `//~ E0501 at 12:5 "sum to 99.9%"` in the file itself.

use crate::Finding;
use std::fmt::Write as _;

const MARK: &str = "//~ ";

/// One expected finding; the text is part of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    code: String,
    place: String,
    text: String,
}

impl Expected {
    /// Every expectation of a file; the line itself where one cannot be read.
    pub fn all(text: &str) -> Result<Vec<Self>, String> {
        text.lines()
            .filter_map(|line| line.strip_prefix(MARK))
            .map(|line| one(line).ok_or_else(|| line.to_owned()))
            .collect()
    }

    /// The same file with what was found in the place of what it expects. The lines stand at its beginning.
    pub fn blessed(text: &str, find: impl Fn(&str) -> Vec<Finding>) -> String {
        let body: String = text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect();
        // Where a finding lies depends on how many lines stand above it, and on nothing else about them.
        let count = find(&body).len();
        let findings = find(&format!("{}{body}", format!("{MARK}\n").repeat(count)));
        let mut blessed = String::new();
        for finding in findings {
            let _ = writeln!(blessed, "{MARK}{finding}");
        }
        blessed + &body
    }

    /// How what was found differs from what was expected; nothing if it does not.
    pub fn differences(expected: &[Self], found: &[Finding]) -> Vec<String> {
        let mut open: Vec<&Finding> = found.iter().collect();
        let mut differences = Vec::new();
        for expected in expected {
            match open.iter().position(|finding| expected.is_met_by(finding)) {
                Some(place) => drop(open.remove(place)),
                None => differences.push(format!(
                    "not found: {} at {} \"{}\"",
                    expected.code, expected.place, expected.text
                )),
            }
        }
        differences.extend(open.iter().map(|finding| format!("not expected: {finding}")));
        differences
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    fn is_met_by(&self, finding: &Finding) -> bool {
        self.code == finding.code && self.place == finding.place && finding.message.contains(&self.text)
    }
}

/// `E0501 at 12:5 "sum to 99.9%"`
fn one(line: &str) -> Option<Expected> {
    let (code, rest) = line.split_once(" at ")?;
    let (place, text) = rest.split_once(' ')?;
    let text = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let is_code = code.len() == 5 && code.starts_with(['E', 'L', 'W']);
    (is_code && !text.is_empty()).then(|| Expected {
        code: code.to_owned(),
        place: place.to_owned(),
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(place: &str) -> Finding {
        Finding { place: place.to_owned(), code: "E0301".to_owned(), message: "a \"b\" c".to_owned() }
    }

    #[test]
    fn what_differs_is_said_both_ways() {
        let expected = Expected::all("//~ E0301 at 2:1 \"\"b\" c\"\n").unwrap();
        assert_eq!(Expected::differences(&expected, &[finding("2:1")]), Vec::<String>::new());
        assert_eq!(Expected::differences(&expected, &[finding("2:2")]).len(), 2);
        assert_eq!(Expected::differences(&expected, &[]).len(), 1);
        assert_eq!(Expected::differences(&[], &[finding("2:1")]).len(), 1);
        assert!(Expected::all("//~ E0301 \"b\"").is_err());
    }

    #[test]
    fn blessing_counts_its_own_lines() {
        let last_line = |text: &str| vec![finding(&format!("{}:1", text.lines().count()))];
        let blessed = Expected::blessed("one\ntwo\n", last_line);
        assert_eq!(blessed, "//~ E0301 at 3:1 \"a \"b\" c\"\none\ntwo\n");
        assert_eq!(Expected::blessed(&blessed, last_line), blessed);
    }
}
