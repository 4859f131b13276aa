//! The levers of an example: where each is, how far it can go, and what a person has written beside it.

use super::{Lever, Moved, Moves, Reach, range_of};
use crate::value::{in_words, value_of};
use jcm_model::{Constant, Example, ParameterId, Program, Ty};
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use std::collections::BTreeSet;

/// A lever, with what it moves.
pub(super) struct Set {
    pub(super) lever: Lever,
    pub(super) place: Place,
    /// Where it is.
    pub(super) value: Constant,
    pub(super) is_moved: bool,
}

/// What a lever moves: a knob, or a figure of the example by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Knob(ParameterId),
    Given(usize),
    GivenLine(usize),
}

/// Stops along which a lever can be moved, and between which it cannot.
struct Stops {
    from: Exact,
    to: Exact,
    step: Exact,
    last: u32,
}

/// What a lever is made of.
struct Figure<'a> {
    name: &'a str,
    title: &'a str,
    ty: &'a Ty,
    stands: &'a Constant,
    /// The range that the contract states.
    range: Option<(Exact, Exact)>,
    place: Place,
}

/// The levers of an example: the knobs among `used`, and what the example gives for its own case in its first period.
pub(super) fn of(
    program: &Program,
    example: &Example,
    used: &BTreeSet<ParameterId>,
    moves: &Moves,
) -> Vec<Set> {
    let knobs = used.iter().filter_map(|id| {
        let knob = program.parameter(*id)?;
        let (ty, stands) = (&knob.columns.first()?.1, knob.rows.first()?.values.first()?);
        let range = Some(range_of(&knob.owner)?);
        Some(Figure {
            name: &knob.head.name,
            title: &knob.head.title,
            ty,
            stands,
            range,
            place: Place::Knob(*id),
        })
    });
    let given = example.given.iter().enumerate().filter_map(|(at, (id, stands))| {
        let input = program.input(*id)?;
        let (name, title, place) = (&input.head.name, &input.head.title, Place::Given(at));
        Some(Figure { name, title, ty: &input.ty, stands, range: None, place })
    });
    let given_lines = example.given_lines.iter().enumerate().filter_map(|(at, (id, stands))| {
        let line = program.line(*id)?;
        let (name, title, place) = (&line.head.name, &line.head.title, Place::GivenLine(at));
        Some(Figure { name, title, ty: &line.ty, stands, range: None, place })
    });
    let figures = knobs.chain(given).chain(given_lines);
    figures.filter_map(|figure| set(program, &figure, moves.get(figure.name))).collect()
}

fn set(program: &Program, figure: &Figure<'_>, moved: Option<&Moved>) -> Option<Set> {
    let words = |value: &Constant| in_words(program, &value_of(value), figure.ty);
    let (value, reach, refused) = match (figure.ty, figure.stands) {
        (Ty::Number(unit), Constant::Number(stands)) => {
            let stops = Stops::of(unit, stands, figure.range.as_ref());
            let (value, refused) = match to(unit, stands, &stops, figure.range.as_ref(), moved) {
                Ok(value) => (value, None),
                Err(why) => (stands.clone(), Some(why)),
            };
            let reach = Reach::Stops {
                at: stops.nearest(&value),
                last: stops.last,
                least: show(&stops.from, unit),
                most: show(&stops.to, unit),
                unit: unit.describe(),
            };
            (Constant::Number(value), reach, refused)
        }
        (Ty::Choice(id), Constant::Member(stands)) => {
            let choices = program.choice(*id)?.members.clone();
            let chosen = choice(&choices, stands, moved);
            (Constant::Member(chosen.clone()), Reach::OneOf { chosen, choices }, None)
        }
        (Ty::Truth, Constant::Truth(stands)) => {
            let choices: Vec<_> = ["yes", "no"].map(|word| (word.to_owned(), word.to_owned())).into();
            let chosen = choice(&choices, if *stands { "yes" } else { "no" }, moved);
            (Constant::Truth(chosen == "yes"), Reach::OneOf { chosen, choices }, None)
        }
        _ => return None,
    };
    let lever = Lever {
        name: figure.name.to_owned(),
        title: figure.title.to_owned(),
        is_knob: matches!(figure.place, Place::Knob(_)),
        stands: words(figure.stands),
        shown: words(&value),
        reach,
        refused,
    };
    Some(Set { lever, place: figure.place, is_moved: value != *figure.stands, value })
}

