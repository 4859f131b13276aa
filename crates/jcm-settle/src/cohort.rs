//! The figures of every case that figures over all cases are made from: without them nobody can work a rank, a median
//! or the share of a fund out again from the statement of one case.

use crate::figures::{Figures, show_value};
use crate::results::{Sheet, plain_value};
use crate::settle::{Results, case_of};
use crate::table::Table;
use jcm_calculus::{Expr, Settlement, Step, Type, Value};
use jcm_quantity::{Exact, OverAll, QuantileMethod, RoundingMode, Statistic, Unit, show, show_places};

/// Places of decimals that do not end, where people read them.
const SHOWN_PLACES: u32 = 15;

/// The same in a file.
const LONG_PLACES: u32 = 30;

/// The cases of a period, with what each brings to the figures over all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// The keys of the cases, in the order of the table.
    pub cases: Vec<String>,
    /// What each case brings.
    pub columns: Vec<CohortColumn>,
    /// What is made of it, in the order of the contract.
    pub parts: Vec<CohortPart>,
}

/// A figure that every case brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortColumn {
    /// The title of the input or line; of anything else the line that it is taken for.
    pub title: String,
    /// Its value for each case.
    pub values: Vec<Value>,
    /// The same in the words of the contract.
    pub shown: Vec<String>,
    expr: Expr,
    ty: Type,
}

/// A figure over all cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortPart {
    /// The part of the settlement.
    pub expr: Expr,
    /// The titles of the lines that use it.
    pub lines: Vec<String>,
    /// What it is called, to stand before “of”.
    pub function: String,
    /// How it is worked out with a pencil; empty where its name says that.
    pub rule: String,
    /// The place of the column that it is taken over.
    pub column: usize,
    /// The place of the column that is the same in all cases that are taken together.
    pub same: Option<usize>,
}

/// What the cases of a table bring to figures over all cases; `None` where the contract has no such figure.
pub fn cohort(settlement: &Settlement, table: &Table, results: &Results) -> Option<Cohort> {
    let mut made = Cohort { cases: table.keys().collect(), columns: Vec::new(), parts: Vec::new() };
    for step in &settlement.steps {
        for expr in step.expr.over_all() {
            made.add(settlement, step, expr);
        }
    }
    if made.parts.is_empty() {
        return None;
    }
    for (place, outcome) in results.outcomes.iter().enumerate() {
        let mut figures = None;
        for column in &mut made.columns {
            let value = match &column.expr {
                Expr::Step(id) => outcome.value(*id, None).cloned(),
                expr => {
                    let case = || Figures::new(settlement, outcome, case_of(settlement, table, place));
                    figures.get_or_insert_with(case).part(expr)
                }
            };
            let value = value.unwrap_or(Value::Missing);
            column.shown.push(shown(&value, &column.ty, settlement));
            column.values.push(value);
        }
    }
    Some(made)
}

impl Cohort {
    fn add(&mut self, settlement: &Settlement, step: &Step, expr: &Expr) {
        let Expr::OverAll { function, value, same } = expr else { return };
        let title = if step.title.is_empty() { &step.name } else { &step.title };
        if let Some(part) = self.parts.iter_mut().find(|part| part.expr == *expr) {
            part.lines.push(title.clone());
            return;
        }
        let column = self.column(settlement, title, value);
        let same = same.as_deref().map(|same| self.column(settlement, title, same));
        self.parts.push(CohortPart {
            expr: expr.clone(),
            lines: vec![title.clone()],
            function: function.words(),
            rule: rule(function),
            column,
            same,
        });
    }

    /// The place of the column of an expression, which is added if it is not there.
    fn column(&mut self, settlement: &Settlement, line: &str, expr: &Expr) -> usize {
        if let Some(place) = self.columns.iter().position(|column| column.expr == *expr) {
            return place;
        }
        let ty = jcm_calculus::type_of(settlement, expr).unwrap_or(Type::Text);
        let title = named(settlement, expr).unwrap_or_else(|| self.taken_for(line));
        self.columns.push(CohortColumn {
            title,
            values: Vec::new(),
            shown: Vec::new(),
            expr: expr.clone(),
            ty,
        });
        self.columns.len().saturating_sub(1)
    }

    /// A title that no other column has.
    fn taken_for(&self, line: &str) -> String {
        let title = format!("Taken for “{line}”");
        let numbered = (2usize..).map(|number| format!("{title}, {number}"));
        let is_new = |title: &String| self.columns.iter().all(|column| column.title != *title);
        std::iter::once(title.clone()).chain(numbered).find(is_new).unwrap_or(title)
    }

