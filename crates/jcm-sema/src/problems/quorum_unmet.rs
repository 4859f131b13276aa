//! E0520: a quorum that the board cannot meet.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0520");

/// The facts of E0520.
pub(crate) struct QuorumUnmet {
    /// The board.
    pub(crate) board: String,
    /// The quorum.
    pub(crate) span: Span,
    /// The quorum.
    pub(crate) quorum: u32,
    /// How many seats there are.
    pub(crate) size: u32,
    /// The seats.
    pub(crate) seats: Span,
}

impl Problem for QuorumUnmet {
    fn describe(self) -> Diagnostic {
        Diagnostic::error(
            CODE,
            format!("the quorum of `{}` is {}, and it has {} seats", self.board, self.quorum, self.size),
            self.span,
            "this number can never be present, or needs nobody",
        )
        .also(self.seats, format!("{} seats", self.size))
        .help("Choose a quorum from 1 to the number of seats")
    }
}
