//! Reading, name resolution, types, units and checks: from trees to a program.
//!
//! [`check`] is a pure function: it knows neither where files come from nor how a problem is drawn. It reads each
//! declaration by the schema of its kind, gives every expression a type, and holds the contract to the laws of the
//! language. Everything that is wrong is reported at once; a program comes out only if nothing is.

mod ahead;
mod checker;
mod checks;
mod constants;
mod fields;
mod members;
mod memory;
mod moves;
mod names;
mod near;
mod problems;
mod project;
mod reach;
mod read;
pub mod schema;
mod typing;
mod units;
mod usual;
mod variations;

pub use problems::CODES;
pub use project::{Checked, Module, Project};
pub use typing::{FUNCTIONS, Function, OVER_ALL};
pub use variations::{StatedVariation, variations};

/// Codes that say nothing new about a file that could not be read whole.
pub const FOLLOWS_FROM_SYNTAX: &[&str] = &["E0210", "E0214", "E0524"];

pub use checker::Draft;
pub use memory::Memory;
pub use reach::Foreseen;

use checker::Checker;
use jcm_diagnostics::Diagnostic;

/// Checks a project and makes the program of its contract.
pub fn check(project: &Project) -> Checked {
    let (draft, diagnostics) = passed(Checker::new(project, None)).finish();
    Checked { program: draft.and_then(Draft::into_program), diagnostics }
}

/// The same, but takes over the readings of the last check of this project that still hold, and puts no program together
/// yet: what the draft comes to and what is wrong are the same as from [`check`].
pub fn check_again(project: &Project, memory: &mut Memory) -> (Option<Draft>, Vec<Diagnostic>) {
    let mut cx = passed(Checker::new(project, Some(memory.recall(project))));
    if let Some(recall) = cx.recall.take() {
        memory.keep(project, recall, std::mem::take(&mut cx.names.named_in));
    }
    cx.finish()
}

fn passed(mut cx: Checker<'_>) -> Checker<'_> {
    read::everything(&mut cx);
    checks::everything(&mut cx);
    cx
}