    /// The places of the cases that count for a part together with one case, in the order of the table: those whose
    /// figure is known, and of the same kind where that is asked for.
    pub fn with(&self, part: &CohortPart, case: usize) -> Vec<usize> {
        let value = |column: usize, case: usize| self.columns.get(column)?.values.get(case);
        let same = |other: usize| match part.same {
            Some(same) => {
                let (own, other) = (value(same, case), value(same, other));
                own == other && own != Some(&Value::Missing)
            }
            None => true,
        };
        let known = |other: usize| value(part.column, other).is_some_and(|value| *value != Value::Missing);
        (0..self.cases.len()).filter(|other| known(*other) && same(*other)).collect()
    }
}

/// The cohorts of several periods as CSV: every figure in the unit in which people write it, to thirty places where the
/// decimals do not end.
pub fn cohorts_csv<'a>(periods: impl Iterator<Item = (&'a str, &'a Cohort)>) -> String {
    let mut sheet = Sheet::default();
    for (number, (label, cohort)) in periods.enumerate() {
        if number == 0 {
            ["period of the settlement", "case of the settlement"].iter().for_each(|head| sheet.cell(head));
            cohort.columns.iter().for_each(|column| sheet.text(&column.headed()));
            sheet.end_row();
        }
        for (place, case) in cohort.cases.iter().enumerate() {
            sheet.text(label);
            sheet.text(case);
            for column in &cohort.columns {
                sheet.text(&column.values.get(place).map(|value| column.plain(value)).unwrap_or_default());
            }
            sheet.end_row();
        }
    }
    sheet.text
}

impl CohortColumn {
    /// The title with the unit, where it has one.
    fn headed(&self) -> String {
        match &self.ty {
            Type::Number(unit) if *unit != Unit::none() => format!("{} ({})", self.title, unit.describe()),
            _ => self.title.clone(),
        }
    }

    /// A value without its unit; empty where it is missing.
    fn plain(&self, value: &Value) -> String {
        let scale = match &self.ty {
            Type::Number(unit) => unit.scale(),
            _ => Exact::one(),
        };
        match value {
            Value::Number(number) => {
                let figure = number * &scale;
                figure.decimal().unwrap_or_else(|| figure.fixed(LONG_PLACES, RoundingMode::HalfEven))
            }
            value => plain_value(value).unwrap_or_default(),
        }
    }
}

impl CohortPart {
    /// What it came to for a case.
    pub fn shown(&self, value: &Value, settlement: &Settlement) -> String {
        let ty = jcm_calculus::type_of(settlement, &self.expr).unwrap_or(Type::Text);
        shown(value, &ty, settlement)
    }
}

/// A value with so many decimals that what is made of the figures of many cases can be worked out to the penny.
fn shown(value: &Value, ty: &Type, settlement: &Settlement) -> String {
    match (value, ty) {
        (Value::Number(x), Type::Number(unit)) => show_places(x, unit, SHOWN_PLACES),
        _ => show_value(value, ty, settlement),
    }
}

/// How a figure over all cases is worked out by hand, where its name does not say it.
fn rule(function: &OverAll) -> String {
    match function {
        OverAll::Statistic(statistic) => statistic_rule(statistic),
        OverAll::Rank { .. } => String::new(),
        OverAll::Group { groups } => {
            format!(
                "{groups} × the number of figures below that of the case ÷ the number of figures, without its \
                 decimals, and 1 more"
            )
        }
        OverAll::Winsorised { method, .. } => {
            format!(
                "the figure of the case, but no less than the lower and no more than the upper quantile; a quantile is, {}",
                quantile_rule("the share", *method)
            )
        }
    }
}

fn statistic_rule(statistic: &Statistic) -> String {
    match statistic {
        Statistic::Median => {
            "with the figures in ascending order, the one in the middle, or the mean of the two in the middle"
                .to_owned()
        }
        Statistic::Variance => "the mean of the squared differences from the mean".to_owned(),
        Statistic::StandardDeviation { .. } => {
            "the square root of the mean of the squared differences from the mean".to_owned()
        }
        Statistic::Quantile { share, method } => quantile_rule(&show(share, &Unit::percent()), *method),
        Statistic::Sum | Statistic::Mean | Statistic::Least | Statistic::Greatest => String::new(),
    }
}

fn quantile_rule(share: &str, method: QuantileMethod) -> String {
    match method {
        QuantileMethod::NearestRank => {
            format!(
                "with the figures in ascending order, the one at the place {share} × their number, rounded up"
            )
        }
        QuantileMethod::LinearInterpolation => format!(
            "with the figures in ascending order, what lies at the place 1 + {share} × (their number - 1), on the \
             straight line between the two around it"
        ),
    }
}

fn named(settlement: &Settlement, expr: &Expr) -> Option<String> {
    let (title, name) = match expr {
        Expr::Input(id) => settlement.inputs.get(id.index()).map(|input| (&input.title, &input.name))?,
        Expr::Step(id) => settlement.steps.get(id.index()).map(|step| (&step.title, &step.name))?,
        _ => return None,
    };
    Some(if title.is_empty() { name.clone() } else { title.clone() })
}
