//! A line with its figures put in: `£50,000,000.00 - £45,000,000.00`, and of a choice only the branch that was taken.

use crate::fixed;
use crate::scales;
use jcm_calculus::{
    Arithmetic, Comparison, Expr, Level, Rounding, Settlement, Step, StepId, Type, Value, WeightRule,
};
use jcm_eval::{Case, Outcome, Prepared};
use jcm_quantity::{Exact, Unit, show, show_date};

/// Beyond this many rows nobody adds them up by hand from one line.
const MOST_ROWS: usize = 12;

/// A value in the words of the contract.
pub(crate) fn show_value(value: &Value, ty: &Type, settlement: &Settlement) -> String {
    match (value, ty) {
        (Value::Number(x), Type::Number(unit)) => show(x, unit),
        (Value::Number(x), _) => show(x, &Unit::none()),
        (Value::Choice(name), Type::Choice(id)) => {
            let members = settlement.choices.get(id.index()).map(|choice| choice.members.as_slice());
            let member = members
                .unwrap_or_default()
                .iter()
                .find(|(member, title)| member == name && !title.is_empty());
            member.map_or(name, |(_, title)| title).clone()
        }
        (Value::Choice(text) | Value::Text(text), _) => text.clone(),
        (Value::Truth(truth), _) => if *truth { "yes" } else { "no" }.to_owned(),
        (Value::Date(date), _) => show_date(*date),
        (Value::Missing, _) => "missing".to_owned(),
    }
}

/// A figure below nought in brackets: two signs in a row are read as one.
fn bracketed(text: String) -> String {
    if text.starts_with('-') { format!("({text})") } else { text }
}

/// How tightly a text holds together; a looser one is put in brackets inside a tighter one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Sentence,
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Word,
}

/// Puts the figures of one settled case into its lines.
pub(crate) struct Figures<'a> {
    settlement: &'a Settlement,
    outcome: &'a Outcome,
    /// The period settled, by its place.
    period: usize,
    probe: Probe,
}

impl<'a> Figures<'a> {
    pub(crate) fn new(settlement: &'a Settlement, outcome: &'a Outcome, case: Case) -> Self {
        let period = case.period;
        Self { settlement, outcome, period, probe: Probe::new(settlement, outcome, case) }
    }

    /// What a part of a line came to for the case.
    pub(crate) fn part(&mut self, expr: &Expr) -> Option<Value> {
        self.probe.value(expr, None)
    }

    /// The line with its figures; empty where the line is one figure and its value says all.
    pub(crate) fn of(&mut self, step: &Step, row: Option<usize>) -> String {
        if matches!(step.expr, Expr::Literal { .. } | Expr::Input(_) | Expr::Step(_)) {
            return String::new();
        }
        let unit = match &step.ty {
            Type::Number(unit) => Some(unit),
            _ => None,
        };
        // The value before rounding stands on a line of its own.
        let expr = match &step.expr {
            Expr::Round { value, .. } | Expr::RoundToFigures { value, .. } => value,
            other => other,
        };
        Writer { figures: self, row }.text(expr, unit, Tie::Sentence)
    }
}

/// Writes the expressions of one line, for the case or for one of its rows.
struct Writer<'f, 'a> {
    figures: &'f mut Figures<'a>,
    row: Option<usize>,
}

impl Writer<'_, '_> {
    /// The text of an expression in brackets, if it is looser than its surroundings. `unit` is the unit in which a
    /// bare number is meant here.
    fn text(&mut self, expr: &Expr, unit: Option<&Unit>, around: Tie) -> String {
        let (text, tie) = self.bare(expr, unit);
        if tie < around { format!("({text})") } else { text }
    }

