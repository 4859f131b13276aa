//! A scale over a box: the row that has all of it, or what several rows give together.

use super::{Boxed, inside, note_jump};
use crate::span::Span;
use jcm_calculus::{ScaleResult, ScaleRow};
use jcm_eval::{Reading, result_at};
use jcm_quantity::{End, Exact, Range};

impl Boxed<'_> {
    /// What the rows of a scale give over a box; nothing where no figure of the box has a row.
    pub(super) fn by_rows(&mut self, number: &Span, rows: &[ScaleRow]) -> Option<Span> {
        let touched: Vec<&ScaleRow> = rows.iter().filter(|row| self.touches(number, row)).collect();
        let alone = match touched.as_slice() {
            [row] if self.holds_all(number, row) => Some(*row),
            rows => runs_on_from(number, rows),
        };
        if let Some(row) = alone {
            return match &row.result {
                ScaleResult::Flat(result) => Some(self.exactly(result)),
                ScaleResult::Even { from, to } => {
                    let (low, high) = (&row.lower.as_ref()?.value, &row.upper.as_ref()?.value);
                    let slope = (to - from).checked_div(&(high - low))?;
                    Some(self.along(number, (low, from), &slope))
                }
            };
        }
        if touched.is_empty() {
            // No figure of the box has a row, as far as the ranges say; so nothing here has a result.
            return None;
        }
        self.many_rows(number, &touched)
    }

    /// Whether some number of the span can be in a row.
    fn touches(&self, number: &Span, row: &ScaleRow) -> bool {
        let point = number.point().is_some();
        let above = row.lower.as_ref().is_none_or(|end| {
            let high = &number.range.high;
            let at = End::At(end.value.clone());
            *high > at || (*high == at && end.included && (point || !self.is_inside_of(number)))
        });
        let below = row.upper.as_ref().is_none_or(|end| {
            let low = &number.range.low;
            let at = End::At(end.value.clone());
            *low < at || (*low == at && end.included && (point || !self.is_inside_of(number)))
        });
        above && below
    }

    /// Whether the span's own ends are not among its numbers.
    fn is_inside_of(&self, number: &Span) -> bool {
        self.cell.inside
            && number.form.as_ref().is_some_and(|form| form.is_multilinear() && form.number().is_none())
    }

    /// Whether every number of the span is in a row.
    fn holds_all(&self, number: &Span, row: &ScaleRow) -> bool {
        let open = self.is_inside_of(number);
        let low = row.lower.as_ref().is_none_or(|end| {
            let at = End::At(end.value.clone());
            number.range.low > at || (number.range.low == at && (end.included || open))
        });
        let high = row.upper.as_ref().is_none_or(|end| {
            let at = End::At(end.value.clone());
            number.range.high < at || (number.range.high == at && (end.included || open))
        });
        low && high
    }

    /// What several rows give together.
    fn many_rows(&mut self, number: &Span, rows: &[&ScaleRow]) -> Option<Span> {
        let mut results: Vec<(Exact, Exact)> = Vec::new();
        for row in rows {
            for end in [&row.lower, &row.upper].into_iter().flatten() {
                if inside(number, &end.value) {
                    self.note_border(&self.beyond(number, &end.value));
                }
            }
            let clip = |end: &End, own: &Option<jcm_calculus::End>, greater: bool| {
                let own = own.as_ref().map(|end| &end.value);
                match (end.number(), own) {
                    (Some(end), Some(own)) => Some(if greater { end.max(own) } else { end.min(own) }.clone()),
                    (end, own) => end.or(own).cloned(),
                }
            };
            let at = |value: Option<Exact>| match (&row.result, value) {
                (ScaleResult::Flat(result), _) => Some(result.clone()),
                (_, Some(value)) => result_at(row, &value),
                _ => None,
            };
            let low = at(clip(&number.range.low, &row.lower, true))?;
            let high = at(clip(&number.range.high, &row.upper, false))?;
            results.push((low, high));
        }
        let ends = || results.iter().flat_map(|(low, high)| [low, high]);
        let range = Range::around(ends().map(|end| Range::point(end.clone())))?;
        let gaps = rows.iter().zip(rows.iter().skip(1)).any(|(a, b)| {
            let (a, b) = (a.upper.as_ref(), b.lower.as_ref());
            a.zip(b).is_none_or(|(a, b)| a.value != b.value || !(a.included || b.included))
        });
        let outside = rows.first().is_some_and(|row| !self.reaches_low(number, row))
            || rows.last().is_some_and(|row| !self.reaches_high(number, row));
        let steps = results.iter().zip(results.iter().skip(1)).any(|(a, b)| a.1 != b.0);
        let notes = self.notes.get_mut();
        if steps || gaps {
            note_jump(notes, number);
        }
        notes.stops |= gaps || outside;
        let values: Vec<&Exact> = ends().collect();
        let pairs = || values.iter().zip(values.iter().skip(1));
        let trends = if pairs().all(|(a, b)| a <= b) {
            number.trends.clone()
        } else if pairs().all(|(a, b)| a >= b) {
            number.trends.iter().map(|trend| trend.reversed()).collect()
        } else {
            number.somewhere(Range::ALL).trends
        };
        Some(Span { range, form: None, trends })
    }

    fn reaches_low(&self, number: &Span, row: &ScaleRow) -> bool {
        let no_end = ScaleRow { upper: None, ..row.clone() };
        self.holds_all(number, &no_end)
    }

    fn reaches_high(&self, number: &Span, row: &ScaleRow) -> bool {
        let no_end = ScaleRow { lower: None, ..row.clone() };
        self.holds_all(number, &no_end)
    }
}

/// The row that has all numbers of a span, where the others have only its ends and go on from it there.
fn runs_on_from<'r>(number: &Span, rows: &[&'r ScaleRow]) -> Option<&'r ScaleRow> {
    let Range { low, high } = &number.range;
    let above = |row: &ScaleRow| row.lower.as_ref().is_none_or(|end| *low >= End::At(end.value.clone()));
    let below = |row: &ScaleRow| row.upper.as_ref().is_none_or(|end| *high <= End::At(end.value.clone()));
    let own = rows.iter().copied().find(|row| above(row) && below(row)).filter(|_| low != high)?;
    let goes_on = |row: &ScaleRow| {
        // The end by which a row is touched is the one at which it meets the other.
        let at = if above(row) { low.number() } else { high.number() };
        let apart = row.lower.as_ref().is_some_and(|end| Some(&end.value) == high.number())
            || row.upper.as_ref().is_some_and(|end| Some(&end.value) == low.number());
        let value = |row: &ScaleRow| match &row.result {
            ScaleResult::Flat(result) => Some(result.clone()),
            ScaleResult::Even { .. } => result_at(row, at?),
        };
        apart && value(row).is_some_and(|value_there| Some(value_there) == value(own))
    };
    let others = || rows.iter().filter(|row| !std::ptr::eq(**row, own));
    // At an end that the row leaves out there must be another.
    let low_there = own.lower.as_ref().is_none_or(|end| end.included || Some(&end.value) != low.number())
        || others().any(|row| {
            row.upper.as_ref().is_some_and(|end| end.included && Some(&end.value) == low.number())
        });
    let high_there = own.upper.as_ref().is_none_or(|end| end.included || Some(&end.value) != high.number())
        || others().any(|row| {
            row.lower.as_ref().is_some_and(|end| end.included && Some(&end.value) == high.number())
        });
    (low_there && high_there && others().all(|row| goes_on(row))).then_some(own)
}
