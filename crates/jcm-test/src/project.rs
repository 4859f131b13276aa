//! A text of a fixture as a project: whole, or a fragment on the base.

use crate::Outcome;
use jcm::{Checked, FileId, InMemory, SourceFile};
use jcm_syntax::ast::Declaration;
use std::collections::BTreeSet;

/// Begins a line with the names of what is taken away from the base.
const GONE: &str = "//- ";

/// What the base is called in findings.
pub(crate) const BASE: &str = "base.jcm";
/// What was seen before, for simulations that name `history.csv`.
const HISTORY: &str = include_str!("../../../tests/reference/history.csv");

/// A fixture ready to be checked.
#[derive(Debug, Clone)]
pub struct Project {
    /// The main file.
    pub(crate) text: String,
    /// How many lines of it come from the base.
    pub(crate) base_lines: u32,
    modules: Vec<(String, String)>,
    places: Option<String>,
}

impl Project {
    /// The text itself if it begins a file or declares a contract, else the base with the text added to it.
    pub fn of(text: &str, base: &str) -> Self {
        if is_whole(text) { Self::whole(text) } else { Self::fragment(text, base) }
    }

    /// The base with the changes of the text: what the text declares takes the place of what the base declares under
    /// the same name, the contract itself too, and what a line such as `//- board, ladder` names is taken away.
    pub fn changed(text: &str, base: &str) -> Self {
        let gone = text.lines().filter_map(|line| line.strip_prefix(GONE)).flat_map(|line| line.split(','));
        Self::fragment(text, &without(base, &gone.map(|name| name.trim().to_owned()).collect()))
    }

    /// The text as it stands.
    pub fn whole(text: &str) -> Self {
        Self { text: text.to_owned(), base_lines: 0, modules: Vec::new(), places: None }
    }

    fn fragment(text: &str, base: &str) -> Self {
        let replaced: BTreeSet<String> = declarations(text).iter().filter_map(known_as).collect();
        let mut kept = without(base, &replaced);
        if !kept.ends_with('\n') {
            kept.push('\n');
        }
        let base_lines = u32::try_from(kept.lines().count()).unwrap_or(u32::MAX);
        Self { text: kept + text, base_lines, modules: Vec::new(), places: None }
    }

    /// With a module under its dotted path.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.modules.push((path.to_owned(), text.to_owned()));
        self
    }

    /// With a table of localities.
    #[must_use]
    pub fn with_places(mut self, table: &str) -> Self {
        self.places = Some(table.to_owned());
        self
    }

    /// The main file, with the base before it if it is a fragment.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads, checks, runs the examples and what is expected of simulations, and makes every target.
    pub fn check(&self) -> Outcome {
        let world = self.world();
        let checked = match &self.places {
            Some(table) => {
                jcm::check_with_places(&world, SourceFile::new("places.csv", table.as_str()), None)
            }
            None => jcm::check(&world),
        };
        let checked = with_expected_chances(checked);
        Outcome::of(checked, self.base_lines)
    }

    /// What an analysis says of it, with its texts; nothing where it does not check.
    pub fn analysed(&self) -> Option<(jcm::Analysed, jcm::Sources)> {
        let checked = jcm::check_without_examples(&self.world());
        let analysed = jcm::analysis(checked.program()?, None, &checked.sources, &[]);
        Some((analysed, checked.sources.clone()))
    }

    /// What its first simulation says, as JSON, from so many runs on so many threads; nothing where it does not check or
    /// cannot be simulated.
    pub fn simulated(&self, runs: u32, threads: usize) -> Option<String> {
        let asked =
            jcm::Simulating { runs: Some(runs), threads: Some(threads), ..jcm::Simulating::default() };
        self.simulated_as(&asked)
    }

    /// What its first simulation says, as JSON, as it is asked for.
    pub fn simulated_as(&self, asked: &jcm::Simulating<'_>) -> Option<String> {
        let checked = jcm::check_without_examples(&self.world());
        let program = checked.program()?;
        let simulated = jcm::simulate(program, &checked.sources, program.simulations.first()?, asked);
        simulated.ok().map(|simulated| jcm::simulation_json(&simulated))
    }

    /// The same with what an analysis finds of one kind, by its code, where nothing stands in its way. What it finds in
    /// the base is left out.
    pub fn check_for(&self, code: &str) -> Outcome {
        let mut outcome = self.check();
        let kind = jcm::analysis_codes().into_iter().find(|(_, known)| known.0 == code);
        let checked = jcm::check(&self.world());
        let (Some((kind, _)), Some(program)) = (kind, checked.program()) else { return outcome };
        let analysed = jcm::analysis(program, None, &checked.sources, &[]);
        let denials = [jcm::Denial { kind, above: None }];
        let Some(on) = jcm_quantity::parse_date(crate::LINTED_ON) else { return outcome };
        let (found, _) = jcm::analysis_denied(&analysed, &denials, &checked.sources, on);
        let found = found.iter().map(|problem| crate::outcome::finding(problem, &checked, self.base_lines));
        outcome.findings.extend(found.filter(|finding| !finding.place.starts_with(BASE)));
        outcome
    }

    pub(crate) fn world(&self) -> InMemory {
        let world = InMemory::new("contract.jcm", &self.text).with_data("history.csv", HISTORY);
        self.modules.iter().fold(world, |world, (path, text)| world.with(path, text))
    }
}

