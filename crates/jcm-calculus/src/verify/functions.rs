//! The settings of functions: decimals, exponents, shares and numbers of groups.

use crate::MOST_TIMES;
use jcm_quantity::{Exact, Irrational, OverAll, Statistic};

/// The most significant figures and groups that are of any use.
const MOST_FIGURES: u32 = 40;
const MOST_GROUPS: u32 = 1_000;

pub(super) fn decimals_problem(decimals: u32) -> Option<String> {
    let most = Irrational::MOST_DECIMALS;
    (decimals > most).then(|| format!("asks for {decimals} decimals; at most {most} can be asked for"))
}

pub(super) fn figures_problem(figures: u32) -> Option<String> {
    let fits = (1..=MOST_FIGURES).contains(&figures);
    (!fits).then(|| format!("rounds to {figures} significant figures, which is not 1 to {MOST_FIGURES}"))
}

pub(super) fn exponent_problem(exponent: i32) -> Option<String> {
    let fits = exponent.unsigned_abs() <= MOST_TIMES;
    (!fits).then(|| format!("raises a figure to the power of {exponent}; the most is {MOST_TIMES}"))
}

pub(super) fn statistic_problem(statistic: &Statistic) -> Option<String> {
    match statistic {
        Statistic::StandardDeviation { decimals } => decimals_problem(*decimals),
        Statistic::Quantile { share, .. } => share_problem(share),
        _ => None,
    }
}

pub(super) fn over_all_problem(function: &OverAll) -> Option<String> {
    match function {
        OverAll::Statistic(statistic) => statistic_problem(statistic),
        OverAll::Rank { .. } => None,
        OverAll::Group { groups } => {
            let fits = (1..=MOST_GROUPS).contains(groups);
            (!fits).then(|| format!("makes {groups} groups, which is not 1 to {MOST_GROUPS}"))
        }
        OverAll::Winsorised { from, to, .. } if from > to => {
            Some(format!("cuts figures below a share of {from} and above a share of {to}, which is less"))
        }
        OverAll::Winsorised { from, to, .. } => share_problem(from).or_else(|| share_problem(to)),
    }
}

fn share_problem(share: &Exact) -> Option<String> {
    let fits = !share.is_negative() && *share <= Exact::one();
    (!fits).then(|| format!("takes the quantile at a share of {share}, which is not 0 to 1"))
}
