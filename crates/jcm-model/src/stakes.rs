//! What partners stand to gain and lose by an incentive, as far as its lines say so without any figure reported.
//!
//! A figure that is reported is taken to be nought or more, and without end: only what the contract states limits it.

use crate::{
    Arithmetic, BalanceId, Better, Comparison, Constant, Expr, ExprKind, Flow, Incentive, InputId,
    InputOwner, LineId, Measure, MeasureId, Partner, PartnerId, PaymentId, Program, Share, TableId,
    TableKind,
};
use jcm_quantity::{Base, Exact, Irrational, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// How far a figure can reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    /// Whether it can be below nought.
    negative: bool,
    /// Whether it can be above nought.
    positive: bool,
    /// Whether there is a least that the contract states.
    floor: bool,
    /// Whether there is a greatest that the contract states.
    ceiling: bool,
}

const ANYTHING: Reach = Reach { negative: true, positive: true, floor: false, ceiling: false };
const REPORTED: Reach = Reach { negative: false, positive: true, floor: false, ceiling: false };

impl Program {
    /// Whether those whom an incentive pays can have to pay instead.
    pub fn can_lose(&self, incentive: &Incentive) -> bool {
        self.reaches(incentive).any(|(_, reach)| reach.negative)
    }

    /// Whether the contract states the most that they can lose in all.
    pub fn loss_is_limited(&self, incentive: &Incentive) -> bool {
        self.reaches(incentive).all(|(_, reach)| reach.floor || !reach.negative)
    }

    /// Whether the contract states the most that they can gain in all.
    pub fn gain_is_limited(&self, incentive: &Incentive) -> bool {
        self.reaches(incentive).all(|(_, reach)| reach.ceiling || !reach.positive)
    }

    /// The partners who can lose by an incentive without a limit, neither their own nor one of the whole.
    pub fn losing_without_limit(&self, incentive: &Incentive) -> Vec<PartnerId> {
        let mut found = Vec::new();
        for (flow, _) in self.reaches(incentive).filter(|(_, reach)| reach.negative && !reach.floor) {
            let unlimited = flow.shares.iter().filter(|share| share.losing_at_most.is_none());
            found.extend(
                unlimited
                    .map(|share| share.partner)
                    .filter(|partner| !found.contains(partner))
                    .collect::<Vec<_>>(),
            );
        }
        found
    }

    /// The shares by which a partner can lose.
    pub fn shares_that_lose(&self, partner: PartnerId) -> Vec<&Share> {
        let losing = self.incentives.iter().flat_map(|incentive| self.reaches(incentive));
        losing
            .filter(|(_, reach)| reach.negative)
            .flat_map(|(flow, _)| &flow.shares)
            .filter(|share| share.partner == partner)
            .collect()
    }

    /// Whether a partner stands to lose by results: it has a share in what can be lost, or it brings or owes the money
    /// from which an incentive pays.
    pub fn bears_risk(&self, partner: &Partner) -> bool {
        let is = |id: &PartnerId| self.is(*id, partner);
        let pays = |flow: &Flow| {
            let pool = flow.pool.and_then(|id| self.pool(id));
            is(&flow.payer) || pool.is_some_and(|pool| pool.contributions.iter().any(|(id, _)| is(id)))
        };
        let mut flows = self.incentives.iter().flat_map(|incentive| self.reaches(incentive));
        flows.any(|(flow, reach)| pays(flow) || (reach.negative && flow.payees().iter().any(is)))
    }

    /// What part of its turnover a partner can lose in all, where the contract states both.
    pub fn loss_of_turnover(&self, partner: &Partner) -> Option<Exact> {
        let (id, _) = (0u32..).zip(&self.partners).find(|(_, other)| std::ptr::eq(*other, partner))?;
        let shares = self.shares_that_lose(PartnerId(id));
        let limits: Vec<Exact> =
            shares.iter().map(|share| share.losing_at_most.clone()).collect::<Option<_>>()?;
        let (_, turnover) = partner.particulars.iter().find(|(field, _)| field == "turnover")?;
        let figure: String = turnover.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let all: Exact = limits.into_iter().sum();
        all.checked_div(&Exact::parse(&figure)?)
    }

