//! Payments in equal parts: `due: in 12 equal parts, odd pence in the last, on the first day of each month`.

use super::due::{Part, part};
use crate::checker::Checker;
use crate::fields::Fields;
use crate::problems::{InstalmentsUneven, OddPenceUnclear};
use jcm_model::{Due, Every, Instalments, Mark, OddPence};
use jcm_source::Span;

/// What odd pence are called; the words do not depend on the currency.
const ODD: [&str; 3] = ["pence", "pennies", "cents"];

/// The parts in which a payment is made, if its `due` says so; `None` after a problem.
pub(super) fn of(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    deadline: Option<&Due>,
) -> Option<Option<Instalments>> {
    let Some(member) = fields.get("due") else { return Some(None) };
    let mut count: Option<(i32, Span)> = None;
    let mut odd: Option<(Option<OddPence>, Span)> = None;
    for phrase in &member.value {
        // Words of other forms are the contract's own, and a date that is none was reported with the deadline.
        if phrase.terms.iter().any(|term| matches!(term.kind, jcm_syntax::ast::TermKind::Date(_))) {
            continue;
        }
        match part(cx, phrase).as_deref() {
            Some([Part::Word(word), Part::Number(parts), rest @ ..]) if word == "in" && is_parts(rest) => {
                count = Some((*parts, phrase.span));
            }
            Some([Part::Word(word), rest @ ..]) if word == "odd" => odd = Some((rule(rest), phrase.span)),
            _ => {}
        }
    }
    let rule = match (odd, count) {
        (Some((None, span)), _) => return cx.report(OddPenceUnclear { span, parts: true }),
        (Some((_, span)), None) => return cx.report(OddPenceUnclear { span, parts: false }),
        (Some((Some(rule), _)), Some(_)) => rule,
        (None, _) => OddPence::Last,
    };
    let Some((parts, span)) = count else { return Some(None) };
    let dates = deadline.and_then(|due| dates_of_a_year(due.mark));
    let wrong = |dates: Option<i32>| InstalmentsUneven { span, parts, dates };
    match (u32::try_from(parts), dates) {
        (_, Some(dates)) if dates != parts => cx.report(wrong(Some(dates))),
        (Ok(parts), _) if parts >= 2 => Some(Some(Instalments { parts, odd: rule })),
        // A single part is the whole, and says nothing of instalments.
        (Ok(1), _) => Some(None),
        _ => cx.report(wrong(None)),
    }
}

/// Whether a phrase says into what an amount is divided, or where odd pence go, and not when it is paid.
pub(super) fn says_how_much(phrase: &[Part]) -> bool {
    match phrase {
        [Part::Word(word), Part::Number(_), ..] => word == "in",
        [Part::Word(word), ..] => word == "odd",
        _ => false,
    }
}

/// `equal parts`, `parts`, `equal monthly instalments`.
fn is_parts(words: &[Part]) -> bool {
    let last = words.last();
    matches!(last, Some(Part::Word(word)) if matches!(word.as_str(), "part" | "parts" | "instalment" | "instalments" | "payments"))
}

/// What follows `odd`: `pence in the last`, `pence in the first`, `pence one each`.
fn rule(words: &[Part]) -> Option<OddPence> {
    let mut said = Vec::new();
    for word in words {
        let Part::Word(word) = word else { return None };
        said.push(word.as_str());
    }
    let (coin, place) = said.split_first()?;
    ODD.contains(coin).then_some(())?;
    match place {
        ["in", "the", "last"] | ["in", "last"] | ["in", "the", "last", "part"] => Some(OddPence::Last),
        ["in", "the", "first"] | ["in", "first"] | ["in", "the", "first", "part"] => Some(OddPence::First),
        ["one", "each"] => Some(OddPence::OneEach),
        _ => None,
    }
}

/// How many dates of a deadline lie in a year, where that is plain.
fn dates_of_a_year(mark: Mark) -> Option<i32> {
    let every = match mark {
        Mark::First(every) | Mark::Last(every) => every,
        Mark::FirstOperational(every) | Mark::LastOperational(every) => every,
        Mark::Yearly { .. } => return Some(1),
        _ => return None,
    };
    match every {
        Every::Cycle(cycle) => i32::try_from(12_u32.checked_div(cycle.months())?).ok(),
        Every::SettlementPeriod => None,
    }
}
