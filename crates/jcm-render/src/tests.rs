//! Each format on one diagnostic with two labels, help and a fix; then on what no diagnostic should be.

use super::*;
use jcm_diagnostics::{Code, Fix, Label, TextEdit};
use jcm_source::{FileId, SourceFile, Span};
use proptest::prelude::*;
use serde_json::Value;

const TERMS: &str = "outcome Job {\n\tpay £100.00 for each month\n}\n";
const RATES: &str = "rate Cap = £90.00\n";

/// A payment over a cap that another file states.
fn over_the_cap() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::new();
    let terms = sources.add(SourceFile::new("my terms.jcm", TERMS));
    let rates = sources.add(SourceFile::new("rates.jcm", RATES));
    let pay = Span::new(terms, 19, 27);
    let diagnostic = Diagnostic::error(Code("E0301"), "the payment is over its cap", pay, "£10.00 too much")
        .also(Span::new(rates, 11, 18), "the cap is stated here")
        .help("Pay the cap at most.")
        .fix("Change to `£90.00`", pay, "£90.00");
    (vec![diagnostic], sources)
}

fn human(colour: bool, width: usize) -> Format {
    Format::Human { colour, width }
}

fn drawn(text: &str, start: u32, end: u32, width: usize) -> String {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.jcm", text));
    let diagnostic = Diagnostic::warning(Code("W0001"), "odd", Span::new(file, start, end), "here");
    render(&[diagnostic], &sources, &human(false, width))
}

#[test]
fn people_see_both_places_and_what_to_do() {
    let (diagnostics, sources) = over_the_cap();
    let expected = "\
E0301

  × the payment is over its cap
   ╭─[my terms.jcm:2:6]
 1 │ outcome Job {
 2 │     pay £100.00 for each month
   ·         ───┬───
   ·            ╰── £10.00 too much
 3 │ }
   ╰────
   ╭─[rates.jcm:1:12]
 1 │ rate Cap = £90.00
   ·            ───┬──
   ·               ╰── the cap is stated here
   ╰────
  help: Pay the cap at most.
        fix: Change to `£90.00`
";
    assert_eq!(render(&diagnostics, &sources, &human(false, 80)), expected);
}

#[test]
fn colour_adds_only_codes() {
    let (diagnostics, sources) = over_the_cap();
    let coloured = render(&diagnostics, &sources, &human(true, 80));
    assert!(coloured.contains("\u{1b}[31m"), "an error is red");
    assert_eq!(without_colour(&coloured), render(&diagnostics, &sources, &human(false, 80)));
}

#[test]
fn logs_get_one_line() {
    let (diagnostics, sources) = over_the_cap();
    let expected = "my terms.jcm:2:6: error[E0301]: the payment is over its cap\n";
    assert_eq!(render(&diagnostics, &sources, &Format::Short), expected);
}

#[test]
fn tools_get_one_object_on_a_line() {
    let (diagnostics, sources) = over_the_cap();
    let expected = concat!(
        r#"{"code":"E0301","severity":"error","message":"the payment is over its cap","#,
        r#""file":"my terms.jcm","line":2,"column":6,"end_line":2,"end_column":13,"byte_start":19,"byte_end":27,"#,
        r#""labels":[{"primary":true,"text":"£10.00 too much","file":"my terms.jcm","line":2,"column":6,"#,
        r#""end_line":2,"end_column":13,"byte_start":19,"byte_end":27},"#,
        r#"{"primary":false,"text":"the cap is stated here","file":"rates.jcm","line":1,"column":12,"#,
        r#""end_line":1,"end_column":18,"byte_start":11,"byte_end":18}],"#,
        r#""help":["Pay the cap at most."],"fixes":[{"title":"Change to `£90.00`","safe":false,"#,
        r#""edits":[{"new_text":"£90.00","file":"my terms.jcm","line":2,"column":6,"end_line":2,"#,
        r#""end_column":13,"byte_start":19,"byte_end":27}]}]}"#,
        "\n"
    );
    assert_eq!(render(&diagnostics, &sources, &Format::Json), expected);
}

#[test]
fn scanners_get_what_sarif_requires() {
    let (diagnostics, sources) = over_the_cap();
    let document = sarif(&diagnostics, &sources);
    assert_sarif(&document, 1);
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["tool"]["driver"]["version"], "1.2.3");
    let result = &run["results"][0];
    assert_eq!(result["level"], "error");
    assert_eq!(result["message"]["text"], "the payment is over its cap\nPay the cap at most.");
    assert_eq!(result["locations"][0]["message"]["text"], "£10.00 too much");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20terms.jcm");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 13})
    );
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "rates.jcm");
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "£90.00");
}

