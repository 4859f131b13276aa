//! From a declaration to a plan: the money that is at stake, what it needs, and the figures of each distribution.

use super::changes::{self, can_move, doubts_are_ruled};
use super::drawn_whole;
use super::history::History;
use super::watches::{Watch, watches};
use crate::excerpt::{Excerpt, Instead};
use crate::from_program::expressions;
use crate::{problems, settlement};
use jcm_calculus::{Expr, InputId, Level, MissingRule, Settlement, Step, StepId, Type, Value};
use jcm_diagnostics::Diagnostic;
use jcm_eval::{Case, Prepared};
use jcm_model::{
    Cases, ChanceOf, Condition, Figure, Flow, InputOwner, LineOwner, Locality, LocalityId, Program, Shape,
    Simulation, Vary,
};
use jcm_quantity::{Exact, Unit};
use jcm_simulate::{Dependence, Distribution, Plan, Stopped, Varied, Year};
use jcm_source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// A contract in one place, made ready to be simulated.
pub(super) struct Place {
    /// Its title; empty for the contract as it stands.
    pub(super) title: String,
    /// The contract there.
    pub(super) program: Program,
    /// What is settled in each period.
    pub(super) years: Vec<Excerpt>,
    /// What is counted besides the chances that the contract asks for.
    pub(super) watches: Vec<Watch>,
    /// The periods of a run, by their places in the contract.
    pub(super) periods: Vec<usize>,
    /// The steps that are counted: the report's chances, the expected ones, and the watches.
    pub(super) counted: Vec<StepId>,
    /// The figures that are drawn, in each period.
    pub(super) varied: Vec<Vec<Varied>>,
    /// How many months of the run are over when each period begins, and how many it has.
    pub(super) months: Vec<(u32, u32)>,
    /// How many rows a case has.
    pub(super) rows: usize,
    /// How many cases are settled together in each run; nought where a run is one case.
    pub(super) cases: usize,
}

impl Place {
    /// Makes a place ready, or says why it cannot be simulated.
    pub(super) fn of(
        template: &Template<'_>,
        simulation: &Simulation,
        place: Option<LocalityId>,
        history: Option<FileId>,
    ) -> Result<Place, Box<Diagnostic>> {
        can_move(simulation)?;
        let sources = template.sources;
        let there = template.in_place(place);
        let title = template.title_of(place);
        let mut whole = settlement(&there, sources);
        let inputs = drawn_whole::inputs(&there, &mut whole, simulation);
        doubts_are_ruled(&whole, simulation)?;
        let figures = figures(&there, &whole, simulation)?;
        let locality = template.locality(place).map_or("", |locality| locality.head.name.as_str());
        let seen = match History::of(sources, simulation, history)? {
            Some(history) => seen(&there, simulation, &history, locality)?,
            None => vec![Vec::new(); simulation.vary.len()],
        };
        let conditions: Vec<Step> = conditions(simulation)
            .map(|condition| truth(expressions::expression(&there, &condition.expr)))
            .collect();
        let stakes: Vec<StepId> = stakes(&there).map(|(_, flow)| StepId(flow.amount.0)).collect();
        let mut counted = append(&mut whole, conditions);
        let needed = needed(&whole, stakes.iter().chain(&counted).copied());
        let cases = cases(simulation, &seen)?;
        settles_alone(&there, &whole, &needed, simulation)?;
        let watches = watches(&whole, &needed);
        let steps = watches.iter().map(|watch| truth(watch.expr.clone())).collect();
        counted.extend(append(&mut whole, steps));
        let needed: BTreeSet<StepId> = needed.into_iter().chain(counted.iter().copied()).collect();
        known(&there, &whole, &needed, simulation, &inputs)?;
        let excerpt = |_: &usize| Excerpt::of(&whole, &needed, &BTreeMap::new(), &Instead::new());
        let years: Vec<Excerpt> = simulation.periods.iter().map(excerpt).collect();
        let periods = simulation.periods.clone();
        let months = months(&there, &periods);
        let of_year = |((year, figures), months): ((&Excerpt, Vec<Figures>), &(u32, u32))| {
            varied(&there, (simulation, &inputs), year, figures, &seen, months.0)
        };
        let varied: Vec<Vec<Varied>> = years.iter().zip(figures).zip(&months).map(of_year).collect();
        let rows = rows(simulation);
        let place =
            Place { title, program: there, years, watches, periods, counted, varied, months, rows, cases };
        place.can_be_drawn(simulation)?;
        Ok(place)
    }

