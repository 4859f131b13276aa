//! Reading, name resolution, types, units and checks: from trees to a program.
//!
//! [`check`] is a pure function: it knows neither where files come from nor how a problem is drawn. It reads each
//! declaration by the schema of its kind, gives every expression a type, and holds the contract to the laws of the
//! language. Everything that is wrong is reported at once; a program comes out only if nothing is.

mod checker;
mod checks;
mod constants;
mod fields;
mod names;
mod near;
mod problems;
mod project;
mod reach;
mod read;
pub mod schema;
mod typing;
mod units;
mod variations;

pub use problems::CODES;
pub use project::{Checked, Module, Project};
pub use typing::{FUNCTIONS, Function, OVER_ALL};
pub use variations::{StatedVariation, variations};

/// Codes that say nothing new about a file that could not be read whole.
pub const FOLLOWS_FROM_SYNTAX: &[&str] = &["E0210", "E0214", "E0524"];

use checker::Checker;

/// Checks a project and makes the program of its contract.
pub fn check(project: &Project) -> Checked {
    let mut cx = Checker::new(project);
    read::everything(&mut cx);
    checks::everything(&mut cx);
    cx.finish()
}
