//! `combined: mean of the quarters`: how what is reported of the parts of a settlement period becomes its figure.

use super::possible;
use crate::checker::Checker;
use crate::fields::Fields;
use crate::problems::CombinedUnfit;
use jcm_model::{
    Arithmetic, Combined, Combining, Constant, Def, Expr, ExprKind, Head, Input, InputId, InputOwner, Line,
    LineId, LineOwner, Measure, MeasureId, Missing, PartOfPeriod, Suppressed, Ty,
};
use jcm_quantity::{Base, Exact, Shown, Statistic, Unit};
use std::sync::Arc;

/// The rule of a measure, held to what is reported and to the settlement period. The outer `None` means that a problem
/// was reported.
pub(super) fn read<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    measure: &Measure,
) -> Option<Option<Combined>> {
    if fields.get("combined").is_none() {
        return Some(None);
    }
    let text = fields.text(cx, "combined").to_lowercase();
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "the").collect();
    let rule = match words.as_slice() {
        ["one", "figure", "for", "period" | "whole", ..] => Combining::Whole,
        ["sum", "of", "numerators", "over", "sum", "of", "denominators"] => Combining::Ratio,
        ["last", "of", _] => Combining::Last,
        ["mean", "of", _] => Combining::Statistic(Statistic::Mean),
        ["median", "of", _] => Combining::Statistic(Statistic::Median),
        ["sum", "of", _] => Combining::Statistic(Statistic::Sum),
        ["least", "of", _] => Combining::Statistic(Statistic::Least),
        ["greatest", "of", _] => Combining::Statistic(Statistic::Greatest),
        _ => return fields.shape(cx, "combined"),
    };
    if rule == Combining::Whole {
        return Some(Some(Combined { rule, part: None, inputs: Vec::new(), line: None }));
    }
    let named = match words.last() {
        Some(&("quarters" | "quarter")) => Some(PartOfPeriod::Quarter),
        Some(&("months" | "month")) => Some(PartOfPeriod::Month),
        _ if rule == Combining::Ratio => None,
        _ => return fields.shape(cx, "combined"),
    };
    let part = part(cx, fields, named)?;
    check_rule(cx, fields, measure, &rule)?;
    Some(Some(Combined { rule, part: Some(part), inputs: Vec::new(), line: None }))
}

fn unfit<T>(cx: &mut Checker<'_>, fields: &Fields<'_>, why: String, help: &str) -> Option<T> {
    cx.report(CombinedUnfit { span: fields.span_of("combined"), why, help: help.to_owned() })
}

/// In which parts the measure is reported, of which a settlement period must have several.
fn part<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    named: Option<PartOfPeriod>,
) -> Option<(PartOfPeriod, u32)> {
    let reported = fields.text(cx, "reported").to_lowercase();
    // Parts of a contract year are put together as those of the calendar are.
    let mut words = reported.split_whitespace().filter(|word| *word != "contract");
    let stated = match (words.next(), words.next()) {
        (Some("every" | "each"), Some("quarter" | "quarter,")) => Some(PartOfPeriod::Quarter),
        (Some("every" | "each"), Some("month" | "month,")) => Some(PartOfPeriod::Month),
        _ => None,
    };
    let help = "Write in `reported` how often the measure is reported, such as `every quarter, 2 months after it ends`, \
                and put the same parts together here";
    let part = match (named, stated) {
        (Some(named), Some(stated)) if named == stated => named,
        (None, Some(stated)) => stated,
        (Some(named), Some(stated)) => {
            let why = format!("it puts {}s together, and is reported every {}", named.name(), stated.name());
            return unfit(cx, fields, why, help);
        }
        (_, None) => {
            return unfit(
                cx,
                fields,
                "it is not said to be reported every month or quarter".to_owned(),
                help,
            );
        }
    };
    let every = cx.parts.contract.as_ref()?.settled_every;
    let count = every.months().checked_div(part.months()).unwrap_or(0);
    if count < 2 {
        let why = format!("a settlement period is one {} and has no parts", every.words());
        return unfit(
            cx,
            fields,
            why,
            "Leave it out: the figure that is reported is the figure of the period",
        );
    }
    Some((part, count))
}

