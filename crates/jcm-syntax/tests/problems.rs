//! What is said of texts that do not have the shape of the language, and what survives beside it.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test ends where it fails"
)]

use jcm_source::{FileId, SourceFile};
use jcm_syntax::ast::{Body, DeclarationKind, TermKind};
use jcm_syntax::{ast, parse};

const FIVE_BROKEN: &str = r#"jcm 1

partner icb "ICB" {
    role: commissioner;
    sector: health
}

contarct main "Main" {
    term: 2026-04-01 to 2031-03-31
}

partner council "Council" {
    role:
    sector: social_care
}

measure falls "Falls {
    unit: falls
}

pool fund "Fund" {
    contributes {
        icb : £1 per year
    host: icb

partner acute "Acute" { role: provider, sector: health }
"#;

/// `line:column code message`, of each problem.
fn problems(text: &str) -> Vec<String> {
    let file = SourceFile::new("test.jcm", text);
    let parsed = parse(text);
    let lines = parsed.problems.iter().map(|problem| {
        let at = file.line_column(problem.range.0);
        format!("{}:{} {} {}", at.line, at.column, problem.code, problem.message)
    });
    lines.collect()
}

/// The problems of the lines inside one contract, which starts on line 3.
fn in_block(text: &str) -> Vec<String> {
    problems(&format!("jcm 1\ncontract c \"C\" {{\n{text}\n}}\n"))
}

/// The text after the fix of its first problem.
fn mended(text: &str) -> String {
    let parsed = parse(text);
    let (_, (start, end), new_text) = parsed.problems[0].fix.clone().unwrap();
    format!("{}{new_text}{}", &text[..start as usize], &text[end as usize..])
}

#[test]
fn five_broken_declarations_are_five_problems_and_the_others_survive() {
    assert_eq!(
        problems(FIVE_BROKEN),
        [
            "4:23 E0105 `;` means nothing here",
            "8:1 E0101 `contarct` is not a kind of declaration",
            "13:9 E0106 `role` has no value",
            "17:15 E0104 this text has no closing quotation mark",
            "22:17 E0103 this `{` is never closed",
        ]
    );
    let file = ast(&parse(FIVE_BROKEN), FileId(0));
    let names: Vec<(&str, bool)> = file
        .declarations
        .iter()
        .map(|declaration| (declaration.name.as_ref().unwrap().text.as_str(), declaration.broken))
        .collect();
    assert_eq!(names, [("icb", true), ("council", true), ("falls", true), ("fund", true), ("acute", false)]);
    let Body::Block(members) = &file.declarations[0].body else { panic!("the partner has a block") };
    let members: Vec<(Option<String>, bool)> =
        members.iter().map(|m| (m.key_words().map(|key| key.into_owned()), m.broken)).collect();
    assert_eq!(members, [(Some("role".to_owned()), true), (Some("sector".to_owned()), false)]);
    assert_eq!(file.declarations[4].kind, DeclarationKind::Partner);
}

#[test]
fn the_edition_stands_on_the_first_line() {
    assert_eq!(problems("jcm 1"), [""; 0]);
    assert_eq!(problems("\u{FEFF}// remark\n\n  jcm 1\n").len(), 2);
    assert_eq!(problems("// remark\njcm 1 // now\n"), [""; 0]);
    assert_eq!(
        problems("jcm 2\n"),
        ["1:1 E0102 this file is written for edition `2`, which this compiler does not know"]
    );
    assert_eq!(problems("jcm\n"), ["1:1 E0102 the first line does not say which edition"]);
    assert_eq!(problems(""), ["1:1 E0102 the first line does not name the edition"]);
    assert_eq!(mended("use std.a\n"), "jcm 1\n\nuse std.a\n");
    assert_eq!(ast(&parse("jcm 1\n"), FileId(0)).edition.unwrap().0, "1");
}

#[test]
fn stray_text_is_one_problem_for_each_place() {
    assert_eq!(
        problems("jcm 1\nhello\nworld\n\npartner a \"A\" { }\n"),
        ["2:1 E0101 this text belongs to no declaration"]
    );
    assert_eq!(
        problems("jcm 1\npartner a \"A\" { }\n  role: x\n}\nmesure b \"B\" {\n}\nclase c \"C\" {\n}\n"),
        [
            "3:3 E0101 this text belongs to no declaration",
            "5:1 E0101 `mesure` is not a kind of declaration",
            "7:1 E0101 `clase` is not a kind of declaration",
        ]
    );
    assert_eq!(mended("jcm 1\nmesure b \"B\" {\n}\n"), "jcm 1\nmeasure b \"B\" {\n}\n");
    assert_eq!(problems("jcm 1\npartner a \"A\" { } }\n"), ["2:19 E0103 this `}` closes nothing"]);
}

#[test]
fn a_declaration_says_what_it_lacks() {
    assert_eq!(problems("jcm 1\npartner \"NHS Wren Vale\" { }\n"), ["2:1 E0108 this partner has no name"]);
    assert_eq!(
        mended("jcm 1\npartner \"NHS Wren Vale\" { }\n"),
        "jcm 1\npartner nhs_wren_vale \"NHS Wren Vale\" { }\n"
    );
    assert_eq!(problems("jcm 1\nmeasure 91-days \"M\" { }\n"), ["2:9 E0108 `91-days` cannot be a name"]);
    assert_eq!(mended("jcm 1\nmeasure 91-days \"M\" { }\n"), "jcm 1\nmeasure days_91 \"M\" { }\n");
    assert_eq!(
        problems("jcm 1\npartner a \"A\"\n    role: provider\n}\n"),
        ["2:1 E0108 the opening brace of this partner is missing"]
    );
    assert_eq!(
        mended("jcm 1\npartner a \"A\"\n    role: x\n}\n"),
        "jcm 1\npartner a \"A\" {\n    role: x\n}\n"
    );
    assert_eq!(problems("jcm 1\npartner a \"A\"\n"), ["2:1 E0108 this partner says nothing yet"]);
    assert_eq!(problems("jcm 1\npartner a \"A\"\n{\n}\nexample \"E\" of a {\n}\nuse std.a\n"), [""; 0]);
}

#[test]
fn an_entry_has_at_most_one_problem_and_it_is_where_people_look() {
    assert_eq!(in_block("a: § b §"), ["3:4 E0105 `§` means nothing here"]);
    assert_eq!(
        in_block("a: “b”\nc: 'd'"),
        [
            "3:4 E0105 this text is in curly quotation marks",
            "4:4 E0105 this text is in single quotation marks"
        ]
    );
    assert_eq!(in_block("a: b c: d"), ["3:7 E0106 there are two colons in one entry"]);
    assert_eq!(in_block(": b"), ["3:1 E0106 nothing stands before this `:`"]);
    assert_eq!(in_block("a: f(b,, c)"), ["3:8 E0106 nothing stands before this `,`"]);
    assert_eq!(in_block("a:\n\nb: c"), ["3:2 E0106 `a` has no value"]);
    assert_eq!(in_block("a: (b + c\nd: (e,\n f)"), ["3:4 E0103 this `(` is never closed"]);
    assert_eq!(in_block("a: b)"), ["3:5 E0105 this `)` closes nothing"]);
    assert_eq!(in_block("a: \"b\nc: d"), ["3:4 E0104 this text has no closing quotation mark"]);
    assert_eq!(in_block("a: \"b, c: d"), ["3:4 E0104 this text has no closing quotation mark"]);
    assert_eq!(mended("jcm 1\nuse std.a\npartner a “A” {\n}\n"), "jcm 1\nuse std.a\npartner a \"A\" {\n}\n");
}

#[test]
fn the_brace_to_blame_is_the_one_whose_block_took_another_brace() {
    assert_eq!(
        in_block("    a {\n        b: c\n    d {\n        e: f\n    }"),
        ["3:7 E0103 this `{` is never closed"]
    );
    assert_eq!(problems("jcm 1\nclause a \"A\" {\n  text {b}\n"), ["2:14 E0103 this `{` is never closed"]);
}

#[test]
fn holes_in_legal_text_are_found_and_mended() {
    let clause = |text: &str| problems(&format!("jcm 1\nclause a \"A\" {{\n{text}\n}}\nuse std.b\n"));
    assert_eq!(clause("  for {b, and {c} on."), ["3:7 E0103 this `{` is never closed"]);
    assert_eq!(clause("  for {b"), ["3:7 E0103 this `{` is never closed"]);
    assert_eq!(clause("  for {} and \\{ \\} {15 operational\n  days}"), ["3:7 E0106 these braces are empty"]);
    assert_eq!(clause("  A \"quote, don’t; (a) 50% – §3 // http://x\n  on: that, is"), [""; 0]);
}

#[test]
fn a_clause_has_paragraphs_of_text_and_holes() {
    let text = "jcm 1\nclause a \"A\" in b {\n  One \\{x\\}\n  {c.d} two.\n\n\n  Three {15 days}\n}\n";
    let parsed = parse(text);
    assert_eq!(parsed.problems, []);
    let file = ast(&parsed, FileId(0));
    let Body::Prose(paragraphs) = &file.declarations[0].body else { panic!("a clause has prose") };
    let shown: Vec<String> = paragraphs
        .iter()
        .map(|paragraph| {
            let pieces = paragraph.pieces.iter().map(|piece| match piece {
                jcm_syntax::ast::Piece::Text(text, _) => text.clone(),
                jcm_syntax::ast::Piece::Hole(_, span) => format!("<{}>", &text[span.range()]),
            });
            pieces.collect()
        })
        .collect();
    assert_eq!(shown, ["One {x} <{c.d}> two.", "Three <{15 days}>"]);
    assert_eq!(&text[paragraphs[0].span.range()], "One \\{x\\}\n  {c.d} two.");
}

#[test]
fn members_end_where_people_end_them() {
    let text = "jcm 1\nboard b \"B\" {\n  /// Who.\n  x, y,\n  z : all\n  line a \"A\" = b -\n    c\n    + d, at most e\n    or f if missing\n  at 5% : 3\n  k: 9 { l: m, n o: p, q }\n  -r\n}\n";
    let parsed = parse(text);
    assert_eq!(parsed.problems, []);
    let file = ast(&parsed, FileId(0));
    let Body::Block(members) = &file.declarations[0].body else { panic!("a board has a block") };
    let shown: Vec<(usize, usize, &str)> = members
        .iter()
        .map(|member| {
            (member.key.as_ref().map_or(0, Vec::len), member.value.len(), &text[member.span.range()])
        })
        .collect();
    assert_eq!(
        shown,
        [
            (3, 1, "x, y,\n  z : all"),
            (0, 2, "line a \"A\" = b -\n    c\n    + d, at most e\n    or f if missing"),
            (1, 1, "at 5% : 3"),
            (1, 1, "k: 9 { l: m, n o: p, q }"),
            (0, 1, "-r"),
        ]
    );
    assert_eq!(members[0].doc, "Who.");
    let TermKind::Block(inner) = &members[3].value[0].terms[1].kind else { panic!("a block term") };
    assert_eq!(inner.iter().map(|m| m.key_words().unwrap()).collect::<Vec<_>>(), ["l", "n o"]);
    assert_eq!(inner[1].value.len(), 2);
}

#[test]
fn literals_are_told_apart() {
    let text = "jcm 1\nunit u \"U\" {\n  x: 2027/28 2026-04-01 2.5% 24,310 1,2345 £84,000.50 £ 5 % a.b@c.d e.f 12027/28 \"q \\\"r\\\" \\\\\" 15days ≤ −1 [g]\n}\n";
    let file = ast(&parse(text), FileId(0));
    let Body::Block(members) = &file.declarations[0].body else { panic!("a unit has a block") };
    let kinds: Vec<String> = members[0]
        .value
        .iter()
        .flat_map(|phrase| &phrase.terms)
        .map(|term| format!("{:?}", term.kind).split("(Name").next().unwrap().to_owned())
        .collect();
    let words: Vec<&str> = kinds.iter().map(|kind| kind.split(" {").next().unwrap()).collect();
    assert_eq!(
        words,
        [
            "Year(\"2027/28\")",
            "Date(\"2026-04-01\")",
            "Percent(\"2.5\")",
            "Number(\"24,310\")",
            "Number(\"1\")",
            "Number(\"2345\")",
            "Money",
            "Money",
            "Percent(\"5\")",
            "Address(\"a.b@c.d\")",
            "Path([Name",
            "Number(\"12027\")",
            "Operator(Divide)",
            "Number(\"28\")",
            "Text(\"q \\\"r\\\" \\\\\")",
            "Number(\"15\")",
            "Path([Name",
            "Operator(LessOrEqual)",
            "Operator(Minus)",
            "Number(\"1\")",
            "List([Phrase",
        ]
    );
}

#[test]
fn every_word_of_the_north_star_stands_in_a_declaration_that_is_whole() {
    let text = include_str!("north_star.jcm");
    let parsed = parse(text);
    assert_eq!(parsed.problems, []);
    let file = ast(&parsed, FileId(0));
    assert_eq!(file.declarations.len(), 30);
    assert!(file.declarations.iter().all(|declaration| !declaration.broken));
    let pays = file.declarations.iter().filter_map(|declaration| match &declaration.body {
        Body::Block(members) => Some(members),
        _ => None,
    });
    assert!(pays.flatten().all(|member| !member.broken && !member.value.is_empty()));
}
