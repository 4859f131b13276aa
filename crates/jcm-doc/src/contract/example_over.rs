//! A worked example over several periods: a column for each period.

use super::example::{align, origin_of};
use crate::ComputedExample;
use crate::document::{Align, Block, Compose, Table, Text, capitalised, said};
use crate::english::{Origin, Wording};
use jcm_model::{BalanceId, Constant, Def, Example, InputId, LineId, PartnerId, Ty};

/// What is given, worked out and paid, period by period.
pub(super) fn blocks(w: &Wording<'_>, example: &Example, computed: &ComputedExample) -> Vec<Block> {
    let periods: Vec<&ComputedExample> = std::iter::once(computed).chain(&computed.later).collect();
    let tables =
        [opening(w, example), given(w, example), lines(w, example, &periods), paid(w, example, &periods)];
    tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table).collect()
}

/// An empty table with a column for each period of the example.
fn table(w: &Wording<'_>, example: &Example, title: &str, what: &str) -> Table {
    let mut table = Table::new(title, &[(what, Align::Left)]);
    let last = example.period.saturating_add(example.later.len());
    for period in w.program.contract.periods.iter().take(last.saturating_add(1)).skip(example.period) {
        table.column(&period.label, Align::Right);
    }
    table
}

fn stated(example: &Example, def: Def) -> Origin {
    Origin::stated(def, example.head.span).explained("Given in the example".to_string())
}

fn opening(w: &Wording<'_>, example: &Example) -> Table {
    let heads = [("Balance", Align::Left), ("At the start", Align::Right)];
    let mut table = Table::new("What the first period begins with", &heads);
    for (id, value) in &example.opening {
        let Some(balance) = w.program.balance(*id) else { continue };
        let ty = Ty::Number(balance.unit.clone());
        let figure = w.constant(value, &ty, stated(example, Def::Balance(*id)));
        table.row(vec![capitalised(balance_name(w, *id)), vec![figure]]);
    }
    table
}

fn balance_name(w: &Wording<'_>, id: BalanceId) -> Text {
    w.name(Def::Balance(id)).text
}

fn given(w: &Wording<'_>, example: &Example) -> Table {
    let mut table = table(w, example, "What is given", "Given");
    let inputs = once_each(example.periods().flat_map(|period| period.given.iter().map(|(id, _)| *id)));
    for id in inputs {
        let Some(input) = w.program.input(id) else { continue };
        let cell = |given: &[(InputId, Constant)]| {
            let value = given.iter().find(|(known, _)| *known == id).map(|(_, value)| value);
            value.map_or_else(Text::new, |value| {
                vec![w.constant(value, &input.ty, stated(example, Def::Input(id)))]
            })
        };
        let name = capitalised(w.name(Def::Input(id)).text);
        let cells = example.periods().map(|period| cell(period.given));
        table.row(std::iter::once(name).chain(cells).collect());
    }
    table
}

fn lines(w: &Wording<'_>, example: &Example, periods: &[&ComputedExample]) -> Table {
    let mut table = table(w, example, "Lines", "Line");
    let mut known: Vec<LineId> =
        once_each(periods.iter().flat_map(|period| period.lines.iter().map(|line| line.line)));
    known.sort_unstable();
    for id in known {
        let Some(line) = w.program.line(id) else { continue };
        if align(&line.ty) == Align::Left {
            continue;
        }
        let cell = |period: &&ComputedExample| {
            let result = period.lines.iter().find(|result| result.line == id);
            result.map_or_else(Text::new, |result| {
                let mut text = vec![w.constant(&result.value, &line.ty, origin_of(w, result))];
                if result.given && result.value != Constant::Missing {
                    text.say(", given");
                }
                text
            })
        };
        let name = w.link(Def::Line(id), &w.name_in_formula(Def::Line(id)));
        table.row(std::iter::once(name).chain(periods.iter().map(cell)).collect());
    }
    table
}

fn paid(w: &Wording<'_>, example: &Example, periods: &[&ComputedExample]) -> Table {
    let title = "Payments; a minus sign means that the partner pays";
    let mut table = table(w, example, title, "Partner");
    let money = Ty::Number(jcm_quantity::Unit::money(&w.program.contract.currency.code));
    let all = periods.iter().flat_map(|period| &period.payments);
    let payees: Vec<(jcm_model::FlowId, PartnerId)> =
        once_each(all.map(|payment| (payment.flow, payment.partner)));
    for (flow, partner) in payees {
        let Some(amount) = w.program.flow(flow).map(|flow| flow.amount) else { continue };
        let cell = |period: &&ComputedExample| {
            let found = period.payments.iter().find(|p| (p.flow, p.partner) == (flow, partner));
            found.map_or_else(Text::new, |payment| {
                let value = Constant::Number(payment.amount.clone());
                vec![w.constant(&value, &money, w.result_of(amount))]
            })
        };
        let mut name = capitalised(w.name(Def::Partner(partner)).text);
        name.say(", from ").add(said(&w.name_in_formula(Def::Line(amount))));
        table.row(std::iter::once(name).chain(periods.iter().map(cell)).collect());
    }
    table
}

/// Each once, in the order in which it first comes.
fn once_each<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}
