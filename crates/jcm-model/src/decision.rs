//! What a board or a partner has decided.

use crate::{BoardId, Head, PartnerId};
use jcm_quantity::Date;

/// A decision that has been taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Name, title, place.
    pub head: Head,
    /// Who took it.
    pub by: Decider,
    /// What it is about, in the words of the board's rules.
    pub matter: String,
    /// When.
    pub on: Date,
    /// How the seats voted, if that is recorded.
    pub votes: Option<Votes>,
    /// What was decided, in words.
    pub decided: String,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// Who took a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// A board.
    Board(BoardId),
    /// A partner, to which the matter is delegated or reserved.
    Partner(PartnerId),
}

/// How the seats of a board voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// Seats that agreed.
    pub agreeing: u32,
    /// Seats that did not.
    pub against: u32,
    /// Seats that were present and did neither.
    pub abstaining: u32,
}

impl Votes {
    /// How many seats were present.
    pub fn present(self) -> u32 {
        self.agreeing.saturating_add(self.against).saturating_add(self.abstaining)
    }
}
