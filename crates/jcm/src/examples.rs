//! Examples, run: what each gives, and where that differs from what it expects.

use crate::excerpt::{Excerpt, Instead};
use crate::needs::Needs;
use crate::value::{constant_of, in_words, value_of};
use jcm_calculus::{CarriedId, InputId, Settlement, StepId, Value};
use jcm_doc::{AssuredCriterion, Computed, ComputedExample, ComputedLine, ComputedPayment};
use jcm_eval::{Case, Line, Outcome, Payment, Prepared, Stop};
use jcm_model::{
    BalanceId, Constant, Example, Expect, Expected, FlowId, LineId, ParameterId, PartnerId, PeriodOfExample,
    Program, Rounding, Ty,
};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What became of one example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleResult {
    /// The example's title.
    pub title: String,
    /// The title of what it is an example of.
    pub of: String,
    /// The title of the period that it settles.
    pub period: String,
    /// How many figures it expects.
    pub expected: usize,
    /// The place of the example's name.
    pub span: Span,
    /// The figures that differ, in the order in which the contract computes them.
    pub differences: Vec<Difference>,
    /// Why it could not be settled, in the words of the contract, if it could not.
    pub stopped: Option<String>,
}

impl ExampleResult {
    /// Whether everything that it expects came out.
    pub fn passed(&self) -> bool {
        self.differences.is_empty() && self.stopped.is_none()
    }
}

/// An expected figure that did not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The title of the line, or who receives what.
    pub what: String,
    /// The figure in the example.
    pub expected: String,
    /// The figure that the contract gives.
    pub found: String,
    /// The same before it was rounded, where that differs from `found`.
    pub before_rounding: Option<String>,
    /// The place of the expectation.
    pub span: Span,
    /// The place of the line or flow that gives the figure.
    pub declared: Span,
}

/// Settles every example and compares what comes out with what it expects. In the order of the contract.
pub fn run_examples(program: &Program, settlement: &Settlement) -> Vec<ExampleResult> {
    let bench = Bench::new(program, settlement);
    program.examples.iter().map(|example| bench.result(example)).collect()
}

/// Settles every example, for the worked examples of the document. In the order of the contract.
pub fn compute(program: &Program, settlement: &Settlement) -> Computed {
    let bench = Bench::new(program, settlement);
    Computed {
        examples: program.examples.iter().map(|example| bench.computed(example)).collect(),
        assurance: assured(program),
        scenarios: Vec::new(),
    }
}

/// The answer to each criterion, for the schedule of the document.
fn assured(program: &Program) -> Vec<AssuredCriterion> {
    let row = |row: &jcm_assure::Row<'_>| {
        let by = match &row.verdict {
            jcm_assure::Verdict::Met { by } => by.as_slice(),
            _ => &[],
        };
        let (by, more) = jcm_assure::named_first(by);
        AssuredCriterion {
            heading: jcm_assure::heading_of(program, row),
            name: row.criterion.head.name.clone(),
            title: row.criterion.head.title.clone(),
            asks: row.criterion.asks.clone(),
            verdict: jcm_assure::verdict(row).to_owned(),
            by: by.to_vec(),
            more,
            reason: jcm_assure::reason(row),
        }
    };
    jcm_assure::assure(program).rows.iter().map(row).collect()
}

/// Everything that is prepared once for all examples.
pub(crate) struct Bench<'a> {
    program: &'a Program,
    settlement: &'a Settlement,
    needs: Needs<'a>,
}

/// An example settled: what came out, with the numbers that steps and allocations have in the whole contract.
pub(crate) struct Settled {
    pub(crate) lines: Vec<Line>,
    pub(crate) rows: Vec<Vec<Line>>,
    pub(crate) payments: Vec<Payment>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(program: &'a Program, settlement: &'a Settlement) -> Self {
        Self { program, settlement, needs: Needs::new(program, settlement) }
    }

    /// Settles the lines that an example needs, in each of its periods; the reason in words if it cannot be settled.
    pub(crate) fn settle(&self, example: &Example) -> Result<Vec<Settled>, String> {
        self.settle_instead(example, &Instead::new())
    }

    /// The same with some lines computed otherwise.
    pub(crate) fn settle_instead(
        &self,
        example: &Example,
        instead: &Instead,
    ) -> Result<Vec<Settled>, String> {
        let mut all = Vec::with_capacity(example.later.len().saturating_add(1));
        let opening = example.opening.iter().map(|(id, value)| (CarriedId(id.0), value_of(value)));
        let mut carried: BTreeMap<CarriedId, Value> = opening.collect();
        for ((after, part), needed) in example.periods().enumerate().zip(self.needs.of(example, instead)) {
            let period = example.period.saturating_add(after);
            let (settled, left) =
                self.settle_period(example, (period, &part), (&needed, instead), carried)?;
            carried = left;
            all.push(settled);
        }
        Ok(all)
    }

