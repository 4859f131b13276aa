//! Figures, pools, tables, scores, incentives and payments.

use super::{Thing, ids, number, outcomes, reach, titles};
use crate::figures::{days, figure};
use crate::spelling;
use jcm_model::{
    Balance, BalanceKind, Choice, Def, End, Excess, Flow, FlowId, Incentive, IncentiveId, Input, InputOwner,
    LineOwner, Parameter, ParameterOwner, ParameterRow, Payment, PaymentForm, PaymentId, Pool, PoolId,
    Program, Residue, Score, ScoreId, Table, TableKind, TableRow, Ty, WeightRule,
};
use jcm_quantity::{Exact, Unit, show, show_date};

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> = program.choices.iter().map(choice).collect();
    things.extend(program.parameters.iter().filter_map(|of| parameter(program, of)));
    things.extend(ids(&program.pools, PoolId).map(|(id, of)| pool(program, id, of)));
    things.extend(program.tables.iter().map(table));
    things.extend(ids(&program.scores, ScoreId).map(|(id, of)| score(program, id, of)));
    things.extend(ids(&program.incentives, IncentiveId).map(|(id, of)| incentive(program, id, of)));
    things.extend(ids(&program.payments, PaymentId).map(|(id, of)| payment(program, id, of)));
    things
}

fn choice(choice: &Choice) -> Thing<'_> {
    Thing::of("choice", &choice.head).each(&choice.members, |thing, (name, title)| {
        thing.fact(&format!("choice {name}"), if title.is_empty() { name } else { title })
    })
}

/// A declared figure; what others bring is told with them.
fn parameter<'a>(program: &'a Program, parameter: &'a Parameter) -> Option<Thing<'a>> {
    let thing = Thing::of("parameter", &parameter.head);
    let mut thing = match &parameter.owner {
        ParameterOwner::Declared => thing.called("parameter"),
        ParameterOwner::Knob { from, to } => {
            let unit = parameter.columns.first().and_then(|(_, ty)| ty.unit());
            let unit = unit.cloned().unwrap_or_else(Unit::none);
            thing.called("knob").exactly(
                "a locality may set it",
                format!("from {} to {}", show(from, &unit), show(to, &unit)),
                format!("{} {}", from.text(), to.text()),
            )
        }
        _ => return None,
    };
    let typed = |list: &[(String, Ty)], words: fn(&Program, &Ty) -> String| {
        let of = |(name, ty): &(String, Ty)| format!("{} {}", name.replace('_', " "), words(program, ty));
        list.iter().map(of).collect::<Vec<_>>().join(", ").trim().to_owned()
    };
    thing =
        thing.exactly("unit", typed(&parameter.columns, unit_words), typed(&parameter.columns, spelling::ty));
    thing = thing.exactly("keys", typed(&parameter.keys, unit_words), typed(&parameter.keys, spelling::ty));
    thing = thing.fact("source", &parameter.source);
    thing.figures.push(parameter);
    Some(thing)
}

fn unit_words(program: &Program, ty: &Ty) -> String {
    match ty {
        Ty::Number(unit) => unit.describe(),
        Ty::Choice(id) => format!("one of “{}”", program.title(Def::Choice(*id))),
        Ty::Truth => "yes or no".to_owned(),
        Ty::Text => "text".to_owned(),
        Ty::Date => "date".to_owned(),
    }
}

fn pool<'a>(program: &'a Program, id: PoolId, pool: &'a Pool) -> Thing<'a> {
    let uplift = pool.uplift.as_ref().map_or_else(String::new, |(rate, from)| {
        format!("{} a year from {}", show(rate, &Unit::percent()), show_date(*from))
    });
    Thing::of("pool", &pool.head)
        .fact("under", &pool.under)
        .named("host", program, [Def::Partner(pool.host)])
        .fact("uplift", &uplift)
        .particulars(&pool.particulars)
        .figures_of(program, &ParameterOwner::Pool(id))
        .lines_of(program, LineOwner::Pool(id))
}

fn table(table: &Table) -> Thing<'_> {
    let kind = match table.kind {
        TableKind::Scale => "scale",
        TableKind::Bands => "bands",
    };
    Thing::of("table", &table.head)
        .called(kind)
        .exactly("unit looked up", table.of.describe(), format!("{:?}", table.of))
        .exactly("unit of the result", table.gives.describe(), format!("{:?}", table.gives))
        .fact("source", &table.source)
        .each(&table.rows, |thing, row| {
            let from = show(&row.from, &table.gives);
            let (text, exact) = match &row.to {
                None => (from, row.from.text()),
                Some(to) => (
                    format!("rising or falling evenly from {from} to {}", show(to, &table.gives)),
                    format!("{} to {}", row.from.text(), to.text()),
                ),
            };
            thing.exactly(&range(row, &table.of), text, exact)
        })
}

