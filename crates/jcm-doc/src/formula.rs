//! Calculations as mathematics: a tree that any notation can be set from, and its reading as one line of text.

use crate::clean::clean;
use crate::english::{Wording, formula_name};
use jcm_model::{Arithmetic, Comparison, Def, Expr, ExprKind, Program};

/// A calculation as mathematics. Names are titles, never names in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A named quantity.
    Name {
        /// As printed.
        text: String,
        /// What it is.
        def: Option<Def>,
    },
    /// A quantity looked up by others, such as a figure of a table.
    Lookup {
        /// What is looked up, as printed.
        text: String,
        /// What it is.
        def: Def,
        /// By what.
        keys: Vec<Formula>,
    },
    /// A figure, as printed.
    Figure(String),
    /// A sum; `true` is plus.
    Sum(Vec<(bool, Formula)>),
    /// A product or quotient, from left to right; `true` is times.
    Product(Vec<(bool, Formula)>),
    /// The other sign.
    Negate(Box<Formula>),
    /// Without its sign.
    Absolute(Box<Formula>),
    /// A function such as `max`, applied to several values.
    Apply {
        /// Its name.
        function: String,
        /// What it is applied to.
        to: Vec<Formula>,
    },
    /// Two values compared, by the sign.
    Compare(Box<Formula>, &'static str, Box<Formula>),
    /// Conditions joined by `and` or `or`.
    Join(&'static str, Vec<Formula>),
    /// Not.
    Not(Box<Formula>),
    /// Values with their conditions, and what holds otherwise.
    Cases {
        /// `(value, condition)` in order.
        cases: Vec<(Formula, Formula)>,
        /// Otherwise.
        otherwise: Box<Formula>,
    },
    /// A value, or another where it is not known.
    Known {
        /// What counts where it is known.
        value: Box<Formula>,
        /// What counts where it is not.
        or: Box<Formula>,
    },
    /// Whether a value is known, or is not.
    IsKnown(Box<Formula>, bool),
}

/// How tightly a form holds together; a looser one inside a tighter one takes brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bond {
    Cases,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
    Atom,
}

/// A calculation as one line of mathematics: `Saving ÷ Budget of the Alliance Fund`.
pub fn formula(program: &Program, expr: &Expr) -> String {
    Wording::new(program).formula(expr).text()
}

impl Formula {
    /// One line of text, with brackets where they are needed and only there.
    pub fn text(&self) -> String {
        match self {
            Formula::Name { text, .. } | Formula::Figure(text) => text.clone(),
            Formula::Lookup { text, keys, .. } => format!("{text} [{}]", list(keys)),
            Formula::Sum(terms) => chain(terms, " + ", " − ", Bond::Sum, Bond::Product),
            Formula::Product(factors) => chain(factors, " × ", " ÷ ", Bond::Product, Bond::Sign),
            Formula::Negate(value) => format!("−{}", value.inside(Bond::Atom)),
            Formula::Absolute(value) => format!("|{}|", value.text()),
            Formula::Apply { function, to } => format!("{function}({})", list(to)),
            Formula::Compare(left, sign, right) => {
                format!("{} {sign} {}", left.inside(Bond::Sum), right.inside(Bond::Sum))
            }
            Formula::Join(word, parts) => {
                let within = if *word == "and" { Bond::Not } else { Bond::And };
                let parts: Vec<String> = parts.iter().map(|part| part.inside(within)).collect();
                parts.join(&format!(" {word} "))
            }
            Formula::Not(condition) => format!("not {}", condition.inside(Bond::Atom)),
            Formula::Cases { cases, otherwise } => {
                let mut out = String::new();
                for (value, condition) in cases {
                    let (value, condition) = (value.inside(Bond::Or), condition.inside(Bond::Or));
                    out.push_str(&format!("{value} if {condition}; "));
                }
                out + "otherwise " + &otherwise.inside(Bond::Or)
            }
            Formula::Known { value, or } => {
                format!("{}, or, if it is not known, {}", value.inside(Bond::Or), or.inside(Bond::Or))
            }
            Formula::IsKnown(value, known) => format!("{} {}", value.inside(Bond::Sum), known_words(*known)),
        }
    }

