//! A dataset gives every input that is needed to settle.

use crate::checker::Checker;
use crate::problems::InputUnbound;
use jcm_model::{Dataset, InputId, Missing};

/// Holds a dataset to give every input that cannot be missing.
pub(crate) fn check_dataset(cx: &mut Checker<'_>, dataset: &Dataset) {
    let inputs: Vec<_> = (0u32..)
        .map(InputId)
        .zip(&cx.parts.inputs)
        .filter_map(|(id, input)| Some((id, input.as_deref()?)))
        .filter(|(id, input)| {
            input.missing == Missing::Refuse && dataset.columns.iter().all(|column| column.input != *id)
        })
        .map(|(_, input)| (input.head.name_span, input.head.name.clone()))
        .collect();
    if !inputs.is_empty() {
        let problem =
            InputUnbound { dataset: dataset.head.name.clone(), span: dataset.head.name_span, inputs };
        cx.report::<()>(problem);
    }
}
