//! L0130: a role, sector or law that contracts do not usually have, which criteria and powers may ask for by another name.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Head, usual};
use jcm_quantity::Exact;
use jcm_source::Span;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let program = view.program;
    let law = unusual(view, &program.contract.head, "law", &program.contract.law, usual::LAWS);
    let partners = program.partners.iter().flat_map(|partner| {
        let roles =
            partner.roles.iter().filter_map(|role| unusual(view, &partner.head, "role", role, usual::ROLES));
        let sector = unusual(view, &partner.head, "sector", &partner.sector, usual::SECTORS);
        roles.chain(sector).collect::<Vec<_>>()
    });
    law.into_iter().chain(partners).collect()
}

fn unusual(view: &View<'_>, head: &Head, field: &str, word: &str, usual: &[&str]) -> Option<Diagnostic> {
    let written = word.trim().replace(' ', "_");
    if written.is_empty() || usual.contains(&written.to_lowercase().as_str()) {
        return None;
    }
    let all: Vec<String> = usual.iter().map(|word| format!("`{word}`")).collect();
    let found = finding(
        format!("`{written}` is not a usual word for `{field}`"),
        place(view, head, field, &written).unwrap_or(head.name_span),
        "criteria and powers may ask for another word",
    );
    Some(found.help(format!("Usual are {}", all.join(", "))))
}

/// Where the word stands behind its field in the declaration.
fn place(view: &View<'_>, head: &Head, field: &str, word: &str) -> Option<Span> {
    let text = view.sources.text_of(head.span);
    let from = text.find(&format!("{field}:"))? + field.len() + 1;
    let at = from + text.get(from..)?.find(word)?;
    let start = head.span.start.checked_add(u32::try_from(at).ok()?)?;
    Some(Span::new(head.span.file, start, start.checked_add(u32::try_from(word.len()).ok()?)?))
}
