//! A pooled fund: its host, what each partner contributes in each period, and what that comes to.

use crate::contract::{documentation, figures, other_particulars, particular, particulars};
use crate::document::{Align, Block, Compose, Inline, Table, Text, capitalised, said};
use crate::english::{Origin, Wording};
use jcm_model::{Arithmetic, Constant, Def, Expr, ExprKind, ParameterId, PartnerId, Pool, PoolId};
use jcm_quantity::{Exact, show_date};

pub(super) fn blocks(w: &Wording<'_>, id: PoolId, pool: &Pool) -> Vec<Block> {
    let mut blocks = documentation(&pool.head.doc);
    let mut text = capitalised(w.name(Def::Pool(id)).text);
    text.say(" is a pooled fund");
    if !pool.under.is_empty() {
        text.say(" under ").add(w.power(Def::Pool(id), &pool.under));
    }
    text.say(". ").add(capitalised(w.name(Def::Partner(pool.host)).text)).say(" hosts it and pays from it.");
    blocks.push(Block::Paragraph(text));
    blocks.push(contributions(w, id, pool));
    blocks.extend(uplift(w, id, pool).map(Block::Paragraph));
    let mut figures = pool.contributions.iter().filter_map(|(_, figure)| w.program.parameter(*figure));
    if figures.any(|figure| figures::is_rounded(w, figure)) {
        blocks.push(Block::Paragraph(said(&format!(
            "For reading, the table shows each amount to the nearest {}. The lines use it exactly: the first amount, \
             raised each time without rounding.",
            w.coin_text()
        ))));
    }
    blocks.extend(
        w.program.line(pool.budget).map(|line| Block::Paragraph(w.sentence(line, Some(pool.budget)))),
    );
    let mut table =
        particulars(&format!("Particulars of {}", crate::document::plain(&w.name(Def::Pool(id)).text)));
    particular(&mut table, "Fixed contributions, whatever is spent", named(w, &pool.fixed));
    particular(&mut table, "Variable contributions, which follow what is spent", named(w, &pool.variable));
    other_particulars(w, &mut table, &pool.particulars);
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks
}

fn named(w: &Wording<'_>, partners: &[PartnerId]) -> Text {
    let each = partners.iter().map(|id| capitalised(w.name(Def::Partner(*id)).text));
    crate::document::joined(each.collect(), " and ")
}

fn contributions(w: &Wording<'_>, id: PoolId, pool: &Pool) -> Block {
    let name = crate::document::plain(&w.name(Def::Pool(id)).text);
    let mut table = Table::new(&format!("Contributions to {name}"), &[("Settlement period", Align::Left)]);
    // Periods go down the page: there are more of them than partners, and a page is taller than it is wide.
    for (partner, _) in &pool.contributions {
        table.column(w.title(Def::Partner(*partner)), Align::Right);
    }
    table.column("Budget", Align::Right);
    for period in &w.program.contract.periods {
        let values = pool.contributions.iter().map(|(_, figure)| figures::values_in(w, *figure, period));
        let (mut cells, exact): (Vec<Text>, Vec<Option<Constant>>) = values.unzip();
        cells.insert(0, said(&period.label));
        cells.push(budget(w, pool, exact));
        table.row(cells);
    }
    let heads = pool.contributions.iter().map(|(_, figure)| w.anchor(Def::Parameter(*figure)));
    table.anchors = std::iter::once(None)
        .chain(heads.map(Some))
        .chain([Some(w.anchor(Def::Line(pool.budget)))])
        .collect();
    Block::Table(table)
}

/// What the contributions of a period come to, where the budget is their sum for the length of the period and each
/// has one value.
fn budget(w: &Wording<'_>, pool: &Pool, contributions: Vec<Option<Constant>>) -> Text {
    let Some(line) = w.program.line(pool.budget) else { return Text::new() };
    let (Some(years), Some(unit)) = (times_sum(&line.expr, &pool.contributions), line.ty.unit()) else {
        return said("as worked out below");
    };
    let mut total = Exact::zero();
    for value in contributions {
        match value {
            Some(Constant::Number(value)) => total = &total + &value,
            _ => return said("as worked out below"),
        }
    }
    let (total, origin) = (&total * &years, w.result_of(pool.budget));
    vec![w.to_the_coin(&total, unit, origin.clone()).unwrap_or_else(|| w.number(&total, unit, origin))]
}

/// By what an expression multiplies the sum of just these figures: the length of the period in years.
fn times_sum(expr: &Expr, contributions: &[(PartnerId, ParameterId)]) -> Option<Exact> {
    let (sum, years) = match &expr.kind {
        ExprKind::Arithmetic { op: Arithmetic::Multiply, left, right } => match &right.kind {
            ExprKind::Constant(Constant::Number(years)) => (&**left, years.clone()),
            _ => return None,
        },
        _ => (expr, Exact::one()),
    };
    let mut wanted: Vec<ParameterId> = contributions.iter().map(|(_, figure)| *figure).collect();
    let mut stack = vec![sum];
    while let Some(expr) = stack.pop() {
        match &expr.kind {
            ExprKind::Arithmetic { op: Arithmetic::Add, left, right } => stack.extend([&**left, &**right]),
            ExprKind::Parameter { parameter, column: 0, keys } if keys.is_empty() => {
                wanted.remove(wanted.iter().position(|id| id == parameter)?);
            }
            _ => return None,
        }
    }
    wanted.is_empty().then_some(years)
}

fn uplift(w: &Wording<'_>, id: PoolId, pool: &Pool) -> Option<Text> {
    let (rate, from) = pool.uplift.as_ref()?;
    let origin = Origin::stated(Def::Pool(id), pool.head.span);
    let rate: Inline = w.number(rate, &jcm_quantity::Unit::percent(), origin);
    let mut text = said("Each contribution rises by ");
    text.add(vec![rate]);
    let day = show_date(*from);
    let day_of_year: String = day.rsplit_once(' ').map_or(day.clone(), |(day, _)| day.to_string());
    text.say(&format!(" on {day} and again on every {day_of_year} after that; the table includes this."));
    let own =
        |figure: ParameterId| pool.contributions.iter().any(|(_, contribution)| *contribution == figure);
    let mut varied = w.program.variations.iter().flat_map(|variation| &variation.figures);
    if varied.any(|figure| own(figure.parameter)) {
        text.say(" What a variation sets holds on its first day, and rises on each such date after it.");
    }
    Some(text)
}
