//! The assurance table for browsers and for programs.

mod html;
pub(crate) mod json;

pub use html::html;
pub use json::json;
