//! `service reablement "Reablement at home" { by: community }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use jcm_model::Service;
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Service> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let providers = fields.names(cx, "by").into_iter().filter_map(|name| refer::partner(cx, name)).collect();
    let population = match fields.name(cx, "for") {
        Some(name) => Some(refer::population(cx, name)?),
        None => None,
    };
    let in_scope = match fields.name(cx, "scope").map(|name| name.text.as_str()) {
        Some("in") | None => true,
        Some("out") => false,
        Some(_) => return fields.shape(cx, "scope"),
    };
    let particulars = fields.particulars(cx, &["by", "for", "scope"]);
    Some(Service { head, providers, population, in_scope, particulars })
}
