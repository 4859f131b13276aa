//! Schedule 14: what the partners have changed since they signed, and from when.

use super::{documentation, heading, paragraph, particular, particulars, schedule_part};
use crate::document::{Align, Block, Compose, Table, Text, joined, said};
use crate::english::{Origin, Wording, in_force, tidy};
use jcm_model::{Constant, Def, Variation, VariationId, VariedClause, VariedFigure};
use jcm_quantity::show_date;

/// The schedule, if there is a variation.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let variations = w.program.variations_as_agreed().into_iter().enumerate();
    let parts = variations.map(|(place, (id, variation))| {
        let def = Def::Variation(id);
        let mut blocks = documentation(&variation.head.doc);
        blocks.push(agreed(variation));
        blocks.push(changes(w, id, variation));
        schedule_part(14, place, &heading(w, def), &w.anchor(def), blocks)
    });
    let mut blocks: Vec<Block> = parts.collect();
    if blocks.is_empty() {
        return None;
    }
    let words = "Each variation changes the text that it names and every variation before it. The figures and clauses \
                 above have the variations in them, each from its first day.";
    blocks.insert(0, paragraph(words));
    Some(super::schedule(14, "Variations", blocks))
}

fn agreed(variation: &Variation) -> Block {
    let mut table = particulars("Particulars of the variation");
    particular(&mut table, "First day", said(&show_date(variation.from)));
    particular(&mut table, "Agreed by", said(&tidy(&variation.agreed_by)));
    particular(&mut table, "Agreed on", said(&show_date(variation.agreed_on)));
    particular(&mut table, "Recorded in", said(&tidy(&variation.minute)));
    particular(&mut table, "Why", said(&tidy(&variation.why)));
    particular(&mut table, "Varies the text", said(&variation.base));
    Block::Table(table)
}

fn changes(w: &Wording<'_>, id: VariationId, variation: &Variation) -> Block {
    let heads =
        [("What", Align::Left), ("In force", Align::Left), ("Before", Align::Right), ("After", Align::Right)];
    let mut table = Table::new("What it changes", &heads);
    for figure in &variation.figures {
        table.row(vec![
            what(w, figure),
            said(&in_force(Some(figure.from), figure.until)),
            values(w, id, figure, &figure.before),
            values(w, id, figure, &figure.after),
        ]);
    }
    let from = || said(&in_force(Some(variation.from), None));
    for change in &variation.clauses {
        let (clause, after) = match change {
            VariedClause::Replaces { clause, .. } => (*clause, "another text"),
            VariedClause::Adds(clause) => (*clause, "part of the contract"),
            VariedClause::Removes(clause) => (*clause, "no longer part of the contract"),
        };
        let def = Def::Clause(clause);
        let mut name = w.name(def).text;
        name.extend(said(&format!(", {}", heading(w, def))));
        let before =
            if matches!(change, VariedClause::Adds(_)) { "not part of the contract" } else { "as it stands" };
        table.row(vec![crate::document::capitalised(name), from(), said(before), said(after)]);
    }
    for (old, by) in &variation.documents {
        let mut after = super::precedence::document(w, *by);
        after.say(", wherever the contract refers to the other");
        table.row(vec![
            super::precedence::document(w, *old),
            from(),
            said("the document that is meant"),
            after,
        ]);
    }
    if !variation.precedence.is_empty() {
        let order = crate::document::link_to("as in the order of precedence", "precedence");
        table.row(vec![said("Order of precedence"), from(), said("as it stands"), order]);
    }
    if table.rows.is_empty() {
        return paragraph("It changes nothing here: the figures that it sets are this place's own.");
    }
    Block::Table(table)
}

/// The title of a figure, with the keys of its row.
fn what(w: &Wording<'_>, figure: &VariedFigure) -> Text {
    let def = Def::Parameter(figure.parameter);
    let mut text = w.link(def, w.title(def));
    let keys = w.program.parameter(figure.parameter).map_or(&[][..], |parameter| &parameter.keys);
    for (key, (_, ty)) in figure.keys.iter().zip(keys) {
        text.extend(said(&format!(", {}", w.constant_text(key, ty))));
    }
    text
}

fn values(w: &Wording<'_>, id: VariationId, figure: &VariedFigure, values: &[Constant]) -> Text {
    let columns = w.program.parameter(figure.parameter).map_or(&[][..], |parameter| &parameter.columns);
    let value = |(value, (_, ty)): (&Constant, &(String, jcm_model::Ty))| {
        vec![w.constant(value, ty, Origin::stated(Def::Variation(id), figure.span))]
    };
    let cells: Vec<Text> = values.iter().zip(columns).map(value).collect();
    if cells.is_empty() { said("none") } else { joined(cells, ", ") }
}
