//! Names of files from keys of cases, which can hold anything.

use std::collections::BTreeSet;

/// Longer names are cut.
const LONGEST: usize = 60;
/// The names of the files that stand beside the statements.
const BESIDE: [&str; 2] = ["index", "journal"];
/// What some systems hold to be devices, whatever stands behind a stop.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The names that are taken, in small letters: many file systems do not tell them from capitals.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name for a key that no other has: letters, digits and hyphens.
    pub(crate) fn of(&mut self, key: &str) -> String {
        let mut name = String::new();
        for c in key.chars() {
            if c.is_ascii_alphanumeric() || c == '_' {
                name.push(c);
            } else if !name.ends_with('-') && !name.is_empty() {
                name.push('-');
            }
        }
        let name: String = name.chars().take(LONGEST).collect();
        let name = name.trim_matches('-');
        let lower = name.to_ascii_lowercase();
        let name = match name {
            "" => "case".to_owned(),
            _ if BESIDE.contains(&lower.as_str()) || DEVICES.contains(&lower.as_str()) => {
                format!("case-{name}")
            }
            _ => name.to_owned(),
        };
        let mut free = name.clone();
        let mut count = 1u32;
        while !self.taken.insert(free.to_ascii_lowercase()) {
            count = count.saturating_add(1);
            free = format!("{name}-{count}");
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_leads_out_of_the_folder_or_onto_another_file() {
        let mut names = Names::default();
        let keys =
            ["A1001", "a1001", "../../etc/passwd", "", "…", "index", "CON", "Stour Valley / falls", "=1+1"];
        assert_eq!(
            keys.map(|key| names.of(key)),
            [
                "A1001",
                "a1001-2",
                "etc-passwd",
                "case",
                "case-2",
                "case-index",
                "case-CON",
                "Stour-Valley-falls",
                "1-1"
            ]
        );
        assert_eq!(names.of(&"x".repeat(10_000)).len(), LONGEST);
    }
}
