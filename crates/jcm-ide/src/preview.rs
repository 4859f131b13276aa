//! The contract as a page, and the way from a place of the page to the source.

use crate::analysis::Analysis;
use jcm::Preview;
use jcm_source::{FileId, Span};

/// The contract as a page; `None` while it has an error.
pub fn preview(analysis: &Analysis) -> Option<Preview> {
    Some(jcm::preview(analysis.program()?, analysis.settlement()?))
}

/// The span that a figure of the page names as its source: `0:120-133`.
pub fn source_of(analysis: &Analysis, written: &str) -> Option<Span> {
    let (file, range) = written.split_once(':')?;
    let (start, end) = range.split_once('-')?;
    let file = FileId(file.parse().ok()?);
    let (start, end): (u32, u32) = (start.parse().ok()?, end.parse().ok()?);
    analysis.module(file)?;
    let long = u32::try_from(analysis.text(file).len()).unwrap_or(u32::MAX);
    (start <= end && end <= long).then(|| Span::new(file, start, end))
}