    fn bare(&mut self, expr: &Expr, unit: Option<&Unit>) -> (String, Tie) {
        match expr {
            Expr::Literal { value, unit: own } => (self.shown(value, own.as_ref().or(unit)), Tie::Word),
            Expr::Input(_) | Expr::Step(_) | Expr::Carried(_) | Expr::Parameter { .. } => {
                (self.named(expr), Tie::Word)
            }
            Expr::InPeriods(places) => (self.periods(places), Tie::Comparison),
            Expr::Arithmetic { op, left, right } => self.arithmetic(*op, left, right, unit),
            Expr::Negate(x) => (format!("-{}", bracketed(self.text(x, unit, Tie::Word))), Tie::Product),
            Expr::Absolute(x) => {
                (format!("{} without its sign", self.text(x, unit, Tie::Word)), Tie::Sentence)
            }
            Expr::Least(parts) => (format!("the least of {}", self.list(parts, unit)), Tie::Sentence),
            Expr::Greatest(parts) => (format!("the greatest of {}", self.list(parts, unit)), Tie::Sentence),
            Expr::Round { value, rounding } => (self.rounded(value, rounding, unit), Tie::Sentence),
            Expr::RoundToFigures { value, mode, figures } => {
                let value = self.text(value, unit, Tie::Sum);
                (format!("{value} rounded to {figures} significant figures, {}", mode.words()), Tie::Sentence)
            }
            Expr::Irrational { function, value, decimals } => {
                let value = self.text(value, Some(&Unit::none()), Tie::Word);
                (format!("{} of {value}, to {decimals} decimals", function.words()), Tie::Sentence)
            }
            Expr::Power { value, exponent } => {
                (format!("{} to the power of {exponent}", self.text(value, None, Tie::Word)), Tie::Product)
            }
            Expr::Statistic { statistic, parts } => {
                (format!("{} of {}", statistic.words(), self.list(parts, unit)), Tie::Sentence)
            }
            Expr::OverAll { same, .. } => (self.over_all(expr, same.as_deref()), Tie::Word),
            Expr::Compare { op, left, right } => (self.compared(*op, left, right), Tie::Comparison),
            Expr::All(parts) => self.joined(parts, " and ", Tie::And, "nothing is asked"),
            Expr::Any(parts) => self.joined(parts, " or ", Tie::Or, "nothing would do"),
            Expr::Not(part) => match &**part {
                Expr::IsMissing(x) => (format!("{} is not missing", self.asked(x)), Tie::Comparison),
                part => (format!("not {}", self.text(part, None, Tie::Word)), Tie::And),
            },
            Expr::Choose { cases, otherwise } => (self.chosen(cases, otherwise, unit), Tie::Sentence),
            Expr::Scale { .. } | Expr::Bands { .. } => (self.looked_up(expr, unit), Tie::Sentence),
            Expr::Weighted { parts, missing } => self.weighted(parts, *missing, unit),
            Expr::IsMissing(x) => (format!("{} is missing", self.asked(x)), Tie::Comparison),
            Expr::IfMissing(x, instead) => match self.value(x) {
                Some(Value::Missing) => {
                    let instead = self.text(instead, unit, Tie::Sum);
                    (format!("{instead} in place of what is missing"), Tie::Sentence)
                }
                _ => self.bare(x, unit),
            },
            Expr::MoveDate { .. } | Expr::CountBetween { .. } | Expr::MarkDate { .. } => {
                (self.dates(expr), Tie::Sentence)
            }
            Expr::SumOfRows(_) | Expr::CountOfRows(_) | Expr::StatisticOfRows { .. } => self.over_rows(expr),
        }
    }

    /// What is asked whether it is missing: `Rate of the year (87.7%)`; `Rate of the year` alone where it is.
    fn asked(&mut self, expr: &Expr) -> String {
        let value = self.text(expr, None, Tie::Sum);
        match self.title_of(expr) {
            Some(title) if self.value(expr) == Some(Value::Missing) => title,
            Some(title) => format!("{title} ({value})"),
            None => value,
        }
    }

    /// `1.02 (over all cases with Peer group 3)`.
    fn over_all(&mut self, expr: &Expr, same: Option<&Expr>) -> String {
        let came_to = self.named(expr);
        match same.map(|same| (self.title_of(same), self.named(same))) {
            Some((Some(title), own)) => format!("{came_to} (over all cases with {title} {own})"),
            Some((None, _)) => format!("{came_to} (over all cases of the same kind)"),
            None => format!("{came_to} (over all cases)"),
        }
    }

