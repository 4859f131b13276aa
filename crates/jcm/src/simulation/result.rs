//! What is told of a simulation: for each place and partner the figures of the sample, exactly.

use super::accounts::{Account, accounts, drivers, payers};
use super::plan::{Place, conditions};
use super::tables::percent_plain;
use jcm_model::{ChanceOf, Condition, Program, Simulation};
use jcm_quantity::{Exact, Unit};
use jcm_simulate::{Sample, summary};
use jcm_source::Span;
use sha2::{Digest, Sha256};

/// What a simulation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// Its name in the source.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The title of the contract.
    pub contract: String,
    /// What is counted as paid: the incentives that pay, by title; empty where all payments are.
    pub counts: Vec<String>,
    /// The hash of the sources.
    pub source_hash: String,
    /// What a document of it says of itself.
    pub version: jcm_doc::Version,
    /// How many runs.
    pub runs: u32,
    /// What the draws began with.
    pub seed: u64,
    /// The periods of a run, in words.
    pub periods: Vec<String>,
    /// The unit of the money.
    pub unit: Unit,
    /// What is drawn, by title, with its unit: the figures, and after them how strong effects are, when they begin, and
    /// shocks.
    pub figures: Vec<(String, Unit)>,
    /// The ends of the range that is told, as chances.
    pub range: (Exact, Exact),
    /// Whether what each partner gains and how likely it loses was asked for.
    pub tells: (bool, bool),
    /// In each place, in order.
    pub places: Vec<SimulatedPlace>,
    /// Other contracts with the same draws, in the same places.
    pub against: Vec<Simulated>,
    /// What the declaration expects, in each place.
    pub expectations: Vec<ExpectationResult>,
    /// What everybody comes to in all places together, by name, where there are several places.
    pub together: Vec<(String, Range)>,
    /// The smallest amount of the contract.
    pub(super) grain: Exact,
    /// The hash of all figures.
    pub hash: String,
}

/// What a simulation came to in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedPlace {
    /// The title of the locality; empty for the contract as it stands.
    pub title: String,
    /// What each partner and pool gains, partners first.
    pub parties: Vec<PartyResult>,
    /// What everybody who pays pays, together; its name is empty.
    pub payers: PartyResult,
    /// The chances that the declaration asks for.
    pub chances: Vec<ChanceResult>,
    /// How often conditions of lines hold and limits bind.
    pub watches: Vec<ChanceResult>,
    /// How many years of runs the exact evaluator settled; the others were settled in columns.
    pub exactly: usize,
    /// How many cases are settled together in each run; nought where a run is one case.
    pub cases: usize,
    /// The hash of what everybody is paid in each run and year.
    pub paid: String,
}

impl SimulatedPlace {
    /// Everybody in the order in which people are told of them, with what each is called: partners, funds, and last those
    /// who pay. A fund or a commissioner that pays everything by itself is those who pay, and is not told a second time from its own side.
    pub(super) fn everybody(&self) -> Vec<(String, &PartyResult)> {
        let sole = self.sole_payer();
        let others = self.parties.iter().filter(|party| sole.is_none_or(|sole| sole.name != party.name));
        let mut told: Vec<(String, &PartyResult)> =
            others.map(|party| (party.title.clone(), party)).collect();
        told.push((self.payers_title(), &self.payers));
        told
    }

    /// The fund or the commissioner that pays everything by itself.
    pub(super) fn sole_payer(&self) -> Option<&PartyResult> {
        let pays_all = |party: &&PartyResult| {
            let years = party.years.iter().zip(&self.payers.years);
            (party.pool || party.pays)
                && party.whole.mean == -&self.payers.whole.mean
                && years.into_iter().all(|(own, paid)| own.mean == -&paid.mean)
        };
        self.parties.iter().find(pays_all)
    }

    /// What those who pay are called: by name where there is only one.
    pub(super) fn payers_title(&self) -> String {
        match self.sole_payer() {
            Some(fund) if fund.pool => format!("What is paid from {}", the_inside(&fund.title)),
            Some(payer) => format!("What {} pays", the_inside(&payer.title)),
            None => self.payers.title.clone(),
        }
    }
}

/// A title inside a sentence.
fn the_inside(title: &str) -> String {
    title.strip_prefix("The ").map_or_else(|| title.to_owned(), |rest| format!("the {rest}"))
}

/// What one partner or pool gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyResult {
    /// Its name in the source.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is a pool and nobody's own money.
    pub pool: bool,
    /// Whether nothing is ever paid to it, such as a commissioner: it does not lose by what it pays for.
    pub pays: bool,
    /// Over all periods of a run together.
    pub whole: Range,
    /// In each period.
    pub years: Vec<Range>,
    /// What it depends on: for each figure that is drawn.
    pub drivers: Vec<DriverResult>,
}

impl PartyResult {
    /// Whether it is a partner that may lose: a fund or a commissioner that only pays does not lose by what it is for.
    pub(super) fn may_lose(&self) -> bool {
        !self.pool && !self.pays && !self.name.is_empty()
    }
}

