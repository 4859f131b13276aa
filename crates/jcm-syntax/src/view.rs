//! From the green tree to the typed view, in one walk that counts offsets and makes no cursor nodes.

use crate::ast::{
    Body, Declaration, File, Identity, Member, Name, Operator, Paragraph, Phrase, Piece, Term, TermKind, Text,
};
use crate::generated::{DeclarationKind, SyntaxKind};
use crate::parse::Parsed;
use crate::problems::{Range, offset};
use jcm_source::{FileId, Span};
use rowan::{GreenNode, GreenNodeData, GreenTokenData, NodeOrToken};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// The declarations of the last view of a file, for an editor that views it again at each key: with their nodes, in the
/// order of the text.
#[derive(Debug, Default)]
pub struct ViewCache {
    declarations: Vec<(GreenNode, Viewed)>,
}

/// A declaration, and where its node starts.
type Viewed = (usize, Arc<Declaration>);

impl ViewCache {
    /// What was kept of a view, where only the view and the tree that it was made of are there still.
    pub fn of(parsed: &Parsed, file: &File) -> Self {
        let mut cache = Self::default();
        let mut declarations = file.declarations.iter().peekable();
        let mut start = 0;
        for child in parsed.green.children() {
            let end = start + usize::from(child.text_len());
            let is_here = |declaration: &&Arc<Declaration>| declaration.span.range().end <= end;
            if let NodeOrToken::Node(node) = child
                && let Some(declaration) = declarations.next_if(is_here)
            {
                cache.put(node, (start, declaration.clone()));
            }
            start = end;
        }
        cache
    }

    fn put(&mut self, node: &GreenNodeData, viewed: Viewed) {
        self.declarations.push((node.to_owned(), viewed));
    }
}

/// What a view takes out of the cache, in the order of the text.
struct Known {
    declarations: Vec<Option<(GreenNode, Viewed)>>,
    /// Where the next is expected.
    next: usize,
    /// The places of those behind the first that was not where it was expected, those of the same node in their order.
    places: Option<HashMap<usize, VecDeque<usize>>>,
}

impl Known {
    fn of(cache: ViewCache) -> Self {
        Self { declarations: cache.declarations.into_iter().map(Some).collect(), next: 0, places: None }
    }

    /// Takes out the declaration that a node was the last time.
    fn take(&mut self, node: &GreenNodeData) -> Option<Viewed> {
        let wanted = address(node);
        let next = self.declarations.get(self.next).and_then(Option::as_ref);
        let place = if next.is_some_and(|(known, _)| address(known) == wanted) {
            self.next
        } else {
            self.elsewhere(wanted)?
        };
        self.next = place.saturating_add(1);
        self.declarations.get_mut(place)?.take().map(|(_, viewed)| viewed)
    }

    fn elsewhere(&mut self, wanted: usize) -> Option<usize> {
        let declarations = &self.declarations;
        let places = self.places.get_or_insert_with(|| {
            let mut places: HashMap<usize, VecDeque<usize>> = HashMap::new();
            for (place, known) in declarations.iter().enumerate() {
                if let Some((node, _)) = known {
                    places.entry(address(node)).or_default().push_back(place);
                }
            }
            places
        });
        let places = places.get_mut(&wanted)?;
        while let Some(place) = places.pop_front() {
            if declarations.get(place).is_some_and(Option::is_some) {
                return Some(place);
            }
        }
        None
    }
}

/// What is a node's alone as long as it lives.
fn address(node: &GreenNodeData) -> usize {
    std::ptr::from_ref(node).cast::<()>().addr()
}

/// The typed view of a parsed file; `file` is what its spans name.
pub fn ast(parsed: &Parsed, file: FileId) -> File {
    ast_with(parsed, file, &mut ViewCache::default())
}

