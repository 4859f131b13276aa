//! L0105: a partner that can lose without limit, or more of its turnover than it can bear.

use super::finding;
use crate::moving::Moved;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Flow, Partner, Share};
use jcm_quantity::{Exact, Unit, show};

/// The field of a partner that says how large it is.
const TURNOVER: &str = "turnover";

pub(super) fn find(view: &View<'_>, above: &Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for flow in &view.program.flows {
        // That a loss can happen is shown by one that does.
        let far = view.moved_far(flow.amount);
        if !far.iter().any(|moved| moved.amount.is_negative()) {
            continue;
        }
        let without_end = far.iter().filter(|moved| moved.still_falls).min_by(|a, b| a.amount.cmp(&b.amount));
        let least = view.usual.line(flow.amount).low;
        let most = least.number().map(Exact::abs);
        for share in &flow.shares {
            let Some(partner) = view.program.partner(share.partner) else { continue };
            let exposure = share.losing_at_most.clone().or_else(|| Some(most.as_ref()? * &share.share));
            match (exposure, without_end) {
                (Some(exposure), _) => found.extend(too_much(view, flow, partner, &exposure, above)),
                (None, Some(worst)) => found.push(without_limit(view, flow, share, partner, worst)),
                (None, None) => {}
            }
        }
    }
    found
}

fn without_limit(
    view: &View<'_>,
    flow: &Flow,
    share: &Share,
    partner: &Partner,
    worst: &Moved,
) -> Diagnostic {
    let amount = view.program.line(flow.amount);
    let lost = view.money(&(&worst.amount * &share.share).abs());
    let said = format!("nothing limits what “{}” can lose under “{}”", partner.head.title, flow.head.title);
    let label = format!("with “{}” at {} it pays {lost}", worst.figure, worst.at);
    let found = finding(said, flow.head.name_span, label)
        .also(worst.example, "worked out with the other figures of this example");
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
    let said =
        format!("“{partner_title}” can lose {lost} under “{}”: {percent} of its turnover", flow.head.title);
    let found = finding(
        said,
        flow.head.name_span,
        format!("more than {} of its turnover", show(above, &Unit::percent())),
    );
    Some(found.also(partner.head.name_span, format!("its turnover is {stated}")).help(format!(
        "Limit what it can lose: `{} … losing at most …`, with `excess:` for what is cut off",
        partner.head.name
    )))
}
