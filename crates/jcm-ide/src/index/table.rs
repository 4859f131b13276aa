//! The names that some modules declare, so that those of the library need not be told again at each key.

use super::{Symbol, SymbolId};
use jcm_sema::Module;
use jcm_source::{FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of some modules.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The id of the first symbol.
    first: usize,
    list: Vec<Symbol>,
    /// Top-level names, bare and dotted.
    pub(super) global: BTreeMap<String, SymbolId>,
    /// Top-level names of each file.
    pub(super) own: BTreeMap<(FileId, String), SymbolId>,
    /// The words of units, one and many.
    pub(super) units: BTreeMap<String, SymbolId>,
    /// What belongs to each declaration, by name.
    pub(super) parts: BTreeMap<(SymbolId, String), SymbolId>,
    /// Declarations by their places.
    pub(super) places: BTreeMap<Span, SymbolId>,
    modules: Vec<Module>,
}

impl Table {
    /// What modules declare, the ids beginning with `first`.
    pub(super) fn of(modules: &[&Module], first: usize) -> Self {
        let modules: Vec<Module> = modules.iter().copied().cloned().collect();
        let mut table = Self { first, ..Self::default() };
        for module in &modules {
            table.declare_module(module);
        }
        table.modules = modules;
        table
    }

    /// Whether these modules are those that the names come from, unchanged.
    pub(super) fn is_of(&self, modules: &[&Module]) -> bool {
        let same = |(known, module): (&Module, &&Module)| {
            known.file == module.file && Arc::ptr_eq(&known.ast, &module.ast)
        };
        self.modules.len() == modules.len() && self.modules.iter().zip(modules).all(same)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.list.get(id.0.checked_sub(self.first)?)
    }

    pub(super) fn symbols(&self) -> impl Iterator<Item = (SymbolId, &Symbol)> {
        (self.first..).map(SymbolId).zip(&self.list)
    }

    pub(super) fn add(&mut self, symbol: Symbol) -> SymbolId {
        self.list.push(symbol);
        SymbolId(self.first.saturating_add(self.list.len()).saturating_sub(1))
    }
}
