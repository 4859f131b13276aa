//! The type of an expression. A figure as written has no unit of its own and takes the one that it is used with.

use super::{DEEPEST, Flaw, called, carried, functions, tables, values};
use crate::{Arithmetic, Comparison, Expr, Level, ParameterId, Settlement, StepId, Type, Value};
use jcm_quantity::{DayCount, DayMark, Exact, Irrational, OverAll, Statistic, Unit};

/// The type of an expression over the inputs, parameters and steps of a settlement, wherever it may stand.
///
/// A figure as written counts as a plain number where nothing gives it a unit, and a choice as written as a member of
/// the first list that has it.
pub fn type_of(settlement: &Settlement, expr: &Expr) -> Result<Type, Flaw> {
    let at = "the expression";
    let mut typing = Typing {
        settlement,
        at,
        before: settlement.steps.len(),
        level: None,
        within: Within::Case,
        depth: 0,
    };
    match typing.find(expr)? {
        Found::Is(ty) => Ok(ty),
        Found::SomeNumber => Ok(Type::Number(Unit::none())),
        Found::Members(names) => typing.list_of(&names).map(Type::Choice),
        Found::Anything => Err(Flaw::Empty { at: at.to_string(), what: "value" }),
    }
}

/// What is known of the type of an expression.
#[derive(Clone)]
enum Found {
    /// This type.
    Is(Type),
    /// A number whose unit depends on a figure as written.
    SomeNumber,
    /// Choices as written: any list that has them all.
    Members(Vec<String>),
    /// Missing as written.
    Anything,
}

pub(super) struct Typing<'a> {
    settlement: &'a Settlement,
    at: &'a str,
    /// Steps at this place and after may not be used.
    before: usize,
    /// The level of the step; `None` where either will do.
    level: Option<Level>,
    within: Within,
    depth: usize,
}

/// What the expression stands inside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Nothing that changes what it sees.
    Case,
    /// A sum or count of rows.
    Rows,
    /// Something worked out over all cases.
    OverAll,
}

