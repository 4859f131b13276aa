//! Columns of 64-bit numbers, and what is done with every number of one.
//!
//! A block takes some forty columns, each read once or twice and then dropped, and to ask an allocator for each of them
//! takes as long as what is done with it: so a thread keeps the memory of those that were dropped for the next ones.

use std::cell::RefCell;
use std::ops::Deref;

/// How many columns a thread keeps the memory of.
const KEPT: usize = 64;

thread_local! {
    static SPARE: RefCell<Vec<Vec<i64>>> = const { RefCell::new(Vec::new()) };
}

/// A number for each run. As the answers to a question they are -1 where it holds, so that every bit is set, and 0 where not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lane(Vec<i64>);

/// What an operation reads: a number that is the same in every run, or one for each.
pub(crate) enum Operand<'a> {
    /// The same in every run.
    Same(i64),
    /// One for each run, as they stand in a column.
    Each(&'a [i64]),
    /// One for each run, made for this operation.
    Made(Lane),
}

impl Deref for Lane {
    type Target = [i64];

    fn deref(&self) -> &[i64] {
        &self.0
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.0);
        if numbers.capacity() == 0 {
            return;
        }
        // Where the thread is about to end there is nowhere to keep them, and they go.
        let _kept = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            if spare.len() < KEPT {
                spare.push(numbers);
            }
        });
    }
}

impl From<Vec<i64>> for Lane {
    fn from(numbers: Vec<i64>) -> Lane {
        Lane(numbers)
    }
}

impl Lane {
    /// So many numbers, whatever they are: each is written before it is read.
    fn unwritten(count: usize) -> Lane {
        let spare = SPARE.try_with(|spare| spare.borrow_mut().pop()).ok().flatten();
        let mut numbers = spare.unwrap_or_default();
        numbers.resize(count, 0);
        Lane(numbers)
    }

    /// A copy.
    pub(crate) fn copy(numbers: &[i64]) -> Lane {
        let mut lane = Lane::unwritten(numbers.len());
        lane.0.copy_from_slice(numbers);
        lane
    }

    /// The same number in every run.
    pub(crate) fn same(number: i64, runs: usize) -> Lane {
        let mut lane = Lane::unwritten(runs);
        lane.0.fill(number);
        lane
    }

    /// What comes of each number.
    pub(crate) fn each(numbers: &[i64], apply: impl Fn(i64) -> i64) -> Lane {
        let mut lane = Lane::unwritten(numbers.len());
        for (made, number) in lane.0.iter_mut().zip(numbers) {
            *made = apply(*number);
        }
        lane
    }

    /// What comes of each pair.
    pub(crate) fn pairs(left: &[i64], right: &[i64], apply: impl Fn(i64, i64) -> i64) -> Lane {
        let mut lane = Lane::unwritten(left.len().min(right.len()));
        for (made, (left, right)) in lane.0.iter_mut().zip(left.iter().zip(right)) {
            *made = apply(*left, *right);
        }
        lane
    }

    /// What comes of two operands in each of some runs.
    pub(crate) fn of(
        one: &Operand<'_>,
        other: &Operand<'_>,
        runs: usize,
        apply: impl Fn(i64, i64) -> i64,
    ) -> Lane {
        match (one.numbers(), other.numbers()) {
            (Ok(left), Ok(right)) => Lane::pairs(left, right, apply),
            (Ok(left), Err(right)) => Lane::each(left, |left| apply(left, right)),
            (Err(left), Ok(right)) => Lane::each(right, |right| apply(left, right)),
            (Err(left), Err(right)) => Lane::same(apply(left, right), runs),
        }
    }

    /// The one operand where these answers hold, and the other where not.
    pub(crate) fn pick(&self, one: &Operand<'_>, other: &Operand<'_>) -> Lane {
        match (one.numbers(), other.numbers()) {
            (Ok(left), Ok(right)) => {
                let mut lane = Lane::pairs(self, left, |holds, left| holds & left);
                for (made, (holds, right)) in lane.0.iter_mut().zip(self.iter().zip(right)) {
                    *made |= !*holds & *right;
                }
                lane
            }
            (Ok(left), Err(right)) => Lane::pairs(self, left, |holds, left| picked(holds, left, right)),
            (Err(left), Ok(right)) => Lane::pairs(self, right, |holds, right| picked(holds, left, right)),
            (Err(left), Err(right)) => Lane::each(self, |holds| picked(holds, left, right)),
        }
    }

    /// Puts in the place of each number what comes of it and of another.
    pub(crate) fn change(&mut self, others: &[i64], apply: impl Fn(i64, i64) -> i64) {
        for (number, other) in self.0.iter_mut().zip(others) {
            *number = apply(*number, *other);
        }
    }

    /// Each number so many times, one after the other.
    pub(crate) fn repeated(&self, times: usize) -> Lane {
        Lane(self.iter().flat_map(|number| std::iter::repeat_n(*number, times)).collect())
    }

    /// The answers as truths.
    pub(crate) fn truths(&self) -> Vec<bool> {
        self.iter().map(|holds| *holds != 0).collect()
    }

    /// The numbers, for others to keep.
    pub(crate) fn into_numbers(mut self) -> Vec<i64> {
        std::mem::take(&mut self.0)
    }
}

impl Operand<'_> {
    /// One for each run, or the one for all.
    fn numbers(&self) -> Result<&[i64], i64> {
        match self {
            Operand::Same(number) => Err(*number),
            Operand::Each(numbers) => Ok(numbers),
            Operand::Made(lane) => Ok(lane),
        }
    }
}

/// The one number where an answer holds, and else the other. A processor would guess wrong where to go on, were there a
/// branch on something that differs from run to run.
pub(crate) fn picked(holds: i64, one: i64, other: i64) -> i64 {
    (holds & one) | (!holds & other)
}

/// The answer of something that is known.
pub(crate) fn answer(holds: bool) -> i64 {
    i64::from(holds).wrapping_neg()
}