    /// Each period of an example as an example of its own, which begins with what the period before left; as far as it
    /// can be settled.
    pub(crate) fn each_period(&self, example: &Example) -> Vec<Example> {
        if example.later.is_empty() {
            return vec![example.clone()];
        }
        let opening = example.opening.iter().map(|(id, value)| (CarriedId(id.0), value_of(value)));
        let mut carried: BTreeMap<CarriedId, Value> = opening.collect();
        let mut all = Vec::with_capacity(example.later.len().saturating_add(1));
        let nothing_else = Instead::new();
        for ((after, part), needed) in
            example.periods().enumerate().zip(self.needs.of(example, &nothing_else))
        {
            let period = example.period.saturating_add(after);
            let opening = carried.iter().map(|(id, value)| (BalanceId(id.0), constant_of(value)));
            all.push(Example {
                period,
                given: part.given.to_vec(),
                given_lines: part.given_lines.to_vec(),
                opening: opening.collect(),
                expect: part.expect.to_vec(),
                later: Vec::new(),
                ..example.clone()
            });
            match self.settle_period(example, (period, &part), (&needed, &nothing_else), carried) {
                Ok((_, left)) => carried = left,
                Err(_) => break,
            }
        }
        all
    }

    fn settle_period(
        &self,
        example: &Example,
        (period, part): (usize, &PeriodOfExample<'_>),
        (needed, instead): (&BTreeSet<StepId>, &Instead),
        carried: BTreeMap<CarriedId, Value>,
    ) -> Result<(Settled, BTreeMap<CarriedId, Value>), String> {
        let given_steps: BTreeMap<StepId, Value> =
            part.given_lines.iter().map(|(line, value)| (StepId(line.0), value_of(value))).collect();
        let excerpt = Excerpt::of(self.settlement, needed, &given_steps, instead);
        let case = Case {
            period,
            inputs: given(&excerpt, part.given),
            rows: example.rows.iter().map(|(_, figures)| given(&excerpt, figures)).collect(),
            given_steps: given_steps
                .into_iter()
                .filter_map(|(id, value)| Some((excerpt.step(id)?, value)))
                .collect(),
            carried,
            ..Case::default()
        };
        let prepared = Prepared::of_periods(&excerpt.settlement, period..period.saturating_add(1));
        let outcome = together(&prepared, example, case, &excerpt)?;
        let left = outcome.left(&excerpt.settlement);
        Ok((Settled::of(outcome, &excerpt), left))
    }

    pub(crate) fn result(&self, example: &Example) -> ExampleResult {
        let mut result = ExampleResult {
            title: example.head.title.clone(),
            of: self.program.title(example.of).to_owned(),
            period: self.period_words(example),
            expected: example.periods().map(|period| period.expect.len()).sum(),
            span: example.head.name_span,
            differences: Vec::new(),
            stopped: None,
        };
        match self.settle(example) {
            Err(stopped) => result.stopped = Some(stopped),
            Ok(settled) => {
                for ((after, part), settled) in example.periods().enumerate().zip(&settled) {
                    let mut expectations: Vec<&Expect> = part.expect.iter().collect();
                    expectations.sort_by_key(|expect| order(&expect.what));
                    let differences = expectations
                        .into_iter()
                        .filter_map(|expect| self.difference(expect, example, settled))
                        .map(|difference| self.in_period(difference, example, after));
                    result.differences.extend(differences);
                }
            }
        }
        result
    }

    /// The label of the period of an example, or of its first and last.
    fn period_words(&self, example: &Example) -> String {
        let label = |place: usize| {
            self.program.contract.periods.get(place).map_or_else(String::new, |period| period.label.clone())
        };
        let first = label(example.period);
        match example.later.len() {
            0 => first,
            later => format!("{first} to {}", label(example.period.saturating_add(later))),
        }
    }

    /// Says the period where an example has several.
    fn in_period(&self, difference: Difference, example: &Example, after: usize) -> Difference {
        if example.later.is_empty() {
            return difference;
        }
        let period = self.program.contract.periods.get(example.period.saturating_add(after));
        let label = period.map_or("", |period| period.label.as_str());
        Difference { what: format!("{} in {label}", difference.what), ..difference }
    }

    fn difference(&self, expect: &Expect, example: &Example, settled: &Settled) -> Option<Difference> {
        match &expect.what {
            Expected::Line { line, row, value, to } => {
                let found = found_line(settled, *line, *row);
                let expected = value_of(value);
                if found.as_ref().is_some_and(|found| agree(&expected, &found.value, to.as_ref())) {
                    return None;
                }
                let line = self.program.line(*line)?;
                let row = row.and_then(|row| example.rows.get(row)).map(|(name, _)| name.as_str());
                Some(self.line_difference(line, row, &expected, found, expect.span))
            }
            Expected::Receives { flow, partner, amount } => {
                let found = found_payment(settled, *flow, *partner);
                if found.as_ref().is_some_and(|(found, _)| found == amount) {
                    return None;
                }
                Some(self.payment_difference(*flow, *partner, amount, found, expect.span))
            }
        }
    }

    fn line_difference(
        &self,
        line: &jcm_model::Line,
        row: Option<&str>,
        expected: &Value,
        found: Option<Found>,
        span: Span,
    ) -> Difference {
        let title = &line.head.title;
        let words = |value: &Value| in_words(self.program, value, &line.ty);
        let found_value = found.as_ref().map_or(&Value::Missing, |found| &found.value);
        let (expected, found_words) = told_apart(words(expected), words(found_value), expected, found_value);
        let before = found.and_then(|found| found.before_rounding).map(|value| exactly(&value, &line.ty));
        Difference {
            what: row.map_or_else(|| title.clone(), |row| format!("{title} ({row})")),
            before_rounding: before.filter(|before| *before != found_words),
            expected,
            found: found_words,
            span,
            declared: line.head.name_span,
        }
    }

    fn payment_difference(
        &self,
        flow: FlowId,
        partner: PartnerId,
        expected: &Exact,
        found: Option<(Exact, Exact)>,
        span: Span,
    ) -> Difference {
        let unit = Unit::money(&self.program.contract.currency.code);
        let partner_title = self.program.partner(partner).map_or("", |partner| &partner.head.title);
        let (amount, exact) = match found {
            Some((amount, exact)) => {
                (show(&amount, &unit), Some(exactly(&Value::Number(exact), &Ty::Number(unit.clone()))))
            }
            None => ("no payment".to_owned(), None),
        };
        Difference {
            what: format!("what {partner_title} receives"),
            expected: show(expected, &unit),
            before_rounding: exact.filter(|exact| *exact != amount),
            found: amount,
            span,
            declared: self.program.flow(flow).map_or(span, |flow| flow.head.name_span),
        }
    }

    /// The figures of the contract that an example makes use of in any of its periods.
    pub(crate) fn parameters_of(&self, example: &Example) -> BTreeSet<ParameterId> {
        let nothing_else = Instead::new();
        let needed = self.needs.of(example, &nothing_else);
        let mut names = BTreeSet::new();
        for (part, needed) in example.periods().zip(&needed) {
            let given =
                part.given_lines.iter().map(|(line, value)| (StepId(line.0), value_of(value))).collect();
            let excerpt = Excerpt::of(self.settlement, needed, &given, &nothing_else);
            names.extend(excerpt.settlement.parameters.into_iter().map(|parameter| parameter.name));
        }
        let all = (0u32..).map(ParameterId).zip(&self.program.parameters);
        all.filter(|(_, parameter)| names.contains(&parameter.head.name)).map(|(id, _)| id).collect()
    }

    pub(crate) fn computed(&self, example: &Example) -> ComputedExample {
        let mut computed = match self.settle(example) {
            Ok(settled) => settled.into_iter().map(computed_period),
            Err(stopped) => return ComputedExample { stopped: Some(stopped), ..ComputedExample::default() },
        };
        let first = computed.next().unwrap_or_default();
        ComputedExample { later: computed.collect(), ..first }
    }
}

fn computed_period(settled: Settled) -> ComputedExample {
    let of_row = |row: Option<usize>| {
        move |line: &Line| ComputedLine {
            line: LineId(line.step.0),
            row,
            value: constant_of(&line.value),
            before_rounding: line.before_rounding.as_ref().map(constant_of),
            given: line.given,
        }
    };
    let mut lines: Vec<ComputedLine> = settled.lines.iter().map(of_row(None)).collect();
    for (row, row_lines) in settled.rows.iter().enumerate() {
        lines.extend(row_lines.iter().map(of_row(Some(row))));
    }
    lines.sort_by_key(|line| (line.line, line.row));
    let payments = settled.payments.iter().filter_map(|payment| {
        let flow = FlowId(u32::try_from(payment.allocation).ok()?);
        Some(ComputedPayment { flow, partner: PartnerId(payment.to.0), amount: payment.amount.clone() })
    });
    ComputedExample { lines, payments: payments.collect(), ..ComputedExample::default() }
}

/// Given figures under the ids that their inputs have in an excerpt.
fn given(excerpt: &Excerpt, figures: &[(jcm_model::InputId, Constant)]) -> BTreeMap<InputId, Value> {
    figures.iter().filter_map(|(id, value)| Some((excerpt.input(InputId(id.0))?, value_of(value)))).collect()
}

/// Settles the case of an example, with the other cases that it gives.
fn together(
    prepared: &Prepared<'_>,
    example: &Example,
    case: Case,
    excerpt: &Excerpt,
) -> Result<Outcome, String> {
    let words = |stop: Stop| stop.words(prepared.settlement()).trim_end_matches('.').to_owned();
    if example.others.is_empty() {
        return prepared.settle(&case).map_err(words);
    }
    let period = case.period;
    let other =
        |(_, figures): &(String, Vec<_>)| Case { period, inputs: given(excerpt, figures), ..Case::default() };
    let cases: Vec<Case> = std::iter::once(case).chain(example.others.iter().map(other)).collect();
    match prepared.settle_all(&cases) {
        Ok(outcomes) => outcomes.into_iter().next().ok_or_else(|| "there is no case".to_owned()),
        Err(stops) => Err(stops.into_iter().next().map_or_else(String::new, |(place, stop)| {
            // The example's own case comes first.
            let other = place.checked_sub(1).and_then(|place| example.others.get(place));
            match other {
                Some((name, _)) => format!("in the case “{name}”: {}", words(stop)),
                None => words(stop),
            }
        })),
    }
}

impl Settled {
    fn of(outcome: Outcome, excerpt: &Excerpt) -> Self {
        let in_whole = |lines: Vec<Line>| -> Vec<Line> {
            let of_whole = |line: Line| Some(Line { step: *excerpt.steps.get(line.step.index())?, ..line });
            lines.into_iter().filter_map(of_whole).collect()
        };
        let paid = |payment: Payment| {
            Some(Payment { allocation: *excerpt.allocations.get(payment.allocation)?, ..payment })
        };
        Self {
            lines: in_whole(outcome.lines),
            rows: outcome.rows.into_iter().map(in_whole).collect(),
            payments: outcome.payments.into_iter().filter_map(paid).collect(),
        }
    }
}

/// A line's result.
struct Found {
    value: Value,
    before_rounding: Option<Value>,
}

fn found_line(settled: &Settled, line: LineId, row: Option<usize>) -> Option<Found> {
    let lines = match row {
        None => &settled.lines,
        Some(row) => settled.rows.get(row)?,
    };
    let found = lines.iter().find(|found| found.step.0 == line.0)?;
    Some(Found { value: found.value.clone(), before_rounding: found.before_rounding.clone() })
}

/// The amount that a partner receives from a flow, and the same before it was rounded.
fn found_payment(settled: &Settled, flow: FlowId, partner: PartnerId) -> Option<(Exact, Exact)> {
    let found = settled
        .payments
        .iter()
        .find(|payment| payment.allocation == flow.index() && payment.to.0 == partner.0)?;
    Some((found.amount.clone(), found.exact.clone()))
}

/// Lines in the order of evaluation, then payments.
fn order(expected: &Expected) -> (u32, u32, usize) {
    match expected {
        Expected::Line { line, row, .. } => (0, line.0, row.unwrap_or(0)),
        Expected::Receives { flow, partner, .. } => (1, flow.0, partner.index()),
    }
}

/// Whether the two are the same, after rounding where the example says so, and else exactly.
fn agree(expected: &Value, found: &Value, to: Option<&Rounding>) -> bool {
    match (expected, found, to) {
        (Value::Number(expected), Value::Number(found), Some(to)) => {
            expected.round(&to.grain, to.mode) == found.round(&to.grain, to.mode)
        }
        _ => expected == found,
    }
}

/// Two figures that differ but are shown alike are given in full.
fn told_apart(
    expected_words: String,
    found_words: String,
    expected: &Value,
    found: &Value,
) -> (String, String) {
    match (expected, found) {
        (Value::Number(expected), Value::Number(found)) if expected_words == found_words => {
            (format!("{expected_words} (exactly {expected})"), format!("{found_words} (exactly {found})"))
        }
        _ => (expected_words, found_words),
    }
}

/// A value with nothing cut off: a fraction where the decimals do not end.
fn exactly(value: &Value, ty: &Ty) -> String {
    match (value, ty) {
        (Value::Number(number), Ty::Number(unit)) => {
            let shown = show(number, unit);
            if shown.contains('…') { format!("{shown} (exactly {number})") } else { shown }
        }
        (Value::Number(number), _) => number.text(),
        _ => String::new(),
    }
}
