//! `stdlib`: every measure of the library becomes part of a contract without a problem and says all that a measure for
//! money has to say of its definition, and every module of clauses is included by a contract of `tests/lang/include`.

use super::files;
use jcm::{FileId, InMemory};
use jcm_syntax::ast::DeclarationKind;
use libtest_mimic::{Failed, Trial};

const MEASURES: &str = "stdlib/measures";
const CLAUSES: &str = "stdlib/clauses";

pub(crate) fn trials() -> Vec<Trial> {
    let measures = files::under(MEASURES, "jcm").into_iter().map(|(name, path)| {
        Trial::test(format!("library/measures/{name}"), move || measures_of(&name, &files::read(&path)?))
    });
    let mut trials: Vec<Trial> = measures.collect();
    trials.push(Trial::test("library includes every module of clauses somewhere", every_module_is_included));
    trials
}

/// Derives every measure of a module in the contract of the reference.
fn measures_of(module: &str, text: &str) -> Result<(), Failed> {
    let declarations = jcm_syntax::ast(&jcm_syntax::parse(text), FileId(0)).declarations;
    let names: Vec<String> = declarations
        .iter()
        .filter(|declaration| declaration.kind == DeclarationKind::Measure)
        .filter_map(|declaration| Some(declaration.name.as_ref()?.text.clone()))
        .collect();
    let mut contract = files::base()? + &format!("\nuse std.measures.{module}\n");
    for name in &names {
        contract += &format!("\nmeasure of_library_{name} = {module}.{name} {{ outcome: at_home }}\n");
    }
    let checked = jcm::check(&InMemory::new("contract.jcm", &contract));
    let Some(program) = checked.program().filter(|_| checked.diagnostics.is_empty()) else {
        return Err(format!("{:#?}", checked.diagnostics).into());
    };
    let needed = [
        "numerator",
        "denominator",
        "source",
        "version",
        "reported",
        "missing",
        "rebase",
        "minimum",
        "rationale",
        "adjusted",
        "small_numbers",
        "reviewed",
    ];
    let mut gaps = Vec::new();
    for measure in program.things("measure") {
        let is_of_library = program.name(measure).starts_with("of_library_");
        let missing = |fact: &&&str| program.fact(measure, fact) == jcm_model::Fact::Missing;
        let followed = program.fact(measure, "followed") != jcm_model::Fact::Missing;
        let lost = followed && program.fact(measure, "attrition") == jcm_model::Fact::Missing;
        let gap: Vec<&&str> = needed.iter().filter(missing).collect();
        if is_of_library && (lost || !gap.is_empty()) {
            gaps.push(format!(
                "{} lacks {gap:?}{}",
                program.name(measure),
                if lost { " attrition" } else { "" }
            ));
        }
    }
    if names.is_empty() {
        return Err("there is no measure here".into());
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}

fn every_module_is_included() -> Result<(), Failed> {
    let mut contracts = String::new();
    for (_, path) in files::under("tests/lang/include", "jcm") {
        contracts += &files::read(&path)?;
    }
    let modules = files::under(CLAUSES, "jcm").into_iter().map(|(name, _)| format!("std.clauses.{name}"));
    let without: Vec<String> = modules.filter(|module| !contracts.contains(module.as_str())).collect();
    if without.is_empty() { Ok(()) } else { Err(format!("nothing includes {without:?}").into()) }
}
