//! Texts that could break a document or run as code, taken through every output of the command line: contract, readings,
//! statements, journal, simulation, comparison, analysis, drawings, calendar and tables.
//!
//! An example is made twice, once with harmless words and once with odd ones in every title, description, source and
//! cell. Each pair of files has the same figures, elements, rows and cells; no odd text has become an element, a formula
//! or the name of a file somewhere else.

mod made;
mod seen;

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::OnceLock;

/// The files that a run writes, and what it prints, by name.
type Outputs = BTreeMap<String, Vec<u8>>;

/// What a spreadsheet would run, by how it begins.
const FORMULAS: [(&str, &str); 5] = [
    ("a formula", "=1+1"),
    ("a formula behind a tab", "\t=HYPERLINK(\"http://evil.example\")"),
    ("a sum", "+SUM(A1:A9)"),
    ("a difference", "-2+3+cmd|' /C calc'!A0"),
    ("a function", "@SUM(1)"),
];

/// What stands behind each of them; the compiler takes it.
const REST: [&str; 7] = [
    "<script>alert(1)</script></td></svg></w:t><!--",
    "A & B &amp; &lt; &#0; ]]>",
    "# a | b || \\| *c* **d** _e_ ``` [f](javascript:alert(1))",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{645}\u{631}\u{62D}\u{628}\u{627} £5",
    "\u{1F469}\u{200D}\u{2695}\u{FE0F} \u{1F1EC}\u{1F1E7} \u{1F44D}\u{1F3FD}",
    "\"a\" onload='b' \u{201C}c\u{201D} \\n \\",
    "../../etc/passwd C:\\CON NUL aux.html",
];

/// What the compiler refuses in a contract and what can come with data: control characters, marks that turn the direction
/// of reading, breaks of lines.
const IN_DATA: &str = "a\u{0}b\u{7}c\u{1B}[31md\u{7F}e\u{9B}f\u{B}g\u{FFFF}h \u{202E}esrever\u{202C} \u{200F}\u{2067}x \
                       a\u{2028}b\u{2029}c\u{85}d\r\ne\rf";

fn main() -> ExitCode {
    let long = "long word and ".repeat(720) + &"x".repeat(500);
    let texts = FORMULAS.iter().map(|(what, text)| (*what, format!("{text} {}", REST.join(" "))));
    let texts = texts.chain([("10,000 characters", long)]);
    let all = texts.map(|(what, text)| Trial::test(what, move || stays_whole(&text, &text)));
    let mut trials: Vec<Trial> = all.collect();
    trials.push(Trial::test("characters that come with data", || stays_whole("Odd", IN_DATA)));
    trials.push(Trial::test("cases whose names come to one", seen::cases_with_one_name));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Makes everything with harmless words and with the odd ones, in the contract and in the data.
fn stays_whole(text: &str, in_data: &str) -> Result<(), Failed> {
    // Every text is compared with the same harmless outputs, which are made once.
    static PLAIN: OnceLock<Result<Outputs, String>> = OnceLock::new();
    let plain = PLAIN.get_or_init(|| {
        made::outputs("Plain", "Plain").map_err(|failed| failed.message().unwrap_or_default().to_owned())
    });
    let (plain, odd) = (plain.as_ref()?, made::outputs(text, in_data)?);
    let names = |outputs: &Outputs| outputs.keys().cloned().collect::<Vec<_>>();
    if names(plain) != names(&odd) {
        return Err(format!("other files: {:?}, not {:?}", names(&odd), names(plain)).into());
    }
    if plain.len() < 30 {
        return Err(format!("only {} outputs: {:?}", plain.len(), names(plain)).into());
    }
    let mut failures = Vec::new();
    for (name, expected) in plain {
        let found = odd.get(name).map_or(&[][..], Vec::as_slice);
        if let Err(failure) = seen::same(name, expected, found) {
            failures.push(format!("{name}: {}", failure.message().unwrap_or_default()));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}
