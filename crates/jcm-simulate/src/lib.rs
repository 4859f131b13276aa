//! What a contract may come to: settled many times over drawn figures, exactly and column by column.
//!
//! A [`Plan`] says which inputs are drawn from which [`Distribution`]; [`simulate`] draws them, settles every run as
//! the contract says, rounding and limits included, and gives what each party gets in each run. Distributions are real
//! functions and live in `real`, the only place with floating-point numbers: a figure that leaves it is a whole number
//! of grains of its unit, and exact from then on.
//!
//! [`settle_block`] settles a block of runs at once in scaled integers. What it cannot do so, or what does not fit into
//! 128 bits, the exact evaluator of `jcm-eval` settles, so that the two agree to the penny.

mod begins;
mod block;
mod cases;
mod changes;
mod columns;
mod division;
mod driver;
mod exact;
mod expressions;
mod happenings;
mod lane;
mod money;
mod plan;
mod real;
mod run;
mod scales;
mod summary;

pub use begins::{Begins, Figures, Left};
pub use block::{Block, PreparedYear, settle_block};
pub use changes::{Changes, Disputed, Effect, Shock, Size};
pub use driver::{Driver, driver};
pub use exact::{Run, settle_exactly};
pub use happenings::{Happening, What, happenings};
pub use plan::{Distribution, Plan, Shape, Varied, Year};
pub use real::{Asked, Choice, Dependence, Unfit, greatest};
pub use run::{OfOne, Sample, Stopped, simulate};
pub use summary::{Summary, summary};
