//! An analysis as text, JSON and a page.

use super::Analysed;
use super::first::{KINDS, Told, answer, of_kind, standing, worst};
use jcm_analyse::{Kind, Statement, Verdict};
use jcm_quantity::{Exact, Unit, show};
use maud::{Markup, html};
use std::fmt::Write as _;

/// What holds for everything that is said.
const LIMITS: &str =
    "Said of figures that are reported, not disputed and settle, and of amounts before they are rounded.";
/// What the verdicts mean.
const VERDICTS: &str =
    "Proved: it holds for all figures. Shown: the figures that are named settle so. Not decided: neither.";

/// For people.
pub fn analysis_text(analysed: &Analysed) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: what it rewards\n{}", analysed.program.contract.head.title, answer(analysed));
    let worst = worst(analysed);
    if !worst.is_empty() {
        text.push_str("\nLook first at\n");
    }
    for (nth, statement) in worst.into_iter().enumerate() {
        let _ = writeln!(text, "  {}  {:14} {}", nth + 1, statement.kind.name(), statement.short());
    }
    let mut well: Vec<(&str, usize)> = Vec::new();
    for (asks, told) in sections(analysed) {
        let (fine, rest): (Vec<Told<'_>>, Vec<Told<'_>>) =
            told.into_iter().partition(|one| is_folded(one.worst));
        if !fine.is_empty() && rest.is_empty() {
            well.push((asks, fine.len()));
            continue;
        }
        let _ = writeln!(text, "\n{asks}");
        for told in &rest {
            text.push_str(&told_in_text(analysed, told));
        }
        if !fine.is_empty() {
            let others = if fine.len() == 1 { "1 other" } else { &format!("{} others", fine.len()) };
            let _ = writeln!(text, "  proved       yes, of {others}");
        }
    }
    if !well.is_empty() {
        text.push_str("\nAlso asked, and proved\n");
    }
    let width = well.iter().map(|(asks, _)| asks.chars().count()).max().unwrap_or_default();
    for (asks, count) in well {
        let _ = writeln!(text, "  {asks:width$}  yes, of {count} that were asked about");
    }
    text.push_str(&taken(analysed));
    text
}

/// What the answer rests on: between which figures each input was taken to lie, and what the verdicts mean.
fn taken(analysed: &Analysed) -> String {
    let mut text = String::new();
    let width = |cells: fn(&(String, String, String)) -> &String| {
        analysed.domains.iter().map(|row| cells(row).chars().count()).max().unwrap_or_default()
    };
    let (first, second) = (width(|row| &row.0), width(|row| &row.1));
    if !analysed.domains.is_empty() {
        text.push_str("\nFigures are taken to lie between\n");
    }
    for (title, range, because) in &analysed.domains {
        let _ = writeln!(text, "  {title:first$}  {range:second$}  {because}");
    }
    let _ = writeln!(text, "\n{VERDICTS}\n{LIMITS}");
    text
}

/// The questions with what is said to each: first those with something to look at, then those with something open.
fn sections(analysed: &Analysed) -> Vec<(&'static str, Vec<Told<'_>>)> {
    let told = KINDS.iter().map(|(kind, asks, _)| (*asks, of_kind(analysed, *kind)));
    let mut sections: Vec<(&str, Vec<Told<'_>>)> = told.filter(|(_, told)| !told.is_empty()).collect();
    sections.sort_by_key(|(_, told)| told.iter().map(|one| standing(one.worst)).min());
    sections
}

/// What is well and tells nobody anything new is counted in text, and told whole in the other formats.
fn is_folded(statement: &Statement) -> bool {
    let plain = matches!(
        statement.kind,
        Kind::IdleLimit | Kind::DeadGate | Kind::Conflict | Kind::Conservation | Kind::NoInfluence
    );
    plain && statement.verdict == Verdict::Proved && !statement.to_look_at
}

/// A statement, with how many periods have the same with other figures.
fn told_in_text(analysed: &Analysed, told: &Told<'_>) -> String {
    let statement = told.worst;
    let mut text = format!("  {:11}  {}", answer_to(statement), whole(analysed, statement));
    let later: usize = told.others.iter().map(|other| other.periods.len()).sum();
    let _ = match later {
        0 => writeln!(text),
        _ => writeln!(text, " ({})", so_in(later)),
    };
    if let Verdict::NotDecided(why) = &statement.verdict {
        let _ = writeln!(text, "{:15}{why}", "");
    }
    // A cliff says in its sentence where it is.
    let show = statement.verdict == Verdict::Refuted && statement.kind != Kind::Cliff;
    for witness in statement.witnesses.iter().take(if show { 2 } else { 0 }) {
        let _ = writeln!(text, "{:15}{}", "", witness.words);
    }
    text
}

fn so_in(periods: usize) -> String {
    match periods {
        1 => "so in 1 other period, with other figures".to_owned(),
        _ => format!("so in {periods} other periods, with other figures"),
    }
}

/// The sentence with its periods, where it does not hold of all.
fn whole(analysed: &Analysed, statement: &Statement) -> String {
    let said = statement.sentence();
    let periods = &analysed.program.contract.periods;
    if statement.periods.len() == periods.len() {
        return said;
    }
    format!("{}: {said}", of_periods(analysed, statement))
}

fn of_periods(analysed: &Analysed, statement: &Statement) -> String {
    let label = |place: &usize| {
        analysed.program.contract.periods.get(*place).map_or("", |period| period.label.as_str())
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in &statement.periods {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *place => *last = *place,
            _ => runs.push((*place, *place)),
        }
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|(first, last)| match last - first {
            0 => label(first).to_owned(),
            1 => format!("{}, {}", label(first), label(last)),
            _ => format!("{} to {}", label(first), label(last)),
        })
        .collect();
    runs.join(", ")
}

/// The verdict for people: under a question such as where a payment jumps, a claim that is refuted is an answer that the
/// figures show.
fn answer_to(statement: &Statement) -> &'static str {
    match &statement.verdict {
        Verdict::Refuted => "shown",
        _ => verdict(statement),
    }
}

