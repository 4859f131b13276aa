//! Numbers in English: noun phrases such as "5% of the budget of the Alliance Fund".
//!
//! Each phrase knows how firmly it holds together. Where a looser phrase would stand inside a tighter one, so that a
//! listener could not tell what belongs to what, it is replaced by a letter and said on its own.

use super::title::noun;
use super::{Origin, Wording};
use crate::document::{Compose, Inline, Text, joined, said};
use crate::places::letter;
use jcm_model::{Arithmetic, Constant, Def, Expr, ExprKind, LineId, LineOwner, TableKind, Ty};
use std::collections::VecDeque;

/// How firmly a phrase holds together, from the firmest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A name or a figure.
    Closed,
    /// Something of something: more words after it could be drawn into it.
    Open,
    /// One product or quotient.
    Product,
    /// A sum without commas.
    Sum,
    /// With commas inside.
    Broken,
    /// With limits, conditions or rounding.
    Clause,
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) text: Text,
    pub(crate) level: Level,
    pub(crate) plural: bool,
}

impl Phrase {
    pub(crate) fn closed(text: Text) -> Phrase {
        Phrase { text, level: Level::Closed, plural: false }
    }

    pub(super) fn at(level: Level, text: Text) -> Phrase {
        Phrase { text, level, plural: false }
    }

    /// `is` or `are`.
    pub(crate) fn verb(&self) -> &'static str {
        if self.plural { " are " } else { " is " }
    }
}

/// How deep a phrase may nest before a letter stands for what is inside.
const DEEPEST: usize = 6;

/// The saying of one calculation: the letters that it has given and what they stand for.
pub(crate) struct Speech<'w, 'a> {
    pub(crate) wording: &'w Wording<'a>,
    /// The line that is said, if it is one.
    pub(crate) line: Option<LineId>,
    /// What has a letter and has not been said yet.
    pub(crate) pending: VecDeque<(String, &'w Expr)>,
    /// What each letter stands for, as mathematics: the same thing gets no second letter.
    given: Vec<String>,
    depth: usize,
}

impl<'w, 'a> Speech<'w, 'a> {
    pub(crate) fn new(wording: &'w Wording<'a>, line: Option<LineId>) -> Self {
        Speech { wording, line, pending: VecDeque::new(), given: Vec::new(), depth: 0 }
    }

    /// A calculation at any level.
    pub(crate) fn say(&mut self, expr: &'w Expr) -> Phrase {
        if self.depth >= DEEPEST && !is_short(expr) {
            return self.lettered(expr);
        }
        self.depth += 1;
        let phrase = self.phrase(expr);
        self.depth -= 1;
        phrase
    }

    /// A calculation that holds together at least so firmly; a letter where it does not.
    pub(crate) fn within(&mut self, expr: &'w Expr, loosest: Level) -> Phrase {
        let (given, pending) = (self.given.len(), self.pending.len());
        let phrase = self.say(expr);
        if phrase.level <= loosest {
            return phrase;
        }
        self.given.truncate(given);
        self.pending.truncate(pending);
        self.lettered(expr)
    }

    pub(crate) fn lettered(&mut self, expr: &'w Expr) -> Phrase {
        let meaning = self.wording.formula(expr).text();
        let known = self.given.iter().position(|given| *given == meaning);
        let name = letter(known.unwrap_or(self.given.len()));
        if known.is_none() {
            self.given.push(meaning);
            self.pending.push_back((name.clone(), expr));
        }
        Phrase::closed(vec![Inline::Strong(name)])
    }

    fn said_of(&mut self, words: &str, value: &'w Expr) -> Phrase {
        let mut text = said(words);
        text.add(self.within(value, Level::Open).text);
        Phrase::at(Level::Open, text)
    }

