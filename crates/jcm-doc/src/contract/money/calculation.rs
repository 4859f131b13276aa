//! A calculation as tables: what must be known, the lines in words and as formulas, its gates, floors and caps.

use crate::contract::paragraph;
use crate::document::{Align, Block, Compose, Table, Text, capitalised, joined, plain, said};
use crate::english::Origin;
use crate::english::{Counts, Wording, inside};
use crate::math::Equation;
use jcm_model::{
    Balance, BalanceId, BalanceKind, CaseKey, Constant, Def, Expr, ExprKind, IncentiveId, InputId, LineId, Ty,
};

/// What must be known of a case.
pub(super) fn inputs(w: &Wording<'_>, ids: &[InputId], rows: &str) -> Option<Block> {
    let heads = [
        ("Input", Align::Left),
        ("Unit", Align::Left),
        ("Source", Align::Left),
        ("If it is missing", Align::Left),
    ];
    let mut table = Table::new("Inputs", &heads);
    for id in ids {
        let Some(input) = w.program.input(*id) else { continue };
        let mut name = said(&input.head.title);
        if input.per_row {
            name.say(&format!(", for each {rows}"));
        }
        let cells = vec![
            name,
            said(&w.unit_text(&input.ty)),
            w.named(&input.source),
            w.missing_rule(&input.missing, &input.ty, Counts::InLines),
        ];
        table.row_at(Some(w.anchor(Def::Input(*id))), cells);
    }
    table.drop_empty_columns();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Every line with its number in words, and then the same lines as mathematics.
pub(super) fn lines(w: &Wording<'_>, ids: &[LineId]) -> Vec<Block> {
    let heads = [("No.", Align::Right), ("Line", Align::Left), ("In words", Align::Left)];
    let mut table = Table::new("Lines, in the order in which they are worked out", &heads);
    let mut equations = Vec::new();
    for (number, id) in (1usize..).zip(ids) {
        let Some(line) = w.program.line(*id) else { continue };
        let cells =
            vec![said(&number.to_string()), said(&w.line_heading(line, *id)), w.sentence(line, Some(*id))];
        table.row_at(Some(w.anchor(Def::Line(*id))), cells);
        let (number, result) = (number.to_string(), w.name_in_formula(Def::Line(*id)));
        equations.push(Block::Equation(Equation::new(number, result, w.formula(&line.expr))));
    }
    if equations.is_empty() {
        return equations;
    }
    let said_again =
        if equations.len() == 1 { "The same line as a formula:" } else { "The same lines as formulas:" };
    equations.insert(0, paragraph(said_again));
    equations.insert(0, Block::Table(table));
    equations
}

/// The tables of cases in the lines, row by row.
pub(super) fn cases(w: &Wording<'_>, ids: &[LineId]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (number, id) in (1usize..).zip(ids) {
        let Some(line) = w.program.line(*id) else { continue };
        inside(&line.expr, &mut |part| {
            if let ExprKind::Cases { of, keys, rows, otherwise } = &part.kind {
                let caption = format!("Cases of line {number}: {}", w.line_heading(line, *id));
                blocks.push(Block::Table(case_table(
                    w,
                    *id,
                    &caption,
                    (of, keys, rows, otherwise.as_deref()),
                )));
            }
        });
    }
    blocks
}

type CaseParts<'a> = (&'a [Expr], &'a [Vec<CaseKey>], &'a [(Expr, Expr)], Option<&'a Expr>);

fn case_table(
    w: &Wording<'_>,
    id: LineId,
    caption: &str,
    (of, keys, rows, otherwise): CaseParts<'_>,
) -> Table {
    let subjects: Vec<String> =
        of.iter().map(|subject| plain(&capitalised(w.words_in(subject, Some(id))))).collect();
    let mut heads: Vec<(&str, Align)> =
        subjects.iter().map(|subject| (subject.as_str(), Align::Left)).collect();
    heads.push(("Gives", Align::Left));
    let mut table = Table::new(caption, &heads);
    table.row_heads = false;
    let gives = |value: &Expr| capitalised(w.words_in(value, Some(id)));
    for (key, (value, _)) in keys.iter().zip(rows) {
        let mut cells: Vec<Text> =
            key.iter().zip(of).map(|(key, subject)| held(w, id, key, subject)).collect();
        cells.push(gives(value));
        table.row(cells);
    }
    if let Some(otherwise) = otherwise {
        let mut cells = vec![said("Any other case")];
        cells.resize(of.len(), said("any"));
        cells.push(gives(otherwise));
        table.row(cells);
    }
    table
}

