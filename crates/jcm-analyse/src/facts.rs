//! What is known of every line by itself: where it lies, whether it runs on, and how it goes with a figure.

use crate::engine::{Engine, View, Way};
use crate::lines::{How, Lines, Many, Source};
use crate::questions::joins;
use crate::reading::{Cell, Layout, Place};
use crate::span::Trend;
use crate::subject::{Domain, Subject};
use jcm_calculus::{Expr, InputId, Settlement, StepId, Type, Value};
use jcm_eval::{Held, Prepared};
use jcm_quantity::{Exact, Range};
use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet};

/// Boxes that are looked at for one question about one line.
const BUDGET: usize = 120;

/// What is known of a line.
#[derive(Debug, Clone)]
struct Fact {
    range: Range,
    /// Whether it can be missing.
    missing: bool,
    /// Whether it runs on where what it is made of does.
    runs_on: bool,
    /// Whether it has single values with nothing between, so that it stays wherever it does not jump.
    still: bool,
    /// What it is one of, where it is no number.
    one_of: Option<Vec<Value>>,
}

/// What is known of every line in one period.
pub(crate) struct Facts<'a> {
    lines: &'a Lines,
    prepared: &'a Prepared<'a>,
    subject: &'a Subject<'a>,
    period: usize,
    /// Where each carried figure can lie at the beginning of the period.
    openings: Vec<Range>,
    /// By the places of the steps: first what stands for something, and then the lines.
    known: Vec<Fact>,
}

/// A line with what it is made of as free figures.
struct Alone<'a> {
    engine: Engine<'a>,
    step: StepId,
    /// The steps that stand for its numbers, by their places in the box.
    numbers: Vec<StepId>,
    still: Vec<usize>,
}

impl Fact {
    fn unknown() -> Fact {
        Fact { range: Range::ALL, missing: true, runs_on: false, still: false, one_of: None }
    }

    fn number(range: Range) -> Fact {
        Fact { range, missing: false, runs_on: true, still: false, one_of: None }
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn new(
        lines: &'a Lines,
        prepared: &'a Prepared<'a>,
        subject: &'a Subject<'a>,
        (period, openings): (usize, &[Range]),
    ) -> Facts<'a> {
        let mut facts =
            Facts { lines, prepared, subject, period, openings: openings.to_vec(), known: Vec::new() };
        facts.known = vec![Fact::unknown(); lines.sources.len()];
        for place in lines.sources.len()..lines.settlement.steps.len() {
            // What stands for a line or for many figures is known as soon as these are.
            let Ok(id) = u32::try_from(place) else { break };
            for source in facts.made_of(StepId(id)) {
                let fact = facts.of_source(source);
                if let Some(known) = facts.known.get_mut(source.index()) {
                    *known = fact;
                }
            }
            let fact = facts.of_line(StepId(id)).unwrap_or_else(Fact::unknown);
            facts.known.push(fact);
        }
        facts
    }

    /// Whether a line of the contract runs on where the lines before it do.
    pub(crate) fn runs_on(&self, step: StepId) -> bool {
        let own = self.lines.own.get(&step);
        own.into_iter().flatten().any(|line| self.known.get(line.index()).is_some_and(|fact| fact.runs_on))
    }

    /// Where a line of the contract lies.
    pub(crate) fn range(&self, step: StepId) -> Range {
        self.of_step(step).range
    }

    /// Whether there can be no figure of a line of the contract.
    pub(crate) fn can_be_missing(&self, step: StepId) -> bool {
        self.of_step(step).missing
    }

    /// Whether a line would run on if it were not rounded at its end.
    pub(crate) fn runs_on_unrounded(&self, step: StepId) -> bool {
        let line = self.lines.unrounded.get(&step);
        line.and_then(|line| self.known.get(line.index())).is_some_and(|fact| fact.runs_on)
    }

