//! `tests/golden`: what is made of an example contract, to the byte.

use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    Vec::new()
}
