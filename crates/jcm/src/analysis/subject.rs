//! What a settlement does not know of its contract: where figures can lie, what is better, who can influence what.

use super::Between;
use super::whole::Whole;
use jcm_analyse::{Analysis, Domain, Figure, Fund, Meaning, Stake, Subject};
use jcm_calculus::{CarriedId, Input, InputId, PartyId, Settlement, StepId, Type, Value};
use jcm_model::{
    BalanceKind, Better, Combining, Constant, InputOwner, LineId, Measure, Pool, PoolId, Program,
};
use jcm_quantity::{Base, End, Exact, Range, RoundingMode, Unit, show};
use std::collections::BTreeSet;

pub(crate) fn subject<'a>(
    program: &Program,
    settlement: &'a Settlement,
    wholes: &[Whole],
    between: &[Between],
) -> Subject<'a> {
    let usual = usual(program, settlement, wholes);
    let inputs = (0u32..).map(InputId).zip(&settlement.inputs);
    let figures = inputs.map(|(id, input)| {
        let usual: Vec<&Exact> =
            usual.iter().filter(|(known, _)| *known == id).map(|(_, value)| value).collect();
        let lies = Lies { program, settlement, input, between, usual };
        let place = id.index().checked_sub(program.inputs.len());
        match (program.inputs.get(id.index()), place.and_then(|place| wholes.get(place))) {
            (Some(declared), _) => of_input(&lies, id, declared),
            (_, Some(whole)) => of_whole(&lies, whole),
            _ => Figure {
                domain: Domain::Anything,
                because: String::new(),
                better: None,
                counts: String::new(),
            },
        }
    });
    let figures = figures.collect();
    let parties = program
        .partners
        .iter()
        .map(|partner| Stake { provides: partner.has_role("provider") || !partner.has_role("commissioner") });
    let parties = parties.collect();
    let rewards = program.incentives.iter().flat_map(|incentive| &incentive.flows).map(|flow| flow.index());
    Subject { settlement, figures, parties, rewards: rewards.collect(), funds: funds(program), usual }
}

/// The pooled funds, with what is paid from each.
fn funds(program: &Program) -> Vec<Fund> {
    let funds = (0u32..).map(PoolId).zip(&program.pools);
    let paid = |id: PoolId| {
        let flows = program.flows.iter().enumerate().filter(move |(_, flow)| flow.pool == Some(id));
        flows.map(|(place, _)| place).collect()
    };
    let fund = |(id, pool): (PoolId, &Pool)| Fund {
        title: pool.head.title.clone(),
        budget: StepId(pool.budget.0),
        payments: paid(id),
        kept: kept(program, id),
    };
    funds.map(fund).collect()
}

/// Where the figures of an input can lie, with what that is decided by.
struct Lies<'a> {
    program: &'a Program,
    settlement: &'a Settlement,
    input: &'a Input,
    between: &'a [Between],
    /// The figures that examples give.
    usual: Vec<&'a Exact>,
}

/// A step between two reported figures is never made finer than so often by ten.
const MOST_FINER: usize = 6;

impl Lies<'_> {
    fn domain(&self, measure: bool, times: &Exact) -> (Domain, String) {
        match self.between.iter().find(|one| one.input == self.input.name) {
            Some(one) => {
                (within(self.program, self.settlement, &self.input.ty, one), "as you said".to_owned())
            }
            None => possible(self.program, self.input, times).unwrap_or_else(|| {
                let negative = self.usual.iter().any(|value| value.is_negative());
                domain(self.program, self.settlement, &self.input.ty, measure, negative)
            }),
        }
    }

    /// A step so fine that the figures which the contract has of a measure are on it: a mean of points is no whole
    /// number of points.
    fn fine_enough(&self, measure: &Measure, domain: Domain) -> Domain {
        let Domain::Numbers { range, mut grain } = domain else { return domain };
        if !matches!(&self.input.ty, Type::Number(unit) if *unit == measure.unit) {
            return Domain::Numbers { range, grain };
        }
        let dated = [measure.baseline.as_ref().map(|(id, _)| *id), measure.target].into_iter().flatten();
        let rows = dated.filter_map(|id| self.program.parameter(id)).flat_map(|parameter| &parameter.rows);
        let figures = rows.flat_map(|row| &row.values).filter_map(|value| match value {
            Constant::Number(number) => Some(number),
            _ => None,
        });
        let figures: Vec<&Exact> = figures.chain(self.usual.iter().copied()).collect();
        for _ in 0..MOST_FINER {
            let between = |figure: &&Exact| figure.round(&grain, RoundingMode::Floor) != **figure;
            if !figures.iter().any(between) {
                break;
            }
            grain = grain * Exact::ten_to(-1);
        }
        Domain::Numbers { range, grain }
    }
}

