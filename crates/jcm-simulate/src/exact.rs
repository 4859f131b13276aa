//! One run, settled by the exact evaluator: the definition of what a block must give.

use crate::{Stopped, Year};
use jcm_calculus::{PartyId, Value};
use jcm_eval::{Case, Prepared};
use jcm_quantity::Exact;

/// What one run of one year came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What each payee gets, in grains.
    pub payments: Vec<i64>,
    /// Which watched steps hold.
    pub holds: Vec<bool>,
}

/// Settles one run: `figures` in grains, in the order of the year's; the payments in the order of `payees`.
pub fn settle_exactly(
    year: &Year<'_>,
    prepared: &Prepared<'_>,
    figures: &[i64],
    payees: &[(usize, PartyId)],
) -> Result<Settled, Stopped> {
    let value = |(varied, grains): (&crate::Varied, &i64)| {
        Some((varied.input?, Value::Number(Exact::from_int(*grains) * &varied.distribution.grain)))
    };
    let inputs = year.varied.iter().zip(figures).filter_map(value).collect();
    let case = Case { period: year.period, inputs, ..Case::default() };
    let outcome = prepared.settle(&case).map_err(|stop| Stopped::of(stop, year, figures))?;
    let in_grains = |(allocation, party): &(usize, PartyId)| {
        let grain = &year.settlement.allocations.get(*allocation)?.rounding.grain;
        let amount = outcome.receives(*allocation, *party)?;
        let (grains, below) = amount.checked_div(grain)?.parts()?;
        if below == 1 { i64::try_from(grains).ok() } else { None }
    };
    let payments: Option<Vec<i64>> = payees.iter().map(in_grains).collect();
    let holds = year.watched.iter();
    let holds = holds.map(|step| outcome.value(*step, None) == Some(&Value::Truth(true))).collect();
    match payments {
        Some(payments) => Ok(Settled { payments, holds }),
        None => Err(Stopped::too_large(year, figures)),
    }
}