/// The choice that a lever is moved to; where it stands if there is no such choice.
fn choice(choices: &[(String, String)], stands: &str, moved: Option<&Moved>) -> String {
    match moved {
        Some(Moved::Written(name)) if choices.iter().any(|(known, _)| known == name) => name.clone(),
        _ => stands.to_owned(),
    }
}

/// Where a lever is moved to, or why not there.
fn to(
    unit: &Unit,
    stands: &Exact,
    stops: &Stops,
    range: Option<&(Exact, Exact)>,
    moved: Option<&Moved>,
) -> Result<Exact, String> {
    let value = match moved {
        None => return Ok(stands.clone()),
        Some(Moved::Stop(at)) => return Ok(stops.figure(*at)),
        Some(Moved::Written(text)) => written(text, unit)?,
    };
    match range {
        Some((from, to)) if value < *from || *to < value => {
            Err(format!("it goes from {} to {}", show(from, unit), show(to, unit)))
        }
        _ => Ok(value),
    }
}

/// A figure as people write it, with or without its unit.
fn written(text: &str, unit: &Unit) -> Result<Exact, String> {
    let is_of_figure = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == '-';
    let text = text.trim().replace(['−', '–'], "-");
    let sign = if text.starts_with('-') { "-" } else { "" };
    let start = text.find(|letter: char| letter.is_ascii_digit()).and_then(|start| text.get(start..));
    let end = |rest: &&str| rest.find(|letter| !is_of_figure(letter) && letter != ',').unwrap_or(rest.len());
    let digits = start.and_then(|rest| rest.get(..end(&rest))).unwrap_or_default();
    let figure = Exact::parse(&format!("{sign}{}", digits.replace(',', "").trim_end_matches('.')));
    let figure = figure.and_then(|figure| figure.checked_div(&unit.scale()));
    figure.ok_or_else(|| {
        format!("write a figure, such as {}", show(&unit.scale().recip().unwrap_or_default(), unit))
    })
}

impl Stops {
    fn of(unit: &Unit, stands: &Exact, range: Option<&(Exact, Exact)>) -> Stops {
        let one = Exact::from_int(1);
        let (from, to) = match range {
            Some((from, to)) => (from.clone(), to.clone()),
            None if unit.is_percent() && !stands.is_negative() && *stands <= one => {
                (Exact::from_int(0), one.clone())
            }
            // Nothing says how far nought can go; what is further is written.
            None if stands.is_zero() => (Exact::from_int(0), Exact::from_int(1000)),
            None => {
                let fifth = stands.abs().checked_div(&Exact::from_int(5)).unwrap_or_default();
                (stands - &fifth, stands + &fifth)
            }
        };
        let step = round_step(&(&to - &from), unit.grain().as_ref());
        let (from, to) = match range {
            Some(_) => (from, to),
            None => (from.round(&step, RoundingMode::Down), to.round(&step, RoundingMode::Down)),
        };
        let count = (&to - &from).checked_div(&step).map(|count| count.floor()).unwrap_or_default();
        Stops { last: whole(&count), from, to, step }
    }

    /// The figure at a stop; the last stop is the end of the range even where that is no whole step.
    fn figure(&self, at: u32) -> Exact {
        if at >= self.last {
            self.to.clone()
        } else {
            &self.from + &(&self.step * &Exact::from_int(i64::from(at)))
        }
    }

    fn nearest(&self, value: &Exact) -> u32 {
        if *value <= self.from {
            return 0;
        }
        let steps = (value - &self.from).checked_div(&self.step).unwrap_or_default();
        whole(&steps.round(&Exact::from_int(1), RoundingMode::HalfEven)).min(self.last)
    }
}

/// The greatest power of ten of which the range holds a hundred; not less than `grain`.
fn round_step(range: &Exact, grain: Option<&Exact>) -> Exact {
    let wanted = range.checked_div(&Exact::from_int(100)).unwrap_or_default();
    let step = (-12..30).rev().map(Exact::ten_to).find(|step| *step <= wanted);
    let step = step.unwrap_or_else(|| Exact::ten_to(-12));
    match grain {
        Some(grain) if step < *grain => grain.clone(),
        _ => step,
    }
}

fn whole(count: &Exact) -> u32 {
    count.text().parse().unwrap_or(0)
}