    /// The plan of so many runs.
    pub(super) fn plan(&self, simulation: &Simulation, runs: u32, seed: u64, threads: usize) -> Plan<'_> {
        let years = self.years.iter().zip(&self.varied).zip(self.periods.iter().zip(&self.months));
        let years = years.map(|((excerpt, varied), (period, months))| Year {
            settlement: &excerpt.settlement,
            period: *period,
            months: *months,
            rows: self.rows,
            cases: self.cases,
            varied: varied.clone(),
            watched: self.counted.iter().filter_map(|step| excerpt.step(*step)).collect(),
        });
        let years = years.collect();
        Plan { runs, seed, years, together: pairs(simulation), threads, exactly: false }
    }

    fn can_be_drawn(&self, simulation: &Simulation) -> Result<(), Box<Diagnostic>> {
        if Dependence::of(&pairs(simulation)).is_none() {
            return Err(problems::correlations_clash(simulation).into());
        }
        let plan = self.plan(simulation, 1, simulation.seed, 1);
        plan.check().map_err(|(year, figure, unfit)| {
            problems::distribution_unfit(&self.program, simulation, &self.title, year, figure, unfit).into()
        })
    }

    /// The problem of a run that cannot be settled here.
    pub(super) fn stops(&self, simulation: &Simulation, stopped: &Stopped) -> Box<Diagnostic> {
        let settlement = self.years.first().map(|year| &year.settlement);
        problems::simulation_stops(&self.program, simulation, &self.title, settlement, stopped).into()
    }
}

/// How many rows a case of a simulation has.
pub(super) fn rows(simulation: &Simulation) -> usize {
    usize::try_from(simulation.rows).unwrap_or(0)
}

/// How many cases are settled together in each run; nought where a run is one case.
fn cases(simulation: &Simulation, seen: &[Vec<Exact>]) -> Result<usize, Box<Diagnostic>> {
    match simulation.cases {
        None => Ok(0),
        Some(Cases::Many(many)) => Ok(usize::try_from(many).unwrap_or(usize::MAX)),
        Some(Cases::OfHistory) => {
            let drawn = simulation.vary.iter().zip(seen).find(|(vary, _)| vary.shape == Shape::History);
            let found = drawn.map(|(_, figures)| figures.len());
            found.ok_or_else(|| problems::cases_of_nothing(simulation).into())
        }
    }
}

/// How many months of a run are over when each of its periods begins, and how many it has.
pub(super) fn months(program: &Program, periods: &[usize]) -> Vec<(u32, u32)> {
    let all = || periods.iter().filter_map(|period| program.contract.periods.get(*period));
    let Some(first) = all().next() else { return Vec::new() };
    all().map(|period| (changes::months(first, period.start), changes::months(period, period.end))).collect()
}

/// The figures of the history for every input that is drawn from it.
fn seen(
    program: &Program,
    simulation: &Simulation,
    history: &History,
    locality: &str,
) -> Result<Vec<Vec<Exact>>, Box<Diagnostic>> {
    let of = |vary: &Vary| match super::history::is_of(vary.shape) {
        true => history.figures(program, vary, locality),
        false => Ok(Vec::new()),
    };
    simulation.vary.iter().map(of).collect()
}

/// A contract that holds in many places.
pub(super) struct Template<'a> {
    /// The contract with all its places.
    pub(super) program: &'a Program,
    /// Its texts.
    pub(super) sources: &'a Sources,
    /// The contract without them, which is copied for each: a copy of thousands for each of thousands would take longer
    /// than all else.
    bare: Program,
}

impl<'a> Template<'a> {
    pub(super) fn of(program: &'a Program, sources: &'a Sources) -> Self {
        Self { program, sources, bare: program.without_localities() }
    }