/// The same, but takes each declaration that stands unchanged in its place from the cache, which then holds those of
/// this view; one that has only moved keeps its identity. What was parsed with one
/// [`DeclarationCache`](crate::DeclarationCache) is unchanged where its node is the same.
pub fn ast_with(parsed: &Parsed, file: FileId, cache: &mut ViewCache) -> File {
    let mut problems: Vec<Range> = parsed.problems.iter().map(|problem| problem.range).collect();
    problems.sort_unstable();
    let view = View { file, problems };
    let mut known = Known::of(std::mem::take(cache));
    let mut edition = None;
    let mut declarations = Vec::new();
    for child in view.children(&parsed.green, 0) {
        match (child.kind, child.element) {
            (SyntaxKind::Edition, NodeOrToken::Node(node)) => {
                let parts = view.children(node, child.start);
                let value = parts.into_iter().find(|part| part.kind == SyntaxKind::EditionValue);
                edition = value.map(|value| (value.text().to_owned(), view.span(&value)));
            }
            (SyntaxKind::Declaration, NodeOrToken::Node(node)) => {
                if let Some(declaration) = view.again(node, child.start, known.take(node)) {
                    cache.put(node, (child.start, declaration.clone()));
                    declarations.push(declaration);
                }
            }
            _ => {}
        }
    }
    File { edition, declarations }
}

struct View {
    file: FileId,
    /// The ranges of all problems, sorted.
    problems: Vec<Range>,
}

/// A child of a node with its place and whether spaces stand before it.
struct Child<'g> {
    kind: SyntaxKind,
    element: NodeOrToken<&'g GreenNodeData, &'g GreenTokenData>,
    start: usize,
    end: usize,
    spaced: bool,
}

impl<'g> Child<'g> {
    fn text(&self) -> &'g str {
        match self.element {
            NodeOrToken::Token(token) => token.text(),
            NodeOrToken::Node(_) => "",
        }
    }
}