/// What of an amount goes with a figure that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DriverResult {
    /// The part of the spread that goes with the figure, and all of it: sums of squares, which can be added up.
    pub explained: (Exact, Exact),
    /// How far the mean lies from that of all runs where the figure is in its lowest tenth in every period, and where it
    /// is in its highest.
    pub swing: (Exact, Exact),
    /// In each period, the figure at which the mean amount turns from a loss to a gain, or from a gain to a loss, and its
    /// standard error; nothing where it does not turn, or more than once.
    pub break_even: Vec<Option<(Exact, Exact)>>,
}

impl DriverResult {
    /// The part of the spread that goes with the figure, from nothing to one.
    pub fn share(&self) -> Exact {
        self.explained.0.checked_div(&self.explained.1).unwrap_or_default()
    }
}

/// What the runs say of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The mean.
    pub mean: Exact,
    /// The standard error of the mean.
    pub standard_error: Exact,
    /// The amounts at the lower end, the middle and the upper end.
    pub percentiles: Vec<Exact>,
    /// The chance that it is below nothing.
    pub loss: Exact,
    /// The mean of the runs below the lower end.
    pub shortfall: Exact,
}

/// How likely something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChanceResult {
    /// What, as it stands in the source.
    pub text: String,
    /// What, in words.
    pub words: String,
    /// In a period of a run, whichever.
    pub chance: Exact,
    /// In each period.
    pub years: Vec<Exact>,
}

/// Whether an expected chance came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectationResult {
    /// As it stands in the source.
    pub text: String,
    /// The same in words.
    pub words: String,
    /// The title of the place; empty for the contract as it stands.
    pub place: String,
    /// The chance that came out.
    pub found: Exact,
    /// Whether it is on the right side of the limit.
    pub holds: bool,
    /// Where it is expected.
    pub span: Span,
}

/// What came out in one place, before it is taken down.
pub(super) struct Told {
    /// The money and the chances.
    place: SimulatedPlace,
    /// What was expected, and whether it holds.
    expectations: Vec<ExpectationResult>,
}

impl Simulated {
    pub(super) fn new(program: &Program, simulation: &Simulation, runs: u32, seed: u64) -> Simulated {
        let label = |period: &usize| program.contract.periods.get(*period).map(|period| period.label.clone());
        Simulated {
            name: simulation.head.name.clone(),
            title: simulation.head.title.clone(),
            contract: program.contract.head.title.clone(),
            counts: counts(program),
            source_hash: program.source_hash.clone(),
            version: super::document::version(program),
            runs,
            seed,
            periods: simulation.periods.iter().filter_map(label).collect(),
            unit: Unit::money(&program.contract.currency.code),
            figures: super::drawn::titles(program, simulation),
            range: simulation.report.range.clone(),
            tells: (simulation.report.partners, simulation.report.loss),
            places: Vec::new(),
            against: Vec::new(),
            expectations: Vec::new(),
            together: Vec::new(),
            grain: program.contract.rounding.grain.clone(),
            hash: String::new(),
        }
    }

    /// The same simulation of another contract, before there is anything to tell.
    pub(super) fn like(&self, other: &Program) -> Simulated {
        Simulated {
            contract: other.contract.head.title.clone(),
            counts: counts(other),
            grain: other.contract.rounding.grain.clone(),
            source_hash: other.source_hash.clone(),
            places: Vec::new(),
            against: Vec::new(),
            ..self.clone()
        }
    }

    /// Adds what came out in one place.
    pub(super) fn take_down(&mut self, told: Told) {
        self.places.push(told.place);
        self.expectations.extend(told.expectations);
    }