    /// A place.
    pub(super) fn locality(&self, place: Option<LocalityId>) -> Option<&'a Locality> {
        self.program.localities.get(place?.index())
    }

    /// The contract as it holds in a place, without the other places.
    pub(super) fn in_place(&self, place: Option<LocalityId>) -> Program {
        let there = self.bare.clone();
        match self.locality(place) {
            Some(locality) => there.set_in(locality),
            None => there,
        }
    }

    /// The title of a place; empty for the contract as it stands.
    pub(super) fn title_of(&self, place: Option<LocalityId>) -> String {
        self.locality(place).map_or_else(String::new, |locality| locality.head.title.clone())
    }
}

fn pairs(simulation: &Simulation) -> Vec<(usize, usize, Exact)> {
    simulation.together.iter().map(|one| (one.pair.0, one.pair.1, one.by.clone())).collect()
}

/// What the contract asks of a simulation, in order: the report first, then what is expected.
pub(super) fn conditions(simulation: &Simulation) -> impl Iterator<Item = &Condition> {
    let expected = simulation.expect.iter().filter_map(|expect| match &expect.of {
        ChanceOf::Condition(condition) => Some(condition.as_ref()),
        ChanceOf::Loss(_) => None,
    });
    simulation.report.chances.iter().chain(expected)
}

/// The flows of money that are at stake, with their places: those of incentives; of a contract without any, all.
pub(super) fn stakes(program: &Program) -> impl Iterator<Item = (usize, &Flow)> {
    let of_incentive = |flow: &Flow| {
        program.line(flow.amount).is_some_and(|line| matches!(line.owner, LineOwner::Incentive(_)))
    };
    let some = program.flows.iter().any(of_incentive);
    program.flows.iter().enumerate().filter(move |(_, flow)| !some || of_incentive(flow))
}

pub(super) fn truth(expr: Expr) -> Step {
    Step::unnamed(Type::Truth, expr)
}

pub(super) fn append(settlement: &mut Settlement, steps: Vec<Step>) -> Vec<StepId> {
    let first = u32::try_from(settlement.steps.len()).unwrap_or(u32::MAX);
    let ids = (first..).map(StepId).zip(&steps).map(|(id, _)| id).collect();
    settlement.steps.extend(steps);
    ids
}

/// The steps that some steps need, with themselves.
pub(super) fn needed(settlement: &Settlement, from: impl Iterator<Item = StepId>) -> BTreeSet<StepId> {
    let mut waiting: Vec<StepId> = from.collect();
    let mut needed = BTreeSet::new();
    while let Some(step) = waiting.pop() {
        if needed.insert(step)
            && let Some(step) = settlement.steps.get(step.index())
        {
            refers(&step.expr, &mut |expr| match expr {
                Expr::Step(id) => waiting.push(*id),
                // What a period begins with is what the one before closed with.
                Expr::Carried(id) => {
                    waiting.extend(settlement.carried.get(id.index()).map(|carried| carried.closing));
                }
                _ => {}
            });
        }
    }
    needed
}

pub(super) fn refers(expr: &Expr, tell: &mut impl FnMut(&Expr)) {
    tell(expr);
    for part in expr.parts() {
        refers(part, tell);
    }
}

/// Whether a case alone, from period to period, is enough to settle what is at stake.
pub(super) fn settles_alone(
    program: &Program,
    settlement: &Settlement,
    needed: &BTreeSet<StepId>,
    simulation: &Simulation,
) -> Result<(), Box<Diagnostic>> {
    let steps = needed.iter().filter_map(|id| settlement.steps.get(id.index()));
    for step in steps {
        if step.level == Level::Row && simulation.rows == 0 {
            return Err(problems::rows_unsaid(simulation, &step.title).into());
        }
        if simulation.cases.is_none() && !step.expr.over_all().is_empty() {
            return Err(problems::cases_unsaid(simulation, &step.title).into());
        }
        for carried in step.expr.carried().iter().filter_map(|id| settlement.carried.get(id.index())) {
            let first = simulation.periods.first().copied().unwrap_or(0);
            if !carried.begins_in(first) {
                let problem = problems::balance_open(program, simulation, &carried.title, &carried.begins);
                return Err(problem.into());
            }
        }
    }
    if simulation.rows > 0 && simulation.vary.iter().all(|vary| !vary.per_row) {
        return Err(problems::rows_for_nothing(simulation).into());
    }
    match simulation.vary.iter().find(|vary| vary.per_row && simulation.rows == 0) {
        Some(vary) => Err(problems::rows_unsaid(simulation, &changes::title(program, vary)).into()),
        None => Ok(()),
    }
}

