//! Every broken contract of the project, and what can be done about each of its problems with one press.
#![expect(clippy::disallowed_methods, reason = "the broken contracts are files of the repository")]
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_ide::{Analysis, Disk, Host};
use jcm_source::FileId;
use jcm_test::{Expected, Project};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const NAME: &str = "/vale/contract.jcm";

/// Problems, by a part of their message, whose help says how such a thing is written and cannot know the figure or the
/// order that is meant.
const LEFT_TO_PEOPLE: &[(&str, &str)] = &[
    ("E0110", "`otherwise` follows no `when`"),
    ("E0110", "an operator or a comma is missing"),
    ("E0208", "one partner and one duty"),
    ("E0303", "and this is a single case"),
    ("E0303", "and this is bands"),
    ("E0303", "a percentage or a scale is needed"),
    ("E0503", "hold the same figures"),
    ("E0546", "£20,000.00 and at most £15,000.00"),
    ("E0546", "£90,000.00 and at most £30,000.00"),
    ("E0571", "beside the contract"),
];

/// Mends after which the same is said of the next place, or of what the text was before.
const ONE_OF_SEVERAL: &[&str] = &[
    "E0105-unexpected-character/a-mark-of-direction-between-figures.jcm",
    "E0111-shape/a-part-beside-rows.jcm",
    "E0111-shape/a-part-of-nothing.jcm",
    "E0301-unit-mismatch/a-knob-without-percent-signs.jcm",
];

struct NoDisk;

impl Disk for NoDisk {
    fn read(&self, _: &str) -> Option<String> {
        None
    }

    fn files(&self, _: &str, _: bool) -> Vec<String> {
        Vec::new()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn read(text: &str) -> (Arc<Analysis>, FileId) {
    let mut host = Host::new(Box::new(NoDisk));
    host.set_today(jcm_ide::Date::constant(2026, 7, 1));
    host.set_text(NAME, text);
    let analysis = host.analysis(NAME);
    let file = analysis.file(NAME).unwrap();
    (analysis, file)
}

/// Every broken contract as a whole text, with its name and the codes that are expected of it.
fn broken() -> Vec<(String, String, Vec<String>)> {
    let base = fs::read_to_string(root().join("reference/base.jcm")).unwrap();
    let folders = fs::read_dir(root().join("errors")).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "jcm")).collect();
    files.sort();
    let case = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let codes = Expected::all(&text).unwrap().iter().map(|found| found.code().to_owned()).collect();
        let name = path.strip_prefix(root().join("errors")).unwrap().display().to_string();
        (name, Project::of(&text, &base).text().to_owned(), codes)
    };
    files.into_iter().map(case).collect()
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

/// Whether the help says word for word what to write, and not only what such a thing looks like.
fn is_written_out(problem: &Diagnostic) -> bool {
    let example = ["such as", "for example", "like this", "figures of your own", " as in ", "as `"];
    problem.help.iter().any(|help| {
        let begins = ["Write ", "Change to ", "Add ", "Put ", "Remove ", "Leave out ", "End with ", "Say "];
        help.contains('`')
            && begins.iter().any(|verb| help.starts_with(verb))
            && !example.iter().any(|like| help.contains(like))
    })
}

/// The problems of a text that it is there for.
fn problems(analysis: &Analysis, codes: &[String]) -> Vec<Diagnostic> {
    let found = analysis.diagnostics_and_advice();
    let found = found.values().flatten().filter(|problem| codes.iter().any(|code| code == problem.code.0));
    found.cloned().collect()
}

#[test]
fn what_the_help_writes_out_can_be_had_with_one_press() {
    let mut without = String::new();
    for (name, text, codes) in broken() {
        let (analysis, file) = read(&text);
        for problem in problems(&analysis, &codes) {
            if problem.primary.span.file != file || !is_written_out(&problem) {
                continue;
            }
            let found = jcm_ide::actions(&analysis, problem.primary.span);
            let left = LEFT_TO_PEOPLE
                .iter()
                .any(|(code, part)| *code == problem.code.0 && problem.message.contains(part));
            if !left && !found.iter().any(|action| action.problem.as_ref() == Some(&problem)) {
                writeln!(without, "{name}: {}\n    {}", problem.message, problem.help.join("\n    "))
                    .unwrap();
            }
        }
    }
    assert!(without.is_empty(), "{without}");
}

/// What is pressed takes the problem away, or one of several of its kind.
#[test]
fn what_is_pressed_mends_the_problem() {
    let mut unmended = String::new();
    let mut mended = 0;
    let whole = broken().into_iter().filter(|(name, _, _)| !ONE_OF_SEVERAL.contains(&name.as_str()));
    for (name, text, codes) in whole {
        let (analysis, file) = read(&text);
        let before = analysis.diagnostics_and_advice();
        for problem in problems(&analysis, &codes) {
            let actions = jcm_ide::actions(&analysis, problem.primary.span);
            for action in actions.iter().filter(|action| action.problem.as_ref() == Some(&problem)) {
                if action.edits.iter().any(|edit| edit.span.file != file) {
                    continue;
                }
                let (after, _) = read(&apply(&text, &action.edits));
                let after = after.diagnostics_and_advice();
                let same = |other: &&Diagnostic| {
                    other.code == problem.code
                        && other.message == problem.message
                        && other.primary.text == problem.primary.text
                };
                let count = |all: &jcm_ide::Findings| all.values().flatten().filter(same).count();
                mended += 1;
                if count(&after) >= count(&before) {
                    writeln!(
                        unmended,
                        "{name}: {}\n    {}: {:?}",
                        problem.message, action.title, action.edits
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(unmended.is_empty(), "of {mended}\n{unmended}");
}

/// What need not be read first can be had with one press, and leaves nothing of its kind behind.
#[test]
fn mending_everything_leaves_nothing_that_could_be_mended_unread() {
    const ROUNDS: usize = 4;
    let mut mended = 0;
    for (name, text, _) in broken() {
        let mut text = text;
        for round in 0..=ROUNDS {
            let (analysis, file) = read(&text);
            let edits = jcm_ide::fix_all(&analysis, file);
            if edits.is_empty() {
                break;
            }
            assert!(round < ROUNDS, "{name}: there is always more to mend: {edits:?}");
            mended += 1;
            text = apply(&text, &edits);
        }
    }
    assert!(mended > 10, "only {mended} contracts have something that is mended unread");
}
