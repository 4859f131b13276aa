//! Real functions: the shapes of distributions. The only place with floating-point numbers.
//!
//! What comes out is a whole number of grains. Everything is computed by `libm`, which gives the same bits on every
//! machine, so that a seed gives the same figures everywhere.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a distribution is a real function; what is drawn from it is fixed to a grain here, and exact from then on"
)]

mod changed;
mod dependence;
mod draws;
mod optimum;
mod quantile;
mod special;

pub use dependence::Dependence;
pub(crate) use draws::{Draws, Noted, PARTS, Sums};
pub use optimum::{Asked, Choice, greatest};
pub use quantile::Unfit;

/// A number between nought and one, neither of them, from 64 random bits.
pub(crate) fn chance_of(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}