    /// What it is made of.
    pub(crate) fn parts(&self) -> Vec<&Formula> {
        match self {
            Formula::Name { .. } | Formula::Figure(_) => Vec::new(),
            Formula::Lookup { keys: parts, .. }
            | Formula::Apply { to: parts, .. }
            | Formula::Join(_, parts) => parts.iter().collect(),
            Formula::Sum(parts) | Formula::Product(parts) => parts.iter().map(|(_, part)| part).collect(),
            Formula::Negate(value)
            | Formula::Absolute(value)
            | Formula::Not(value)
            | Formula::IsKnown(value, _) => vec![value],
            Formula::Compare(left, _, right) | Formula::Known { value: left, or: right } => vec![left, right],
            Formula::Cases { cases, otherwise } => {
                let cases = cases.iter().flat_map(|(value, condition)| [value, condition]);
                cases.chain([&**otherwise]).collect()
            }
        }
    }

    /// The same, to be changed.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Formula> {
        match self {
            Formula::Name { .. } | Formula::Figure(_) => Vec::new(),
            Formula::Lookup { keys: parts, .. }
            | Formula::Apply { to: parts, .. }
            | Formula::Join(_, parts) => parts.iter_mut().collect(),
            Formula::Sum(parts) | Formula::Product(parts) => parts.iter_mut().map(|(_, part)| part).collect(),
            Formula::Negate(value)
            | Formula::Absolute(value)
            | Formula::Not(value)
            | Formula::IsKnown(value, _) => vec![value],
            Formula::Compare(left, _, right) | Formula::Known { value: left, or: right } => vec![left, right],
            Formula::Cases { cases, otherwise } => {
                let cases = cases.iter_mut().flat_map(|(value, condition)| [value, condition]);
                cases.chain([&mut **otherwise]).collect()
            }
        }
    }

    /// Makes every text harmless.
    pub(crate) fn clean(&mut self) {
        if let Formula::Name { text, .. }
        | Formula::Figure(text)
        | Formula::Lookup { text, .. }
        | Formula::Apply { function: text, .. } = self
        {
            *text = clean(text);
        }
        self.parts_mut().into_iter().for_each(Formula::clean);
    }

    pub(crate) fn bond(&self) -> Bond {
        match self {
            Formula::Name { .. } | Formula::Lookup { .. } | Formula::Absolute(_) | Formula::Apply { .. } => {
                Bond::Atom
            }
            Formula::Figure(text) if text.starts_with('-') => Bond::Sign,
            Formula::Figure(_) => Bond::Atom,
            Formula::Negate(_) => Bond::Sign,
            Formula::Sum(_) => Bond::Sum,
            Formula::Product(_) => Bond::Product,
            Formula::Compare(..) | Formula::IsKnown(..) => Bond::Compare,
            Formula::Not(_) => Bond::Not,
            Formula::Join(word, _) => {
                if *word == "and" {
                    Bond::And
                } else {
                    Bond::Or
                }
            }
            Formula::Cases { .. } | Formula::Known { .. } => Bond::Cases,
        }
    }

    fn inside(&self, least: Bond) -> String {
        let text = self.text();
        if self.bond() < least { format!("({text})") } else { text }
    }
}

/// A chain of two signs; the first part may hold as loosely as the chain itself, the others not.
fn chain(parts: &[(bool, Formula)], plus: &str, minus: &str, own: Bond, others: Bond) -> String {
    let mut out = String::new();
    for (i, (positive, part)) in parts.iter().enumerate() {
        if i == 0 {
            out.push_str(&part.inside(own));
            continue;
        }
        out.push_str(if *positive { plus } else { minus });
        // A part that starts with a sign takes brackets, so that two signs never meet.
        let text = part.text();
        let bare = part.bond() >= others && !text.starts_with(['-', '−']);
        out.push_str(&if bare { text } else { format!("({text})") });
    }
    out
}

pub(crate) fn known_words(known: bool) -> &'static str {
    if known { "is known" } else { "is not known" }
}

fn list(parts: &[Formula]) -> String {
    parts.iter().map(Formula::text).collect::<Vec<_>>().join("; ")
}