    /// Whether a simulation draws a figure on which the payments of an incentive depend.
    pub fn is_simulated(&self, incentive: &Incentive) -> bool {
        let (_, inputs) = self.behind(incentive);
        let mut drawn = self.simulations.iter().flat_map(|simulation| &simulation.vary);
        drawn.any(|vary| inputs.contains(&vary.input))
    }

    /// The measures on which the payments of an incentive depend, in the order of the contract.
    pub fn measures_of(&self, incentive: &Incentive) -> BTreeSet<MeasureId> {
        let owner = |id: &InputId| match self.input(*id)?.owner {
            InputOwner::Measure(measure) => Some(measure),
            InputOwner::Incentive(_) | InputOwner::Payment(_) => None,
        };
        self.behind(incentive).1.iter().filter_map(owner).collect()
    }

    /// The lines and the inputs on which the payments of an incentive depend.
    pub(crate) fn behind(&self, incentive: &Incentive) -> (BTreeSet<LineId>, BTreeSet<InputId>) {
        let mut open: Vec<LineId> =
            incentive.flows.iter().filter_map(|id| Some(self.flow(*id)?.amount)).collect();
        let (mut seen, mut inputs) = (BTreeSet::new(), BTreeSet::new());
        while let Some(id) = open.pop() {
            if seen.insert(id)
                && let Some(line) = self.line(id)
            {
                used(self, &line.expr, &mut open, &mut inputs);
            }
        }
        (seen, inputs)
    }

    fn reaches<'a>(&'a self, incentive: &'a Incentive) -> impl Iterator<Item = (&'a Flow, Reach)> {
        let mut known = BTreeMap::new();
        let flows = incentive.flows.iter().filter_map(|id| self.flow(*id));
        flows.map(move |flow| (flow, line(self, flow.amount, &mut known)))
    }
}

impl Program {
    /// The measures that get worse with what a payment by activity pays for: it pays for the things that they count,
    /// and fewer of them is better.
    pub fn works_against(&self, payment: PaymentId) -> Vec<MeasureId> {
        let counted = |unit: &Unit| -> Vec<Base> {
            let dims =
                unit.dims().iter().filter(|(base, power)| matches!(base, Base::Thing(_)) && *power > 0);
            dims.map(|(base, _)| base.clone()).collect()
        };
        let inputs = self.inputs.iter().filter(|input| input.owner == InputOwner::Payment(payment));
        let paid: Vec<Base> = inputs.filter_map(|input| input.ty.unit()).flat_map(counted).collect();
        let worse = |measure: &Measure| {
            measure.better == Better::Lower && counted(&measure.unit).iter().any(|base| paid.contains(base))
        };
        let measures = (0u32..).zip(&self.measures).filter(|(_, measure)| worse(measure));
        measures.map(|(id, _)| MeasureId(id)).collect()
    }
}

/// Every line and input that an expression uses; what it begins a period with, the period before came to.
fn used(program: &Program, expr: &Expr, lines: &mut Vec<LineId>, inputs: &mut BTreeSet<InputId>) {
    match &expr.kind {
        ExprKind::Line(id) => lines.push(*id),
        ExprKind::Balance(id) => lines.extend(program.balance(*id).map(|balance| balance.closing)),
        ExprKind::Input(id) => drop(inputs.insert(*id)),
        _ => {}
    }
    for part in expr.parts() {
        used(program, part, lines, inputs);
    }
}

type Known = BTreeMap<LineId, Reach>;

/// How far a line can reach; each is worked out once.
fn line(program: &Program, id: LineId, known: &mut Known) -> Reach {
    if let Some(reach) = known.get(&id) {
        return *reach;
    }
    let reach = program.line(id).map_or(ANYTHING, |line| reach(program, &line.expr, known));
    known.insert(id, reach);
    reach
}

