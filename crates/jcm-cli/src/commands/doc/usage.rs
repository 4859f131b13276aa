//! How a contract takes in what the library declares, as lines to copy.

use jcm::{LibraryEntry, LibraryModule};
use std::fmt::Write as _;

/// The lines for an entry; none for what is not taken in by itself.
pub(super) fn usage(module: &LibraryModule, entry: &LibraryEntry) -> Option<String> {
    let path = module.path;
    let name = entry.path.rsplit('.').next().unwrap_or_default();
    let last = path.rsplit('.').next().unwrap_or_default();
    let text = match entry.kind {
        "measure" => format!(
            "use {path}\n\nmeasure {name} = {last}.{name} {{\n    outcome:   ...\n    use:       payment\n    \
             baseline:  ...\n    target:    ...\n    verified:  by ...\n}}"
        ),
        "model" | "profile" => format!("use {path}\n\ncontract ... {{\n    follows:  {name}\n}}"),
        "criterion" => format!(
            "use {path}\n\ncontract ... {{\n    follows:  {}\n    waives {name} because \"...\" by ... until ...\n}}",
            standard_of(module).unwrap_or(last)
        ),
        "clause" => of_clauses(module),
        _ => return None,
    };
    Some(text)
}

/// The model or the profile of a module.
fn standard_of(module: &LibraryModule) -> Option<&str> {
    let standard = module.entries.iter().find(|entry| matches!(entry.kind, "model" | "profile"))?;
    standard.path.rsplit('.').next()
}

/// `include`, with what has to be filled and beside it what is meant.
fn of_clauses(module: &LibraryModule) -> String {
    let open = module.entries.iter().filter(|entry| entry.kind == "blank" && !has_default(&entry.text));
    let open: Vec<&LibraryEntry> = open.collect();
    if open.is_empty() {
        return format!("include {}", module.path);
    }
    let mut text = format!("include {} {{\n", module.path);
    for blank in open {
        let name = blank.path.rsplit('.').next().unwrap_or_default();
        let _ = writeln!(text, "    {name}:  ...  // {}", blank.title);
    }
    text.push('}');
    text
}

/// Whether a figure or a word stands behind the kind of a blank: `: time = 12 months`.
fn has_default(blank: &str) -> bool {
    blank.rsplit('"').next().is_some_and(|behind| behind.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(path: &str) -> String {
        let library = jcm::library();
        let of = |module: &LibraryModule| {
            let entry = module.entries.iter().find(|entry| entry.path == path)?;
            usage(module, entry)
        };
        library.iter().find_map(of).unwrap()
    }

    #[test]
    fn what_a_clause_needs_is_listed_and_what_has_a_default_is_not() {
        let lines = used("std.clauses.exit.exit_plan");
        assert!(
            lines.starts_with("include std.clauses.exit {\n    board:  ...  // Who keeps the exit plan\n"),
            "{lines}"
        );
        assert!(!lines.contains("notice"), "{lines}");
    }

    #[test]
    fn a_criterion_names_the_standard_that_asks_it() {
        assert!(
            used("std.model.joint_outcomes.O07").contains("follows:  joint_outcomes\n    waives O07 because")
        );
    }
}