fn of_input(lies: &Lies<'_>, id: InputId, declared: &jcm_model::Input) -> Figure {
    let program = lies.program;
    let measure = match declared.owner {
        InputOwner::Measure(id) => program.measure(id),
        _ => None,
    };
    let (mut domain, because) = lies.domain(measure.is_some(), &Exact::one());
    if let Some(measure) = measure {
        domain = lies.fine_enough(measure, domain);
    }
    // How many there were in all is neither better nor worse, and counts no event of the numerator.
    let own = measure.filter(|measure| !is_denominator(measure, id));
    let better = match (measure, own) {
        (_, Some(own)) => Some(own_meaning(program, own)),
        (Some(_), None) => None,
        (None, None) => meaning_of_count(program, declared),
    };
    let counts = own.map_or_else(String::new, |measure| counts(measure, declared));
    Figure { domain, because, better, counts }
}

/// A measure that is taken as one figure.
fn of_whole(lies: &Lies<'_>, whole: &Whole) -> Figure {
    let (mut domain, because) = lies.domain(true, &whole.times);
    let measure = lies.program.measure(whole.measure);
    if let Some(measure) = measure {
        domain = lies.fine_enough(measure, domain);
    }
    if let Domain::Numbers { grain, .. } = &mut domain {
        *grain = &*grain * &whole.grains;
    }
    let better = measure.map(|measure| own_meaning(lies.program, measure));
    let counts = measure.map_or_else(String::new, |measure| counted_by(measure).to_owned());
    Figure { domain, because, better, counts }
}

/// The balances of which the remainder is paid from a fund.
fn kept(program: &Program, fund: PoolId) -> Vec<CarriedId> {
    let paid = |line: LineId| program.flows.iter().any(|flow| flow.pool == Some(fund) && flow.amount == line);
    let balances = (0u32..).map(CarriedId).zip(&program.balances);
    let left = balances.filter(|(_, balance)| match &balance.kind {
        BalanceKind::Declared { remainder: Some(line), .. } => paid(*line),
        _ => false,
    });
    left.map(|(id, _)| id).collect()
}

/// The figures that examples give, by input.
fn usual(program: &Program, settlement: &Settlement, wholes: &[Whole]) -> Vec<(InputId, Exact)> {
    let mut found: BTreeSet<(InputId, Exact)> = BTreeSet::new();
    for vector in &settlement.vectors {
        let later = vector.later.iter().flat_map(|later| &later.given);
        let rows = vector.rows.iter().chain(&vector.others).flatten();
        for (id, value) in vector.given.iter().chain(later).chain(rows) {
            if let Value::Number(number) = value {
                found.insert((*id, number.clone()));
            }
        }
    }
    let first = u32::try_from(program.inputs.len()).unwrap_or(u32::MAX);
    for (id, whole) in (first..).map(InputId).zip(wholes) {
        found.extend(whole.usual.iter().map(|value| (id, value.clone())));
    }
    found.into_iter().collect()
}

/// Where a figure lies of which the contract says what is possible, so many times; an end that it does not say is
/// nothing.
fn possible(program: &Program, input: &Input, times: &Exact) -> Option<(Domain, String)> {
    let Type::Number(unit) = &input.ty else { return None };
    let possible = &input.doubt.possible;
    // Of a numerator the ends move with its denominator.
    if possible.over.is_some() || (possible.least.is_none() && possible.most.is_none()) {
        return None;
    }
    let end = |end: &Option<Exact>| end.as_ref().map(|end| end * times);
    let low = end(&possible.least).map_or(End::Below, End::At);
    let range = Range { low, high: end(&possible.most).map_or(End::Above, End::At) };
    let domain = Domain::Numbers { range, grain: grain(program, unit) };
    Some((domain, "the contract says what is possible".to_owned()))
}

/// Where figures of a unit lie, and why.
fn domain(
    program: &Program,
    settlement: &Settlement,
    ty: &Type,
    measure: bool,
    negative: bool,
) -> (Domain, String) {
    let unit = match ty {
        Type::Number(unit) => unit,
        Type::Choice(id) => {
            let members = settlement.choices.get(id.index()).map(|choice| &choice.members);
            let values = members.into_iter().flatten().map(|(name, _)| Value::Choice(name.clone()));
            return (Domain::OneOf(values.collect()), "one of a list".to_owned());
        }
        Type::Truth => {
            let both = vec![Value::Truth(false), Value::Truth(true)];
            return (Domain::OneOf(both), "yes or no".to_owned());
        }
        Type::Text | Type::Date => return (Domain::Anything, "a text or a date".to_owned()),
    };
    let share = measure && unit.is_percent();
    let (range, because) = if negative {
        (Range::ALL, "an example gives it below nothing")
    } else if share {
        let share = Range { low: End::At(Exact::zero()), high: End::At(Exact::one()) };
        (share, "a share")
    } else if unit.is_money().is_some() {
        (Range::at_least(Exact::zero()), "money that is spent or earned")
    } else if unit.dims().iter().any(|(base, _)| *base == Base::PercentagePoint) {
        (Range::ALL, "a difference")
    } else {
        (Range::at_least(Exact::zero()), "a count, a rate or a share")
    };
    (Domain::Numbers { range, grain: grain(program, unit) }, because.to_owned())
}