fn reach(program: &Program, expr: &Expr, known: &mut Known) -> Reach {
    match &expr.kind {
        ExprKind::Constant(value) => constants([value]),
        ExprKind::Input(_) => REPORTED,
        ExprKind::Line(id) => line(program, *id, known),
        ExprKind::Balance(id) => carried(program, *id, known),
        ExprKind::Parameter { parameter, column, .. } => {
            let rows = program.parameter(*parameter).map_or(&[][..], |parameter| &parameter.rows);
            let column = usize::try_from(*column).unwrap_or(usize::MAX);
            constants(rows.iter().filter_map(|row| row.values.get(column)))
        }
        ExprKind::Arithmetic { op, left, right } => {
            arithmetic(*op, reach(program, left, known), reach(program, right, known))
        }
        ExprKind::Negate(inner) => negated(reach(program, inner, known)),
        ExprKind::Absolute(inner) => {
            let inner = reach(program, inner, known);
            let positive = inner.negative || inner.positive;
            Reach { negative: false, positive, floor: true, ceiling: inner.floor && inner.ceiling }
        }
        ExprKind::Smallest(list) => all(program, list, known, smaller),
        ExprKind::Greatest(list) => all(program, list, known, greater),
        ExprKind::AtLeast { value, limit } => {
            greater(reach(program, value, known), reach(program, limit, known))
        }
        ExprKind::AtMost { value, limit } => {
            smaller(reach(program, value, known), reach(program, limit, known))
        }
        ExprKind::Round { value, .. } | ExprKind::RoundToFigures { value, .. } => {
            reach(program, value, known)
        }
        ExprKind::Irrational { function: Irrational::Ln, .. } | ExprKind::Progress { .. } => ANYTHING,
        ExprKind::Irrational { .. } | ExprKind::CountOfCases { .. } | ExprKind::CountOfRows(_) => REPORTED,
        ExprKind::Power { value, .. } => {
            Reach { negative: reach(program, value, known).negative, ..ANYTHING }
        }
        ExprKind::Statistic { values, .. } => all(program, values, known, either),
        ExprKind::WeightedMean(list) => {
            let values: Vec<&Expr> = list.iter().map(|(value, _)| value).collect();
            all(program, values, known, either)
        }
        ExprKind::Weighted { parts, .. } => {
            let values: Vec<&Expr> = parts.iter().map(|(_, part)| part).collect();
            all(program, values, known, either)
        }
        ExprKind::OverAll { value, .. }
        | ExprKind::SumOfRows(value)
        | ExprKind::StatisticOfRows { value, .. } => {
            Reach { floor: false, ceiling: false, ..reach(program, value, known) }
        }
        ExprKind::When { cases, otherwise } => when(program, cases, otherwise, known),
        ExprKind::Cases { rows, otherwise, .. } => {
            let other = otherwise.as_deref().map_or(NOTHING, |other| reach(program, other, known));
            rows.iter().fold(other, |all, (value, _)| either(all, reach(program, value, known)))
        }
        ExprKind::IfMissing { value, default } => {
            either(reach(program, value, known), reach(program, default, known))
        }
        ExprKind::Table { table, value } => looked_up(program, *table, reach(program, value, known)),
        ExprKind::CountBetween { .. } => ANYTHING,
        ExprKind::Compare { .. }
        | ExprKind::MoveDate { .. }
        | ExprKind::MarkDate { .. }
        | ExprKind::And(..)
        | ExprKind::Or(..)
        | ExprKind::Not(_)
        | ExprKind::At(_)
        | ExprKind::IsMissing(_) => NOTHING,
    }
}

/// How far a balance can reach: its opening figure, or what its closing line comes to whatever it begins with.
fn carried(program: &Program, id: BalanceId, known: &Known) -> Reach {
    let Some(balance) = program.balance(id) else { return ANYTHING };
    let mut inside = known.clone();
    let closing = match inside.insert(balance.closing, ANYTHING) {
        Some(closing) => closing,
        None => program
            .line(balance.closing)
            .map_or(ANYTHING, |closing| reach(program, &closing.expr, &mut inside)),
    };
    either(number(&balance.opening), closing)
}

