//! The assurance table: element by criterion, met by which declaration, waived, or not met.

use crate::{Assurance, Failure, Row, Verdict};
use jcm_model::{Def, Program};
use jcm_quantity::show_date;

/// The table as text, for people at a terminal.
pub fn text(program: &Program, assurance: &Assurance<'_>) -> String {
    let mut out = String::new();
    let mut heading = String::new();
    for row in &assurance.rows {
        let own = heading_of(program, row);
        if own != heading {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&own);
            out.push('\n');
            heading = own;
        }
        let (mark, detail) = cells(program, row);
        out.push_str(&format!("  {mark:<8} {:<6} {}\n", row.criterion.head.name, row.criterion.head.title));
        if !detail.is_empty() {
            out.push_str(&format!("           {detail}\n"));
        }
    }
    out.push_str(&summary(assurance));
    out
}

/// How many are met, waived and not met, in words.
fn summary(assurance: &Assurance<'_>) -> String {
    if assurance.rows.is_empty() {
        return "The contract follows no model or profile that asks anything.\n".to_owned();
    }
    let (met, waived, not) = counts(assurance);
    format!("\n{met} met, {waived} waived, {not} not met\n")
}

/// How many are met, waived and not met.
pub(crate) fn counts(assurance: &Assurance<'_>) -> (usize, usize, usize) {
    let count =
        |wanted: fn(&Verdict<'_>) -> bool| assurance.rows.iter().filter(|row| wanted(&row.verdict)).count();
    let met = count(|verdict| matches!(verdict, Verdict::Met { .. }));
    let waived = count(|verdict| matches!(verdict, Verdict::Waived { .. }));
    let not = count(|verdict| matches!(verdict, Verdict::NotMet { .. } | Verdict::Ended { .. }));
    (met, waived, not)
}

/// The table as comma-separated values, one row a criterion.
pub fn csv(program: &Program, assurance: &Assurance<'_>) -> String {
    let mut out = "standard,element,criterion,title,severity,verdict,detail\n".to_owned();
    for row in &assurance.rows {
        let standard = program.standards.get(row.criterion.standard.index());
        let (mark, detail) = cells(program, row);
        let severity = format!("{:?}", row.criterion.gravity).to_lowercase();
        let cells = [
            standard.map_or("", |standard| standard.head.name.as_str()),
            &row.criterion.element,
            &row.criterion.head.name,
            &row.criterion.head.title,
            &severity,
            &mark,
            &detail,
        ];
        out.push_str(&cells.map(cell).join(","));
        out.push('\n');
    }
    out
}

/// A cell that a spreadsheet takes as text.
pub(crate) fn cell(text: &str) -> String {
    let guarded =
        if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// The standard and the element that a criterion belongs to.
pub fn heading_of(program: &Program, row: &Row<'_>) -> String {
    let standard = program.standards.get(row.criterion.standard.index());
    let title = standard.map_or("", |standard| standard.head.title.as_str());
    if row.criterion.element.is_empty() {
        title.to_owned()
    } else {
        format!("{title}: {}", row.criterion.element)
    }
}

/// `met`, `waived` or `not met`, and by what or why.
pub fn cells(program: &Program, row: &Row<'_>) -> (String, String) {
    match &row.verdict {
        Verdict::Met { by } => ("met".to_owned(), by_what(program, by)),
        Verdict::Waived { waiver, .. } => {
            let until = waiver.until.map_or_else(String::new, |date| format!(" until {}", show_date(date)));
            ("waived".to_owned(), format!("{} ({}{until})", waiver.reason, waiver.by))
        }
        Verdict::Ended { waiver, failures } => {
            let until = waiver.until.map_or_else(String::new, show_date);
            let was =
                format!("{}; waived until {until} ({}: {})", messages(failures), waiver.by, waiver.reason);
            ("not met".to_owned(), was)
        }
        Verdict::NotMet { failures } => ("not met".to_owned(), messages(failures)),
    }
}

fn messages(failures: &[Failure]) -> String {
    failures.iter().map(|failure| failure.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// The names of what meets a criterion, the first few of many.
pub(crate) fn by_what(program: &Program, by: &[Def]) -> String {
    let names: Vec<&str> = by.iter().map(|def| program.name(*def)).filter(|name| !name.is_empty()).collect();
    let shown = names.iter().take(6).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(6) {
        0 if names.is_empty() => String::new(),
        0 => format!("by {shown}"),
        more => format!("by {shown} and {more} more"),
    }
}