    /// What is taken over the rows, with the figure of each where they are few enough to be added by hand.
    fn over_rows(&mut self, expr: &Expr) -> (String, Tie) {
        let rows = self.figures.outcome.rows.len();
        match expr {
            Expr::SumOfRows(of) => match self.of_each_row(of) {
                Some(each) if !each.is_empty() => (each.join(" + "), Tie::Sum),
                _ => (format!("the sum over {rows} rows, {}", self.named(expr)), Tie::Sentence),
            },
            Expr::StatisticOfRows { statistic, value } => match self.of_each_row(value) {
                Some(each) if !each.is_empty() => {
                    (format!("{} of {}", statistic.words(), each.join(", ")), Tie::Sentence)
                }
                _ => {
                    let came_to = self.named(expr);
                    (format!("{} over {rows} rows, {came_to}", statistic.words()), Tie::Sentence)
                }
            },
            _ => (format!("{} of {rows} rows", self.named(expr)), Tie::Sentence),
        }
    }

    /// What a part of a line comes to in each row in which it is not missing; nothing where there are more rows than
    /// anybody adds.
    fn of_each_row(&mut self, expr: &Expr) -> Option<Vec<String>> {
        let rows = self.figures.outcome.rows.len();
        if rows > MOST_ROWS {
            return None;
        }
        let ty = self.type_of(expr)?;
        let whole = self.row;
        let values: Option<Vec<Value>> = (0..rows)
            .map(|row| {
                self.row = Some(row);
                self.value(expr)
            })
            .collect();
        self.row = whole;
        let known = values?.into_iter().filter(|value| *value != Value::Missing);
        Some(known.map(|value| show_value(&value, &ty, self.figures.settlement)).collect())
    }

    /// What a scale or bands give, with the row or the bands that count.
    fn looked_up(&mut self, expr: &Expr, unit: Option<&Unit>) -> String {
        match expr {
            Expr::Scale { value: at, rows } => {
                let value = self.text(at, None, Tie::Sum);
                let row = match (self.value(at), self.type_of(at)) {
                    (Some(Value::Number(x)), Some(Type::Number(of))) => {
                        scales::row_for(rows, &x, &of, unit.unwrap_or(&Unit::none()))
                    }
                    _ => None,
                };
                let row = row.map(|row| format!(": {row}")).unwrap_or_default();
                format!("what the table gives at {value}{row}")
            }
            Expr::Bands { value: up_to, rows } => {
                let value = self.text(up_to, None, Tie::Sum);
                let (Some(Type::Number(of)), Some(own)) = (self.type_of(up_to), unit) else {
                    return format!("what the bands give up to {value}");
                };
                let parts = match self.value(up_to) {
                    Some(Value::Number(x)) => scales::parts_of_bands(rows, &x, &of, own),
                    _ => None,
                };
                let parts = parts.map(|parts| format!("; which is {parts}")).unwrap_or_default();
                format!("what the bands give up to {value}: {}{parts}", scales::bands(rows, &of, own))
            }
            _ => self.named(expr),
        }
    }

