//! `subcontract falls "…" { between: community and ageing_well  for: falls_classes  flows down: cost_statement }`

use super::{refer, share};
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{Fields, head};
use crate::problems::{DatesDisordered, DuplicateName};
use crate::units::{date, number};
use jcm_model::{
    Constant, Def, FlowDown, IncentiveId, PartnerId, Passed, PaymentId, ServiceId, Signing, Subcontract, Ty,
};
use jcm_quantity::{Date, Exact, Unit, show_date};
use jcm_syntax::ast::{Declaration, Name, Phrase, Word};
use jcm_syntax::expression::Reader;

/// The fields that have a place of their own in the program.
const READ: [&str; 8] = ["between", "for", "term", "signed", "price", "payment", "flows down", "risk"];

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Subcontract> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let between = between(cx, &fields);
    let services = services(cx, &fields);
    let term = term(cx, &fields);
    let signing = if fields.get("signed").is_some() { signing(cx, &fields).map(Some) } else { Some(None) };
    let price = if fields.get("price").is_some() { price(cx, &fields).map(Some) } else { Some(None) };
    let payment = match fields.name(cx, "payment") {
        Some(name) => payment(cx, name).map(Some),
        None => Some(None),
    };
    let flows_down = flows_down(cx, &fields);
    let passes = passes(cx, &fields);
    let ((from, to), (start, end)) = (between?, term?);
    Some(Subcontract {
        from,
        to,
        services: services?,
        start,
        end,
        signing: signing?,
        price: price?,
        payment: payment?,
        flows_down: flows_down?,
        passes: passes?,
        particulars: fields.particulars(cx, &READ),
        head,
    })
}

/// `community and ageing_well`: who passes on, and who takes on.
fn between<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<(PartnerId, PartnerId)> {
    let mut reader = fields.reader("between")?;
    let from = reader.name();
    let to = if reader.word(Word::And) { reader.name() } else { None };
    let only = fields.get("between").is_some_and(|member| member.value.len() == 1);
    let (Some(from), Some(to), true, true) = (from, to, reader.is_empty(), only) else {
        return fields.shape(cx, "between");
    };
    let (giver, taker) = (refer::partner(cx, from), refer::partner(cx, to));
    if giver.is_some() && giver == taker {
        return cx.report(DuplicateName { name: to.text.clone(), span: to.span, first: from.span });
    }
    Some((giver?, taker?))
}

fn services<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Vec<ServiceId>> {
    let names = fields.names(cx, "for");
    let found: Vec<Option<ServiceId>> = names.iter().map(|name| refer::service(cx, name)).collect();
    report_doubles(cx, &names);
    found.into_iter().collect()
}

/// Reports names that stand twice in a list.
fn report_doubles(cx: &mut Checker<'_>, names: &[&Name]) {
    for (place, name) in names.iter().enumerate() {
        if let Some(first) = names.iter().take(place).find(|first| first.text == name.text) {
            let problem = DuplicateName { name: name.text.clone(), span: name.span, first: first.span };
            cx.report::<()>(problem);
        }
    }
}

/// The term as stated, or that of the contract: first day, and first day after the last.
fn term<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<(Date, Date)> {
    let Some(mut reader) = fields.reader("term") else {
        return cx.parts.contract.as_ref().map(|contract| (contract.start, contract.end));
    };
    let start = reader.date();
    let last = if reader.word(Word::To) { reader.date() } else { None };
    let (Some(start), Some(last), true) = (start, last, reader.is_empty()) else {
        return fields.shape(cx, "term");
    };
    let span = fields.span_of("term");
    let (start, last) = (date(cx, start, span), date(cx, last, span));
    let (start, last) = (start?, last?);
    if last < start {
        return cx.report(DatesDisordered { span, start: show_date(start), end: show_date(last) });
    }
    Some((start, last.tomorrow().ok()?))
}

/// `2026-02-28`, `by 2026-03-31`.
fn signing<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Signing> {
    let mut reader = fields.reader("signed")?;
    let by = reader.word(Word::By);
    let span = reader.span_here();
    let Some(day) = reader.date().filter(|_| reader.is_empty()) else { return fields.shape(cx, "signed") };
    let day = date(cx, day, span)?;
    Some(if by { Signing::By(day) } else { Signing::On(day) })
}

fn price<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Exact> {
    let expr = fields.expression(cx, "price")?;
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    let yearly = Ty::Number(Unit::money(&code).over(&Unit::years()));
    match constant(cx, &expr, &yearly, "the price of a sub-contract")? {
        Constant::Number(value) => Some(value),
        _ => None,
    }
}

fn payment(cx: &mut Checker<'_>, name: &Name) -> Option<PaymentId> {
    refer::refer(cx, name, "payment", |def| match def {
        Def::Payment(id) => Some(id),
        _ => None,
    })
}

/// `open_book, cost_statement`, `everything except sharing`.
fn flows_down<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<FlowDown> {
    let Some(member) = fields.get("flows down") else { return Some(FlowDown::Only(Vec::new())) };
    let mut everything = false;
    let mut names = Vec::new();
    for (place, phrase) in member.value.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        if place == 0 && reader.spelled("everything") {
            everything = true;
            if reader.is_empty() && member.value.len() == 1 {
                break;
            }
            if !reader.spelled("except") {
                return fields.shape(cx, "flows down");
            }
        }
        let Some(name) = reader.name().filter(|_| reader.is_empty()) else {
            return fields.shape(cx, "flows down");
        };
        names.push(name);
    }
    report_doubles(cx, &names);
    let found: Vec<Option<Def>> = names.iter().map(|name| bound(cx, name, everything)).collect();
    let found: Vec<Def> = found.into_iter().collect::<Option<_>>()?;
    Some(if everything { FlowDown::EverythingExcept(found) } else { FlowDown::Only(found) })
}

/// A clause, an obligation or a measure; measures are no part of `everything`.
fn bound(cx: &mut Checker<'_>, name: &Name, everything: bool) -> Option<Def> {
    let wanted = if everything { "clause or obligation" } else { "clause, obligation or measure" };
    refer::refer(cx, name, wanted, |def| match def {
        Def::Clause(_) | Def::Obligation(_) => Some(def),
        Def::Measure(_) if !everything => Some(def),
        _ => None,
    })
}

/// `5% of gain_share losing at most £20,000`, for one or more incentives.
fn passes<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Vec<Passed>> {
    let Some(member) = fields.get("risk") else { return Some(Vec::new()) };
    let mut passes: Vec<Passed> = Vec::new();
    for phrase in &member.value {
        let passed = passed(cx, fields, phrase)?;
        if passes.iter().any(|other| other.incentive == passed.incentive) {
            return fields.shape(cx, "risk");
        }
        passes.push(passed);
    }
    Some(passes)
}

fn passed<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, phrase: &'p Phrase) -> Option<Passed> {
    let mut reader = Reader::new(phrase);
    let percent = reader.percent();
    let of = if reader.word(Word::Of) { reader.name() } else { None };
    let (Some(percent), Some(of)) = (percent, of) else { return fields.shape(cx, "risk") };
    let share = number(cx, percent, phrase.span)? * Exact::ten_to(-2);
    let incentive: IncentiveId = refer::refer(cx, of, "incentive", |def| match def {
        Def::Incentive(id) => Some(id),
        _ => None,
    })?;
    let Some(limits) = share::limits(cx, &mut reader) else { return fields.shape(cx, "risk") };
    let (losing_at_most, gaining_at_most) = limits?;
    if !share.is_positive() {
        return fields.shape(cx, "risk");
    }
    Some(Passed { incentive, share, losing_at_most, gaining_at_most })
}
