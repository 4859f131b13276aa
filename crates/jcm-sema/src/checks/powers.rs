//! Powers of the law are used by partners that have them, and for what they are for.

use crate::checker::Checker;
use crate::problems::PowerMisused;
use jcm_model::{FlowId, Head, Holder, PartnerId, Power};

/// Something that names a power.
struct Use {
    kind: &'static str,
    head: Head,
    under: String,
    /// Who acts under it.
    acting: Vec<PartnerId>,
}

/// Holds every pool, incentive and payment to the power that it names.
pub(super) fn check(cx: &mut Checker<'_>) {
    let powers: Vec<Power> = cx.parts.powers.iter().flatten().cloned().collect();
    if powers.is_empty() {
        return;
    }
    for of in uses(cx) {
        let Some(power) = powers.iter().find(|power| power.head.title == of.under) else { continue };
        if !power.used_for.is_empty() && !power.used_for.iter().any(|kind| kind == of.kind) {
            let matter =
                format!("`{}` is {}, which this power is not for", of.head.name, crate::problems::a(of.kind));
            let help = "Name the power that allows it; those of the library are in `std.powers`";
            let allowed = format!("it is for a {}", power.used_for.join(", a "));
            let who = of.head.name.clone();
            told(cx, power, &of, Misuse { case: "not-for-this", who, matter, allowed, help });
            continue;
        }
        check_acting(cx, power, &of);
    }
}

/// Everyone who acts has the power, and where it needs one of each, there is one of each.
fn check_acting(cx: &mut Checker<'_>, power: &Power, of: &Use) {
    let who = power.holders.iter().map(|holder| name_of(cx, holder)).collect::<Vec<_>>().join(", ");
    let held = format!("it is held by: {who}");
    // Of a power that could not be read whole, it is not known who has it.
    if power.holders.is_empty() {
        return;
    }
    for partner in &of.acting {
        if power.holders.iter().any(|holder| is_held(cx, holder, *partner)) {
            continue;
        }
        let Some(partner) = cx.parts.partners.get(partner.index()).and_then(Option::as_ref) else { continue };
        let (name, sector) = (partner.head.name.clone(), partner.sector.clone());
        let (case, matter, help) = if sector.is_empty() {
            (
                "no-sector",
                format!("`{name}` states no sector, so it cannot act for `{}`", of.head.name),
                "Write `sector:` in the partner",
            )
        } else {
            (
                "other-sector",
                format!("`{name}` is of the sector {sector}, and cannot act for `{}`", of.head.name),
                "Let a partner that has the power host, contribute or pay, or name another power",
            )
        };
        told(cx, power, of, Misuse { case, who: name, matter, allowed: held, help });
        return;
    }
    if !power.needs_each || of.kind != "pool" {
        return;
    }
    // Of a partner that could not be read whole, it is not known to which sector it belongs.
    let unread = |id: &PartnerId| {
        let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
        partner.is_none_or(|partner| partner.roles.is_empty())
    };
    if of.acting.iter().any(unread) {
        return;
    }
    let missing =
        power.holders.iter().find(|holder| !of.acting.iter().any(|partner| is_held(cx, holder, *partner)));
    if let Some(holder) = missing {
        let matter = format!("nobody of {} takes part in `{}`", name_of(cx, holder), of.head.name);
        let help = "Let a partner of each host the pool or contribute to it, or name another power";
        let allowed = format!("it needs one of each: {who}");
        let who = name_of(cx, holder);
        told(cx, power, of, Misuse { case: "not-one-of-each", who, matter, allowed, help });
    }
}

/// What is wrong with the use of a power: which way, whom it concerns, in words, what is allowed and what to do.
struct Misuse {
    case: &'static str,
    who: String,
    matter: String,
    allowed: String,
    help: &'static str,
}

fn told(cx: &mut Checker<'_>, power: &Power, of: &Use, misuse: Misuse) {
    let Misuse { case, who, matter, allowed, help } = misuse;
    let holders = power.holders.iter().map(|holder| name_of(cx, holder));
    let about = std::iter::once(who).chain(holders).collect();
    let (title, declared) = (power.head.title.clone(), power.head.name_span);
    let span = of.head.name_span;
    cx.report::<()>(PowerMisused { case, about, power: title, span, matter, declared, allowed, help });
}

fn is_held(cx: &Checker<'_>, holder: &Holder, partner: PartnerId) -> bool {
    match holder {
        Holder::Partner(id) => *id == partner,
        Holder::Sector(sector) => {
            let partner = cx.parts.partners.get(partner.index()).and_then(Option::as_ref);
            partner.is_some_and(|partner| partner.sector == *sector)
        }
    }
}

fn name_of(cx: &Checker<'_>, holder: &Holder) -> String {
    match holder {
        Holder::Sector(sector) => sector.clone(),
        Holder::Partner(id) => {
            let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
            partner.map(|partner| partner.head.title.clone()).unwrap_or_default()
        }
    }
}

/// Everything that names a power, with who acts: who hosts or contributes, and who pays.
fn uses(cx: &Checker<'_>) -> Vec<Use> {
    let payers = |flows: &[FlowId]| -> Vec<PartnerId> {
        flows.iter().filter_map(|id| cx.flow(*id)).map(|flow| flow.payer).collect()
    };
    let pools = cx.parts.pools.iter().flatten().map(|pool| Use {
        kind: "pool",
        head: pool.head.clone(),
        under: pool.under.clone(),
        acting: std::iter::once(pool.host)
            .chain(pool.contributions.iter().map(|(partner, _)| *partner))
            .collect(),
    });
    let incentives = cx.parts.incentives.iter().flatten().filter(|incentive| !incentive.under.is_empty());
    let incentives = incentives.map(|incentive| Use {
        kind: "incentive",
        head: incentive.head.clone(),
        under: incentive.under.clone(),
        acting: payers(&incentive.flows),
    });
    let payments = cx.parts.payments.iter().flatten().map(|payment| Use {
        kind: "payment",
        head: payment.head.clone(),
        under: payment
            .particulars
            .iter()
            .find(|(field, _)| field == "under")
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        acting: payers(&payment.flow.into_iter().collect::<Vec<_>>()),
    });
    pools.chain(incentives).chain(payments).collect()
}
