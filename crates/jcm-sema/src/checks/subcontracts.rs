//! Sub-contracts fit the contract: their dates, what they pass on, and the risk that goes with it.

use crate::checker::Checker;
use crate::problems::{Misfit, SubcontractDates, SubcontractRisk, SubcontractServices};
use jcm_model::{IncentiveId, PartnerId, Passed, ServiceId, Share, Signing, Subcontract};
use jcm_quantity::{Exact, Unit, add_months, show, show_date};
use jcm_source::Span;
use std::collections::BTreeSet;

/// Holds every sub-contract to what the partner that passes on has itself.
pub(super) fn check(cx: &mut Checker<'_>) {
    // What could not be read may be what a sub-contract rests on.
    let parts = &cx.parts;
    let unread = parts.services.iter().any(Option::is_none)
        || parts.payments.iter().any(Option::is_none)
        || parts.incentives.iter().any(Option::is_none)
        || parts.subcontracts.iter().any(Option::is_none);
    let all: Vec<Subcontract> = parts.subcontracts.iter().flatten().cloned().collect();
    for of in &all {
        check_dates(cx, of);
    }
    if unread {
        return;
    }
    for (place, of) in all.iter().enumerate() {
        for service in &of.services {
            check_service(cx, &all, place, of, *service);
        }
        check_payment(cx, of);
    }
    for of in &all {
        for passed in &of.passes {
            check_risk(cx, &all, of, passed);
        }
    }
}

fn check_dates(cx: &mut Checker<'_>, of: &Subcontract) {
    let Some(contract) = &cx.parts.contract else { return };
    let months = i32::try_from(contract.extension_months).unwrap_or(i32::MAX);
    let latest = add_months(contract.end, months).unwrap_or(contract.end);
    let (name, span) = (of.head.name.clone(), of.head.name_span);
    let last = |end: jcm_quantity::Date| show_date(end.yesterday().unwrap_or(end));
    if of.start < contract.start || of.end > latest {
        let (from, to) = (show_date(of.start), last(of.end));
        let (first, end) = (show_date(contract.start), last(latest));
        cx.report::<()>(SubcontractDates {
            name: name.clone(),
            span,
            matter: "runs outside the term of the contract".to_owned(),
            label: format!("it runs from {from} to {to}"),
            help: format!(
                "Choose days from {first} to {end}: the contract gives nothing to pass on before or after"
            ),
        });
    }
    if let Some(signing) = of.signing.filter(|signing| signing.date() > of.start) {
        let begins = show_date(of.start);
        let signed = show_date(signing.date());
        let label = match signing {
            Signing::On(_) => format!("it begins on {begins} and is signed on {signed}"),
            Signing::By(_) => format!("it begins on {begins} and need not be signed before {signed}"),
        };
        cx.report::<()>(SubcontractDates {
            name,
            span,
            matter: "begins before it is signed".to_owned(),
            label,
            help: "Have it signed by its first day, or let it begin later with `term:`".to_owned(),
        });
    }
}

/// A partner passes on a service that it has, once, and it does not come back.
fn check_service(
    cx: &mut Checker<'_>,
    all: &[Subcontract],
    place: usize,
    of: &Subcontract,
    service: ServiceId,
) {
    let (name, span) = (of.head.name.clone(), of.head.name_span);
    let (partner, title) = (name_of_partner(cx, of.from), name_of_service(cx, service));
    let passing = |other: &&Subcontract| other.services.contains(&service);
    let same_days = |other: &&Subcontract| other.start < of.end && of.start < other.end;
    let misfit = if let Some(first) =
        all.iter().take(place).filter(passing).filter(same_days).find(|other| other.from == of.from)
    {
        Misfit::Twice { partner, service: title, first: first.head.name_span }
    } else if let Some(other) = way_back(all, of, service) {
        // Each circle is told once, at the sub-contract that stands last in it.
        if other.head.name_span > span {
            return;
        }
        Misfit::Circle { service: title, other: other.head.name_span }
    } else if !holders(cx, all, service).contains(&of.from) {
        let declared = cx.parts.services.get(service.index()).and_then(Option::as_ref);
        let declared = declared.map_or(span, |service| service.head.name_span);
        Misfit::NotHeld { partner, service: title, declared }
    } else {
        return;
    };
    cx.report::<()>(SubcontractServices { name, span, misfit });
}

