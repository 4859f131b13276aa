//! What comes first of an analysis: its answer in a paragraph, and the worst that it found.

use super::Analysed;
use super::told::money;
use jcm_analyse::{Kind, Statement, Verdict};

/// The kinds, what is worst first, with the question that each answers and what it is where it is found.
pub(super) const KINDS: [(Kind, &str, &str); 11] = [
    (Kind::Perverse, "Does a better figure ever lower what a partner gets?", "a better figure can earn less"),
    (
        Kind::OverCommitted,
        "Has each pooled fund enough for all that is paid from it?",
        "a pooled fund can be asked for more than is paid into it",
    ),
    (Kind::PaidTwice, "Is one event paid for twice?", "one event is paid for twice"),
    (Kind::Cliff, "Where does a payment jump?", "a payment jumps"),
    (Kind::Conflict, "Can partners gain together?", "one partner gains only what another loses"),
    (
        Kind::NoInfluence,
        "Does each partner's gain depend on a measure that it can influence?",
        "a partner's gain depends on no measure that it can influence",
    ),
    (Kind::Conservation, "Does everything that is paid arrive?", "not everything that is paid arrives"),
    (
        Kind::DeadGate,
        "Is every condition, row and band reached for some figures?",
        "a condition, row or band is never reached",
    ),
    (Kind::IdleLimit, "Does every cap and floor bind for some figures?", "a cap or floor never binds"),
    (
        Kind::FlatZone,
        "Over which stretches does nothing change?",
        "a stretch of a measure earns nothing more",
    ),
    (Kind::Range, "How much can each get?", ""),
];

/// How many of the worst come first.
const FIRST: usize = 3;

/// One thing that is said: of some periods, and of others with other figures.
pub(super) struct Told<'a> {
    /// What is said, of the periods where it is worst.
    pub(super) worst: &'a Statement,
    /// The same of other periods.
    pub(super) others: Vec<&'a Statement>,
}

/// What is said of a kind, what is worst first: what somebody should look at, by how much money it is about, then what is
/// not decided, and then what is well.
pub(super) fn of_kind(analysed: &Analysed, kind: Kind) -> Vec<Told<'_>> {
    let mut found: Vec<&Statement> =
        analysed.analysis.statements.iter().filter(|statement| statement.kind == kind).collect();
    found.sort_by(|a, b| (standing(a), &b.size).cmp(&(standing(b), &a.size)));
    let mut told: Vec<Told<'_>> = Vec::new();
    for statement in found {
        let same =
            |known: &&mut Told<'_>| !statement.about.is_empty() && known.worst.about == statement.about;
        match told.iter_mut().find(same) {
            Some(known) => known.others.push(statement),
            None => told.push(Told { worst: statement, others: Vec::new() }),
        }
    }
    told
}

/// What is to be looked at is before what is not decided, and that before what is well.
pub(super) fn standing(statement: &Statement) -> usize {
    match statement.verdict {
        _ if statement.to_look_at => 0,
        Verdict::NotDecided(_) => 1,
        _ => 2,
    }
}

/// The worst that was found, at most one of each kind and place.
pub(super) fn worst(analysed: &Analysed) -> Vec<&Statement> {
    let mut found: Vec<&Statement> = Vec::new();
    for (kind, ..) in KINDS {
        for told in of_kind(analysed, kind).into_iter().filter(|told| standing(told.worst) == 0) {
            if found.iter().all(|known| (known.kind, known.place) != (kind, told.worst.place)) {
                found.push(told.worst);
            }
        }
    }
    found.truncate(FIRST);
    found
}

/// The answer in a paragraph.
pub(super) fn answer(analysed: &Analysed) -> String {
    let sentences = [better_figures(analysed), jumps(analysed), others(analysed), decided(analysed)];
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<String>>().join(" ")
}

/// How many of a kind are to be looked at, not decided and well.
fn counts(told: &[Told<'_>]) -> [usize; 3] {
    let mut counts = [0; 3];
    for one in told {
        if let Some(count) = counts.get_mut(standing(one.worst)) {
            *count += 1;
        }
    }
    counts
}

fn better_figures(analysed: &Analysed) -> String {
    match counts(&of_kind(analysed, Kind::Perverse)) {
        [0, 0, 0] => "No payment depends on a measure that says which way is better.".to_owned(),
        [0, 0, _] => "A better figure never lowers what a partner gets.".to_owned(),
        [0, open, _] => {
            format!("Whether a better figure can lower what a partner gets is not decided ({open}).")
        }
        [1, ..] => "A better figure can lower what a partner gets.".to_owned(),
        [found, ..] => format!("A better figure can lower what a partner gets, in {found} ways."),
    }
}

fn jumps(analysed: &Analysed) -> String {
    let told = of_kind(analysed, Kind::Cliff);
    let greatest =
        told.iter().filter(|one| one.worst.to_look_at).filter_map(|one| one.worst.size.as_ref()).max();
    let greatest = greatest.map(|size| money(analysed, size)).unwrap_or_default();
    match counts(&told) {
        [0, 0, 0] => String::new(),
        [0, 0, _] => "No payment jumps.".to_owned(),
        [0, ..] => "No jump of a payment was found, and not everywhere is it decided.".to_owned(),
        [1, ..] => format!("A payment jumps, by {greatest}."),
        [found, ..] => format!("Payments jump at {found} places, the greatest of {greatest}."),
    }
}

fn others(analysed: &Analysed) -> String {
    let others = KINDS.iter().filter(|(kind, ..)| !matches!(kind, Kind::Perverse | Kind::Cliff));
    let found = others.filter_map(|(kind, _, found)| match counts(&of_kind(analysed, *kind)) {
        [0, ..] => None,
        [1, ..] => Some((*found).to_owned()),
        [count, ..] => Some(format!("{found} ({count} times)")),
    });
    let found: Vec<String> = found.collect();
    match found.split_last() {
        None => String::new(),
        Some((last, [])) => format!("Besides, {last}."),
        Some((last, others)) => format!("Besides, {}, and {last}.", others.join(", ")),
    }
}

fn decided(analysed: &Analysed) -> String {
    let all: Vec<Told<'_>> = KINDS.iter().flat_map(|(kind, ..)| of_kind(analysed, *kind)).collect();
    let open = all.iter().filter(|one| matches!(one.worst.verdict, Verdict::NotDecided(_))).count();
    let all = all.len();
    match open {
        0 => format!("All {all} statements are decided."),
        1 => format!("Of {all} statements 1 is not decided."),
        _ => format!("Of {all} statements {open} are not decided."),
    }
}
