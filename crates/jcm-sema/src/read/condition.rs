//! `condition_precedent vat_ruling "…" { owner: council  by: 2026-03-15  shown: by "the ruling" }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::ConditionLate;
use crate::units::date;
use jcm_model::ConditionPrecedent;
use jcm_quantity::{Date, show_date};
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(
    cx: &mut Checker<'p>,
    declaration: &'p Declaration,
    _id: u32,
) -> Option<ConditionPrecedent> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let owner = fields.name(cx, "owner").and_then(|name| refer::partner(cx, name));
    let by = day(cx, &fields, "by");
    let met = if fields.get("met").is_some() { day(cx, &fields, "met").map(Some) } else { Some(None) };
    let (owner, by, met) = (owner?, by?, met?);
    let start = cx.parts.contract.as_ref().map(|contract| contract.start);
    for (field, day) in [("by", Some(by)), ("met", met)] {
        if let (Some(start), Some(day)) = (start, day)
            && day > start
        {
            let (day, start) = (show_date(day), show_date(start));
            let met = field == "met";
            let (name, span) = (head.name.clone(), fields.span_of(field));
            cx.report::<()>(ConditionLate { name, span, day, start, met });
        }
    }
    let shown = fields.text(cx, "shown");
    Some(ConditionPrecedent {
        owner,
        by,
        met,
        evidence: shown.strip_prefix("by ").map(str::to_owned).unwrap_or(shown),
        failing: fields.text(cx, "failing"),
        head,
    })
}

fn day<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, field: &str) -> Option<Date> {
    let mut reader = fields.reader(field)?;
    let span = reader.span_here();
    let Some(day) = reader.date().filter(|_| reader.is_empty()) else { return fields.shape(cx, field) };
    date(cx, day, span)
}