/// Where a row of a table holds: `from 80% to below 100%`.
fn range(row: &TableRow, unit: &Unit) -> String {
    let below = |end: &End| {
        let word = if end.included { "to" } else { "to below" };
        format!("{word} {}", show(&end.value, unit))
    };
    let above = |end: &End| {
        let word = if end.included { "from" } else { "from above" };
        format!("{word} {}", show(&end.value, unit))
    };
    match (&row.lower, &row.upper) {
        (None, None) => "any value".to_owned(),
        (Some(lower), None) => format!("{} on", above(lower)),
        (None, Some(upper)) => {
            let word = if upper.included { "up to" } else { "below" };
            format!("{word} {}", show(&upper.value, unit))
        }
        (Some(lower), Some(upper)) => format!("{} {}", above(lower), below(upper)),
    }
}

fn score<'a>(program: &'a Program, id: ScoreId, score: &'a Score) -> Thing<'a> {
    let missing = match score.missing {
        WeightRule::Reweight => "the other weights are scaled up",
        WeightRule::Zero => "it counts as zero",
        WeightRule::Missing => "there is no score",
    };
    Thing::of("score", &score.head)
        .each(&score.parts, |thing, (weight, line)| {
            let def = Def::Line(*line);
            let (key, label) = (program.name(def), format!("weight of {}", program.title(def)));
            thing.about(key, &label, number(weight, &Unit::percent()))
        })
        .fact("where a part is missing", missing)
        .lines_of(program, LineOwner::Score(id))
}

/// The balances that an incentive declares; sums to date are said with the lines that use them.
fn balances_of(program: &Program, owner: IncentiveId) -> impl Iterator<Item = &Balance> {
    let declared = |balance: &&Balance| matches!(balance.kind, BalanceKind::Declared { .. });
    program.balances.iter().filter(move |balance| balance.owner == owner).filter(declared)
}

fn opening(balance: &Balance) -> (String, String) {
    number(&balance.opening, &balance.unit)
}

fn left(balance: &Balance) -> &'static str {
    match balance.kind {
        BalanceKind::Declared { written_off: true, .. } => "written off",
        BalanceKind::Declared { remainder: Some(_), .. } => "paid",
        _ => "lapses",
    }
}

fn incentive<'a>(program: &'a Program, id: IncentiveId, incentive: &'a Incentive) -> Thing<'a> {
    Thing::of("incentive", &incentive.head)
        .fact("under", &incentive.under)
        .fact("rows are called", &incentive.each)
        .inputs_of(program, InputOwner::Incentive(id))
        .lines_of(program, LineOwner::Incentive(id))
        .each(balances_of(program, id), |thing, balance| {
            let what = balance.head.title.as_str();
            thing
                .about(&balance.head.name, &format!("{what}, opens with"), opening(balance))
                .fact(&format!("{what}, opens"), if balance.every_year { "every year" } else { "once" })
                .named(&format!("{what}, closes with"), program, [Def::Line(balance.closing)])
                .fact(&format!("{what}, what is left"), left(balance))
        })
        .flows(program, &incentive.flows)
        .particulars(&incentive.particulars)
}

fn payment<'a>(program: &'a Program, id: PaymentId, payment: &'a Payment) -> Thing<'a> {
    let form = match payment.form {
        PaymentForm::Block => "block",
        PaymentForm::Capitation => "capitation",
        PaymentForm::Activity => "activity",
        PaymentForm::CostPlus => "cost plus",
        PaymentForm::Pooled => "pooled",
        PaymentForm::Outcome => "outcome",
    };
    let flows: Vec<FlowId> = payment.flow.into_iter().collect();
    // A price or an amount is told once, as the figure that it is.
    let own = program.parameters.iter().filter(|figure| figure.owner == ParameterOwner::Payment(id));
    let figures: Vec<&str> = own.filter_map(|figure| figure.head.name.rsplit('.').next()).collect();
    let others = payment.particulars.iter().filter(|(field, _)| !figures.contains(&field.as_str()));
    let others: Vec<(String, String)> = others.cloned().collect();
    Thing::of("payment", &payment.head)
        .fact("form", form)
        .named("for", program, payment.services.iter().map(|id| Def::Service(*id)))
        .named("paid to", program, payment.payees.iter().map(|id| Def::Partner(*id)))
        .inputs_of(program, InputOwner::Payment(id))
        .figures_of(program, &ParameterOwner::Payment(id))
        .lines_of(program, LineOwner::Payment(id))
        .flows(program, &flows)
        .particulars(&others)
}

impl<'a> Thing<'a> {
    /// What it asks for.
    fn inputs_of(self, program: &'a Program, owner: InputOwner) -> Self {
        let prefix = format!("{}.", self.name);
        let inputs = program.inputs.iter().filter(|input| input.owner == owner);
        self.each(inputs, |thing, input: &Input| {
            let name = input.head.name.strip_prefix(&prefix).unwrap_or(&input.head.name);
            let mut text = format!("{}: {}", input.head.title, unit_words(program, &input.ty));
            if input.per_row {
                text.push_str(", for each row");
            }
            if !input.source.is_empty() {
                text.push_str(&format!("; from {}", input.source));
            }
            let missing = outcomes::missing(program, &input.missing, &input.ty);
            text.push_str(&format!("; where it is missing, {missing}"));
            text.push_str(&outcomes::doubt(program, &input.doubt, &input.ty));
            let exact = format!("{text} {}", spelling::ty(program, &input.ty));
            thing.exactly(&format!("input {name}"), text, exact)
        })
    }

