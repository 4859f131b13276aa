//! Figures of examples, moved: what is paid with another cost, count or score.

use crate::reach::Reach;
use crate::view::{View, number};
use jcm_model::{Constant, Example, InputId, LineId, Ty};
use jcm_quantity::Exact;

/// A figure is moved to so many times what it is.
const TIMES: [i64; 5] = [0, 2, 10, 100, 1000];

/// A figure that an example gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Input(InputId),
    Line(LineId),
}

impl Figure {
    /// The figure's title and what it is in an example, in words.
    pub(crate) fn named(self, view: &View<'_>, example: &Example) -> Option<(String, String)> {
        let (title, value, ty) = match self {
            Figure::Input(id) => {
                let input = view.program.input(id)?;
                let value = example.given.iter().find(|(given, _)| *given == id).map(|(_, value)| value);
                (&input.head.title, value?, &input.ty)
            }
            Figure::Line(id) => {
                let line = view.program.line(id)?;
                let value =
                    example.given_lines.iter().find(|(given, _)| *given == id).map(|(_, value)| value);
                (&line.head.title, value?, &line.ty)
            }
        };
        Some((title.clone(), view.value(value, ty)))
    }

    fn ty<'a>(self, view: &View<'a>) -> Option<&'a Ty> {
        match self {
            Figure::Input(id) => view.program.input(id).map(|input| &input.ty),
            Figure::Line(id) => view.program.line(id).map(|line| &line.ty),
        }
    }
}

/// The numbers that an example gives and that something depends on.
pub(crate) fn movable(view: &View<'_>, example: &Example, behind: &Reach) -> Vec<(Figure, Exact)> {
    let inputs = example.given.iter().filter(|(id, _)| behind.inputs.contains(id));
    let inputs = inputs.filter_map(|(id, value)| Some((Figure::Input(*id), number(value)?.clone())));
    let lines = example.given_lines.iter().filter(|(id, _)| {
        behind.lines.contains(id) && view.program.line(*id).is_some_and(|line| !line.per_row)
    });
    let lines = lines.filter_map(|(id, value)| Some((Figure::Line(*id), number(value)?.clone())));
    inputs.chain(lines).collect()
}

/// An example with one of its figures moved.
pub(crate) fn moved(example: &Example, figure: Figure, to: &Exact) -> Example {
    let mut moved = example.clone();
    let value = Constant::Number(to.clone());
    match figure {
        Figure::Input(id) => {
            moved
                .given
                .iter_mut()
                .filter(|(given, _)| *given == id)
                .for_each(|given| given.1 = value.clone());
        }
        Figure::Line(id) => {
            let lines = moved.given_lines.iter_mut().filter(|(given, _)| *given == id);
            lines.for_each(|given| given.1 = value.clone());
        }
    }
    moved
}

/// What a line comes to with one figure of an example moved.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    pub(crate) amount: Exact,
    /// The figure and what it was moved to, in words.
    pub(crate) figure: String,
    pub(crate) at: String,
    pub(crate) example: jcm_source::Span,
    /// Whether it still goes further below nothing at the end of the way of the figure: nothing holds it.
    pub(crate) still_falls: bool,
}

/// What a paid line comes to with one figure of an example moved far: a percentage from none to all, anything else from
/// nothing to a thousand times itself.
pub(crate) fn moved_far(view: &View<'_>, line: LineId) -> Vec<Moved> {
    let behind = Reach::of(view.program, line);
    let mut found = Vec::new();
    for example in view.examples_for(&behind) {
        for (figure, given) in movable(view, example, &behind) {
            let is_percent = figure.ty(view).and_then(Ty::unit).is_some_and(jcm_quantity::Unit::is_percent);
            let targets: Vec<Exact> = if is_percent {
                vec![Exact::zero(), Exact::one()]
            } else {
                TIMES.iter().map(|times| &given * &Exact::from_int(*times)).collect()
            };
            let mut before: Option<Exact> = None;
            let last = targets.len().saturating_sub(1);
            for (place, at) in targets.into_iter().enumerate() {
                let example = moved(example, figure, &at);
                let worked = view.work_out(&example, &[line], &[]);
                let amount = worked.and_then(|worked| number(worked.lines.get(&(line, None))?).cloned());
                if let (Some(amount), Some((figure, at))) = (amount, figure.named(view, &example)) {
                    let twice = before.take().map(|before| before * Exact::from_int(2));
                    let falls = twice.is_some_and(|twice| amount.is_negative() && amount < twice);
                    let still_falls = falls && place == last;
                    before = Some(amount.clone());
                    found.push(Moved { amount, figure, at, example: example.head.name_span, still_falls });
                }
            }
        }
    }
    found
}
