//! Checking a text as a contract.

use jcm::InMemory;

/// Longer texts find nothing that shorter ones do not, and take longer.
const LONGEST: usize = 20_000;

/// Every text is checked, and a contract without an error gives every target or says why not.
pub(crate) fn keep(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let checked = jcm::check(&InMemory::new("contract.jcm", text));
    for problem in &checked.diagnostics {
        let span = problem.primary.span;
        let file = checked.sources.get(span.file);
        assert!(
            file.is_some_and(|file| file.text().get(span.range()).is_some()),
            "{} does not lie on characters",
            problem.code
        );
        assert!(!problem.message.is_empty(), "{} says nothing", problem.code);
    }
    if let Some(program) = checked.program() {
        let settlement = jcm::settlement(program, &checked.sources);
        if let Ok(artefacts) = jcm::emit(program, &settlement) {
            assert!(artefacts.iter().all(|artefact| !artefact.bytes.is_empty()), "an empty file was made");
        }
    } else {
        assert!(!checked.diagnostics.is_empty(), "there is no contract, and nobody says why");
    }
}
