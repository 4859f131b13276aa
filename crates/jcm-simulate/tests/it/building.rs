//! The contracts of these tests: small ones put together here, and those of the examples.

use jcm_calculus::*;
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit};
use jcm_simulate::{Changes, Distribution, Shape, Varied, Year};
use std::path::Path;

pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

pub(crate) fn literal(text: &str) -> Expr {
    Expr::literal(Value::Number(exact(text)))
}

pub(crate) fn arithmetic(op: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left), right: Box::new(right) }
}

pub(crate) fn plus(left: Expr, right: Expr) -> Expr {
    arithmetic(Arithmetic::Add, left, right)
}

pub(crate) fn minus(left: Expr, right: Expr) -> Expr {
    arithmetic(Arithmetic::Subtract, left, right)
}

pub(crate) fn figure(place: u32) -> Expr {
    Expr::Input(InputId(place))
}

pub(crate) fn input(name: &str, level: Level, missing: MissingRule, disputed: Option<DisputedRule>) -> Input {
    Input {
        name: name.into(),
        title: name.into(),
        ty: Type::Number(Unit::money("GBP")),
        level,
        source: String::new(),
        missing,
        doubt: Doubt { disputed, ..Doubt::default() },
        origin: Origin::default(),
    }
}

pub(crate) fn plain(name: &str) -> Input {
    input(name, Level::Case, MissingRule::Refuse, None)
}

/// A contract over three financial years that pays the last of some steps, rounded to the penny.
pub(crate) fn paying(inputs: Vec<Input>, carried: Vec<Carried>, steps: Vec<(Level, Expr)>) -> Settlement {
    let party = |name: &str| Party { name: name.into(), title: name.into(), per_case: false };
    let steps: Vec<Step> = steps
        .into_iter()
        .enumerate()
        .map(|(place, (level, expr))| Step {
            name: format!("line_{place}"),
            title: format!("Line {place}"),
            level,
            ..Step::unnamed(Type::Number(Unit::money("GBP")), expr)
        })
        .collect();
    let amount = StepId(u32::try_from(steps.len() - 1).unwrap());
    let share = AllocationShare {
        party: PartyId(1),
        share: Exact::one(),
        losing_at_most: None,
        gaining_at_most: None,
    };
    let settlement = Settlement {
        name: "contract".into(),
        title: "Contract".into(),
        source_hash: String::new(),
        currency: Currency::named("GBP").unwrap(),
        parties: ["commissioner", "provider"].map(party).to_vec(),
        periods: (2027..2030).map(|year| Period::financial_year(year).unwrap()).collect(),
        calendar: None,
        choices: Vec::new(),
        inputs,
        parameters: Vec::new(),
        steps,
        carried,
        pools: Vec::new(),
        allocations: vec![Allocation {
            name: "amount".into(),
            title: "Amount".into(),
            amount,
            payer: PartyId(0),
            pool: String::new(),
            rounding: Rounding { mode: RoundingMode::HalfEven, grain: exact("0.01") },
            first: Vec::new(),
            shares: vec![share],
            residue: Residue::LargestRemainder,
            excess: None,
            due: vec![],
            origin: Origin::default(),
        }],
        datasets: Vec::new(),
        vectors: Vec::new(),
    };
    verify(&settlement).unwrap();
    settlement
}

/// A figure of a settlement, drawn in pennies, or in another grain.
pub(crate) fn varied(settlement: &Settlement, place: u32, shape: Shape, changes: Changes) -> Varied {
    let of = &settlement.inputs[usize::try_from(place).unwrap()];
    Varied {
        name: of.name.clone(),
        input: Some(InputId(place)),
        distribution: Distribution { shape, from: None, to: None, grain: exact("0.01") },
        per_row: of.level == Level::Row,
        changes,
    }
}

/// The same figure in grains of another size.
pub(crate) fn in_grains(mut varied: Varied, grain: Exact) -> Varied {
    varied.distribution.grain = grain;
    varied
}

/// A period of cases without rows, of which nothing is watched.
pub(crate) fn year<'a>(settlement: &'a Settlement, period: usize, varied: Vec<Varied>) -> Year<'a> {
    Year { settlement, period, months: (0, 12), rows: 0, cases: 0, varied, watched: Vec::new() }
}

/// The settlement that an example of the project is made into.
pub(crate) fn golden(name: &str) -> Option<Settlement> {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let text = std::fs::read_to_string(goldens.join(name).join("settlement.json")).ok()?;
    Some(jcm_spec::read(&text).unwrap())
}

/// The steps of cases that are yes or no.
pub(crate) fn truths(settlement: &Settlement) -> Vec<StepId> {
    let steps = (0u32..).zip(&settlement.steps);
    steps.filter(|(_, step)| step.ty == Type::Truth).map(|(place, _)| StepId(place)).collect()
}
