//! The text that each variation varies, as a hash; and the contract as it was agreed on a date.
//!
//! A variation belongs to one text: the contract with every variation agreed before it, and without those agreed later.
//! The hash of that text is made of its words. What says nothing of what these partners agreed can change without making
//! a variation one of another text: the layout, `//` comments, examples, which only show what the contract comes to,
//! localities, which are contracts of others, and the library, which comes with a release.

use jcm_model::{Def, Program};
use jcm_quantity::{Date, show_date};
use jcm_sema::{Module, StatedVariation};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use jcm_syntax::{Element, Node, Parsed, SyntaxKind};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// For each variation, by the place of its declaration, the hash of the text that it varies. `tree` gives the tree of a
/// module, by its path, where that has been parsed already.
pub(crate) fn bases<'t>(
    modules: &[Module],
    tree: impl Fn(&str) -> Option<&'t Parsed>,
) -> BTreeMap<Span, String> {
    let variations = jcm_sema::variations(modules);
    if variations.is_empty() {
        return BTreeMap::new();
    }
    let texts = Texts::of(modules, tree);
    let mut state = texts.without(modules, &variations);
    let mut bases = BTreeMap::new();
    for variation in &variations {
        bases.insert(variation.declaration.span, state.clone());
        state = texts.with(&state, modules, variation);
    }
    bases
}

/// Takes out of the modules what was agreed after a date, and the clauses that came with it. Gives the first day on which
/// the contract is another for it.
pub(crate) fn leave_out(modules: &mut [Module], after: Date) -> Option<Date> {
    let variations = jcm_sema::variations(modules);
    let later: Vec<&StatedVariation<'_>> =
        variations.iter().filter(|variation| variation.agreed.is_some_and(|day| day > after)).collect();
    let first = later.iter().filter_map(|variation| variation.from).min();
    let mut gone: BTreeSet<Span> = later.iter().map(|variation| variation.declaration.span).collect();
    gone.extend(later.iter().flat_map(|variation| brought(modules, variation)).map(|clause| clause.span));
    for module in modules {
        Arc::make_mut(&mut module.ast).declarations.retain(|declaration| !gone.contains(&declaration.span));
    }
    first
}

/// The contract under a title that says its date, without the examples of periods that a later variation changes.
pub(crate) fn as_at(mut program: Program, date: Date, changed_from: Option<Date>) -> Program {
    program.contract.head.title = format!("{}, as at {}", program.title(Def::Contract), show_date(date));
    if let Some(changed) = changed_from {
        let periods = &program.contract.periods;
        let settled_before = |period: usize| periods.get(period).is_some_and(|period| period.start < changed);
        program.examples.retain(|example| settled_before(example.period.saturating_add(example.later.len())));
    }
    program
}

/// The clauses that come with a variation.
fn brought<'m>(modules: &'m [Module], variation: &StatedVariation<'_>) -> Vec<&'m Declaration> {
    let own = || modules.iter().filter(|module| module.is_own()).flat_map(|module| module.ast.declarations());
    let named = |wanted: &str| {
        let name =
            |declaration: &&Declaration| declaration.name.as_ref().is_some_and(|name| name.text == wanted);
        own().find(|declaration| {
            matches!(declaration.kind, Kind::Clause | Kind::Document) && name(declaration)
        })
    };
    variation.brings.iter().filter_map(|name| named(&name.text)).collect()
}

/// The words of every declaration of the partners' own modules, with the place of each.
struct Texts {
    /// By module.
    words: BTreeMap<usize, Vec<(usize, String)>>,
}

impl Texts {
    fn of<'t>(modules: &[Module], tree: impl Fn(&str) -> Option<&'t Parsed>) -> Texts {
        let own = modules.iter().enumerate().filter(|(_, module)| module.is_own());
        let words = own.map(|(place, module)| {
            let (mut words, mut at) = (Vec::new(), 0);
            match tree(&module.path) {
                Some(parsed) => collect(parsed.root(), &mut at, &mut words),
                None => collect(jcm_syntax::parse(&module.text).root(), &mut at, &mut words),
            }
            (place, words)
        });
        Texts { words: words.collect() }
    }

    /// The hash of the contract without its variations.
    fn without(&self, modules: &[Module], variations: &[StatedVariation<'_>]) -> String {
        let later: BTreeSet<Span> = variations
            .iter()
            .flat_map(|variation| brought(modules, variation))
            .map(|clause| clause.span)
            .collect();
        let mut own: Vec<(usize, &Module)> =
            modules.iter().enumerate().filter(|(_, module)| module.is_own()).collect();
        own.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        let mut hasher = Sha256::new();
        for (place, module) in own {
            for declaration in &module.ast.declarations {
                let beside = matches!(
                    declaration.kind,
                    Kind::Variation | Kind::Example | Kind::Locality | Kind::Simulation
                );
                if !beside && !later.contains(&declaration.span) {
                    add(&mut hasher, &module.path);
                    self.add(&mut hasher, place, declaration, None);
                }
            }
        }
        hex(hasher)
    }

    /// The hash after one more variation.
    fn with(&self, before: &str, modules: &[Module], variation: &StatedVariation<'_>) -> String {
        let mut hasher = Sha256::new();
        add(&mut hasher, before);
        let clauses = brought(modules, variation);
        for (declaration, but) in std::iter::once((variation.declaration, variation.base))
            .chain(clauses.into_iter().map(|clause| (clause, None)))
        {
            let place = modules.iter().position(|module| module.file == declaration.span.file);
            self.add(&mut hasher, place.unwrap_or(usize::MAX), declaration, but);
        }
        hex(hasher)
    }

    /// Adds the words of a declaration, with the documentation above it and without one of its members.
    fn add(&self, hasher: &mut Sha256, module: usize, declaration: &Declaration, but: Option<Span>) {
        declaration.doc.split_whitespace().for_each(|word| add(hasher, word));
        let Some(words) = self.words.get(&module) else { return };
        let (range, but) = (declaration.span.range(), but.map(|span| span.range()));
        let start = words.partition_point(|(at, _)| *at < range.start);
        let own = words.iter().skip(start).take_while(|(at, _)| range.contains(at));
        for (_, word) in own.filter(|(at, _)| !but.as_ref().is_some_and(|but| but.contains(at))) {
            add(hasher, word);
        }
        // Where one declaration ends and the next begins is part of what is said.
        add(hasher, "");
    }
}

/// The words of a tree in order, each with its place: what lies between spaces, without comments.
fn collect(node: Node<'_>, at: &mut usize, words: &mut Vec<(usize, String)>) {
    for child in node.children() {
        match child {
            Element::Node(node) => collect(node, at, words),
            Element::Token(token) => {
                let trivia = matches!(
                    token.kind,
                    SyntaxKind::Whitespace | SyntaxKind::LineBreak | SyntaxKind::Comment
                );
                if !trivia {
                    words.extend(token.text.split_whitespace().map(|word| (*at, word.to_owned())));
                }
                *at = at.saturating_add(token.text.len());
            }
        }
    }
}

/// Adds a text after its length, so that no two lists of words run together to the same bytes.
fn add(hasher: &mut Sha256, text: &str) {
    hasher.update(text.len().to_string());
    hasher.update(b":");
    hasher.update(text);
}

fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