    fn phrase(&mut self, expr: &'w Expr) -> Phrase {
        match &expr.kind {
            ExprKind::Constant(value) => {
                let origin = Origin { line: self.line, span: Some(expr.span), ..Origin::default() };
                let figure = vec![self.wording.constant(value, &expr.ty, origin)];
                let is_word = matches!(value, Constant::Text(_) | Constant::Member(_));
                Phrase::closed(if is_word { super::quoted(figure) } else { figure })
            }
            ExprKind::Input(id) => self.wording.name(Def::Input(*id)),
            ExprKind::Line(id) => self.wording.name(Def::Line(*id)),
            ExprKind::Balance(id) => self.wording.brought_forward(*id),
            ExprKind::Parameter { parameter, column, keys } => self.parameter(*parameter, *column, keys),
            ExprKind::Arithmetic { op: Arithmetic::Add | Arithmetic::Subtract, .. } => self.sum(expr),
            ExprKind::Arithmetic { op: Arithmetic::Of, left, right } => self.share(left, right),
            ExprKind::Arithmetic { .. } => self.product(expr),
            ExprKind::Negate(value) => self.said_of("minus ", value),
            ExprKind::Absolute(value) => self.said_of("the absolute value of ", value),
            ExprKind::Smallest(values) => self.extreme(values, "the smaller of ", "the smallest of "),
            ExprKind::Greatest(values) => self.extreme(values, "the greater of ", "the greatest of "),
            ExprKind::AtLeast { .. } | ExprKind::AtMost { .. } => self.limited(expr),
            ExprKind::Round { value, rounding } => {
                let value = self.within(value, Level::Broken);
                let joint = if value.level > Level::Product { ", all rounded " } else { ", rounded " };
                let plural = value.plural;
                let mut text = value.text;
                text.say(joint).say(&self.wording.rounding_text(rounding, &expr.ty));
                Phrase { plural, ..Phrase::at(Level::Clause, text) }
            }
            ExprKind::RoundToFigures { .. }
            | ExprKind::Irrational { .. }
            | ExprKind::Power { .. }
            | ExprKind::Statistic { .. }
            | ExprKind::WeightedMean(_)
            | ExprKind::OverAll { .. }
            | ExprKind::CountOfCases { .. }
            | ExprKind::SumOfRows(_)
            | ExprKind::CountOfRows(_)
            | ExprKind::StatisticOfRows { .. } => self.function(expr),
            ExprKind::MoveDate { .. } | ExprKind::CountBetween { .. } | ExprKind::MarkDate { .. } => {
                self.dates(expr)
            }
            ExprKind::When { .. } => Phrase::at(Level::Clause, self.cases(expr, "otherwise ")),
            ExprKind::Cases { rows, otherwise, .. } => {
                Phrase::at(Level::Clause, self.rows(rows, otherwise.as_deref()))
            }
            ExprKind::Table { table, value } => self.looked_up(*table, value, &expr.ty),
            ExprKind::Progress { value, from, to } => self.progress(value, from, to),
            ExprKind::Weighted { parts, .. } => self.weighted(parts),
            ExprKind::IfMissing { value, default } => {
                let value = self.within(value, Level::Product);
                let pronoun = match () {
                    () if value.level > Level::Open => "that is",
                    () if value.plural => "they are",
                    () => "it is",
                };
                let mut text = value.text;
                text.say(&format!(", or, if {pronoun} not known, "))
                    .add(self.within(default, Level::Open).text);
                Phrase::at(Level::Clause, text)
            }
            ExprKind::At(_)
            | ExprKind::Compare { .. }
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Not(_)
            | ExprKind::IsMissing(_) => {
                let mut text = said("whether ");
                text.add(self.condition(expr));
                Phrase::at(Level::Clause, text)
            }
        }
    }

    fn parameter(&mut self, id: jcm_model::ParameterId, column: u32, keys: &'w [Expr]) -> Phrase {
        let name = self.wording.name(Def::Parameter(id));
        let named = self.wording.column_of(id, column);
        if keys.is_empty() && named.is_none() {
            return name;
        }
        let keys: Vec<Text> = keys.iter().map(|key| self.within(key, Level::Open).text).collect();
        let def = Def::Parameter(id);
        let mut text = match &named {
            Some(name) if self.wording.names_one_thing(name) => {
                let noun = noun(name, &self.wording.what_column_measures(id, column));
                let mut text = if noun.article.is_empty() { Text::new() } else { said(noun.article) };
                text.add(self.wording.link(def, &noun.body));
                text
            }
            Some(column) => {
                let mut text = said(&format!("the {column} that the table “"));
                text.add(self.wording.link(def, self.wording.title(def))).say("” gives");
                text
            }
            None => name.text,
        };
        if !keys.is_empty() {
            text.say(" for ").add(joined(keys, " and "));
        }
        Phrase::at(Level::Open, text)
    }

