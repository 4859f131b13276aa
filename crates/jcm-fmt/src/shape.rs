//! What a line looks like: which of its pieces stand in columns with those of the lines around it.

use crate::spacing::{has_hard_break, is_operator};
use crate::tree::{Piece, What};
use jcm_syntax::SyntaxKind;
use jcm_syntax::ast::{DeclarationKind, Operator, Word};

/// What a figure that a function takes begins with: `takes achieved : percent`.
const TAKES: &str = "takes";

/// What the turns of payees begin with: `first council up to £50,000`.
const TURNS: [&str; 3] = ["first", "then", "rest"];

/// Lines of one class share columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// `partner acute "…" { … }` on one line: the kind and name, the title.
    Declaration(&'static str),
    /// `role:    commissioner`: the key with its colon.
    Field,
    /// `0% to below 100% : 50%`: the key.
    Row,
    /// `line saving  "Saving" : £ = …` and `input cost  "Cost" : £`: the word and name, the title and unit.
    Titled(&'static str),
    /// `takes achieved : percent`: the word and name.
    Taken,
    /// `expect saving = £5`: the word, what it is of.
    Given,
    /// `given "A": x = 1`: the word, what it is of with its colon.
    GivenRow,
    /// `north.size = 500` and `vary cost ~ normal`: what stands before the sign.
    Setting,
    /// `acute  40%`: the name, the percentage.
    Share,
    /// `enhanced  "ENHANCED track"`: the name.
    Choice,
    /// `first  council  up to £50,000`: the word, the name.
    Turn,
    /// `mediation  by CEDR  within 30 days`: the name, what happens.
    Step,
}

/// What stands around a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Context {
    #[default]
    File,
    /// The body of a declaration, or of an `each`; a table's body may hold rows and fields.
    Body { is_table: bool },
    /// A block inside a declaration, such as `columns { … }`.
    Inner,
}

/// The class of a line and where its columns and its value are.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    pub(crate) class: Option<Class>,
    /// Where each cell ends, as an index of pieces; the first begins with the line.
    pub(crate) cells: Vec<usize>,
    /// The piece under which the lines of a broken value stand.
    pub(crate) value: Option<usize>,
}

impl Context {
    /// What stands around the lines of a block that follows these pieces.
    pub(crate) fn in_run(before: &[Piece<'_>]) -> Self {
        let Some(first) = before.first() else { return Self::Inner };
        let text = first.what.text();
        if first.what.is(SyntaxKind::Kind) {
            let kind = DeclarationKind::from_word(text);
            let tables = [DeclarationKind::Parameter, DeclarationKind::Scale, DeclarationKind::Bands];
            return Self::Body { is_table: kind.is_some_and(|kind| tables.contains(&kind)) };
        }
        if text == "each" { Self::Body { is_table: false } } else { Self::Inner }
    }
}

impl Shape {
    pub(crate) fn of(pieces: &[Piece<'_>], context: Context) -> Self {
        let line = Line { pieces };
        let shape = line.shape(context);
        if line.has_cells(&shape.cells) { shape } else { Self { value: line.value(), ..Self::default() } }
    }

    /// Whether a space stands before the colon after the key.
    pub(crate) fn colon_stands_apart(&self) -> bool {
        matches!(self.class, Some(Class::Row | Class::Taken | Class::Titled(_)))
    }

    /// Whether the line is a formula and not words, which go into the document as they stand.
    pub(crate) fn is_formula(&self) -> bool {
        match self.class {
            Some(Class::Titled(word)) => word == Word::Line.word(),
            Some(Class::Declaration(_) | Class::Given | Class::GivenRow | Class::Setting) => true,
            _ => false,
        }
    }

    /// Whether a line that is too long may be broken.
    pub(crate) fn may_break(&self) -> bool {
        self.class != Some(Class::Row)
    }
}

/// The pieces of a line while its shape is looked for.
struct Line<'p, 't> {
    pieces: &'p [Piece<'t>],
}

impl<'p, 't> Line<'p, 't> {
    fn shape(&self, context: Context) -> Shape {
        let Some(first) = self.what(0) else { return Shape::default() };
        if first.is(SyntaxKind::Kind) {
            return self.declaration(first.text());
        }
        match (self.word(0), self.colon()) {
            (Some(word @ (Word::Line | Word::Input)), _) if self.pieces.len() > 1 => self.titled(word),
            (_, Some(2)) if self.what(0).is_some_and(|what| what.text() == TAKES) => {
                Shape { class: Some(Class::Taken), cells: vec![2], value: Some(3) }
            }
            (Some(Word::Given | Word::Expect), Some(colon)) if colon > 1 => {
                Shape { class: Some(Class::GivenRow), cells: vec![1, colon + 1], value: Some(colon + 1) }
            }
            (Some(Word::Given | Word::Expect), None) => self.given(),
            (_, Some(colon)) if self.is_field(colon, context) => {
                Shape { class: Some(Class::Field), cells: vec![colon + 1], value: Some(colon + 1) }
            }
            (_, Some(colon)) => Shape { class: Some(Class::Row), cells: vec![colon], value: Some(colon + 1) },
            (_, None) => self.statement(),
        }
    }

    fn declaration(&self, kind: &str) -> Shape {
        let class = DeclarationKind::from_word(kind).map(|kind| Class::Declaration(kind.word()));
        let title = if self.is(2, SyntaxKind::Text) { 3 } else { 2 };
        let cells = if self.is(1, SyntaxKind::Name) { vec![2, title] } else { Vec::new() };
        Shape { class, cells, value: self.value() }
    }

