//! What the standard library holds, for people who look for something to use.

use jcm_source::FileId;
use jcm_syntax::ast::{Declaration, DeclarationKind};

/// A module of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryModule {
    /// Its dotted path: `std.measures.ascof`.
    pub path: &'static str,
    /// What its first comment says it is.
    pub about: String,
    /// What it declares, in its order.
    pub entries: Vec<LibraryEntry>,
}

/// Something that the library declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryEntry {
    /// Its name with that of its module: `std.measures.ascof.reablement_91_days`.
    pub path: String,
    /// Its kind, as the language says it: `measure`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The `///` lines above it.
    pub doc: String,
    /// The declaration itself.
    pub text: String,
}

/// Every module of the standard library with what it declares.
pub fn library() -> Vec<LibraryModule> {
    jcm_std::modules().iter().map(module).collect()
}

fn module(module: &'static jcm_std::Module) -> LibraryModule {
    let ast = jcm_syntax::ast(&jcm_syntax::parse(module.text), FileId(0));
    let entries = ast.declarations.iter().filter_map(|declaration| entry(module, declaration)).collect();
    LibraryModule { path: module.path, about: about(module.text), entries }
}

fn entry(module: &jcm_std::Module, declaration: &Declaration) -> Option<LibraryEntry> {
    if matches!(declaration.kind, DeclarationKind::Use | DeclarationKind::Include) {
        return None;
    }
    // An example has a title and no name.
    let title = declaration.title.as_ref().map(|title| title.text.clone()).unwrap_or_default();
    let name = declaration.name.as_ref().map_or_else(|| title.clone(), |name| name.text.clone());
    Some(LibraryEntry {
        path: format!("{}.{name}", module.path),
        kind: declaration.kind.word(),
        title,
        doc: declaration.doc.clone(),
        text: module.text.get(declaration.span.range())?.to_owned(),
    })
}

/// The first block of `//` lines below the edition, which says what the module is.
fn about(text: &str) -> String {
    let comment = text.lines().skip(1).skip_while(|line| line.trim().is_empty());
    let lines = comment.map_while(|line| line.strip_prefix("//")).filter(|line| !line.starts_with('/'));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_says_what_it_is_and_every_entry_is_its_text() {
        for module in library() {
            assert!(!module.about.is_empty(), "{} does not begin with a comment", module.path);
            for entry in &module.entries {
                assert!(entry.text.starts_with(entry.kind), "{}: {}", entry.path, entry.text);
                assert!(entry.path.starts_with(module.path), "{}", entry.path);
            }
        }
    }
}
