//! `obligation cost_statement "…" { council shall "give the cost statement"  due: …  shown: by "…" }`

use super::{due, refer};
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{MissingField, SecondDuty};
use jcm_model::{Def, Obligation, PartnerId};
use jcm_syntax::ast::{Declaration, Member, Name, Term, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Obligation> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let mut duty = None;
    for member in fields.others.clone() {
        match shall(member) {
            Some((name, action)) if duty.is_none() => duty = Some((refer::partner(cx, name), action)),
            Some(_) => cx.report::<()>(SecondDuty { span: member.span }).unwrap_or_default(),
            _ => fields.report_stray(cx, member),
        }
    }
    let Some((party, action)) = duty else {
        // A statement that could not be understood was meant to be it.
        if fields.is_broken() || fields.others.iter().any(|member| member.key.is_none()) {
            return None;
        }
        return cx.report(MissingField {
            field: "shall".to_owned(),
            kind: "obligation".to_owned(),
            name: head.name,
            span: fields.span,
            example: "council shall \"give the cost statement for the quarter\"".to_owned(),
        });
    };
    let party: PartnerId = party?;
    Some(Obligation {
        party,
        action,
        to: body(cx, &fields, "to"),
        due: fields.text(cx, "due"),
        deadline: due::of(cx, &fields, "due"),
        evidence: without_by(fields.text(cx, "shown")),
        failing: fields.text(cx, "failing"),
        head,
    })
}

/// `council shall "give …"`
fn shall(member: &Member) -> Option<(&Name, String)> {
    let [phrase] = member.value.as_slice() else { return None };
    let mut reader = Reader::new(phrase);
    let name = reader.name()?;
    let text = if reader.word(Word::Shall) { reader.text() } else { None };
    text.filter(|_| reader.is_empty() && member.key.is_none()).map(|text| (name, text.to_owned()))
}

fn without_by(text: String) -> String {
    text.strip_prefix("by ").map(str::to_owned).unwrap_or(text)
}

/// The title of the partner or board that a field names, or its words.
pub(super) fn body<'p>(cx: &Checker<'p>, fields: &Fields<'p>, field: &str) -> String {
    let Some(member) = fields.get(field) else { return String::new() };
    let name = member.value.first().and_then(|phrase| phrase.single()).and_then(Term::name);
    name.and_then(|name| body_title(cx, name)).unwrap_or_else(|| fields.text(cx, field))
}

/// The title of a partner, a board or a defined term.
pub(super) fn body_title(cx: &Checker<'_>, name: &Name) -> Option<String> {
    let symbol = cx.names.get(&name.text)?;
    match symbol.def? {
        Def::Partner(_) | Def::Board(_) | Def::Definition(_) => {
            symbol.declaration.title.as_ref().map(|title| title.text.clone())
        }
        _ => None,
    }
}