/// Holds the rule to the unit of the measure and to what a missing or suppressed figure means.
fn check_rule(cx: &mut Checker<'_>, fields: &Fields<'_>, measure: &Measure, rule: &Combining) -> Option<()> {
    if *rule == Combining::Last {
        return Some(());
    }
    if measure.choice.is_some() {
        let why = "it reports one of a list of choices, which cannot be put together".to_owned();
        return unfit(cx, fields, why, "Write `last of the quarters` or `one figure for the period`");
    }
    let per_time = measure.unit.dims().iter().any(|(base, power)| is_time(base) && *power < 0);
    if *rule == Combining::Statistic(Statistic::Sum) && (measure.unit.is_percent() || per_time) {
        let why = "rates and percentages of several parts do not add up".to_owned();
        let help = "Write `mean of the quarters` or `sum of numerators over sum of denominators`";
        return unfit(cx, fields, why, help);
    }
    if let Missing::CarryForward { then, .. } = &measure.missing
        && **then == Missing::Refuse
    {
        let why =
            "a figure that is carried forward from one part to the next does not say what holds after that";
        let help = "Write what comes then: `carry_forward for 1 quarter, then neutral`, or a figure";
        return unfit(cx, fields, why.to_owned(), help);
    }
    if *rule != Combining::Ratio {
        return Some(());
    }
    if halves(&measure.unit).is_none() {
        let why =
            "its unit has no denominator: it is neither a percentage nor a figure per something".to_owned();
        return unfit(cx, fields, why, "Write `sum of the quarters` or `mean of the quarters`");
    }
    let stands_in = match &measure.missing {
        Missing::Use(_) => true,
        Missing::CarryForward { then, .. } => matches!(**then, Missing::Use(_)),
        _ => false,
    };
    if stands_in || matches!(measure.doubt.suppressed, Some(Suppressed::Use(_))) {
        let why = "numerators and denominators are reported, and a figure that stands in for the measure is neither";
        let help = "Write `missing: neutral` or `missing: refuse`, and `suppressed: as missing`";
        return unfit(cx, fields, why.to_owned(), help);
    }
    Some(())
}

fn is_time(base: &Base) -> bool {
    matches!(base, Base::Time(_))
}

/// The units of numerator and denominator. A rate over a time has the time besides, which the part brings itself.
fn halves(unit: &Unit) -> Option<(Unit, Unit)> {
    if unit.is_percent() {
        return Some((Unit::none(), Unit::none()));
    }
    let above = unit.dims().iter().filter(|(_, power)| *power > 0).cloned();
    let below = unit.dims().iter().filter(|(base, power)| *power < 0 && !is_time(base));
    let below: Vec<_> = below.map(|(base, power)| (base.clone(), power.saturating_neg())).collect();
    (!below.is_empty()).then(|| (Unit::of(above, Shown::Plain), Unit::of(below, Shown::Plain)))
}

/// The line that is the figure of the period, with an input for each part; made where money first depends on it.
/// The outer `None`: the measure is reported in one figure.
pub(super) fn line(cx: &mut Checker<'_>, id: MeasureId) -> Option<Option<LineId>> {
    let measure = cx.parts.measures.get(id.index())?.as_ref()?.clone();
    let combined = measure.combined.clone()?;
    let (part, count) = combined.part?;
    if combined.rule == Combining::Last {
        return None;
    }
    if combined.line.is_some() {
        return Some(combined.line);
    }
    let maker = Maker { id, measure: &measure, part, count };
    let mut inputs = Vec::new();
    let expr = match &combined.rule {
        Combining::Statistic(statistic) => {
            let values = maker.inputs(cx, "", &measure.unit, &mut inputs);
            maker.number(ExprKind::Statistic { statistic: statistic.clone(), values }, &measure.unit)
        }
        _ => match maker.ratio(cx, &mut inputs) {
            Some(expr) => expr,
            None => return Some(None),
        },
    };
    let ty = Ty::Number(measure.unit.clone());
    let owner = LineOwner::Measure(id);
    let line = cx.add_line(Line { head: measure.head.clone(), owner, ty, per_row: false, expr });
    if let Some(Some(measure)) = cx.parts.measures.get_mut(id.index()) {
        Arc::make_mut(measure).combined = Some(Combined { inputs, line: Some(line), ..combined });
    }
    cx.keep_nothing();
    Some(Some(line))
}

/// What the inputs and the line of one measure are made from.
struct Maker<'m> {
    id: MeasureId,
    measure: &'m Measure,
    part: PartOfPeriod,
    count: u32,
}