    /// Sums are said from left to right, as they are worked out.
    fn sum(&mut self, expr: &'w Expr) -> Phrase {
        let is_sum = |op| matches!(op, Arithmetic::Add | Arithmetic::Subtract);
        let (first, rest) = spine(expr, is_sum);
        let first = self.within(first, Level::Product);
        let mut comma = first.level > Level::Closed;
        let mut broken = comma;
        let mut text = first.text;
        for (op, term) in rest {
            let term = self.operand(term, Level::Product);
            let joint = if op == Arithmetic::Add { " plus " } else { " less " };
            comma |= term.level == Level::Product;
            broken |= comma;
            text.say(if comma { "," } else { "" }).say(joint).add(term.text);
            comma = term.level > Level::Closed;
        }
        Phrase::at(if broken { Level::Broken } else { Level::Sum }, text)
    }

    fn product(&mut self, expr: &'w Expr) -> Phrase {
        let is_product = |op| matches!(op, Arithmetic::Multiply | Arithmetic::Divide);
        let (first, rest) = spine(expr, is_product);
        let first = self.within(first, Level::Sum);
        let mut joint = match first.level {
            Level::Closed => " ",
            Level::Sum => ", all ",
            _ => ", ",
        };
        let broken = first.level > Level::Closed || rest.len() > 1;
        let mut text = first.text;
        for (op, factor) in rest {
            let by = match op {
                Arithmetic::Divide => "divided by ",
                _ if is_length_of_time(factor) => "for ",
                _ => "multiplied by ",
            };
            // How long it lasts is no part of the name before it.
            let joint_of_time = match joint {
                ", all " if by == "for " => ", each ",
                _ if by == "for " => ", ",
                _ => joint,
            };
            text.say(joint_of_time).say(by);
            match self.length_of_time(factor) {
                Some(length) if by == "for " => text.add(length),
                _ => text.add(self.operand(factor, Level::Open).text),
            };
            joint = ", then ";
        }
        Phrase::at(if broken { Level::Broken } else { Level::Product }, text)
    }

    /// "one year", "a quarter of a year": a stated part of a year as people say it.
    fn length_of_time(&self, expr: &Expr) -> Option<Text> {
        let (ExprKind::Constant(Constant::Number(years)), Ty::Number(unit)) = (&expr.kind, &expr.ty) else {
            return None;
        };
        let words = super::time::part_of_a_year(years, unit)?;
        let origin = Origin { line: self.line, span: Some(expr.span), ..Origin::default() };
        let mut figure = self.wording.number(years, unit, origin);
        if let Inline::Figure(figure) = &mut figure {
            figure.text = words;
        }
        Some(vec![figure])
    }

    /// "5% of the budget"; a share that has a name of its own is multiplied by instead, which reads better.
    fn share(&mut self, share: &'w Expr, whole: &'w Expr) -> Phrase {
        let is_stated = match &share.kind {
            ExprKind::Constant(_) => true,
            ExprKind::Negate(value) => matches!(value.kind, ExprKind::Constant(_)),
            _ => false,
        };
        if is_stated {
            let mut text = self.say(share).text;
            text.say(" of ").add(self.operand(whole, Level::Open).text);
            return Phrase::at(Level::Open, text);
        }
        let whole = self.within(whole, Level::Sum);
        let joint = match whole.level {
            Level::Closed => " multiplied by ",
            Level::Sum => ", all multiplied by ",
            _ => ", multiplied by ",
        };
        let broken = whole.level > Level::Closed;
        let mut text = whole.text;
        text.say(joint).add(self.operand(share, Level::Open).text);
        Phrase::at(if broken { Level::Broken } else { Level::Product }, text)
    }

