//! The fixtures of `tests/lsp`: what is asked at `$0` in a text behind `base.jcm`, and the answer beside it in an
//! `.answer` file. `JCM_BLESS=1` writes the answers that come now.
#![expect(clippy::disallowed_methods, reason = "the fixtures are files of the repository")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test ends where it fails"
)]

use jcm_ide::{Analysis, Books, Disk, Host};
use jcm_source::{FileId, SourceFile, Span};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct NoDisk;

impl Disk for NoDisk {
    fn read(&self, _: &str) -> Option<String> {
        None
    }

    fn files(&self, _: &str, _: bool) -> Vec<String> {
        Vec::new()
    }
}

struct Asked {
    analysis: Arc<Analysis>,
    file: FileId,
    at: u32,
    /// Where the fixture begins behind the base.
    own: u32,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lsp")
}

fn asked(fixture: &str) -> Asked {
    // A fixture with a contract of its own stands in place of the base's.
    let mut base = fs::read_to_string(root().join("base.jcm")).unwrap();
    if fixture.contains("\ncontract ") {
        let start = base.find("contract ").unwrap();
        let end = start + base[start..].find("\n}\n").unwrap() + 3;
        base.replace_range(start..end, "");
    }
    let mut host = Host::new(Box::new(NoDisk));
    host.set_today(TODAY);
    // The contract was whole once, before what the fixture has was written.
    host.set_text("/vale/contract.jcm", base.as_str());
    host.analysis("/vale/contract.jcm");
    let marked = format!("{base}\n{fixture}");
    let at = marked.find("$0").expect("a mark");
    host.set_text("/vale/contract.jcm", marked.replacen("$0", "", 1));
    let analysis = host.analysis("/vale/contract.jcm");
    let file = analysis.file("/vale/contract.jcm").unwrap();
    Asked { analysis, file, at: u32::try_from(at).unwrap(), own: u32::try_from(base.len() + 1).unwrap() }
}

impl Asked {
    /// `contract.jcm:12:5 "council"`.
    fn shown(&self, span: Span) -> String {
        let name = self.analysis.name_of(span.file);
        let place = SourceFile::new("", self.analysis.text(span.file)).line_column(span.start);
        let text = self.analysis.text_of(span);
        let text = text.lines().next().unwrap_or("");
        format!("{}:{}:{} \"{text}\"", name.trim_start_matches("/vale/"), place.line, place.column)
    }

    fn lines(&self, spans: impl IntoIterator<Item = Span>) -> String {
        spans.into_iter().map(|span| self.shown(span) + "\n").collect()
    }
}

