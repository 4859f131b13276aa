//! What becomes of a figure of a simulation after it was drawn.

use crate::Expr;
use jcm_quantity::Exact;
use jcm_source::Span;

/// Something that becomes of a figure after it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `rising 2% per year`: it rises from year to year of a run, or falls.
    Trend {
        /// By how much a year; below nothing where it falls.
        by: Size,
    },
    /// `effect new_team of -8% to -2% after 6 to 24 months`: something is done about it.
    Effect {
        /// Its name, where effects of several figures are the same.
        name: Option<String>,
        /// How strong it is.
        by: Size,
        /// After how many months of the run it begins: the least, the likeliest and the most.
        after: (Exact, Option<Exact>, Exact),
    },
    /// `shock hard_winter of 5% to 12% in 10% of periods`: something may happen in a period.
    Shock {
        /// Its name, where shocks of several figures are the same.
        name: Option<String>,
        /// How hard it is.
        by: Size,
        /// How likely it is in a period.
        chance: Exact,
    },
    /// `missing in 3% of periods`: nobody reports it.
    Missing {
        /// How likely that is in a period.
        chance: Exact,
        /// Where it says so.
        span: Span,
    },
    /// `disputed by -4% to 4% in 5% of periods`: somebody holds another figure against it.
    Disputed {
        /// By how much the other differs.
        by: Size,
        /// How likely that is in a period.
        chance: Exact,
        /// Where it says so.
        span: Span,
    },
}

/// By how much a figure changes: `8%`, `5% to 12%` or `5% likely 8% to 12%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// The least, or the only one.
    pub least: Expr,
    /// The likeliest.
    pub likely: Option<Expr>,
    /// The most.
    pub most: Option<Expr>,
    /// Whether it is a share of the figure; otherwise it has the figure's unit.
    pub of_figure: bool,
}

impl Size {
    /// Its figures, from the least on.
    pub fn figures(&self) -> impl Iterator<Item = &Expr> {
        std::iter::once(&self.least).chain(&self.likely).chain(&self.most)
    }
}

impl Change {
    /// By how much it changes the figure.
    pub fn size(&self) -> Option<&Size> {
        match self {
            Change::Trend { by } | Change::Effect { by, .. } | Change::Shock { by, .. } => Some(by),
            Change::Disputed { by, .. } => Some(by),
            Change::Missing { .. } => None,
        }
    }
}