impl Wording<'_> {
    /// A calculation as mathematics.
    pub fn formula(&self, expr: &Expr) -> Formula {
        let of = |expr: &Expr| Box::new(self.formula(expr));
        let all = |list: &[Expr]| list.iter().map(|expr| self.formula(expr)).collect::<Vec<_>>();
        match &expr.kind {
            ExprKind::Constant(value) => Formula::Figure(self.constant_text(value, &expr.ty)),
            ExprKind::Input(id) => self.formula_of(Def::Input(*id)),
            ExprKind::Line(id) => self.formula_of(Def::Line(*id)),
            ExprKind::Parameter { parameter, column, keys } => {
                let text = self.figure_name(*parameter, *column);
                match all(keys) {
                    keys if keys.is_empty() => Formula::Name { text, def: Some(Def::Parameter(*parameter)) },
                    keys => Formula::Lookup { text, def: Def::Parameter(*parameter), keys },
                }
            }
            ExprKind::Arithmetic { op, .. } => {
                self.chain_of(expr, matches!(op, Arithmetic::Add | Arithmetic::Subtract))
            }
            ExprKind::Negate(value) => Formula::Negate(of(value)),
            ExprKind::Absolute(value) => Formula::Absolute(of(value)),
            ExprKind::Smallest(values) => apply("min", all(values)),
            ExprKind::Greatest(values) => apply("max", all(values)),
            ExprKind::AtLeast { value, limit } => apply("max", vec![*of(value), *of(limit)]),
            ExprKind::AtMost { value, limit } => apply("min", vec![self.formula(value), self.formula(limit)]),
            ExprKind::Round { value, rounding } => {
                let how = Formula::Figure(self.rounding_text(rounding, &expr.ty));
                apply("round", vec![self.formula(value), how])
            }
            ExprKind::RoundToFigures { .. }
            | ExprKind::Irrational { .. }
            | ExprKind::Power { .. }
            | ExprKind::Statistic { .. }
            | ExprKind::WeightedMean(_)
            | ExprKind::OverAll { .. }
            | ExprKind::CountOfCases { .. }
            | ExprKind::SumOfRows(_)
            | ExprKind::StatisticOfRows { .. }
            | ExprKind::Balance(_)
            | ExprKind::At(_)
            | ExprKind::CountOfRows(_)
            | ExprKind::MoveDate { .. }
            | ExprKind::CountBetween { .. }
            | ExprKind::MarkDate { .. } => self.function(expr),
            ExprKind::Compare { op, left, right } => Formula::Compare(of(left), sign_of(*op), of(right)),
            ExprKind::And(left, right) => Formula::Join("and", vec![*of(left), *of(right)]),
            ExprKind::Or(left, right) => Formula::Join("or", vec![*of(left), *of(right)]),
            ExprKind::Not(condition) => match &condition.kind {
                ExprKind::IsMissing(value) => Formula::IsKnown(of(value), true),
                _ => Formula::Not(of(condition)),
            },
            ExprKind::When { .. } => self.cases_of(expr),
            ExprKind::Cases { rows, otherwise, .. } => self.table_of_cases(rows, otherwise.as_deref()),
            ExprKind::Table { table, value } => {
                apply(&formula_name(self.title(Def::Table(*table))), vec![self.formula(value)])
            }
            ExprKind::Progress { value, from, to } => self.progress(value, from, to),
            ExprKind::Weighted { parts, .. } => {
                let term = |weight, part| vec![(true, Formula::Figure(weight)), (true, self.formula(part))];
                let terms =
                    parts.iter().map(|(weight, part)| (true, Formula::Product(term(percent(weight), part))));
                Formula::Sum(terms.collect())
            }
            ExprKind::IfMissing { value, default } => Formula::Known { value: of(value), or: of(default) },
            ExprKind::IsMissing(value) => Formula::IsKnown(of(value), false),
        }
    }

    fn progress(&self, value: &Expr, from: &Expr, to: &Expr) -> Formula {
        let difference = |a: &Expr| Formula::Sum(vec![(true, self.formula(a)), (false, self.formula(from))]);
        Formula::Product(vec![(true, difference(value)), (false, difference(to))])
    }

    /// Values with their conditions; what is tried where none of them holds goes on in the same list.
    fn cases_of(&self, expr: &Expr) -> Formula {
        let mut all = Vec::new();
        let mut rest = expr;
        while let ExprKind::When { cases, otherwise } = &rest.kind {
            all.extend(cases.iter().map(|(value, when)| (self.formula(value), self.formula(when))));
            rest = otherwise;
            // Two lists of which one is inside the other's first case would no longer look alike.
            if cases.iter().any(|(value, _)| matches!(value.kind, ExprKind::When { .. })) {
                break;
            }
        }
        Formula::Cases { cases: all, otherwise: Box::new(self.formula(rest)) }
    }

    /// The rows of a table of cases; the last stands for what is left.
    fn table_of_cases(&self, rows: &[(Expr, Expr)], otherwise: Option<&Expr>) -> Formula {
        let mut cases: Vec<(Formula, Formula)> =
            rows.iter().map(|(value, when)| (self.formula(value), self.formula(when))).collect();
        let last = otherwise.map(|otherwise| self.formula(otherwise));
        let last = last.or_else(|| cases.pop().map(|(value, _)| value));
        Formula::Cases { cases, otherwise: Box::new(last.unwrap_or_else(|| Formula::Figure(String::new()))) }
    }

    /// A function; of anything else only the words.
    fn function(&self, expr: &Expr) -> Formula {
        match &expr.kind {
            ExprKind::Balance(id) => {
                let text = self.brought_forward_in_formula(*id);
                Formula::Name { text, def: Some(Def::Balance(*id)) }
            }
            ExprKind::At(occasion) => Formula::Figure(self.occasion(*occasion).to_string()),
            ExprKind::RoundToFigures { value, mode, figures } => {
                let how = format!("to {figures} significant figures ({})", mode.words());
                apply("round", vec![self.formula(value), Formula::Figure(how)])
            }
            ExprKind::Irrational { function, value, decimals } => {
                let how = Formula::Figure(format!("to {decimals} decimals"));
                apply(function.name(), vec![self.formula(value), how])
            }
            ExprKind::Power { value, exponent } => {
                apply("power", vec![self.formula(value), Formula::Figure(exponent.to_string())])
            }
            ExprKind::Statistic { statistic, values } => {
                apply(statistic.name(), values.iter().map(|value| self.formula(value)).collect())
            }
            ExprKind::WeightedMean(parts) => {
                let term = |(value, weight): &(Expr, Expr)| {
                    (true, Formula::Product(vec![(true, self.formula(weight)), (true, self.formula(value))]))
                };
                let weights = parts.iter().map(|(_, weight)| (true, self.formula(weight)));
                let weighted = Formula::Sum(parts.iter().map(term).collect());
                Formula::Product(vec![(true, weighted), (false, Formula::Sum(weights.collect()))])
            }
            ExprKind::OverAll { function, value, same } => {
                self.over_all(&function.words(), value, same.as_deref())
            }
            ExprKind::CountOfCases { condition, same } => {
                self.over_all("the number", condition, same.as_deref())
            }
            ExprKind::SumOfRows(value) => {
                apply(&format!("sum over every {} ", self.row_noun_in(value)), vec![self.formula(value)])
            }
            ExprKind::StatisticOfRows { statistic, value } => {
                let name = format!("{} over every {} ", statistic.words(), self.row_noun_in(value));
                apply(&name, vec![self.formula(value)])
            }
            ExprKind::CountOfRows(condition) => apply(
                &format!("count of every {} ", self.row_noun_in(condition)),
                vec![self.formula(condition)],
            ),
            ExprKind::MoveDate { date, by, earlier, .. } => {
                Formula::Sum(vec![(true, self.formula(date)), (!earlier, self.formula(by))])
            }
            ExprKind::CountBetween { from, to, count } => {
                apply(&format!("{} between ", count.words()), vec![self.formula(from), self.formula(to)])
            }
            ExprKind::MarkDate { date, mark } => {
                apply(&mark.name().replace('_', " "), vec![self.formula(date)])
            }
            _ => Formula::Figure(crate::document::plain(&self.words(expr))),
        }
    }

    /// "sum over all cases (…)": what a function over all cases is applied to, and what the cases have in common.
    fn over_all(&self, words: &str, value: &Expr, same: Option<&Expr>) -> Formula {
        let words = words.strip_prefix("the ").unwrap_or(words);
        let mut to = vec![self.formula(value)];
        let cases = match same {
            Some(same) => {
                to.push(self.formula(same));
                "over all cases of the same group"
            }
            None => "over all cases",
        };
        apply(&format!("{words} {cases} "), to)
    }

    fn formula_of(&self, def: Def) -> Formula {
        Formula::Name { text: self.name_in_formula(def), def: Some(def) }
    }

    /// A chain of sums, or of products, along its left side; long chains must not nest.
    fn chain_of(&self, expr: &Expr, sums: bool) -> Formula {
        let mut parts = Vec::new();
        let mut rest = expr;
        while let ExprKind::Arithmetic { op, left, right } = &rest.kind {
            if matches!(op, Arithmetic::Add | Arithmetic::Subtract) != sums {
                break;
            }
            parts.push((!matches!(op, Arithmetic::Subtract | Arithmetic::Divide), self.formula(right)));
            rest = left;
        }
        parts.push((true, self.formula(rest)));
        parts.reverse();
        if sums { Formula::Sum(parts) } else { Formula::Product(parts) }
    }
}

fn apply(function: &str, to: Vec<Formula>) -> Formula {
    Formula::Apply { function: function.to_string(), to }
}

fn percent(weight: &jcm_quantity::Exact) -> String {
    jcm_quantity::show(weight, &jcm_quantity::Unit::percent())
}

fn sign_of(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "≤",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => "≥",
    }
}
