//! Who gets what in each run, and what it depends on.

use super::plan::{Place, stakes};
use super::result::DriverResult;
use jcm_quantity::{Exact, Irrational};
use jcm_simulate::{Driver, Happening, Sample, driver, happenings};

/// What one partner or pool gets: a column of runs for each period.
pub(super) struct Account {
    /// Its name in the source.
    pub(super) name: String,
    /// Its title.
    pub(super) title: String,
    /// Whether it is a pool and nobody's own money.
    pub(super) pool: bool,
    /// Whether nothing is ever paid to it: what it has less is what others get.
    pub(super) pays: bool,
    /// Whether it is another organisation in each of several cases, and this is what one of them gets.
    pub(super) one: bool,
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
        .map(|partner| (&partner.head, false, partner.per_case && place.cases > 0))
        .chain(program.pools.iter().map(|pool| (&pool.head, true, false)))
        .map(|(head, pool, one)| Account {
            name: head.name.clone(),
            title: match one {
                true => format!("{} (one of {})", head.title, place.cases),
                false => head.title.clone(),
            },
            pool,
            pays: true,
            one,
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
        let of_one = sample.of_one.payments.get(year).unwrap_or(payments);
        for ((allocation, party), (column, of_one)) in sample.payees.iter().zip(payments.iter().zip(of_one)) {
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
                let Some(account) = accounts.get_mut(account) else { continue };
                account.pays &= sign < 0;
                let column = if account.one { of_one } else { column };
                for (sum, amount) in account.years.get_mut(year).into_iter().flatten().zip(column) {
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
    let title = "What the payers pay".to_owned();
    Account { name: String::new(), title, pool: false, pays: true, one: false, years }
}

/// What an account depends on: for each figure and for what happens, over all periods.
pub(super) fn drivers(account: &Account, place: &Place, sample: &Sample, grain: &Exact) -> Vec<DriverResult> {
    let varied = place.varied.first().map(Vec::as_slice).unwrap_or_default();
    let happenings = happenings(varied);
    let is_carried = place.years.iter().any(|year| !year.settlement.carried.is_empty());
    let is_felt_later = is_carried || happenings.iter().any(Happening::is_once);
    let whole = is_felt_later.then(|| account.whole());
    let (parts, middles) = match account.one {
        true => (&sample.of_one.parts, &sample.of_one.middles),
        false => (&sample.parts, &sample.middles),
    };
    let of_figure = |figure: usize| {
        let mut result = DriverResult::default();
        let is_once = figure
            .checked_sub(varied.len())
            .and_then(|place| happenings.get(place))
            .is_some_and(Happening::is_once);
        for (year, amounts) in account.years.iter().enumerate() {
            let parts =
                parts.get(year).and_then(|year| year.get(figure)).map(Vec::as_slice).unwrap_or_default();
            let own = place.varied.get(year).and_then(|varied| varied.get(figure));
            // A figure that is always the same moves nothing, whatever was drawn for it.
            if own.is_some_and(|own| own.distribution.never_varies()) {
                result.break_even.push(None);
                continue;
            }
            let found = driver(amounts, parts);
            // What a year leaves to the next makes later years depend on its figures too.
            let over_all = whole.as_ref().map(|whole| driver(whole, parts));
            let told = over_all.as_ref().unwrap_or(&found);
            // What is drawn once a run is the same in every year of it.
            if year == 0 || !is_once {
                result.grow_by(told, grain);
            }
            if over_all.is_none() || year == 0 {
                grow(&mut result.explained.1, &(told.all.clone() * grain * grain));
            }
            let turn =
                own.zip(middles.get(year).and_then(|year| year.get(figure))).and_then(|(own, middles)| {
                    let (figure, error) = break_even(&found, middles)?;
                    Some((figure * &own.distribution.grain, error * &own.distribution.grain))
                });
            result.break_even.push(turn);
        }
        result
    };
    (0..varied.len() + happenings.len()).map(of_figure).collect()
}

impl DriverResult {
    /// Takes up what goes with the figure in one more year.
    fn grow_by(&mut self, told: &Driver, grain: &Exact) {
        let all = mean(told.means.iter()).unwrap_or_default();
        // A figure that is always the same has no tenths.
        let tenth = |means: &mut dyn Iterator<Item = &Option<Exact>>| {
            mean(means.take(told.means.len() / 10)).map_or_else(Exact::zero, |mean| mean - &all)
        };
        grow(&mut self.swing.0, &(tenth(&mut told.means.iter()) * grain));
        grow(&mut self.swing.1, &(tenth(&mut told.means.iter().rev()) * grain));
        grow(&mut self.explained.0, &(told.explained.clone() * grain * grain));
    }
}

/// Adds to a sum.
pub(super) fn grow(sum: &mut Exact, by: &Exact) {
    *sum = &*sum + by;
}

fn mean<'m>(means: impl Iterator<Item = &'m Option<Exact>>) -> Option<Exact> {
    let known: Vec<&Exact> = means.flatten().collect();
    let count = Exact::from_i128(i128::try_from(known.len()).unwrap_or(1));
    known.into_iter().sum::<Exact>().checked_div(&count)
}

/// The figure, in grains, at which the mean passes nought, in a straight line between the parts beside it, and its
/// standard error: how far it moves with the errors of the two means.
fn break_even(driver: &Driver, middles: &[i64]) -> Option<(Exact, Exact)> {
    let parts = middles.iter().zip(&driver.means).zip(&driver.variances);
    let known: Vec<(Exact, &Exact, &Option<Exact>)> = parts
        .filter_map(|((middle, mean), variance)| Some((Exact::from_int(*middle), mean.as_ref()?, variance)))
        .collect();
    let zero = Exact::zero();
    // Who only pays, or only receives, never turns: a mean of nought is where it ends.
    if !known.iter().any(|(_, mean, _)| **mean > zero) || !known.iter().any(|(_, mean, _)| **mean < zero) {
        return None;
    }
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
