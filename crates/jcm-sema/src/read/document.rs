//! `document service_contract "NHS Standard Contract" { dated: 2026-04-01  held: "with the commissioner" }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::units::date;
use jcm_model::{Def, OutsideDocument};
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(
    cx: &mut Checker<'p>,
    declaration: &'p Declaration,
    _id: u32,
) -> Option<OutsideDocument> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let mut reader = fields.reader("dated")?;
    let span = reader.span_here();
    let dated = match reader.date().filter(|_| reader.is_empty()) {
        Some(day) => date(cx, day, span),
        None => fields.shape(cx, "dated"),
    };
    let replaces = if fields.get("replaces").is_some() {
        fields.name(cx, "replaces").and_then(|name| older(cx, name)).map(Some)
    } else {
        Some(None)
    };
    Some(OutsideDocument {
        version: fields.text(cx, "version"),
        dated: dated?,
        held: fields.text(cx, "held"),
        replaces: replaces?,
        head,
    })
}

fn older(cx: &mut Checker<'_>, name: &jcm_syntax::ast::Name) -> Option<jcm_model::DocumentId> {
    refer::refer(cx, name, "document", |def| match def {
        Def::Document(id) => Some(id),
        _ => None,
    })
}