    /// What stands after an operator. A sum of two names is said as "the sum of A and B" there.
    fn operand(&mut self, expr: &'w Expr, loosest: Level) -> Phrase {
        if let ExprKind::Arithmetic { op: Arithmetic::Add, left, right } = &expr.kind
            && is_short(left)
            && is_short(right)
        {
            let mut text = said("the sum of ");
            text.add(self.say(left).text).say(" and ").add(self.say(right).text);
            return Phrase::at(Level::Open, text);
        }
        self.within(expr, loosest)
    }

    pub(super) fn extreme(&mut self, values: &'w [Expr], of_two: &str, of_many: &str) -> Phrase {
        let mut text = said(if values.len() == 2 { of_two } else { of_many });
        let values = values.iter().map(|value| self.within(value, Level::Open).text).collect();
        text.add(joined(values, " and "));
        Phrase::at(Level::Open, text)
    }

    /// Limits in the order in which they apply, the inner first.
    fn limited(&mut self, expr: &'w Expr) -> Phrase {
        let mut limits = Vec::new();
        let mut rest = expr;
        loop {
            rest = match &rest.kind {
                ExprKind::AtLeast { value, limit } => {
                    limits.push((" no less than ", &**limit));
                    value
                }
                ExprKind::AtMost { value, limit } => {
                    limits.push((" no more than ", &**limit));
                    value
                }
                _ => break,
            };
        }
        let mut text = self.within(rest, Level::Sum).text;
        for (i, (words, limit)) in limits.into_iter().rev().enumerate() {
            text.say(if i == 0 { ", but" } else { " and" })
                .say(words)
                .add(self.within(limit, Level::Open).text);
        }
        Phrase::at(Level::Clause, text)
    }

    /// `A where ...; failing that, B where ...; otherwise C`.
    pub(crate) fn cases(&mut self, expr: &'w Expr, otherwise_words: &str) -> Text {
        let mut text = Text::new();
        let mut rest = expr;
        while let ExprKind::When { cases, otherwise } = &rest.kind {
            for (value, condition) in cases {
                if !text.is_empty() {
                    text.say("failing that, ");
                }
                text.add(self.within(value, Level::Sum).text).say(" where ");
                text.add(self.condition(condition)).say("; ");
            }
            rest = otherwise;
        }
        text.say(otherwise_words).add(self.within(rest, Level::Broken).text);
        text
    }

    /// `A where ...; B where ...; otherwise C`, where exactly one holds.
    fn rows(&mut self, rows: &'w [(Expr, Expr)], otherwise: Option<&'w Expr>) -> Text {
        let mut text = Text::new();
        for (value, condition) in rows {
            if !text.is_empty() {
                text.say("; ");
            }
            text.add(self.within(value, Level::Sum).text).say(" where ").add(self.condition(condition));
        }
        if let Some(otherwise) = otherwise {
            text.say("; otherwise ").add(self.within(otherwise, Level::Broken).text);
        }
        text
    }

    fn looked_up(&mut self, table: jcm_model::TableId, value: &'w Expr, ty: &Ty) -> Phrase {
        let kind = self.wording.program.table(table).map(|table| table.kind);
        let what = self.wording.what_it_measures(ty);
        let (table_word, verb) = match kind {
            Some(TableKind::Bands) => ("bands", "give"),
            _ => ("scale", "gives"),
        };
        let mut text = said(&format!("the {what} that the {table_word} “"));
        text.add(self.wording.link(Def::Table(table), self.wording.title(Def::Table(table))));
        text.say(&format!("” {verb} for ")).add(self.within(value, Level::Open).text);
        Phrase { plural: what.ends_with('s'), ..Phrase::at(Level::Open, text) }
    }

