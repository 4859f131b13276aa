//! Conditions, limits, rows and bands as yes-or-no steps of their own, so that it can be asked whether each is ever
//! reached, and the exact evaluator can confirm it.

use jcm_calculus::{
    BandRow, Comparison, Expr, Level, ScaleRow, Settlement, Step, StepId, Type, Value, type_of, verify,
};
use jcm_quantity::{Exact, Unit, show};
use std::collections::BTreeSet;

/// What a probe asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asks {
    /// Whether a case of a choice is taken.
    Case,
    /// Whether what stands after the cases is taken.
    Otherwise,
    /// Whether a cap binds.
    Cap,
    /// Whether a floor binds.
    Floor,
    /// Whether a row of a table holds the figure.
    Row,
    /// Whether a part of the figure is in a band.
    Band,
}

/// Something that may never be reached.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    pub(crate) asks: Asks,
    /// The line that has it.
    pub(crate) of: StepId,
    /// The step that says whether it is reached.
    pub(crate) step: StepId,
    /// What it is, in words.
    pub(crate) words: String,
}

/// A settlement with a step for each thing that may never be reached behind a payment.
pub(crate) fn with_probes(settlement: &Settlement) -> (Settlement, Vec<Probe>) {
    let mut found = Finder { settlement, asked: Vec::new() };
    let behind = behind_payments(settlement);
    for (id, step) in (0u32..).map(StepId).zip(&settlement.steps) {
        if step.level == Level::Case && behind.contains(&id) {
            found.visit(id, &step.expr, &Vec::new());
        }
    }
    let mut with = settlement.clone();
    let mut probes = Vec::new();
    for (asks, of, words, expr) in found.asked {
        let Ok(place) = u32::try_from(with.steps.len()) else { break };
        with.steps.push(Step {
            name: format!("asked.{place}"),
            title: words.clone(),
            ..Step::unnamed(Type::Truth, expr)
        });
        probes.push(Probe { asks, of, step: StepId(place), words });
    }
    // A probe that would nest too deep is left out rather than asked wrongly.
    if verify(&with).is_err() { (settlement.clone(), Vec::new()) } else { (with, probes) }
}

fn behind_payments(settlement: &Settlement) -> BTreeSet<StepId> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<StepId> = settlement.allocations.iter().map(|paid| paid.amount).collect();
    while let Some(id) = waiting.pop() {
        if seen.insert(id)
            && let Some(step) = settlement.steps.get(id.index())
        {
            let mut open = vec![&step.expr];
            while let Some(expr) = open.pop() {
                if let Expr::Step(id) = expr {
                    waiting.push(*id);
                }
                open.extend(expr.parts());
            }
        }
    }
    seen
}

struct Finder<'a> {
    settlement: &'a Settlement,
    asked: Vec<(Asks, StepId, String, Expr)>,
}

