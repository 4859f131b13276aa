//! Schedule 6: what each partner must do, and the dates that follow from the contract.

use crate::document::Block;
use crate::english::Wording;

/// The schedule, if there is an obligation or a date.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let mut parts: Vec<Block> = super::duties::part(w, 0).into_iter().collect();
    parts.extend(super::dates::part(w, parts.len()));
    (!parts.is_empty()).then(|| super::schedule(6, "Reporting and obligations", parts))
}
