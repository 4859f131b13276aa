//! L0105: a partner that can lose without limit, or more of its turnover than it can bear.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Flow, Partner, Share};
use jcm_quantity::{Exact, Unit, show};

/// The field of a partner that says how large it is.
const TURNOVER: &str = "turnover";

pub(super) fn find(view: &View<'_>, above: &Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for flow in &view.program.flows {
        let range = view.usual.line(flow.amount);
        if !range.can_be_negative() {
            continue;
        }
        let most = range.low.number().map(Exact::abs);
        for share in &flow.shares {
            let Some(partner) = view.program.partner(share.partner) else { continue };
            let exposure = share.losing_at_most.clone().or_else(|| Some(most.as_ref()? * &share.share));
            match exposure {
                None => found.push(without_limit(view, flow, share, partner)),
                Some(exposure) => found.extend(too_much(view, flow, partner, &exposure, above)),
            }
        }
    }
    found
}

fn without_limit(view: &View<'_>, flow: &Flow, share: &Share, partner: &Partner) -> Diagnostic {
    let amount = view.program.line(flow.amount);
    let title = amount.map_or("", |line| &line.head.title);
    let part = show(&share.share, &Unit::percent());
    let said = format!("“{}” can lose without limit under “{}”", partner.head.title, flow.head.title);
    let found = finding(said, flow.head.name_span, format!("it bears {part} of whatever “{title}” is below nothing"));
    let found = match amount {
        Some(line) => found.also(line.head.name_span, "nothing limits this from below"),
        None => found,
    };
    found.help(format!(
        "Limit the amount (`at least -5% of` a budget), or the partner: `{} … losing at most £50,000`, with `excess:` for what is cut off",
        partner.head.name
    ))
}

fn too_much(
    view: &View<'_>,
    flow: &Flow,
    partner: &Partner,
    exposure: &Exact,
    above: &Exact,
) -> Option<Diagnostic> {
    let (_, stated) = partner.particulars.iter().find(|(field, _)| field == TURNOVER)?;
    let digits: String = stated.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let part = exposure.checked_div(&Exact::parse(&digits)?)?;
    if part <= *above {
        return None;
    }
    let percent = show(&part.round(&Exact::ten_to(-3), jcm_quantity::RoundingMode::HalfUp), &Unit::percent());
    let (partner_title, lost) = (&partner.head.title, view.money(exposure));
    let said = format!(
        "“{partner_title}” can lose {lost} under “{}”: {percent} of its turnover",
        flow.head.title
    );
    let found = finding(said, flow.head.name_span, format!("more than {} of its turnover", show(above, &Unit::percent())));
    Some(found.also(partner.head.name_span, format!("its turnover is {stated}")).help(format!(
        "Limit what it can lose: `{} … losing at most …`, with `excess:` for what is cut off",
        partner.head.name
    )))
}
