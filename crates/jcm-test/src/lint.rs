//! What a lint finds in a fixture.

use crate::outcome::finding;
use crate::project::BASE;
use crate::{Finding, Project};
use jcm::{Level, Levels};

/// The day on which fixtures are looked at.
pub const LINTED_ON: &str = "2026-07-01";

/// What one lint, or the reading of suppressions, finds in a fixture and not in the base alone.
pub fn linted(text: &str, base: &str, code: &str) -> Result<Vec<Finding>, String> {
    // What is usually not looked for is looked for here; codes of suppressions have no level.
    let mut levels = Levels::default();
    let _ = levels.set(code, Level::Warn);
    let in_base = linted_at(&Project::whole(base), &levels)?;
    let mut found = linted_at(&Project::of(text, base), &levels)?;
    found.retain(|finding| {
        let same = |other: &Finding| other.code == finding.code && other.message == finding.message;
        let is_of_base = finding.place.starts_with(BASE) && in_base.iter().any(same);
        finding.code == code && !is_of_base
    });
    Ok(found)
}

/// What all lints find in a fixture at some levels; an error where the fixture does not check.
pub fn linted_at(project: &Project, levels: &Levels) -> Result<Vec<Finding>, String> {
    let checked = jcm::check(&project.world());
    let shown = |finding: &Finding| format!("  {finding}\n");
    let Some(program) = checked.program() else {
        let problems =
            checked.diagnostics.iter().map(|problem| finding(problem, &checked, project.base_lines));
        return Err(format!("it does not check:\n{}", problems.map(|f| shown(&f)).collect::<String>()));
    };
    let on = jcm_quantity::parse_date(LINTED_ON).ok_or("no day")?;
    let found = jcm::lint(program, None, &checked.sources, levels, on);
    Ok(found.iter().map(|problem| finding(problem, &checked, project.base_lines)).collect())
}
