//! E0560: the figures of a `vary` make no distribution.

use super::simulation_impossible::in_place;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_model::{Program, Simulation, Vary};
use jcm_simulate::Unfit;

/// Its code.
pub(super) const CODE: Code = Code("E0560");

/// The problem of a figure that cannot be drawn in a period of a run, in a place or in the contract as it stands.
pub(crate) fn distribution_unfit(
    program: &Program,
    simulation: &Simulation,
    place: &str,
    year: usize,
    figure: usize,
    unfit: Unfit,
) -> Diagnostic {
    let Some(vary) = simulation.vary.get(figure) else {
        return Diagnostic::error(CODE, words(unfit), simulation.head.name_span, "in this simulation");
    };
    let period = simulation.periods.get(year).and_then(|period| program.contract.periods.get(*period));
    let period = period.map_or_else(String::new, |period| format!("in {}{}", period.label, in_place(place)));
    let message =
        format!("`{}` has no {} distribution: {}", name(program, vary), vary.shape.name(), words(unfit));
    Diagnostic::error(CODE, message, vary.span, period)
        .help(format!("Write it as in `{}`", vary.shape.example()))
}

/// The problem of a figure that depends on data.
pub(crate) fn figure_not_fixed(vary: &Vary) -> Diagnostic {
    let message =
        "a figure of this distribution depends on data, or cannot be worked out from the contract alone";
    Diagnostic::error(CODE, message, vary.span, "in this `vary`")
        .help("Use figures, parameters and parts such as `fund.budget`")
}

fn name<'p>(program: &'p Program, vary: &Vary) -> &'p str {
    program.drawn(vary).map_or("", |head| &head.name)
}

fn words(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Spread => "its standard deviation must be above nothing, and small enough for its ends",
        Unfit::Ends => "its smallest figure must be below its greatest",
        Unfit::Outside => "its likeliest figure or mean must lie between its ends",
        Unfit::Mean => "its mean must be above nothing",
        Unfit::Count => "what it counts must be a whole number above nothing, and not above some millions",
        Unfit::Chance => "its chance must lie between 0% and 100%",
        Unfit::Nothing => "there is no figure to draw from",
        Unfit::Cut => "nothing of it lies between the ends that the figure can have",
        Unfit::Beyond => {
            "one of its figures is none that there can be: a share is from 0% to 100%, and a count not below nothing"
        }
        Unfit::TooLarge => "its figures are too large",
    }
}