impl View {
    /// The children that are not white space; the first counts as not spaced.
    fn children<'g>(
        &self,
        node: &'g GreenNodeData,
        start: usize,
    ) -> impl Iterator<Item = Child<'g>> + use<'g> {
        let (mut at, mut spaced) = (start, false);
        node.children().filter_map(move |element| {
            let (raw, length) = match element {
                NodeOrToken::Node(node) => (node.kind(), node.text_len()),
                NodeOrToken::Token(token) => (token.kind(), token.text_len()),
            };
            let kind = SyntaxKind::ALL.get(usize::from(raw.0)).copied().unwrap_or(SyntaxKind::Unread);
            let start = at;
            at += usize::from(length);
            let is_trivia =
                matches!(kind, SyntaxKind::Whitespace | SyntaxKind::LineBreak | SyntaxKind::Comment);
            let child = Child { kind, element, start, end: at, spaced };
            spaced = is_trivia;
            (!is_trivia).then_some(child)
        })
    }

    fn span(&self, child: &Child<'_>) -> Span {
        self.span_of(child.start, child.end)
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, offset(start), offset(end))
    }

    fn is_broken(&self, span: Span) -> bool {
        let first = self.problems.partition_point(|(start, _)| *start < span.start);
        self.problems
            .get(first)
            .is_some_and(|(start, end)| *start < span.end || (start == end && *start == span.end))
    }

    /// A declaration, or the one that the same node was before.
    fn again(&self, node: &GreenNodeData, start: usize, known: Option<Viewed>) -> Option<Arc<Declaration>> {
        let Some((place, known)) = known.filter(|(_, known)| known.span.file == self.file) else {
            return self.declaration(node, start).map(Arc::new);
        };
        if place == start && self.is_broken(known.span) == known.broken {
            return Some(known);
        }
        let mut moved = self.declaration(node, start)?;
        // What comes after it may touch its end.
        if moved.broken == known.broken {
            moved.identity = known.identity.clone();
        }
        Some(Arc::new(moved))
    }

    fn declaration(&self, node: &GreenNodeData, start: usize) -> Option<Declaration> {
        let mut doc = Doc::default();
        let mut kind = None;
        let (mut name, mut title, mut header, mut body) = (None, None, Vec::new(), Body::None);
        let mut span = self.span_of(start, start);
        for child in self.children(node, start) {
            let here = self.span(&child);
            match (child.kind, child.element) {
                (SyntaxKind::DocComment, _) => {
                    doc.add(child.text());
                    continue;
                }
                (SyntaxKind::Kind, _) => {
                    kind = DeclarationKind::from_word(child.text()).map(|kind| (kind, here));
                    span = here;
                }
                (SyntaxKind::Name, _) => name = Some(Name { text: child.text().to_owned(), span: here }),
                (SyntaxKind::Text, _) => title = Some(Text { text: unquoted(child.text()), span: here }),
                (SyntaxKind::BadQuotes, _) => title = Some(Text { text: uncurled(child.text()), span: here }),
                (SyntaxKind::Header, NodeOrToken::Node(node)) => header = self.phrases(node, child.start),
                (SyntaxKind::Block, NodeOrToken::Node(node)) => {
                    body = Body::Block(self.members(node, child.start))
                }
                (SyntaxKind::Prose, NodeOrToken::Node(node)) => {
                    body = Body::Prose(self.prose(node, child.start))
                }
                (SyntaxKind::Stray | SyntaxKind::SurplusClose, _) => continue,
                _ => {}
            }
            span = span.to(here);
        }
        let (kind, kind_span) = kind?;
        let broken = self.is_broken(span);
        let identity = Identity::default();
        Some(Declaration {
            kind,
            kind_span,
            name,
            title,
            header,
            body,
            doc: doc.text,
            span,
            broken,
            identity,
        })
    }

    fn members(&self, block: &GreenNodeData, start: usize) -> Vec<Member> {
        let members = self.children(block, start).filter_map(|child| match child.element {
            NodeOrToken::Node(node) if child.kind == SyntaxKind::Member => {
                Some(self.member(node, child.start))
            }
            _ => None,
        });
        members.collect()
    }

    fn member(&self, node: &GreenNodeData, start: usize) -> Member {
        let mut doc = Doc::default();
        let (mut key, mut value) = (None, Vec::new());
        let mut span: Option<Span> = None;
        for child in self.children(node, start) {
            let here = self.span(&child);
            match (child.kind, child.element) {
                (SyntaxKind::DocComment, _) => {
                    doc.add(child.text());
                    continue;
                }
                (SyntaxKind::Colon, _) => key = Some(std::mem::take(&mut value)),
                (SyntaxKind::BadSeparator, _) => {
                    let term = Term {
                        kind: TermKind::Bad(child.text().to_owned()),
                        span: here,
                        spaced: child.spaced,
                    };
                    value.push(Phrase { terms: vec![term], span: here });
                }
                (_, NodeOrToken::Node(node)) => value.push(self.phrase(node, &child)),
                _ => {}
            }
            span = Some(span.map_or(here, |span| span.to(here)));
        }
        let span = span.unwrap_or_else(|| self.span_of(start, start));
        let broken = self.is_broken(span);
        Member { doc: doc.text, span, key, value, broken }
    }

    /// The phrases directly inside a header, group, list or hole.
    fn phrases(&self, node: &GreenNodeData, start: usize) -> Vec<Phrase> {
        let phrases = self.children(node, start).filter_map(|child| match child.element {
            NodeOrToken::Node(node) => Some(self.phrase(node, &child)),
            NodeOrToken::Token(_) if child.kind == SyntaxKind::HolePath => {
                let span = self.span(&child);
                let kind = TermKind::Path(self.path(child.text(), child.start));
                Some(Phrase { terms: vec![Term { kind, span, spaced: child.spaced }], span })
            }
            NodeOrToken::Token(_) => None,
        });
        phrases.collect()
    }

    fn phrase(&self, node: &GreenNodeData, place: &Child<'_>) -> Phrase {
        let terms = self.children(node, place.start).map(|child| {
            let spaced = if child.start == place.start { place.spaced } else { child.spaced };
            Term { kind: self.term(&child), span: self.span(&child), spaced }
        });
        Phrase { terms: terms.collect(), span: self.span(place) }
    }

    fn term(&self, child: &Child<'_>) -> TermKind {
        let text = child.text();
        match (child.kind, child.element) {
            (SyntaxKind::Number, _) => TermKind::Number(text.to_owned()),
            (SyntaxKind::Percent, _) => TermKind::Percent(text.trim_end_matches('%').trim_end().to_owned()),
            (SyntaxKind::Money, _) => {
                let mut rest = text.chars();
                let symbol = rest.next().unwrap_or_default();
                TermKind::Money { symbol, digits: rest.as_str().to_owned() }
            }
            (SyntaxKind::Date, _) => TermKind::Date(text.to_owned()),
            (SyntaxKind::Year, _) => TermKind::Year(text.to_owned()),
            (SyntaxKind::Text, _) => TermKind::Text(unquoted(text)),
            (SyntaxKind::Address, _) => TermKind::Address(text.to_owned()),
            (SyntaxKind::Path, _) => TermKind::Path(self.path(text, child.start)),
            (SyntaxKind::Operator, _) => {
                Operator::from_symbol(text).map_or_else(|| TermKind::Bad(text.to_owned()), TermKind::Operator)
            }
            (SyntaxKind::Colon, _) => TermKind::Operator(Operator::Colon),
            (SyntaxKind::Group, NodeOrToken::Node(node)) => TermKind::Group(self.phrases(node, child.start)),
            (SyntaxKind::List, NodeOrToken::Node(node)) => TermKind::List(self.phrases(node, child.start)),
            (SyntaxKind::Block, NodeOrToken::Node(node)) => TermKind::Block(self.members(node, child.start)),
            _ => TermKind::Bad(text.to_owned()),
        }
    }

    fn path(&self, text: &str, start: usize) -> Vec<Name> {
        let mut at = start;
        let names = text.split('.').map(|word| {
            let span = self.span_of(at, at + word.len());
            at += word.len() + 1;
            Name { text: word.to_owned(), span }
        });
        names.collect()
    }

    fn prose(&self, node: &GreenNodeData, start: usize) -> Vec<Paragraph> {
        let mut page = Page { view: self, paragraphs: Vec::new(), pieces: Vec::new() };
        for child in self.children(node, start) {
            match (child.kind, child.element) {
                (SyntaxKind::ProseText, _) => page.text(child.text(), child.start),
                (SyntaxKind::Hole | SyntaxKind::OpenHole, NodeOrToken::Node(node)) => {
                    let phrases = self.phrases(node, child.start);
                    page.pieces.push(Piece::Hole(phrases, self.span(&child)));
                }
                _ => {}
            }
        }
        page.end_paragraph();
        page.paragraphs
    }
}

