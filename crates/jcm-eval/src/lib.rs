//! The exact evaluator, which is the definition of every result; its trace; and the interval evaluator.
//!
//! [`settle`] computes every line of a case and splits the money of every payment. [`possible`] does the same steps
//! over intervals: it says where a result can lie when figures were rounded before they were published.
//!
//! Both run one machine (`machine`), which knows what missing means, in which order things are computed and what a
//! row is; a [`Reading`] says what a number is. So the two cannot differ in anything but numbers. [`follow`] runs it for
//! a reading of another crate.

mod allocation;
mod case;
mod cohort;
mod exact;
mod follow;
mod interval;
mod machine;
mod prepared;
mod reading;
mod stop;

pub use allocation::{kinks, parts};
pub use case::{AllocationOutcome, Case, Line, Outcome, Payment};
pub use exact::{holds, part_inside, result_at};
pub use follow::{Followed, follow};
pub use interval::{IntervalCase, MOST_PATHS, Range, Unclear, possible};
pub use prepared::Prepared;
pub use reading::{Held, Reading};
pub use stop::Stop;

use jcm_calculus::Settlement;

/// Settles one case. For many cases of one settlement, make a [`Prepared`] once and use [`Prepared::settle`].
pub fn settle(settlement: &Settlement, case: &Case) -> Result<Outcome, Stop> {
    Prepared::new(settlement).settle(case)
}
