//! `partner council "Stour Valley County Council" { role: commissioner }`

use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::{schema, usual};
use jcm_model::Partner;
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Partner> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let roles = fields.words(cx, "role");
    let per_case = match fields.name(cx, "one per") {
        Some(name) if name.text == "case" => true,
        Some(_) => return fields.shape(cx, "one per"),
        None => false,
    };
    let particulars = fields.particulars(cx, &["role", "sector", "one per"]);
    let form = schema::of(declaration.kind).and_then(|kind| kind.field("form"));
    let word = particulars.iter().find(|(field, _)| field == "form").map(|(_, word)| word.as_str());
    let form = form.zip(word).and_then(|(form, word)| usual::title(cx, form, word)).unwrap_or_default();
    Some(Partner { head, roles, sector: fields.text(cx, "sector"), per_case, particulars, form })
}
