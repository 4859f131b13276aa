//! What holds of every file that is laid out: the layout stays as it is when it is laid out again, and everything that
//! is said stays: words, figures, comments and legal text.
#![expect(clippy::disallowed_methods, reason = "the laws are tried on the files of the repository")]
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test ends where it fails")]

mod meaning;

use jcm_fmt::format;
use meaning::{comments, meaning, tokens};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Lays the text out and holds the result to the laws; nothing where the text has problems.
fn laid_out(text: &str) -> Option<String> {
    let out = format(text).ok()?;
    assert_eq!(format(&out).as_ref(), Ok(&out), "not stable; from\n{text}");
    assert_eq!(tokens(&out), tokens(text), "other tokens; from\n{text}\nto\n{out}");
    assert_eq!(comments(&out), comments(text), "other comments; from\n{text}\nto\n{out}");
    assert_eq!(meaning(&out), meaning(text), "another meaning; from\n{text}\nto\n{out}");
    assert!(out.ends_with('\n') && !out.ends_with("\n\n"), "{out:?}");
    // A minus sign that begins a line needs the space to go on with the line above.
    let ends_well = |line: &str| !line.ends_with([' ', '\t', '\r']) || line.trim() == "-";
    assert!(out.lines().all(ends_well), "{out:?}");
    assert!(!out.contains("\n\n\n\n") && !out.starts_with('\n'), "{out:?}");
    assert!(meaning::spaces(&out).all(|space| space.chars().all(|c| c == ' ')), "{out:?}");
    Some(out)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder with their texts, in order.
fn files(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "jcm" || end == "md") {
            found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Every contract of the repository, those on the pages of the reference and of the tests with it.
fn corpus() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["examples", "stdlib", "tests", "crates/jcm-syntax/tests", "crates/jcm-cli/templates"] {
        files(&root().join(folder), &mut found);
    }
    let mut texts = Vec::new();
    for (path, text) in found {
        let name = path.display().to_string();
        if path.extension().is_some_and(|end| end == "jcm") {
            texts.push((name, text));
            continue;
        }
        for (number, block) in text.split("```jcm").skip(1).enumerate() {
            let code = block.split_once('\n').map_or("", |(_, code)| code);
            let code = code.split("```").next().unwrap_or("");
            let edition = if code.starts_with("jcm 1") { "" } else { "jcm 1\n\n" };
            texts.push((format!("{name}, block {number}"), format!("{edition}{code}")));
        }
    }
    texts
}

#[test]
fn every_contract_of_the_repository_keeps_its_meaning() {
    let corpus = corpus();
    let laid_out = corpus.iter().filter(|(_, text)| laid_out(text).is_some()).count();
    assert!(laid_out > 20, "only {laid_out} of {} files were laid out", corpus.len());
}

#[test]
fn the_examples_and_the_library_are_laid_out() {
    let mut found = Vec::new();
    for folder in ["examples", "stdlib"] {
        files(&root().join(folder), &mut found);
    }
    for (path, text) in found.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "jcm")) {
        let laid_out = laid_out(text).unwrap_or_else(|| panic!("{} has problems", path.display()));
        let differs = laid_out.lines().zip(text.lines()).find(|(new, old)| new != old);
        assert!(laid_out == *text, "{} is not laid out: {differs:?}", path.display());
    }
}

#[test]
fn a_file_with_problems_is_not_laid_out() {
    let problems = format("jcm 1\n\npartner a \"A\" {\n  role: \n").unwrap_err();
    assert!(problems.iter().any(|problem| problem.code.0 == "E0106"));
    assert_eq!(format("").unwrap_err().len(), 1);
}

#[test]
fn a_file_of_ten_thousand_lines_is_laid_out() {
    let text = corpus().into_iter().find(|(name, _)| name.contains("stour-valley")).unwrap().1;
    let body = text.split_once('\n').unwrap().1;
    let long = format!("jcm 1\n{}", body.repeat(10_000 / text.lines().count() + 1));
    let out = format(&long).unwrap();
    assert_eq!(format(&out), Ok(out.clone()));
}

/// The declarations of the corpus, each as a file of its own.
static SMALL_FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut small = Vec::new();
    for (_, text) in corpus() {
        let file = jcm_syntax::ast(&jcm_syntax::parse(&text), jcm_source::FileId(0));
        small.extend(
            file.declarations
                .iter()
                .map(|declaration| format!("jcm 1\n{}\n", &text[declaration.span.range()])),
        );
    }
    small.sort();
    small.dedup();
    small
});

#[test]
fn a_lost_character_never_changes_the_meaning_of_the_rest() {
    for text in SMALL_FILES.iter().filter(|text| text.len() < 500).step_by(40) {
        for (at, c) in text.char_indices() {
            laid_out(&format!("{}{}", &text[..at], &text[at + c.len_utf8()..]));
        }
    }
}

