//! The assurance table: element by criterion, met by which declaration, waived, or not met.

use crate::write::json::gravity;
use crate::{Assurance, Failure, Row, Verdict, Where};
use jcm_model::{Def, Gravity, Program};
use jcm_quantity::{csv_text, show_date};

/// How many of the things that meet a criterion are named.
const NAMED: usize = 6;

/// What is said where nothing in the contract is of the kind that is asked about.
const NOTHING_ASKED: &str = "the contract has nothing that it asks about";

/// The table as text, for people at a terminal: what is not met first, then the rest.
pub fn text(program: &Program, assurance: &Assurance<'_>, place: Where<'_>) -> String {
    let mut out = String::new();
    let failing = not_met(assurance);
    if let Some(step) = next_step(&failing) {
        out.push_str(&format!("{step}\n\n"));
    }
    let mut parts = vec![grouped(program, &failing, place, true)];
    let rest: Vec<&Row<'_>> = assurance.rows.iter().filter(|row| !fails(row)).collect();
    parts.push(grouped(program, &rest, place, false));
    parts.retain(|part| !part.is_empty());
    out.push_str(&parts.join("\n"));
    out.push_str(&summary(assurance));
    out
}

/// Rows under their headings; with how much each matters where they are not met.
fn grouped(program: &Program, rows: &[&Row<'_>], place: Where<'_>, weighed: bool) -> String {
    let mut out = String::new();
    let mut heading = String::new();
    for row in rows {
        let own = heading_of(program, row);
        if own != heading {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&own);
            out.push('\n');
            heading = own;
        }
        let (mark, detail) = cells(program, row, place);
        let weight = if weighed { format!(" ({})", gravity(row.criterion.gravity)) } else { String::new() };
        let head = &row.criterion.head;
        out.push_str(&format!("  {mark:<14} {:<6} {}{weight}\n", head.name, head.title));
        if !detail.is_empty() {
            out.push_str(&format!("                 {detail}\n"));
        }
    }
    out
}

/// The criteria that are not met: elements with one that must be met first, and within an element such criteria first.
pub(crate) fn not_met<'a>(assurance: &'a Assurance<'a>) -> Vec<&'a Row<'a>> {
    let element = |row: &Row<'_>| (row.criterion.standard, row.criterion.element.clone());
    let failing: Vec<&Row<'_>> = assurance.rows.iter().filter(|row| fails(row)).collect();
    // The place of an element is that of its worst criterion, and then that of its first.
    let standing = |row: &Row<'_>| {
        let own = failing.iter().enumerate().filter(|(_, other)| element(other) == element(row));
        let worst = own.clone().map(|(_, other)| other.criterion.gravity).min();
        (worst, own.map(|(number, _)| number).min(), row.criterion.gravity)
    };
    let mut sorted = failing.clone();
    sorted.sort_by_key(|row| standing(row));
    sorted
}

/// What to do first: the first of what is not met, and how many there are besides.
pub(crate) fn next_step(failing: &[&Row<'_>]) -> Option<String> {
    let first = failing.first()?;
    let must = failing.iter().filter(|row| row.criterion.gravity == Gravity::Error).count();
    let count = match failing.len() {
        1 => "1 criterion is not met".to_owned(),
        count => format!("{count} criteria are not met"),
    };
    let must = match must {
        0 => ", and can be left so for a reason".to_owned(),
        must if must == failing.len() => " and must be".to_owned(),
        must => format!(", {must} of which must be"),
    };
    let head = &first.criterion.head;
    Some(format!("{count}{must}. Begin with {}, {}: {}", head.name, head.title, first.criterion.asks))
}

fn fails(row: &Row<'_>) -> bool {
    matches!(row.verdict, Verdict::Ended { .. } | Verdict::NotMet { .. })
}

/// How many there are of each answer, in words.
fn summary(assurance: &Assurance<'_>) -> String {
    if assurance.rows.is_empty() {
        return "The contract follows no model or profile that asks anything. `jcm doc follows` says how to hold it to one of the \
                library, and `waives` puts off a criterion that is not for now.\n"
            .to_owned();
    }
    format!("\n{}\n", counts(assurance).said())
}

/// How many criteria there are of each answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub met: usize,
    pub waived: usize,
    pub not_met: usize,
    pub does_not_apply: usize,
}

impl Counts {
    /// `94 met, 1 waived, 0 not met, 12 do not apply`
    pub(crate) fn said(self) -> String {
        let Counts { met, waived, not_met, does_not_apply } = self;
        let rest = match does_not_apply {
            0 => String::new(),
            1 => ", 1 does not apply".to_owned(),
            count => format!(", {count} do not apply"),
        };
        format!("{met} met, {waived} waived, {not_met} not met{rest}")
    }
}

