//! The assurance table, with the address of each thing in the contract's document; and what profiles a contract fits, with
//! the place of each thing in its source.

use crate::{COMPILER, Checked};
use jcm_assure::{Assurance, Fit};
use jcm_model::{Def, Program};
use jcm_quantity::Date;

/// The table for people at a terminal.
pub fn assurance_text(program: &Program, assurance: &Assurance<'_>) -> String {
    jcm_assure::text(program, assurance, &jcm_doc::addresses(program))
}

/// The table as a page of its own.
pub fn assurance_html(program: &Program, assurance: &Assurance<'_>, on: Date) -> String {
    jcm_assure::html(program, assurance, on, &jcm_doc::addresses(program), COMPILER)
}

/// The table for spreadsheets.
pub fn assurance_csv(program: &Program, assurance: &Assurance<'_>) -> String {
    jcm_assure::csv(program, assurance, &jcm_doc::addresses(program))
}

/// The table for programs.
pub fn assurance_json(program: &Program, assurance: &Assurance<'_>, on: Date) -> String {
    jcm_assure::json(program, assurance, on, &jcm_doc::addresses(program))
}

/// Profiles and the rules that fail, for people at a terminal.
pub fn fits_text(checked: &Checked, program: &Program, fits: &[Fit<'_>]) -> String {
    jcm_assure::fits_text(program, fits, &|def| in_source(checked, program, def))
}

/// The same as a page of its own.
pub fn fits_html(checked: &Checked, program: &Program, fits: &[Fit<'_>]) -> String {
    jcm_assure::fits_html(program, fits, &|def| in_source(checked, program, def), COMPILER)
}

/// The same for spreadsheets.
pub fn fits_csv(checked: &Checked, program: &Program, fits: &[Fit<'_>]) -> String {
    jcm_assure::fits_csv(fits, &|def| in_source(checked, program, def))
}

/// The same for programs.
pub fn fits_json(checked: &Checked, program: &Program, fits: &[Fit<'_>]) -> String {
    jcm_assure::fits_json(program, fits, &|def| in_source(checked, program, def))
}

/// `contract.jcm, line 45`
fn in_source(checked: &Checked, program: &Program, def: Def) -> String {
    let Some(span) = program.name_span(def) else { return String::new() };
    let Some(file) = checked.sources.get(span.file) else { return String::new() };
    format!("{}, line {}", file.name(), file.line_column(span.start).line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{InMemory, assure, check_without_examples, fits};

    const CONTRACT: &str = "jcm 1\n\ncontract vale \"Vale Agreement\" {\n    follows: small\n    term: 2026-04-01 to 2027-03-31\n    \
        currency: GBP\n    settled: every financial_year\n    rounding: half_even to £0.01\n}\n\n\
        profile small \"Small\" {\n    about: \"Little.\"\n    source: \"Here\"\n}\n\n\
        criterion S1 \"A clause\" of small {\n    asks: \"A clause.\"\n    severity: error\n    check: some clause\n    \
        otherwise: \"{title} has no clause\"\n    help: \"Write one\"\n    source: \"Here\"\n}\n\n\
        profile large \"Large\" {\n    about: \"Much.\"\n    source: \"Here\"\n}\n\n\
        criterion G1 \"Ten clauses\" of large {\n    asks: \"Ten clauses.\"\n    severity: error\n    \
        check: count of clause at least 10\n    otherwise: \"{title} has {count of clause}\"\n    help: \"Write more\"\n    \
        source: \"Here\"\n}\n\nclause fairness \"Fairness\" in general {\n    The partners act fairly.\n}\n";

    #[test]
    fn what_meets_a_criterion_is_named_as_a_reader_of_the_contract_finds_it() {
        let checked = check_without_examples(&InMemory::new("contract.jcm", CONTRACT));
        let program = checked.program().expect("it is in order");
        let assurance = assure(program);
        assert!(assurance_text(program, &assurance).contains("by clause 1, Fairness\n"));
        assert!(assurance_csv(program, &assurance).contains(",met,\"by clause 1, Fairness\",fairness\n"));
        let json = assurance_json(program, &assurance, program.contract.start);
        assert!(json.contains(r#""name": "fairness", "title": "Fairness", "place": "clause 1""#), "{json}");
    }

    #[test]
    fn a_profile_of_the_contracts_own_file_is_looked_at_whether_it_is_followed_or_not() {
        let checked = check_without_examples(&InMemory::new("contract.jcm", CONTRACT));
        let program = checked.program().expect("it is in order");
        let library = crate::profiles().expect("the library is in order");
        let fits = fits(program, &library);
        let text = fits_text(&checked, program, &fits);
        assert!(text.contains("fits          small: Small, which it follows (1 of 1 rules met)"), "{text}");
        assert!(text.contains("G1 (error) Vale Agreement has 1 (contract.jcm, line 3)"), "{text}");
        assert!(fits_html(&checked, program, &fits).contains("<h2>Large</h2>"));
    }
}