impl<'a> Typing<'a> {
    pub(super) fn of_step(settlement: &'a Settlement, at: &'a str, place: usize, level: Level) -> Typing<'a> {
        Typing { settlement, at, before: place, level: Some(level), within: Within::Case, depth: 0 }
    }

    /// Checks that an expression gives the declared type.
    pub(super) fn expect(&mut self, expr: &Expr, declared: &Type) -> Result<(), Flaw> {
        let found = self.find(expr)?;
        // The difference of two percentages is a number of percentage points as soon as the line says so.
        if let (Type::Number(unit), Found::Is(Type::Number(given))) = (declared, &found)
            && unit.same_kind(&Unit::percentage_points())
            && given.is_percent()
        {
            return Ok(());
        }
        let declared = Found::Is(declared.clone());
        match self.unify(&declared, &found) {
            Some(_) => Ok(()),
            None => Err(self.wrong(&self.words(&declared), &found)),
        }
    }

    fn find(&mut self, expr: &Expr) -> Result<Found, Flaw> {
        if self.depth >= DEEPEST {
            return Err(Flaw::TooDeep { at: self.at.to_string() });
        }
        self.depth += 1;
        let found = self.find_inside(expr);
        self.depth -= 1;
        found
    }

    fn find_inside(&mut self, expr: &Expr) -> Result<Found, Flaw> {
        match expr {
            Expr::Literal { value: Value::Number(_), unit: Some(unit) } => {
                Ok(Found::Is(Type::Number(unit.clone())))
            }
            Expr::Literal { value, .. } => self.literal(value),
            Expr::Input(id) => {
                let input = values::input(self.settlement, self.at, *id)?;
                self.reach(input.level, &input.name)?;
                Ok(Found::Is(input.ty.clone()))
            }
            Expr::Step(id) => self.step(*id),
            Expr::Carried(id) => carried::type_of(self.settlement, self.at, *id).map(Found::Is),
            Expr::InPeriods(places) => {
                carried::check_places(self.settlement, self.at, places).map(|()| Found::Is(Type::Truth))
            }
            Expr::Parameter { parameter, column, keys } => self.parameter(*parameter, *column, keys),
            Expr::Arithmetic { op, left, right } => self.arithmetic(*op, left, right),
            Expr::Negate(value)
            | Expr::Absolute(value)
            | Expr::Bands { value, .. }
            | Expr::Round { value, .. }
            | Expr::RoundToFigures { value, .. } => {
                self.check_table(expr)?;
                let found = self.number(value)?;
                // A band's rate can carry a unit of its own, such as £ per point.
                Ok(if matches!(expr, Expr::Bands { .. }) { Found::SomeNumber } else { found })
            }
            Expr::Scale { value, .. } => {
                self.check_table(expr)?;
                self.number(value)?;
                Ok(Found::SomeNumber)
            }
            Expr::Irrational { function, value, decimals } => self.irrational(*function, value, *decimals),
            Expr::Power { value, exponent } => self.power(value, *exponent),
            Expr::Statistic { statistic, parts } => {
                self.check(functions::statistic_problem(statistic))?;
                let found = self.all_alike(parts.iter(), "takes together")?;
                Ok(of_statistic(statistic, found))
            }
            Expr::OverAll { function, value, same } => self.over_all(function, value, same.as_deref()),
            Expr::Least(parts) | Expr::Greatest(parts) => self.all_alike(parts.iter(), "compares"),
            Expr::Compare { op, left, right } => self.compare(*op, left, right),
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().try_for_each(|part| self.truth(part))?;
                Ok(Found::Is(Type::Truth))
            }
            Expr::Not(part) => {
                self.truth(part)?;
                Ok(Found::Is(Type::Truth))
            }
            Expr::Choose { cases, otherwise } => {
                cases.iter().try_for_each(|(condition, _)| self.truth(condition))?;
                let branches = cases.iter().map(|(_, value)| value).chain([otherwise.as_ref()]);
                self.alike(branches, "gives either")
            }
            Expr::Weighted { parts, .. } => self.weighted(parts),
            Expr::IsMissing(part) => {
                self.find(part)?;
                Ok(Found::Is(Type::Truth))
            }
            Expr::IfMissing(value, otherwise) => {
                self.alike([value.as_ref(), otherwise.as_ref()].into_iter(), "gives either")
            }
            Expr::MoveDate { .. } | Expr::CountBetween { .. } | Expr::MarkDate { .. } => self.dates(expr),
            Expr::SumOfRows(part) => self.rows(|typing| typing.number(part)),
            Expr::CountOfRows(part) => {
                self.rows(|typing| typing.truth(part))?;
                Ok(Found::SomeNumber)
            }
            Expr::StatisticOfRows { statistic, value } => self.statistic_of_rows(statistic, value),
        }
    }

    fn statistic_of_rows(&mut self, statistic: &Statistic, value: &Expr) -> Result<Found, Flaw> {
        self.check(functions::statistic_problem(statistic))?;
        let found = self.rows(|typing| typing.number(value))?;
        Ok(of_statistic(statistic, found))
    }

    fn dates(&mut self, expr: &Expr) -> Result<Found, Flaw> {
        self.calendar_for(expr)?;
        match expr {
            Expr::MoveDate { date, by, count } => {
                self.date(date)?;
                let by = self.number(by)?;
                let wanted = Found::Is(Type::Number(count.unit()));
                match self.unify(&wanted, &by) {
                    Some(_) => Ok(Found::Is(Type::Date)),
                    None => Err(self.wrong(&self.words(&wanted), &by)),
                }
            }
            Expr::CountBetween { from, to, count } => {
                self.date(from)?;
                self.date(to)?;
                Ok(Found::Is(Type::Number(count.unit())))
            }
            other => {
                other.parts().into_iter().try_for_each(|part| self.date(part))?;
                Ok(Found::Is(Type::Date))
            }
        }
    }

    fn literal(&self, value: &Value) -> Result<Found, Flaw> {
        Ok(match value {
            Value::Number(_) => Found::SomeNumber,
            Value::Choice(member) => {
                let names = vec![member.clone()];
                self.list_of(&names)?;
                Found::Members(names)
            }
            Value::Truth(_) => Found::Is(Type::Truth),
            Value::Text(_) => Found::Is(Type::Text),
            Value::Date(_) => Found::Is(Type::Date),
            Value::Missing => Found::Anything,
        })
    }

    /// The first list of choices that has every one of the names.
    fn list_of(&self, names: &[String]) -> Result<crate::ChoiceId, Flaw> {
        let place = (0u32..).zip(&self.settlement.choices).find(|(_, choice)| {
            names.iter().all(|name| choice.members.iter().any(|(member, _)| member == name))
        });
        place.map(|(place, _)| crate::ChoiceId(place)).ok_or_else(|| Flaw::Member {
            at: self.at.to_string(),
            choice: String::new(),
            member: names.join("`, `"),
        })
    }

    fn step(&self, id: StepId) -> Result<Found, Flaw> {
        let step = values::step(self.settlement, self.at, id)?;
        if id.index() >= self.before {
            let step = called("line", &step.title, &step.name);
            return Err(Flaw::NotEarlier { at: self.at.to_string(), step });
        }
        self.reach(step.level, &step.name)?;
        Ok(Found::Is(step.ty.clone()))
    }

    /// A thing of row level exists in a step of row level and inside a sum or count of rows.
    fn reach(&self, level: Level, name: &str) -> Result<(), Flaw> {
        if level == Level::Row && self.level == Some(Level::Case) && self.within != Within::Rows {
            return Err(Flaw::Level { at: self.at.to_string(), name: name.to_string() });
        }
        Ok(())
    }

    fn rows<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, Flaw>) -> Result<T, Flaw> {
        if self.within == Within::Rows || self.level == Some(Level::Row) {
            return Err(Flaw::RowsInRow { at: self.at.to_string() });
        }
        let outside = std::mem::replace(&mut self.within, Within::Rows);
        let result = inside(self);
        self.within = outside;
        result
    }

    fn parameter(&mut self, id: ParameterId, column: u32, keys: &[Expr]) -> Result<Found, Flaw> {
        let parameter = values::parameter(self.settlement, self.at, id)?;
        if keys.len() != parameter.keys.len() {
            let at = format!("{}, looking up `{}`,", self.at, parameter.name);
            return Err(Flaw::Count { at, what: "keys", wanted: parameter.keys.len(), found: keys.len() });
        }
        for (expr, key) in keys.iter().zip(&parameter.keys) {
            let found = self.find(expr)?;
            let wanted = Found::Is(key.ty.clone());
            if self.unify(&wanted, &found).is_none() {
                return Err(self.wrong(&self.words(&wanted), &found));
            }
        }
        let place = usize::try_from(column).unwrap_or(usize::MAX);
        let column = parameter.columns.get(place).ok_or_else(|| Flaw::not_there(self.at, "column", place))?;
        Ok(Found::Is(column.ty.clone()))
    }

    fn arithmetic(&mut self, op: Arithmetic, left: &Expr, right: &Expr) -> Result<Found, Flaw> {
        let (left, right) = (self.number(left)?, self.number(right)?);
        let doing = match op {
            Arithmetic::Add => "adds",
            Arithmetic::Subtract => "takes the difference of",
            Arithmetic::Multiply | Arithmetic::Divide => return Ok(product(op, &left, &right)),
        };
        if let (Found::Is(Type::Number(a)), Found::Is(Type::Number(b))) = (&left, &right)
            && (a.is_percent() && b.same_kind(&Unit::percentage_points())
                || b.is_percent() && a.same_kind(&Unit::percentage_points()))
        {
            // 80 % and 2 percentage points make 82 %.
            return Ok(Found::Is(Type::Number(Unit::percent())));
        }
        self.unified(&left, &right, doing)
    }

    fn compare(&mut self, op: Comparison, left: &Expr, right: &Expr) -> Result<Found, Flaw> {
        let (left, right) = (self.find(left)?, self.find(right)?);
        let both = self.unified(&left, &right, "compares")?;
        let has_order =
            matches!(both, Found::SomeNumber | Found::Anything | Found::Is(Type::Number(_) | Type::Date));
        if !has_order && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            return Err(self.wrong("a number or a date to compare by size", &both));
        }
        Ok(Found::Is(Type::Truth))
    }

    fn weighted(&mut self, parts: &[(Exact, Expr)]) -> Result<Found, Flaw> {
        let at = || self.at.to_string();
        if parts.iter().any(|(weight, _)| weight.is_negative()) {
            return Err(Flaw::Negative { at: at(), what: "a weight".to_string() });
        }
        let sum: Exact = parts.iter().map(|(weight, _)| weight).sum();
        if sum != Exact::one() {
            return Err(Flaw::NotWhole { at: at(), what: "weights", sum });
        }
        self.all_alike(parts.iter().map(|(_, part)| part), "weighs together")
    }

    /// A plain number; a square root also of a figure whose unit is a square.
    fn irrational(&mut self, function: Irrational, value: &Expr, decimals: u32) -> Result<Found, Flaw> {
        self.check(functions::decimals_problem(decimals))?;
        let found = self.number(value)?;
        let Found::Is(Type::Number(unit)) = &found else { return Ok(Found::SomeNumber) };
        let result = match function {
            Irrational::SquareRoot => unit.square_root(),
            Irrational::Exp | Irrational::Ln => unit.is_none().then(Unit::none),
        };
        match result {
            Some(unit) => Ok(Found::Is(Type::Number(unit))),
            None => Err(self.wrong("a plain number", &found)),
        }
    }

    fn power(&mut self, value: &Expr, exponent: i32) -> Result<Found, Flaw> {
        self.check(functions::exponent_problem(exponent))?;
        let Found::Is(Type::Number(unit)) = self.number(value)? else { return Ok(Found::SomeNumber) };
        match unit.raised(exponent) {
            Some(unit) => Ok(Found::Is(Type::Number(unit))),
            None => Err(Flaw::Function {
                at: self.at.to_string(),
                problem: "raises a figure to a power that its unit cannot have".to_string(),
            }),
        }
    }

    /// What is worked out over all cases is of the case itself, and of the case in every other case too.
    fn over_all(&mut self, function: &OverAll, value: &Expr, same: Option<&Expr>) -> Result<Found, Flaw> {
        self.check(functions::over_all_problem(function))?;
        let misplaced = match self.within {
            _ if self.level == Some(Level::Row) => Some("for each row"),
            Within::Case => None,
            Within::Rows => Some("for each row"),
            Within::OverAll => Some("inside another figure over all cases"),
        };
        if let Some(place) = misplaced {
            let problem = format!("works out a figure over all cases {place}");
            return Err(Flaw::Function { at: self.at.to_string(), problem });
        }
        self.within = Within::OverAll;
        let found = self.number(value).and_then(|found| match same {
            Some(same) => self.find(same).map(|_| found),
            None => Ok(found),
        });
        self.within = Within::Case;
        let found = found?;
        Ok(match function {
            OverAll::Statistic(statistic) => of_statistic(statistic, found),
            OverAll::Rank { .. } | OverAll::Group { .. } => Found::SomeNumber,
            OverAll::Winsorised { .. } => found,
        })
    }

    fn check(&self, problem: Option<String>) -> Result<(), Flaw> {
        problem.map_or(Ok(()), |problem| Err(Flaw::Function { at: self.at.to_string(), problem }))
    }

    fn check_table(&self, expr: &Expr) -> Result<(), Flaw> {
        match expr {
            Expr::RoundToFigures { figures, .. } => self.check(functions::figures_problem(*figures)),
            Expr::Scale { rows, .. } => tables::check_scale(self.at, rows),
            Expr::Bands { rows, .. } => tables::check_bands(self.at, rows),
            Expr::Round { rounding, .. } => tables::check_grain(self.at, rounding),
            _ => Ok(()),
        }
    }

    fn truth(&mut self, expr: &Expr) -> Result<(), Flaw> {
        match self.find(expr)? {
            Found::Is(Type::Truth) | Found::Anything => Ok(()),
            other => Err(self.wrong("yes or no", &other)),
        }
    }

    fn number(&mut self, expr: &Expr) -> Result<Found, Flaw> {
        match self.find(expr)? {
            found @ (Found::Is(Type::Number(_)) | Found::SomeNumber) => Ok(found),
            Found::Anything => Ok(Found::SomeNumber),
            other => Err(self.wrong("a number", &other)),
        }
    }

    fn date(&mut self, expr: &Expr) -> Result<(), Flaw> {
        match self.find(expr)? {
            Found::Is(Type::Date) | Found::Anything => Ok(()),
            other => Err(self.wrong("a date", &other)),
        }
    }

    /// Operational days are those of the settlement's calendar. Its parts ask for themselves.
    fn calendar_for(&self, expr: &Expr) -> Result<(), Flaw> {
        let asks = match expr {
            Expr::MoveDate { count, .. } | Expr::CountBetween { count, .. } => {
                *count == DayCount::OperationalDays
            }
            Expr::MarkDate { mark, .. } => *mark == DayMark::NextOperationalDay,
            _ => false,
        };
        let problem = "asks for operational days, and there is no calendar".to_string();
        self.check((asks && self.settlement.calendar.is_none()).then_some(problem))
    }

    /// Numbers of one unit, at least one.
    fn all_alike<'e>(
        &mut self,
        parts: impl Iterator<Item = &'e Expr>,
        doing: &'static str,
    ) -> Result<Found, Flaw> {
        let mut both = None;
        for part in parts {
            let found = self.number(part)?;
            both = Some(match &both {
                None => found,
                Some(before) => self.unified(before, &found, doing)?,
            });
        }
        both.ok_or_else(|| Flaw::Empty { at: self.at.to_string(), what: "figures to choose from" })
    }

    /// Values of one type.
    fn alike<'e>(
        &mut self,
        parts: impl Iterator<Item = &'e Expr>,
        doing: &'static str,
    ) -> Result<Found, Flaw> {
        let mut both = Found::Anything;
        for part in parts {
            let found = self.find(part)?;
            both = self.unified(&both, &found, doing)?;
        }
        Ok(both)
    }

    fn unified(&self, left: &Found, right: &Found, doing: &'static str) -> Result<Found, Flaw> {
        self.unify(left, right).ok_or_else(|| Flaw::Mismatch {
            at: self.at.to_string(),
            doing,
            left: self.words(left),
            right: self.words(right),
        })
    }

    /// What two values of one type can both be.
    fn unify(&self, left: &Found, right: &Found) -> Option<Found> {
        match (left, right) {
            (Found::Anything, other) | (other, Found::Anything) => Some(other.clone()),
            (Found::SomeNumber, number @ (Found::SomeNumber | Found::Is(Type::Number(_))))
            | (number @ Found::Is(Type::Number(_)), Found::SomeNumber) => Some(number.clone()),
            (Found::Is(Type::Number(a)), Found::Is(Type::Number(b))) => a.same_kind(b).then(|| left.clone()),
            (Found::Members(names), list @ Found::Is(Type::Choice(id)))
            | (list @ Found::Is(Type::Choice(id)), Found::Members(names)) => {
                let members = &self.settlement.choices.get(id.index())?.members;
                let has_all = names.iter().all(|name| members.iter().any(|(member, _)| member == name));
                has_all.then(|| list.clone())
            }
            (Found::Members(a), Found::Members(b)) => {
                let mut names = a.clone();
                names.extend(b.iter().filter(|name| !a.contains(name)).cloned());
                self.list_of(&names).is_ok().then_some(Found::Members(names))
            }
            (Found::Is(a), Found::Is(b)) => (a == b).then(|| left.clone()),
            _ => None,
        }
    }

    fn wrong(&self, wanted: &str, found: &Found) -> Flaw {
        Flaw::WrongType { at: self.at.to_string(), wanted: wanted.to_string(), found: self.words(found) }
    }

    fn words(&self, found: &Found) -> String {
        match found {
            Found::Is(ty) => values::type_words(self.settlement, ty),
            Found::SomeNumber => "a number".to_string(),
            Found::Members(names) => format!("the choice `{}`", names.join("`, `")),
            Found::Anything => "nothing".to_string(),
        }
    }
}

/// The unit of a product or quotient, if both are known.
fn product(op: Arithmetic, left: &Found, right: &Found) -> Found {
    match (left, right) {
        (Found::Is(Type::Number(a)), Found::Is(Type::Number(b))) => {
            Found::Is(Type::Number(if op == Arithmetic::Divide { a.over(b) } else { a.times(b) }))
        }
        _ => Found::SomeNumber,
    }
}

/// A variance has the unit of a square; every other statistic the unit of its figures.
fn of_statistic(statistic: &Statistic, found: Found) -> Found {
    match &found {
        Found::Is(Type::Number(unit)) => {
            statistic.unit(unit).map_or(Found::SomeNumber, |unit| Found::Is(Type::Number(unit)))
        }
        _ => found,
    }
}
