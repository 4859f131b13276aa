//! What a settlement does not know of its contract: where figures can lie, what is better, who can influence what.

use super::Between;
use jcm_analyse::{Analysis, Domain, Figure, Fund, Meaning, Stake, Subject};
use jcm_calculus::{InputId, PartyId, Settlement, StepId, Type, Value};
use jcm_model::{Better, Combining, Input, InputOwner, Measure, Pool, PoolId, Program};
use jcm_quantity::{Base, End, Exact, Range, Unit, show};
use std::collections::BTreeSet;

pub(crate) fn subject<'a>(program: &Program, settlement: &'a Settlement, between: &[Between]) -> Subject<'a> {
    let usual = usual(settlement);
    let inputs = (0u32..).map(InputId).zip(settlement.inputs.iter().zip(&program.inputs));
    let figures = inputs.map(|(id, (input, declared))| {
        let measure = match declared.owner {
            InputOwner::Measure(id) => program.measure(id),
            _ => None,
        };
        let negative = usual.iter().any(|(known, value)| *known == id && value.is_negative());
        let (domain, because) = match between.iter().find(|one| one.input == input.name) {
            Some(one) => (within(program, settlement, &input.ty, one), "as you said".to_owned()),
            None => possible(program, input)
                .unwrap_or_else(|| domain(program, settlement, &input.ty, measure.is_some(), negative)),
        };
        // How many there were in all is neither better nor worse, and counts no event of the numerator.
        let own = measure.filter(|measure| !is_denominator(measure, id));
        let better = match (measure, own) {
            (_, Some(own)) => Some(own_meaning(program, own)),
            (Some(_), None) => None,
            (None, None) => meaning_of_count(program, declared),
        };
        let counts = own.map_or_else(String::new, |measure| counts(measure, declared));
        Figure { domain, because, better, counts }
    });
    let parties = program
        .partners
        .iter()
        .map(|partner| Stake { provides: partner.has_role("provider") || !partner.has_role("commissioner") });
    let (figures, parties) = (figures.collect(), parties.collect());
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
    };
    funds.map(fund).collect()
}

/// The figures that examples give, by input.
fn usual(settlement: &Settlement) -> Vec<(InputId, Exact)> {
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
    found.into_iter().collect()
}

/// Where a figure lies of which the contract says what is possible; an end that it does not say is nothing.
fn possible(program: &Program, input: &jcm_calculus::Input) -> Option<(Domain, String)> {
    let Type::Number(unit) = &input.ty else { return None };
    let possible = &input.doubt.possible;
    // Of a numerator the ends move with its denominator.
    if possible.over.is_some() || (possible.least.is_none() && possible.most.is_none()) {
        return None;
    }
    let low = possible.least.clone().map_or(End::Below, End::At);
    let range = Range { low, high: possible.most.clone().map_or(End::Above, End::At) };
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
fn counts(measure: &Measure, input: &Input) -> String {
    let title = &measure.head.title;
    let what = if measure.numerator.is_empty() { title } else { &measure.numerator };
    let part =
        input.head.title.strip_prefix(title.as_str()).unwrap_or_default().trim_start_matches([',', ' ']);
    let part = part.strip_prefix("numerator of ").unwrap_or(part);
    if part.is_empty() { what.clone() } else { format!("{what}, {part}") }
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
fn meaning_of_count(program: &Program, input: &Input) -> Option<Meaning> {
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
