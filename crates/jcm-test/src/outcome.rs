//! What came of a fixture: what was found, and the settlement if nothing stands in its way.

use crate::project::BASE;
use jcm::{Checked, Diagnostic, Settlement};
use jcm_settle::{Engine, Problems, RunKind};
use std::fmt;

/// One problem with its place in the fixture.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// `12:5`; in another file with the file before it.
    pub place: String,
    /// Such as `E0301`.
    pub code: String,
    /// What is said.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {} \"{}\"", self.code, self.place, self.message)
    }
}

/// What came of checking a fixture and making its targets.
#[derive(Debug)]
pub struct Outcome {
    /// Every problem, in the order in which people read them.
    pub findings: Vec<Finding>,
    /// The settlement, if nothing that was found is an error.
    pub settlement: Option<Settlement>,
    /// The settlement specification as text, if it was made.
    pub specification: Option<String>,
}

impl Outcome {
    pub(crate) fn of(checked: Checked, base_lines: u32) -> Self {
        let mut outcome = Self { findings: Vec::new(), settlement: None, specification: None };
        let mut diagnostics = checked.diagnostics.clone();
        if let Some(program) = checked.program() {
            let settlement = jcm::settlement(program, &checked.sources);
            match jcm::emit(program, &settlement) {
                Ok(made) => {
                    let specification = made.into_iter().find(|made| made.target == jcm::Target::Settlement);
                    outcome.specification = specification.and_then(|made| String::from_utf8(made.bytes).ok());
                }
                Err(refused) => diagnostics.extend(refused),
            }
            outcome.settlement = Some(settlement);
        }
        outcome.findings = diagnostics.iter().map(|problem| finding(problem, &checked, base_lines)).collect();
        outcome
    }

    /// The codes that were found, each once, in order.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.findings.iter().map(|finding| finding.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Every finding on a line of its own, for a message.
    pub fn shown(&self) -> String {
        self.findings.iter().map(|finding| format!("  {finding}\n")).collect()
    }

    /// Settles a data file as the command line does. The options are the command line's, and `latin1` for the
    /// encoding of the file.
    pub fn settle(&self, csv: &str, options: &[String]) -> Result<(), Problems> {
        self.settle_beside(csv, options, &[])
    }

    /// The same with files beside the data: `earlier`, `disputes`, `overrides`, or `previous`, the record of a run.
    pub fn settle_beside(
        &self,
        csv: &str,
        options: &[String],
        beside: &[(&str, &str)],
    ) -> Result<(), Problems> {
        let Some(settlement) = &self.settlement else { return Ok(()) };
        let engine = Engine::new(settlement.clone());
        let option = |name: &str| {
            let place = options.iter().position(|option| option == name)?;
            options.get(place + 1).map(String::as_str)
        };
        let bytes = if options.iter().any(|option| option == "latin1") {
            csv.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
        } else {
            csv.as_bytes().to_vec()
        };
        let of_role = |role: &str| {
            let all = beside.iter().filter(move |(of, _)| *of == role);
            all.map(|(role, text)| (*role, text.as_bytes())).collect::<Vec<_>>()
        };
        let mut table = engine.read(option("--dataset"), option("--period"), "data.csv", &bytes)?;
        table = engine.read_earlier(table, &of_role("earlier"))?;
        for (name, text) in of_role("disputes") {
            table = engine.read_disputes(table, name, text)?;
        }
        for (name, text) in of_role("overrides") {
            table = engine.read_overrides(table, name, text)?;
        }
        if let Some(kind) = option("--run").and_then(|run| RunKind::parse(&run.replace('_', " "))) {
            engine.read_run(&table, kind, of_role("previous").first().copied())?;
        }
        let results = engine.settle(&table, &|_, _| ())?;
        if let Some(key) = option("--explain") {
            engine.statement(&table, &results, key)?;
        }
        if let Some(header) = option("--published") {
            engine.compare(&table, &results, header)?;
        }
        Ok(())
    }
}

pub(crate) fn finding(problem: &Diagnostic, checked: &Checked, base_lines: u32) -> Finding {
    let span = problem.primary.span;
    let place = checked.sources.get(span.file).map_or_else(String::new, |file| {
        let at = file.line_column(span.start);
        let is_main = file.name() == "contract.jcm";
        match at.line.checked_sub(base_lines).filter(|line| *line > 0) {
            Some(line) if is_main => format!("{line}:{}", at.column),
            None if is_main => format!("{BASE}:{}:{}", at.line, at.column),
            _ => format!("{}:{}:{}", file.name(), at.line, at.column),
        }
    });
    Finding { place, code: problem.code.0.to_owned(), message: problem.message.clone() }
}
