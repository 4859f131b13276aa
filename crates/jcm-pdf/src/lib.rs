//! A document as a PDF that can be archived and read aloud: tagged, PDF/A-2a and PDF/UA-1, with bookmarks and links.
//!
//! A [`Document`] becomes the text of a typst program ([`program`]) in which every word of the document is a string, so
//! that none can run as code; `pdf` has typst set its pages. It can read no file and no network and has no clock: the
//! same document gives the same bytes.
//!
//! Typst is large, so nothing of it is built without the feature `typeset`.

mod letters;
mod math;
mod program;
mod sheet;
#[cfg(feature = "typeset")]
mod typeset;

pub use letters::Letters;
pub use program::program;
#[cfg(feature = "typeset")]
pub use typeset::{Refused, pdf};

#[cfg(doc)]
use jcm_doc::Document;
