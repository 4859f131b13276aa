//! What holds of the days on which money is paid, besides the days themselves.

use crate::contract::particular;
use crate::document::{Table, said};
use crate::english::Wording;
use jcm_model::{Due, Instalments, OddPence};

/// Where odd pence go, and what happens on a day on which nothing can be paid.
pub(super) fn rows(w: &Wording<'_>, table: &mut Table, due: Option<&Due>, parts: Option<Instalments>) {
    if let Some(Instalments { odd, .. }) = parts {
        let rule = match odd {
            OddPence::Last => "is paid with the last part",
            OddPence::First => "is paid with the first part",
            OddPence::OneEach => "is paid a penny with each part, from the first, until none is left",
        };
        let text = format!("What does not divide into whole pence {rule}");
        particular(table, "Odd pence", said(&text));
    }
    if let (Some(_), Some(calendar)) = (due, &w.program.calendar) {
        let text = format!(
            "Payment is due on the next operational day by {}, where the day is not one",
            calendar.calendar.title
        );
        particular(table, "If the day is not operational", said(&text));
    }
}