#[test]
fn scanners_count_utf16_units_and_need_uris() {
    let mut sources = Sources::new();
    for name in ["a.jcm", "/abs/é.jcm", r"C:\in\a.jcm", "a:b.jcm", r"in\a.jcm"] {
        sources.add(SourceFile::new(name, "x\r\n😀é £5"));
    }
    let at = |file: FileId| Diagnostic::warning(Code("W0001"), "odd", Span::new(file, 10, 12), "");
    let diagnostics: Vec<_> = sources.iter().map(|(file, _)| at(file)).collect();
    let document = sarif(&diagnostics, &sources);
    assert_sarif(&document, 5);
    let uris: Vec<_> = (0..5)
        .map(|n| {
            let place = &document["runs"][0]["results"][n]["locations"][0]["physicalLocation"];
            assert_eq!(place["region"]["startColumn"], 5, "two units for the emoji, one for each other");
            assert_eq!(place["region"]["endColumn"], 6);
            place["artifactLocation"]["uri"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(uris, ["a.jcm", "file:///abs/%C3%A9.jcm", "file:///C:/in/a.jcm", "a%3Ab.jcm", "in/a.jcm"]);
}

#[test]
fn a_label_at_the_end_of_a_text_or_in_an_empty_one_is_shown() {
    assert_eq!(
        drawn("a\r\n", 3, 3, 80),
        "W0001\n\n  ⚠ odd\n   ╭─[a.jcm:2:1]\n 1 │ a\n 2 │ \n   · ▲\n   · ╰── here\n   ╰────\n"
    );
    assert_eq!(
        drawn("", 7, 9, 80),
        "W0001\n\n  ⚠ odd\n   ╭─[a.jcm:1:1]\n 1 │ \n   · ▲\n   · ╰── here\n   ╰────\n"
    );
}

#[test]
fn a_label_of_several_lines_has_a_bracket() {
    assert_eq!(
        drawn("a\nb {\nc\n}\nd\n", 2, 9, 80),
        "\
W0001

  ⚠ odd
   ╭─[a.jcm:2:1]
 1 │     a
 2 │ ╭─▶ b {
 3 │ │   c
 4 │ ├─▶ }
   · ╰──── here
 5 │     d
   ╰────
"
    );
}

#[test]
fn labels_that_overlap_are_drawn_one_below_the_other() {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a.jcm", "pay £5 plus 3 months\nnext\n"));
    let diagnostic = Diagnostic::error(Code("E0301"), "unlike units", Span::new(file, 4, 21), "this sum")
        .also(Span::new(file, 4, 7), "pounds")
        .also(Span::new(file, 13, 21), "months");
    assert_eq!(
        render(&[diagnostic], &sources, &human(false, 80)),
        "\
E0301

  × unlike units
   ╭─[a.jcm:1:5]
 1 │ pay £5 plus 3 months
   ·     ────────┬───────
   ·             ╰── this sum
 2 │ next
   ╰────
   ╭─[a.jcm:1:5]
 1 │ pay £5 plus 3 months
   ·     ─┬      ────┬───
   ·      │          ╰── months
   ·      ╰── pounds
   ╰────
"
    );
}

#[test]
fn a_label_of_many_lines_is_drawn_on_its_first() {
    let text = "all\n".repeat(500);
    let drawn = drawn(&text, 4, 1990, 80);
    assert!(drawn.contains(" 2 │ all\n   · ─┬─\n"), "{drawn}");
    assert_eq!(drawn.lines().count(), 10);
}

#[test]
fn a_long_line_is_cut_around_its_label() {
    let text = format!("{}MARK{}", "a".repeat(3000), "b".repeat(3000));
    let drawn = drawn(&text, 3000, 3004, 60);
    assert!(drawn.contains("[a.jcm:1:3001]"), "{drawn}");
    let line = drawn.lines().find(|line| line.contains("MARK")).expect("the marked text is shown");
    assert!(line.starts_with(" 1 │ …a") && line.ends_with("b…"), "{line}");
    assert_eq!(line.chars().count(), 60);
    let below = drawn.lines().find(|line| line.contains('┬')).expect("a line under the text");
    let column = |line: &str, what| line.split(what).next().map(|before| before.chars().count());
    assert_eq!(column(below, "─"), column(line, "MARK"));
}

#[test]
fn words_are_wrapped_at_spaces_only() {
    let (mut diagnostics, sources) = over_the_cap();
    diagnostics[0].message =
        "from 2024-01-01 to 2024-12-31 there is no rate for the month of the report".into();
    let drawn = render(&diagnostics, &sources, &human(false, 0));
    let head: Vec<_> = drawn.lines().skip(2).take(3).collect();
    assert_eq!(
        head,
        ["  × from 2024-01-01 to 2024-12-31", "  │ there is no rate for the month", "  │ of the report"]
    );
}

#[test]
fn what_a_terminal_acts_on_is_drawn_as_a_sign() {
    let text = "pay \u{1b}[31m\u{202e}x\u{9b}2J\n";
    let drawn = drawn(text, 4, 5, 80);
    assert!(drawn.contains("1 │ pay ␛[31m�x�2J\n"), "{drawn}");

    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("a\u{1b}.jcm", text));
    let diagnostic = Diagnostic::error(Code("E0100"), "odd\n\u{1b}[2J", Span::new(file, 0, 1), "");
    assert_eq!(
        render(std::slice::from_ref(&diagnostic), &sources, &Format::Short),
        "a␛.jcm:1:1: error[E0100]: odd ␛[2J\n"
    );
    let tagged = Diagnostic { message: "\u{e0041}\u{9b}".into(), ..diagnostic };
    let json = render(&[tagged], &sources, &Format::Json);
    assert!(json.contains(r#""message":"\udb40\udc41\u009b""#), "{json}");
    let read: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["message"], "\u{e0041}\u{9b}", "a tool reads what was written");
}

#[test]
fn a_problem_in_an_unknown_file_is_not_lost() {
    let span = Span::new(FileId(9), 3, 5);
    let diagnostic = Diagnostic::error(Code("E0100"), "no such file", span, "here").fix("Add it", span, "x");
    let (list, sources) = (vec![diagnostic], Sources::new());
    assert!(render(&list, &sources, &human(false, 80)).contains("[unknown file:1:1]"));
    assert_eq!(render(&list, &sources, &Format::Short), "error[E0100]: no such file\n");
    let json: Value = serde_json::from_str(&render(&list, &sources, &Format::Json)).unwrap();
    assert_eq!(json["file"], Value::Null);
    let document = sarif(&list, &sources);
    assert_sarif(&document, 1);
    assert!(document["runs"][0]["results"][0].get("locations").is_none());
    assert!(document["runs"][0]["results"][0].get("fixes").is_none());
}

#[test]
fn nothing_is_drawn_for_no_diagnostic_but_a_sarif_document() {
    let sources = Sources::new();
    for format in [human(true, 80), Format::Short, Format::Json] {
        assert_eq!(render(&[], &sources, &format), "");
    }
    assert_sarif(&sarif(&[], &sources), 0);
    assert_eq!(summary(&[]), "");
}

#[test]
fn the_summary_counts_and_names_the_worst_code() {
    let span = Span::new(FileId(0), 0, 0);
    let error = |code| Diagnostic::error(Code(code), "m", span, "");
    let warning = Diagnostic::warning(Code("W0001"), "m", span, "");
    assert_eq!(
        summary(&[warning.clone(), error("E0301"), error("E0201")]),
        "2 problems, 1 warning. For an explanation of a code: jcm explain E0301"
    );
    assert_eq!(summary(&[warning]), "1 warning. For an explanation of a code: jcm explain W0001");
}

fn sarif(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let version = "1.2.3".to_owned();
    serde_json::from_str(&render(diagnostics, sources, &Format::Sarif { version, rules: Vec::new() }))
        .expect("JSON")
}

/// What SARIF 2.1.0 requires of the properties that are written here.
fn assert_sarif(document: &Value, results: usize) {
    assert_eq!(document["version"], "2.1.0");
    assert!(document["$schema"].is_string());
    let [run] = document["runs"].as_array().unwrap().as_slice() else { panic!("one run") };
    assert_eq!(run["tool"]["driver"]["name"], "jcm");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["id"].is_string() && rule["shortDescription"]["text"].is_string()));
    let found = run["results"].as_array().unwrap();
    assert_eq!(found.len(), results);
    for result in found {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        for location in list(result, "locations").iter().chain(list(result, "relatedLocations")) {
            let place = &location["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().unwrap().is_ascii());
            assert_region(&place["region"]);
        }
        for fix in list(result, "fixes") {
            assert!(fix["description"]["text"].is_string());
            for change in fix["artifactChanges"].as_array().unwrap() {
                assert!(change["artifactLocation"]["uri"].is_string());
                let replacements = change["replacements"].as_array().unwrap();
                assert!(!replacements.is_empty(), "SARIF requires one at least");
                replacements.iter().for_each(|replacement| assert_region(&replacement["deletedRegion"]));
            }
        }
    }
}

fn assert_region(region: &Value) {
    let [start, start_column, end, end_column] =
        ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64().unwrap());
    assert!(start >= 1 && start_column >= 1 && (start, start_column) <= (end, end_column), "{region}");
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).map_or(&[], |list| list.as_array().unwrap())
}