pub(crate) fn counts(assurance: &Assurance<'_>) -> Counts {
    let count =
        |wanted: fn(&Verdict<'_>) -> bool| assurance.rows.iter().filter(|row| wanted(&row.verdict)).count();
    Counts {
        met: count(|verdict| matches!(verdict, Verdict::Met { .. })),
        waived: count(|verdict| matches!(verdict, Verdict::Waived { .. })),
        not_met: count(|verdict| matches!(verdict, Verdict::NotMet { .. } | Verdict::Ended { .. })),
        does_not_apply: count(|verdict| matches!(verdict, Verdict::DoesNotApply)),
    }
}

/// The table as comma-separated values, one row a criterion.
pub fn csv(program: &Program, assurance: &Assurance<'_>, place: Where<'_>) -> String {
    let mut out = "standard,element,criterion,title,severity,verdict,detail,names\n".to_owned();
    for row in &assurance.rows {
        let standard = program.standards.get(row.criterion.standard.index());
        let (mark, detail) = cells(program, row, place);
        let names: Vec<&str> = things(row).into_iter().map(|def| program.name(def)).collect();
        let names = names.join(" ");
        let severity = format!("{:?}", row.criterion.gravity).to_lowercase();
        let cells = [
            standard.map_or("", |standard| standard.head.name.as_str()),
            &row.criterion.element,
            &row.criterion.head.name,
            &row.criterion.head.title,
            &severity,
            mark,
            &detail,
            &names,
        ];
        out.push_str(&cells.map(csv_text).join(","));
        out.push('\n');
    }
    out
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

/// `met`, `waived`, `not met` or `does not apply`, and by what or why.
pub fn cells(program: &Program, row: &Row<'_>, place: Where<'_>) -> (&'static str, String) {
    let detail = match &row.verdict {
        Verdict::Met { by } => by_what(program, by, place),
        _ => reason(row),
    };
    (verdict(row), detail)
}

/// `met`, `waived`, `not met` or `does not apply`.
pub fn verdict(row: &Row<'_>) -> &'static str {
    match row.verdict {
        Verdict::Met { .. } => "met",
        Verdict::DoesNotApply => "does not apply",
        Verdict::Waived { .. } => "waived",
        Verdict::Ended { .. } | Verdict::NotMet { .. } => "not met",
    }
}

/// Why a criterion is waived, not met or not asked; empty if it is met.
pub fn reason(row: &Row<'_>) -> String {
    match &row.verdict {
        Verdict::Met { .. } => String::new(),
        Verdict::DoesNotApply => NOTHING_ASKED.to_owned(),
        Verdict::Waived { waiver, .. } => {
            let until = waiver.until.map_or_else(String::new, |date| format!(" until {}", show_date(date)));
            format!("{} ({}{until})", waiver.reason, waiver.by)
        }
        Verdict::Ended { waiver, failures } => {
            let until = waiver.until.map_or_else(String::new, show_date);
            format!("{}; waived until {until} ({}: {})", messages(failures), waiver.by, waiver.reason)
        }
        Verdict::NotMet { failures } => messages(failures),
    }
}

/// The things that meet a criterion and are named, and how many more there are.
pub fn named_first(by: &[Def]) -> (&[Def], usize) {
    let shown = by.get(..NAMED).unwrap_or(by);
    (shown, by.len().saturating_sub(shown.len()))
}

/// What meets a criterion, or fails it.
pub(crate) fn things(row: &Row<'_>) -> Vec<Def> {
    match &row.verdict {
        Verdict::Met { by } => by.clone(),
        Verdict::DoesNotApply => Vec::new(),
        Verdict::Waived { failures, .. } | Verdict::Ended { failures, .. } | Verdict::NotMet { failures } => {
            failures.iter().map(|failure| failure.thing).collect()
        }
    }
}

fn messages(failures: &[Failure]) -> String {
    failures.iter().map(|failure| failure.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// `by clause 9, Escalation; Schedule 5A, Contract Board and 4 more`.
fn by_what(program: &Program, by: &[Def], place: Where<'_>) -> String {
    let (first, more) = named_first(by);
    let shown: Vec<String> = first.iter().map(|def| called(program, *def, place)).collect();
    match (shown.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!("by {}", shown.join("; ")),
        (false, more) => format!("by {} and {more} more", shown.join("; ")),
    }
}

/// A thing as a reader of the contract finds it.
pub(crate) fn called(program: &Program, def: Def, place: Where<'_>) -> String {
    if def == Def::Contract {
        return "the contract".to_owned();
    }
    match place(def).as_str() {
        "" => program.title(def).to_owned(),
        address => format!("{address}, {}", program.title(def)),
    }
}
