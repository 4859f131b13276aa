//! The places of the source in what a declaration becomes, for a compiler that reads a text again in which it has moved.

use crate::{
    Balance, Clause, Definition, Due, Example, Expr, Flow, Head, Incentive, Input, Line, Measure, Paragraph,
    Parameter, Piece, Score,
};
use jcm_source::Span;

/// Something that holds places of the source.
pub trait Placed {
    /// Puts what `put` makes of each place in its stead.
    fn put(&mut self, put: &dyn Fn(Span) -> Span);
}

/// Something that holds no place of its own.
impl Placed for () {
    fn put(&mut self, _: &dyn Fn(Span) -> Span) {}
}

impl Placed for Head {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.span = put(self.span);
        self.name_span = put(self.name_span);
    }
}

impl Placed for Due {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.span = put(self.span);
    }
}

impl Placed for Expr {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.span = put(self.span);
        self.parts_mut().into_iter().for_each(|part| part.put(put));
    }
}

impl Placed for Measure {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        self.deadline.iter_mut().for_each(|due| due.put(put));
    }
}

impl Placed for Parameter {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
    }
}

impl Placed for Score {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
    }
}

impl Placed for Incentive {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        self.deadline.iter_mut().for_each(|due| due.put(put));
    }
}

impl Placed for Input {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
    }
}

impl Placed for Line {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        self.expr.put(put);
    }
}

impl Placed for Balance {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
    }
}

impl Placed for Flow {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
    }
}

impl Placed for Example {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        let later = self.later.iter_mut().flat_map(|period| &mut period.expect);
        self.expect.iter_mut().chain(later).for_each(|expected| expected.span = put(expected.span));
    }
}

impl Placed for Paragraph {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.span = put(self.span);
        for piece in &mut self.pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Reference { span, .. } | Piece::Figure { span, .. } => *span = put(*span),
            }
        }
    }
}

impl Placed for Clause {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        self.paragraphs.iter_mut().for_each(|paragraph| paragraph.put(put));
    }
}

impl Placed for Definition {
    fn put(&mut self, put: &dyn Fn(Span) -> Span) {
        self.head.put(put);
        self.paragraphs.iter_mut().for_each(|paragraph| paragraph.put(put));
    }
}
