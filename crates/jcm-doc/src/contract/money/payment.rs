//! A regular payment: what it pays for, how it is worked out, who pays whom.

use super::{calculation, due, flow};
use crate::Computed;
use crate::contract::{documentation, example, figures, item, other_particulars, particular, particulars};
use crate::document::{Block, capitalised, joined, said};
use crate::english::Wording;
use crate::places::{home, with_ids};
use jcm_model::{Def, InputId, InputOwner, ParameterId, Payment, PaymentForm, PaymentId};

pub(super) fn blocks(w: &Wording<'_>, id: PaymentId, payment: &Payment, computed: &Computed) -> Vec<Block> {
    let def = Def::Payment(id);
    let mut blocks = documentation(&payment.head.doc);
    let mut table = particulars("Particulars of the payment");
    particular(&mut table, "Form", said(form(payment.form)));
    let services = payment.services.iter().map(|id| w.link(Def::Service(*id), w.title(Def::Service(*id))));
    particular(&mut table, "Pays for", joined(services.collect(), " and "));
    let payees = payment.payees.iter().map(|id| w.name(Def::Partner(*id)).text);
    particular(&mut table, "Paid to", capitalised(joined(payees.collect(), " and ")));
    other_particulars(w, &mut table, &payment.particulars);
    due::rows(w, &mut table, payment.deadline.as_ref(), payment.instalments);
    blocks.push(Block::Table(table));
    let own = |(id, _): (ParameterId, _)| (home(w.program, id) == Some(def)).then_some(id);
    let own: Vec<ParameterId> = with_ids(&w.program.parameters, ParameterId).filter_map(own).collect();
    blocks.extend(figures::figures(w, "Figures of the payment", &own));
    let asks =
        |(input, of): (InputId, &jcm_model::Input)| (of.owner == InputOwner::Payment(id)).then_some(input);
    let inputs: Vec<InputId> = with_ids(&w.program.inputs, InputId).filter_map(asks).collect();
    blocks.extend(calculation::inputs(w, &inputs, "row"));
    blocks.extend(calculation::lines(w, &payment.lines));
    blocks.extend(calculation::limits(w, &payment.lines));
    blocks.extend(payment.flow.into_iter().flat_map(|id| flow::blocks(w, id)));
    let examples = example::blocks(w, computed, |of| of == def);
    if !examples.is_empty() {
        blocks.push(item("Worked examples", &format!("{}-examples", w.anchor(def)), examples));
    }
    blocks
}

fn form(form: PaymentForm) -> &'static str {
    match form {
        PaymentForm::Block => "Block: a fixed sum, whatever the volume",
        PaymentForm::Capitation => "Capitation: a sum for each person",
        PaymentForm::Activity => "Activity: a price for each unit of activity",
        PaymentForm::CostPlus => "Cost plus: actual cost and a margin",
        PaymentForm::Pooled => "Pooled: a share of a pooled fund",
        PaymentForm::Outcome => "Outcome: paid by an incentive only",
    }
}
