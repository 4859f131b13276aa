//! `stdlib`: every measure of the library becomes part of a contract without a problem and says all that a measure for
//! money has to say of its definition; every part of a scheme has its source, its dates and a worked example that comes
//! out; and every module of clauses is included by a contract of `tests/lang/include`.

use super::files;
use jcm::{FileId, InMemory};
use jcm_syntax::ast::DeclarationKind;
use libtest_mimic::{Failed, Trial};

const MEASURES: &str = "stdlib/measures";
const SCHEMES: &str = "stdlib/schemes";
const CLAUSES: &str = "stdlib/clauses";

pub(crate) fn trials() -> Vec<Trial> {
    let measures = files::under(MEASURES, "jcm").into_iter().map(|(name, path)| {
        Trial::test(format!("library/measures/{name}"), move || measures_of(&name, &files::read(&path)?))
    });
    let schemes = files::under(SCHEMES, "jcm").into_iter().map(|(name, path)| {
        Trial::test(format!("library/schemes/{name}"), move || scheme(&name, &files::read(&path)?))
    });
    let mut trials: Vec<Trial> = measures.chain(schemes).collect();
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
        "better",
        "numerator",
        "denominator",
        "exclusions",
        "attrition",
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
        let gap: Vec<&&str> = needed.iter().filter(missing).collect();
        if is_of_library && !gap.is_empty() {
            gaps.push(format!("{} lacks {gap:?}", program.name(measure)));
        }
    }
    if names.is_empty() {
        return Err("there is no measure here".into());
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}

/// Each formula and table of a module: source, dates, and the example above it, which is worked out.
fn scheme(module: &str, text: &str) -> Result<(), Failed> {
    let declarations = jcm_syntax::ast(&jcm_syntax::parse(text), FileId(0)).declarations;
    let mut gaps = Vec::new();
    for declaration in &declarations {
        let name = declaration.name.as_ref().map_or("", |name| name.text.as_str());
        let own = text.get(declaration.span.range()).unwrap_or_default();
        let has = |field: &str| own.lines().any(|line| line.trim_start().starts_with(field));
        let dated = has("effective:") || has("in 2") || has("from 2") || own.contains(" in 2");
        let is_rule = matches!(
            declaration.kind,
            DeclarationKind::Function | DeclarationKind::Scale | DeclarationKind::Bands
        );
        if declaration.kind != DeclarationKind::Choice && !(has("source:") && dated) {
            gaps.push(format!("{name} lacks its source or its dates"));
        }
        if is_rule && let Err(why) = worked(module, name, &declaration.doc) {
            gaps.push(format!("{name}: {why}"));
        }
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}

/// Works out “For example `worth(£100,000,000, 5)` in 2022/23 is £250,000.”, or of a table, which a contract prints with
/// these words, “For example 12% gives 4.55%.”
fn worked(module: &str, name: &str, doc: &str) -> Result<(), String> {
    let doc = doc.replace('\n', " ");
    let example = doc.split_once("For example ").and_then(|(_, rest)| rest.strip_suffix('.'));
    let Some(example) = example else {
        return Err(format!("no example such as “For example `…` is £5.” in “{doc}”"));
    };
    let called = example.strip_prefix('`').and_then(|rest| rest.split_once('`'));
    let (call, said) = match called {
        Some((call, rest)) => (call.to_owned(), rest.split_once(" is ")),
        None => match example.split_once(" gives ") {
            Some((of, value)) => (format!("{name} of {of}"), Some(("", value))),
            None => (String::new(), None),
        },
    };
    let Some((period, value)) = said else {
        return Err(format!("no figure in “{example}”"));
    };
    let period = period.trim().strip_prefix("in ").unwrap_or("2024");
    let (term, settled) = match period.split_once('/') {
        Some((first, second)) => (format!("{first}-04-01 to 20{second}-03-31"), "financial_year"),
        None => (format!("{period}-01-01 to {period}-12-31"), "calendar_year"),
    };
    let currency = [('£', "GBP"), ('$', "USD"), ('€', "EUR")];
    let (sign, currency) = currency.iter().find(|(sign, _)| call.contains(*sign)).unwrap_or(&currency[0]);
    let contract = format!(
        "jcm 1\n\nuse std.schemes.{module}\n\ncontract tried \"Tried\" {{\n    term: {term}\n    currency: {currency}\n    \
         settled: every {settled}\n    rounding: half_up to {sign}0.01\n}}\n\npartner one \"One\" {{ role: commissioner }}\n\
         partner two \"Two\" {{ role: provider }}\n\nincentive trial \"Trial\" {{\n    line result \"Result\" = {call}\n    \
         line due \"Due\" = {sign}1\n    pays due from one to two\n}}\n\nexample \"As the library says\" of trial in {period} {{\n    \
         expect result = {value}\n}}\n"
    );
    let outcome = jcm_test::Project::whole(&contract).check();
    // Nothing is paid by the line that is tried.
    let good = outcome.findings.iter().all(|finding| finding.code == "W0102");
    if good { Ok(()) } else { Err(outcome.shown()) }
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