    fn progress(&mut self, value: &'w Expr, from: &'w Expr, to: &'w Expr) -> Phrase {
        if let Some(measure) = self.wording.measure_progressing(value, from, to) {
            // As an accountant works it out, because a name such as “progress” explains nothing.
            let mut text = said("the change in ");
            text.add(self.wording.name(Def::Measure(measure)).text).say(" from the ");
            text.add(self.short_name(from, "baseline")).say(", as a share of the change from the ");
            text.add(self.short_name(from, "baseline")).say(" to the ").add(self.short_name(to, "target"));
            return Phrase::at(Level::Open, text);
        }
        let mut text = said("the progress of ");
        text.add(self.within(value, Level::Open).text).say(" from ");
        text.add(self.within(from, Level::Open).text).say(" to ").add(self.within(to, Level::Open).text);
        Phrase::at(Level::Open, text)
    }

    fn short_name(&self, expr: &Expr, name: &str) -> Text {
        match expr.kind {
            ExprKind::Parameter { parameter, .. } => self.wording.link(Def::Parameter(parameter), name),
            _ => said(name),
        }
    }

    fn weighted(&mut self, parts: &'w [(jcm_quantity::Exact, Expr)]) -> Phrase {
        let mut text = Text::new();
        for (i, (weight, part)) in parts.iter().enumerate() {
            let origin = Origin { line: self.line, span: Some(part.span), ..Origin::default() };
            let weight = Constant::Number(weight.clone());
            let weight = self.wording.constant(&weight, &Ty::Number(jcm_quantity::Unit::percent()), origin);
            text.say(if i == 0 { "" } else { " plus " }).add(vec![weight]).say(" of ");
            text.add(self.within(part, Level::Closed).text);
        }
        Phrase::at(if parts.len() > 1 { Level::Sum } else { Level::Open }, text)
    }
}

impl Wording<'_> {
    /// The noun for the rows that a value belongs to, found in the value itself.
    pub(crate) fn row_noun_in(&self, expr: &Expr) -> String {
        let program = self.program;
        let mut found = None;
        inside(expr, &mut |part| {
            let owner = match part.kind {
                ExprKind::Line(id) => {
                    program.line(id).filter(|line| line.per_row).and_then(|line| match line.owner {
                        LineOwner::Incentive(id) => Some(id),
                        _ => None,
                    })
                }
                ExprKind::Input(id) => {
                    program.input(id).filter(|input| input.per_row).and_then(|input| match input.owner {
                        jcm_model::InputOwner::Incentive(id) => Some(id),
                        _ => None,
                    })
                }
                _ => None,
            };
            found = found.or(owner);
        });
        found.map_or_else(|| "row".to_string(), |id| self.row_noun_of(id))
    }

    /// Whether a name belongs to one column of one table of figures and to nothing else that a line can use.
    fn names_one_thing(&self, name: &str) -> bool {
        let columns = self.program.parameters.iter().flat_map(|parameter| &parameter.columns);
        let same_column = columns.filter(|(column, _)| column.replace('_', " ") == name).count();
        let lines = self.program.lines.iter().map(|line| &line.head.title);
        let mut titles = lines.chain(self.program.inputs.iter().map(|input| &input.head.title));
        same_column == 1 && titles.all(|title| title.to_lowercase() != name.to_lowercase())
    }

    /// The measure whose reported figure moves from its own baseline to its own target.
    fn measure_progressing(&self, value: &Expr, from: &Expr, to: &Expr) -> Option<jcm_model::MeasureId> {
        let (
            reported,
            ExprKind::Parameter { parameter: from, .. },
            ExprKind::Parameter { parameter: to, .. },
        ) = (&value.kind, &from.kind, &to.kind)
        else {
            return None;
        };
        let id = match reported {
            ExprKind::Input(input) => match self.program.input(*input)?.owner {
                jcm_model::InputOwner::Measure(id) => id,
                _ => return None,
            },
            // The figure that is put together from quarters or months.
            ExprKind::Line(line) => match self.program.line(*line)?.owner {
                jcm_model::LineOwner::Measure(id) => id,
                _ => return None,
            },
            _ => return None,
        };
        let measure = self.program.measure(id)?;
        let own =
            measure.baseline.as_ref().map(|(figure, _)| figure) == Some(from) && measure.target == Some(*to);
        own.then_some(id)
    }
}

