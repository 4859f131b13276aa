//! Cases with rows, and all cases of a settlement together, drawn and settled: what shows something of lines that boxes
//! do not follow. Nothing is proved by them.

use crate::asking::Asking;
use crate::sample::Settled;
use crate::subject::Domain;
use crate::trial::{Dice, nearest};
use crate::{Of, Witness};
use jcm_calculus::{CarriedId, Expr, InputId, Level, MissingRule, StepId, Type, Value};
use jcm_eval::Case;
use jcm_quantity::{Exact, RoundingMode, show};
use std::collections::{BTreeMap, BTreeSet};

/// Cases that are drawn for a period.
const DRAWN: usize = 800;

/// After so many of which none settles no more are drawn.
const ENOUGH_STOPS: usize = 80;

/// The most rows of a case.
const MOST_ROWS: u64 = 8;

/// The most cases that are settled with the one that is asked about.
const MOST_OTHERS: u64 = 7;

type Figures = BTreeMap<InputId, Value>;

/// Drawn cases of a period with every line and payment, those that settle.
pub(crate) fn cases(asking: &Asking<'_>) -> Vec<Settled> {
    let settlement = asking.settlement();
    let steps: Vec<StepId> = (0u32..).map(StepId).take(settlement.steps.len()).collect();
    let payments: Vec<usize> = (0..settlement.allocations.len()).collect();
    let mut draw = Draw::new(asking);
    // The cases of the examples are ones that somebody thought of.
    let examples = draw.examples().into_iter();
    let mut found: Vec<Settled> =
        examples.filter_map(|(case, others)| settled(asking, case, others, &steps, &payments)).collect();
    for tried in 0..DRAWN {
        if found.is_empty() && tried >= ENOUGH_STOPS {
            break;
        }
        let (case, others) = draw.case();
        found.extend(settled(asking, case, others, &steps, &payments));
    }
    found
}

/// Why no case of a period settles, by the first that is drawn.
pub(crate) fn stop(asking: &Asking<'_>) -> Option<String> {
    let (case, others) = Draw::new(asking).case();
    let all: Vec<Case> = std::iter::once(case).chain(others).collect();
    let payments: Vec<usize> = (0..asking.settlement().allocations.len()).collect();
    let stop = asking.prepared.settle_part_of_all(&all, &[], &payments).err()?;
    Some(stop.words(asking.settlement()))
}

/// A case settled with others, if it settles.
pub(crate) fn settled(
    asking: &Asking<'_>,
    case: Case,
    others: Vec<Case>,
    steps: &[StepId],
    payments: &[usize],
) -> Option<Settled> {
    let all: Vec<Case> = std::iter::once(&case).chain(&others).cloned().collect();
    let outcome = asking.prepared.settle_part_of_all(&all, steps, payments).ok()?;
    Some(Settled { case, others, outcome })
}

/// A drawn case as what shows something, with no figure, row or other case that this does not need.
pub(crate) fn shown(
    asking: &Asking<'_>,
    settled: &Settled,
    (steps, payments): (&[StepId], &[usize]),
    shows: impl Fn(&Settled) -> bool,
    (of, value): (Of, Value),
) -> Witness {
    let small = smallest(asking, settled, (steps, payments), shows);
    witness(asking, small.as_ref().unwrap_or(settled), (steps, payments), (of, value))
}

/// A drawn case as it stands as what shows something.
pub(crate) fn witness(
    asking: &Asking<'_>,
    settled: &Settled,
    (steps, payments): (&[StepId], &[usize]),
    (of, shows): (Of, Value),
) -> Witness {
    Witness {
        case: settled.case.clone(),
        others: settled.others.clone(),
        steps: steps.to_vec(),
        payments: payments.to_vec(),
        of,
        shows,
        words: words(asking, settled),
    }
}

fn smallest(
    asking: &Asking<'_>,
    shown: &Settled,
    (steps, payments): (&[StepId], &[usize]),
    shows: impl Fn(&Settled) -> bool,
) -> Option<Settled> {
    let amounts = payments.iter().filter_map(|place| asking.settlement().allocations.get(*place));
    let wanted: Vec<StepId> = steps.iter().copied().chain(amounts.map(|paid| paid.amount)).collect();
    let (_, inputs, _) = asking.behind(&wanted);
    let kept = |case: &Case| {
        let mut case = case.clone();
        case.inputs.retain(|id, _| inputs.contains(id));
        for row in &mut case.rows {
            row.retain(|id, _| inputs.contains(id));
        }
        case
    };
    let others = shown.others.iter().map(kept).collect();
    let again = |case: Case, others: Vec<Case>| {
        settled(asking, case, others, steps, payments).filter(|found| shows(found))
    };
    let mut best = again(kept(&shown.case), others)?;
    for place in (0..best.others.len()).rev() {
        let mut others = best.others.clone();
        others.remove(place);
        best = again(best.case.clone(), others).unwrap_or(best);
    }
    for place in (0..best.case.rows.len()).rev() {
        let mut case = best.case.clone();
        case.rows.remove(place);
        best = again(case, best.others.clone()).unwrap_or(best);
    }
    Some(best)
}

