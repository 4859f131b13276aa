//! Every line by itself: what it is made of directly stands for free figures, so that a line is followed without those
//! before it, and with any number of rows and of cases.
//!
//! A line that runs on where its parts do, made of lines that run on, runs on; one that rises with its parts, made of
//! lines that rise with a figure, rises with it. So little has to be followed at once, however long a contract is.

use jcm_calculus::{CarriedId, Expr, InputId, Level, ParameterId, Settlement, Step, StepId, Type, Value};
use jcm_quantity::{OverAll, Statistic};
use std::collections::{BTreeMap, BTreeSet};

/// A line of more parts than these is not followed.
const MOST_PARTS: usize = 2_000;

/// What a line is made of directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A line before it.
    Step(StepId),
    /// What is reported.
    Input(InputId),
    /// What the period begins with.
    Carried(CarriedId),
    /// What is looked up by a name that is reported; it stays as figures move.
    Looked(ParameterId, usize),
    /// A line that is no number and stays as figures move.
    Fixed(Type),
    /// What many rows or cases come to.
    Many(Many),
}

/// What rows or cases come to together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Many {
    /// The figure of one of them, as a line by itself; none where it cannot be followed.
    pub(crate) part: Option<StepId>,
    pub(crate) how: How,
    /// Whether only some of them are taken together.
    pub(crate) grouped: bool,
}

/// How many figures are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Their sum; nought where there is none.
    Sum,
    /// Their sum, where there is one.
    Added,
    /// How many of them there are: the part is 1 for one that counts, and otherwise 0.
    Count,
    /// A figure that grows with each and lies among them.
    Among,
    /// A figure that runs on as they do.
    Even,
    /// A whole number that changes where one passes another.
    Order,
    /// Anything else that is made of the figures alone.
    Other,
    /// Who is taken together moves with the figures, too.
    Loose,
}

/// A settlement in which each line stands by itself.
pub(crate) struct Lines {
    pub(crate) settlement: Settlement,
    /// What stands for what, by the place of its step.
    pub(crate) sources: Vec<Source>,
    /// For each line that is a number, itself: over what it is made of, and over what its plain parts are made of.
    pub(crate) own: BTreeMap<StepId, Vec<StepId>>,
    /// Lines that end in a rounding, before it.
    pub(crate) unrounded: BTreeMap<StepId, StepId>,
}

struct Maker<'a> {
    settlement: &'a Settlement,
    sources: Vec<(Source, Option<Expr>)>,
    /// Lines by themselves, and whose they are.
    made: Vec<(Type, Expr)>,
    left: usize,
    /// Whether parts that are sums and products stand for themselves.
    plain: bool,
}

impl Lines {
    pub(crate) fn new(settlement: &Settlement) -> Lines {
        let mut maker = Maker { settlement, sources: Vec::new(), made: Vec::new(), left: 0, plain: false };
        let mut own: BTreeMap<StepId, Vec<usize>> = BTreeMap::new();
        let mut unrounded = BTreeMap::new();
        for (id, step) in (0u32..).map(StepId).zip(&settlement.steps) {
            if !matches!(step.ty, Type::Number(_)) {
                continue;
            }
            if let Expr::Round { value, .. } = &step.expr {
                (maker.plain, maker.left) = (false, MOST_PARTS);
                if let Some(expr) = maker.lifted(value) {
                    unrounded.insert(id, maker.made.len());
                    maker.made.push((step.ty.clone(), expr));
                }
            }
            for plain in [false, true] {
                (maker.plain, maker.left) = (plain, MOST_PARTS);
                let Some(expr) = maker.lifted(&step.expr) else { continue };
                let known = own.entry(id).or_default();
                // Without plain parts it is the same again.
                if known.last().and_then(|last| maker.made.get(*last)).is_some_and(|(_, made)| *made == expr)
                {
                    continue;
                }
                known.push(maker.made.len());
                maker.made.push((step.ty.clone(), expr));
            }
        }
        maker.finish(own, unrounded)
    }
}

