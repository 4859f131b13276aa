//! What a call takes, while it is being written.

use crate::analysis::Analysis;
use crate::completion::context;
use crate::index::What;
use jcm_source::FileId;
use jcm_syntax::ast::DeclarationKind as Kind;

/// What a function takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The call as it is written.
    pub label: String,
    /// What there is to say of it.
    pub doc: String,
    /// What it takes, in order, as in `label`.
    pub takes: Vec<String>,
    /// Which of them is being written, from nought.
    pub current: usize,
}

/// What the call takes whose brackets are open at a place.
pub fn signature(analysis: &Analysis, file: FileId, at: u32) -> Option<Signature> {
    let before = analysis.text(file).get(..at as usize)?;
    let (name, current) = context::Context::of(before).call?;
    let index = analysis.index();
    if let Some(function) = jcm_sema::FUNCTIONS.iter().find(|function| function.name == name) {
        let doc = format!("Takes {}.", function.takes);
        let takes = each_of(function.takes);
        let written = if takes.is_empty() { "…".to_owned() } else { takes.join(", ") };
        return Some(Signature { label: format!("{name}({written})"), doc, takes, current });
    }
    let id = index.named(file, &name)?;
    let symbol = index.symbol(id).filter(|symbol| symbol.is(Kind::Function))?;
    let mut takes: Vec<_> = index.parts(id).filter(|(_, part)| part.what == What::Argument).collect();
    takes.sort_by_key(|(_, part)| part.span);
    let written = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let takes: Vec<String> = takes
        .iter()
        .map(|(_, part)| written(analysis.text_of(part.span).trim_start_matches("takes")))
        .collect();
    let doc = format!("{}\n\n{}", symbol.title, symbol.doc);
    Some(Signature {
        label: format!("{name}({})", takes.join(", ")),
        doc: doc.trim().to_owned(),
        takes,
        current,
    })
}

/// What each figure of a function is, where its row says so: `three figures: where it is, where it started, …`.
fn each_of(takes: &str) -> Vec<String> {
    let listed = takes.split_once(": ").map(|(_, listed)| listed).filter(|listed| !listed.contains('`'));
    let listed = listed.map(|listed| listed.replace(", and ", ", "));
    let parts = listed.iter().flat_map(|listed| listed.split(", "));
    parts.map(str::to_owned).collect()
}
