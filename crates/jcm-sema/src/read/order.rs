//! `first council up to £50,000, then community up to £20,000, rest acute`: payees in a stated order.

use super::share;
use crate::checker::Checker;
use crate::constants::figure;
use crate::fields::read_terms;
use crate::problems::{AllocationOrder, DuplicateName, Shape};
use jcm_model::Tranche;
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// What a row of payees is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// `first council up to £50,000`
    First,
    /// `then community up to £20,000`
    Then,
    /// `rest acute`, `rest acute 60%`
    Rest,
    /// `acute 60%`
    Share,
}

/// Which it is: the word stands before the name of a payee, so that a payee can be called `first` too.
pub(super) fn turn(phrase: &Phrase) -> Turn {
    let [word, payee, ..] = phrase.terms.as_slice() else { return Turn::Share };
    match word.name().map(|name| name.text.as_str()) {
        Some("first") if payee.name().is_some() => Turn::First,
        Some("then") if payee.name().is_some() => Turn::Then,
        Some("rest") if payee.name().is_some() => Turn::Rest,
        _ => Turn::Share,
    }
}

/// `council up to £50,000`, after `first` or `then`.
pub(super) fn tranche(cx: &mut Checker<'_>, phrase: &Phrase) -> Option<Tranche> {
    let mut reader = Reader::new(phrase);
    reader.next();
    let name = reader.name();
    let up_to = reader.spelled("up") && reader.word(Word::To);
    let (Some(name), true, false) = (name, up_to, reader.is_empty()) else { return shape(cx, phrase.span) };
    let partner = share::payee(cx, name)?;
    let up_to = amount(cx, reader.rest())?;
    let contract = cx.parts.contract.as_ref()?;
    let grain = contract.rounding.grain.clone();
    let money = Unit::money(&contract.currency.code);
    if !up_to.is_positive() || up_to.round(&grain, RoundingMode::Floor) != up_to {
        return cx.report(AllocationOrder {
            case: "finer-than-paid",
            about: vec![show(&up_to, &money), show(&grain, &money)],
            span: phrase.span,
            matter: format!("`{}` is paid up to {}", name.text, show(&up_to, &money)),
            label: format!("payments are rounded to {}", show(&grain, &money)),
            also: None,
            help: format!("Write an amount above nothing that is a multiple of {}", show(&grain, &money)),
        });
    }
    Some(Tranche { partner, up_to })
}

fn amount(cx: &mut Checker<'_>, terms: &[Term]) -> Option<Exact> {
    let expr = read_terms(cx, terms)?;
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    figure(cx, &expr, &Unit::money(&code), "how much comes first")
}

fn shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this payee".to_owned(),
        span,
        expected: "`first` or `then`, a partner, `up to` and an amount".to_owned(),
        example: "first council up to £50,000".to_owned(),
    })
}

/// A row of payees with what it is.
pub(super) type Placed<'p> = (Turn, &'p Phrase);

/// The order begins with one `first`, goes on with `then` and ends with the rest.
pub(super) fn check(cx: &mut Checker<'_>, rows: &[Placed<'_>]) -> Option<()> {
    let before = cx.problems();
    let Some((_, start)) = rows.iter().find(|(turn, _)| *turn != Turn::Share) else { return Some(()) };
    let mut last: Option<Placed<'_>> = None;
    for (turn, phrase) in rows {
        let matter = match (turn, last.map(|(turn, _)| turn)) {
            (Turn::First, Some(_)) => Some((
                "first-again",
                "comes after others",
                "`first` stands once, before the others",
                "Write `then`, or put it before the others",
            )),
            (Turn::Then, None) => Some((
                "no-first",
                "comes after nobody",
                "nobody comes `first`",
                "Write `first` for whoever is paid before the others",
            )),
            (Turn::Then, Some(Turn::Rest | Turn::Share)) => Some((
                "after-the-rest",
                "comes after the rest",
                "after the rest nothing is left",
                "Put it before the `rest`",
            )),
            (Turn::Share, None | Some(Turn::First | Turn::Then)) => Some((
                "no-turn",
                "has no place in the order",
                "an order goes on with `then` or `rest`",
                "Write `rest` before the first of those who share what is left",
            )),
            (Turn::Rest, None) => Some((
                "no-first",
                "is the rest of nothing",
                "nobody comes `first`",
                "Leave out `rest`, or say who is paid `first` up to what",
            )),
            _ => None,
        };
        if let Some((case, matter, label, help)) = matter {
            cx.report::<()>(AllocationOrder {
                case,
                about: Vec::new(),
                span: phrase.span,
                matter: format!("`{}` {matter}", cx.text(phrase.span)),
                label: label.to_owned(),
                also: last.map(|(_, phrase)| phrase.span),
                help: help.to_owned(),
            });
            return None;
        }
        last = Some((*turn, phrase));
    }
    if let Some((Turn::First | Turn::Then, phrase)) = last {
        cx.report::<()>(AllocationOrder {
            case: "no-rest",
            about: Vec::new(),
            span: phrase.span,
            matter: "nobody takes the rest".to_owned(),
            label: "what is left after this reaches nobody".to_owned(),
            also: (phrase.span != start.span).then_some(start.span),
            help: "End the order with `rest` and a partner, or with partners that share the rest".to_owned(),
        });
    }
    (cx.problems() == before).then_some(())
}

/// No partner comes first twice.
pub(super) fn check_doubles(cx: &mut Checker<'_>, first: &[(Tranche, &Phrase)]) -> Option<()> {
    for (place, (tranche, phrase)) in first.iter().enumerate() {
        let same = first.iter().take(place).find(|(other, _)| other.partner == tranche.partner);
        if let Some((_, other)) = same {
            let name = phrase.terms.get(1).and_then(Term::name).map(|name| name.text.clone());
            return cx.report(DuplicateName {
                name: name.unwrap_or_default(),
                span: phrase.span,
                first: other.span,
            });
        }
    }
    Some(())
}
