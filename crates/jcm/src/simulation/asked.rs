//! What is asked of a knob on the command line, in words: `sharing_rate=30% to 60% by 5%`, and goals such as `chance of
//! loss of each partner under 10%`.

use super::plan::grain;
use super::sweep::{Goal, GoalOf, Sweeping, Turning};
use jcm_model::{Parameter, ParameterId, ParameterOwner, Program};
use jcm_quantity::{Exact, RoundingMode, Unit, show};

/// How many steps there are where nobody says how wide they are.
const STEPS: i64 = 20;
/// The most values: more say nothing more.
const MOST: usize = 1_000;

/// The most knobs that are turned together.
const MOST_KNOBS: usize = 4;

impl Sweeping {
    /// Reads `KNOB`, `KNOB=FROM to TO` or `KNOB=FROM to TO by STEP` (`..` is `to`) for each knob, and goals; or says what is
    /// wrong.
    pub fn read(program: &Program, sweeps: &[String], goals: &[String]) -> Result<Sweeping, String> {
        let knobs: Vec<Turning> =
            sweeps.iter().map(|sweep| Turning::read(program, sweep)).collect::<Result<_, _>>()?;
        for (place, knob) in knobs.iter().enumerate() {
            if knobs.iter().skip(place + 1).any(|other| other.knob == knob.knob) {
                return Err("the same knob is swept twice; say each `--sweep` of another knob".to_owned());
            }
        }
        if knobs.len() > MOST_KNOBS {
            return Err(format!("{} knobs are swept together, and at most {MOST_KNOBS} can be", knobs.len()));
        }
        if knobs.len() > 1 && goals.is_empty() {
            return Err("of several knobs together `--seek` finds the values at which a goal holds; without it, sweep one knob".to_owned());
        }
        let goals =
            goals.iter().flat_map(|goals| goals.split(", ")).map(|goal| Goal::read(program, goal.trim()));
        Ok(Sweeping { knobs, goals: goals.collect::<Result<_, _>>()? })
    }
}

impl Turning {
    fn read(program: &Program, sweep: &str) -> Result<Turning, String> {
        let (name, range) = match sweep.split_once('=') {
            Some((name, range)) => (name.trim(), Some(range.trim())),
            None => (sweep.trim(), None),
        };
        let (knob, parameter, ends) = knob(program, name)?;
        let unit =
            parameter.columns.first().and_then(|(_, ty)| ty.unit().cloned()).unwrap_or_else(Unit::none);
        let grain = grain(program, &unit);
        let (from, to, by) = match range {
            None => (ends.0.clone(), ends.1.clone(), None),
            Some(range) => parts(range, &unit)?,
        };
        let shown = |value: &Exact| show(value, &unit);
        if from < ends.0 || to > ends.1 {
            return Err(format!(
                "`{name}` may be from {} to {}, and the sweep goes from {} to {}",
                shown(&ends.0),
                shown(&ends.1),
                shown(&from),
                shown(&to)
            ));
        }
        if from >= to {
            return Err(format!("a sweep rises: {} is not below {}", shown(&from), shown(&to)));
        }
        let step = match by {
            Some(step) => step,
            None => {
                let even = (&to - &from).checked_div(&Exact::from_int(STEPS)).unwrap_or_default();
                even.round(&grain, RoundingMode::Ceiling)
            }
        };
        if !step.is_positive() {
            return Err(format!("the step {} is not above nothing", shown(&step)));
        }
        let mut values = vec![from.clone()];
        while let Some(next) = values.last().map(|last| last + &step).filter(|next| *next < to) {
            values.push(next);
            if values.len() >= MOST {
                return Err(format!(
                    "steps of {} from {} to {} are more than {MOST}",
                    shown(&step),
                    shown(&from),
                    shown(&to)
                ));
            }
        }
        values.push(to);
        Ok(Turning { knob, values, grain })
    }
}

type Ends<'p> = (&'p Exact, &'p Exact);

