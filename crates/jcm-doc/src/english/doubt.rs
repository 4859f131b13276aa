//! Rules in English: what a disputed, late or suppressed figure means for money.

use super::{Origin, Wording, count_of};
use crate::document::{Compose, Text, said};
use jcm_model::{Disputed, Late, Suppressed, Ty};

impl Wording<'_> {
    /// What a figure means that was kept back because it is small.
    pub(crate) fn suppressed_rule(&self, rule: &Suppressed, ty: &Ty) -> Text {
        match rule {
            Suppressed::Refuse => said("nothing can be settled with it"),
            Suppressed::AsMissing => said("it counts as missing"),
            Suppressed::Use(value) => {
                let mut text = Text::new();
                text.add(vec![self.constant(value, ty, Origin::default())]).say(" stands in for it");
                text
            }
        }
    }
}

/// What two figures for one mean.
pub(crate) fn disputed_rule(rule: Disputed) -> &'static str {
    match rule {
        Disputed::Undisputed => {
            "each partner is paid, or pays, the least that it comes to under any of the figures; the rest waits until the dispute is resolved"
        }
        Disputed::Hold => "a payment that the dispute changes is not made until the dispute is resolved",
        Disputed::AsCollected => "the figure that was collected counts until the dispute is resolved",
        Disputed::AsVerified => "the figure of who verifies it counts until the dispute is resolved",
    }
}

/// Until when a figure counts.
pub(crate) fn late_rule(late: Late) -> String {
    let count = |count: u32, what: &str| count_of(usize::try_from(count).unwrap_or(usize::MAX), what);
    let length = match (late.months, late.days) {
        (months, 0) => count(months, "month"),
        (0, days) => count(days, "day"),
        (months, days) => format!("{} and {}", count(months, "month"), count(days, "day")),
    };
    let until = if late.until_final { ", until the final settlement" } else { "" };
    format!("it counts if it comes within {length} after the period ends{until}; later it counts as missing")
}