    /// The steps that stand for what a line is made of.
    fn made_of(&self, line: StepId) -> Vec<StepId> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Expr> = self.line(line).into_iter().collect();
        while let Some(expr) = open.pop() {
            if let Expr::Step(id) = expr {
                found.insert(*id);
            }
            open.extend(expr.parts());
        }
        found.into_iter().collect()
    }

    fn line(&self, line: StepId) -> Option<&'a Expr> {
        self.lines.settlement.steps.get(line.index()).map(|step| &step.expr)
    }

    fn of_source(&self, source: StepId) -> Fact {
        let settlement: &Settlement = &self.lines.settlement;
        match self.lines.sources.get(source.index()) {
            Some(Source::Step(id)) => self.of_step(*id),
            Some(Source::Input(id)) => match self.subject.figures.get(id.index()).map(|one| &one.domain) {
                Some(Domain::Numbers { range, .. }) => Fact::number(range.clone()),
                _ => Fact::unknown(),
            },
            Some(Source::Carried(id)) => {
                Fact::number(self.openings.get(id.index()).cloned().unwrap_or(Range::ALL))
            }
            Some(Source::Looked(parameter, column)) => {
                let rows = settlement.parameters.get(parameter.index()).map(|one| &one.rows);
                let values = || rows.into_iter().flatten().filter_map(|row| row.values.get(*column));
                let numbers = values().filter_map(|value| match value {
                    Value::Number(number) => Some(Range::point(number.clone())),
                    _ => None,
                });
                let range = Range::around(numbers).unwrap_or(Range::ALL);
                let missing = values().any(|value| *value == Value::Missing);
                Fact { missing, still: true, ..Fact::number(range) }
            }
            Some(Source::Fixed(ty)) => {
                let one_of = match ty {
                    Type::Truth => Some(vec![Value::Truth(false), Value::Truth(true), Value::Missing]),
                    Type::Choice(id) => settlement.choices.get(id.index()).map(|choice| {
                        let members = choice.members.iter().map(|(name, _)| Value::Choice(name.clone()));
                        members.chain([Value::Missing]).collect()
                    }),
                    _ => None,
                };
                Fact { one_of, still: true, ..Fact::unknown() }
            }
            Some(Source::Many(many)) => self.of_many(many),
            None => Fact::unknown(),
        }
    }

    /// What all ways to follow a line say together.
    fn of_step(&self, id: StepId) -> Fact {
        let own = self.lines.own.get(&id).into_iter().flatten();
        let facts: Vec<&Fact> = own.filter_map(|line| self.known.get(line.index())).collect();
        let mut all = Fact::unknown();
        for fact in facts {
            all.range = all.range.and(&fact.range).unwrap_or(all.range);
            all.missing &= fact.missing;
            all.runs_on |= fact.runs_on;
            all.still |= fact.still;
        }
        all
    }

    fn of_many(&self, many: &Many) -> Fact {
        let part = many.part.and_then(|part| self.known.get(part.index()));
        let Some(part) = part else { return Fact::unknown() };
        let zero = Exact::zero;
        let sum = || match (part.range.can_be_negative(), part.range.can_be_positive()) {
            (false, _) => Range::at_least(zero()),
            (_, false) => Range::at_least(zero()).negated(),
            _ => Range::ALL,
        };
        let fact = |range| Fact { range, one_of: None, missing: true, ..part.clone() };
        match many.how {
            How::Sum => Fact { missing: false, ..fact(sum()) },
            How::Added => fact(sum()),
            How::Count => Fact { missing: false, still: true, ..fact(Range::at_least(zero())) },
            How::Among => fact(part.range.clone()),
            How::Even => fact(Range::at_least(zero())),
            // Where no figure moves but by jumps, neither does what is made of all of them.
            How::Order => Fact { still: true, runs_on: part.still, ..fact(Range::at_least(Exact::one())) },
            How::Other => Fact { runs_on: part.still, ..fact(Range::ALL) },
            How::Loose => Fact { runs_on: false, still: false, ..fact(Range::ALL) },
        }
    }

    /// A line with what it is made of as free figures; `None` where it cannot be followed.
    fn alone(&self, step: StepId) -> Option<Alone<'a>> {
        let mut layout = Layout { period: self.period, ..Layout::default() };
        let (mut numbers, mut ranges) = (Vec::new(), Vec::new());
        let (mut choices, mut still) = (Vec::new(), Vec::new());
        for source in self.made_of(step) {
            let fact = self.known.get(source.index())?;
            if let Source::Fixed(_) = self.lines.sources.get(source.index())? {
                layout.steps.insert(source, (None, Some(choices.len())));
                choices.push(fact.one_of.clone()?);
                continue;
            }
            let there = fact.missing.then_some(choices.len());
            if fact.missing {
                choices.push(vec![Value::Truth(true), Value::Missing]);
            }
            layout.steps.insert(source, (Some(numbers.len()), there));
            if fact.still {
                still.push(numbers.len());
            }
            numbers.push(source);
            ranges.push(fact.range.clone());
        }
        let mut open: Vec<&Expr> = self.line(step).into_iter().collect();
        let mut inputs: BTreeSet<InputId> = BTreeSet::new();
        while let Some(expr) = open.pop() {
            if let Expr::Input(id) = expr {
                inputs.insert(*id);
            }
            open.extend(expr.parts());
        }
        for input in inputs {
            let Domain::OneOf(values) = &self.subject.figures.get(input.index())?.domain else { return None };
            layout.inputs.insert(input, Place::Fixed(choices.len()));
            choices.push(values.clone());
        }
        let whole = crate::asking::combinations(&choices).ok()?.into_iter();
        let whole = whole.map(|fixed| Cell { numbers: ranges.clone(), fixed, inside: false }).collect();
        let engine = Engine { prepared: self.prepared, layout, whole, left: Counter::new(BUDGET) };
        Some(Alone { engine, step, numbers, still })
    }

    fn of_line(&self, step: StepId) -> Option<Fact> {
        let sources = self.made_of(step);
        let is = |source: &StepId, what: fn(&Fact) -> bool| self.known.get(source.index()).is_some_and(what);
        // What many figures come to jumps in the line that takes them together.
        let many = |source: &StepId| matches!(self.lines.sources.get(source.index()), Some(Source::Many(_)));
        let many_run_on = sources.iter().all(|source| !many(source) || is(source, |fact| fact.runs_on));
        if sources.iter().all(|source| is(source, |fact| fact.still)) {
            // What is made of single values has single values, and stays where these do.
            let (fact, _) = self.followed(step).unzip();
            return Some(Fact { still: true, runs_on: many_run_on, ..fact.unwrap_or_else(Fact::unknown) });
        }
        let (mut fact, alone) = self.followed(step)?;
        fact.runs_on = many_run_on && alone.runs_on();
        Some(fact)
    }

    /// Where a line lies by itself.
    fn followed(&self, step: StepId) -> Option<(Fact, Alone<'a>)> {
        let alone = self.alone(step)?;
        let mut fact = Fact { still: true, ..Fact::number(Range::ALL) };
        let mut ranges: Vec<Range> = Vec::new();
        for cell in &alone.engine.whole {
            let view = alone.engine.view(cell, &[step]).ok()?;
            for way in &view.ways {
                match way.values.first() {
                    Some(Held::Number(span)) => ranges.push(span.range.clone()),
                    _ => fact.missing = true,
                }
            }
            fact.still &= alone.is_still(&view);
        }
        fact.range = Range::around(ranges).unwrap_or(Range::ALL);
        Some((fact, alone))
    }
}