/// Asks each fixture of a folder, and compares the answers with those beside them.
fn run(folder: &str, answer: impl Fn(&Asked) -> String) {
    let bless = std::env::var_os("JCM_BLESS").is_some();
    let mut fixtures: Vec<PathBuf> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jcm"))
        .collect();
    fixtures.sort();
    assert!(!fixtures.is_empty(), "{folder} has no fixture");
    let mut failures = String::new();
    for fixture in fixtures {
        let found = answer(&asked(&fs::read_to_string(&fixture).unwrap()));
        let beside = fixture.with_extension("answer");
        if bless {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            writeln!(failures, "{}\n--- expected\n{expected}--- found\n{found}", fixture.display()).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

const BOOKS: Books = Books { word: |_| None, code: |_| None, today: || TODAY };

const TODAY: jcm_ide::Date = jcm_ide::Date::constant(2026, 5, 1);

#[test]
fn hover() {
    run("hover", |asked| {
        let found = jcm_ide::hover(&asked.analysis, asked.file, asked.at, &BOOKS);
        found.map_or("nothing\n".to_owned(), |hover| {
            format!("{}\n\n{}", asked.shown(hover.span), hover.markdown)
        })
    });
}

#[test]
fn completion() {
    run("completion", |asked| {
        let found = jcm_ide::complete(&asked.analysis, asked.file, asked.at).list;
        let line = |c: &jcm_ide::Completion| {
            let also = c
                .also
                .as_ref()
                .map_or_else(String::new, |also| format!(" |{}", also.new_text.replace('\n', "⏎")));
            format!("{:?} {} | {} | {}{also}\n", c.kind, c.label, c.detail, c.snippet.replace('\n', "⏎"))
        };
        let shown: String = found.iter().take(30).map(line).collect();
        let more = found.len().saturating_sub(30);
        if more > 0 { format!("{shown}and {more} more\n") } else { shown }
    });
}

#[test]
fn definition() {
    run("definition", |asked| {
        let found = jcm_ide::definition(&asked.analysis, asked.file, asked.at);
        found.map_or("nothing\n".to_owned(), |target| asked.lines([target.from, target.name, target.whole]))
    });
}

#[test]
fn references() {
    run("references", |asked| asked.lines(jcm_ide::references(&asked.analysis, asked.file, asked.at, true)));
}

#[test]
fn highlight() {
    run("highlight", |asked| {
        let found = jcm_ide::highlights(&asked.analysis, asked.file, asked.at);
        let line = |(span, declared): &(Span, bool)| {
            asked.shown(*span) + if *declared { " declared\n" } else { "\n" }
        };
        found.iter().map(line).collect()
    });
}

/// What stands on the line of the mark is searched for in the whole workspace, in the library only what the contract uses.
#[test]
fn workspace_symbols() {
    run("symbols", |asked| {
        let text = asked.analysis.text(asked.file);
        let words = text[asked.at as usize..].lines().next().unwrap().trim();
        let found = jcm_ide::search(&asked.analysis, words);
        let own = found.iter().filter(|symbol| !symbol.library);
        asked.lines(own.map(|symbol| symbol.name_span))
    });
}

#[test]
fn rename() {
    run("rename", |asked| match jcm_ide::rename(&asked.analysis, asked.file, asked.at, "new_name") {
        Ok(edits) => asked.lines(edits.into_iter().map(|edit| edit.span)),
        Err(refused) => format!("refused: {}\n", refused.0),
    });
}

#[test]
fn signature() {
    run("signature", |asked| {
        let found = jcm_ide::signature(&asked.analysis, asked.file, asked.at);
        found.map_or("nothing\n".to_owned(), |s| {
            format!("{}\n{:?}, now {}\n{}\n", s.label, s.takes, s.current, s.doc)
        })
    });
}

#[test]
fn actions() {
    run("actions", |asked| {
        let range = Span::new(asked.file, asked.at, asked.at);
        let found = jcm_ide::actions(&asked.analysis, range);
        let line = |action: &jcm_ide::Action| {
            let becomes: Vec<String> = action
                .edits
                .iter()
                .map(|edit| format!("{} becomes {:?}", asked.shown(edit.span), edit.new_text))
                .collect();
            let of = action
                .problem
                .as_ref()
                .map_or_else(|| format!("{:?}", action.kind), |problem| problem.code.to_string());
            format!("{} ({of}): {}\n", action.title, becomes.join(", "))
        };
        found.iter().map(line).collect()
    });
}

fn names(asked: &Asked, found: &[jcm_ide::Target]) -> String {
    asked.lines(found.iter().map(|target| target.name))
}

#[test]
fn types() {
    run("types", |asked| names(asked, &jcm_ide::type_definition(&asked.analysis, asked.file, asked.at)));
}

#[test]
fn implementations() {
    run("implementations", |asked| {
        names(asked, &jcm_ide::implementations(&asked.analysis, asked.file, asked.at))
    });
}

fn calls(asked: &Asked, find: impl Fn(&Analysis, Span) -> Vec<jcm_ide::Call>) -> String {
    let Some(figure) = jcm_ide::figure_at(&asked.analysis, asked.file, asked.at) else {
        return "nothing\n".to_owned();
    };
    let found = find(&asked.analysis, figure.name_span);
    let line = |call: &jcm_ide::Call| {
        format!("{} at {}", asked.shown(call.figure.name_span), asked.lines(call.places.iter().copied()))
    };
    found.iter().map(line).collect()
}

#[test]
fn callers() {
    run("callers", |asked| calls(asked, jcm_ide::worked_out_from));
}

#[test]
fn callees() {
    run("callees", |asked| calls(asked, jcm_ide::works_with));
}

#[test]
fn linked() {
    run("linked", |asked| asked.lines(jcm_ide::linked(&asked.analysis, asked.file, asked.at)));
}

#[test]
fn links() {
    run("links", |asked| {
        let found = jcm_ide::links(&asked.analysis, asked.file);
        found.iter().map(|link| format!("{} {}\n", asked.shown(link.span), link.file)).collect()
    });
}

#[test]
fn outline() {
    fn shown(asked: &Asked, outline: &jcm_ide::Outline, indent: usize) -> String {
        let own = format!("{}{} ({})\n", "  ".repeat(indent), asked.shown(outline.name_span), outline.detail);
        let parts = outline.parts.iter().map(|part| shown(asked, part, indent + 1));
        own + &parts.collect::<String>()
    }
    run("outline", |asked| {
        let found = jcm_ide::outline(&asked.analysis, asked.file);
        found.iter().map(|outline| shown(asked, outline, 0)).collect()
    });
}

#[test]
fn hints() {
    run("hints", |asked| {
        let whole = Span::new(asked.file, 0, u32::MAX);
        let found = jcm_ide::hints(&asked.analysis, whole);
        let at = |at: u32| asked.shown(Span::new(asked.file, at, at));
        found.iter().map(|hint| format!("{} {} ({})\n", at(hint.at), hint.text, hint.tooltip)).collect()
    });
}

#[test]
fn lenses() {
    run("lenses", |asked| {
        let found = jcm_ide::lenses(&asked.analysis, asked.file);
        let line = |lens: &jcm_ide::Lens| {
            let errand = lens.errand.as_ref().map_or_else(String::new, |errand| format!(" {errand:?}"));
            format!("{} {} {}{errand}\n", asked.shown(lens.span), lens.title, lens.places.len())
        };
        found.iter().map(line).collect()
    });
}

#[test]
fn folds() {
    run("folds", |asked| asked.lines(jcm_ide::folds(&asked.analysis, asked.file)));
}

#[test]
fn selection() {
    run("selection", |asked| asked.lines(jcm_ide::selections(&asked.analysis, asked.file, asked.at)));
}

#[test]
fn tokens() {
    run("tokens", |asked| {
        let found = jcm_ide::tokens(&asked.analysis, asked.file);
        let own = found.iter().filter(|token| token.span.start >= asked.own);
        let line = |token: &jcm_ide::TokenSpan| {
            let declared = if token.declared { " declared" } else { "" };
            format!("{:?} {}{declared}\n", token.kind, asked.shown(token.span))
        };
        own.map(line).collect()
    });
}

#[test]
fn advice() {
    run("advice", |asked| {
        let found = asked.analysis.diagnostics_and_advice();
        let own = found.values().flatten();
        let own = own.filter(|problem| problem.primary.span.start >= asked.own);
        let line = |problem: &jcm_diagnostics::Diagnostic| {
            format!("{} {} {}\n", problem.code, asked.shown(problem.primary.span), problem.message)
        };
        let told: String = own.map(line).collect();
        let range = Span::new(asked.file, asked.at, asked.at);
        let action = |action: jcm_ide::Action| format!("{}: {:?}\n", action.title, action.edits[0].new_text);
        let can = jcm_ide::actions(&asked.analysis, range).into_iter().map(action);
        told + &can.collect::<String>()
    });
}

#[test]
fn diagnostics() {
    run("diagnostics", |asked| {
        let found = asked.analysis.all_diagnostics();
        let own = found.values().flatten();
        let line = |problem: &jcm_diagnostics::Diagnostic| {
            format!("{} {} {}\n", problem.code, asked.shown(problem.primary.span), problem.message)
        };
        own.map(line).collect()
    });
}
