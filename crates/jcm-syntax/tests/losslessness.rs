//! The text of the tree is the parsed text, whatever it holds, and no text makes the parser fail or run on.
#![expect(clippy::string_slice, reason = "a test ends where it fails")]

use jcm_source::FileId;
use jcm_syntax::{DeclarationCache, Parsed, ast, parse, parse_with};
use proptest::prelude::*;

const NORTH_STAR: &str = include_str!("north_star.jcm");

/// Shapes that the north star has not: windows line ends, a byte order mark, pasted spaces, broken ends.
const OTHERS: [&str; 5] = [
    "\u{FEFF}jcm 1\r\n\r\npartner a \"A\" {\r\n\trole:\u{00A0}provider\r\n}\r\n",
    "jcm 1\nclause c \"C\" in x {\n  A {b} \\{ c \\} {15 operational\n  days}.\n\n  Next {d.e\n}\nmeasure m = std.x { a: (1,\n 2), b: [x, y] }\n",
    "jcm 1\nincentive i \"I\" {\n  line a \"A\" = (b\n    + c) * d\n    - e,\n    at least “f”\n  /// doc\n  x, y : z ; w\n}\n}\nstray § {\n",
    "/// doc\n/// more\n\n/// d\nknob k \"K\" : percent = 5 %, from 1% to 2%\nknob k2-x \"K\n{ a: {b: {c: }}}",
    "jcm 2 // next\n  contract x {\ncontarct y {\nexample \"e\" of y in 2027/28\n{ given a = £1,000.50, b = 2026-04-01 and }",
];

/// Lines that begin, end and part declarations, and some that only look so.
const LINES: [&str; 22] = [
    "measure a \"A\" {\n",
    "clause b \"B\" {\n",
    "knob c \"C\" : percent = 5%\n",
    "use x\n",
    "use std.measures\n",
    "measure",
    "partner d\n",
    "}\n",
    "} partner e {\n",
    "    x: y\n",
    "    measure f \"F\" {\n",
    "/// doc\n",
    "/// £5 – é\n",
    "  /// doc\n",
    "// comment\n",
    "\n",
    "  \n",
    "\r\n",
    "contarct y {\n",
    "stray words\n",
    "  § stray\n",
    "jcm 1\n",
];

fn assert_lossless(text: &str) {
    assert_whole(&parse(text), text);
}

/// The tree has the whole text, and every place in problems, fixes and the view lies on characters of it.
fn assert_whole(parsed: &Parsed, text: &str) {
    assert_eq!(parsed.green.to_string(), text);
    for problem in &parsed.problems {
        let (start, end) = (problem.range.0 as usize, problem.range.1 as usize);
        assert!(start <= end && text.get(start..end).is_some(), "{problem:?} lies outside {text:?}");
        let (from, to) = problem.fix.as_ref().map_or((0, 0), |fix| (fix.1.0 as usize, fix.1.1 as usize));
        assert!(from <= to && text.get(from..to).is_some(), "the fix of {problem:?} lies outside {text:?}");
    }
    let file = ast(parsed, FileId(0));
    for declaration in &file.declarations {
        assert!(text.get(declaration.span.range()).is_some_and(|t| t.starts_with(declaration.kind.word())));
    }
}

/// The samples, and each declaration of the north star as a file of its own: a declaration is parsed without the
/// rest of its file, so that this covers every place of the north star in a fraction of the time.
fn small_files() -> Vec<String> {
    let declarations = ast(&parse(NORTH_STAR), FileId(0)).declarations;
    let alone =
        declarations.iter().map(|declaration| format!("jcm 1\n{}\n", &NORTH_STAR[declaration.span.range()]));
    OTHERS.iter().map(|sample| (*sample).to_owned()).chain(alone).collect()
}

/// A text with the character at `at` left out.
fn without(text: &str, at: usize, c: char) -> String {
    format!("{}{}", &text[..at], &text[at + c.len_utf8()..])
}

#[test]
fn every_prefix_and_every_text_with_one_character_less_is_kept() {
    let files = small_files();
    std::thread::scope(|scope| {
        for share in files.chunks(files.len().div_ceil(4)) {
            scope.spawn(move || share.iter().for_each(|text| assert_every_place(text)));
        }
    });
}