impl Maker<'_> {
    fn finish(self, own: BTreeMap<StepId, Vec<usize>>, unrounded: BTreeMap<StepId, usize>) -> Lines {
        let mut with = self.settlement.clone();
        (with.vectors, with.datasets, with.allocations) = (Vec::new(), Vec::new(), Vec::new());
        with.inputs.iter_mut().for_each(|input| input.level = Level::Case);
        let before = self.sources.len();
        let nothing = Expr::literal(Value::Missing);
        let places = self.sources.iter().map(|_| Step::unnamed(Type::Truth, nothing.clone()));
        with.steps = places.chain(self.made.into_iter().map(|(ty, expr)| Step::unnamed(ty, expr))).collect();
        let at = |place: usize| u32::try_from(place + before).map(StepId).ok();
        let own = own.into_iter().map(|(id, made)| (id, made.into_iter().filter_map(at).collect()));
        let own = own.collect();
        let unrounded = unrounded.into_iter().filter_map(|(id, made)| Some((id, at(made)?))).collect();
        let sources = self.sources.into_iter().map(|(source, _)| match source {
            Source::Many(many) => {
                let part = many.part.and_then(|part| at(part.index()));
                Source::Many(Many { part, ..many })
            }
            source => source,
        });
        Lines { sources: sources.collect(), own, unrounded, settlement: with }
    }

    /// The step that stands for a source; what was written there tells those of one kind apart.
    fn stands_for(&mut self, source: Source, written: Option<&Expr>) -> Option<Expr> {
        let same = |(known, by): &(Source, Option<Expr>)| match written {
            Some(_) => by.as_ref() == written,
            None => *known == source,
        };
        let place = self.sources.iter().position(same).unwrap_or_else(|| {
            self.sources.push((source, written.cloned()));
            self.sources.len() - 1
        });
        u32::try_from(place).ok().map(|place| Expr::Step(StepId(place)))
    }

    /// An expression over what it is made of; `None` where it is too long.
    fn lifted(&mut self, expr: &Expr) -> Option<Expr> {
        self.left = self.left.checked_sub(1)?;
        let settlement = self.settlement;
        match expr {
            Expr::Input(id) => match settlement.inputs.get(id.index())?.ty {
                Type::Number(_) => self.stands_for(Source::Input(*id), None),
                _ => Some(expr.clone()),
            },
            Expr::Carried(id) => self.stands_for(Source::Carried(*id), None),
            Expr::Step(id) => {
                let step = settlement.steps.get(id.index())?;
                match &step.ty {
                    Type::Number(_) if self.plain && is_plain(&step.expr) => self.lifted(&step.expr),
                    Type::Number(_) => self.stands_for(Source::Step(*id), None),
                    ty if is_by_name(settlement, &step.expr) => {
                        self.stands_for(Source::Fixed(ty.clone()), Some(expr))
                    }
                    _ => self.lifted(&step.expr),
                }
            }
            Expr::Parameter { parameter, column, .. } if is_by_name(settlement, expr) => {
                let column = usize::try_from(*column).ok()?;
                match &settlement.parameters.get(parameter.index())?.columns.get(column)?.ty {
                    Type::Number(_) => self.stands_for(Source::Looked(*parameter, column), Some(expr)),
                    ty => self.stands_for(Source::Fixed(ty.clone()), Some(expr)),
                }
            }
            Expr::SumOfRows(_)
            | Expr::CountOfRows(_)
            | Expr::StatisticOfRows { .. }
            | Expr::OverAll { .. } => self.many(expr),
            Expr::Compare { .. } if is_by_name(settlement, expr) => {
                self.stands_for(Source::Fixed(Type::Truth), Some(expr))
            }
            _ => {
                let parts: Option<Vec<Expr>> =
                    expr.parts().into_iter().map(|part| self.lifted(part)).collect();
                let mut lifted = expr.clone();
                for (place, part) in lifted.parts_mut().into_iter().zip(parts?) {
                    *place = part;
                }
                Some(lifted)
            }
        }
    }

    fn many(&mut self, expr: &Expr) -> Option<Expr> {
        if self.sources.iter().any(|(_, by)| by.as_ref() == Some(expr)) {
            return self.stands_for(Source::Carried(CarriedId(0)), Some(expr));
        }
        let (part, how) = match expr {
            Expr::SumOfRows(part) => (part.as_ref().clone(), How::Sum),
            Expr::CountOfRows(condition) => {
                let one = |number: i64| Expr::literal(Value::Number(number.into()));
                let cases = vec![(condition.as_ref().clone(), one(1))];
                (Expr::Choose { cases, otherwise: Box::new(one(0)) }, How::Count)
            }
            Expr::StatisticOfRows { statistic, value } => (value.as_ref().clone(), of_statistic(statistic)),
            Expr::OverAll { function, value, same } => {
                let steady = same.as_ref().is_none_or(|same| changes_in_steps(self.settlement, same));
                let how = match function {
                    _ if !steady => How::Loose,
                    OverAll::Statistic(statistic) => of_statistic(statistic),
                    OverAll::Rank { .. } | OverAll::Group { .. } => How::Order,
                    OverAll::Winsorised { .. } => How::Other,
                };
                (value.as_ref().clone(), how)
            }
            _ => return None,
        };
        let part = self.lifted(&part).and_then(|lifted| {
            self.made.push((Type::Truth, lifted));
            u32::try_from(self.made.len() - 1).ok().map(StepId)
        });
        let grouped = matches!(expr, Expr::OverAll { same: Some(_), .. });
        self.stands_for(Source::Many(Many { part, how, grouped }), Some(expr))
    }
}

