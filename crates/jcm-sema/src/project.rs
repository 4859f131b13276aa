//! What is checked: the trees of a project's modules.

use jcm_diagnostics::Diagnostic;
use jcm_model::Program;
use jcm_source::{FileId, Span};
use jcm_syntax::ast;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its id in the sources.
    pub file: FileId,
    /// Its dotted path; empty for the main file, `std.…` for the library.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// Its tree.
    pub ast: ast::File,
}

impl Module {
    /// Whether it is the partners' own text, and not the library's.
    pub fn is_own(&self) -> bool {
        !self.path.starts_with("std.")
    }
}

/// Every file that the main file leads to.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The files, the main one first.
    pub modules: Vec<Module>,
    /// The path of every file that could be used, for suggestions.
    pub available: Vec<String>,
    /// SHA-256 of the texts, in hex.
    pub source_hash: String,
    /// For each variation, by the place of its declaration: SHA-256 of the text that it varies, in hex.
    pub bases: BTreeMap<Span, String>,
}

/// What came of checking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The program, if there is no error.
    pub program: Option<Program>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// The paths of the library's calendars, which `use` takes in.
    pub(crate) fn calendars(&self) -> impl Iterator<Item = String> + '_ {
        self.available.iter().filter(|path| path.starts_with("std.calendars.")).cloned()
    }
}
