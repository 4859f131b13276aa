//! What the standard library declares, whether or not the contract takes it in: so that it can be named with one press.

use crate::analysis::Analysis;
use crate::shape::span;
use jcm_diagnostics::TextEdit;
use jcm_source::FileId;
use jcm_syntax::ast::DeclarationKind as Kind;
use std::sync::OnceLock;

/// Something that can be named without the name of its module, once the module is taken in.
pub(crate) struct Kept {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its name.
    pub(crate) name: String,
    /// Its title.
    pub(crate) title: String,
    /// What there is to say of it.
    pub(crate) doc: String,
    /// The path of its module.
    pub(crate) module: &'static str,
}

/// Everything that the library declares of some kinds, in its order. The library is read once, when it is first asked for.
pub(crate) fn kept(kinds: &[Kind]) -> impl Iterator<Item = &'static Kept> {
    static KEPT: OnceLock<Vec<Kept>> = OnceLock::new();
    KEPT.get_or_init(read).iter().filter(move |kept| kinds.contains(&kept.kind))
}

fn read() -> Vec<Kept> {
    let modules = jcm::library().into_iter().filter(|module| module.path != jcm_std::PRELUDE);
    let kept = modules.flat_map(|module| {
        module.entries.into_iter().filter_map(move |entry| {
            Some(Kept {
                kind: Kind::ALL.iter().copied().find(|kind| kind.word() == entry.kind)?,
                name: entry.path.strip_prefix(module.path)?.strip_prefix('.')?.to_owned(),
                title: entry.title,
                doc: entry.doc,
                module: module.path,
            })
        })
    });
    kept.collect()
}

/// The line `use MODULE`, written below the others of a file; nothing where it stands there.
pub(crate) fn taken_in(analysis: &Analysis, file: FileId, module: &str) -> Option<TextEdit> {
    let text = analysis.text(file);
    let declarations = analysis.declarations(file);
    let uses = || declarations.iter().filter(|declaration| declaration.kind == Kind::Use);
    if uses().any(|declaration| declaration.name.as_ref().is_some_and(|name| name.text == module)) {
        return None;
    }
    let (at, before) = match uses().next_back() {
        Some(last) => {
            let end = analysis.text_of(last.span).trim_end().len();
            ((last.span.start as usize).checked_add(end)?, "\n")
        }
        None => (text.find('\n')?, "\n\n"),
    };
    Some(TextEdit { span: span(file, at, at), new_text: format!("{before}use {module}") })
}
