//! The tables of `ARCHITECTURE.md`.

/// A crate that a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its name.
    pub(crate) name: String,
    /// Whether the cell allows it in tests and benches only.
    pub(crate) in_tests_only: bool,
}

/// The rows of the first table under a heading, as cells.
pub(crate) fn rows<'t>(text: &'t str, heading: &str) -> Vec<Vec<&'t str>> {
    text.lines()
        .skip_while(|line| *line != heading)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

/// What a cell lists between backticks: `` `jcm-spec`, `jcm-settle` (tests) ``.
pub(crate) fn names(cell: &str) -> Vec<Named> {
    cell.split(',')
        .filter_map(|part| {
            let name = part.split('`').nth(1)?.to_owned();
            Some(Named { name, in_tests_only: part.contains("(tests)") })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_names_are_read_from_markdown() {
        let text = "# A\n\n| a |\n|---|\n| 1 |\n\n# B\n\nWords.\n\n| x | y |\n|---|---|\n| `p` | `q`, `r` (tests) |\n\n| no |\n";
        let rows = rows(text, "# B");
        assert_eq!(rows, [["`p`", "`q`, `r` (tests)"]]);
        let named = |name: &str, in_tests_only| Named { name: name.to_owned(), in_tests_only };
        assert_eq!(names(rows[0][1]), [named("q", false), named("r", true)]);
        assert_eq!(names("—"), []);
    }
}