/// The knob of a name, and its range.
fn knob<'p>(
    program: &'p Program,
    name: &str,
) -> Result<(ParameterId, &'p Parameter, (Exact, Exact)), String> {
    let knobs = (0u32..).map(ParameterId).zip(&program.parameters).filter_map(|(id, parameter)| {
        match &parameter.owner {
            ParameterOwner::Knob { from, to } => Some((id, parameter, (from, to))),
            _ => None,
        }
    });
    let knobs: Vec<(ParameterId, &Parameter, Ends<'_>)> = knobs.collect();
    match knobs.iter().find(|(_, parameter, _)| parameter.head.name == name) {
        Some((id, parameter, (from, to))) => Ok((*id, parameter, ((*from).clone(), (*to).clone()))),
        None if knobs.is_empty() => {
            Err("the contract has no `knob`; `jcm doc knob` shows how one is written".to_owned())
        }
        None => {
            let known: Vec<&str> =
                knobs.iter().map(|(_, parameter, _)| parameter.head.name.as_str()).collect();
            Err(format!("the contract has no knob `{name}`; it has {}", known.join(", ")))
        }
    }
}

/// `30% to 60% by 5%`
fn parts(range: &str, unit: &Unit) -> Result<(Exact, Exact, Option<Exact>), String> {
    let (ends, by) = match range.split_once(" by ") {
        Some((ends, by)) => (ends, Some(value(by, unit)?)),
        None => (range, None),
    };
    let ends = ends.split_once("..").or_else(|| ends.split_once(" to "));
    let Some((from, to)) = ends else {
        return Err(format!("`{range}` is no range; write it like `KNOB=30% to 60% by 5%`"));
    };
    Ok((value(from, unit)?, value(to, unit)?, by))
}

/// `30%`, `£1,500`, `12`
fn value(text: &str, unit: &Unit) -> Result<Exact, String> {
    let text = text.trim();
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let known = Exact::parse(&digits).and_then(|number| number.checked_div(&unit.scale()));
    let example = show(&Exact::from_int(30).checked_div(&unit.scale()).unwrap_or_default(), unit);
    let is_percent = unit.dims().is_empty() && unit.is_percent();
    known
        .filter(|_| text.ends_with('%') == is_percent)
        .ok_or_else(|| format!("`{text}` is not a figure such as {example}"))
}

impl Goal {
    /// Reads `chance of loss of each partner under 10%`, `chance of loss of acute under 10%`, `expected gain of acute over
    /// £0` or `expected cost under £2,000,000`; or says what is wrong.
    pub fn read(program: &Program, text: &str) -> Result<Goal, String> {
        let limited = text.rsplit_once(" under ").map(|(what, limit)| (what, limit, true));
        let limited =
            limited.or_else(|| text.rsplit_once(" over ").map(|(what, limit)| (what, limit, false)));
        let Some((what, limit, under)) = limited else {
            return Err(format!(
                "`{text}` has no limit; write for example `chance of loss of each partner under 10%`"
            ));
        };
        let partner = |name: &str| match program.partner_named(name) {
            Some(_) => Ok(name.to_owned()),
            None => {
                let known: Vec<&str> = program.partners.iter().map(|one| one.head.name.as_str()).collect();
                Err(format!("the contract has no partner `{name}`; it has {}", known.join(", ")))
            }
        };
        let of = if let Some(name) = what.strip_prefix("chance of loss of ") {
            if name == "each partner" { GoalOf::Loss(None) } else { GoalOf::Loss(Some(partner(name)?)) }
        } else if let Some(name) = what.strip_prefix("expected gain of ") {
            GoalOf::Gain(partner(name)?)
        } else if what == "expected cost" {
            GoalOf::Cost
        } else {
            return Err(format!(
                "`{what}` is nothing to seek; it may be `chance of loss of each partner`, `chance of loss of` or `expected gain of` a partner, or `expected cost`"
            ));
        };
        let unit = match &of {
            GoalOf::Loss(_) => Unit::percent(),
            _ => Unit::money(&program.contract.currency.code),
        };
        let limit = value(limit, &unit)?;
        if matches!(of, GoalOf::Loss(_)) && (limit.is_negative() || limit > Exact::one()) {
            return Err(format!("`{text}`: a chance lies between 0% and 100%"));
        }
        Ok(Goal { text: text.to_owned(), of, under, limit })
    }
}