fn when(program: &Program, cases: &[(Expr, Expr)], otherwise: &Expr, known: &mut Known) -> Reach {
    let other = reach(program, otherwise, known);
    cases.iter().fold(other, |all, (value, test)| {
        let own = match above_nought(test) {
            Some(id) => {
                let mut inside = known.clone();
                inside.insert(id, Reach { negative: false, ..line(program, id, known) });
                reach(program, value, &mut inside)
            }
            None => reach(program, value, known),
        };
        either(all, own)
    })
}

fn looked_up(program: &Program, table: TableId, value: Reach) -> Reach {
    let Some(table) = program.table(table) else { return ANYTHING };
    let rates = table.rows.iter().flat_map(|row| [Some(&row.from), row.to.as_ref()]).flatten();
    let rates = rates.fold(NOTHING, |all, rate| either(all, number(rate)));
    match table.kind {
        TableKind::Scale => rates,
        TableKind::Bands => arithmetic(Arithmetic::Multiply, rates, value),
    }
}

const NOTHING: Reach = Reach { negative: false, positive: false, floor: true, ceiling: true };

fn number(value: &jcm_quantity::Exact) -> Reach {
    Reach { negative: value.is_negative(), positive: value.is_positive(), floor: true, ceiling: true }
}

fn constants<'a>(values: impl IntoIterator<Item = &'a Constant>) -> Reach {
    values.into_iter().fold(NOTHING, |all, value| match value {
        Constant::Number(value) => either(all, number(value)),
        _ => all,
    })
}

fn all<'a>(
    program: &Program,
    list: impl IntoIterator<Item = &'a Expr>,
    known: &mut Known,
    join: fn(Reach, Reach) -> Reach,
) -> Reach {
    let reaches: Vec<Reach> = list.into_iter().map(|expr| reach(program, expr, known)).collect();
    reaches.into_iter().reduce(join).unwrap_or(ANYTHING)
}

fn either(a: Reach, b: Reach) -> Reach {
    Reach {
        negative: a.negative || b.negative,
        positive: a.positive || b.positive,
        floor: a.floor && b.floor,
        ceiling: a.ceiling && b.ceiling,
    }
}

fn smaller(a: Reach, b: Reach) -> Reach {
    Reach {
        negative: a.negative || b.negative,
        positive: a.positive && b.positive,
        floor: a.floor && b.floor,
        ceiling: a.ceiling || b.ceiling,
    }
}

fn greater(a: Reach, b: Reach) -> Reach {
    Reach {
        negative: a.negative && b.negative,
        positive: a.positive || b.positive,
        floor: a.floor || b.floor,
        ceiling: a.ceiling && b.ceiling,
    }
}

fn negated(a: Reach) -> Reach {
    Reach { negative: a.positive, positive: a.negative, floor: a.ceiling, ceiling: a.floor }
}

fn arithmetic(op: Arithmetic, a: Reach, b: Reach) -> Reach {
    match op {
        Arithmetic::Add => {
            Reach { floor: a.floor && b.floor, ceiling: a.ceiling && b.ceiling, ..either(a, b) }
        }
        Arithmetic::Subtract => arithmetic(Arithmetic::Add, a, negated(b)),
        Arithmetic::Multiply | Arithmetic::Of | Arithmetic::Divide => {
            let negative = a.negative && b.positive || a.positive && b.negative;
            let positive = a.positive && b.positive || a.negative && b.negative;
            let limited = |x: Reach| x.floor && x.ceiling;
            // A rate that is limited and never below nought keeps the limits of what it is a rate of.
            let (floor, ceiling) = if limited(a) && !a.negative {
                (b.floor, b.ceiling)
            } else if limited(b) && !b.negative {
                (a.floor, a.ceiling)
            } else {
                (limited(a) && limited(b), limited(a) && limited(b))
            };
            Reach { negative, positive, floor, ceiling }
        }
    }
}

/// The line that a condition such as `saving > £0` holds above nought.
pub(crate) fn above_nought(test: &Expr) -> Option<LineId> {
    let ExprKind::Compare { op: Comparison::Greater | Comparison::GreaterOrEqual, left, right } = &test.kind
    else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Line(id), ExprKind::Constant(Constant::Number(limit))) if !limit.is_negative() => {
            Some(*id)
        }
        _ => None,
    }
}