/// The last sub-contract on a way from who takes on the service back to who passed it on.
fn way_back<'a>(all: &'a [Subcontract], of: &Subcontract, service: ServiceId) -> Option<&'a Subcontract> {
    let mut reached = BTreeSet::from([of.to]);
    loop {
        let mut next = all.iter().filter(|other| {
            other.services.contains(&service) && reached.contains(&other.from) && !reached.contains(&other.to)
        });
        let found = next.next()?;
        if found.to == of.from {
            return Some(found);
        }
        reached.insert(found.to);
    }
}

/// Everyone who has a service: its providers, who is paid for it, and who takes it on from one of them.
fn holders(cx: &Checker<'_>, all: &[Subcontract], service: ServiceId) -> BTreeSet<PartnerId> {
    let providers = cx.parts.services.get(service.index()).and_then(Option::as_ref);
    let mut holders: BTreeSet<PartnerId> =
        providers.map(|service| service.providers.iter().copied().collect()).unwrap_or_default();
    let paid = cx.parts.payments.iter().flatten().filter(|payment| payment.services.contains(&service));
    holders.extend(paid.flat_map(|payment| payment.payees.iter().copied()));
    loop {
        let takers = all.iter().filter(|of| of.services.contains(&service) && holders.contains(&of.from));
        let more: Vec<PartnerId> = takers.map(|of| of.to).filter(|to| !holders.contains(to)).collect();
        if more.is_empty() {
            return holders;
        }
        holders.extend(more);
    }
}

/// The payment goes from the one to the other, and for nothing else.
fn check_payment(cx: &mut Checker<'_>, of: &Subcontract) {
    let Some(payment) = of.payment else { return };
    let Some(payment) = cx.parts.payments.get(payment.index()).and_then(Option::as_ref) else { return };
    let payer = payment.flow.and_then(|flow| cx.flow(flow)).map(|flow| flow.payer);
    let from_pool = payment.flow.and_then(|flow| cx.flow(flow)).is_some_and(|flow| flow.pool.is_some());
    let does = if payer != Some(of.from) || from_pool {
        format!("it is not paid by `{}` itself", name_of_partner(cx, of.from))
    } else if payment.payees != [of.to] {
        let names = payment.payees.iter().map(|payee| format!("`{}`", name_of_partner(cx, *payee)));
        format!("it is paid to {}", names.collect::<Vec<_>>().join(" and "))
    } else if let Some(other) = payment.services.iter().find(|service| !of.services.contains(service)) {
        format!("it pays for `{}` too", name_of_service(cx, *other))
    } else {
        return;
    };
    let misfit =
        Misfit::Payment { payment: payment.head.name.clone(), does, declared: payment.head.name_span };
    cx.report::<()>(SubcontractServices { name: of.head.name.clone(), span: of.head.name_span, misfit });
}

/// What a partner bears of an incentive, with what decides it.
struct Borne {
    share: Exact,
    losing_at_most: Option<Exact>,
    gaining_at_most: Option<Exact>,
    because: Span,
    /// Whether the share is one of all that is paid, and not of what others leave.
    fixed: bool,
}

