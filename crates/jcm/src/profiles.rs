//! The profiles of the library, read once and for themselves, so that a contract can be held to those that it does not
//! follow.

use crate::{InMemory, Program, check_without_examples};

const FOLDER: &str = "std.profile.";

/// A contract that says nothing but that it follows every profile of the library: what it carries is their rules.
pub fn profiles() -> Option<Program> {
    check_without_examples(&InMemory::new("profiles.jcm", &text())).into_program().ok()
}

fn text() -> String {
    let paths: Vec<&str> =
        jcm_std::modules().iter().map(|module| module.path).filter(|path| path.starts_with(FOLDER)).collect();
    let uses: String = paths.iter().map(|path| format!("use {path}\n")).collect();
    let names: Vec<&str> = paths.iter().filter_map(|path| path.strip_prefix(FOLDER)).collect();
    format!(
        "jcm 1\n\n{uses}\ncontract profiles \"Profiles\" {{\n    follows: {}\n    term: 2026-04-01 to 2027-03-31\n    \
         currency: GBP\n    settled: every financial_year\n    rounding: half_even to £0.01\n}}\n",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_of_the_library_is_read_and_its_rules_have_names_of_their_own() {
        let program = profiles().expect("the library is in order");
        let files = jcm_std::modules().iter().filter(|module| module.path.starts_with(FOLDER)).count();
        assert_eq!(program.standards.len(), files);
        let mut names: Vec<&str> = program.criteria.iter().map(|rule| rule.head.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