/// Whether every input that is needed varies or may be missing, and every input that varies is needed.
fn known(
    program: &Program,
    settlement: &Settlement,
    needed: &BTreeSet<StepId>,
    simulation: &Simulation,
    drawn: &[InputId],
) -> Result<(), Box<Diagnostic>> {
    let mut inputs = BTreeSet::new();
    for step in needed.iter().filter_map(|id| settlement.steps.get(id.index())) {
        refers(&step.expr, &mut |expr| {
            if let Expr::Input(id) = expr {
                inputs.insert(*id);
            }
        });
    }
    let varies = |input: &InputId| drawn.contains(input);
    let refuses =
        |input: &&InputId| settlement.inputs.get(input.index()).is_some_and(|input| refuses(&input.missing));
    let unknown = inputs.iter().filter(|input| !varies(input)).filter(refuses);
    let mut missing: Vec<&str> =
        unknown.filter_map(|input| drawn_whole::name(program, settlement, simulation, *input)).collect();
    missing.dedup();
    if !missing.is_empty() {
        return Err(problems::input_not_varied(simulation, &missing).into());
    }
    match simulation.vary.iter().zip(drawn).find(|(_, input)| !inputs.contains(input)) {
        Some((vary, _)) => Err(problems::varied_for_nothing(program, vary).into()),
        None => Ok(()),
    }
}

pub(super) fn refuses(rule: &MissingRule) -> bool {
    match rule {
        MissingRule::Refuse => true,
        MissingRule::Neutral | MissingRule::Use(_) => false,
        MissingRule::CarryForward { then, .. } => refuses(then),
    }
}

/// The figures of one distribution, and after them those of the changes of what is drawn from it.
type Figures = (Vec<(Figure, Exact)>, Vec<Exact>);

/// The figures of every distribution, for each period.
fn figures(
    program: &Program,
    whole: &Settlement,
    simulation: &Simulation,
) -> Result<Vec<Vec<Figures>>, Box<Diagnostic>> {
    let mut with = whole.clone();
    let mut places = Vec::new();
    for vary in &simulation.vary {
        let steps = vary.figures.iter().map(|(_, expr)| expr).chain(changes::figures(vary)).map(|expr| {
            let unit = expr.ty.unit().cloned().unwrap_or_else(Unit::none);
            Step::unnamed(Type::Number(unit), expressions::expression(program, expr))
        });
        places.push(append(&mut with, steps.collect()));
    }
    let wanted = needed(&with, places.iter().flatten().copied());
    let of_period = |period: &usize| {
        let excerpt = Excerpt::of(&with, &wanted, &BTreeMap::new(), &Instead::new());
        let alone = Settlement { allocations: Vec::new(), ..excerpt.settlement.clone() };
        let outcome = Prepared::new(&alone).settle(&Case { period: *period, ..Case::default() }).ok();
        let value = |step: &StepId| match outcome.as_ref()?.value(excerpt.step(*step)?, None)? {
            Value::Number(number) => Some(number.clone()),
            _ => None,
        };
        let of_vary = |(vary, steps): (&Vary, &Vec<StepId>)| {
            let (own, of_changes) = steps.split_at_checked(vary.figures.len()).unwrap_or((steps, &[]));
            let figures = vary.figures.iter().zip(own);
            let figures: Option<Vec<(Figure, Exact)>> =
                figures.map(|((figure, _), step)| Some((*figure, value(step)?))).collect();
            let of_changes: Option<Vec<Exact>> = of_changes.iter().map(value).collect();
            figures.zip(of_changes).ok_or_else(|| problems::figure_not_fixed(vary).into())
        };
        simulation.vary.iter().zip(&places).map(of_vary).collect()
    };
    simulation.periods.iter().map(of_period).collect()
}