/// What a row holds of one thing.
fn held(w: &Wording<'_>, id: LineId, key: &CaseKey, subject: &Expr) -> Text {
    let origin = Origin::stated(Def::Line(id), subject.span);
    match (key, &subject.ty) {
        (CaseKey::Members(members), ty) => {
            let member = |member: &String| said(&w.constant_text(&Constant::Member(member.clone()), ty));
            joined(members.iter().map(member).collect(), " or ")
        }
        (CaseKey::Truth(truth), _) => said(if *truth { "yes" } else { "no" }),
        (CaseKey::Range { lower, upper }, Ty::Number(unit)) => {
            w.range_of(lower.as_ref(), upper.as_ref(), unit, &origin)
        }
        _ => said("any"),
    }
}

/// Every gate, floor and cap in the lines, so that none is overlooked.
pub(super) fn limits(w: &Wording<'_>, ids: &[LineId]) -> Option<Block> {
    let heads = [("Line", Align::Right), ("What it is", Align::Left), ("Where it lies", Align::Left)];
    let mut table = Table::new("Gates, floors and caps", &heads);
    table.row_heads = false;
    for (number, id) in (1usize..).zip(ids) {
        let Some(line) = w.program.line(*id) else { continue };
        let mut found: Vec<(&str, &Expr)> = Vec::new();
        inside(&line.expr, &mut |part| match &part.kind {
            ExprKind::When { cases, .. } => {
                found.extend(cases.iter().map(|(_, condition)| ("Gate", condition)));
            }
            ExprKind::AtLeast { limit, .. } => found.push(("Floor", limit)),
            ExprKind::AtMost { limit, .. } => found.push(("Cap", limit)),
            _ => {}
        });
        // The walk meets an outer limit before the inner one; people read them as they stand in the source.
        found.sort_by_key(|(_, part)| part.span.start);
        for (what, part) in found {
            let limit = capitalised(w.words_in(part, Some(*id)));
            table.row(vec![w.link(Def::Line(*id), &number.to_string()), said(what), limit]);
        }
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// What each period leaves to the next.
pub(super) fn balances(w: &Wording<'_>, owner: IncentiveId) -> Vec<Block> {
    let heads = [
        ("Balance", Align::Left),
        ("Opens with", Align::Left),
        ("Closes with", Align::Left),
        ("What is left", Align::Left),
    ];
    let mut table = Table::new("Balances", &heads);
    let declared = |balance: &Balance| matches!(balance.kind, BalanceKind::Declared { .. });
    let own = (0u32..).map(BalanceId).zip(&w.program.balances).filter(|(_, balance)| balance.owner == owner);
    for (id, balance) in own.clone().filter(|(_, balance)| declared(balance)) {
        let [opens, closes, left] = w.balance_rules(id, balance);
        let cells = vec![said(&balance.head.title), opens, closes, left];
        table.row_at(Some(w.anchor(Def::Balance(id))), cells);
    }
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(paragraph(
            "Every period but the first begins with what the period before it closed with. Periods are settled in \
             their order, and none is left out.",
        ));
        blocks.push(Block::Table(table));
    }
    let kinds: Vec<&BalanceKind> = own.map(|(_, balance)| &balance.kind).collect();
    let year = w.program.contract.reconciled_every.words();
    if kinds.contains(&&BalanceKind::ToDate) {
        blocks.push(paragraph(&format!(
            "A sum to date is the sum of the figures of the periods up to the one that is settled and with it; it is \
             not known where one of them is not. A year here is a {year}.",
        )));
    }
    if kinds.contains(&&BalanceKind::OnAccount) {
        blocks.push(paragraph(&format!(
            "What is paid on account in the periods of a {year} is taken off what is due for it, in the last of them; \
             so the payments of a year sum to what is due for it, to the last penny.",
        )));
    }
    blocks
}
