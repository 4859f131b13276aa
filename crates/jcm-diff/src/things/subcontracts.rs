//! What is passed on to sub-contractors.

use super::{Thing, number};
use jcm_model::{Def, FlowDown, Program, Signing, Subcontract};
use jcm_quantity::{Unit, show_date};

pub(super) fn things(program: &Program) -> impl Iterator<Item = Thing<'_>> {
    program.subcontracts.iter().map(|of| subcontract(program, of))
}

fn subcontract<'a>(program: &'a Program, of: &'a Subcontract) -> Thing<'a> {
    let money = Unit::money(&program.contract.currency.code);
    let yearly = money.over(&Unit::years());
    let last = of.end.yesterday().unwrap_or(of.end);
    let (flows, defs) = match &of.flows_down {
        FlowDown::Only(defs) => ("flows down", defs),
        FlowDown::EverythingExcept(defs) => ("everything flows down except", defs),
    };
    let signed = match of.signing {
        None => String::new(),
        Some(Signing::On(day)) => show_date(day),
        Some(Signing::By(day)) => format!("by {}", show_date(day)),
    };
    let everything = matches!(of.flows_down, FlowDown::EverythingExcept(_));
    let thing = Thing::of("subcontract", &of.head)
        .named("passes on", program, [Def::Partner(of.from)])
        .named("takes on", program, [Def::Partner(of.to)])
        .named("services", program, of.services.iter().map(|id| Def::Service(*id)))
        .fact("first day", &show_date(of.start))
        .fact("last day", &show_date(last))
        .fact("signed", &signed)
        .named("payment", program, of.payment.map(Def::Payment))
        .fact("everything flows down", if everything { "yes" } else { "" })
        .named(flows, program, defs.iter().copied())
        .each(&of.price, |thing, price| {
            let (text, exact) = number(price, &yearly);
            thing.exactly("price", text, exact)
        })
        .particulars(&of.particulars);
    thing.each(&of.passes, |thing, passed| {
        let (mut text, mut exact) = number(&passed.share, &Unit::percent());
        let limits = [("losing", &passed.losing_at_most), ("gaining", &passed.gaining_at_most)];
        for (does, limit) in limits.into_iter().filter_map(|(does, limit)| Some((does, limit.as_ref()?))) {
            let (words, figure) = number(limit, &money);
            text = format!("{text} {does} at most {words}");
            exact = format!("{exact} {does} {figure}");
        }
        let def = Def::Incentive(passed.incentive);
        let (key, label) = (program.name(def), format!("risk of {}", program.title(def)));
        thing.about(&format!("risk {key}"), &label, (text, exact))
    })
}
