//! What figures in doubt mean, where the contract says it: of a measure, of an input, of the whole contract.

use super::paragraph;
use crate::document::{Block, Compose, Text, said};
use crate::english::{Wording, disputed_rule, late_rule};
use jcm_model::{Doubt, InputId, Ty};

/// When each rule applies, and what it says.
pub(super) fn rules(w: &Wording<'_>, doubt: &Doubt, ty: &Ty) -> Vec<(&'static str, Text)> {
    let disputed = doubt.disputed.or(w.program.contract.disputed);
    let all = [
        disputed.map(|rule| ("disputed", said(disputed_rule(rule)))),
        doubt.late.map(|late| ("late", said(&late_rule(late)))),
        doubt.suppressed.as_ref().map(|rule| ("suppressed because it is small", w.suppressed_rule(rule, ty))),
    ];
    all.into_iter().flatten().collect()
}

/// What the inputs of a calculation say for themselves, a sentence for each rule.
pub(super) fn of_inputs(w: &Wording<'_>, ids: &[InputId]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for input in ids.iter().filter_map(|id| w.program.input(*id)) {
        if input.doubt == Doubt::default() {
            continue;
        }
        for (when, rule) in rules(w, &input.doubt, &input.ty) {
            let mut text = said(&format!("If “{}” is {when}: ", input.head.title));
            text.add(rule).say(".");
            blocks.push(Block::Paragraph(text));
        }
    }
    blocks
}

/// What holds where an input says nothing for itself.
pub(super) fn of_contract(w: &Wording<'_>) -> Option<Block> {
    let rule = w.program.contract.disputed?;
    Some(paragraph(&format!("Where two figures are given for one: {}.", disputed_rule(rule))))
}
