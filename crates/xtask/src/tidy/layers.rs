//! Which crate may use which: the tables `## Crates` and `## Dependencies` of `ARCHITECTURE.md`, held both ways.

use super::metadata::{Package, Packages};
use super::tables::{Named, names, rows};
use std::collections::{BTreeMap, BTreeSet};

/// A row of `## Crates`.
struct Layer {
    may_use: Vec<Named>,
    never_reaches: Vec<Named>,
}

/// Where the crates do not hold to the tables, or the tables speak of what is not there.
pub(crate) fn problems(architecture: &str, packages: &Packages) -> Vec<String> {
    let layers: BTreeMap<String, Layer> = rows(architecture, "## Crates")
        .into_iter()
        .filter_map(|cells| match cells.as_slice() {
            [name, _, may_use, never_reaches] => {
                let layer = Layer { may_use: names(may_use), never_reaches: names(never_reaches) };
                Some((names(name).first()?.name.clone(), layer))
            }
            _ => None,
        })
        .collect();
    let users: BTreeMap<String, Vec<Named>> = rows(architecture, "## Dependencies")
        .into_iter()
        .filter_map(|cells| Some((names(cells.first()?).first()?.name.clone(), names(cells.get(1)?))))
        .collect();
    let mut problems = Vec::new();
    for (name, package) in packages.workspace() {
        match layers.get(name) {
            Some(layer) => hold_to_layer(name, package, layer, packages, &mut problems),
            None => problems.push(format!("{name} is not in the table of crates")),
        }
    }
    for name in layers.keys().filter(|name| !packages.is_ours(name)) {
        problems.push(format!("the table of crates has {name}, which is no crate of the workspace"));
    }
    hold_to_users(&users, packages, &mut problems);
    problems
}

fn hold_to_layer(
    name: &str,
    package: &Package,
    layer: &Layer,
    packages: &Packages,
    problems: &mut Vec<String>,
) {
    let ours = |list: &BTreeSet<String>| -> BTreeSet<String> {
        list.iter().filter(|used| packages.is_ours(used)).cloned().collect()
    };
    let (uses, tests_use) = (ours(&package.uses), ours(&package.tests_use));
    let allowed = |used: &str, in_tests: bool| {
        layer.may_use.iter().any(|may| may.name == used && (in_tests || !may.in_tests_only))
    };
    for used in uses.iter().filter(|used| !allowed(used, false)) {
        problems.push(format!("{name} uses {used}, which its row in the table of crates does not allow"));
    }
    for used in tests_use.iter().filter(|used| !allowed(used, true)) {
        problems.push(format!("the tests of {name} use {used}, which its row does not allow"));
    }
    for may in &layer.may_use {
        let used = if may.in_tests_only { &tests_use } else { &uses };
        if !used.contains(&may.name) {
            problems.push(format!("the row of {name} allows {}, which it does not use", may.name));
        }
    }
    let reached = packages.reached_from(name);
    for never in layer.never_reaches.iter().filter(|never| reached.contains(never.name.as_str())) {
        problems.push(format!("{name} reaches {}, which it must not know", never.name));
    }
}

/// Every use of a third-party crate stands in the table of dependencies, and everything in the table is used.
fn hold_to_users(users: &BTreeMap<String, Vec<Named>>, packages: &Packages, problems: &mut Vec<String>) {
    let mut found: BTreeSet<(&str, &str, bool)> = BTreeSet::new();
    for (name, package) in packages.workspace() {
        let uses = package.uses.iter().map(|used| (used, false));
        let tests_use = package.tests_use.iter().map(|used| (used, true));
        found.extend(
            uses.chain(tests_use)
                .filter(|(used, _)| !packages.is_ours(used))
                .map(|(used, in_tests)| (used.as_str(), name, in_tests)),
        );
    }
    for (used, user, in_tests) in &found {
        let Some(allowed) = users.get(*used) else {
            problems.push(format!("{user} depends on {used}, which is not in the table of dependencies"));
            continue;
        };
        if !allowed.iter().any(|may| may.name == *user && (*in_tests || !may.in_tests_only)) {
            problems.push(format!("{used} may not be used by {user}, says the table of dependencies"));
        }
    }
    for (used, allowed) in users {
        for may in allowed {
            if !found.contains(&(used.as_str(), may.name.as_str(), may.in_tests_only)) {
                problems.push(format!("the table says that {} uses {used}, and it does not", may.name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHITECTURE: &str = "\
## Crates

| crate | what it does | uses | never reaches |
|---|---|---|---|
| `ground` | texts | — | — |
| `engine` | settles | `ground` | `parser` |

## Dependencies

| crate | used by | why | cost |
|---|---|---|---|
| `parser` | `ground` (tests) | parses | 1 |
";

    #[test]
    fn what_holds_to_the_tables_has_no_problem() {
        let packages = Packages::made_of(&[
            ("ground", true, "", &[], &["parser"]),
            ("engine", true, "", &["ground"], &[]),
            ("parser", false, "", &[], &[]),
        ]);
        assert_eq!(problems(ARCHITECTURE, &packages), Vec::<String>::new());
    }

    #[test]
    fn what_the_tables_do_not_allow_is_named_and_so_are_stale_rows() {
        let packages = Packages::made_of(&[
            ("ground", true, "", &["parser", "engine"], &[]),
            ("engine", true, "", &["ground", "clock"], &[]),
            ("tools", true, "", &[], &[]),
            ("parser", false, "", &[], &[]),
            ("clock", false, "", &[], &[]),
        ]);
        assert_eq!(
            problems(ARCHITECTURE, &packages),
            [
                "engine reaches parser, which it must not know",
                "ground uses engine, which its row in the table of crates does not allow",
                "tools is not in the table of crates",
                "engine depends on clock, which is not in the table of dependencies",
                "parser may not be used by ground, says the table of dependencies",
                "the table says that ground uses parser, and it does not",
            ]
        );
        let nothing = Packages::made_of(&[("ground", true, "", &[], &["parser"])]);
        assert_eq!(
            problems(ARCHITECTURE, &nothing),
            ["the table of crates has engine, which is no crate of the workspace"]
        );
    }
}
