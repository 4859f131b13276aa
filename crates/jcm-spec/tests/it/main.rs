//! The wire format: what is written is read back, and what cannot be read is refused in plain words.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where its own material is wrong"
)]

mod arbitrary;
mod golden;
mod refusals;
mod round_trip;
mod sample;
