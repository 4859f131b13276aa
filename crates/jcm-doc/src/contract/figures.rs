//! Figures of the contract: single figures with their dates and sources, and tables of figures in full.

use super::{documentation, item, paragraph};
use crate::document::{Align, Block, Compose, Inline, Table, Text, said};
use crate::english::{Origin, Wording, in_force, label, tidy};
use jcm_model::{Constant, Def, Parameter, ParameterId, ParameterOwner, ParameterRow, Ty};
use jcm_quantity::{Exact, Period};

/// Every figure of a list: the plain ones in one table, each of the others in a table of its own.
pub(super) fn figures(w: &Wording<'_>, caption: &str, ids: &[ParameterId]) -> Vec<Block> {
    let known = ids.iter().filter_map(|id| Some((*id, w.program.parameter(*id)?)));
    let (plain, keyed): (Vec<_>, Vec<_>) = known.partition(|(_, parameter)| is_plain(parameter));
    let mut blocks = Vec::new();
    if !plain.is_empty() {
        let columns = [
            ("Figure", Align::Left),
            ("Value", Align::Right),
            ("In force", Align::Left),
            ("Source", Align::Left),
        ];
        let mut table = Table::new(caption, &columns);
        if plain.iter().any(|(_, parameter)| matches!(parameter.owner, ParameterOwner::Knob { .. })) {
            table.column("A locality may set it", Align::Left);
        }
        for (id, parameter) in &plain {
            plain_rows(w, *id, parameter, &mut table);
        }
        table.drop_empty_columns();
        blocks.push(Block::Table(table));
        for (_, parameter) in &plain {
            blocks.extend(documentation(&parameter.head.doc));
        }
    }
    blocks.extend(keyed.into_iter().map(|(id, parameter)| keyed_table(w, id, parameter)));
    blocks
}

/// Every value of a plain figure with its dates, joined: for the middle of a sentence or a cell.
pub(super) fn dated_values(w: &Wording<'_>, id: ParameterId) -> Text {
    let Some(parameter) = w.program.parameter(id) else { return Text::new() };
    let mut rows = parameter.rows.iter().peekable();
    let mut values = Vec::new();
    while let Some(first) = rows.next() {
        let mut until = first.until;
        // What goes on as it was is said once.
        while let Some(next) =
            rows.next_if(|next| until.is_some() && next.from == until && next.values == first.values)
        {
            until = next.until;
        }
        let mut text: Text = value(w, id, parameter, first, 0).into_iter().collect();
        if first.from.is_some() || until.is_some() {
            text.say(" ").say(&in_force(first.from, until));
        }
        values.push(text);
    }
    let mut text = crate::document::joined(values, " and ");
    if is_rounded(w, parameter) {
        text.say(&format!(", to the nearest {}", w.coin_text()));
    }
    text
}

/// The value or values of a plain figure in a period, and the exact one where there is just one.
pub(super) fn values_in(w: &Wording<'_>, id: ParameterId, period: &Period) -> (Text, Option<Constant>) {
    let Some(parameter) = w.program.parameter(id) else { return (Text::new(), None) };
    let holds = |row: &&ParameterRow| {
        row.from.is_none_or(|from| from < period.end) && row.until.is_none_or(|until| period.start < until)
    };
    let rows: Vec<&ParameterRow> = parameter.rows.iter().filter(holds).collect();
    if let [row] = rows.as_slice() {
        let text = value(w, id, parameter, row, 0).map_or_else(Text::new, |figure| vec![figure]);
        return (text, row.values.first().cloned());
    }
    let values = rows.into_iter().filter_map(|row| {
        let mut text = vec![value(w, id, parameter, row, 0)?];
        text.say(" ").say(&in_force(row.from, row.until));
        Some(text)
    });
    (crate::document::joined(values.collect(), "; "), None)
}

fn is_plain(parameter: &Parameter) -> bool {
    parameter.keys.is_empty() && parameter.columns.len() <= 1
}

/// Whether a figure rises by an uplift from year to year, and so comes to more places than there are coins.
fn is_contribution(parameter: &Parameter) -> bool {
    matches!(parameter.owner, ParameterOwner::Pool(_))
}

/// Whether a figure that is printed has been rounded for reading.
pub(super) fn is_rounded(w: &Wording<'_>, parameter: &Parameter) -> bool {
    let unit = parameter.columns.first().and_then(|(_, ty)| ty.unit());
    let mut values = parameter.rows.iter().filter_map(|row| row.values.first());
    let rounded = |value: &Constant, unit| match value {
        Constant::Number(value) => w.to_the_coin(value, unit, Origin::default()).is_some(),
        _ => false,
    };
    is_contribution(parameter) && unit.is_some_and(|unit| values.any(|value| rounded(value, unit)))
}

/// A plain figure as it is at first, and whether it stays so.
pub(crate) fn at_first(w: &Wording<'_>, id: ParameterId) -> Option<(Inline, bool)> {
    let parameter = w.program.parameter(id)?;
    let first = parameter.rows.first()?;
    let stays = parameter.rows.iter().all(|row| row.values == first.values);
    Some((value(w, id, parameter, first, 0)?, stays))
}