    /// What came out in one place.
    pub(super) fn told(
        &self,
        simulation: &Simulation,
        place: &Place,
        sample: &Sample,
        sum: &mut dyn FnMut(&Account),
    ) -> Told {
        let account_of_payers = payers(sample);
        let result = |account: &Account| PartyResult {
            whole: self.range_of(&account.whole()),
            years: account.years.iter().map(|year| self.range_of(year)).collect(),
            drivers: drivers(account, place, sample, &self.grain),
            pool: account.pool,
            pays: account.pays,
            name: account.name.clone(),
            title: account.title.clone(),
        };
        let payers = PartyResult {
            whole: self.range_paid(&account_of_payers.whole()),
            years: account_of_payers.years.iter().map(|year| self.range_paid(year)).collect(),
            ..result(&account_of_payers)
        };
        let accounts = accounts(place, sample);
        let parties: Vec<PartyResult> = accounts.iter().map(result).collect();
        for account in accounts.iter().chain([&account_of_payers]) {
            sum(account);
        }
        let watched = |at: usize, text: String| self.chance_of(sample, place.cases, at, text);
        let in_words = |(at, condition): (usize, &Condition)| ChanceResult {
            words: jcm_doc::words(&place.program, &condition.expr),
            ..watched(at, condition.text.clone())
        };
        let asked: Vec<ChanceResult> = conditions(simulation).enumerate().map(in_words).collect();
        let first = asked.len();
        let watches = place.watches.iter().zip(first..).map(|(watch, at)| watched(at, watch.text.clone()));
        let watches: Vec<ChanceResult> = watches.collect();
        let (reported, expected) = asked.split_at(simulation.report.chances.len().min(first));
        let mut expected = expected.iter();
        let mut results = Vec::with_capacity(simulation.expect.len());
        for expect in &simulation.expect {
            let found = match &expect.of {
                ChanceOf::Condition(_) => expected
                    .next()
                    .map(|chance| (format!("chance that {}", chance.words), chance.chance.clone())),
                ChanceOf::Loss(partner) => place.program.partner(*partner).map(|partner| {
                    let account = parties.iter().find(|party| party.name == partner.head.name);
                    let loss = account.map_or_else(Exact::zero, |account| account.whole.loss.clone());
                    (format!("chance of loss of {}", partner.head.title), loss)
                }),
            };
            let (of, found) = found.unwrap_or_default();
            let (holds, side) = match expect.under {
                true => (found < expect.limit, "under"),
                false => (found > expect.limit, "over"),
            };
            let words = format!("{of} {side} {}", percent_plain(&expect.limit));
            let (text, place) = (expect.text.clone(), place.title.clone());
            results.push(ExpectationResult { text, words, place, found, holds, span: expect.span });
        }
        let chances = reported.to_vec();
        let (title, exactly, cases, paid) = (place.title.clone(), sample.exactly, place.cases, paid(sample));
        let place = SimulatedPlace { title, parties, payers, chances, watches, exactly, cases, paid };
        Told { place, expectations: results }
    }

    /// This contract and those that it is compared with.
    pub fn contracts(&self) -> impl Iterator<Item = &Simulated> {
        std::iter::once(self).chain(&self.against)
    }

    /// Takes down the hash of all figures.
    pub(super) fn seal(&mut self) {
        let mut hasher = Sha256::new();
        for contract in self.contracts() {
            hasher.update(contract.source_hash.as_bytes());
        }
        super::rows::simulation_csv_by(self, &mut |line| hasher.update(line.as_bytes()));
        for place in self.contracts().flat_map(|contract| &contract.places) {
            hasher.update(place.paid.as_bytes());
        }
        self.hash = hexadecimal(hasher);
    }

    /// What amounts of the runs say.
    pub(super) fn range_of(&self, amounts: &[i64]) -> Range {
        let chances = [self.range.0.clone(), Exact::ratio(1, 2).unwrap_or_default(), self.range.1.clone()];
        let summary = summary(amounts, &chances);
        let grain = &self.grain;
        Range {
            mean: &summary.mean * grain,
            standard_error: &summary.standard_error * grain,
            percentiles: summary.percentiles.iter().map(|amount| Exact::from_int(*amount) * grain).collect(),
            loss: self.share_of_runs(summary.losses, 1),
            shortfall: &summary.shortfall * grain,
        }
    }

    /// What amounts say that are paid: to those who pay, the worst is the most.
    pub(super) fn range_paid(&self, amounts: &[i64]) -> Range {
        let most: Vec<i64> = amounts.iter().map(|amount| amount.saturating_neg()).collect();
        Range { shortfall: -self.range_of(&most).shortfall, ..self.range_of(amounts) }
    }

    fn share_of_runs(&self, count: u64, in_each: usize) -> Exact {
        let all = Exact::from_i128(i128::from(self.runs) * i128::try_from(in_each).unwrap_or(1));
        Exact::from_i128(i128::from(count)).checked_div(&all).unwrap_or_default()
    }

    fn chance_of(&self, sample: &Sample, cases: usize, place: usize, text: String) -> ChanceResult {
        let cases = cases.max(1);
        let counts: Vec<u64> =
            sample.holds.iter().map(|year| year.get(place).copied().unwrap_or(0)).collect();
        ChanceResult {
            words: text.clone(),
            text,
            chance: self.share_of_runs(counts.iter().sum(), counts.len() * cases),
            years: counts.iter().map(|count| self.share_of_runs(*count, cases)).collect(),
        }
    }
}

/// The incentives of a contract that pay, by title.
fn counts(program: &Program) -> Vec<String> {
    let paying = program.incentives.iter().filter(|incentive| !incentive.flows.is_empty());
    paying.map(|incentive| incentive.head.title.clone()).collect()
}

/// The hash of what is paid in each run: two ways of settling that give the same agree to the smallest amount.
fn paid(sample: &Sample) -> String {
    let mut hasher = Sha256::new();
    for amount in sample.payments.iter().flatten().flatten() {
        hasher.update(amount.to_le_bytes());
    }
    hexadecimal(hasher)
}

fn hexadecimal(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
