//! Proofs tried against cases that are drawn at random: a way to find out that the analysis is wrong, and none to prove
//! anything.

use crate::lines::Lines;
use crate::opening::Openings;
use crate::{Analysis, Claim, Domain, Statement, Subject, Verdict};
use jcm_calculus::{CarriedId, InputId, StepId, Value};
use jcm_eval::{Case, Outcome, Prepared};
use jcm_quantity::{End, Exact, Range, RoundingMode};

/// What contradicts the proofs of an analysis, among so many cases for each of its periods: none, unless it is wrong.
pub fn contradictions(subject: &Subject<'_>, analysis: &Analysis, seed: u64, cases: usize) -> Vec<String> {
    let prepared = Prepared::new(&analysis.settlement);
    let lines = Lines::new(subject.settlement);
    let alone = Prepared::new(&lines.settlement);
    let openings = Openings::new(subject, &prepared, &lines, &alone);
    let mut dice = Dice(seed);
    let mut found = Vec::new();
    let proved = analysis.statements.iter().filter(|one| one.verdict == Verdict::Proved);
    for statement in proved.filter(|one| one.claim != Claim::None) {
        for period in &statement.periods {
            let openings = openings.of(&[*period]);
            for _ in 0..cases {
                let case = dice.case(subject, &openings, *period);
                if is_contradicted(subject, &prepared, statement, &case, &mut dice) {
                    found.push(format!("{}: {:?}", statement.said, case.inputs));
                }
            }
        }
    }
    found
}

fn is_contradicted(
    subject: &Subject<'_>,
    prepared: &Prepared<'_>,
    statement: &Statement,
    case: &Case,
    dice: &mut Dice,
) -> bool {
    let settled =
        |case: &Case, payments: &[usize], steps: &[StepId]| prepared.settle_part(case, steps, payments).ok();
    let amount = |outcome: &Outcome| outcome.allocations.first().map(|paid| paid.amount_exact.clone());
    match &statement.claim {
        Claim::None => false,
        Claim::Within(payment, party, range) => {
            let Some(outcome) = settled(case, &[*payment], &[]) else { return false };
            outcome.payments.iter().any(|paid| paid.to == *party && !range.has(&paid.exact))
        }
        Claim::Never(step) => settled(case, &[], &[*step])
            .is_some_and(|outcome| outcome.value(*step, None) == Some(&Value::Truth(true))),
        Claim::Covered(budget, payments, kept) => {
            settled(case, payments, &[*budget]).is_some_and(|outcome| {
                let paid: Exact = outcome.payments.iter().map(|paid| paid.exact.clone()).sum();
                let kept = crate::sample::kept(subject.settlement, case, kept);
                matches!(outcome.value(*budget, None), Some(Value::Number(budget)) if paid > budget + &kept)
            })
        }
        // Each takes a hundred settlements.
        Claim::Unbroken(_) if dice.roll(6) > 0 => false,
        Claim::Unbroken(payment) => {
            let inputs = u64::try_from(subject.figures.len()).unwrap_or(1);
            let input = InputId(u32::try_from(dice.roll(inputs)).unwrap_or_default());
            let [low, high] = moved(subject, case, input, None, dice);
            let paid = |case: &Case| settled(case, &[*payment], &[]).and_then(|outcome| amount(&outcome));
            is_broken(low, high, input, &paid)
        }
        Claim::Level(payment, input, range) => {
            let [one, other] = moved(subject, case, *input, Some(range), dice);
            let both = settled(&one, &[*payment], &[]).zip(settled(&other, &[*payment], &[]));
            both.is_some_and(|(one, other)| amount(&one) != amount(&other))
        }
        Claim::Trend { input, rises, parties, payments } => {
            let [low, high] = moved(subject, case, *input, None, dice);
            let (Some(low), Some(high)) = (settled(&low, payments, &[]), settled(&high, payments, &[]))
            else {
                return false;
            };
            parties.iter().any(|party| {
                let net = |outcome: &Outcome| -> Exact {
                    let mut sum = Exact::zero();
                    for paid in &outcome.payments {
                        let direct = crate::sample::is_direct(prepared.settlement(), paid.allocation);
                        if paid.to == *party {
                            sum = sum + &paid.exact;
                        }
                        if paid.from == *party && direct {
                            sum = sum - &paid.exact;
                        }
                    }
                    sum
                };
                let rise = net(&high) - net(&low);
                if *rises { rise.is_negative() } else { rise.is_positive() }
            })
        }
    }
}

/// So often a way is halved to see whether an amount jumps on it.
const HALVINGS: usize = 100;

