//! `choice track "Track" { basic_a "BASIC, level A" }`

use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::DuplicateName;
use jcm_model::Choice;
use jcm_syntax::ast::Declaration;
use jcm_syntax::expression::Reader;
use std::collections::BTreeMap;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Choice> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let mut members = Vec::new();
    let mut seen = BTreeMap::new();
    for member in &fields.others {
        for phrase in &member.value {
            let mut reader = Reader::new(phrase);
            let name = reader.name();
            let title = reader.text().map(str::to_owned);
            let Some(name) = name.filter(|_| reader.is_empty() && member.key.is_none()) else {
                fields.report_stray(cx, member);
                continue;
            };
            if let Some(first) = seen.insert(name.text.clone(), name.span) {
                cx.report::<()>(DuplicateName { name: name.text.clone(), span: name.span, first });
            }
            members.push((name.text.clone(), title.unwrap_or_else(|| name.text.replace('_', " "))));
        }
    }
    Some(Choice { head, members })
}
