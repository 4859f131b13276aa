//! Worked examples: what is given, each line as it was computed, what each partner receives.

use super::{documentation, example_over, item, paragraph};
use crate::document::{Align, Block, Compose, Table, Text, capitalised, said};
use crate::english::{Origin, Wording, plural_of, tidy};
use crate::places::Places;
use crate::{Computed, ComputedExample, ComputedLine};
use jcm_model::{Constant, Def, Example, InputId, LineId, Ty};

/// The examples of what `of` accepts, in the order of the source.
pub(super) fn blocks(w: &Wording<'_>, computed: &Computed, of: impl Fn(Def) -> bool) -> Vec<Block> {
    let none = ComputedExample::default();
    let all = w.program.examples.iter().enumerate();
    let own = all.filter(|(_, example)| of(example.of));
    own.map(|(place, example)| one(w, place, example, computed.examples.get(place).unwrap_or(&none)))
        .collect()
}

fn one(w: &Wording<'_>, place: usize, example: &Example, computed: &ComputedExample) -> Block {
    let mut blocks = documentation(&example.head.doc);
    blocks.extend(periods(w, example).map(|words| paragraph(&words)));
    if example.later.is_empty() {
        blocks.extend(of_one_period(w, example, computed));
    } else {
        blocks.extend(example_over::blocks(w, example, computed));
    }
    if let Some(reason) = &computed.stopped {
        blocks.push(paragraph(&format!("The example cannot be worked out to the end: {reason}")));
    }
    if !example.source.is_empty() {
        blocks.push(paragraph(&format!("Source: {}", tidy(&example.source))));
    }
    let first = w.program.examples.iter().position(|other| other.head.name == example.head.name);
    let mut anchor = Places::extra("example", &example.head.name);
    if first != Some(place) {
        anchor.push_str(&format!("~{}", place + 1));
    }
    let title = if example.head.title.is_empty() { "Worked example" } else { &example.head.title };
    item(title, &anchor, blocks)
}

/// Which period is settled, or which ones, one after the other.
fn periods(w: &Wording<'_>, example: &Example) -> Option<String> {
    let period = |place: usize| w.program.contract.periods.get(place);
    let first = period(example.period)?;
    if example.later.is_empty() {
        return Some(format!("The period settled is {} ({}).", first.label, first.describe()));
    }
    let last = period(example.period.saturating_add(example.later.len()))?;
    Some(format!("The periods from {} to {} are settled one after the other.", first.label, last.label))
}

fn of_one_period(w: &Wording<'_>, example: &Example, computed: &ComputedExample) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(given(w, example));
    let noun = row_noun(w, example);
    let rows_title = format!("What is given of the {}", plural_of(&noun));
    blocks.extend(given_table(w, example, &rows_title, "Row", &example.rows));
    blocks.extend(given_table(w, example, "What is given of the other cases", "Case", &example.others));
    blocks.extend(lines(w, example, computed));
    blocks.extend(lines_of_rows(w, example, computed));
    blocks.extend(payments(w, computed));
    blocks
}

