//! `outcome at_home "…" { statement: "…", owners: acute, council }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::OneOwner;
use jcm_model::Outcome;
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Outcome> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let names = fields.names(cx, "owners");
    let mut owners = Vec::new();
    for name in &names {
        let partner = refer::partner(cx, name);
        if partner.is_some_and(|partner| owners.contains(&partner)) {
            continue;
        }
        owners.extend(partner);
    }
    let distinct: std::collections::BTreeSet<&str> = names.iter().map(|name| name.text.as_str()).collect();
    if distinct.len() < 2 && fields.get("owners").is_some() && !names.is_empty() {
        let owner = names.first().map_or_else(|| "nobody".to_owned(), |name| format!("`{}`", name.text));
        cx.report::<()>(OneOwner { outcome: head.name.clone(), span: fields.span_of("owners"), owner });
    }
    let population = match fields.name(cx, "for") {
        Some(name) => Some(refer::population(cx, name)?),
        None => None,
    };
    Some(Outcome { head, statement: fields.text(cx, "statement"), population, owners })
}
