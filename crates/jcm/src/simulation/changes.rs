//! What becomes of a drawn figure in one period of a run, with the figures of each change worked out.

use jcm_calculus::{InputId, Settlement};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Change, Expr, Program, Shape, Simulation, Size, Vary};
use jcm_quantity::{Exact, Period};
use jcm_simulate::{Changes, Disputed, Distribution, Effect, Shock};

/// To what the size of a change that is a share of its figure is fixed: a millionth.
const SHARES: i32 = -6;
/// To what a beginning in months is fixed.
const MONTHS: i32 = -4;

/// The figures of the changes of an input that must be worked out for each period and place.
pub(super) fn figures(vary: &Vary) -> impl Iterator<Item = &Expr> {
    vary.changes.iter().filter_map(Change::size).flat_map(Size::figures)
}

/// How many whole months lie between the first days of two periods.
pub(super) fn months(first: &Period, later: jcm_quantity::Date) -> u32 {
    let of = |date: jcm_quantity::Date| i32::from(date.year()) * 12 + i32::from(date.month());
    u32::try_from(of(later) - of(first.start)).unwrap_or(0)
}

/// The changes of an input in a period that begins so many whole months after the first; `figures` are those of
/// [`figures`], in their order.
pub(super) fn changes(
    vary: &Vary,
    name: &str,
    months: u32,
    grain: &Exact,
    mut figures: impl Iterator<Item = Exact>,
    (least, most): (Option<Exact>, Option<Exact>),
) -> Changes {
    let mut made = Changes { least, most, ..Changes::default() };
    let mut sized = |size: &Size| {
        let mut next = |there: bool| if there { figures.next() } else { None };
        let (least, likely, most) = (next(true), next(size.likely.is_some()), next(size.most.is_some()));
        let grain = if size.of_figure { Exact::ten_to(SHARES) } else { grain.clone() };
        let distribution = distribution(least.unwrap_or_default(), likely, most, grain);
        jcm_simulate::Size { distribution, of_figure: size.of_figure }
    };
    for (number, change) in vary.changes.iter().enumerate() {
        let named = |given: &Option<String>| given.clone().unwrap_or_else(|| format!("{name} {number}"));
        match change {
            Change::Trend { by } => {
                let size = sized(by);
                let jcm_simulate::Shape::Fixed(by) = size.distribution.shape else { continue };
                let years = i64::from(months / 12);
                if size.of_figure {
                    let yearly = Exact::one() + by;
                    made.times = (0..years).fold(made.times, |times, _| times * &yearly);
                } else {
                    made.plus = made.plus + by * Exact::from_int(years);
                }
            }
            Change::Effect { name, by, after: (least, likely, most) } => {
                let most = Some(most.clone()).filter(|most| most != least);
                let after = distribution(least.clone(), likely.clone(), most, Exact::ten_to(MONTHS));
                made.effects.push(Effect { name: named(name), size: sized(by), after });
            }
            Change::Shock { name, by, chance } => {
                made.shocks.push(Shock { name: named(name), chance: chance.clone(), size: sized(by) });
            }
            Change::Missing { chance, .. } => made.missing = chance.clone(),
            Change::Disputed { by, chance, .. } => {
                made.disputed = Some(Disputed { chance: chance.clone(), size: sized(by) });
            }
        }
    }
    made
}

fn distribution(least: Exact, likely: Option<Exact>, most: Option<Exact>, grain: Exact) -> Distribution {
    use jcm_simulate::Shape;
    let shape = match (likely, most) {
        (_, None) => Shape::Fixed(least),
        (None, Some(to)) => Shape::Uniform { from: least, to },
        (Some(likely), Some(to)) => Shape::Triangular { from: least, likely, to },
    };
    Distribution { shape, from: None, to: None, grain }
}

/// Whether the contract says what it means that a figure is missing or disputed, where it may be.
pub(super) fn doubts_are_ruled(
    settlement: &Settlement,
    simulation: &Simulation,
) -> Result<(), Box<Diagnostic>> {
    for vary in &simulation.vary {
        let Some(input) = settlement.inputs.get(InputId(vary.input.0).index()) else { continue };
        for change in &vary.changes {
            match change {
                Change::Missing { span, .. } if super::plan::refuses(&input.missing) => {
                    return Err(crate::problems::missing_unruled(&input.name, *span).into());
                }
                Change::Disputed { span, .. } if input.doubt.disputed.is_none() => {
                    return Err(crate::problems::disputed_unruled(&input.name, *span).into());
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Whether what moves together is drawn in ways that can.
pub(super) fn can_move(simulation: &Simulation) -> Result<(), Box<Diagnostic>> {
    for together in &simulation.together {
        let of = |place: usize| simulation.vary.get(place);
        let pair = [of(together.pair.0), of(together.pair.1)];
        if pair.iter().flatten().any(|vary| vary.shape == Shape::History) {
            return Err(crate::problems::moves_with_its_row(together.span).into());
        }
        if let [Some(one), Some(other)] = pair
            && one.per_row != other.per_row
        {
            return Err(crate::problems::moves_with_every_row(together.span).into());
        }
    }
    Ok(())
}

/// The title of what is of every row, where the contract has none of its own: the name of the input.
pub(super) fn title(program: &Program, vary: &Vary) -> String {
    program.drawn(vary).map_or_else(String::new, |head| head.name.clone())
}