/// The left end of a chain of operators, and what follows it. Long chains must not nest.
fn spine(expr: &Expr, same: impl Fn(Arithmetic) -> bool) -> (&Expr, Vec<(Arithmetic, &Expr)>) {
    let mut parts = Vec::new();
    let mut rest = expr;
    while let ExprKind::Arithmetic { op, left, right } = &rest.kind {
        if !same(*op) {
            break;
        }
        parts.push((*op, &**right));
        rest = left;
    }
    parts.reverse();
    (rest, parts)
}

/// Whether an expression is a name or a figure.
fn is_short(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant(_) | ExprKind::Input(_) | ExprKind::Line(_) => true,
        ExprKind::Parameter { keys, .. } => keys.is_empty(),
        _ => false,
    }
}

/// Visits an expression and everything inside it.
pub(crate) fn inside<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    let mut stack = vec![expr];
    while let Some(expr) = stack.pop() {
        visit(expr);
        let first = stack.len();
        match &expr.kind {
            ExprKind::Constant(_) | ExprKind::Input(_) | ExprKind::Line(_) => {}
            ExprKind::Balance(_) | ExprKind::At(_) => {}
            ExprKind::Parameter { keys, .. } => stack.extend(keys),
            ExprKind::Arithmetic { left, right, .. }
            | ExprKind::Compare { left, right, .. }
            | ExprKind::And(left, right)
            | ExprKind::Or(left, right) => stack.extend([&**left, &**right]),
            ExprKind::AtLeast { value, limit } | ExprKind::AtMost { value, limit } => {
                stack.extend([&**value, &**limit]);
            }
            ExprKind::Negate(value)
            | ExprKind::Absolute(value)
            | ExprKind::Round { value, .. }
            | ExprKind::RoundToFigures { value, .. }
            | ExprKind::Irrational { value, .. }
            | ExprKind::Power { value, .. }
            | ExprKind::Not(value)
            | ExprKind::Table { value, .. }
            | ExprKind::IsMissing(value)
            | ExprKind::SumOfRows(value)
            | ExprKind::CountOfRows(value)
            | ExprKind::StatisticOfRows { value, .. } => stack.push(value),
            ExprKind::Smallest(values) | ExprKind::Greatest(values) | ExprKind::Statistic { values, .. } => {
                stack.extend(values)
            }
            ExprKind::WeightedMean(parts) => {
                stack.extend(parts.iter().flat_map(|(value, weight)| [value, weight]));
            }
            ExprKind::OverAll { value, same, .. } | ExprKind::CountOfCases { condition: value, same } => {
                stack.push(value);
                stack.extend(same.as_deref());
            }
            ExprKind::When { cases, otherwise } => {
                stack.extend(cases.iter().flat_map(|(value, condition)| [value, condition]));
                stack.push(otherwise);
            }
            ExprKind::MoveDate { date, by, .. } => stack.extend([&**date, &**by]),
            ExprKind::CountBetween { from, to, .. } => stack.extend([&**from, &**to]),
            ExprKind::MarkDate { date, .. } => stack.push(date),
            ExprKind::Cases { of, rows, otherwise, .. } => {
                stack.extend(of);
                stack.extend(rows.iter().map(|(value, _)| value));
                stack.extend(otherwise.as_deref());
            }
            ExprKind::Progress { value, from, to } => stack.extend([&**value, &**from, &**to]),
            ExprKind::Weighted { parts, .. } => stack.extend(parts.iter().map(|(_, part)| part)),
            ExprKind::IfMissing { value, default } => stack.extend([&**value, &**default]),
        }
        // What was pushed last would be visited first; the order of the contract is kept.
        if let Some(pushed) = stack.get_mut(first..) {
            pushed.reverse();
        }
    }
}

/// Whether an expression is a stated length of time, for which a yearly amount holds.
fn is_length_of_time(expr: &Expr) -> bool {
    let is_time = |unit: &jcm_quantity::Unit| matches!(unit.dims(), [(jcm_quantity::Base::Time(_), 1)]);
    matches!(expr.kind, ExprKind::Constant(_)) && expr.ty.unit().is_some_and(is_time)
}