/// The figures of a case in words, row by row, and those of the cases that it is settled with.
fn words(asking: &Asking<'_>, settled: &Settled) -> String {
    let mut parts = of_case(asking, &settled.case);
    for (place, other) in settled.others.iter().enumerate() {
        let own = of_case(asking, other);
        if !own.is_empty() {
            parts.push(format!("with another case, {}: {}", place.saturating_add(2), own.join("; ")));
        }
    }
    if parts.is_empty() { "a case without rows".to_owned() } else { parts.join("; ") }
}

fn of_case(asking: &Asking<'_>, case: &Case) -> Vec<String> {
    let mut parts = vec![of_figures(asking, &case.inputs)];
    for (place, row) in case.rows.iter().enumerate() {
        parts.push(format!("row {}: {}", place.saturating_add(1), of_figures(asking, row)));
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn of_figures(asking: &Asking<'_>, figures: &Figures) -> String {
    let settlement = asking.settlement();
    let told = figures.iter().filter_map(|(id, value)| {
        let input = settlement.inputs.get(id.index())?;
        Some(match (&input.ty, value) {
            (Type::Number(unit), Value::Number(number)) => {
                format!("“{}” at {}", input.title, show(number, unit))
            }
            (_, Value::Date(date)) => format!("“{}”: {date}", input.title),
            (ty, value) => {
                format!("“{}”: {}", input.title, crate::asking::fixed_words(settlement, ty, value))
            }
        })
    });
    told.collect::<Vec<String>>().join(", ")
}

/// What cases are drawn from.
struct Draw<'a> {
    asking: &'a Asking<'a>,
    dice: Dice,
    /// For each input what the contract names of its kind: figures of its tables and examples, and the keys of tables.
    named: Vec<Vec<Value>>,
    all_cases: bool,
}

impl<'a> Draw<'a> {
    fn new(asking: &'a Asking<'a>) -> Draw<'a> {
        let settlement = asking.settlement();
        let ids = (0u32..).map(InputId).take(settlement.inputs.len());
        let named = ids.map(|id| named(asking, id)).collect();
        let all_cases = asking.prepared.needs_all_cases();
        Draw { asking, dice: Dice(2026), named, all_cases }
    }

    fn roll(&mut self, of: usize) -> usize {
        let of = u64::try_from(of).unwrap_or(1).max(1);
        usize::try_from(self.dice.roll(of)).unwrap_or_default()
    }

    fn case(&mut self) -> (Case, Vec<Case>) {
        let others = if self.all_cases { 1 + self.dice.roll(MOST_OTHERS) } else { 0 };
        let others: Vec<Case> = (0..others).map(|_| self.one()).collect();
        (self.one(), others)
    }

    /// The cases of the examples, with what they leave open drawn: as they stand, and with what is missing in them.
    fn examples(&mut self) -> Vec<(Case, Vec<Case>)> {
        let vectors = &self.asking.settlement().vectors;
        let mut found = Vec::new();
        for (vector, with_missing) in vectors.iter().flat_map(|vector| [(vector, true), (vector, false)]) {
            let with = |mut drawn: Figures, given: &[(InputId, Value)]| {
                let told = given.iter().filter(|(_, value)| with_missing || *value != Value::Missing);
                drawn.extend(told.cloned());
                drawn
            };
            let (mut case, mut others) = self.case();
            case.inputs = with(std::mem::take(&mut case.inputs), &vector.given);
            if !vector.rows.is_empty() {
                let rows = vector.rows.iter().enumerate();
                case.rows = rows.map(|(place, row)| with(self.figures(Level::Row, place), row)).collect();
            }
            if !vector.others.is_empty() {
                let given = vector.others.iter().map(|given| {
                    let other = self.one();
                    Case { inputs: with(other.inputs.clone(), given), ..other }
                });
                others = given.collect();
            }
            found.push((case, others));
        }
        found
    }

    fn one(&mut self) -> Case {
        let settlement = self.asking.settlement();
        let mut case = Case { period: self.asking.period, ..Case::default() };
        case.inputs = self.figures(Level::Case, 0);
        let has_rows = settlement.inputs.iter().any(|input| input.level == Level::Row);
        if has_rows {
            let (rows, from) = (1 + self.dice.roll(MOST_ROWS), self.roll(1_000));
            let places = (from..).take(usize::try_from(rows).unwrap_or(1));
            case.rows = places.map(|place| self.figures(Level::Row, place)).collect();
        }
        for (id, _) in (0u32..).map(CarriedId).zip(&settlement.carried) {
            let nearest = nearest(&Exact::zero(), &self.asking.opening(id));
            case.carried.insert(id, Value::Number(nearest));
        }
        case
    }

    /// The figures of a case, or of one of its rows, which take the keys of tables in turn.
    fn figures(&mut self, level: Level, row: usize) -> Figures {
        let settlement = self.asking.settlement();
        let mut figures = Figures::new();
        for (id, input) in (0u32..).map(InputId).zip(&settlement.inputs) {
            let left_out = input.missing == MissingRule::Neutral && self.roll(6) == 0;
            if input.level != level || left_out {
                continue;
            }
            let named = self.named.get(id.index()).cloned().unwrap_or_default();
            let value = match self.asking.subject.figures.get(id.index()).map(|figure| &figure.domain) {
                Some(Domain::Numbers { range, grain }) => {
                    let place = self.roll(named.len());
                    match named.get(place).filter(|_| self.roll(2) == 0) {
                        Some(value) => Some(value.clone()),
                        None => Some(Value::Number(self.dice.number(self.asking.subject, id, range, grain))),
                    }
                }
                Some(Domain::OneOf(values)) => values.get(self.roll(values.len())).cloned(),
                _ => row.checked_rem(named.len()).and_then(|place| named.get(place)).cloned(),
            };
            figures.extend(value.map(|value| (id, value)));
        }
        figures
    }
}