impl Finder<'_> {
    /// Notes what an expression has that may never be reached, where some conditions hold.
    fn visit(&mut self, of: StepId, expr: &Expr, here: &Vec<Expr>) {
        match expr {
            Expr::Choose { cases, otherwise } => return self.choice(of, cases, otherwise, here),
            Expr::Least(parts) => self.limits(of, parts, Comparison::Less, here),
            Expr::Greatest(parts) => self.limits(of, parts, Comparison::Greater, here),
            Expr::Scale { value, rows } => self.rows(of, value, rows, here),
            Expr::Bands { value, rows } => self.bands(of, value, rows, here),
            // A row has its own figures.
            Expr::SumOfRows(_) | Expr::CountOfRows(_) | Expr::StatisticOfRows { .. } => return,
            _ => {}
        }
        for part in expr.parts() {
            self.visit(of, part, here);
        }
    }

    fn ask(&mut self, asks: Asks, of: StepId, words: String, here: &[Expr], own: Vec<Expr>) {
        let all: Vec<Expr> = here.iter().cloned().chain(own).collect();
        if type_of(self.settlement, &Expr::All(all.clone())).is_ok() {
            self.asked.push((asks, of, words, Expr::All(all)));
        }
    }

    fn choice(&mut self, of: StepId, cases: &[(Expr, Expr)], otherwise: &Expr, here: &[Expr]) {
        let mut here = here.to_vec();
        let mut varies = false;
        for (condition, value) in cases {
            self.visit(of, condition, &here);
            // What depends on nothing but the period is not to be looked at.
            let own = !is_settled(self.settlement, condition);
            varies |= own;
            if own {
                let words = format!("the case “{}”", self.words(condition));
                self.ask(Asks::Case, of, words, &here, vec![condition.clone()]);
            }
            let mut inside = here.clone();
            inside.push(condition.clone());
            self.visit(of, value, &inside);
            here.push(Expr::Not(Box::new(condition.clone())));
        }
        if varies {
            self.ask(Asks::Otherwise, of, "what stands after “otherwise”".to_owned(), &here, Vec::new());
        }
        self.visit(of, otherwise, &here);
    }

    fn limits(&mut self, of: StepId, parts: &[Expr], op: Comparison, here: &[Expr]) {
        let [value, limit] = parts else { return };
        if !is_settled(self.settlement, limit) {
            return;
        }
        let (asks, which) =
            if op == Comparison::Less { (Asks::Cap, "the cap") } else { (Asks::Floor, "the floor") };
        let words = format!("{which} at {}", self.words(limit));
        let binds = Expr::Compare { op, left: Box::new(limit.clone()), right: Box::new(value.clone()) };
        self.ask(asks, of, words, here, vec![binds]);
    }

    fn rows(&mut self, of: StepId, value: &Expr, rows: &[ScaleRow], here: &[Expr]) {
        let unit = self.unit(value);
        for row in rows {
            let mut own = Vec::new();
            let mut ends = Vec::new();
            if let Some(end) = &row.lower {
                let op = if end.included { Comparison::GreaterOrEqual } else { Comparison::Greater };
                own.push(compare(op, value, &end.value));
                ends.push(format!(
                    "{} {}",
                    if end.included { "from" } else { "above" },
                    show(&end.value, &unit)
                ));
            }
            if let Some(end) = &row.upper {
                let op = if end.included { Comparison::LessOrEqual } else { Comparison::Less };
                own.push(compare(op, value, &end.value));
                ends.push(format!(
                    "{} {}",
                    if end.included { "up to" } else { "below" },
                    show(&end.value, &unit)
                ));
            }
            let words = format!("the row “{}” for {}", ends.join(" "), self.words(value));
            self.ask(Asks::Row, of, words, here, own);
        }
    }

    fn bands(&mut self, of: StepId, value: &Expr, rows: &[BandRow], here: &[Expr]) {
        let unit = self.unit(value);
        let zero = Exact::zero();
        for row in rows {
            let (own, words) = match (&row.lower, &row.upper) {
                (Some(lower), _) if *lower >= zero => {
                    (compare(Comparison::Greater, value, lower), format!("above {}", show(lower, &unit)))
                }
                (_, Some(upper)) if *upper <= zero => {
                    (compare(Comparison::Less, value, upper), format!("below {}", show(upper, &unit)))
                }
                _ => continue,
            };
            let words = format!("the band {words} for {}", self.words(value));
            self.ask(Asks::Band, of, words, here, vec![own]);
        }
    }

    fn unit(&self, expr: &Expr) -> Unit {
        match type_of(self.settlement, expr) {
            Ok(Type::Number(unit)) => unit,
            _ => Unit::none(),
        }
    }

    /// An expression in a few words, as far as these go.
    fn words(&self, expr: &Expr) -> String {
        let settlement = self.settlement;
        let both = |left: &Expr, word: &str, right: &Expr| {
            format!("{} {word} {}", self.words(left), self.words(right))
        };
        let unit = |left: &Expr, right: &Expr| match (left, right) {
            (Expr::Literal { .. }, other) | (other, _) => self.unit(other),
        };
        match expr {
            Expr::Literal { value: Value::Number(number), unit } => {
                show(number, unit.as_ref().unwrap_or(&Unit::none()))
            }
            Expr::Step(id) => settlement.steps.get(id.index()).map_or_else(String::new, |s| s.title.clone()),
            Expr::Input(id) => {
                settlement.inputs.get(id.index()).map_or_else(String::new, |s| s.title.clone())
            }
            Expr::Parameter { parameter, .. } => {
                settlement.parameters.get(parameter.index()).map_or_else(String::new, |s| s.title.clone())
            }
            Expr::Absolute(part) => format!("the size of {}", self.words(part)),
            Expr::Negate(part) => format!("minus {}", self.words(part)),
            Expr::Not(part) => format!("not: {}", self.words(part)),
            Expr::Compare { op, left, right } => {
                let shown = |expr: &Expr| match expr {
                    Expr::Literal { value: Value::Number(number), .. } => show(number, &unit(left, right)),
                    other => self.words(other),
                };
                format!("{} {} {}", shown(left), sign(*op), shown(right))
            }
            Expr::Arithmetic { op, left, right } => match op {
                jcm_calculus::Arithmetic::Add => both(left, "+", right),
                jcm_calculus::Arithmetic::Subtract => both(left, "−", right),
                jcm_calculus::Arithmetic::Multiply => both(left, "×", right),
                jcm_calculus::Arithmetic::Divide => both(left, "÷", right),
            },
            Expr::All(parts) => joined(parts.iter().map(|part| self.words(part)), " and "),
            Expr::Any(parts) => joined(parts.iter().map(|part| self.words(part)), " or "),
            Expr::Literal { value: Value::Choice(name) | Value::Text(name), .. } => name.clone(),
            Expr::IsMissing(part) => format!("{} is missing", self.words(part)),
            _ => "a figure".to_owned(),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>, word: &str) -> String {
    parts.collect::<Vec<String>>().join(word)
}

fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "≤",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => "≥",
    }
}

fn compare(op: Comparison, value: &Expr, border: &Exact) -> Expr {
    let border = Expr::literal(Value::Number(border.clone()));
    Expr::Compare { op, left: Box::new(value.clone()), right: Box::new(border) }
}

/// Whether an expression depends on no figure that is reported or carried, or only asks whether one is there.
fn is_settled(settlement: &Settlement, expr: &Expr) -> bool {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Input(_) | Expr::Carried(_) | Expr::OverAll { .. } => return false,
            Expr::IsMissing(_) => continue,
            Expr::Step(id) => open.extend(settlement.steps.get(id.index()).map(|step| &step.expr)),
            _ => {}
        }
        open.extend(expr.parts());
    }
    true
}
