//! The steps read over a box of figures: each number as a [`Span`], each comparison that the box leaves open as a fork.

mod rows;

use crate::span::{Span, Trend};
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, Expr, InputId, Rounding, ScaleRow, StepId, Value,
};
use jcm_eval::{Held, Reading, holds, part_inside};
use jcm_quantity::{End, Exact, Figures, Irrational, Range, RoundingMode, Statistic};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Where the figures of a case are in a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A number, by its place in the box.
    Number(usize),
    /// A choice or a yes or no, by its place among the fixed ones.
    Fixed(usize),
}

/// What does not change from box to box.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) period: usize,
    pub(crate) inputs: BTreeMap<InputId, Place>,
    pub(crate) carried: BTreeMap<CarriedId, usize>,
    /// Steps that stand for something: the place of its number, and the place of what says that it is missing, or of
    /// what it is where it is no number.
    pub(crate) steps: BTreeMap<StepId, (Option<usize>, Option<usize>)>,
    /// Whether each side of a cap or floor is followed by itself where several figures decide together which holds:
    /// there are more ways, and each is a plain sum of the figures.
    pub(crate) branches: bool,
}

/// A box: the numbers within ranges, everything else fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) numbers: Vec<Range>,
    pub(crate) fixed: Vec<Value>,
    /// Whether only the points inside count, without those on the border.
    pub(crate) inside: bool,
}

/// One comparison that was left open: which answer was taken, and what was compared.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) taken: bool,
    pub(crate) op: Comparison,
    pub(crate) beyond: Span,
}

/// What was noted on one way through the steps.
#[derive(Debug, Default, Clone)]
pub(crate) struct Notes {
    /// Where a figure crosses a border: splitting the box there may decide something.
    pub(crate) borders: Vec<(usize, Exact)>,
    /// Where a table or a rounding can jump within the box: the figures that it depends on.
    pub(crate) jumps: BTreeSet<usize>,
    /// Whether something could not be followed, so that nothing may be said.
    pub(crate) lost: bool,
    /// Whether some figures of the box may have no result.
    pub(crate) stops: bool,
}

/// The reading of a box on one way.
pub(crate) struct Boxed<'c> {
    layout: &'c Layout,
    cell: &'c Cell,
    /// The box as far as the answers taken so far leave it open; a box of inside points is not narrowed, because the
    /// point at which an answer changes belongs to it.
    pub(crate) numbers: Vec<Range>,
    /// Whether the answers contradict each other.
    pub(crate) void: bool,
    pub(crate) decisions: Vec<Decision>,
    answers: &'c [bool],
    pub(crate) notes: RefCell<Notes>,
}

