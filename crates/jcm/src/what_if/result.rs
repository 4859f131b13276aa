//! What comes out before and after, as bars that can be compared.

use super::{Bar, WhatIfPeriod};
use crate::examples::Settled;
use crate::value::in_words;
use jcm_calculus::Value;
use jcm_eval::Line;
use jcm_model::{Def, Example, LineId, PartnerId, Program, Ty};
use jcm_quantity::{Exact, RoundingMode, Unit, show};

/// A figure before it is a bar.
struct Pair<'a> {
    group: String,
    name: &'a str,
    title: String,
    ty: Ty,
    before: Value,
    after: Value,
}

/// What each period comes to.
pub(super) fn periods(
    program: &Program,
    example: &Example,
    before: &[Settled],
    after: &[Settled],
) -> Vec<WhatIfPeriod> {
    let period = |(place, after): (usize, &Settled)| {
        let label = program.contract.periods.get(example.period.saturating_add(place));
        let before = before.get(place);
        WhatIfPeriod {
            label: label.map_or_else(String::new, |period| period.label.clone()),
            lines: bars(program, lines(program, example, before, after)),
            partners: bars(program, partners(program, before, after)),
        }
    };
    after.iter().enumerate().map(period).collect()
}

/// The lines in the order of the contract, those of rows after the line of the whole.
fn lines<'a>(
    program: &'a Program,
    example: &Example,
    before: Option<&Settled>,
    after: &Settled,
) -> Vec<Pair<'a>> {
    let mut found: Vec<(u32, usize, Pair<'a>)> = Vec::new();
    let rows = std::iter::once((0, "", &after.lines)).chain((1..).zip(&after.rows).map(
        |(row, lines): (usize, _)| {
            let name = row.checked_sub(1).and_then(|row| example.rows.get(row));
            (row, name.map_or("", |(name, _)| name.as_str()), lines)
        },
    ));
    for (row, row_name, lines) in rows {
        let before = before.and_then(|before| match row.checked_sub(1) {
            None => Some(&before.lines),
            Some(row) => before.rows.get(row),
        });
        for line in lines {
            let Some(declared) = program.line(LineId(line.step.0)) else { continue };
            let was = before.and_then(|before| before.iter().find(|was| was.step == line.step));
            let title = &declared.head.title;
            found.push((
                line.step.0,
                row,
                Pair {
                    group: program.title(Def::from(declared.owner)).to_owned(),
                    name: &declared.head.name,
                    title: if row_name.is_empty() { title.clone() } else { format!("{title} ({row_name})") },
                    ty: declared.ty.clone(),
                    before: was.map_or(Value::Missing, |was: &Line| was.value.clone()),
                    after: line.value.clone(),
                },
            ));
        }
    }
    found.sort_by_key(|(line, row, _)| (*line, *row));
    found.into_iter().map(|(_, _, pair)| pair).collect()
}

/// What each partner receives in a period, in the order of the contract; below zero it pays.
fn partners<'a>(program: &'a Program, before: Option<&Settled>, after: &Settled) -> Vec<Pair<'a>> {
    let received = |settled: &Settled, partner: PartnerId| {
        let own = settled.payments.iter().filter(|payment| payment.to.0 == partner.0);
        own.map(|payment| &payment.amount).fold(None, |sum: Option<Exact>, amount| {
            Some(&sum.unwrap_or_else(|| Exact::from_int(0)) + amount)
        })
    };
    let ty = Ty::Number(Unit::money(&program.contract.currency.code));
    let all = (0u32..).map(PartnerId).zip(&program.partners);
    let own = all.filter_map(|(id, partner)| {
        let after = received(after, id)?;
        let before = before.and_then(|before| received(before, id));
        Some(Pair {
            group: String::new(),
            name: &partner.head.name,
            title: partner.head.title.clone(),
            ty: ty.clone(),
            before: before.map_or(Value::Missing, Value::Number),
            after: Value::Number(after),
        })
    });
    own.collect()
}

fn bars(program: &Program, pairs: Vec<Pair<'_>>) -> Vec<Bar> {
    let longest: Vec<Option<Exact>> = pairs.iter().map(|pair| longest(pair, &pairs)).collect();
    let bar = |(pair, longest): (Pair<'_>, Option<Exact>)| {
        let words = |value: &Value| in_words(program, value, &pair.ty);
        let length = |value: &Value| match (value, &longest) {
            (Value::Number(number), Some(longest)) => thousandths(number, longest),
            _ => None,
        };
        Bar {
            before: words(&pair.before),
            after: words(&pair.after),
            exact: match &pair.after {
                Value::Number(number) => number.text(),
                _ => String::new(),
            },
            difference: difference(&pair),
            lengths: length(&pair.before).zip(length(&pair.after)),
            group: pair.group,
            name: pair.name.to_owned(),
            title: pair.title,
        }
    };
    pairs.into_iter().zip(longest).map(bar).collect()
}

/// The greatest figure of the same group and unit, without its sign.
fn longest(of: &Pair<'_>, pairs: &[Pair<'_>]) -> Option<Exact> {
    let alike = pairs.iter().filter(|pair| pair.group == of.group && pair.ty == of.ty);
    let figures = alike.flat_map(|pair| [&pair.before, &pair.after]).filter_map(|value| match value {
        Value::Number(number) => Some(number.abs()),
        _ => None,
    });
    figures.max()
}

fn thousandths(number: &Exact, longest: &Exact) -> Option<i32> {
    let part = (number * &Exact::from_int(1000)).checked_div(longest)?;
    part.round(&Exact::from_int(1), RoundingMode::HalfEven).text().parse().ok()
}

/// How much more or less a figure is, with its sign.
fn difference(pair: &Pair<'_>) -> String {
    let (Value::Number(before), Value::Number(after), Ty::Number(unit)) =
        (&pair.before, &pair.after, &pair.ty)
    else {
        return String::new();
    };
    let difference = after - before;
    // A difference of two percentages is no percentage of anything.
    let unit = if unit.is_percent() { &Unit::percentage_points() } else { unit };
    match (difference.is_zero(), difference.is_negative()) {
        (true, _) => String::new(),
        (false, true) => format!("−{}", show(&difference.abs(), unit)),
        (false, false) => format!("+{}", show(&difference, unit)),
    }
}
