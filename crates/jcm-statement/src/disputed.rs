//! What is paid now of a payment, and what of it waits for a dispute.

use crate::case::One;
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::PaidOut;

/// How much of a payment is paid now and how much waits, as the rest of a sentence; nothing where no dispute is about it.
pub(crate) fn words(one: &One<'_>, paid: &PaidOut) -> Option<String> {
    let settlement = one.edition.engine.settlement();
    let settled = one.edition.periods.get(one.period)?;
    let accounts = settled.ledger.cases.get(one.place)?;
    let is_own = |place: &usize| settlement.allocations.get(*place).is_some_and(|own| own.name == paid.name);
    let own = settled.ledger.payees.iter().zip(accounts).filter(|((place, _), _)| is_own(place));
    let own: Vec<_> = own.map(|(_, account)| account).collect();
    if own.iter().all(|account| account.in_dispute.is_zero()) {
        return None;
    }
    let money = Unit::money(&settlement.currency.code);
    let start = ", by the figures that count for the time being";
    let all = || own.iter().flat_map(|account| [&account.before, &account.now, &account.in_dispute]);
    // Amounts in two directions are not parts of one sum.
    if all().any(Exact::is_negative) && all().any(Exact::is_positive) {
        return Some(format!(
            "{start}; what each is paid now and what waits is said under “What is still to pay”"
        ));
    }
    let sum = |of: fn(&jcm_settle::Account) -> &Exact| {
        let sum: Exact = own.iter().map(|account| of(account)).sum();
        sum.abs()
    };
    let [before, now, waits] = [sum(|a| &a.before), sum(|a| &a.now), sum(|a| &a.in_dispute)];
    let before =
        if before.is_zero() { String::new() } else { format!("{} was paid before, ", show(&before, &money)) };
    let [now, waits] = [now, waits].map(|amount| show(&amount, &money));
    Some(format!("{start}; {before}{now} is paid now and {waits} waits until the dispute is resolved"))
}
