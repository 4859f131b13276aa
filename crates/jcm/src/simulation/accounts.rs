//! Who gets what in each run, and what it depends on.

use super::plan::{Place, stakes};
use super::result::DriverResult;
use jcm_quantity::{Exact, Irrational};
use jcm_simulate::{Driver, Sample, driver};

/// What one partner or pool gets: a column of runs for each period.
pub(super) struct Account {
    /// Its name in the source.
    pub(super) name: String,
    /// Its title.
    pub(super) title: String,
    /// Whether it is a pool and nobody's own money.
    pub(super) pool: bool,
    /// What it gets in each run, by period.
    pub(super) years: Vec<Vec<i64>>,
}

impl Account {
    /// Over all periods.
    pub(super) fn whole(&self) -> Vec<i64> {
        let mut years = self.years.iter();
        let mut sum = years.next().cloned().unwrap_or_default();
        for year in years {
            for (sum, amount) in sum.iter_mut().zip(year) {
                *sum = sum.saturating_add(*amount);
            }
        }
        sum
    }
}

/// The accounts of everybody whom money at stake reaches or leaves: partners, then pools.
pub(super) fn accounts(place: &Place, sample: &Sample) -> Vec<Account> {
    let program = &place.program;
    let mut accounts: Vec<Account> = program
        .partners
        .iter()
        .map(|partner| (&partner.head, false))
        .chain(program.pools.iter().map(|pool| (&pool.head, true)))
        .map(|(head, pool)| Account {
            name: head.name.clone(),
            title: head.title.clone(),
            pool,
            years: Vec::new(),
        })
        .collect();
    let runs = sample.payments.first().and_then(|year| year.first()).map_or(0, Vec::len);
    let mut touched = vec![false; accounts.len()];
    for (year, payments) in sample.payments.iter().enumerate() {
        for account in &mut accounts {
            account.years.push(vec![0; runs]);
        }
        let Some(excerpt) = place.years.get(year) else { continue };
        for ((allocation, party), column) in sample.payees.iter().zip(payments) {
            let Some(whole) = excerpt.allocations.get(*allocation) else { continue };
            let Some((_, flow)) = stakes(program).find(|(place, _)| place == whole) else { continue };
            let payer = match flow.pool {
                Some(pool) => program.partners.len() + pool.index(),
                None => flow.payer.index(),
            };
            for (account, sign) in [(party.index(), 1), (payer, -1)] {
                if let Some(touched) = touched.get_mut(account) {
                    *touched = true;
                }
                let to = accounts.get_mut(account).and_then(|account| account.years.get_mut(year));
                for (sum, amount) in to.into_iter().flatten().zip(column) {
                    *sum = sum.saturating_add(amount * sign);
                }
            }
        }
    }
    let mut touched = touched.into_iter();
    accounts.retain(|_| touched.next().unwrap_or(false));
    accounts
}

/// Everything that is paid by anybody at all, in each run.
pub(super) fn payers(sample: &Sample) -> Account {
    let of_year = |payments: &Vec<Vec<i64>>| {
        let mut columns = payments.iter();
        let mut sum = columns.next().cloned().unwrap_or_default();
        for column in columns {
            for (sum, amount) in sum.iter_mut().zip(column) {
                *sum = sum.saturating_add(*amount);
            }
        }
        sum
    };
    let years = sample.payments.iter().map(of_year).collect();
    Account { name: String::new(), title: "What the payers pay".to_owned(), pool: false, years }
}

/// What an account depends on: for each figure, over all periods.
pub(super) fn drivers(account: &Account, place: &Place, sample: &Sample, grain: &Exact) -> Vec<DriverResult> {
    let count = place.varied.first().map_or(0, Vec::len);
    let is_carried = place.years.iter().any(|year| !year.settlement.carried.is_empty());
    let whole = is_carried.then(|| account.whole());
    let of_figure = |figure: usize| {
        let mut result = DriverResult {
            explained: (Exact::zero(), Exact::zero()),
            swing: (Exact::zero(), Exact::zero()),
            break_even: Vec::new(),
        };
        for (year, amounts) in account.years.iter().enumerate() {
            let of_year = |lists: &[Vec<Vec<u8>>]| lists.get(year)?.get(figure).cloned();
            let parts = of_year(&sample.parts).unwrap_or_default();
            let found = driver(amounts, &parts);
            // What a year leaves to the next makes later years depend on its figures too.
            let over_all = whole.as_ref().map(|whole| driver(whole, &parts));
            let told = over_all.as_ref().unwrap_or(&found);
            let mean = mean(told.means.iter());
            let tenth = |means: &mut dyn Iterator<Item = &Option<Exact>>| {
                self::mean(means.take(told.means.len() / 10)) - &mean
            };
            grow(&mut result.swing.0, &(tenth(&mut told.means.iter()) * grain));
            grow(&mut result.swing.1, &(tenth(&mut told.means.iter().rev()) * grain));
            grow(&mut result.explained.0, &(told.explained.clone() * grain * grain));
            if over_all.is_none() || year == 0 {
                grow(&mut result.explained.1, &(told.all.clone() * grain * grain));
            }
            let own = place
                .varied
                .get(year)
                .and_then(|varied| varied.get(figure))
                .map(|one| &one.distribution.grain);
            let middles = sample.middles.get(year).and_then(|year| year.get(figure));
            let turn = middles.zip(own).and_then(|(middles, own)| {
                let (figure, error) = break_even(&found, middles)?;
                Some((figure * own, error * own))
            });
            result.break_even.push(turn);
        }
        result
    };
    (0..count).map(of_figure).collect()
}

/// Adds to a sum.
pub(super) fn grow(sum: &mut Exact, by: &Exact) {
    *sum = &*sum + by;
}

fn mean<'m>(means: impl Iterator<Item = &'m Option<Exact>>) -> Exact {
    let known: Vec<&Exact> = means.flatten().collect();
    let count = Exact::from_i128(i128::try_from(known.len()).unwrap_or(1));
    known.into_iter().sum::<Exact>().checked_div(&count).unwrap_or_default()
}

/// The figure, in grains, at which the mean passes nought, in a straight line between the parts beside it, and its
/// standard error: how far it moves with the errors of the two means.
fn break_even(driver: &Driver, middles: &[i64]) -> Option<(Exact, Exact)> {
    let parts = middles.iter().zip(&driver.means).zip(&driver.variances);
    let known: Vec<(Exact, &Exact, &Option<Exact>)> = parts
        .filter_map(|((middle, mean), variance)| Some((Exact::from_int(*middle), mean.as_ref()?, variance)))
        .collect();
    let mut turns = known.windows(2).filter_map(|pair| match pair {
        [(before, low, of_low), (after, high, of_high)]
            if (*low < &Exact::zero()) != (*high < &Exact::zero()) =>
        {
            let rise = *high - *low;
            let way = (&Exact::zero() - *low).checked_div(&rise)?;
            let (of_low, of_high) =
                ((*of_low).clone().unwrap_or_default(), (*of_high).clone().unwrap_or_default());
            let spread = *high * *high * of_low + *low * *low * of_high;
            let squared = &rise * &rise;
            let of_way = Irrational::SquareRoot.of(&spread.checked_div(&(&squared * &squared))?, 9)?;
            let width = after - before;
            Some((before + &width * way, width.abs() * of_way))
        }
        _ => None,
    });
    let turn = turns.next();
    turn.filter(|_| turns.next().is_none())
}