    fn titled(&self, word: Word) -> Shape {
        let colon = self.colon().unwrap_or(self.pieces.len());
        let sign =
            if word == Word::Line { self.find(|what| is_operator(what, Operator::Equal)) } else { None };
        let end = sign.unwrap_or(colon);
        let title = self.find(|what| what.is(SyntaxKind::Text)).filter(|title| *title < end);
        let name = title.unwrap_or(end.min(colon));
        Shape { class: Some(Class::Titled(word.word())), cells: vec![name, end], value: Some(end + 1) }
    }

    fn given(&self) -> Shape {
        let arithmetic = [Operator::Plus, Operator::Minus, Operator::Times, Operator::Divide];
        let end = self.find(|what| match what.kind() {
            Some(SyntaxKind::Operator) => !arithmetic.iter().any(|operator| is_operator(what, *operator)),
            Some(SyntaxKind::Path) => {
                matches!(Word::from_word(what.text()), Some(Word::Receives | Word::Pays))
            }
            _ => false,
        });
        match end {
            Some(end) if end > 1 => Shape { class: Some(Class::Given), cells: vec![1, end], value: Some(1) },
            _ => Shape::default(),
        }
    }

    /// A line without a colon that begins with no word of its own.
    fn statement(&self) -> Shape {
        let setting = self
            .find(|what| is_operator(what, Operator::Equal) || is_operator(what, Operator::Tilde))
            .filter(|sign| *sign > 0);
        if let Some(sign) = setting {
            return Shape { class: Some(Class::Setting), cells: vec![sign], value: Some(sign + 1) };
        }
        if self.pieces.iter().any(|piece| piece.what.is_body()) || !self.is(0, SyntaxKind::Path) {
            return Shape::default();
        }
        let (class, cells) = if self.is_turn() {
            (Class::Turn, vec![1, 2])
        } else if self.is(1, SyntaxKind::Percent) {
            (Class::Share, vec![1, 2])
        } else if self.is(1, SyntaxKind::Text) {
            (Class::Choice, vec![1])
        } else if let Some(within) = self.find(|what| what.text() == Word::Within.word()).filter(|at| *at > 0)
        {
            (Class::Step, vec![1, within])
        } else {
            return Shape::default();
        };
        Shape { class: Some(class), cells, value: None }
    }

    /// Whether a payee takes its turn here.
    fn is_turn(&self) -> bool {
        let begins = self.what(0).is_some_and(|what| TURNS.contains(&what.text()));
        let goes_on = |what: &What<'t>| what.is(SyntaxKind::Percent) || what.text() == "up";
        begins && self.is(1, SyntaxKind::Path) && self.what(2).is_none_or(goes_on)
    }

    /// Whether the key says what its value is, and is no entry of a table.
    fn is_field(&self, colon: usize, context: Context) -> bool {
        let in_words = self.pieces.iter().take(colon).all(|piece| piece.what.is(SyntaxKind::Path));
        // In a table's body only its author can tell the row of a choice from a field, and does it by a space.
        let stands_apart = self.pieces.get(colon).is_some_and(|colon| colon.spaced);
        in_words
            && match context {
                Context::Body { is_table } => !(is_table && stands_apart),
                Context::File => true,
                Context::Inner => false,
            }
    }

    /// Where the value of a line without columns begins.
    fn value(&self) -> Option<usize> {
        let sign = || self.find(|what| is_operator(what, Operator::Equal));
        let colon = || self.find(|what| what.is(SyntaxKind::Colon));
        self.colon().or_else(sign).or_else(colon).map(|at| at + 1)
    }

    /// Whether every cell stands on one line, and nothing that touches is torn apart.
    fn has_cells(&self, cells: &[usize]) -> bool {
        let Some(rest) = cells.last() else { return false };
        let heads = self.pieces.get(..*rest).unwrap_or_default();
        let is_whole = !has_hard_break(heads) && !heads.iter().any(|piece| piece.what.is_body());
        // A line that begins with a minus sign and a space would go on with the line above.
        let is_sign =
            cells.first() == Some(&1) && self.what(0).is_some_and(|what| is_operator(what, Operator::Minus));
        let may_begin = |at: &usize| {
            self.pieces.get(*at).is_none_or(|piece| piece.space || matches!(piece.what, What::Colon))
        };
        is_whole && !is_sign && *rest <= self.pieces.len() && cells.iter().all(may_begin)
    }

    /// The first piece outside brackets that is looked for.
    fn find(&self, wanted: impl Fn(&What<'t>) -> bool) -> Option<usize> {
        let mut depth = 0_usize;
        self.pieces.iter().position(|piece| {
            if piece.what.opens() {
                depth += 1;
            } else if piece.what.closes() {
                depth = depth.saturating_sub(1);
            }
            depth == 0 && wanted(&piece.what)
        })
    }

    fn colon(&self) -> Option<usize> {
        self.pieces.iter().position(|piece| matches!(piece.what, What::Colon))
    }

    fn what(&self, at: usize) -> Option<&'p What<'t>> {
        self.pieces.get(at).map(|piece| &piece.what)
    }

    fn is(&self, at: usize, kind: SyntaxKind) -> bool {
        self.what(at).is_some_and(|what| what.is(kind))
    }

    fn word(&self, at: usize) -> Option<Word> {
        self.what(at).filter(|what| what.is(SyntaxKind::Path)).and_then(|what| Word::from_word(what.text()))
    }
}