fn of_statistic(statistic: &Statistic) -> How {
    match statistic {
        Statistic::Sum => How::Added,
        Statistic::Mean | Statistic::Median | Statistic::Least | Statistic::Greatest => How::Among,
        Statistic::Variance => How::Even,
        Statistic::Quantile { .. } | Statistic::StandardDeviation { .. } => How::Other,
    }
}

/// Whether an expression is made of sums and products only.
fn is_plain(expr: &Expr) -> bool {
    let own = matches!(
        expr,
        Expr::Literal { .. }
            | Expr::Input(_)
            | Expr::Step(_)
            | Expr::Carried(_)
            | Expr::Arithmetic { .. }
            | Expr::Negate(_)
    );
    let own = own || matches!(expr, Expr::Parameter { keys, .. } if keys.is_empty());
    own && expr.parts().into_iter().all(is_plain)
}

/// Whether what cases are grouped by is fixed, or a place in an order, which changes in whole steps.
fn changes_in_steps(settlement: &Settlement, same: &Expr) -> bool {
    let in_order = |expr: &Expr| {
        matches!(expr, Expr::OverAll { function: OverAll::Rank { .. } | OverAll::Group { .. }, .. })
    };
    match same {
        Expr::Step(id) => settlement
            .steps
            .get(id.index())
            .is_some_and(|step| in_order(&step.expr) || changes_in_steps(settlement, &step.expr)),
        Expr::Input(id) => {
            settlement.inputs.get(id.index()).is_some_and(|input| !matches!(input.ty, Type::Number(_)))
        }
        other => in_order(other),
    }
}

/// Whether an expression depends on a text or a date that is reported, and on no number.
fn is_by_name(settlement: &Settlement, expr: &Expr) -> bool {
    let mut open = vec![expr];
    let mut seen = BTreeSet::new();
    let mut named = false;
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Input(id) => match settlement.inputs.get(id.index()).map(|input| &input.ty) {
                Some(Type::Text | Type::Date) => named = true,
                Some(Type::Number(_)) | None => return false,
                Some(_) => {}
            },
            Expr::Carried(_)
            | Expr::OverAll { .. }
            | Expr::SumOfRows(_)
            | Expr::CountOfRows(_)
            | Expr::StatisticOfRows { .. } => return false,
            Expr::Step(id) if seen.insert(*id) => {
                open.extend(settlement.steps.get(id.index()).map(|step| &step.expr));
            }
            _ => {}
        }
        open.extend(expr.parts());
    }
    named
}