impl Alone<'_> {
    /// Whether the line has single values over a box: on each way it is made of what has single values.
    fn is_still(&self, view: &View) -> bool {
        view.ways.iter().all(|way| match way.values.first() {
            Some(Held::Number(span)) => span.figures().iter().all(|figure| self.still.contains(figure)),
            _ => true,
        })
    }

    fn runs_on(&self) -> bool {
        let still = |place: &usize| self.still.contains(place);
        self.engine.whole.iter().all(|cell| {
            let shown = |_: &Cell, view: &View| {
                is_missing(view) || (view.notes.jumps.iter().all(still) && joins(view, &self.still))
            };
            self.engine.holds(std::slice::from_ref(cell), &[self.step], shown).is_ok()
        })
    }

    /// How the line goes with one of its figures.
    fn trend(&self, place: usize) -> Trend {
        let goes = |wanted: Trend| {
            self.engine.left.set(BUDGET);
            let number = |way: &Way| match way.values.first() {
                Some(Held::Number(span)) => Some(span.clone()),
                _ => None,
            };
            let shown = |cell: &Cell, view: &View| {
                is_missing(view) || (!view.notes.stops && view.keeps(cell, place, wanted, number))
            };
            self.engine.holds(&self.engine.whole, &[self.step], shown).is_ok()
        };
        match (goes(Trend::Rises), goes(Trend::Falls)) {
            (true, true) => Trend::Level,
            (true, false) => Trend::Rises,
            (false, true) => Trend::Falls,
            _ => Trend::Unknown,
        }
    }
}