impl<'c> Boxed<'c> {
    /// With the answers that were taken so far; a new question is answered with yes.
    pub(crate) fn new(layout: &'c Layout, cell: &'c Cell, answers: &'c [bool]) -> Boxed<'c> {
        let (numbers, notes) = (cell.numbers.clone(), RefCell::default());
        Boxed { layout, cell, numbers, void: false, decisions: Vec::new(), answers, notes }
    }

    fn box_(&self) -> &[Range] {
        &self.numbers
    }

    fn note_border(&self, beyond: &Span) {
        // Along a diagonal there is no one place; halving what it depends on comes nearer.
        if let Some(border) = beyond.form.as_ref().and_then(crate::poly::Poly::root) {
            self.notes.borrow_mut().borders.push(border);
        }
    }

    /// The sign of a number over the box, if it is one.
    fn sign(&self, of: &Span) -> Option<Ordering> {
        let zero = Exact::zero();
        if of.point().is_some_and(|point| point.is_zero()) {
            return Some(Ordering::Equal);
        }
        // A straight line that is not level reaches its least and greatest on the border only.
        let open = self.cell.inside
            && of.form.as_ref().is_some_and(|form| form.is_multilinear() && form.number().is_none());
        let at = End::At(zero);
        if of.range.low > at || (open && of.range.low == at) {
            Some(Ordering::Greater)
        } else if of.range.high < at || (open && of.range.high == at) {
            Some(Ordering::Less)
        } else {
            None
        }
    }

    fn decide(&mut self, op: Comparison, beyond: Span) -> bool {
        let taken = self.answers.get(self.decisions.len()).copied().unwrap_or(true);
        if !self.cell.inside {
            self.narrow(op, taken, &beyond);
        }
        self.decisions.push(Decision { taken, op, beyond });
        taken
    }

    /// Leaves out what an answer excludes, where it depends on one figure and runs straight.
    fn narrow(&mut self, op: Comparison, taken: bool, beyond: &Span) {
        let Some(form) = &beyond.form else { return };
        let Some((place, root)) = form.root() else { return };
        let rises = form.slope(place).number().is_some_and(|slope| slope.is_positive());
        let above = match (op, taken) {
            (Comparison::Greater | Comparison::GreaterOrEqual, taken) => taken == rises,
            (Comparison::Less | Comparison::LessOrEqual, taken) => taken != rises,
            (Comparison::Equal, true) | (Comparison::NotEqual, false) => {
                return self.keep_only(place, &Range::point(root));
            }
            _ => return,
        };
        let side = Range { low: End::At(root.clone()), high: End::Above };
        let other = Range { low: End::Below, high: End::At(root) };
        self.keep_only(place, if above { &side } else { &other });
    }

    fn keep_only(&mut self, place: usize, range: &Range) {
        if let Some(own) = self.numbers.get_mut(place) {
            match own.and(range) {
                Some(both) => *own = both,
                None => self.void = true,
            }
        }
    }

    /// The one of two that is smaller (or greater), or what is known of it.
    fn extreme(&mut self, left: Span, right: Span, wanted: Ordering) -> Span {
        let beyond = left.minus(&right, self.box_());
        match self.sign(&beyond) {
            Some(sign) if sign == wanted || sign == Ordering::Equal => left,
            Some(_) => right,
            None if beyond.range.low >= End::At(Exact::zero()) => {
                if wanted == Ordering::Greater {
                    left
                } else {
                    right
                }
            }
            None if beyond.range.high <= End::At(Exact::zero()) => {
                if wanted == Ordering::Less {
                    left
                } else {
                    right
                }
            }
            None => {
                let apart = beyond.form.as_ref().is_some_and(|form| form.root().is_none());
                if self.layout.branches && apart {
                    let left_is_greater = self.decide(Comparison::GreaterOrEqual, beyond);
                    return if left_is_greater == (wanted == Ordering::Greater) { left } else { right };
                }
                self.note_border(&beyond);
                let range = match wanted {
                    Ordering::Less => left.range.lesser(&right.range),
                    _ => left.range.greater(&right.range),
                };
                left.either(&right, range)
            }
        }
    }

    fn beyond(&self, value: &Span, border: &Exact) -> Span {
        value.minus(&self.exactly(border), self.box_())
    }

    /// Slope and height of a value run along a straight line.
    fn along(&self, value: &Span, from: (&Exact, &Exact), slope: &Exact) -> Span {
        let way = self.beyond(value, from.0).times(&self.exactly(slope), self.box_());
        way.plus(&self.exactly(from.1), self.box_())
    }
}

impl Reading for Boxed<'_> {
    type Number = Span;

    fn period(&self) -> usize {
        self.layout.period
    }

    fn rows(&self) -> usize {
        0
    }

    fn input(&self, input: InputId, _: Option<usize>) -> Held<Span> {
        match self.layout.inputs.get(&input) {
            Some(Place::Number(place)) => Held::Number(self.figure(*place)),
            Some(Place::Fixed(place)) => {
                self.cell.fixed.get(*place).map_or(Held::MISSING, |value| self.held(value))
            }
            None => Held::MISSING,
        }
    }

    fn last_reported(&self, _: InputId) -> Option<(Held<Span>, u32)> {
        None
    }

    fn carried(&self, carried: CarriedId) -> Option<Held<Span>> {
        self.layout.carried.get(&carried).map(|place| Held::Number(self.figure(*place)))
    }

    fn given_step(&self, step: StepId) -> Option<Held<Span>> {
        let (number, other) = self.layout.steps.get(&step)?;
        let other = other.and_then(|place| self.cell.fixed.get(place));
        match (number, other) {
            (_, Some(Value::Missing)) => Some(Held::MISSING),
            (Some(place), _) => Some(Held::Number(self.figure(*place))),
            (None, other) => other.map(|value| self.held(value)),
        }
    }

    fn award(&self, _: StepId, _: Option<usize>) -> Option<Held<Span>> {
        None
    }

    fn over_all(&self, _: &Expr) -> Option<Held<Span>> {
        None
    }

    fn exactly(&self, number: &Exact) -> Span {
        Span::number(number.clone(), self.box_().len())
    }

