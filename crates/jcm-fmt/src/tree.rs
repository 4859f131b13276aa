//! What stands in a file, ready to be laid out: entries, and in each the pieces of its line.

use crate::prose::Prose;
use crate::shape::{Context, Shape};
use crate::spacing;
use jcm_syntax::{Element, Node, SyntaxKind, Token};
use std::borrow::Cow;

/// One line of a file or block: a comment, or a declaration or member with everything inside it.
pub(crate) struct Entry<'t> {
    /// How many blank lines stand before it.
    pub(crate) blank_lines: usize,
    pub(crate) content: Content<'t>,
    /// The comment after it on its last line.
    pub(crate) trailing: Option<&'t str>,
}

pub(crate) enum Content<'t> {
    /// A comment on a line of its own; a doc comment belongs to what follows it.
    Comment { text: &'t str, is_doc: bool },
    /// The edition, a declaration or a member.
    Run(Run<'t>),
}

/// The pieces of a declaration or member in their order, and what it looks like.
pub(crate) struct Run<'t> {
    pub(crate) pieces: Vec<Piece<'t>>,
    pub(crate) shape: Shape,
}

/// A token or body, and what stands before it.
pub(crate) struct Piece<'t> {
    pub(crate) what: What<'t>,
    /// Whether a space belongs before it on the same line.
    pub(crate) space: bool,
    /// Whether white space stood before it.
    pub(crate) spaced: bool,
    /// Whether a line break stood before it.
    pub(crate) broken: bool,
    pub(crate) comments: Vec<InnerComment<'t>>,
}

/// A comment between two pieces of a run.
pub(crate) struct InnerComment<'t> {
    pub(crate) text: &'t str,
    /// Whether it stands on a line of its own.
    pub(crate) own_line: bool,
}

pub(crate) enum What<'t> {
    Token(SyntaxKind, Cow<'t, str>),
    /// The colon between a key and its value; any other colon is a token.
    Colon,
    Block(Block<'t>),
    Prose(Prose),
}

pub(crate) struct Block<'t> {
    /// The comment after the opening brace.
    pub(crate) opening: Option<&'t str>,
    pub(crate) entries: Vec<Entry<'t>>,
    /// Whether it is empty or a person wrote it without a line break.
    pub(crate) on_one_line: bool,
}

impl What<'_> {
    pub(crate) fn kind(&self) -> Option<SyntaxKind> {
        match self {
            Self::Token(kind, _) => Some(*kind),
            _ => None,
        }
    }

    pub(crate) fn is(&self, kind: SyntaxKind) -> bool {
        self.kind() == Some(kind)
    }

    /// The text of a token; empty for anything else.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Token(_, text) => text,
            _ => "",
        }
    }

    /// What it does to the depth of brackets.
    pub(crate) fn opens(&self) -> bool {
        matches!(self.kind(), Some(SyntaxKind::LParen | SyntaxKind::LBracket))
    }

    pub(crate) fn closes(&self) -> bool {
        matches!(self.kind(), Some(SyntaxKind::RParen | SyntaxKind::RBracket))
    }

    pub(crate) fn is_body(&self) -> bool {
        matches!(self, Self::Block(_) | Self::Prose(_))
    }
}

/// Reads the node of a file.
pub(crate) fn read(root: Node<'_>) -> Vec<Entry<'_>> {
    // Before the first line there is as good as a line break: a comment there stands on its own line.
    let mut entries = Entries { context: Context::File, line_breaks: 1, ..Entries::default() };
    for child in root.children() {
        match child {
            Element::Token(token) => entries.trivia(token),
            Element::Node(node) => entries.run(node),
        }
    }
    entries.entries
}

fn read_block(node: Node<'_>, context: Context) -> Block<'_> {
    let mut entries = Entries { context, ..Entries::default() };
    for child in node.children() {
        match child {
            Element::Token(token) => entries.trivia(token),
            Element::Node(node) => entries.run(node),
        }
    }
    let is_empty = entries.opening.is_none() && entries.entries.is_empty();
    let on_one_line = is_empty || !has_line_break(node);
    Block { opening: entries.opening, entries: entries.entries, on_one_line }
}

/// Whether a line break stands in a node, legal text included.
pub(crate) fn has_line_break(node: Node<'_>) -> bool {
    node.children().any(|child| match child {
        Element::Node(node) => has_line_break(node),
        Element::Token(token) => {
            token.kind == SyntaxKind::LineBreak
                || token.kind == SyntaxKind::ProseText && token.text.contains('\n')
        }
    })
}

fn is_trivia(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        SyntaxKind::Whitespace | SyntaxKind::LineBreak | SyntaxKind::Comment | SyntaxKind::DocComment
    )
}

/// The entries of a file or block while they are read.
#[derive(Default)]
struct Entries<'t> {
    context: Context,
    entries: Vec<Entry<'t>>,
    opening: Option<&'t str>,
    /// The line breaks since the last entry.
    line_breaks: usize,
}