/// All that a partner passes on of an incentive is no more than it bears, and no limit is wider than its own.
fn check_risk(cx: &mut Checker<'_>, all: &[Subcontract], of: &Subcontract, passed: &Passed) {
    let borne = borne(cx, all, of.from, passed.incentive);
    let incentive = cx.parts.incentives.get(passed.incentive.index()).and_then(Option::as_ref);
    let Some(incentive) = incentive.map(|incentive| incentive.head.clone()) else { return };
    let percent = Unit::percent();
    let Some(borne) = borne else {
        return told(
            cx,
            of,
            &incentive.name,
            ("it passes on a part".to_owned(), "it bears no share of this".to_owned(), incentive.name_span),
        );
    };
    if !borne.fixed {
        let words = "it passes on a fixed share".to_owned();
        let own = "here it has none: some are paid before others".to_owned();
        return told(cx, of, &incentive.name, (words, own, borne.because));
    }
    let together: Exact = all
        .iter()
        .filter(|other| other.from == of.from)
        .flat_map(|other| &other.passes)
        .filter(|other| other.incentive == passed.incentive)
        .map(|other| other.share.clone())
        .sum();
    // Where several pass on too much together, it is told once, at the first.
    let first = all.iter().find(|other| {
        other.from == of.from && other.passes.iter().any(|other| other.incentive == passed.incentive)
    });
    if together > borne.share && first.is_some_and(|first| first.head.name_span == of.head.name_span) {
        let words = format!("{} is passed on in all", show(&together, &percent));
        return told(
            cx,
            of,
            &incentive.name,
            (words, format!("its own share is {}", show(&borne.share, &percent)), borne.because),
        );
    }
    let code = cx.parts.contract.as_ref().map(|contract| contract.currency.code.clone()).unwrap_or_default();
    let money = |amount: &Exact| show(amount, &Unit::money(&code));
    let limits = [
        ("lose", &passed.losing_at_most, &borne.losing_at_most),
        ("gain", &passed.gaining_at_most, &borne.gaining_at_most),
    ];
    for (does, passed, borne_at_most) in limits {
        let Some(own) = borne_at_most else { continue };
        let words = match passed {
            None => format!("there is no limit to what the sub-contractor can {does}"),
            Some(passed) if passed > own => format!("the sub-contractor can {does} {}", money(passed)),
            Some(_) => continue,
        };
        return told(
            cx,
            of,
            &incentive.name,
            (words, format!("it can {does} {} itself", money(own)), borne.because),
        );
    }
}

fn told(
    cx: &mut Checker<'_>,
    of: &Subcontract,
    incentive: &str,
    (passed, borne, because): (String, String, Span),
) {
    let partner = name_of_partner(cx, of.from);
    let (incentive, span) = (incentive.to_owned(), of.head.name_span);
    cx.report::<()>(SubcontractRisk { partner, incentive, span, passed, borne, because });
}

/// The smallest share that a partner has in any payment of the incentive, or what is passed on to it.
fn borne(cx: &Checker<'_>, all: &[Subcontract], partner: PartnerId, incentive: IncentiveId) -> Option<Borne> {
    let flows = &cx.parts.incentives.get(incentive.index())?.as_ref()?.flows;
    let own = flows.iter().filter_map(|id| cx.flow(*id)).filter_map(|flow| {
        if !flow.payees().contains(&partner) {
            return None;
        }
        let share: Option<&Share> = flow.shares.iter().find(|share| share.partner == partner);
        Some(Borne {
            share: share.map_or_else(Exact::zero, |share| share.share.clone()),
            losing_at_most: share.and_then(|share| share.losing_at_most.clone()),
            gaining_at_most: share.and_then(|share| share.gaining_at_most.clone()),
            because: flow.head.span,
            fixed: flow.first.is_empty(),
        })
    });
    let taken = all.iter().filter(|of| of.to == partner).flat_map(|of| {
        of.passes.iter().filter(|passed| passed.incentive == incentive).map(|passed| Borne {
            share: passed.share.clone(),
            losing_at_most: passed.losing_at_most.clone(),
            gaining_at_most: passed.gaining_at_most.clone(),
            because: of.head.name_span,
            fixed: true,
        })
    });
    own.chain(taken).min_by(|left, right| left.share.cmp(&right.share))
}

fn name_of_partner(cx: &Checker<'_>, id: PartnerId) -> String {
    let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
    partner.map(|partner| partner.head.name.clone()).unwrap_or_default()
}

fn name_of_service(cx: &Checker<'_>, id: ServiceId) -> String {
    let service = cx.parts.services.get(id.index()).and_then(Option::as_ref);
    service.map(|service| service.head.name.clone()).unwrap_or_default()
}
