//! L0116: an incentive that no example tries, or whose loss or gain none does.

use super::finding;
use crate::reach::Reach;
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Example, LineId, LineOwner};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    if !view.own_examples {
        return Vec::new();
    }
    view.paid().into_iter().filter_map(|id| untried(view, id)).collect()
}

fn untried(view: &View<'_>, id: LineId) -> Option<Diagnostic> {
    let line = view.program.line(id)?;
    let LineOwner::Incentive(incentive) = line.owner else { return None };
    let incentive = view.program.incentive(incentive)?;
    let (title, name) = (&incentive.head.title, &incentive.head.name);
    let behind = Reach::of(view.program, id);
    let examples = view.examples_for(&behind);
    let worked: Vec<Exact> = examples.filter_map(|example| amount(view, example, id)).collect();
    if worked.is_empty() {
        let said = format!("no example works out what “{title}” pays");
        let found = finding(said, line.head.name_span, "nobody has seen this figure yet");
        return Some(
            found
                .case("never-worked-out")
                .help(format!("Add an example, worked by hand: `example \"A usual year\" of {name} in …`")),
        );
    }
    let far = view.moved_far(id);
    let worst = far.iter().min_by(|a, b| a.amount.cmp(&b.amount)).filter(|worst| worst.amount.is_negative());
    let best = far.iter().max_by(|a, b| a.amount.cmp(&b.amount)).filter(|best| best.amount.is_positive());
    let (said, shown, help) = match (worst, best) {
        (Some(worst), _) if !worked.iter().any(Exact::is_negative) => {
            ("ends in a loss", worst, "in which the partners pay: `example \"An overspend\"")
        }
        (_, Some(best)) if !worked.iter().any(Exact::is_positive) => {
            ("ends in a payment", best, "in which something is earned: `example \"A saving\"")
        }
        _ => return None,
    };
    let label = format!("with “{}” at {} it is {}", shown.figure, shown.at, view.money(&shown.amount));
    Some(
        finding(format!("no example of “{title}” {said}"), line.head.name_span, label)
            .also(shown.example, "worked out with the other figures of this example")
            .help(format!("Add an example {help} of {name} in …`")),
    )
}

/// What an example comes to, if it gives what the line needs.
fn amount(view: &View<'_>, example: &Example, id: LineId) -> Option<Exact> {
    let worked = view.work_out(example, &[id], &[])?;
    number(worked.lines.get(&(id, None))?).cloned()
}
