//! An incentive: what it needs to know, how it is worked out, who is paid, worked examples.

use super::{calculation, due, flow};
use crate::Computed;
use crate::contract::{documentation, example, figures, item, other_particulars, particular, particulars};
use crate::document::{Align, Block, Inline, Table, said};
use crate::english::{Wording, inside, tidy};
use jcm_model::{Def, ExprKind, Incentive, IncentiveId, InputOwner, LineOwner, ParameterId};

pub(super) fn blocks(
    w: &Wording<'_>,
    id: IncentiveId,
    incentive: &Incentive,
    computed: &Computed,
) -> Vec<Block> {
    let def = Def::Incentive(id);
    let anchor = w.anchor(def);
    let mut blocks = documentation(&incentive.head.doc);
    let mut table = particulars("Particulars of the incentive");
    particular(&mut table, "Statutory power", w.power(def, &incentive.under));
    particular(&mut table, "Worked out for each", said(&tidy(&incentive.each)));
    other_particulars(w, &mut table, &incentive.particulars);
    due::rows(w, &mut table, incentive.deadline.as_ref(), None);
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    let mut needs: Vec<Block> =
        calculation::inputs(w, &incentive.inputs, &w.row_noun_of(id)).into_iter().collect();
    needs.extend(crate::contract::doubt::of_inputs(w, &incentive.inputs));
    needs.extend(elsewhere(w, incentive));
    needs.extend(parameters(w, incentive));
    let waterfall = crate::diagrams::waterfall_by_page(w, id, incentive).into_iter().map(Block::Picture);
    let lines = calculation::lines(w, &incentive.lines)
        .into_iter()
        .chain(calculation::cases(w, &incentive.lines))
        .chain(calculation::limits(w, &incentive.lines))
        .chain(waterfall);
    let balances = calculation::balances(w, id);
    let paid = incentive.flows.iter().flat_map(|id| flow::blocks(w, *id));
    let examples = example::blocks(w, computed, |of| of == def);
    let parts = [
        ("What must be known", "known", needs),
        ("Calculation", "calculation", lines.collect()),
        ("What is carried forward", "balances", balances),
        ("Who is paid", "paid", paid.collect()),
        ("Worked examples", "examples", examples),
    ];
    let parts = parts.into_iter().filter(|(.., blocks)| !blocks.is_empty());
    blocks.extend(parts.map(|(title, suffix, blocks)| item(title, &format!("{anchor}-{suffix}"), blocks)));
    blocks
}

/// The figures that the lines use, with their values, dates and sources, and where each stands.
fn parameters(w: &Wording<'_>, incentive: &Incentive) -> Option<Block> {
    let heads = [
        ("Figure", Align::Left),
        ("Value", Align::Left),
        ("Source", Align::Left),
        ("Where it stands", Align::Left),
    ];
    let mut table = Table::new("Figures that the lines use", &heads);
    let mut used: Vec<ParameterId> = Vec::new();
    for line in incentive.lines.iter().filter_map(|id| w.program.line(*id)) {
        inside(&line.expr, &mut |part| match part.kind {
            ExprKind::Parameter { parameter, .. } if !used.contains(&parameter) => used.push(parameter),
            _ => {}
        });
    }
    for id in used {
        let Some(parameter) = w.program.parameter(id) else { continue };
        let value = match parameter.keys.is_empty() && parameter.columns.len() == 1 {
            true => figures::dated_values(w, id),
            false => said("as its table says"),
        };
        let def = Def::Parameter(id);
        let stands = w.link(def, w.places.address(def));
        // Of a table with several columns the title says more than the first of them.
        let name = if parameter.columns.len() == 1 { w.figure_name(id, 0) } else { w.title(def).to_string() };
        table.row(vec![said(&name), value, said(&tidy(&parameter.source)), stands]);
    }
    table.drop_empty_columns();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Where the scores and measures that the lines use are set out.
fn elsewhere(w: &Wording<'_>, incentive: &Incentive) -> Option<Block> {
    let mut used: Vec<Def> = Vec::new();
    let mut note = |def: Def| {
        if !used.contains(&def) {
            used.push(def);
        }
    };
    for line in incentive.lines.iter().filter_map(|id| w.program.line(*id)) {
        inside(&line.expr, &mut |part| match part.kind {
            ExprKind::Line(id) => match w.program.line(id).map(|line| line.owner) {
                Some(LineOwner::Score(score)) => note(Def::Score(score)),
                Some(LineOwner::Pool(pool)) => note(Def::Pool(pool)),
                Some(LineOwner::Measure(measure)) => note(Def::Measure(measure)),
                _ => {}
            },
            ExprKind::Input(id) => {
                if let Some(InputOwner::Measure(measure)) = w.program.input(id).map(|input| input.owner) {
                    note(Def::Measure(measure));
                }
            }
            _ => {}
        });
    }
    if used.is_empty() {
        return None;
    }
    let mut text = vec![Inline::Text("The lines also use ".to_string())];
    let names = used.into_iter().map(|def| w.reference(def, "use "));
    text.extend(crate::document::joined(names.collect(), " and "));
    text.push(Inline::Text(".".to_string()));
    Some(Block::Paragraph(text))
}
