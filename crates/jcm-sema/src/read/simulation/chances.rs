//! `report: each partner, chance of loss, 5% to 95%, chance that saving_rate >= 2%`, and
//! `expect chance of loss of ageing_well under 5%`.

use crate::checker::Checker;
use crate::constants::figure;
use crate::fields::{Fields, read_terms};
use crate::problems::{OutOfRange, Shape as BadShape, WrongType};
use crate::read::refer;
use crate::typing::{self, Scope};
use crate::units::describe;
use jcm_model::{ChanceOf, Condition, ExpectedChance, Report, Ty};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// Reads the field; without it, everything is told.
pub(super) fn report(cx: &mut Checker<'_>, fields: &Fields<'_>, scope: &Scope) -> Option<Report> {
    let mut report = Report {
        partners: true,
        loss: true,
        range: (Exact::ratio(1, 20)?, Exact::ratio(19, 20)?),
        chances: Vec::new(),
    };
    let Some(member) = fields.get("report") else { return Some(report) };
    (report.partners, report.loss) = (false, false);
    for phrase in &member.value {
        let mut reader = Reader::new(phrase);
        if reader.word(Word::Each) {
            if !reader.spelled("partner") || !reader.is_empty() {
                return fields.shape(cx, "report");
            }
            report.partners = true;
        } else if reader.spelled("chance") {
            if reader.word(Word::Of) {
                if !reader.spelled("loss") || !reader.is_empty() {
                    return fields.shape(cx, "report");
                }
                report.loss = true;
            } else if reader.spelled("that") {
                report.chances.push(condition(cx, scope, reader.rest(), phrase.span)?);
            } else {
                return fields.shape(cx, "report");
            }
        } else {
            report.range = range(cx, fields, phrase)?;
        }
    }
    Some(report)
}

/// `5% to 95%`
fn range(cx: &mut Checker<'_>, fields: &Fields<'_>, phrase: &Phrase) -> Option<(Exact, Exact)> {
    let mut reader = Reader::new(phrase);
    let from = reader.until(&[Word::To]);
    if from.is_empty() || !reader.word(Word::To) || reader.is_empty() {
        return fields.shape(cx, "report");
    }
    let (from, to) = (chance(cx, from)?, chance(cx, reader.rest())?);
    if from >= to {
        return fields.shape(cx, "report");
    }
    Some((from, to))
}

/// A percentage between 0 % and 100 %.
pub(super) fn chance(cx: &mut Checker<'_>, terms: &[Term]) -> Option<Exact> {
    let expr = read_terms(cx, terms)?;
    let value = figure(cx, &expr, &Unit::percent(), "a chance")?;
    if value.is_positive() && value < Exact::one() {
        return Some(value);
    }
    cx.report(OutOfRange {
        what: "this chance".to_owned(),
        span: expr.span,
        value: show(&value, &Unit::percent()),
        range: "what lies between 0% and 100%".to_owned(),
    })
}

fn condition(cx: &mut Checker<'_>, scope: &Scope, terms: &[Term], span: Span) -> Option<Condition> {
    if terms.is_empty() {
        return bad_expect(cx, span);
    }
    let expr = read_terms(cx, terms)?;
    let typed = typing::typed(cx, scope, &expr, Some(&Ty::Truth))?;
    if typed.ty != Ty::Truth {
        let (found, expected) = (describe(cx, &typed.ty), "something that holds or does not".to_owned());
        let help = Some("Compare it with a figure, such as `saving_rate >= 2%`".to_owned());
        return cx.report(WrongType { case: "", span: typed.span, found, expected, help });
    }
    Some(Condition { text: cx.text(typed.span), expr: typed })
}

/// Reads `expect chance of loss of PARTNER under 5%` or `expect chance that CONDITION over 60%`.
pub(super) fn expect(cx: &mut Checker<'_>, scope: &Scope, member: &Member) -> Option<ExpectedChance> {
    let [phrase] = member.value.as_slice() else { return bad_expect(cx, member.span) };
    let mut reader = Reader::new(phrase);
    reader.next();
    let begin = reader.span_here();
    if !reader.spelled("chance") {
        return bad_expect(cx, member.span);
    }
    let ends = [Word::Under, Word::Over];
    let of = if reader.word(Word::Of) {
        if !reader.spelled("loss") || !reader.word(Word::Of) {
            return bad_expect(cx, member.span);
        }
        let Some(name) = reader.name() else { return bad_expect(cx, member.span) };
        ChanceOf::Loss(refer::partner(cx, name)?)
    } else if reader.spelled("that") {
        let terms = reader.until(&ends);
        ChanceOf::Condition(Box::new(condition(cx, scope, terms, member.span)?))
    } else {
        return bad_expect(cx, member.span);
    };
    let under = reader.word(Word::Under);
    if !under && !reader.word(Word::Over) || reader.is_empty() {
        return bad_expect(cx, member.span);
    }
    let limit = chance(cx, reader.rest())?;
    Some(ExpectedChance { of, under, limit, text: cx.text(begin.to(member.span.after())), span: member.span })
}

fn bad_expect<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(BadShape {
        what: "this chance".to_owned(),
        span,
        expected: "`chance of loss of` a partner or `chance that` something holds, and for an `expect` then `under` or `over` a percentage".to_owned(),
        example: "expect chance of loss of ageing_well under 5%".to_owned(),
    })
}