fn value(
    w: &Wording<'_>,
    id: ParameterId,
    parameter: &Parameter,
    row: &ParameterRow,
    column: usize,
) -> Option<Inline> {
    let (_, ty) = parameter.columns.get(column)?;
    let origin = Origin::stated(Def::Parameter(id), parameter.head.span);
    match (row.values.get(column)?, ty) {
        (Constant::Number(value), Ty::Number(unit)) if is_contribution(parameter) => {
            if let Some(read) = for_part_of_year(w, id, parameter, value) {
                return Some(read);
            }
            let read = w.to_the_coin(value, unit, origin.clone());
            Some(read.unwrap_or_else(|| w.number(value, unit, origin)))
        }
        (value, ty) => Some(w.constant(value, ty, origin)),
    }
}

/// A contribution that is written per month or quarter, where it is a whole number of pence for it at any time.
fn for_part_of_year(
    w: &Wording<'_>,
    id: ParameterId,
    parameter: &Parameter,
    value: &Exact,
) -> Option<Inline> {
    let ParameterOwner::Pool(pool) = parameter.owner else { return None };
    let (_, part) = w.program.pool(pool)?.written_per.iter().find(|(written, _)| *written == id)?;
    let origin = || Origin::stated(Def::Parameter(id), parameter.head.span);
    let values = parameter.rows.iter().filter_map(|row| row.values.first());
    let whole = |value: &Constant| match value {
        Constant::Number(value) => w.for_part_of_year(value, part, origin()).is_some(),
        _ => false,
    };
    values.into_iter().all(whole).then(|| w.for_part_of_year(value, part, origin()))?
}

fn plain_rows(w: &Wording<'_>, id: ParameterId, parameter: &Parameter, table: &mut Table) {
    for (place, row) in parameter.rows.iter().enumerate() {
        let figure: Text = value(w, id, parameter, row, 0).into_iter().collect();
        let mut range = Text::new();
        if let (ParameterOwner::Knob { from, to }, Some((_, ty))) =
            (&parameter.owner, parameter.columns.first())
        {
            let origin = || Origin::stated(Def::Parameter(id), parameter.head.span);
            let mut end = |value: &jcm_quantity::Exact, words: &str| {
                range.say(words);
                range.push(w.constant(&Constant::Number(value.clone()), ty, origin()));
            };
            end(from, "from ");
            end(to, " to ");
        }
        let anchor = (place == 0).then(|| w.anchor(Def::Parameter(id)));
        let source = match w.program.varied_by(id, row) {
            Some((variation, _)) => crate::document::capitalised(w.name(Def::Variation(variation)).text),
            None => said(&tidy(&parameter.source)),
        };
        let mut cells =
            vec![said(&parameter.head.title), figure, said(&in_force(row.from, row.until)), source];
        if table.header.len() > cells.len() {
            cells.push(if range.is_empty() { said("no") } else { range });
        }
        table.row_at(anchor, cells);
    }
}

fn keyed_table(w: &Wording<'_>, id: ParameterId, parameter: &Parameter) -> Block {
    let dated = parameter.rows.iter().any(|row| row.from.is_some() || row.until.is_some());
    let mut table = Table::new(if dated { "Values, and when they hold" } else { "Values" }, &[]);
    table.row_heads = parameter.keys.len() == 1;
    for (name, ty) in parameter.keys.iter() {
        table.column(&label(name), align(ty, true));
    }
    for (name, ty) in &parameter.columns {
        let head = if name.is_empty() { parameter.head.title.clone() } else { label(name) };
        table.column(&head, align(ty, false));
    }
    if dated {
        table.column("In force", Align::Left);
    }
    for row in &parameter.rows {
        let keys = row.keys.iter().zip(&parameter.keys).map(|(key, (_, ty))| said(&w.constant_text(key, ty)));
        let values = (0..parameter.columns.len())
            .map(|column| value(w, id, parameter, row, column).into_iter().collect());
        let mut cells: Vec<Text> = keys.chain(values).collect();
        if dated {
            cells.push(said(&in_force(row.from, row.until)));
        }
        table.row(cells);
    }
    let mut blocks = documentation(&parameter.head.doc);
    blocks.push(Block::Table(table));
    if !parameter.source.is_empty() {
        blocks.push(paragraph(&format!("Source: {}", tidy(&parameter.source))));
    }
    item(&super::heading(w, Def::Parameter(id)), &w.anchor(Def::Parameter(id)), blocks)
}

/// Numbers to the right; a key that is a number, such as a year, reads better on the left.
fn align(ty: &Ty, is_key: bool) -> Align {
    if ty.unit().is_some() && !is_key { Align::Right } else { Align::Left }
}

/// Every value of a plain figure without its dates: for a figure whose period is said beside it.
pub(super) fn values_without_dates(w: &Wording<'_>, id: ParameterId) -> Text {
    let Some(parameter) = w.program.parameter(id) else { return Text::new() };
    let values = parameter.rows.iter().filter_map(|row| Some(vec![value(w, id, parameter, row, 0)?]));
    crate::document::joined(values.collect(), " and ")
}