/// Whether there is nothing on any way.
fn is_missing(view: &View) -> bool {
    view.ways.iter().all(|way| matches!(way.values.first(), Some(Held::Other(Value::Missing))))
}

/// How every line goes with one input.
pub(crate) struct Trends(BTreeMap<StepId, Trend>);

impl Trends {
    /// How a line of the contract goes.
    pub(crate) fn of(&self, facts: &Facts<'_>, step: StepId) -> Trend {
        best(facts.lines.own.get(&step).into_iter().flatten().filter_map(|line| self.0.get(line).copied()))
    }
}

fn best(trends: impl Iterator<Item = Trend>) -> Trend {
    let known = |a: Trend, b: Trend| match (a, b) {
        (Trend::Unknown, other) | (other, Trend::Unknown) => other,
        (Trend::Level, _) | (_, Trend::Level) => Trend::Level,
        (a, _) => a,
    };
    trends.fold(Trend::Unknown, known)
}

impl Facts<'_> {
    /// How every line goes with an input, as far as its parts tell.
    pub(crate) fn trends(&self, input: InputId) -> Trends {
        let mut found = Trends(BTreeMap::new());
        for place in self.lines.sources.len()..self.lines.settlement.steps.len() {
            let Ok(id) = u32::try_from(place).map(StepId) else { break };
            let trend = self.trend_of_line(id, input, &found);
            found.0.insert(id, trend);
        }
        found
    }

    fn trend_of_line(&self, line: StepId, input: InputId, before: &Trends) -> Trend {
        let sources = self.made_of(line);
        let moved: Vec<(StepId, Trend)> =
            sources.iter().map(|source| (*source, self.trend_of_source(*source, input, before))).collect();
        if moved.iter().all(|(_, trend)| *trend == Trend::Level) {
            return Trend::Level;
        }
        let Some(alone) = self.alone(line) else { return Trend::Unknown };
        let mut all = Trend::Level;
        for (source, trend) in moved {
            if trend == Trend::Level {
                continue;
            }
            let missing = self.known.get(source.index()).is_none_or(|fact| fact.missing);
            let place = alone.numbers.iter().position(|known| *known == source);
            let Some(place) = place.filter(|_| !(trend == Trend::Unknown && missing)) else {
                return Trend::Unknown;
            };
            let own = alone.trend(place);
            all = all.with(match (own, trend) {
                (Trend::Level, _) => Trend::Level,
                (Trend::Unknown, _) | (_, Trend::Unknown) => Trend::Unknown,
                (own, Trend::Falls) => own.reversed(),
                (own, _) => own,
            });
            if all == Trend::Unknown {
                break;
            }
        }
        all
    }

    fn trend_of_source(&self, source: StepId, input: InputId, before: &Trends) -> Trend {
        match self.lines.sources.get(source.index()) {
            Some(Source::Input(id)) if *id == input => Trend::Rises,
            Some(Source::Step(id)) => before.of(self, *id),
            // Who is taken together with whom may change as well.
            Some(Source::Many(many)) if many.grouped => Trend::Unknown,
            Some(Source::Many(many)) => {
                let part = many.part.and_then(|part| before.0.get(&part).copied());
                match (part, many.how) {
                    (Some(Trend::Level), _) => Trend::Level,
                    (Some(trend), How::Sum) => trend,
                    _ => Trend::Unknown,
                }
            }
            Some(_) => Trend::Level,
            None => Trend::Unknown,
        }
    }
}
