//! L0130: a role, sector or law that contracts do not usually have, which criteria and powers may ask for by another name.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_quantity::Exact;

/// The fields by whose words criteria and powers ask.
const ASKED: &[&str] = &["law", "role", "sector"];

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let asked = view.program.unusual.iter().filter(|unusual| ASKED.contains(&unusual.field));
    let told = asked.map(|unusual| {
        let all: Vec<String> = unusual.usual.iter().map(|word| format!("`{word}`")).collect();
        let message = format!("`{}` is not a usual word for `{}`", unusual.word, unusual.field);
        let found = finding(message, unusual.span, "criteria and powers may ask for another word");
        found.help(format!("Usual are {}", all.join(", ")))
    });
    told.collect()
}
