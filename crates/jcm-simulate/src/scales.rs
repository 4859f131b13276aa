//! Whole-amount tables over a column: each row is a straight line between two numerators of the value.

use crate::columns::{Numbers, least_common_multiple};
use crate::lane::{Lane, answer, picked};
use jcm_calculus::{End, ScaleResult, ScaleRow};
use jcm_quantity::Exact;

/// A row: from which to which numerator of the value, both included, and what it gives as numerators of the result.
struct Line {
    from: Option<i128>,
    to: Option<i128>,
    start: i128,
    slope: i128,
}

/// What a table gives for each value; `None` where it has no row for one.
pub(crate) fn scale(value: &Numbers, rows: &[ScaleRow]) -> Option<Numbers> {
    let results: Vec<(Exact, Exact)> = rows.iter().map(result).collect::<Option<_>>()?;
    let mut below = 1;
    for (start, slope) in &results {
        let slope = slope.parts()?.1.checked_mul(value.below)?;
        below = least_common_multiple(least_common_multiple(below, start.parts()?.1)?, slope)?;
    }
    let mut lines = Vec::with_capacity(rows.len());
    for (row, (start, slope)) in rows.iter().zip(&results) {
        let ((start, start_below), (slope, slope_below)) = (start.parts()?, slope.parts()?);
        lines.push(Line {
            from: end(row.lower.as_ref(), value.below, true)?,
            to: end(row.upper.as_ref(), value.below, false)?,
            start: start.checked_mul(below / start_below)?,
            slope: slope.checked_mul(below / slope_below.checked_mul(value.below)?)?,
        });
    }
    let wide = |number: i128| {
        let line = lines.iter().find(|line| line.has(number))?;
        line.start.checked_add(line.slope.checked_mul(number)?)
    };
    in_64_bits(value, below, &lines)
        .or_else(|| Some(Numbers::new(below, value.iter().map(wide).collect::<Option<_>>()?)))
}

/// What lines give in 64 bits, where bounds show that it fits and every value lies in a line. Every line is gone through
/// for all values, the last one first: of two that have a value, the first is the one that counts.
fn in_64_bits(value: &Numbers, below: i128, lines: &[Line]) -> Option<Numbers> {
    let numbers = value.in_64_bits()?;
    let bound = bound(lines, value.bound()).filter(|bound| *bound <= i128::from(i64::MAX))?;
    let narrow: Vec<(i64, i64, i64, i64)> = lines.iter().map(Line::narrow).collect::<Option<_>>()?;
    let has = |number: &i64| narrow.iter().any(|(from, to, ..)| from <= number && number <= to);
    if !cover(lines, value.bound()) && !numbers.iter().all(has) {
        return None;
    }
    let ((.., start, slope), others) = narrow.split_last()?;
    let mut made = Lane::each(numbers, |number| start.wrapping_add(slope.wrapping_mul(number)));
    for (from, to, start, slope) in others.iter().rev() {
        let within = |number: i64| answer(*from <= number) & answer(number <= *to);
        if *slope == 0 {
            made.change(numbers, |so_far, number| picked(within(number), *start, so_far));
        } else {
            let at = |number: i64| start.wrapping_add(slope.wrapping_mul(number));
            made.change(numbers, |so_far, number| picked(within(number), at(number), so_far));
        }
    }
    Some(Numbers::narrow(below, made, bound))
}

/// Whether every number within a bound lies in one of the lines.
fn cover(lines: &[Line], bound: i128) -> bool {
    let mut next = -bound;
    while next <= bound {
        match lines.iter().find(|line| line.has(next)).map(|line| line.to) {
            None => return false,
            Some(None) => return true,
            Some(Some(to)) => next = to.saturating_add(1),
        }
    }
    true
}

impl Line {
    fn has(&self, number: i128) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }

    /// The same in 64 bits; an end beyond them is never reached by a 64-bit numerator.
    fn narrow(&self) -> Option<(i64, i64, i64, i64)> {
        let least = |end: i128| i64::try_from(end).unwrap_or(if end < 0 { i64::MIN } else { i64::MAX });
        let from = self.from.map_or(i64::MIN, least);
        let to = self.to.map_or(i64::MAX, least);
        Some((from, to, i64::try_from(self.start).ok()?, i64::try_from(self.slope).ok()?))
    }
}

/// What no result of a value within a bound passes.
fn bound(lines: &[Line], value: i128) -> Option<i128> {
    let mut most = 0;
    for line in lines {
        let ends =
            [line.from.map_or(-value, |from| from.max(-value)), line.to.map_or(value, |to| to.min(value))];
        for end in ends {
            most = most.max(line.start.checked_add(line.slope.checked_mul(end)?)?.checked_abs()?);
        }
    }
    Some(most)
}

/// The least numerator above a lower end, or the greatest below an upper one; `None` inside where there is no end.
fn end(end: Option<&End>, below: i128, lower: bool) -> Option<Option<i128>> {
    let Some(end) = end else { return Some(None) };
    let (above, own) = end.value.parts()?;
    let (whole, rest) = {
        let scaled = above.checked_mul(below)?;
        (scaled.div_euclid(own), scaled.rem_euclid(own))
    };
    Some(Some(match (lower, rest == 0, end.included) {
        (true, true, true) | (false, true, true) | (false, false, _) => whole,
        (true, true, false) | (true, false, _) => whole.checked_add(1)?,
        (false, true, false) => whole.checked_sub(1)?,
    }))
}

/// What a row gives at nought, and for each unit of the value.
fn result(row: &ScaleRow) -> Option<(Exact, Exact)> {
    Some(match &row.result {
        ScaleResult::Flat(result) => (result.clone(), Exact::zero()),
        ScaleResult::Even { from, to } => {
            let (lower, upper) = (&row.lower.as_ref()?.value, &row.upper.as_ref()?.value);
            let slope = (to - from).checked_div(&(upper - lower))?;
            (from - &slope * lower, slope)
        }
    })
}
