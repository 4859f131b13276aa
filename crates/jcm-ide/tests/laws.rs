//! What holds of every contract that the project has.
#![expect(clippy::disallowed_methods, reason = "the laws are tried on the files of the repository")]
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

use jcm::InMemory;
use jcm_diagnostics::TextEdit;
use jcm_ide::{Disk, Host};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(name).ok()
    }

    fn files(&self, folder: &str, _: bool) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let files =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "jcm"));
        files.map(|path| path.to_str().unwrap().to_owned()).collect()
    }
}

fn contracts(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder).canonicalize().unwrap();
    let mut found = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false if path.extension().is_some_and(|extension| extension == "jcm") => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.new_text);
    }
    text
}

/// Gives another name to everything that a contract names, and looks whether it still has no problem: then no place was
/// forgotten, and no word that only looks like the name was taken for it.
#[test]
fn a_contract_in_which_everything_has_another_name_is_as_good() {
    let mut failures = String::new();
    let mut renamed = 0;
    for path in contracts("examples") {
        let name = path.to_str().unwrap();
        let mut host = Host::new(Box::new(RealDisk));
        host.set_roots(vec![path.parent().unwrap().to_str().unwrap().to_owned()]);
        let text = fs::read_to_string(&path).unwrap();
        let analysis = host.analysis(name);
        // A contract that its criteria refuse is refused under any names.
        let refused = name.ends_with("as-signed.jcm");
        if refused || !jcm::declares_contract(&text) || analysis.program().is_none() {
            continue;
        }
        let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
        for symbol in jcm_ide::search(&analysis, "") {
            if symbol.library {
                continue;
            }
            let new = format!("{}_by_another_name", symbol.name);
            match jcm_ide::rename(&analysis, symbol.name_span.file, symbol.name_span.start, &new) {
                Ok(edits) => edits.into_iter().for_each(|edit| {
                    files.entry(analysis.name_of(edit.span.file)).or_default().push(edit);
                }),
                Err(refused) => {
                    assert!(
                        refused.0.contains("not every place tells"),
                        "{name}: {}: {}",
                        symbol.name,
                        refused.0
                    );
                    continue;
                }
            }
            renamed += 1;
        }
        for (file, edits) in &files {
            let text = fs::read_to_string(file).unwrap();
            host.set_text(file, apply(&text, edits));
        }
        let analysis = host.analysis(name);
        for problem in analysis.all_diagnostics().values().flatten() {
            let place = analysis.text_of(problem.primary.span);
            failures.push_str(&format!("{name}: {} {} `{place}`\n", problem.code, problem.message));
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(renamed > 300, "{renamed}");
}

#[test]
fn an_editor_finds_the_problems_that_check_finds_in_a_broken_contract() {
    let base =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lsp/base.jcm")).unwrap();
    let mut host = Host::new(Box::new(RealDisk));
    for path in contracts("tests/errors") {
        let broken = format!("{base}\n{}", fs::read_to_string(&path).unwrap());
        host.set_text("/nowhere/contract.jcm", broken.as_str());
        let found = host.analysis("/nowhere/contract.jcm").all_diagnostics();
        let found: Vec<_> = found.into_values().flatten().map(|d| (d.code, d.primary.span.range())).collect();
        let checked = jcm::check(&InMemory::new("/nowhere/contract.jcm", &broken));
        let mut expected: Vec<_> =
            checked.diagnostics.into_iter().map(|d| (d.code, d.primary.span.range())).collect();
        let mut found = found;
        expected.sort_by_key(|(code, range)| (range.start, *code));
        found.sort_by_key(|(code, range)| (range.start, *code));
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn nothing_is_asked_in_vain_at_any_place() {
    for path in contracts("tests/lsp").into_iter().chain(contracts("examples/stour-valley")) {
        let text = fs::read_to_string(&path).unwrap().replace("$0", "");
        let mut host = Host::new(Box::new(RealDisk));
        host.set_text("/nowhere/contract.jcm", text.as_str());
        let analysis = host.analysis("/nowhere/contract.jcm");
        let file = analysis.file("/nowhere/contract.jcm").unwrap();
        let books =
            jcm_ide::Books { word: |_| None, code: |_| None, today: || jcm_ide::Date::constant(2026, 5, 1) };
        for at in (0..u32::try_from(text.len()).unwrap() + 2).step_by(7) {
            for completion in jcm_ide::complete(&analysis, file, at).list {
                assert!(completion.replaces.end <= at, "{at} {}", path.display());
            }
            if let Some(hover) = jcm_ide::hover(&analysis, file, at, &books) {
                assert!(hover.span.start <= at && at <= hover.span.end && !hover.markdown.is_empty());
            }
            let selections = jcm_ide::selections(&analysis, file, at);
            assert!(
                selections
                    .windows(2)
                    .all(|pair| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end)
            );
            jcm_ide::signature(&analysis, file, at);
            jcm_ide::definition(&analysis, file, at);
        }
    }
}

/// Applies what is offered for each figure of the flagship contract: what comes of it has no error.
#[test]
fn a_figure_that_is_given_a_name_stays_the_same_figure() {
    let path = contracts("examples/stour-valley").into_iter().find(|path| path.ends_with("contract.jcm"));
    let path = path.unwrap();
    let name = path.to_str().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let mut host = Host::new(Box::new(RealDisk));
    let analysis = host.analysis(name);
    let file = analysis.file(name).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for (at, _) in text.match_indices(['%', '£']) {
        let at = u32::try_from(at).unwrap();
        for action in jcm_ide::actions(&analysis, jcm_source::Span::new(file, at, at)) {
            if action.kind == jcm_ide::ActionKind::Mend || !seen.insert(action.title.clone()) {
                continue;
            }
            host.set_text(name, apply(&text, &action.edits));
            let changed = host.analysis(name);
            let found = changed.all_diagnostics();
            let wrong: Vec<_> = found.values().flatten().filter(|problem| problem.is_error()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", action.title);
        }
    }
    assert!(seen.len() >= 6, "{seen:?}");
}

/// A history is a table beside the contract, and not one of its modules.
#[test]
fn what_a_simulation_lacks_is_told_in_the_editor_and_goes_with_its_history() {
    let base = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lsp/base.jcm"));
    let simulation = "simulation first_year {\n    runs:  200\n    seed:  7\n    years: 2026/27\n    \
                      history: \"history.csv\"\n    vary actual_cost ~ history column \"Cost\"\n}\n";
    let mut host = Host::new(Box::new(RealDisk));
    host.set_text("/nowhere/contract.jcm", format!("{}\n{simulation}", base.unwrap()));
    let mut told = |history: &str| -> Vec<&str> {
        host.set_text("/nowhere/history.csv", history);
        let found = host.analysis("/nowhere/contract.jcm").all_diagnostics();
        found.into_values().flatten().map(|problem| problem.code.0).collect()
    };
    assert_eq!(told("Costs\n£9,800,000\n£10,100,000\n"), ["E0571"]);
    assert_eq!(told("Cost\n£9,800,000\n£10,100,000\n"), Vec::<&str>::new());
}

#[test]
fn more_than_anybody_reads_is_narrowed_by_the_typed_letters() {
    let base =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lsp/base.jcm")).unwrap();
    let many: String = (0..900).map(|n| format!("parameter amount_{n} \"Amount {n}\" = £{n}\n")).collect();
    let offered = |typed: &str| {
        let begun = format!("{base}\n{many}\nincentive last \"Last\" {{\n    line result = {typed}");
        let mut host = Host::new(Box::new(RealDisk));
        host.set_text("/nowhere/contract.jcm", begun.as_str());
        let analysis = host.analysis("/nowhere/contract.jcm");
        let file = analysis.file("/nowhere/contract.jcm").unwrap();
        jcm_ide::complete(&analysis, file, u32::try_from(begun.len()).unwrap())
    };
    let all = offered("");
    assert!(!all.is_whole);
    assert_eq!(all.list.len(), jcm_ide::MOST);
    let some = offered("Amt_89");
    let labels: Vec<&str> = some.list.iter().map(|completion| completion.label.as_str()).collect();
    let expected: Vec<String> = ["amount_89".to_owned()]
        .into_iter()
        .chain((890..900).map(|n| format!("amount_{n}")))
        .chain([189, 289, 389, 489, 589, 689, 789].map(|n| format!("amount_{n}")))
        .collect();
    assert!(!some.is_whole);
    assert!(labels.len() >= expected.len());
    assert!(expected.iter().all(|label| labels.contains(&label.as_str())), "{labels:?}");
    assert!(labels.iter().all(|label| label.contains('8') && label.contains('9')), "{labels:?}");
}

/// A part of a score is two lines, whose figures are one hint.
#[test]
fn what_stands_unsaid_is_said_once() {
    let mut several = 0;
    for path in contracts("examples") {
        let text = fs::read_to_string(&path).unwrap();
        let mut host = Host::new(Box::new(RealDisk));
        let name = path.to_str().unwrap();
        host.set_text(name, text.as_str());
        let analysis = host.analysis(name);
        let Some(file) = analysis.file(name) else { continue };
        let end = u32::try_from(text.len()).unwrap();
        let hints = jcm_ide::hints(&analysis, jcm_source::Span::new(file, 0, end));
        for pair in hints.windows(2) {
            assert!(pair[0].at < pair[1].at, "{} {pair:?}", path.display());
        }
        for hint in hints.iter().filter(|hint| hint.text.matches("→").count() > 1) {
            let mut figures: Vec<&str> = hint.text.split(" → ").collect();
            figures.dedup_by_key(|figure| figure.trim_start_matches("→ "));
            assert_eq!(figures.join(" → "), hint.text, "{}", path.display());
            several += 1;
        }
    }
    assert!(several > 3, "{several}");
}