fn within(program: &Program, settlement: &Settlement, ty: &Type, between: &Between) -> Domain {
    match ty {
        Type::Number(unit) => {
            let (low, high) = (End::At(between.from.clone()), End::At(between.to.clone()));
            Domain::Numbers { range: Range { low, high }, grain: grain(program, unit) }
        }
        ty => domain(program, settlement, ty, false, false).0,
    }
}

/// The step between two figures of a unit as they are reported.
fn grain(program: &Program, unit: &Unit) -> Exact {
    if unit.is_money().is_some() {
        return program.contract.rounding.grain.clone();
    }
    let hundredth = Exact::ten_to(-2);
    unit.grain().or_else(|| hundredth.checked_div(&unit.scale())).unwrap_or(hundredth)
}

/// What a figure of a measure counts: what its numerator says, in the part of the period that it is of. So the quarters of
/// one measure count no event twice.
fn counts(measure: &Measure, input: &jcm_model::Input) -> String {
    let (title, what) = (&measure.head.title, counted_by(measure));
    let part =
        input.head.title.strip_prefix(title.as_str()).unwrap_or_default().trim_start_matches([',', ' ']);
    let part = part.strip_prefix("numerator of ").unwrap_or(part);
    if part.is_empty() { what.to_owned() } else { format!("{what}, {part}") }
}

/// What a measure counts: what its numerator says.
fn counted_by(measure: &Measure) -> &str {
    if measure.numerator.is_empty() { &measure.head.title } else { &measure.numerator }
}

/// Whether an input is a denominator of one of a measure's parts, which stand behind the numerators.
fn is_denominator(measure: &Measure, id: InputId) -> bool {
    let combined = measure.combined.as_ref().filter(|combined| combined.rule == Combining::Ratio);
    combined.is_some_and(|combined| {
        let place = combined.inputs.iter().position(|input| input.index() == id.index());
        place.is_some_and(|place| place >= combined.inputs.len() / 2)
    })
}

fn own_meaning(program: &Program, measure: &Measure) -> Meaning {
    let outcome = measure.outcome.and_then(|id| program.outcome(id));
    let owners = outcome.map(|outcome| outcome.owners.iter().map(|owner| PartyId(owner.0)).collect());
    Meaning {
        more_is_better: measure.better == Better::Higher,
        measure: measure.head.title.clone(),
        own: true,
        owners: owners.unwrap_or_default(),
    }
}

/// What is better of a count that is paid for, where a measure counts the same things: admissions that are paid for,
/// and admissions that should become fewer. Nothing where two measures say different things of them.
fn meaning_of_count(program: &Program, input: &jcm_model::Input) -> Option<Meaning> {
    let counted = |unit: &Unit| -> Vec<Base> {
        let things = unit
            .dims()
            .iter()
            .filter(|(base, power)| *power > 0 && matches!(base, Base::Thing(name) if name != "people"));
        things.map(|(base, _)| base.clone()).collect()
    };
    let own = input.ty.unit().map(counted).unwrap_or_default();
    let same = |measure: &&Measure| counted(&measure.unit).iter().any(|base| own.contains(base));
    let mut measures = program.measures.iter().filter(same);
    let first = measures.next()?;
    let agree = measures.all(|other| other.better == first.better);
    agree.then(|| Meaning { own: false, ..own_meaning(program, first) })
}

/// Between which figures each input behind a payment was taken to lie.
pub(super) fn domains(subject: &Subject<'_>, analysis: &Analysis) -> Vec<(String, String, String)> {
    let used: BTreeSet<InputId> = analysis
        .statements
        .iter()
        .flat_map(|statement| &statement.witnesses)
        .flat_map(|witness| witness.case.inputs.keys().copied())
        .collect();
    let inputs = (0u32..).map(InputId).zip(subject.settlement.inputs.iter().zip(&subject.figures));
    let inputs = inputs.filter(|(id, _)| used.contains(id));
    let told = inputs.filter_map(|(_, (input, figure))| {
        let words = match (&figure.domain, &input.ty) {
            (Domain::Numbers { range, .. }, Type::Number(unit)) => {
                jcm_analyse::range_words(range, |value| show(value, unit))
            }
            (Domain::OneOf(values), _) => format!("{} values", values.len()),
            _ => return None,
        };
        Some((input.title.clone(), words, figure.because.clone()))
    });
    told.collect()
}
