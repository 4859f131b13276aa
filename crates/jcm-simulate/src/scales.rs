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

/// What lines give in 64 bits, where bounds show that it fits and every value lies in a line. Each line is gone through
/// for all values at once. Where lines follow each other, a value has the last that begins at or below it; otherwise the
/// last one comes first, because of two that have a value the first is the one that counts.
fn in_64_bits(value: &Numbers, below: i128, lines: &[Line]) -> Option<Numbers> {
    let numbers = value.in_64_bits()?;
    let bound = bound(lines, value.bound()).filter(|bound| *bound <= i128::from(i64::MAX))?;
    let narrow: Vec<(i64, i64, i64, i64)> = lines.iter().map(Line::narrow).collect::<Option<_>>()?;
    let at = |start: i64, slope: i64| move |number: i64| start.wrapping_add(slope.wrapping_mul(number));
    let line = |(.., start, slope): &(i64, i64, i64, i64)| match slope {
        0 => Lane::same(*start, numbers.len()),
        _ => Lane::each(numbers, at(*start, *slope)),
    };
    if follow(lines, value.bound()) {
        let (first, others) = narrow.split_first()?;
        let mut made = line(first);
        for (from, _, start, slope) in others {
            let (from, start, at) = (*from, *start, at(*start, *slope));
            if *slope == 0 {
                made.change(numbers, |so_far, number| picked(answer(from <= number), start, so_far));
            } else {
                made.change(numbers, |so_far, number| picked(answer(from <= number), at(number), so_far));
            }
        }
        return Some(Numbers::narrow(below, made, bound));
    }
    let has = |number: &i64| narrow.iter().any(|(from, to, ..)| from <= number && number <= to);
    if !numbers.iter().all(has) {
        return None;
    }
    let (last, others) = narrow.split_last()?;
    let mut made = line(last);
    for (from, to, start, slope) in others.iter().rev() {
        let within = |number: i64| answer(*from <= number) & answer(number <= *to);
        let at = at(*start, *slope);
        made.change(numbers, |so_far, number| picked(within(number), at(number), so_far));
    }
    Some(Numbers::narrow(below, made, bound))
}

/// Whether each line begins where the one before ends, and all together hold every number within a bound.
fn follow(lines: &[Line], bound: i128) -> bool {
    let begins = lines.first().is_some_and(|line| line.from.is_none_or(|from| from <= -bound));
    let ends = lines.last().is_some_and(|line| line.to.is_none_or(|to| bound <= to));
    let next = |(one, other): (&Line, &Line)| match (one.to, other.from) {
        (Some(to), Some(from)) => to.checked_add(1) == Some(from),
        _ => false,
    };
    begins && ends && lines.iter().zip(lines.iter().skip(1)).all(next)
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

#[cfg(test)]
mod tests {
    use super::*;
    use jcm_eval::result_at;

    fn row(lower: Option<(i64, bool)>, upper: Option<(i64, bool)>, result: ScaleResult) -> ScaleRow {
        let end = |(value, included)| End { value: Exact::from_int(value), included };
        ScaleRow { lower: lower.map(end), upper: upper.map(end), result }
    }

    fn flat(result: i64) -> ScaleResult {
        ScaleResult::Flat(Exact::from_int(result))
    }

    fn even(from: i64, to: i64) -> ScaleResult {
        ScaleResult::Even { from: Exact::from_int(from), to: Exact::from_int(to) }
    }

    fn has(row: &ScaleRow, number: &Exact) -> bool {
        let above = |end: &End| *number > end.value || (end.included && *number == end.value);
        let below = |end: &End| *number < end.value || (end.included && *number == end.value);
        row.lower.as_ref().is_none_or(above) && row.upper.as_ref().is_none_or(below)
    }

    #[test]
    fn rows_give_the_same_whether_or_not_they_follow_each_other() {
        let tables = [
            vec![
                row(None, Some((0, false)), flat(-3)),
                row(Some((0, true)), Some((10, false)), even(0, 7)),
                row(Some((10, true)), None, flat(7)),
            ],
            vec![
                row(Some((10, true)), None, flat(7)),
                row(Some((0, false)), Some((10, false)), even(5, -5)),
                row(None, Some((0, true)), flat(1)),
            ],
            vec![
                row(Some((-20, true)), Some((5, true)), flat(1)),
                row(Some((5, true)), Some((20, true)), flat(2)),
            ],
        ];
        for rows in tables {
            for below in [1, 3, 10] {
                let above: Vec<i128> = (-20 * below..=20 * below).collect();
                let value = Numbers::new(below, above.clone());
                let found = scale(&value, &rows).unwrap();
                for (run, above) in above.iter().enumerate() {
                    let number = Exact::from_i128(*above).checked_div(&Exact::from_i128(below)).unwrap();
                    let row = rows.iter().find(|row| has(row, &number)).unwrap();
                    assert_eq!(found.exact(run), result_at(row, &number), "{row:?} at {number:?}");
                }
            }
        }
        let gap = [row(None, Some((0, true)), flat(1)), row(Some((2, true)), None, flat(2))];
        assert_eq!(scale(&Numbers::new(1, vec![0, 1, 2]), &gap), None);
        assert!(scale(&Numbers::new(1, vec![0, 2, 3]), &gap).is_some());
    }
}
