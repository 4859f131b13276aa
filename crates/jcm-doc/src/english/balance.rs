//! What is carried from period to period, in English: "the balance of the Alliance bank brought forward".

use super::Wording;
use super::expression::{Level, Phrase};
use crate::document::{Compose, Text, capitalised, said};
use jcm_model::{Balance, BalanceId, BalanceKind, Constant, Def, Occasion, Ty};

impl Wording<'_> {
    /// What a period brings from the one before.
    pub(crate) fn brought_forward(&self, id: BalanceId) -> Phrase {
        let Some(balance) = self.program.balance(id) else { return Phrase::closed(Text::new()) };
        let text = match (&balance.kind, balance.every_year) {
            (BalanceKind::Declared { .. }, _) => {
                let mut text = said("the balance of ");
                text.add(self.balance_name(id)).say(" brought forward");
                text
            }
            (BalanceKind::ToDate, true) => said("the sum of the earlier periods of the year"),
            (BalanceKind::ToDate, false) => said("the sum of all earlier periods"),
            (BalanceKind::OnAccount, _) => said("what was paid on account earlier in the year"),
        };
        Phrase { text, level: Level::Open, plural: false }
    }

    /// The same inside a formula.
    pub(crate) fn brought_forward_in_formula(&self, id: BalanceId) -> String {
        let Some(balance) = self.program.balance(id) else { return String::new() };
        match (&balance.kind, balance.every_year) {
            (BalanceKind::Declared { .. }, _) => format!("{} brought forward", balance.head.title),
            (BalanceKind::ToDate, true) => "Earlier periods of the year".to_string(),
            (BalanceKind::ToDate, false) => "All earlier periods".to_string(),
            (BalanceKind::OnAccount, _) => "Paid on account earlier in the year".to_string(),
        }
    }

    /// A balance by its title, with a link.
    pub(crate) fn balance_name(&self, id: BalanceId) -> Text {
        let def = Def::Balance(id);
        let mut text = said("the ");
        text.add(self.link(def, self.title(def).trim_start_matches("the ").trim_start_matches("The ")));
        text
    }

    /// When something happens, to stand after "where".
    pub(crate) fn occasion(&self, occasion: Occasion) -> &'static str {
        match occasion {
            Occasion::StartOfYear => "the period is the first of a year",
            Occasion::EndOfYear => "the period is the last of a year",
            Occasion::StartOfContract => "the period is the first of the contract",
            Occasion::EndOfContract => "the period is the last of the contract",
        }
    }

    /// What a balance begins with and when, what the next period begins with, and what becomes of what is left.
    pub(crate) fn balance_rules(&self, id: BalanceId, balance: &Balance) -> [Text; 3] {
        let ty = Ty::Number(balance.unit.clone());
        let origin = super::Origin::stated(Def::Balance(id), balance.head.span);
        let mut opens = vec![self.constant(&Constant::Number(balance.opening.clone()), &ty, origin)];
        opens.say(if balance.every_year {
            ", in the first period of each year"
        } else {
            ", in the first period of the contract"
        });
        let closes = capitalised(self.name(Def::Line(balance.closing)).text);
        let end = if balance.every_year { "each year" } else { "the contract" };
        let left = match &balance.kind {
            BalanceKind::Declared { written_off: true, .. } => said(&format!(
                "What is left at the end of {end} is written off: nobody is paid it and nobody pays it."
            )),
            BalanceKind::Declared { remainder: Some(line), .. } => {
                let mut text = said(&format!("What is left at the end of {end} is settled by "));
                text.add(self.name(Def::Line(*line)).text).say(".");
                text
            }
            _ => said(&format!("It lapses at the end of {end}.")),
        };
        [opens, closes, left]
    }
}
