//! What must hold of any bytes, as functions that a search can call (development only).
//!
//! `cargo xtask fuzz` searches for bytes for which one of them does not return; a panic is the only way in which they
//! complain. [`Promise::keep`] is all that the search calls.

mod check;
mod parse;
mod settle;

/// What is promised of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Any text has a tree that holds every byte of it, and laying it out twice is laying it out once.
    Parse,
    /// Any text is checked; what has no error settles and can be written.
    Check,
    /// Any data file is settled to the penny or refused, by contracts that are right.
    Settle,
}

impl Promise {
    /// Every promise.
    pub const ALL: [Promise; 3] = [Promise::Parse, Promise::Check, Promise::Settle];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Promise::Parse => "parse",
            Promise::Check => "check",
            Promise::Settle => "settle",
        }
    }

    /// Tries the promise on some bytes.
    ///
    /// # Panics
    /// If the promise is broken.
    pub fn keep(self, bytes: &[u8]) {
        match self {
            Promise::Parse => parse::keep(&String::from_utf8_lossy(bytes)),
            Promise::Check => check::keep(&String::from_utf8_lossy(bytes)),
            Promise::Settle => settle::keep(bytes),
        }
    }
}