    /// Who pays whom how much of what.
    pub(super) fn flows(mut self, program: &'a Program, flows: &[FlowId]) -> Self {
        let several = flows.len() > 1;
        for flow in flows.iter().filter_map(|id| program.flow(*id)) {
            reach::add(&mut self.concerns, &reach::ends(program, flow));
        }
        self.each(flows.iter().filter_map(|id| program.flow(*id)), |thing, flow| {
            let amount = Def::Line(flow.amount);
            let label = |what: &str| {
                if several {
                    format!("payment of {}: {what}", program.title(amount))
                } else {
                    what.to_owned()
                }
            };
            let told = |thing: Self, what: &str, told| {
                thing.about(&format!("{} {what}", program.name(amount)), &label(what), told)
            };
            let named = |thing: Self, what: &str, defs: Vec<Def>| told(thing, what, titles(program, &defs));
            let thing = named(thing, "what is paid", vec![amount]);
            let thing = named(thing, "payer", vec![Def::Partner(flow.payer)]);
            let thing = named(thing, "paid from", flow.pool.map(Def::Pool).into_iter().collect());
            let thing = thing.each(flow.first.iter().zip(1u32..), |thing, (tranche, place)| {
                let partner = Def::Partner(tranche.partner);
                let (text, exact) = number(&tranche.up_to, &Unit::money(&program.contract.currency.code));
                let text = format!("{} up to {text}", program.title(partner));
                let exact = format!("{} {exact}", program.name(partner));
                told(thing, &format!("payee number {place}"), (text, exact))
            });
            let thing = thing.each(&flow.shares, |thing, share| {
                let partner = Def::Partner(share.partner);
                let of = |thing: Self, what: &str, told| {
                    let key = format!("{} {what} {}", program.name(amount), program.name(partner));
                    thing.about(&key, &label(&format!("{what} of {}", program.title(partner))), told)
                };
                let money = Unit::money(&program.contract.currency.code);
                let limit = |limit: &Option<Exact>| limit.as_ref().map(|limit| number(limit, &money));
                let thing = of(thing, "share", number(&share.share, &Unit::percent()));
                let thing = of(thing, "greatest loss", limit(&share.losing_at_most).unwrap_or_default());
                of(thing, "greatest gain", limit(&share.gaining_at_most).unwrap_or_default())
            });
            let thing = named(thing, "payees in order", in_order(flow)).only_order(&label("payees in order"));
            let thing = told(thing, "what rounding leaves over goes", residue(program, flow));
            told(thing, "what a limit cuts off is borne by", excess(program, flow))
        })
    }
}

/// The payees, where their order can decide who gets the last penny.
fn in_order(flow: &Flow) -> Vec<Def> {
    match flow.residue {
        Residue::LargestRemainder if flow.shares.len() > 1 => {
            flow.shares.iter().map(|share| Def::Partner(share.partner)).collect()
        }
        _ => Vec::new(),
    }
}

/// In words and by name.
fn residue(program: &Program, flow: &Flow) -> (String, String) {
    match flow.residue {
        Residue::LargestRemainder => {
            let words = "to the shares of which most was cut".to_owned();
            (words.clone(), words)
        }
        Residue::To(id) => {
            (format!("to {}", program.title(Def::Partner(id))), program.name(Def::Partner(id)).to_owned())
        }
    }
}

/// In words and by name; empty without a limit.
fn excess(program: &Program, flow: &Flow) -> (String, String) {
    match flow.excess {
        None => Default::default(),
        Some(Excess::Others) => ("the others".to_owned(), "others".to_owned()),
        Some(Excess::Payer) => ("the payer".to_owned(), "payer".to_owned()),
        Some(Excess::To(id)) => {
            (program.title(Def::Partner(id)).to_owned(), format!("to {}", program.name(Def::Partner(id))))
        }
    }
}

/// The figures of a list of rows in words, and exactly; rows that follow on each other with the same figures are one.
pub(super) fn rows(program: &Program, parameter: &Parameter, rows: &[ParameterRow]) -> (String, String) {
    let mut merged: Vec<ParameterRow> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(last) if last.until.is_some() && last.until == row.from && last.values == row.values => {
                last.until = row.until;
            }
            _ => merged.push(row.clone()),
        }
    }
    let (mut words, mut exact) = (Vec::new(), Vec::new());
    for row in &merged {
        let values = row.values.iter().zip(&parameter.columns);
        let values: Vec<String> = values.map(|(value, (_, ty))| figure(program, value, ty)).collect();
        let days = days(&program.contract, row.from, row.until).unwrap_or_default();
        words.push(format!("{} {days}", values.join(", ")).trim_end().to_owned());
        let values: Vec<String> = row.values.iter().map(spelling::constant).collect();
        exact.push(format!("{} {days}", values.join(" ")));
    }
    (words.join("; "), exact.join("; "))
}