/// Whether an amount still differs between two figures that come nearer and nearer: always halfway to where it differs
/// more.
fn is_broken(mut low: Case, mut high: Case, input: InputId, paid: &impl Fn(&Case) -> Option<Exact>) -> bool {
    let number = |case: &Case| match case.inputs.get(&input) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    let (Some(mut below), Some(mut above)) = (paid(&low), paid(&high)) else { return false };
    let whole = (&above - &below).abs();
    for _ in 0..HALVINGS {
        let Some((from, to)) = number(&low).zip(number(&high)) else { return false };
        let mut middle = low.clone();
        let half = (from + to).checked_div(&Exact::from_int(2)).unwrap_or_default();
        middle.inputs.insert(input, Value::Number(half));
        let Some(between) = paid(&middle) else { return false };
        if (&between - &below).abs() > (&above - &between).abs() {
            (high, above) = (middle, between);
        } else {
            (low, below) = (middle, between);
        }
    }
    // However steep a line is, next to nothing of the difference is left of a way as short as this.
    (above - below).abs() > whole * Exact::ten_to(-6)
}

/// The case with an input at two figures, the lesser first.
fn moved(
    subject: &Subject<'_>,
    case: &Case,
    input: InputId,
    within: Option<&Range>,
    dice: &mut Dice,
) -> [Case; 2] {
    let Some(Domain::Numbers { range, grain }) =
        subject.figures.get(input.index()).map(|figure| &figure.domain)
    else {
        return [case.clone(), case.clone()];
    };
    let mut ends = [(); 2].map(|()| dice.number(subject, input, within.unwrap_or(range), grain));
    ends.sort();
    ends.map(|end| {
        let mut case = case.clone();
        case.inputs.insert(input, Value::Number(end));
        case
    })
}

/// The number of a range that is nearest to a number.
pub(crate) fn nearest(number: &Exact, range: &Range) -> Exact {
    match (&range.low, &range.high) {
        (End::At(low), _) if number < low => low.clone(),
        (_, End::At(high)) if number > high => high.clone(),
        _ => number.clone(),
    }
}

/// Numbers at random, the same from the same beginning.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, of: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(of).unwrap_or_default()
    }

    fn case(&mut self, subject: &Subject<'_>, openings: &[Range], period: usize) -> Case {
        let mut case = Case { period, ..Case::default() };
        for (id, figure) in (0u32..).map(InputId).zip(&subject.figures) {
            let value = match &figure.domain {
                Domain::Numbers { range, grain } => {
                    Some(Value::Number(self.number(subject, id, range, grain)))
                }
                Domain::OneOf(values) => {
                    let place = self.roll(u64::try_from(values.len()).unwrap_or(1));
                    usize::try_from(place).ok().and_then(|place| values.get(place)).cloned()
                }
                Domain::Anything => None,
            };
            if let Some(value) = value {
                case.inputs.insert(id, value);
            }
        }
        for (id, range) in (0u32..).map(CarriedId).zip(openings) {
            let amount = i64::try_from(self.roll(2_000_001)).unwrap_or_default() - 1_000_000;
            case.carried.insert(id, Value::Number(nearest(&Exact::from_int(amount), range)));
        }
        case
    }

    /// A number of a range on its grid: half of the time near a figure that an example gives.
    pub(crate) fn number(
        &mut self,
        subject: &Subject<'_>,
        input: InputId,
        range: &Range,
        grain: &Exact,
    ) -> Exact {
        let usual: Vec<&Exact> =
            subject.usual.iter().filter(|(known, _)| *known == input).map(|(_, value)| value).collect();
        let thousandth = |dice: &mut Dice, of: u64| {
            Exact::from_int(i64::try_from(dice.roll(of)).unwrap_or_default()) * Exact::ten_to(-3)
        };
        let near = usize::try_from(self.roll(u64::try_from(usual.len()).unwrap_or(1))).ok();
        let near = near.and_then(|place| usual.get(place)).filter(|_| self.roll(2) == 0);
        let drawn = match (near, &range.low, &range.high) {
            (Some(near), ..) => *near * (thousandth(self, 401) + Exact::ten_to(-1) * Exact::from_int(8)),
            (_, End::At(low), End::At(high)) => low + (high - low) * thousandth(self, 1_001),
            (_, End::At(low), _) => low + thousandth(self, 1_000_000_000) * Exact::from_int(200),
            (_, _, End::At(high)) => high - thousandth(self, 1_000_000_000) * Exact::from_int(200),
            _ => thousandth(self, 1_000_000_000) * Exact::from_int(40) - Exact::from_int(20_000_000),
        };
        nearest(&drawn.round(grain, RoundingMode::HalfEven), range)
    }
}
