//! Where the figures can lie that a period begins with: followed from period to period, from what each begins with.

use crate::asking::Asking;
use crate::facts::Facts;
use crate::lines::Lines;
use crate::subject::Subject;
use jcm_calculus::StepId;
use jcm_eval::{Held, Prepared};
use jcm_quantity::Range;
use std::sync::OnceLock;

/// The range of each carried figure at the beginning of each period.
pub(crate) struct Openings(Vec<Vec<Range>>);

impl Openings {
    pub(crate) fn new(
        subject: &Subject<'_>,
        prepared: &Prepared<'_>,
        lines: &Lines,
        alone: &Prepared<'_>,
    ) -> Openings {
        let settlement = prepared.settlement();
        let opening = || settlement.carried.iter().map(|one| Range::point(one.opening.clone()));
        let mut now: Vec<Range> = opening().collect();
        let mut by_period = Vec::with_capacity(settlement.periods.len());
        for period in 0..settlement.periods.len() {
            for ((range, carried), opening) in now.iter_mut().zip(&settlement.carried).zip(opening()) {
                if carried.begins_in(period) {
                    *range = opening;
                }
            }
            by_period.push(now.clone());
            if now.is_empty() {
                continue;
            }
            let facts = Facts::new(lines, alone, subject, (period, &now));
            let (periods, openings) = (vec![period], now);
            let asking =
                Asking { subject, prepared, facts, period, periods, openings, drawn: OnceLock::new() };
            now = settlement.carried.iter().map(|carried| where_it_ends(&asking, carried.closing)).collect();
        }
        Openings(by_period)
    }

    /// The range of each in any of some periods.
    pub(crate) fn of(&self, periods: &[usize]) -> Vec<Range> {
        let mut each = periods.iter().filter_map(|period| self.0.get(*period));
        let first = each.next().cloned().unwrap_or_default();
        each.fold(first, |known, more| known.iter().zip(more).map(|(a, b)| a.or(b)).collect())
    }
}

/// Where a line can lie: by itself, and where all that is behind it can be followed, by that.
fn where_it_ends(asking: &Asking<'_>, line: StepId) -> Range {
    let alone = asking.facts.range(line);
    let Ok(bench) = asking.bench(&[line], &[]) else { return alone };
    let mut found = Vec::new();
    for cell in &bench.engine.whole {
        let Ok(view) = bench.engine.view(cell, &bench.steps) else { return alone };
        for way in view.ways {
            match way.values.into_iter().next() {
                Some(Held::Number(span)) => found.push(span.range),
                _ => return alone,
            }
        }
    }
    Range::around(found).and_then(|range| range.and(&alone)).unwrap_or(alone)
}
