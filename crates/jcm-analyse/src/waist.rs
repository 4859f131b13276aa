//! A line by which alone a figure reaches some payments: with it as a free figure, what lies behind it need not be
//! followed, however many kinks it has.
//!
//! As a payment goes with the line and the line with the figure, so the payment goes with the figure: the other figures
//! stay, and what else they move stays with them.

use crate::asking::Asking;
use crate::engine::{Engine, Open};
use crate::facts::Trends;
use crate::span::Trend;
use jcm_calculus::{InputId, StepId};

/// So many lines are tried, beginning with the one next to the payments.
const MOST_TRIED: usize = 4;

/// A line that stands for a figure.
pub(crate) struct Waist<'a> {
    /// How the line goes with the figure.
    pub(crate) trend: Trend,
    /// Where the line stands in the boxes.
    pub(crate) place: usize,
    /// Over the line and the figures that reach the payments without it.
    pub(crate) engine: Engine<'a>,
}

/// The lines by which alone an input reaches some lines, and that go one way with it.
pub(crate) fn waists<'a>(
    asking: &'a Asking<'a>,
    trends: &'a Trends,
    input: InputId,
    wanted: &'a [StepId],
) -> impl Iterator<Item = Result<Waist<'a>, Open>> {
    let (behind, ..) = asking.behind(wanted);
    let goes = move |line: StepId| {
        let alone = !asking.behind_but(wanted, Some(line)).1.contains(&input);
        let trend = trends.of(&asking.facts, line);
        let known = matches!(trend, Trend::Rises | Trend::Falls) && !asking.facts.can_be_missing(line);
        (alone && known).then_some((line, trend))
    };
    // One payment alone is what the lines by themselves have told already.
    let lines = behind.into_iter().rev().filter(move |line| *wanted != [*line]);
    lines.filter_map(goes).take(MOST_TRIED).map(move |(line, trend)| {
        let (engine, numbers) = asking.engine(wanted, Some(line))?;
        Ok(Waist { trend, place: numbers.len(), engine })
    })
}