    /// "20 operational days after 30 June 2026"; of anything else its value.
    fn dates(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::MoveDate { date, by, count } => {
                let (by, way) = match &**by {
                    Expr::Negate(by) => (&**by, "before"),
                    by => (by, "after"),
                };
                let by = self.text(by, Some(&count.unit()), Tie::Sum);
                format!("{by} {way} {}", self.text(date, None, Tie::Word))
            }
            Expr::CountBetween { from, to, count } => {
                let (from, to) = (self.text(from, None, Tie::Word), self.text(to, None, Tie::Word));
                format!("{} from {from} to {to}", count.words())
            }
            Expr::MarkDate { date, mark } => format!("{} {}", mark.words(), self.text(date, None, Tie::Word)),
            other => self.named(other),
        }
    }

    fn arithmetic(
        &mut self,
        op: Arithmetic,
        left: &Expr,
        right: &Expr,
        unit: Option<&Unit>,
    ) -> (String, Tie) {
        let (sign, tie, right_tie) = match op {
            Arithmetic::Add => (" + ", Tie::Sum, Tie::Sum),
            Arithmetic::Subtract => (" - ", Tie::Sum, Tie::Product),
            Arithmetic::Multiply => (" × ", Tie::Product, Tie::Product),
            Arithmetic::Divide => (" ÷ ", Tie::Product, Tie::Word),
        };
        // The factors of an amount are no amounts themselves.
        let factors = [self.of_bands(op, left, right, unit), self.of_bands(op, right, left, unit)];
        let unit = unit.filter(|_| matches!(op, Arithmetic::Add | Arithmetic::Subtract));
        let [of_left, of_right] = factors.each_ref().map(|factor| factor.as_ref().or(unit));
        let (left, right) = (self.text(left, of_left, tie), self.text(right, of_right, right_tie));
        let right = bracketed(right);
        (format!("{left}{sign}{right}"), tie)
    }

    /// The unit of what bands give as one factor of a product: that of the product over that of the other factor. The
    /// rates of bands are bare numbers, so nothing else says whether they are percentages.
    fn of_bands(&self, op: Arithmetic, expr: &Expr, other: &Expr, product: Option<&Unit>) -> Option<Unit> {
        match (expr, self.type_of(other)) {
            (Expr::Bands { .. }, Some(Type::Number(other))) if op == Arithmetic::Multiply => {
                Some(product?.over(&other))
            }
            _ => None,
        }
    }

    fn list(&mut self, parts: &[Expr], unit: Option<&Unit>) -> String {
        let mut texts: Vec<String> = parts.iter().map(|part| self.text(part, unit, Tie::Sum)).collect();
        match texts.pop() {
            Some(last) if !texts.is_empty() => format!("{} and {last}", texts.join(", ")),
            Some(only) => only,
            None => "nothing".to_owned(),
        }
    }

    fn rounded(&mut self, value: &Expr, rounding: &Rounding, unit: Option<&Unit>) -> String {
        let grain = self.shown(&Value::Number(rounding.grain.clone()), unit);
        format!("{} rounded to {grain}, {}", self.text(value, unit, Tie::Sum), rounding.mode.words())
    }

    fn compared(&mut self, op: Comparison, left: &Expr, right: &Expr) -> String {
        // A bare number is compared in the unit of the other side, a bare choice by the titles of the other side.
        let ty = self.type_of(left).or_else(|| self.type_of(right));
        let dates = ty == Some(Type::Date);
        let words = match op {
            Comparison::Less if dates => "is before",
            Comparison::LessOrEqual if dates => "is on or before",
            Comparison::Greater if dates => "is after",
            Comparison::GreaterOrEqual if dates => "is on or after",
            Comparison::Equal => "is",
            Comparison::NotEqual => "is not",
            Comparison::Less => "is less than",
            Comparison::LessOrEqual => "is at most",
            Comparison::Greater => "is more than",
            Comparison::GreaterOrEqual => "is at least",
        };
        let (left_text, right_text) = (self.side(left, ty.as_ref()), self.side(right, ty.as_ref()));
        // "Track is One-sided" needs no figure once the two are the same.
        let same = op == Comparison::Equal && left_text == right_text;
        let left = match self.title_of(left) {
            Some(title) if same => title,
            Some(title) => format!("{title} ({left_text})"),
            None => left_text,
        };
        let right = match self.title_of(right) {
            Some(title) => format!("{title} ({right_text})"),
            None => right_text,
        };
        format!("{left} {words} {right}")
    }

    fn side(&mut self, expr: &Expr, ty: Option<&Type>) -> String {
        match (expr, ty) {
            (Expr::Literal { value, unit: None }, Some(ty)) => show_value(value, ty, self.figures.settlement),
            (other, Some(Type::Number(unit))) => self.text(other, Some(unit), Tie::Sum),
            (other, _) => self.text(other, None, Tie::Sum),
        }
    }

    /// The title of an input, a line or a parameter; of a table also for what and which of its columns.
    fn title_of(&mut self, expr: &Expr) -> Option<String> {
        let settlement = self.figures.settlement;
        let (title, name) = match expr {
            Expr::Input(id) => settlement.inputs.get(id.index()).map(|input| (&input.title, &input.name))?,
            Expr::Step(id) => settlement.steps.get(id.index()).map(|step| (&step.title, &step.name))?,
            Expr::Carried(id) => {
                settlement.carried.get(id.index()).map(|carried| (&carried.title, &carried.name))?
            }
            Expr::Parameter { parameter, column, keys } => {
                let parameter = settlement.parameters.get(parameter.index())?;
                let keys: Vec<Value> = keys.iter().filter_map(|key| self.value(key)).collect();
                return Some(fixed::title(settlement, parameter, &keys, *column));
            }
            _ => return None,
        };
        Some(if title.is_empty() { name.clone() } else { title.clone() })
    }

    fn joined(&mut self, parts: &[Expr], word: &str, tie: Tie, none: &str) -> (String, Tie) {
        let texts: Vec<String> = parts.iter().map(|part| self.text(part, None, tie)).collect();
        match texts.as_slice() {
            [] => (none.to_owned(), Tie::Sentence),
            texts => (texts.join(word), tie),
        }
    }

    /// The branch that was taken and why.
    fn chosen(&mut self, cases: &[(Expr, Expr)], otherwise: &Expr, unit: Option<&Unit>) -> String {
        for (condition, value) in cases {
            match self.value(condition) {
                Some(Value::Truth(false)) => {}
                Some(Value::Truth(true)) => {
                    let and = if matches!(value, Expr::Choose { .. }) { "and " } else { "" };
                    let value = self.text(value, unit, Tie::Sentence);
                    return format!("{value}, {and}because {}", self.text(condition, None, Tie::Or));
                }
                _ => {
                    return format!(
                        "missing, because {} cannot be told",
                        self.text(condition, None, Tie::Or)
                    );
                }
            }
        }
        let value = self.text(otherwise, unit, Tie::Sentence);
        match cases {
            [(Expr::InPeriods(places), _)] => format!("{value}, because {}", self.no_period(places)),
            [(only, _)] => format!("{value}, because it is not so that {}", self.text(only, None, Tie::Or)),
            _ => format!("{value}, because no condition before it holds"),
        }
    }

    /// Weights times parts, and what happens to the weight of a part that is missing.
    fn weighted(&mut self, parts: &[(Exact, Expr)], rule: WeightRule, unit: Option<&Unit>) -> (String, Tie) {
        let (mut texts, mut weights) = (Vec::new(), Vec::new());
        for (weight, part) in parts {
            let is_missing = self.value(part) == Some(Value::Missing);
            let weight = show(weight, &Unit::percent());
            match (rule, is_missing) {
                (WeightRule::Reweight, true) => continue,
                (WeightRule::Zero, true) => texts.push(format!("{weight} × 0, as it is missing,")),
                _ => texts.push(format!("{weight} × {}", self.text(part, unit, Tie::Product))),
            }
            weights.push(weight);
        }
        let (sum, is_whole) = (texts.join(" + "), texts.len() == parts.len());
        match rule {
            WeightRule::Reweight if texts.is_empty() => {
                ("missing, because every part of it is missing".to_owned(), Tie::Sentence)
            }
            WeightRule::Reweight if !is_whole => {
                let known = weights.join(" + ");
                (format!("({sum}) ÷ ({known}), the weights of what is not missing"), Tie::Sentence)
            }
            _ => (sum, Tie::Sum),
        }
    }

    /// `the period is not Q4 2026/27`, where the period that is settled is none of these.
    fn no_period(&self, places: &[usize]) -> String {
        let label = |place: &usize| self.figures.settlement.periods.get(*place).map(|p| p.label.as_str());
        let labels: Vec<&str> = places.iter().filter_map(label).collect();
        match labels.as_slice() {
            [last] => format!("the period is not {last}"),
            labels => format!("the period is none of {}", labels.join(", ")),
        }
    }

    /// `the period is Q4 2026/27`: the period that is settled, if it is one of these.
    fn periods(&mut self, places: &[usize]) -> String {
        let settled = self.figures.period;
        let label = |place: &usize| {
            self.figures.settlement.periods.get(*place).map_or_else(String::new, |p| p.label.clone())
        };
        if places.contains(&settled) {
            return format!("the period is {}", label(&settled));
        }
        match places {
            [only] => format!("the period is {}", label(only)),
            _ => format!("the period is one of {}", places.iter().map(label).collect::<Vec<_>>().join(", ")),
        }
    }

    /// The value of an input, an earlier line or a parameter.
    fn named(&mut self, expr: &Expr) -> String {
        match (self.value(expr), self.type_of(expr)) {
            // A bare yes or no says nothing without its question.
            (Some(value), Some(Type::Truth)) => {
                let answer = show_value(&value, &Type::Truth, self.figures.settlement);
                format!("{} ({answer})", self.title_of(expr).unwrap_or_default())
            }
            (Some(value), Some(ty)) => show_value(&value, &ty, self.figures.settlement),
            _ => "a figure that is not known".to_owned(),
        }
    }

    fn type_of(&self, expr: &Expr) -> Option<Type> {
        let settlement = self.figures.settlement;
        match expr {
            Expr::Literal { unit, .. } => unit.clone().map(Type::Number),
            Expr::Input(id) => settlement.inputs.get(id.index()).map(|input| input.ty.clone()),
            Expr::Step(id) => settlement.steps.get(id.index()).map(|step| step.ty.clone()),
            other => jcm_calculus::type_of(settlement, other).ok(),
        }
    }

    fn shown(&self, value: &Value, unit: Option<&Unit>) -> String {
        let ty = unit.map_or(Type::Text, |unit| Type::Number(unit.clone()));
        show_value(value, &ty, self.figures.settlement)
    }

    fn value(&mut self, expr: &Expr) -> Option<Value> {
        if let Expr::Step(id) = expr {
            let row = self.row.filter(|_| {
                self.figures.settlement.steps.get(id.index()).is_some_and(|step| step.level == Level::Row)
            });
            return self.figures.outcome.value(*id, row).cloned();
        }
        self.figures.probe.value(expr, self.row)
    }
}

