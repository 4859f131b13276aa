//! `power section_75 "Section 75 of …" { held by: health, social_care  used for: pool }`, and `under: section_75`.

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{UnknownName, near};
use jcm_model::{Def, Holder, Power};
use jcm_syntax::ast::{Declaration, Name, Term, Word};

/// What a power can be used for.
const USES: [&str; 3] = ["pool", "incentive", "payment"];

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Power> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let holders = fields.names(cx, "held by").into_iter().map(|name| holder(cx, name)).collect();
    let needs_each = match fields.reader("needs") {
        None => false,
        Some(mut reader) => {
            let each = reader.spelled("one") && reader.word(Word::Of) && reader.word(Word::Each);
            if !each || !reader.is_empty() {
                return fields.shape(cx, "needs");
            }
            true
        }
    };
    let mut used_for = Vec::new();
    for name in fields.names(cx, "used for") {
        if !USES.contains(&name.text.as_str()) {
            let near = near(&name.text, USES);
            let near = if near.is_empty() { USES.map(str::to_owned).to_vec() } else { near };
            let wanted = "use of a power".to_owned();
            return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
        }
        used_for.push(name.text.clone());
    }
    Some(Power {
        holders,
        needs_each,
        used_for,
        allows: fields.text(cx, "allows"),
        particulars: fields.particulars(cx, &["held by", "needs", "used for", "allows"]),
        head,
    })
}

/// A partner of that name, or a sector.
fn holder(cx: &Checker<'_>, name: &Name) -> Holder {
    match cx.names.get(&name.text).and_then(|symbol| symbol.def) {
        Some(Def::Partner(id)) => Holder::Partner(id),
        _ => Holder::Sector(name.text.replace('_', " ")),
    }
}

/// The power of an `under:`: a declared one by its title, or a text as it stands. The outer `None` means that a
/// problem was reported.
pub(super) fn under<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<String> {
    let Some(member) = fields.get("under") else { return Some(String::new()) };
    let only = match member.value.as_slice() {
        [phrase] => phrase.single(),
        _ => None,
    };
    if only.is_some_and(|term| term.as_text().is_some()) {
        return Some(fields.text(cx, "under"));
    }
    let Some(name) = only.and_then(Term::name) else { return fields.shape(cx, "under") };
    let power = refer::refer(cx, name, "power", |def| match def {
        Def::Power(id) => Some(id),
        _ => None,
    })?;
    let power = cx.parts.powers.get(power.index()).and_then(Option::as_ref)?;
    Some(power.head.title.clone())
}
