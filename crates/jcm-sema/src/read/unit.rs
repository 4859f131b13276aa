//! `unit bed_days "bed-days" { one: bed_day }`

use crate::checker::Checker;
use crate::fields::Fields;
use jcm_syntax::ast::Declaration;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) {
    let Some(name) = &declaration.name else { return };
    let Some(fields) = Fields::of(cx, declaration, None) else { return };
    cx.units.add(&name.text, &name.text);
    for field in ["one", "also"] {
        for word in fields.names(cx, field) {
            cx.units.add(&word.text, &name.text);
        }
    }
}