impl Maker<'_> {
    fn number(&self, kind: ExprKind, unit: &Unit) -> Expr {
        Expr { kind, ty: Ty::Number(unit.clone()), span: self.measure.head.name_span }
    }

    /// The figure of each part, in order. What is carried forward comes from the parts before it in the same period.
    fn inputs(&self, cx: &mut Checker<'_>, half: &str, unit: &Unit, made: &mut Vec<InputId>) -> Vec<Expr> {
        let mut own: Vec<Expr> = Vec::new();
        for place in 1..=self.count {
            let id = self.input(cx, half, unit, place);
            made.push(id);
            own.push(self.number(ExprKind::Input(id), unit));
        }
        let Missing::CarryForward { times, then } = &self.measure.missing else { return own };
        let last = match &**then {
            Missing::Use(constant) => Some(self.number(ExprKind::Constant(constant.clone()), unit)),
            _ => None,
        };
        let reach = usize::try_from(*times).unwrap_or(usize::MAX);
        let carried = (0..own.len()).map(|place| {
            let earlier = own.iter().take(place).rev().take(reach).cloned();
            let chain: Vec<Expr> =
                own.get(place).cloned().into_iter().chain(earlier).chain(last.clone()).collect();
            let joined = chain.into_iter().rev().reduce(|default, value| {
                self.number(ExprKind::IfMissing { value: Box::new(value), default: Box::new(default) }, unit)
            });
            joined.unwrap_or_else(|| self.number(ExprKind::Constant(Constant::Missing), unit))
        });
        carried.collect()
    }

    fn input(&self, cx: &mut Checker<'_>, half: &str, unit: &Unit, place: u32) -> InputId {
        let (head, word) = (&self.measure.head, self.part.name());
        let (name, title) = match half {
            "" => (format!("{word}_{place}"), format!("{}, {word} {place}", head.title)),
            _ => (format!("{word}_{place}_{half}"), format!("{}, {half} of {word} {place}", head.title)),
        };
        let missing = match &self.measure.missing {
            Missing::CarryForward { .. } => Missing::Neutral,
            other => other.clone(),
        };
        let input = Input {
            head: Head { name: format!("{}.{name}", head.name), title, ..head.clone() },
            owner: InputOwner::Measure(self.id),
            ty: Ty::Number(unit.clone()),
            per_row: false,
            source: self.measure.source.clone(),
            missing,
            doubt: self.measure.doubt.clone(),
        };
        let input = cx.add_input(input);
        cx.members.insert(Def::Measure(self.id), name, Def::Input(input));
        input
    }

    /// What is possible of the measure holds for each part: for its numerator over its denominator.
    fn limit_halves(&self, cx: &mut Checker<'_>, made: &[InputId]) {
        let possible = &self.measure.doubt.possible;
        let time = self.measure.unit.dims().iter().find(|(base, power)| is_time(base) && *power == -1);
        let times = time.map_or(Some(Exact::one()), |(base, _)| self.length(base));
        let (numerators, denominators) = made.split_at(made.len() / 2);
        for (numerator, denominator) in numerators.iter().zip(denominators) {
            let of_numerator = match &times {
                Some(times) => possible::of_numerator(possible, *denominator, times.clone()),
                None => possible::of_count(possible),
            };
            let halves = [(numerator, of_numerator), (denominator, possible::of_count(possible))];
            for (id, possible) in halves {
                if let Some(Some(input)) = cx.parts.inputs.get_mut(id.index()) {
                    Arc::make_mut(input).doubt.possible = possible;
                }
            }
        }
    }

    /// The part of a unit of time that one part of the period is.
    fn length(&self, base: &Base) -> Option<Exact> {
        Exact::from(i64::from(self.part.months())).checked_div(&months_of(base)?)
    }

    /// Numerators over denominators; of a rate per year, each denominator counts for its part of the year.
    fn ratio(&self, cx: &mut Checker<'_>, made: &mut Vec<InputId>) -> Option<Expr> {
        let (above, below) = halves(&self.measure.unit)?;
        let sum = |values, unit: &Unit| {
            self.number(ExprKind::Statistic { statistic: Statistic::Sum, values }, unit)
        };
        let numerators = self.inputs(cx, "numerator", &above, made);
        let denominators = self.inputs(cx, "denominator", &below, made);
        self.limit_halves(cx, made);
        let (numerators, mut denominators) = (sum(numerators, &above), sum(denominators, &below));
        let time = self.measure.unit.dims().iter().find(|(base, power)| is_time(base) && *power == -1);
        if let Some((base, _)) = time {
            let length = self.length(base)?;
            let time = Unit::of([(base.clone(), 1)], Shown::Plain);
            let length = self.number(ExprKind::Constant(Constant::Number(length)), &time);
            let (left, right) = (Box::new(denominators), Box::new(length));
            let kind = ExprKind::Arithmetic { op: Arithmetic::Multiply, left, right };
            denominators = self.number(kind, &below.times(&time));
        }
        let (left, right) = (Box::new(numerators), Box::new(denominators));
        let kind = ExprKind::Arithmetic { op: Arithmetic::Divide, left, right };
        Some(self.number(kind, &self.measure.unit))
    }
}

/// How many months a unit of time has, where that is the same for each.
fn months_of(base: &Base) -> Option<Exact> {
    match base {
        Base::Time(name) if name == "year" => Some(Exact::from(12)),
        Base::Time(name) if name == "month" => Some(Exact::one()),
        _ => None,
    }
}
