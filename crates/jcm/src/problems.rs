//! Problems that only running the contract can find, one file each.

use jcm_diagnostics::Code;

mod alternative;
mod balance_open;
mod calendar_ends;
mod cannot_move;
mod cell_breaks_out;
mod chance_differs;
mod column_not_local;
mod correlations_clash;
mod denied;
mod distribution_unfit;
mod doubt_unruled;
mod example_differs;
mod example_stops;
pub(crate) mod history_unusable;
mod input_not_varied;
mod nameless_place;
mod rows_unsaid;
mod scenario_of_another;
mod scenario_unreadable;
mod settlement_refused;
mod simulation_impossible;
mod table_unreadable;
mod target_refuses;
mod varied_for_nothing;

pub(crate) use alternative::{alternative_lacks, alternative_needs, alternative_unsettled};
pub(crate) use balance_open::balance_open;
pub(crate) use calendar_ends::{Uncovered, calendar_ends};
pub(crate) use cannot_move::{moves_with_every_row, moves_with_its_row};
pub(crate) use cell_breaks_out::cell_breaks_out;
pub(crate) use chance_differs::chance_differs;
pub(crate) use column_not_local::column_not_local;
pub(crate) use correlations_clash::correlations_clash;
pub(crate) use denied::{analysis_codes, code_of, denied};
pub(crate) use distribution_unfit::{distribution_unfit, figure_not_fixed};
pub(crate) use doubt_unruled::{disputed_unruled, missing_unruled};
pub(crate) use example_differs::example_differs;
pub(crate) use example_stops::example_stops;
pub(crate) use input_not_varied::input_not_varied;
pub(crate) use nameless_place::nameless_place;
pub(crate) use rows_unsaid::{rows_for_nothing, rows_unsaid};
pub(crate) use scenario_of_another::scenario_of_another;
pub(crate) use scenario_unreadable::scenario_unreadable;
pub(crate) use settlement_refused::settlement_refused;
pub(crate) use simulation_impossible::{cases_of_nothing, cases_unsaid, simulation_stops};
pub(crate) use table_unreadable::TableUnreadable;
pub(crate) use target_refuses::target_refuses;
pub(crate) use varied_for_nothing::varied_for_nothing;

/// Every code of this crate with its meaning in a few words.
const CODES: &[(Code, &str)] = &[
    (calendar_ends::CODE, "a deadline has dates that the calendar of operational days does not cover"),
    (example_differs::CODE, "an example expects a figure that the contract does not give"),
    (example_stops::CODE, "an example cannot be settled"),
    (settlement_refused::CODE, "the calculation of the contract does not pass its own checks"),
    (target_refuses::CODE, "the contract cannot be written in a format"),
    (table_unreadable::CODE, "a table of localities is no table"),
    (nameless_place::CODE, "a row of a table of localities does not name its place"),
    (column_not_local::CODE, "a column of a table of localities is nothing that a locality may set"),
    (cell_breaks_out::CODE, "a cell of a table of localities is not one value"),
    (distribution_unfit::CODE, "the figures of a distribution do not make one"),
    (correlations_clash::CODE, "figures of a simulation cannot move together as it says"),
    (input_not_varied::CODE, "a simulation does not say what an input may be"),
    (varied_for_nothing::CODE, "an input varies in a simulation and makes no difference"),
    (simulation_impossible::CODE, "a contract or a draw of it cannot be simulated"),
    (balance_open::CODE, "a simulation begins where a balance has been carried on"),
    (history_unusable::CODE, "the history of a simulation is not there or does not fit"),
    (doubt_unruled::CODE, "a figure of a simulation may be missing or disputed without a rule for it"),
    (rows_unsaid::CODE, "a simulation does not say how many rows a case has"),
    (cannot_move::CODE, "figures of a simulation are drawn in ways that cannot move together"),
    (chance_differs::CODE, "a simulation does not give a chance that it expects"),
    (scenario_of_another::CODE, "a simulation to be printed is not one of this text of the contract"),
    (scenario_unreadable::CODE, "a file of simulations is none that `jcm simulate` wrote"),
];

/// Every code that a contract can be given, with its meaning in a few words, in the order of the codes.
pub fn codes() -> Vec<(Code, &'static str)> {
    let mut codes = [jcm_sema::CODES, jcm_assure::CODES, CODES].concat();
    codes.extend(denied::CODES.iter().map(|(_, code, meaning, _)| (*code, *meaning)));
    codes.sort_by_key(|(code, _)| *code);
    codes
}