    fn combine(&mut self, op: Arithmetic, left: &Span, right: &Span) -> Option<Span> {
        match op {
            Arithmetic::Add => Some(left.plus(right, self.box_())),
            Arithmetic::Subtract => Some(left.minus(right, self.box_())),
            Arithmetic::Multiply => Some(left.times(right, self.box_())),
            Arithmetic::Divide if right.point().is_some_and(|point| point.is_zero()) => None,
            Arithmetic::Divide if right.range.has(&Exact::zero()) => {
                let notes = self.notes.get_mut();
                notes.stops = true;
                // On one side of nought it runs on as long as it settles.
                if right.range.can_be_negative() && right.range.can_be_positive() {
                    note_jump(notes, right);
                }
                self.note_border(right);
                let both = left.either(right, Range::ALL);
                Some(both.somewhere(Range::ALL))
            }
            Arithmetic::Divide => Some(left.over(right, self.box_())),
        }
    }

    fn negate(&self, number: &Span) -> Span {
        number.negated()
    }

    fn absolute(&self, number: &Span) -> Span {
        if !number.range.can_be_negative() {
            number.clone()
        } else if !number.range.can_be_positive() {
            number.negated()
        } else {
            self.note_border(number);
            number.somewhere(number.range.absolute())
        }
    }

    fn lesser(&mut self, left: Span, right: Span) -> Span {
        self.extreme(left, right, Ordering::Less)
    }

    fn greater(&mut self, left: Span, right: Span) -> Span {
        self.extreme(left, right, Ordering::Greater)
    }

    fn round(&self, number: &Span, rounding: &Rounding) -> Span {
        self.rounded(number, |value| value.round(&rounding.grain, rounding.mode))
    }

    fn round_to_figures(&self, number: &Span, figures: u32, mode: RoundingMode) -> Span {
        self.rounded(number, |value| value.round_to_figures(figures, mode))
    }

    fn irrational(&mut self, function: Irrational, number: &Span, decimals: u32) -> Option<Span> {
        if let Some(point) = number.point() {
            return function.of(&point, decimals).map(|value| self.exactly(&value));
        }
        let notes = self.notes.get_mut();
        note_jump(notes, number);
        let end = |end: &End| end.number().and_then(|number| function.of(number, decimals));
        match (end(&number.range.low), end(&number.range.high)) {
            // Each of them grows with its number.
            (Some(low), Some(high)) => {
                let range = Range { low: End::At(low), high: End::At(high) };
                Some(Span { range, form: None, trends: number.trends.clone() })
            }
            _ => {
                notes.lost = true;
                Some(number.somewhere(Range::ALL))
            }
        }
    }

    fn power(&self, number: &Span, times: u32) -> Span {
        let mut product = self.exactly(&Exact::one());
        for _ in 0..times {
            product = product.times(number, self.box_());
        }
        let range = crate::poly::raised(&number.range, times);
        product.range = product.range.and(&range).unwrap_or(range);
        product
    }

    fn statistic(&self, statistic: &Statistic, numbers: &[Span]) -> Option<Span> {
        let first = numbers.first()?;
        let together = numbers.iter().skip(1).fold(first.clone(), |a, b| a.either(b, Range::ALL));
        if matches!(statistic, Statistic::Variance | Statistic::StandardDeviation { .. }) {
            return Some(together.somewhere(Range::at_least(Exact::zero())));
        }
        // The others grow with each of the numbers.
        let at = |end: fn(&Span) -> &End| {
            let ends: Option<Vec<Exact>> = numbers.iter().map(|one| end(one).number().cloned()).collect();
            ends.and_then(|ends| Figures::new(ends).statistic(statistic))
        };
        let low = at(|one| &one.range.low).map_or(End::Below, End::At);
        let high = at(|one| &one.range.high).map_or(End::Above, End::At);
        Some(Span { range: Range { low, high }, form: None, trends: together.trends })
    }

    fn whole(&mut self, number: &Span) -> Option<i64> {
        let whole = number.point().and_then(|point| {
            point.parts().filter(|(_, below)| *below == 1).and_then(|(whole, _)| i64::try_from(whole).ok())
        });
        self.notes.get_mut().lost |= whole.is_none();
        whole
    }

    fn compare(&mut self, op: Comparison, left: &Span, right: &Span) -> bool {
        let beyond = left.minus(right, self.box_());
        if let Some(sign) = self.sign(&beyond) {
            return holds(op, &sign, &Ordering::Equal);
        }
        let zero = End::At(Exact::zero());
        match op {
            Comparison::GreaterOrEqual | Comparison::Less if beyond.range.low >= zero => {
                op == Comparison::GreaterOrEqual
            }
            Comparison::LessOrEqual | Comparison::Greater if beyond.range.high <= zero => {
                op == Comparison::LessOrEqual
            }
            _ => {
                self.note_border(&beyond);
                self.decide(op, beyond)
            }
        }
    }

