//! Renderers: each knows the document model and one format, and nothing of contracts.

mod html;
mod markdown;
mod mathml;
mod page;

pub use html::html;
pub use markdown::markdown;
pub use page::page;
