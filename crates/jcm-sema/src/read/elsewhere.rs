//! Figures of this name that other incentives and payments have: `gain_share.actual_cost` where `actual_cost` was written.

use crate::checker::Checker;
use jcm_model::Def;

/// Their names in full, where the name alone stands for nothing; `lines` says whether lines are meant too.
pub(super) fn named(cx: &Checker<'_>, name: &str, lines: bool) -> Vec<String> {
    // A part may come to any of them or go, so that the answer holds as long as all of them stay as they are.
    for list in ["incentive", "payment"] {
        for declaration in cx.names.all(list) {
            if let Some(name) = &declaration.name {
                cx.names.get(&name.text);
            }
        }
    }
    let full = cx.members.named(name).filter_map(|(owner, part)| match (owner, part) {
        (Def::Incentive(_) | Def::Payment(_), Def::Input(id)) => Some(cx.input(id)?.head.name.clone()),
        (Def::Incentive(_) | Def::Payment(_), Def::Line(id)) if lines => Some(cx.line(id)?.head.name.clone()),
        _ => None,
    });
    full.collect()
}
