//! Documents outside the contract can be told apart, and stand in the order of their days.

use crate::checker::Checker;
use crate::problems::{DocumentMisplaced, Misplaced};
use jcm_model::{OutsideDocument, Ranked};
use jcm_quantity::show_date;

/// Titles differ, nothing replaces what is younger, and the order of precedence has only what is there and in force.
pub(super) fn check(cx: &mut Checker<'_>) {
    if cx.parts.documents.iter().any(Option::is_none) {
        return;
    }
    let all: Vec<OutsideDocument> = cx.parts.documents.iter().flatten().cloned().collect();
    for (place, of) in all.iter().enumerate() {
        let twin = all.iter().take(place).find(|known| same_words(&known.head.title, &of.head.title));
        if let Some(known) = twin {
            let title = of.head.title.clone();
            report(cx, of, Misplaced::Twin { title, first: known.head.name_span });
        }
        if let Some(older) = of.replaces.and_then(|id| all.get(id.index()))
            && older.dated >= of.dated
        {
            let (older, other) = (older.head.name.clone(), show_date(older.dated));
            report(cx, of, Misplaced::Older { older, other, day: show_date(of.dated) });
        }
    }
    check_ranked(cx, &all);
}

fn check_ranked(cx: &mut Checker<'_>, all: &[OutsideDocument]) {
    let Some(contract) = cx.parts.contract.as_ref() else { return };
    let start = contract.start;
    let ranked: Vec<_> = contract
        .precedence
        .iter()
        .filter_map(|ranked| match ranked {
            Ranked::Document(id) => Some(*id),
            _ => None,
        })
        .collect();
    for id in &ranked {
        let Some(of) = all.get(id.index()) else { continue };
        if of.dated > start {
            let (day, start) = (show_date(of.dated), show_date(start));
            report(cx, of, Misplaced::Late { day, start });
        }
        let by = ranked.iter().filter_map(|id| all.get(id.index())).find(|other| other.replaces == Some(*id));
        if let Some(by) = by.filter(|by| by.dated > of.dated) {
            report(cx, of, Misplaced::Replaced { by: by.head.name.clone() });
        }
    }
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().map(str::to_lowercase).eq(other.split_whitespace().map(str::to_lowercase))
}

fn report(cx: &mut Checker<'_>, of: &OutsideDocument, why: Misplaced) {
    cx.report::<()>(DocumentMisplaced { name: of.head.name.clone(), span: of.head.name_span, why });
}
