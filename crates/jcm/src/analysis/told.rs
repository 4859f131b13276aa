//! An analysis as text, JSON and a page.

use super::Analysed;
use jcm_analyse::{Kind, Statement, Verdict};
use maud::{Markup, html};
use std::fmt::Write as _;

/// What holds for everything that is said.
const LIMITS: &str =
    "Said of figures that are reported, not disputed and settle, and of amounts before they are rounded.";
/// What the verdicts mean.
const VERDICTS: &str =
    "Proved: it holds for all figures. Shown: the figures that are named settle so. Not decided: neither.";

/// The sections, with what they ask.
const SECTIONS: [(Kind, &str); 11] = [
    (Kind::Perverse, "Does a better figure ever lower what a partner gets?"),
    (Kind::Cliff, "Where does a payment jump?"),
    (Kind::OverCommitted, "Has each pooled fund enough for all that is paid from it?"),
    (Kind::PaidTwice, "Is one event paid for twice?"),
    (Kind::NoInfluence, "Does each partner's gain depend on a measure that it can influence?"),
    (Kind::Conflict, "Can partners gain together?"),
    (Kind::IdleLimit, "Does every cap and floor bind for some figures?"),
    (Kind::DeadGate, "Is every condition, row and band reached for some figures?"),
    (Kind::FlatZone, "Over which stretches does nothing change?"),
    (Kind::Conservation, "Does everything that is paid arrive?"),
    (Kind::Range, "How much can each get?"),
];

/// For people.
pub fn analysis_text(analysed: &Analysed) -> String {
    let mut text = String::new();
    let _ =
        writeln!(text, "{}: what it rewards\n{VERDICTS}\n{LIMITS}\n", analysed.program.contract.head.title);
    let width = |cells: fn(&(String, String, String)) -> &String| {
        analysed.domains.iter().map(|row| cells(row).chars().count()).max().unwrap_or_default()
    };
    let (first, second) = (width(|row| &row.0), width(|row| &row.1));
    if !analysed.domains.is_empty() {
        text.push_str("Figures are taken to lie between\n");
    }
    for (title, range, because) in &analysed.domains {
        let _ = writeln!(text, "  {title:first$}  {range:second$}  {because}");
    }
    for (kind, asks) in SECTIONS {
        let of_kind = of_kind(analysed, kind);
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{asks}");
        let fine = of_kind.iter().filter(|statement| is_folded(statement)).count();
        if fine > 0 {
            let _ = writeln!(text, "  proved       yes, of {fine} that were asked about");
        }
        let rest: Vec<&Statement> = of_kind.into_iter().filter(|statement| !is_folded(statement)).collect();
        for (place, statement) in rest.iter().enumerate() {
            let same = |other: &&&Statement| !statement.about.is_empty() && other.about == statement.about;
            if !rest.iter().take(place).any(|other| same(&other)) {
                let later = rest.iter().skip(place + 1).filter(same).flat_map(|one| &one.periods).count();
                text.push_str(&told(analysed, statement, later));
            }
        }
    }
    text
}

/// The statements of a kind, what is worst first: what somebody should look at, by how much money it is about, then what is
/// not decided, and then what is well.
fn of_kind(analysed: &Analysed, kind: Kind) -> Vec<&Statement> {
    let mut found: Vec<&Statement> =
        analysed.analysis.statements.iter().filter(|statement| statement.kind == kind).collect();
    let well = |statement: &Statement| match statement.verdict {
        _ if statement.to_look_at => 0,
        Verdict::NotDecided(_) => 1,
        _ => 2,
    };
    found.sort_by(|a, b| (well(a), &b.size).cmp(&(well(b), &a.size)));
    found
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
fn told(analysed: &Analysed, statement: &Statement, later: usize) -> String {
    let mut text = format!("  {:11}  {}", answer(statement), whole(analysed, statement));
    let _ = match later {
        0 => writeln!(text),
        1 => writeln!(text, " (so in 1 other period, with other figures)"),
        _ => writeln!(text, " (so in {later} other periods, with other figures)"),
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

/// The sentence with its periods, where it does not hold of all.
fn whole(analysed: &Analysed, statement: &Statement) -> String {
    let said = sentence(&statement.said);
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
fn answer(statement: &Statement) -> &'static str {
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

/// With a capital letter; one in quotation marks stays.
pub(super) fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
        let size = statement.size.as_ref().map_or_else(String::new, |size| {
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
            text(&sentence(&statement.said)),
            list(periods.collect(), ", "),
            list(witnesses.collect(), ", "),
        )
    });
    format!(
        "{{\n  \"contract\": {},\n  \"source hash\": {},\n  \"said of\": {},\n  \"figures\": {},\n  \"statements\": {}\n}}\n",
        text(&analysed.program.contract.head.title),
        text(&analysed.program.source_hash),
        text(LIMITS),
        list(domains.collect(), ",\n    "),
        list(statements.collect(), ",\n    "),
    )
}

/// A page of its own.
pub fn analysis_html(analysed: &Analysed) -> String {
    let title = format!("{}: what it rewards", analysed.program.contract.head.title);
    let body = html! {
        h1 { (title) }
        p { (VERDICTS) " " (LIMITS) }
        h2 { "Figures" }
        div class="scroll words" role="group" aria-label="Figures" tabindex="0" { table {
            thead { tr { th scope="col" { "Figure" } th scope="col" { "Taken to lie between" } th scope="col" { "Because it is" } } }
            tbody { @for (title, range, because) in &analysed.domains { tr { th scope="row" { (title) } td { (range) } td { (because) } } } }
        } }
        @for (kind, asks) in SECTIONS {
            @let statements = of_kind(analysed, kind);
            @let shown = statements.iter().any(|statement| !statement.witnesses.is_empty());
            @if !statements.is_empty() {
                h2 { (asks) }
                div class="scroll words" role="group" aria-label=(asks) tabindex="0" { table {
                    thead { tr { th scope="col" { "Verdict" } th scope="col" { "What" } @if shown { th scope="col" { "Shown by" } } } }
                    tbody { @for statement in statements { tr {
                        th scope="row" { (answer(statement)) }
                        td {
                            (whole(analysed, statement))
                            @if let Verdict::NotDecided(why) = &statement.verdict { br; (why) }
                        }
                        @if shown {
                            td { (shown_by(statement)) }
                        }
                    } } }
                } }
            }
        }
    };
    crate::sheet::sheet(&title, &body)
}

/// The first cases that show it.
fn shown_by(statement: &Statement) -> Markup {
    html! {
        @if !statement.witnesses.is_empty() {
            ul { @for witness in statement.witnesses.iter().take(3) { li { (witness.words) } } }
        }
    }
}
