//! A few words to build small settlements with.

use jcm_calculus::*;
use jcm_eval::{Case, Outcome, Stop, settle};
use jcm_quantity::{Currency, Exact, Period, RoundingMode, Unit};

/// A number as it stands on paper: `£1,200.50`, `2.5%`.
pub(crate) fn n(text: &str) -> Exact {
    let digits: String = text.chars().filter(|c| !"£,%".contains(*c)).collect();
    let number = Exact::parse(&digits).unwrap();
    if text.ends_with('%') { number * Exact::ratio(1, 100).unwrap() } else { number }
}

pub(crate) fn number(text: &str) -> Value {
    Value::Number(n(text))
}

pub(crate) fn lit(text: &str) -> Expr {
    Expr::literal(number(text))
}

pub(crate) fn pounds() -> Type {
    Type::Number(Unit::money("GBP"))
}

pub(crate) fn percent() -> Type {
    Type::Number(Unit::percent())
}

pub(crate) fn empty() -> Settlement {
    Settlement {
        name: "test".into(),
        title: "Test agreement".into(),
        source_hash: String::new(),
        currency: Currency::named("GBP").unwrap(),
        parties: Vec::new(),
        periods: vec![Period::financial_year(2026).unwrap(), Period::financial_year(2027).unwrap()],
        calendar: None,
        choices: Vec::new(),
        inputs: Vec::new(),
        parameters: Vec::new(),
        steps: Vec::new(),
        carried: Vec::new(),
        pools: Vec::new(),
        allocations: Vec::new(),
        datasets: Vec::new(),
        vectors: Vec::new(),
    }
}

pub(crate) trait Build {
    fn party(&mut self, name: &str) -> PartyId;
    fn input_at(&mut self, level: Level, name: &str, ty: Type, missing: MissingRule) -> Expr;
    fn input(&mut self, name: &str, ty: Type) -> Expr;
    fn line_at(&mut self, level: Level, name: &str, ty: Type, expr: Expr) -> Expr;
    fn line(&mut self, name: &str, ty: Type, expr: Expr) -> Expr;
}

impl Build for Settlement {
    fn party(&mut self, name: &str) -> PartyId {
        self.parties.push(Party { name: name.into(), title: name.into(), per_case: false });
        PartyId(u32::try_from(self.parties.len() - 1).unwrap())
    }

    fn input_at(&mut self, level: Level, name: &str, ty: Type, missing: MissingRule) -> Expr {
        let origin = Origin::default();
        let (title, source) = (title_of(name), String::new());
        let doubt = Doubt::default();
        self.inputs.push(Input { name: name.into(), title, ty, level, source, missing, doubt, origin });
        Expr::Input(InputId(u32::try_from(self.inputs.len() - 1).unwrap()))
    }

    fn input(&mut self, name: &str, ty: Type) -> Expr {
        self.input_at(Level::Case, name, ty, MissingRule::Refuse)
    }

    fn line_at(&mut self, level: Level, name: &str, ty: Type, expr: Expr) -> Expr {
        let (title, group, words, origin) = (title_of(name), String::new(), String::new(), Origin::default());
        self.steps.push(Step { name: name.into(), title, group, ty, level, expr, words, origin });
        Expr::Step(StepId(u32::try_from(self.steps.len() - 1).unwrap()))
    }

    fn line(&mut self, name: &str, ty: Type, expr: Expr) -> Expr {
        self.line_at(Level::Case, name, ty, expr)
    }
}

fn title_of(name: &str) -> String {
    name.replace('_', " ")
}

pub(crate) fn input_id(expr: &Expr) -> InputId {
    match expr {
        Expr::Input(id) => *id,
        other => panic!("{other:?} is no input"),
    }
}

pub(crate) fn step_id(expr: &Expr) -> StepId {
    match expr {
        Expr::Step(id) => *id,
        other => panic!("{other:?} is no line"),
    }
}

fn arithmetic(op: Arithmetic, left: &Expr, right: &Expr) -> Expr {
    Expr::Arithmetic { op, left: Box::new(left.clone()), right: Box::new(right.clone()) }
}

pub(crate) fn add(left: &Expr, right: &Expr) -> Expr {
    arithmetic(Arithmetic::Add, left, right)
}

pub(crate) fn sub(left: &Expr, right: &Expr) -> Expr {
    arithmetic(Arithmetic::Subtract, left, right)
}

pub(crate) fn mul(left: &Expr, right: &Expr) -> Expr {
    arithmetic(Arithmetic::Multiply, left, right)
}

pub(crate) fn div(left: &Expr, right: &Expr) -> Expr {
    arithmetic(Arithmetic::Divide, left, right)
}

pub(crate) fn compare(op: Comparison, left: &Expr, right: &Expr) -> Expr {
    Expr::Compare { op, left: Box::new(left.clone()), right: Box::new(right.clone()) }
}

pub(crate) fn when(condition: Expr, value: Expr, otherwise: Expr) -> Expr {
    Expr::Choose { cases: vec![(condition, value)], otherwise: Box::new(otherwise) }
}

pub(crate) fn round(value: &Expr, mode: RoundingMode, grain: &str) -> Expr {
    Expr::Round { value: Box::new(value.clone()), rounding: Rounding { mode, grain: n(grain) } }
}

/// An end that belongs to the row.
pub(crate) fn to(text: &str) -> Option<End> {
    Some(End { value: n(text), included: true })
}

/// An end that does not.
pub(crate) fn below(text: &str) -> Option<End> {
    Some(End { value: n(text), included: false })
}

pub(crate) fn even(lower: Option<End>, upper: Option<End>, from: &str, to: &str) -> ScaleRow {
    ScaleRow { lower, upper, result: ScaleResult::Even { from: n(from), to: n(to) } }
}

pub(crate) fn flat(lower: Option<End>, upper: Option<End>, result: &str) -> ScaleRow {
    ScaleRow { lower, upper, result: ScaleResult::Flat(n(result)) }
}

/// A share without limits.
pub(crate) fn share(party: PartyId, share: &str) -> AllocationShare {
    AllocationShare { party, share: n(share), losing_at_most: None, gaining_at_most: None }
}

/// An allocation to the penny, half even, the residue to the largest remainders.
pub(crate) fn pays(amount: &Expr, payer: PartyId, shares: Vec<AllocationShare>) -> Allocation {
    Allocation {
        name: "gain_share".into(),
        title: "Sharing of savings".into(),
        amount: step_id(amount),
        payer,
        pool: String::new(),
        rounding: Rounding { mode: RoundingMode::HalfEven, grain: n("0.01") },
        first: vec![],
        shares,
        residue: Residue::LargestRemainder,
        excess: None,
        due: vec![],
        origin: Origin::default(),
    }
}

/// Settles a verified settlement with these inputs.
pub(crate) fn run(settlement: &Settlement, given: &[(&Expr, Value)]) -> Result<Outcome, Stop> {
    verify(settlement).unwrap();
    let inputs = given.iter().map(|(input, value)| (input_id(input), value.clone())).collect();
    settle(settlement, &Case { period: 1, inputs, ..Case::default() })
}

/// The value of a line in words that compare well.
pub(crate) fn text(outcome: &Outcome, line: &Expr) -> String {
    match outcome.value(step_id(line), None).unwrap() {
        Value::Number(number) => number.text(),
        other => format!("{other:?}"),
    }
}

pub(crate) fn amounts(outcome: &Outcome) -> Vec<String> {
    outcome.payments.iter().map(|payment| payment.amount.fixed(2, RoundingMode::HalfEven)).collect()
}