fn assert_every_place(text: &str) {
    assert_lossless(text);
    for (at, c) in text.char_indices() {
        assert_lossless(&text[..at]);
        assert_lossless(&without(text, at, c));
    }
}

#[test]
fn the_cache_changes_nothing_while_a_file_is_edited() {
    let mut cache = DeclarationCache::new();
    for (at, c) in NORTH_STAR.char_indices().step_by(211) {
        for text in [without(NORTH_STAR, at, c), NORTH_STAR[..at].to_owned()] {
            let parsed = parse_with(&text, &mut cache);
            assert_whole(&parsed, &text);
            assert_eq!(parsed, parse(&text), "the cache changes {text:?}");
        }
    }
}

#[test]
fn deep_and_wide_nesting_ends_in_a_problem() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{ a ", "}"), ("f(", ")"), ("(\"", ")")] {
        for depth in [60, 65, 10_000] {
            for closed in [0, depth] {
                let text = format!(
                    "jcm 1\nscore s \"S\" {{ x: {}1{} }}\n",
                    open.repeat(depth),
                    close.repeat(closed)
                );
                assert_lossless(&text);
            }
        }
    }
    assert_eq!(parse(&format!("jcm 1\nscore s {{ x: {} }}", "(".repeat(70))).problems[0].code.0, "E0107");
    assert_lossless(&"/// doc\n".repeat(20_000));
    assert_lossless(&format!("jcm 1\nscore s {{\n{}}}", "x: (a\n".repeat(60)));
    assert_lossless(&format!("jcm 1\nclause s {{\n{}}}", "{a ".repeat(60)));
}

#[test]
fn nesting_that_only_the_parser_sees_ends_before_the_stack_does() {
    // A look at the bytes takes these brackets for words in quotation marks.
    let brackets = "(".repeat(100_000);
    for (before, after) in [("score s \"S\" { x: '\"' ", " \" }"), ("clause s {\n\"{ a ", " }\"\n}")] {
        let text = format!("jcm 1\n{before}{brackets}{}{after}\n", ")".repeat(100_000));
        assert_lossless(&text);
        assert_eq!(parse(&text).problems[0].code.0, "E0107");
    }
}

#[test]
fn a_large_file_parsed_on_several_cores_is_the_same_as_one_parsed_piece_by_piece() {
    let text = NORTH_STAR.replace("jcm 1", "// again").repeat(20);
    let text = format!("jcm 1\n{text}");
    assert!(text.len() > 64 * 1024);
    assert_lossless(&text);
    assert_eq!(parse(&text), parse_with(&text, &mut DeclarationCache::new()));
}

proptest! {
    #[test]
    fn any_text_is_kept(text in "\\PC*") {
        assert_lossless(&text);
    }

    #[test]
    fn any_text_of_our_signs_is_kept(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "jcm 1\n", "\n", " ", "partner ", "clause ", "x", "a.b", "\"t\"", "\"", "“q”", "{", "}", "(", ")", "[", "]",
            ",", ":", "=", "-", "- ", "/", "//c", "/// d\n", "£", "£5", "5%", "2027/28", "2026-04-01", "1,000", "§",
            ";", "\\", "\\{", "or ", "when ", "a@b.c", "\r\n", "\u{00A0}", "\t", "\u{FEFF}", "é",
        ]), 0..60)
    ) {
        assert_lossless(&pieces.concat());
    }

    /// Only what stands around a change is outlined again.
    #[test]
    fn any_lines_changed_again_and_again_are_as_if_parsed_anew(
        lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 20..60),
        edits in prop::collection::vec((0..60_usize, 0..4_usize, prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..4)), 1..12)
    ) {
        let mut lines = lines;
        let mut cache = DeclarationCache::new();
        parse_with(&lines.concat(), &mut cache);
        for (at, old, new) in edits {
            let at = at.min(lines.len());
            let until = (at + old).min(lines.len());
            lines.splice(at..until, new);
            let text = lines.concat();
            prop_assert_eq!(parse_with(&text, &mut cache), parse(&text), "{:?}", text);
        }
    }
}