/// Asks the evaluator what a part of a line came to: the definition itself answers, so that an explanation cannot
/// differ from the settlement. The part is put behind the lines of the case as one more line.
struct Probe {
    /// The settlement without payments, and with the line that asks at the end.
    settlement: Settlement,
    question: StepId,
    case: Case,
    /// The case as each of its rows alone sees it.
    rows: Vec<Case>,
}

impl Probe {
    fn new(settlement: &Settlement, outcome: &Outcome, case: Case) -> Self {
        let mut settlement = settlement.clone();
        settlement.allocations.clear();
        let question = StepId(u32::try_from(settlement.steps.len()).unwrap_or(u32::MAX));
        settlement.steps.push(Step::unnamed(Type::Truth, Expr::literal(Value::Missing)));
        let lines = outcome.lines.iter().map(|line| (line.step, line.value.clone()));
        let over_all = outcome.over_all.clone();
        let case = Case { given_steps: lines.collect(), over_all, ..case };
        let alone = |(inputs, lines): (&_, &Vec<jcm_eval::Line>)| {
            let mut case = Case { rows: vec![Clone::clone(inputs)], ..case.clone() };
            case.given_steps.extend(lines.iter().map(|line| (line.step, line.value.clone())));
            case
        };
        let rows = case.rows.iter().zip(&outcome.rows).map(alone).collect();
        Self { settlement, question, case, rows }
    }

    fn value(&mut self, expr: &Expr, row: Option<usize>) -> Option<Value> {
        let step = self.settlement.steps.last_mut()?;
        step.expr = expr.clone();
        step.level = if row.is_some() { Level::Row } else { Level::Case };
        let (case, place) = match row {
            Some(row) => (self.rows.get(row)?, Some(0)),
            None => (&self.case, None),
        };
        let outcome = Prepared::of_periods(&self.settlement, case.period..case.period.saturating_add(1))
            .settle(case)
            .ok()?;
        outcome.value(self.question, place).cloned()
    }
}