/// What the contract names of the kind of an input.
pub(crate) fn named(asking: &Asking<'_>, id: InputId) -> Vec<Value> {
    let settlement = asking.settlement();
    let Some(input) = settlement.inputs.get(id.index()) else { return Vec::new() };
    let domain = asking.subject.figures.get(id.index()).map(|figure| &figure.domain);
    let mut found: BTreeSet<Value> = BTreeSet::new();
    match (&input.ty, domain) {
        (Type::Number(_), Some(Domain::Numbers { range, grain })) => {
            for parameter in &settlement.parameters {
                let own = parameter.columns.iter().enumerate().filter(|(_, column)| column.ty == input.ty);
                for (place, _) in own {
                    found.extend(parameter.rows.iter().filter_map(|row| row.values.get(place)).cloned());
                }
            }
            let near = |value: &Value| match value {
                Value::Number(number) => Some(number.round(grain, RoundingMode::HalfEven)),
                _ => None,
            };
            let ends = [range.low.number().cloned(), range.high.number().cloned()].into_iter().flatten();
            let numbers = found.iter().filter_map(near).chain(ends).filter(|number| range.has(number));
            numbers.map(Value::Number).collect()
        }
        (Type::Text, _) => keys(asking, id),
        (ty, _) => {
            let vectors = settlement.vectors.iter();
            let given = vectors.flat_map(|vector| vector.given.iter().chain(vector.rows.iter().flatten()));
            found.extend(given.filter(|(known, _)| *known == id).map(|(_, value)| value.clone()));
            let none = found.is_empty() && *ty == Type::Date;
            let start = settlement.periods.get(asking.period).map(|period| Value::Date(period.start));
            found.extend(start.filter(|_| none));
            found.into_iter().collect()
        }
    }
}

/// The texts by which a table in force in the period is looked up with an input; some texts where there is no table.
fn keys(asking: &Asking<'_>, id: InputId) -> Vec<Value> {
    let settlement = asking.settlement();
    let Some(period) = settlement.periods.get(asking.period) else { return Vec::new() };
    let mut open: Vec<&Expr> = settlement.steps.iter().map(|step| &step.expr).collect();
    let mut found: Vec<Value> = Vec::new();
    while let Some(expr) = open.pop() {
        if let Expr::Parameter { parameter, keys, .. } = expr
            && let Some(place) = keys.iter().position(|key| *key == Expr::Input(id))
            && found.is_empty()
        {
            let rows = settlement.parameters.get(parameter.index()).map(|parameter| &parameter.rows);
            let in_force = rows.into_iter().flatten().filter(|row| {
                row.from.is_none_or(|from| from <= period.start)
                    && row.until.is_none_or(|until| period.start < until)
            });
            for key in in_force.filter_map(|row| row.keys.get(place)) {
                if !found.contains(key) {
                    found.push(key.clone());
                }
            }
        }
        open.extend(expr.parts());
    }
    if found.is_empty() {
        found = ["A", "B", "C", "D"].map(|text| Value::Text(text.to_owned())).to_vec();
    }
    found
}