/// What is given of the case.
fn given(w: &Wording<'_>, example: &Example) -> Option<Block> {
    let mut table = Table::new("What is given", &[("Given", Align::Left), ("Figure", Align::Right)]);
    let origin =
        |def: Def| Origin::stated(def, example.head.span).explained("Given in the example".to_string());
    for (id, value) in &example.given {
        let Some(input) = w.program.input(*id) else { continue };
        let figure = w.constant(value, &input.ty, origin(Def::Input(*id)));
        table.row(vec![capitalised(w.name(Def::Input(*id)).text), vec![figure]]);
    }
    for (id, value) in &example.opening {
        let Some(balance) = w.program.balance(*id) else { continue };
        let ty = Ty::Number(balance.unit.clone());
        let figure = w.constant(value, &ty, origin(Def::Balance(*id)));
        let mut name = capitalised(w.name(Def::Balance(*id)).text);
        name.say(" brought forward");
        table.row(vec![name, vec![figure]]);
    }
    for (id, value) in &example.given_lines {
        let Some(line) = w.program.line(*id) else { continue };
        let figure = w.constant(value, &line.ty, origin(Def::Line(*id)));
        table.row(vec![capitalised(w.name(Def::Line(*id)).text), vec![figure]]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// What is given of each row, or of each other case.
fn given_table(
    w: &Wording<'_>,
    example: &Example,
    title: &str,
    head: &str,
    rows: &[(String, Vec<(InputId, Constant)>)],
) -> Option<Block> {
    let mut inputs: Vec<InputId> =
        rows.iter().flat_map(|(_, given)| given.iter().map(|(id, _)| *id)).collect();
    inputs.sort_unstable();
    inputs.dedup();
    // Where a figure says the names of the rows, they stand under what it is called.
    let says_name = |id: &InputId| {
        rows.iter()
            .all(|(name, given)| given.iter().any(|(known, value)| known == id && is_text(value, name)))
    };
    let named = inputs.iter().copied().find(says_name);
    inputs.retain(|id| Some(*id) != named);
    let mut table = Table::new(title, &[]);
    let head = named.map_or_else(|| head.to_owned(), |id| w.name_in_formula(Def::Input(id)));
    table.column(&head, Align::Left);
    let known: Vec<(InputId, &Ty)> =
        inputs.iter().filter_map(|id| Some((*id, &w.program.input(*id)?.ty))).collect();
    for (id, ty) in &known {
        table.column(&w.name_in_formula(Def::Input(*id)), align(ty));
    }
    for (name, given) in rows {
        let cell = |(id, ty): &(InputId, &Ty)| {
            let value = given.iter().find(|(known, _)| known == id).map(|(_, value)| value);
            let origin = Origin::stated(Def::Input(*id), example.head.span);
            let origin = origin.explained("Given in the example".to_string());
            value.map_or_else(Text::new, |value| vec![w.constant(value, ty, origin)])
        };
        table.row(std::iter::once(said(&tidy(name))).chain(known.iter().map(cell)).collect());
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn is_text(value: &Constant, name: &str) -> bool {
    matches!(value, Constant::Text(text) if text == name)
}

/// The lines of the case, in the order in which they were worked out.
fn lines(w: &Wording<'_>, example: &Example, computed: &ComputedExample) -> Option<Block> {
    let heads =
        [("No.", Align::Left), ("Line", Align::Left), ("Figure", Align::Right), ("Note", Align::Left)];
    let mut table = Table::new("Each line, worked out", &heads);
    for result in computed.lines.iter().filter(|result| result.row.is_none()) {
        let Some(line) = w.program.line(result.line) else { continue };
        let number =
            Places::line_number(w.program, result.line).filter(|_| Def::from(line.owner) == example.of);
        let address = w.places.address(Def::Line(result.line));
        let number =
            number.map_or_else(|| address.trim_start_matches("Schedule ").to_string(), |n| n.to_string());
        let name = w.name_in_formula(Def::Line(result.line));
        let figure = w.constant(&result.value, &line.ty, origin_of(w, result));
        table.row(vec![
            w.link(Def::Line(result.line), &number),
            said(&name),
            vec![figure],
            note(w, result, &line.ty),
        ]);
    }
    table.drop_empty_columns();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// The lines of the rows: one row for each row of the case, one column for each line.
fn lines_of_rows(w: &Wording<'_>, example: &Example, computed: &ComputedExample) -> Option<Block> {
    let mut ids: Vec<LineId> = Vec::new();
    for result in computed.lines.iter().filter(|result| result.row.is_some()) {
        if !ids.contains(&result.line) {
            ids.push(result.line);
        }
    }
    let known: Vec<(LineId, &Ty)> =
        ids.iter().filter_map(|id| Some((*id, &w.program.line(*id)?.ty))).collect();
    if known.is_empty() {
        return None;
    }
    let noun = row_noun(w, example);
    let mut table = Table::new(&format!("Lines worked out for each {noun}"), &[]);
    table.column(&super::front::capital(&noun), Align::Left);
    for (id, ty) in &known {
        table.column(&w.name_in_formula(Def::Line(*id)), align(ty));
    }
    for (place, (name, _)) in example.rows.iter().enumerate() {
        let cell = |(id, ty): &(LineId, &Ty)| {
            let result = computed.lines.iter().find(|result| result.line == *id && result.row == Some(place));
            result.map_or_else(Text::new, |result| {
                let mut text = vec![w.constant(&result.value, ty, origin_of(w, result))];
                let note = note(w, result, ty);
                if !note.is_empty() {
                    text.say(", ").add(note);
                }
                text
            })
        };
        table.row(std::iter::once(said(&tidy(name))).chain(known.iter().map(cell)).collect());
    }
    Some(Block::Table(table))
}

fn payments(w: &Wording<'_>, computed: &ComputedExample) -> Option<Block> {
    let heads = [("Partner", Align::Left), ("Receives", Align::Right), ("From", Align::Left)];
    let mut table = Table::new("Payments; a minus sign means that the partner pays", &heads);
    let money = Ty::Number(jcm_quantity::Unit::money(&w.program.contract.currency.code));
    for payment in &computed.payments {
        let Some(flow) = w.program.flow(payment.flow) else { continue };
        let share = flow.shares.iter().find(|share| share.partner == payment.partner);
        let amount = w.name_in_formula(Def::Line(flow.amount));
        let explanation = match share {
            _ if !flow.first.is_empty() => format!("A part of {amount}, in the order of payment of the flow"),
            Some(share) => {
                let share = jcm_quantity::show(&share.share, &jcm_quantity::Unit::percent());
                format!("{share} × {amount}, within the limits and with the rounding of the flow")
            }
            None => amount.clone(),
        };
        let origin =
            Origin { line: Some(flow.amount), ..Origin::stated(Def::Line(flow.amount), flow.head.span) };
        let value = Constant::Number(payment.amount.clone());
        let figure = w.constant(&value, &money, origin.explained(explanation));
        let partner = capitalised(w.name(Def::Partner(payment.partner)).text);
        table.row(vec![partner, vec![figure], w.link(Def::Line(flow.amount), &amount)]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn note(w: &Wording<'_>, result: &ComputedLine, ty: &Ty) -> Text {
    let mut text = said(if result.given { "given" } else { "" });
    if let Some(before) = &result.before_rounding {
        text.say(if result.given { "; " } else { "" });
        let origin = w.result_of(result.line);
        text.add(vec![w.constant(before, ty, origin)]).say(" before rounding");
    }
    text.retain(|inline| !inline.text().is_empty());
    text
}

pub(super) fn origin_of(w: &Wording<'_>, result: &ComputedLine) -> Origin {
    let origin = w.result_of(result.line);
    if result.given { origin.explained("Given in the example".to_string()) } else { origin }
}

fn row_noun(w: &Wording<'_>, example: &Example) -> String {
    match example.of {
        Def::Incentive(id) => w.row_noun_of(id),
        _ => "row".to_string(),
    }
}

pub(super) fn align(ty: &Ty) -> Align {
    if ty.unit().is_some() { Align::Right } else { Align::Left }
}
