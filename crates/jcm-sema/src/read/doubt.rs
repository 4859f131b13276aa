//! What a disputed, late or suppressed figure means: `disputed: hold`, `late: as missing after 2 months`,
//! `suppressed: use 3 people`.

use super::measure::figure_in_unit;
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{Fields, read_terms, value_span};
use crate::problems::{FinalUnstated, Unverified};
use jcm_model::{Disputed, Doubt, Late, Suppressed, Ty};
use jcm_quantity::Unit;
use jcm_source::Span;
use jcm_syntax::ast::{Member, Phrase};
use jcm_syntax::expression::Reader;

/// How each rule begins where it stands behind the unit of an input.
const RULES: [&str; 4] = ["missing", "disputed", "late", "suppressed"];

/// Of what the rules speak: its name, and whether somebody verifies it.
pub(super) struct Of<'a> {
    pub(super) name: &'a str,
    pub(super) is_verified: bool,
}

/// The rules of a measure, which are fields of it; `None` where one cannot be read.
pub(super) fn of_measure<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    unit: &Unit,
    of: &Of<'_>,
) -> Option<Doubt> {
    let mut doubt = Doubt::default();
    if let Some(member) = fields.get("disputed") {
        let rule = disputed(cx, &member.value).or_else(|| fields.shape(cx, "disputed"))?;
        check_verified(cx, rule, of, value_span(member))?;
        doubt.disputed = Some(rule);
    }
    if let Some(member) = fields.get("late") {
        doubt.late = Some(field_or_shape(cx, fields, "late", |cx| late(cx, member))?);
    }
    if let Some(member) = fields.get("suppressed") {
        let rule = |cx: &mut Checker<'p>| suppressed(cx, &member.value, unit);
        doubt.suppressed = Some(field_or_shape(cx, fields, "suppressed", rule)?);
    }
    Some(doubt)
}

/// What `read` gives; where it gives nothing and has not said why, the field is not written as it should be.
fn field_or_shape<'p, T>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    field: &str,
    read: impl FnOnce(&mut Checker<'p>) -> Option<T>,
) -> Option<T> {
    let before = cx.problems();
    let found = read(cx);
    if found.is_none() && cx.problems() == before { fields.shape(cx, field) } else { found }
}

/// The rule of the whole contract for two figures.
pub(super) fn of_contract<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Disputed> {
    let member = fields.get("disputed")?;
    let rule = disputed(cx, &member.value).filter(|rule| *rule != Disputed::AsVerified);
    rule.or_else(|| fields.shape(cx, "disputed"))
}

/// The phrases behind the unit of an input, sorted into those about missing figures and the other rules; `None`
/// where one cannot be read.
pub(super) fn of_input<'p>(
    cx: &mut Checker<'p>,
    phrases: &'p [Phrase],
    ty: &Ty,
    name: &str,
) -> Option<(Vec<Phrase>, Doubt)> {
    let mut doubt = Doubt::default();
    let mut missing = Vec::new();
    let mut rest = phrases;
    while let Some((first, more)) = rest.split_first() {
        let mut length = 0;
        while more.get(length).is_some_and(|phrase| first_word(cx, phrase).is_none()) {
            length += 1;
        }
        let (same, next) = more.split_at_checked(length)?;
        rest = next;
        let value: Vec<Phrase> = std::iter::once(without_first(first)).chain(same.iter().cloned()).collect();
        match (first_word(cx, first)?, ty) {
            ("missing", _) if missing.is_empty() => missing = value,
            ("disputed", _) if doubt.disputed.is_none() => {
                let rule = disputed(cx, &value)?;
                check_verified(cx, rule, &Of { name, is_verified: false }, first.span)?;
                doubt.disputed = Some(rule);
            }
            ("late", _) if doubt.late.is_none() => doubt.late = Some(late_in(cx, &value, first.span)?),
            ("suppressed", Ty::Number(unit)) if doubt.suppressed.is_none() => {
                doubt.suppressed = Some(suppressed(cx, &value, unit)?);
            }
            _ => return None,
        }
    }
    Some((missing, doubt))
}

/// The rule that a phrase begins, if it begins one.
fn first_word(cx: &Checker<'_>, phrase: &Phrase) -> Option<&'static str> {
    let first = cx.text(phrase.terms.first()?.span);
    RULES.into_iter().find(|rule| *rule == first)
}

fn without_first(phrase: &Phrase) -> Phrase {
    Phrase { terms: phrase.terms.iter().skip(1).cloned().collect(), span: phrase.span }
}

/// The words of a rule, with one space between them.
fn words(cx: &Checker<'_>, phrase: &Phrase) -> String {
    phrase.terms.iter().map(|term| cx.text(term.span)).collect::<Vec<_>>().join(" ")
}

fn disputed(cx: &Checker<'_>, phrases: &[Phrase]) -> Option<Disputed> {
    let [phrase] = phrases else { return None };
    match words(cx, phrase).as_str() {
        "pay the undisputed part" => Some(Disputed::Undisputed),
        "hold" => Some(Disputed::Hold),
        "as collected" => Some(Disputed::AsCollected),
        "as verified" => Some(Disputed::AsVerified),
        _ => None,
    }
}

/// Holds a rule that the verifier's figure counts to there being a verifier.
fn check_verified(cx: &mut Checker<'_>, rule: Disputed, of: &Of<'_>, span: Span) -> Option<()> {
    if rule == Disputed::AsVerified && !of.is_verified {
        return cx.report(Unverified { name: of.name.to_owned(), span });
    }
    Some(())
}

fn late(cx: &mut Checker<'_>, member: &Member) -> Option<Late> {
    late_in(cx, &member.value, value_span(member))
}

/// `as missing after 2 months`, `accepted until final`
fn late_in(cx: &mut Checker<'_>, phrases: &[Phrase], span: Span) -> Option<Late> {
    let [phrase] = phrases else { return None };
    let text = words(cx, phrase);
    if text == "accepted until final" {
        let contract = cx.parts.contract.as_ref()?;
        return match contract.final_months {
            Some(months) => Some(Late { months, days: 0, until_final: true }),
            None => {
                let settled = contract.head.name_span;
                cx.report(FinalUnstated { span, contract: settled })
            }
        };
    }
    let (count, length) = text.strip_prefix("as missing after ")?.split_once(' ')?;
    let count: u32 = count.parse().ok().filter(|count| *count <= 1200)?;
    let (months, days) = match length {
        "year" | "years" => (count.checked_mul(12)?, 0),
        "quarter" | "quarters" => (count.checked_mul(3)?, 0),
        "month" | "months" => (count, 0),
        "week" | "weeks" => (0, count.checked_mul(7)?),
        "day" | "days" => (0, count),
        _ => return None,
    };
    Some(Late { months, days, until_final: false })
}

/// `refuse`, `as missing`, `use 3 people`
fn suppressed(cx: &mut Checker<'_>, phrases: &[Phrase], unit: &Unit) -> Option<Suppressed> {
    let [phrase] = phrases else { return None };
    match words(cx, phrase).as_str() {
        "refuse" => return Some(Suppressed::Refuse),
        "as missing" => return Some(Suppressed::AsMissing),
        _ => {}
    }
    let mut reader = Reader::new(phrase);
    if cx.text(reader.next()?.span) != "use" {
        return None;
    }
    let what = "what stands in for a suppressed figure";
    if reader.rest().len() == 1 {
        return figure_in_unit(cx, &mut reader, unit, what).map(Suppressed::Use);
    }
    let expr = read_terms(cx, reader.rest())?;
    constant(cx, &expr, &Ty::Number(unit.clone()), what).map(Suppressed::Use)
}