/// Legal text while it is cut into paragraphs.
struct Page<'v> {
    view: &'v View,
    paragraphs: Vec<Paragraph>,
    pieces: Vec<Piece>,
}

impl Page<'_> {
    /// Adds text, whose white space is folded and whose blank lines end paragraphs.
    fn text(&mut self, text: &str, start: usize) {
        let mut words = String::new();
        let (mut first, mut last) = (start, start);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_fold(c) {
                let mut breaks = usize::from(c == '\n');
                while let Some((_, c)) = chars.next_if(|(_, c)| is_fold(*c)) {
                    breaks += usize::from(c == '\n');
                }
                let end = start + chars.peek().map_or(text.len(), |(next, _)| *next);
                if breaks > 1 {
                    self.add(std::mem::take(&mut words), first, last);
                    self.end_paragraph();
                    first = end;
                } else if words.is_empty() && self.pieces.is_empty() {
                    first = end;
                } else {
                    words.push(' ');
                }
                last = last.max(if breaks > 1 { end } else { last });
                continue;
            }
            let escaped =
                if c == '\\' { chars.next_if(|(_, c)| matches!(c, '{' | '}' | '\\')) } else { None };
            words.push(escaped.map_or(c, |(_, c)| c));
            last = start + at + c.len_utf8() + escaped.map_or(0, |(_, c)| c.len_utf8());
        }
        self.add(words, first, last);
    }

    fn add(&mut self, words: String, first: usize, last: usize) {
        if !words.is_empty() {
            self.pieces.push(Piece::Text(words, self.view.span_of(first, last)));
        }
    }

    /// Ends the paragraph, without the space at its end.
    fn end_paragraph(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if let Some(Piece::Text(words, _)) = pieces.last_mut() {
            words.truncate(words.trim_end_matches(' ').len());
            if words.is_empty() {
                pieces.pop();
            }
        }
        let span = |piece: &Piece| match piece {
            Piece::Text(_, span) | Piece::Hole(_, span) => *span,
        };
        if let (Some(first), Some(last)) = (pieces.first().map(span), pieces.last().map(span)) {
            self.paragraphs.push(Paragraph { pieces, span: first.to(last) });
        }
    }
}

/// White space that only lays the text out; a space that must not break stays.
fn is_fold(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The lines of doc comments without their slashes.
#[derive(Default)]
struct Doc {
    text: String,
}

impl Doc {
    fn add(&mut self, comment: &str) {
        let line = comment.trim_start_matches('/');
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
    }
}

/// A text without its quotation marks and with its escapes resolved.
fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"').unwrap_or(text);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next_if(|c| matches!(c, '"' | '\\')) } else { None };
        out.push(escaped.unwrap_or(c));
    }
    out
}

/// A text without its curly quotation marks.
fn uncurled(text: &str) -> String {
    text.trim_matches(['“', '”', '"', '‘', '’', '\'']).to_owned()
}