/// Whether a text is a file of its own. Told by its lines, because what is broken in it may be the declaration itself.
fn is_whole(text: &str) -> bool {
    text.lines().any(|line| {
        let word = line.trim_start_matches('\u{feff}').split_whitespace().next();
        matches!(word, Some("jcm" | "contract")) && !line.starts_with(' ')
    })
}

fn declarations(text: &str) -> Vec<Declaration> {
    jcm_syntax::ast(&jcm_syntax::parse(text), FileId(0)).declarations().cloned().collect()
}

/// The name by which a declaration takes the place of another: an example has a title and no name.
fn known_as(declaration: &Declaration) -> Option<String> {
    let name = declaration.name.as_ref().map(|name| name.text.clone());
    name.or_else(|| declaration.title.as_ref().map(|title| title.text.clone()))
}

/// A text without the declarations of these names, and without the examples of them.
fn without(text: &str, names: &BTreeSet<String>) -> String {
    let concerned = |declaration: &Declaration| {
        let of = declaration.header.iter().flat_map(|phrase| &phrase.terms).filter_map(|term| term.name());
        let is_example = declaration.name.is_none();
        known_as(declaration).is_some_and(|name| names.contains(&name))
            || (is_example && of.into_iter().any(|name| names.contains(&name.text)))
    };
    let mut kept = String::new();
    let mut from = 0;
    for declaration in declarations(text).iter().filter(|declaration| concerned(declaration)) {
        let span = declaration.span.range();
        let before = without_doc(text.get(from..span.start).unwrap_or_default());
        kept.push_str(before);
        from = span.end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// A text without the doc comment at its end.
fn without_doc(text: &str) -> &str {
    let mut text = text;
    while let Some((start, last)) =
        text.strip_suffix('\n').map(|body| body.rsplit_once('\n').unwrap_or(("", body)))
        && last.starts_with("///")
    {
        text = text.get(..start.len() + usize::from(!start.is_empty())).unwrap_or_default();
    }
    text
}

/// Adds the problems of chances that simulations do not give, as `jcm test` finds them.
fn with_expected_chances(mut checked: Checked) -> Checked {
    let mut found = Vec::new();
    for simulation in checked.program().map(|program| program.simulations.as_slice()).unwrap_or_default() {
        let Some(program) = checked.program().filter(|_| !simulation.expect.is_empty()) else { continue };
        match jcm::simulate(program, &checked.sources, simulation, &jcm::Simulating::default()) {
            Ok(simulated) => found.extend(simulated.expectations.iter().filter_map(jcm::expectation_problem)),
            Err(failed) => found.push(*failed.problem),
        }
    }
    checked.diagnostics.extend(found);
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "jcm 1\n\npartner a \"A\" {\n}\n\n/// About b.\n/// More.\npartner b \"B\" {\n}\n\nexample \"E\" of b in 2026/27 {\n}\n";

    #[test]
    fn a_fragment_takes_the_place_of_what_it_declares_again_and_of_its_examples() {
        let project = Project::of("partner b \"New\" {\n}\n", BASE);
        assert_eq!(project.text(), "jcm 1\n\npartner a \"A\" {\n}\n\n\n\n\npartner b \"New\" {\n}\n");
        assert_eq!(project.base_lines, 8);
    }

    #[test]
    fn what_is_named_as_gone_is_taken_away_with_its_examples() {
        let project = Project::changed("//- b\npartner a \"New\" {\n}\n", BASE);
        assert_eq!(
            project.text().split_whitespace().collect::<Vec<_>>().join(" "),
            "jcm 1 //- b partner a \"New\" { }"
        );
    }

    #[test]
    fn a_text_with_a_first_line_or_a_contract_stands_alone() {
        for text in ["// c\njcm 1\npartner b \"B\" {\n}\n", "contract c \"C\" {\n}\n"] {
            assert_eq!(Project::of(text, BASE).text(), text);
        }
    }
}