fn varied(
    program: &Program,
    (simulation, inputs): (&Simulation, &[InputId]),
    year: &Excerpt,
    figures: Vec<Figures>,
    seen: &[Vec<Exact>],
    months: u32,
) -> Vec<Varied> {
    let of_vary =
        |(((vary, input), (figures, of_changes)), seen): (((&Vary, &InputId), Figures), &Vec<Exact>)| {
            let owner = program.input(vary.input).map(|input| &input.owner);
            let measure = matches!(owner, Some(InputOwner::Measure(_)));
            let name = program.drawn(vary).map_or_else(String::new, |head| head.name.clone());
            let (domain, grain) = (domain(&vary.unit, measure), grain(program, &vary.unit));
            Varied {
                changes: changes::changes(vary, &name, months, &grain, of_changes.into_iter(), domain),
                name,
                input: year.input(*input),
                distribution: distribution(program, (vary, simulation.cases), measure, &figures, seen),
                per_row: vary.per_row,
            }
        };
    simulation.vary.iter().zip(inputs).zip(figures).zip(seen).map(of_vary).collect()
}

fn distribution(
    program: &Program,
    (vary, cases): (&Vary, Option<Cases>),
    measure: bool,
    figures: &[(Figure, Exact)],
    seen: &[Exact],
) -> Distribution {
    let find =
        |wanted: Figure| figures.iter().find(|(figure, _)| *figure == wanted).map(|(_, value)| value.clone());
    let get = |wanted: Figure| find(wanted).unwrap_or_default();
    let mean = get(Figure::Mean);
    let sd = find(Figure::Sd).or_else(|| find(Figure::SdOfMean).map(|share| share * mean.abs()));
    let (from, to, likely) = (get(Figure::From), get(Figure::To), get(Figure::Likely));
    let values = || figures.iter().map(|(_, value)| value.clone()).collect();
    let own_ends = matches!(vary.shape, Shape::Uniform | Shape::Triangular | Shape::Pert | Shape::Beta);
    let ends = if own_ends { (None, None) } else { (find(Figure::From), find(Figure::To)) };
    let shape = match vary.shape {
        Shape::Fixed => jcm_simulate::Shape::Fixed(get(Figure::Value)),
        Shape::OneOf => jcm_simulate::Shape::OneOf(values()),
        Shape::Empirical => jcm_simulate::Shape::OneOf(seen.to_vec()),
        Shape::History if cases == Some(Cases::OfHistory) => jcm_simulate::Shape::OfCase(seen.to_vec()),
        Shape::History => jcm_simulate::Shape::Rows(seen.to_vec()),
        Shape::Uniform => jcm_simulate::Shape::Uniform { from, to },
        Shape::Triangular => jcm_simulate::Shape::Triangular { from, likely, to },
        Shape::Pert => jcm_simulate::Shape::Pert { from, likely, to },
        Shape::Normal => jcm_simulate::Shape::Normal { mean, sd: sd.unwrap_or_default() },
        Shape::Lognormal => jcm_simulate::Shape::Lognormal { mean, sd: sd.unwrap_or_default() },
        Shape::Beta => jcm_simulate::Shape::Beta { from, to, mean, sd },
        Shape::Gamma => jcm_simulate::Shape::Gamma { mean, sd: sd.unwrap_or_default() },
        Shape::Poisson => jcm_simulate::Shape::Poisson { mean },
        Shape::Binomial => jcm_simulate::Shape::Binomial { of: get(Figure::Of), chance: get(Figure::Chance) },
    };
    let (least, most) = domain(&vary.unit, measure);
    let from = [ends.0, least].into_iter().flatten().max();
    let to = [ends.1, most].into_iter().flatten().min();
    Distribution { shape, from, to, grain: grain(program, &vary.unit) }
}

/// Between which figures one of a unit can lie: what is counted is not below nothing, and a measure in percent is a
/// share.
fn domain(unit: &Unit, measure: bool) -> (Option<Exact>, Option<Exact>) {
    let counted = !unit.dims().is_empty() && unit.is_money().is_none();
    let share = measure && unit.dims().is_empty() && unit.is_percent();
    ((counted || share).then(Exact::zero), share.then(Exact::one))
}

/// To what figures of a unit are fixed when they are drawn: the smallest amount of the contract, whole things, a
/// hundredth of a percent, and of what else there is a hundredth of the figure as it is written.
pub(super) fn grain(program: &Program, unit: &Unit) -> Exact {
    if unit.is_money().is_some() {
        return program.contract.rounding.grain.clone();
    }
    let hundredth = Exact::ten_to(-2);
    unit.grain().or_else(|| hundredth.checked_div(&unit.scale())).unwrap_or(hundredth)
}
