//! The assurance table for programs.

use crate::table::{Counts, counts};
use crate::{Assurance, Failure, Row, Verdict, Where};
use jcm_model::{Def, Gravity, Program, Waiver};
use jcm_quantity::Date;

/// An object with the contract, the day, how many criteria are met, waived, not met and not asked, and each of them.
pub fn json(program: &Program, assurance: &Assurance<'_>, on: Date, place: Where<'_>) -> String {
    let Counts { met, waived, not_met, does_not_apply } = counts(assurance);
    let rows: Vec<String> = assurance.rows.iter().map(|row| criterion(program, row, place)).collect();
    let fields = [
        text("contract", &program.contract.head.name),
        text("title", &program.contract.head.title),
        text("on", &on.to_string()),
        format!(
            "\"met\": {met}, \"waived\": {waived}, \"not_met\": {not_met}, \"does_not_apply\": {does_not_apply}"
        ),
        list("criteria", &rows, "    "),
    ];
    format!("{{\n  {}\n}}\n", fields.join(",\n  "))
}

fn criterion(program: &Program, row: &Row<'_>, place: Where<'_>) -> String {
    let standard = program.standards.get(row.criterion.standard.index());
    let mut fields = vec![
        text("standard", standard.map_or("", |standard| &standard.head.name)),
        text("element", &row.criterion.element),
    ];
    fields.extend(named(row));
    match &row.verdict {
        Verdict::Met { by } => {
            let names: Vec<String> =
                by.iter().map(|def| format!("{{ {} }}", thing(program, *def, place).join(", "))).collect();
            fields.push(format!("\"verdict\": \"met\", \"by\": [{}]", names.join(", ")));
        }
        Verdict::DoesNotApply => fields.push("\"verdict\": \"does not apply\"".to_owned()),
        Verdict::Waived { waiver, failures } => {
            fields.push("\"verdict\": \"waived\"".to_owned());
            fields.push(waived(waiver));
            fields.push(failing(program, failures, place));
        }
        Verdict::Ended { waiver, failures } => {
            fields.push("\"verdict\": \"not met\"".to_owned());
            fields.push(waived(waiver));
            fields.push(failing(program, failures, place));
        }
        Verdict::NotMet { failures } => {
            fields.push("\"verdict\": \"not met\"".to_owned());
            fields.push(failing(program, failures, place));
        }
    }
    format!("{{ {} }}", fields.join(", "))
}

/// Name, title and severity of a criterion.
pub(crate) fn named(row: &Row<'_>) -> [String; 3] {
    [
        text("criterion", &row.criterion.head.name),
        text("title", &row.criterion.head.title),
        text("severity", gravity(row.criterion.gravity)),
    ]
}

/// A weight as it is written in a criterion.
pub(crate) fn gravity(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
        Gravity::Note => "note",
    }
}

fn waived(waiver: &Waiver) -> String {
    let until = waiver.until.map_or_else(|| "null".to_owned(), |until| quoted(&until.to_string()));
    let fields = [text("because", &waiver.reason), text("by", &waiver.by), format!("\"until\": {until}")];
    format!("\"waiver\": {{ {} }}", fields.join(", "))
}

/// The name of a thing in the source, its title, and where a reader finds it.
fn thing(program: &Program, def: Def, place: Where<'_>) -> [String; 3] {
    [text("name", program.name(def)), text("title", program.title(def)), text("place", &place(def))]
}

/// What fails: each thing with what is said of it.
pub(crate) fn failing(program: &Program, failures: &[Failure], place: Where<'_>) -> String {
    let each = |failure: &Failure| {
        let thing = thing(program, failure.thing, place).join(", ");
        format!("{{ {thing}, {} }}", text("message", &failure.message))
    };
    format!("\"failures\": [{}]", failures.iter().map(each).collect::<Vec<_>>().join(", "))
}

/// A field with a list, one entry a line.
pub(crate) fn list(name: &str, entries: &[String], indent: &str) -> String {
    if entries.is_empty() {
        return format!("\"{name}\": []");
    }
    let outside = indent.get(2..).unwrap_or_default();
    format!("\"{name}\": [\n{indent}{}\n{outside}]", entries.join(&format!(",\n{indent}")))
}

/// A field with a text.
pub(crate) fn text(name: &str, value: &str) -> String {
    format!("\"{name}\": {}", quoted(value))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