pub(super) fn verdict(statement: &Statement) -> &'static str {
    match &statement.verdict {
        Verdict::Proved => "proved",
        Verdict::Refuted => "refuted",
        Verdict::NotDecided(_) => "not decided",
    }
}

/// Money in words.
pub(super) fn money(analysed: &Analysed, size: &Exact) -> String {
    let contract = &analysed.program.contract;
    let size = size.round(&contract.rounding.grain, contract.rounding.mode);
    show(&size, &Unit::money(&contract.currency.code))
}

/// For programs.
pub fn analysis_json(analysed: &Analysed) -> String {
    let text = |text: &str| format!("\"{}\"", crate::simulation::escaped(text));
    let list = |items: Vec<String>, between: &str| format!("[{}]", items.join(between));
    let domains = analysed.domains.iter().map(|(title, range, because)| {
        format!(
            "{{\"figure\": {}, \"between\": {}, \"because\": {}}}",
            text(title),
            text(range),
            text(because)
        )
    });
    let statements = analysed.analysis.statements.iter().map(|statement| {
        let why = match &statement.verdict {
            Verdict::NotDecided(why) => format!(", \"why\": {}", text(why)),
            _ => String::new(),
        };
        // The width of a range is what it is sorted by, and no amount that anybody loses.
        let size = statement.size.as_ref().filter(|_| statement.kind != Kind::Range);
        let size = size.map_or_else(String::new, |size| {
            let grain = &analysed.program.contract.rounding;
            format!(", \"money\": {}", text(&size.round(&grain.grain, grain.mode).text()))
        });
        let periods = statement.periods.iter().filter_map(|place| {
            analysed.program.contract.periods.get(*place).map(|period| text(&period.label))
        });
        let witnesses = statement.witnesses.iter().map(|witness| text(&witness.words));
        format!(
            "{{\"about\": {}, \"verdict\": {}, \"look at it\": {}, \"says\": {}{why}{size}, \"periods\": {}, \"shown by\": {}}}",
            text(statement.kind.name()),
            text(verdict(statement)),
            statement.to_look_at,
            text(&statement.sentence()),
            list(periods.collect(), ", "),
            list(witnesses.collect(), ", "),
        )
    });
    format!(
        "{{\n  \"contract\": {},\n  \"source hash\": {},\n  \"answer\": {},\n  \"look first at\": {},\n  \"said of\": {},\n  \"figures\": {},\n  \"statements\": {}\n}}\n",
        text(&analysed.program.contract.head.title),
        text(&analysed.program.source_hash),
        text(&answer(analysed)),
        list(worst(analysed).into_iter().map(|one| text(&one.short())).collect(), ", "),
        text(LIMITS),
        list(domains.collect(), ",\n    "),
        list(statements.collect(), ",\n    "),
    )
}

/// A page of its own.
pub fn analysis_html(analysed: &Analysed) -> String {
    let title = format!("{}: what it rewards", analysed.program.contract.head.title);
    let worst = worst(analysed);
    let body = html! {
        h1 { (title) }
        p { (answer(analysed)) }
        @if !worst.is_empty() {
            h2 { "Look first at" }
            ol { @for statement in worst { li { (statement.short()) } } }
        }
        @for (asks, told) in sections(analysed) {
            (section(analysed, asks, &told))
        }
        h2 { "Figures" }
        div class="scroll words" role="group" aria-label="Figures" tabindex="0" { table {
            thead { tr { th scope="col" { "Figure" } th scope="col" { "Taken to lie between" } th scope="col" { "Because it is" } } }
            tbody { @for (title, range, because) in &analysed.domains { tr { th scope="row" { (title) } td { (range) } td { (because) } } } }
        } }
        p { (VERDICTS) " " (LIMITS) }
    };
    crate::sheet::sheet(&title, &body)
}

/// A question with what is said to it; the same of other periods is folded away under it.
fn section(analysed: &Analysed, asks: &str, told: &[Told<'_>]) -> Markup {
    let shown = told.iter().any(|one| !one.worst.witnesses.is_empty());
    html! {
        h2 { (asks) }
        div class="scroll words" role="group" aria-label=(asks) tabindex="0" { table {
            thead { tr { th scope="col" { "Verdict" } th scope="col" { "What" } @if shown { th scope="col" { "Shown by" } } } }
            tbody { @for one in told { tr {
                th scope="row" { (answer_to(one.worst)) }
                td {
                    (whole(analysed, one.worst))
                    @if let Verdict::NotDecided(why) = &one.worst.verdict { br; (why) }
                    @if !one.others.is_empty() {
                        details {
                            summary { (sentence(&so_in(one.others.iter().map(|other| other.periods.len()).sum()))) }
                            ul { @for other in &one.others { li { (whole(analysed, other)) } } }
                        }
                    }
                }
                @if shown { td { (shown_by(one.worst)) } }
            } } }
        } }
    }
}

/// With a capital letter.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first cases that show it.
fn shown_by(statement: &Statement) -> Markup {
    html! {
        @if !statement.witnesses.is_empty() {
            ul { @for witness in statement.witnesses.iter().take(3) { li { (witness.words) } } }
        }
    }
}