impl<'t> Entries<'t> {
    /// A space, line break or comment between entries; braces and commas there say nothing that the layout does not.
    fn trivia(&mut self, token: Token<'t>) {
        match token.kind {
            SyntaxKind::LineBreak => self.line_breaks += 1,
            SyntaxKind::DocComment => self.comment(token.text, true),
            SyntaxKind::Comment => self.comment(token.text, false),
            _ => {}
        }
    }

    fn comment(&mut self, text: &'t str, is_doc: bool) {
        let text = text.trim_end();
        if is_doc || self.line_breaks > 0 {
            self.add(Content::Comment { text, is_doc });
            return;
        }
        match self.entries.last_mut() {
            Some(entry) => entry.trailing = Some(text),
            None => self.opening = Some(text),
        }
    }

    fn add(&mut self, content: Content<'t>) {
        let blank_lines = if self.entries.is_empty() { 0 } else { self.line_breaks.saturating_sub(1) };
        self.line_breaks = 0;
        self.entries.push(Entry { blank_lines, content, trailing: None });
    }

    /// The edition, a declaration or a member; comments at its two ends are entries of their own.
    fn run(&mut self, node: Node<'t>) {
        let mut run = RunReader::default();
        for child in node.children() {
            match child {
                Element::Token(token) if is_trivia(token.kind) && run.pieces.is_empty() => self.trivia(token),
                _ => run.element(child, node.kind),
            }
        }
        let (run, after) = run.finish(self.context);
        self.add(Content::Run(run));
        after.into_iter().for_each(|token| self.trivia(token));
    }
}

/// The pieces of a run while they are read.
#[derive(Default)]
pub(crate) struct RunReader<'t> {
    pieces: Vec<Piece<'t>>,
    /// The spaces, line breaks and comments since the last piece.
    trivia: Vec<Token<'t>>,
}

impl<'t> RunReader<'t> {
    pub(crate) fn element(&mut self, element: Element<'t>, parent: SyntaxKind) {
        match element {
            Element::Token(token) if is_trivia(token.kind) => self.trivia.push(token),
            Element::Token(token) if token.kind == SyntaxKind::Colon && parent == SyntaxKind::Member => {
                self.add(What::Colon);
            }
            Element::Token(token) => self.add(What::Token(token.kind, spacing::inside(token))),
            Element::Node(node) if node.kind == SyntaxKind::Block => {
                self.add(What::Block(read_block(node, Context::in_run(&self.pieces))));
            }
            Element::Node(node) if node.kind == SyntaxKind::Prose => self.add(What::Prose(Prose::read(node))),
            Element::Node(node) => node.children().for_each(|child| self.element(child, node.kind)),
        }
    }

    fn add(&mut self, what: What<'t>) {
        let spaced = !self.trivia.is_empty();
        let mut broken = false;
        let mut comments = Vec::new();
        for token in self.trivia.drain(..) {
            match token.kind {
                SyntaxKind::LineBreak => broken = true,
                SyntaxKind::Comment | SyntaxKind::DocComment => {
                    comments.push(InnerComment { text: token.text.trim_end(), own_line: broken });
                }
                _ => {}
            }
        }
        let space = spacing::between(&self.pieces, &what, spaced);
        self.pieces.push(Piece { what, space, spaced, broken, comments });
    }

    /// The run, and the spaces, line breaks and comments after its last piece.
    pub(crate) fn finish(self, context: Context) -> (Run<'t>, Vec<Token<'t>>) {
        let mut pieces = self.pieces;
        let colon = pieces.iter().position(|piece| matches!(piece.what, What::Colon));
        let (key, rest) = pieces.split_at_mut_checked(colon.unwrap_or_default()).unwrap_or_default();
        if let Some(colon) = rest.first_mut() {
            // A key whose second line begins with `otherwise` is one key only while the colon is not on that line.
            colon.broken &= spacing::has_hard_break(key);
        }
        let shape = Shape::of(&pieces, context);
        if let Some(colon) = pieces.iter_mut().find(|piece| matches!(piece.what, What::Colon)) {
            colon.space = shape.colon_stands_apart();
        }
        if !shape.is_formula() {
            spacing::keep_words(&mut pieces);
        }
        (Run { pieces, shape }, self.trivia)
    }

    /// The pieces of a hole in legal text, which may be words as well as a formula.
    pub(crate) fn finish_hole(mut self) -> Vec<Piece<'t>> {
        spacing::keep_words(&mut self.pieces);
        self.pieces
    }
}

impl Run<'_> {
    pub(crate) fn is_edition(&self) -> bool {
        self.pieces.first().is_some_and(|first| first.what.is(SyntaxKind::EditionWord))
    }
}
