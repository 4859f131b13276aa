//! `precedence: "Acts of Parliament", agreement, schedules, service_contract, "Policies of the partners"`

use super::refer;
use crate::checker::Checker;
use crate::fields::Fields;
use crate::problems::{DuplicateName, Shape};
use jcm_model::{Def, Ranked};
use jcm_source::Span;
use jcm_syntax::ast::Term;

/// What prevails, from the highest; nothing if the contract does not say. The agreement itself has its place in it.
pub(super) fn read<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Vec<Ranked>> {
    let Some(member) = fields.get("precedence") else { return Some(Vec::new()) };
    let mut order: Vec<(Ranked, Span)> = Vec::new();
    let mut failed = false;
    for phrase in &member.value {
        let Some(term) = phrase.single() else { return fields.shape(cx, "precedence") };
        match ranked(cx, fields, term) {
            Some(ranked) => {
                if let Some((_, first)) = order.iter().find(|(known, _)| *known == ranked) {
                    let name = cx.text(term.span).replace('"', "");
                    cx.report::<()>(DuplicateName { name, span: term.span, first: *first });
                    failed = true;
                }
                order.push((ranked, term.span));
            }
            None => failed = true,
        }
    }
    let placed = order.iter().any(|(ranked, _)| *ranked == Ranked::Agreement);
    if !placed && !failed {
        return cx.report(Shape {
            what: "`precedence`".to_owned(),
            span: fields.span_of("precedence"),
            expected: "every document in its order, with this `agreement` among them".to_owned(),
            example: "precedence: \"Acts of Parliament\", agreement, schedules".to_owned(),
        });
    }
    (!failed).then(|| order.into_iter().map(|(ranked, _)| ranked).collect())
}

fn ranked<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, term: &Term) -> Option<Ranked> {
    if let Some(text) = term.as_text() {
        return Some(Ranked::Other(text.trim().to_owned()));
    }
    let Some(name) = term.name() else { return fields.shape(cx, "precedence") };
    match name.text.as_str() {
        "agreement" => Some(Ranked::Agreement),
        "schedules" => Some(Ranked::Schedules),
        _ => refer::refer(cx, name, "document", |def| match def {
            Def::Subcontract(id) => Some(Ranked::Subcontract(id)),
            Def::Document(id) => Some(Ranked::Document(id)),
            _ => None,
        }),
    }
}