/// A text with what stands between its tokens replaced, which `choose` decides for each place.
fn respaced(text: &str, mut choose: impl FnMut(&meaning::Place<'_>) -> String) -> String {
    meaning::places(text).iter().map(&mut choose).collect()
}

/// Other spaces of the same meaning, and as they are where that matters.
const SPACES: [&str; 5] = [" ", "  ", "\t", "\u{00A0}", "        "];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_amount_of_spaces_does_not_matter(pick in any::<prop::sample::Index>(), choices in prop::collection::vec(0..5_usize, 1..40)) {
        let text = pick.get(&SMALL_FILES);
        let mut choices = choices.iter().cycle();
        let other = respaced(text, |place| match place {
            meaning::Place::Space(space) if !space.is_empty() => SPACES[*choices.next().unwrap()].to_owned(),
            place => place.text().to_owned(),
        });
        prop_assert_eq!(laid_out(&other), laid_out(text));
    }

    #[test]
    fn any_spaces_breaks_and_comments_keep_the_meaning(pick in any::<prop::sample::Index>(), choices in prop::collection::vec(0..60_usize, 1..60)) {
        let text = pick.get(&SMALL_FILES);
        let mut choices = choices.iter().cycle();
        let other = respaced(text, |place| {
            let choice = *choices.next().unwrap();
            match (place, choice) {
                (meaning::Place::Space(_), 0) => "\n".to_owned(),
                (meaning::Place::Space(_), 1) => " // a comment\n\t".to_owned(),
                (meaning::Place::Space(_), 2) => "\n\n   // another\n  /// and a third\n ".to_owned(),
                (meaning::Place::Space(_), 3) => String::new(),
                (meaning::Place::Space(_), 4) => "\r\n\r\n\r\n\r\n".to_owned(),
                (meaning::Place::Break, 5) => " /// at the end\n".to_owned(),
                (meaning::Place::Break, 6) => "\n/// a doc comment\n".to_owned(),
                (meaning::Place::Break, 7) => "\n\n\n// apart\n\n\n\n\n".to_owned(),
                (meaning::Place::Break, 8) => " ".to_owned(),
                (place, _) => place.text().to_owned(),
            }
        });
        laid_out(&other);
    }

    #[test]
    fn any_members_keep_their_meaning(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "b.c", "role", ": ", ":", ", ", ",", "\n", "\n    ", "\n\n", "=", " = ", "-", " - ", "x/y", " / ", "5 %", "40%", "£5", "£",
            "\"t\"", "\"long enough to be broken after\"", "(", ")", "[", "]", " { ", " }", "{\n", "\n}\n", "when ", "otherwise ",
            "line ", "input ", "given ", "expect ", "receives ", "within ", "each ", "columns ", "2027/28", "2026-04-01",
            "1,000", " // c\n", "\n/// d\n", "\n// e\n", "\u{00A0}", " ", "a@b.c", "at least ", "a_name_that_is_rather_long",
        ]), 0..16)
    ) {
        laid_out(&format!("jcm 1\nincentive x \"X\" {{\n{}\n}}\nknob y \"Y\" : percent = 5%\n", pieces.concat()));
        laid_out(&format!("jcm 1\nparameter x \"X\" {}\n// end\n", pieces.concat()));
    }

    #[test]
    fn any_long_value_keeps_its_meaning(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a_name_that_is_rather_long", "\"a text that is as long as a sentence may be\"", "5%", "£1,000,000", ", ", ", ", ", ", ",\n",
            " when ", "\n when ", ", otherwise ", " of ", " - ", "\n - ", "f(", "(", ")", "[", "]", " // c\n", "{ a: b, c: d }",
        ]), 0..40)
    ) {
        let value = pieces.concat();
        laid_out(&format!("jcm 1\nboard x \"X\" {{\nseats: {value}\na: {value}\n}}\n"));
        laid_out(&format!("jcm 1\nincentive x \"X\" {{\nline a \"A\" = {value}\nline ab \"A title\" : £ = {value}\nline c = d\n}}\n"));
        laid_out(&format!("jcm 1\nexample \"X\" of y {{\ngiven a = 1, b = {value}\nexpect c.d = {value}\n}}\n"));
        laid_out(&format!("jcm 1\nknob x \"X\" : percent = {value} {{ source: \"here\" }}\nknob xy \"Y\" : £ = {value}\n"));
        laid_out(&format!("jcm 1\npool x \"X\" {{\ncontributes {{ a : {value} }}\nb {value}\nc 5%, {value}\n}}\n"));
    }

    #[test]
    fn any_legal_text_keeps_its_meaning(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "word", " ", "\n", "\n\n", "\t", "\r\n", "\u{00A0}", "{a.b}", "{ a,\n b }", "{15 days}", "{open-book}", "\\{", "\\}", "\\", "//",
            "/// x", "\n///", "{a // c\n b}", "\"quoted", ".", "partner p \"P\"", "}\n",
        ]), 0..30)
    ) {
        laid_out(&format!("jcm 1\nclause x \"X\" in y {{{}}}\n", pieces.concat()));
        laid_out(&format!("jcm 1\nclause x \"X\" in y {{\n{}\n}}\nuse z\n", pieces.concat()));
    }

    #[test]
    fn any_file_keeps_its_meaning(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", "\n\n\n\n", "// c\n", "/// d\n", " /// e\n", "  // f\n", "use a.b", "use c // g", "include d { except: e }",
            "unit u \"U\" { one: v }", "partner p \"P\" {\n role: x\n}", "definition d \"D\" { a thing. }", "}", " ", "\t", "\u{FEFF}",
            "knob k \"K\" : percent = 5%, from 1%\n to 2%", "measure m = x.y {\n}", "element e \"E\" of f",
        ]), 0..25)
    ) {
        laid_out(&format!("jcm 1\n{}", pieces.concat()));
        laid_out(&format!("// first\n\njcm   1 // second\n{}", pieces.join("\n")));
    }
}
