//! The assurance table for browsers and for programs.

mod fits;
mod html;
pub(crate) mod json;

pub use fits::fits_html;
pub use html::html;
pub use json::json;