    fn scale(&mut self, number: &Span, rows: &[ScaleRow]) -> Option<Span> {
        self.by_rows(number, rows)
    }

    fn bands(&self, number: &Span, rows: &[BandRow]) -> Span {
        let borders = rows.iter().flat_map(|row| [&row.lower, &row.upper]).flatten();
        let zero = Exact::zero();
        let borders: Vec<&Exact> = borders.chain([&zero]).collect();
        let crossed: Vec<&Exact> = borders.iter().copied().filter(|at| inside(number, at)).collect();
        for border in &crossed {
            self.note_border(&self.beyond(number, border));
        }
        let sum = |at: &Exact| rows.iter().map(|row| &row.rate * part_inside(at, row)).sum::<Exact>();
        let some = number.range.low.number().or(number.range.high.number());
        if let Some(some) = some.filter(|_| crossed.is_empty()) {
            // Within one band it is a straight line; its rate is what the next unit inside adds.
            let away = if number.range.low.number().is_some() { Exact::one() } else { -&Exact::one() };
            let inner = match (number.range.low.number(), number.range.high.number()) {
                (Some(low), Some(high)) => (low + high).checked_div(&Exact::from_int(2)).unwrap_or_default(),
                _ => some + away,
            };
            let slope = (sum(&inner) - sum(some)).checked_div(&(&inner - some)).unwrap_or_default();
            return self.along(number, (some, &sum(some)), &slope);
        }
        bands_over(number, rows, &borders)
    }

    fn excess_bits(&self, _: &Span) -> usize {
        0
    }

    fn some_point(&self, number: &Span) -> Exact {
        number.range.low.number().or(number.range.high.number()).cloned().unwrap_or_default()
    }
}

impl Boxed<'_> {
    fn figure(&self, place: usize) -> Span {
        let figure = Span::figure(place, self.box_());
        match figure.point() {
            Some(point) => self.exactly(&point),
            None => figure,
        }
    }

    fn rounded(&self, number: &Span, round: impl Fn(&Exact) -> Exact) -> Span {
        match number.point() {
            Some(point) => self.exactly(&round(&point)),
            None => {
                note_jump(&mut self.notes.borrow_mut(), number);
                number.through(round)
            }
        }
    }
}

/// Notes that something jumps with a number.
fn note_jump(notes: &mut Notes, number: &Span) {
    let figures = number.figures();
    // Of what depends on no figure that is known, nothing is taken for granted.
    let unknown = figures.is_empty().then_some(usize::MAX);
    notes.jumps.extend(figures.into_iter().chain(unknown));
}

/// Whether a number lies strictly inside a span.
fn inside(number: &Span, at: &Exact) -> bool {
    let at = End::At(at.clone());
    number.range.low < at && at < number.range.high
}

/// Bands over several of their borders.
fn bands_over(number: &Span, rows: &[BandRow], borders: &[&Exact]) -> Span {
    // Beyond every border a part inside a band grows without end or not at all.
    let far = borders.iter().fold(Exact::one(), |far, border| far.max(border.abs())) + Exact::one();
    let mut range = Range::point(Exact::zero());
    let (mut rising, mut falling) = (true, true);
    for row in rows {
        let part = |end: &End, far: Exact, open: End, no_border: bool| match end {
            End::At(end) => End::At(part_inside(end, row)),
            _ if no_border => open,
            _ => End::At(part_inside(&far, row)),
        };
        let low = part(&number.range.low, -&far, End::Below, row.lower.is_none());
        let high = part(&number.range.high, far.clone(), End::Above, row.upper.is_none());
        if low != high {
            rising &= !row.rate.is_negative();
            falling &= !row.rate.is_positive();
        }
        range = range.plus(&Range { low, high }.times(&Range::point(row.rate.clone())));
    }
    let trends = match (rising, falling) {
        (true, true) => number.trends.iter().map(|_| Trend::Level).collect(),
        (true, false) => number.trends.clone(),
        (false, true) => number.trends.iter().map(|trend| trend.reversed()).collect(),
        (false, false) => number.somewhere(Range::ALL).trends,
    };
    Span { range, form: None, trends }
}