/// What the terminal would show of text that is coloured as miette colours it.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |shown, part| shown + part.split_once('m').expect("only colours").1)
}

/// Without the spaces at the ends of lines, where miette differs with and without colour.
fn trimmed(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

/// Text of many kinds: any characters, and the ones that are hard to draw more often than chance would have them.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z£ ]{0,12}",
        2 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("\t".to_owned()),
        1 => "[\\x00-\\x1f\u{7f}-\u{9f}\u{202e}\u{2066}\u{feff}\u{e0041}😀語\u{301}]{1,3}",
        1 => "\\PC{0,5}",
        1 => any::<char>().prop_map(String::from),
        1 => Just("long ".repeat(40)),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_span() -> impl Strategy<Value = Span> {
    let offset = prop_oneof![8 => 0u32..120, 1 => any::<u32>()];
    // Not `Span::new`: a span whose end is before its start can be written too.
    (0u32..4, offset.clone(), offset).prop_map(|(file, start, end)| Span { file: FileId(file), start, end })
}

fn any_diagnostic() -> impl Strategy<Value = Diagnostic> {
    let label = || (any_span(), any_text()).prop_map(|(span, text)| Label { span, text });
    let edit = (any_span(), any_text()).prop_map(|(span, new_text)| TextEdit { span, new_text });
    let fix = (any_text(), prop::collection::vec(edit, 0..3), any::<bool>())
        .prop_map(|(title, edits, safe)| Fix { title, edits, safe });
    let severity = prop_oneof![Just(Severity::Error), Just(Severity::Warning), Just(Severity::Note)];
    let secondary = prop::collection::vec(label(), 0..5);
    let help = prop::collection::vec(any_text(), 0..3);
    (severity, any_text(), label(), secondary, help, prop::collection::vec(fix, 0..3)).prop_map(
        |(severity, message, primary, secondary, help, fixes)| Diagnostic {
            case: "",
            facts: Vec::new(),
            code: Code("E0301"),
            severity,
            message,
            primary,
            secondary,
            help,
            fixes,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_drawn(
        texts in prop::collection::vec((any_text(), any_text()), 0..4),
        diagnostics in prop::collection::vec(any_diagnostic(), 1..3),
        width in prop_oneof![0usize..200, Just(usize::MAX)],
    ) {
        let mut sources = Sources::new();
        for (name, text) in texts {
            sources.add(SourceFile::new(name, text));
        }
        let plain = render(&diagnostics, &sources, &human(false, width));
        let harmless = |text: &str| text.chars().all(|c| c == '\n' || visible::shown(c) == c);
        prop_assert!(harmless(&plain), "{plain:?}");
        prop_assert_eq!(plain.matches("E0301\n\n").count(), diagnostics.len());
        for label in diagnostics.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.secondary)) {
            prop_assert!(plain.contains(visible::one_line(&label.text).as_str()), "{:?} in {plain}", label.text);
        }
        let coloured = without_colour(&render(&diagnostics, &sources, &human(true, width)));
        prop_assert_eq!(trimmed(&coloured), trimmed(&plain));

        let short = render(&diagnostics, &sources, &Format::Short);
        prop_assert!(harmless(&short), "{short:?}");
        prop_assert_eq!(short.lines().count(), diagnostics.len());

        let json = render(&diagnostics, &sources, &Format::Json);
        prop_assert!(harmless(&json), "{json:?}");
        for (line, diagnostic) in json.lines().zip(&diagnostics) {
            let read: Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(&read["message"], &Value::from(diagnostic.message.as_str()));
        }
        assert_sarif(&sarif(&diagnostics, &sources), diagnostics.len());
        prop_assert!(!summary(&diagnostics).is_empty());
    }
}
