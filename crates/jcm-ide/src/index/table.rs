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
        let same = |(known, module): (&Module, &&Module)| is_unchanged(known, module);
        self.modules.len() == modules.len() && self.modules.iter().zip(modules).all(same)
    }

    /// The modules that the names come from.
    pub(super) fn modules(&self) -> &[Module] {
        &self.modules
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

/// Whether a module is the one that was known.
fn is_unchanged(known: &Module, module: &Module) -> bool {
    known.file == module.file && Arc::ptr_eq(&known.ast, &module.ast)
}

/// The names of a contract: those of the files that are being written apart from those of the others, so that only they
/// are told again at each key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tables {
    /// Those of the project before the files that are being written, of these, and after them; and those of the library.
    in_order: [Arc<Table>; 4],
}

/// How many files are told again at each key, at most.
const WRITTEN: usize = 4;

/// How far the ids of one table are from those of the next.
const STRIDE: usize = 1 << 24;

impl Tables {
    /// The tables of modules; what has not changed is taken from those of an earlier index.
    pub(super) fn of(modules: &[Module], earlier: Option<&Self>) -> Self {
        let (own, library): (Vec<&Module>, Vec<&Module>) = modules.iter().partition(|module| module.is_own());
        let (before, written, after) = split(&own, earlier);
        let parts = [before, written, after, &library];
        let known = |place: usize| earlier.and_then(|earlier| earlier.in_order.get(place));
        let mut places = 0_usize..;
        let in_order = parts.map(|modules| {
            let place = places.next().unwrap_or_default();
            match known(place).filter(|known| known.is_of(modules)) {
                Some(known) => known.clone(),
                None => Arc::new(Table::of(modules, place.saturating_mul(STRIDE))),
            }
        });
        Self { in_order }
    }

    /// The tables, those of the project first, in the order of its files.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Table> {
        self.in_order.iter().map(Arc::as_ref)
    }
}

/// The modules before those that are being written, these, and those after them: as they were where that still holds, or
/// else around what has changed.
fn split<'m, 'n>(
    own: &'n [&'m Module],
    earlier: Option<&Tables>,
) -> (&'n [&'m Module], &'n [&'m Module], &'n [&'m Module]) {
    let whole: (&[&Module], &[&Module], &[&Module]) = (&[], own, &[]);
    let Some([before, written, after, _]) = earlier.map(|earlier| &earlier.in_order) else { return whole };
    let parted = |from: usize, behind: usize| {
        let (first, rest) = own.split_at_checked(from)?;
        let (middle, last) = rest.split_at_checked(rest.len().checked_sub(behind)?)?;
        Some((first, middle, last))
    };
    let (from, behind) = (before.modules().len(), after.modules().len());
    let holds = parted(from, behind)
        .filter(|(first, middle, last)| middle.len() <= WRITTEN && before.is_of(first) && after.is_of(last));
    let known: Vec<&Module> =
        [before, written, after].into_iter().flat_map(|table| table.modules()).collect();
    let same = |(known, module): &(&&Module, &&Module)| is_unchanged(known, module);
    let around = || {
        let from = known.iter().zip(own).take_while(same).count();
        let most = known.len().min(own.len()).saturating_sub(from);
        let behind = known.iter().rev().zip(own.iter().rev()).take(most).take_while(same).count();
        parted(from, behind)
    };
    holds.or_else(around).unwrap_or(whole)
}
