//! From entries to lines: where lines break, and how far they are indented.

use crate::columns::Columns;
use crate::page::{Page, width};
use crate::prose::Prose;
use crate::shape::Class;
use crate::spacing::{self, is_hard_break};
use crate::tree::{Block, Content, Entry, Piece, Run, What};
use crate::{INDENT, WIDTH};
use jcm_syntax::SyntaxKind;
use jcm_syntax::ast::Operator;

/// Writes the entries of a file.
pub(crate) fn write(entries: &[Entry<'_>]) -> String {
    let mut page = Page::default();
    write_entries(&mut page, entries, 0);
    page.finish()
}

/// The class of a line in its place: a declaration of several lines stands in no columns.
pub(crate) fn class_of(run: &Run<'_>, indent: usize) -> Option<Class> {
    let is_long = matches!(run.shape.class, Some(Class::Declaration(_))) && has_long_body(run, indent);
    run.shape.class.filter(|_| !is_long)
}

/// Whether a run has a body that takes several lines: one was written so, or the whole does not fit on one line.
pub(crate) fn has_long_body(run: &Run<'_>, indent: usize) -> bool {
    let mut bodies = run.pieces.iter().map(|piece| &piece.what).filter(|what| what.is_body()).peekable();
    let has_body = bodies.peek().is_some();
    let on_one_line = bodies.all(|body| match body {
        What::Block(block) => block.on_one_line,
        What::Prose(prose) => prose.on_one_line,
        _ => true,
    });
    has_body && !(on_one_line && indent + width(&text_of(&run.pieces, true)) <= WIDTH)
}

/// The text of pieces on one line; the colon after a key touches it unless it is asked to stand apart.
pub(crate) fn text_of(pieces: &[Piece<'_>], colon_apart: bool) -> String {
    let mut text = String::new();
    for piece in pieces {
        let is_colon = matches!(piece.what, What::Colon);
        if !text.is_empty() && piece.space && (!is_colon || colon_apart) {
            text.push(' ');
        }
        match &piece.what {
            What::Token(_, token) => text.push_str(token),
            What::Colon => text.push(':'),
            What::Block(block) => text.push_str(&text_of_block(block)),
            What::Prose(prose) => text.push_str(&in_braces(&prose.lines.join(" "))),
        }
    }
    text
}

fn text_of_block(block: &Block<'_>) -> String {
    let members = block.entries.iter().filter_map(|entry| match &entry.content {
        Content::Run(run) => Some(text_of(&run.pieces, false)),
        Content::Comment { .. } => None,
    });
    in_braces(&members.collect::<Vec<_>>().join(", "))
}

fn in_braces(text: &str) -> String {
    if text.is_empty() { "{}".to_owned() } else { format!("{{ {text} }}") }
}

fn write_entries(page: &mut Page, entries: &[Entry<'_>], indent: usize) {
    for group in entries.chunk_by(|_, next| next.blank_lines == 0) {
        let columns = Columns::of(group, indent);
        for entry in group {
            if !page.is_empty() {
                (0..entry.blank_lines).for_each(|_| page.new_line(0));
                page.new_line(indent);
            }
            match &entry.content {
                Content::Comment { text, .. } => page.put(text),
                Content::Run(run) => Line::new(page, run, indent).write(&columns),
            }
            if let Some(comment) = entry.trailing {
                page.comment(comment);
            }
        }
    }
}

fn write_block(page: &mut Page, block: &Block<'_>, indent: usize) {
    page.put("{");
    if let Some(comment) = block.opening {
        page.comment(comment);
    } else if block.entries.is_empty() {
        page.put("}");
        return;
    }
    write_entries(page, &block.entries, indent + INDENT);
    page.new_line(indent);
    page.put("}");
}

fn write_prose(page: &mut Page, prose: &Prose, indent: usize) {
    page.put("{");
    if prose.lines.is_empty() {
        page.put("}");
        return;
    }
    for line in &prose.lines {
        page.new_line(indent + INDENT);
        page.put(line);
    }
    page.new_line(indent);
    page.put("}");
}

/// A run while it is written.
struct Line<'p, 'r, 't> {
    page: &'p mut Page,
    run: &'r Run<'t>,
    indent: usize,
    /// Where the lines after the first begin.
    hang: usize,
    /// How many brackets are open.
    depth: usize,
    /// Whether commas inside brackets may end a line: what stands between two commas outside is too long.
    breaks_inside: bool,
    has_long_body: bool,
}

impl<'p, 'r, 't> Line<'p, 'r, 't> {
    fn new(page: &'p mut Page, run: &'r Run<'t>, indent: usize) -> Self {
        // What goes on after the first line of a declaration must not look like its body.
        let is_declaration = run.pieces.first().is_some_and(|first| first.what.is(SyntaxKind::Kind));
        let hang = indent + if is_declaration { 2 * INDENT } else { INDENT };
        let has_long_body = has_long_body(run, indent);
        Self { page, run, indent, hang, depth: 0, breaks_inside: false, has_long_body }
    }

    fn write(mut self, columns: &Columns) {
        let written = match class_of(self.run, self.indent) {
            Some(class) => self.cells(class, columns),
            None => 0,
        };
        for at in written..self.run.pieces.len() {
            self.piece(at, at > written || written == 0);
        }
    }

    /// Writes the cells of a class with the spaces after them; says how many pieces that were.
    fn cells(&mut self, class: Class, columns: &Columns) -> usize {
        let mut start = 0;
        for (index, end) in self.run.shape.cells.iter().enumerate() {
            if self.run.shape.value == Some(start) {
                self.hang = self.page.column();
            }
            let pieces = self.run.pieces.get(start..*end).unwrap_or_default();
            let text = text_of(pieces, self.run.shape.colon_stands_apart());
            let column = columns.get(class, index);
            let filling = column.width.saturating_sub(width(&text));
            // Figures stand under each other at their right.
            let (before, after) =
                if class == Class::Share && index == 1 { (filling, 0) } else { (0, filling) };
            self.page.spaces(before);
            self.page.put(&text);
            self.page.spaces(after + column.gap);
            start = *end;
        }
        start
    }

    /// Writes a piece with what stands before it; `apart` says whether a space may.
    fn piece(&mut self, at: usize, apart: bool) {
        let Some(piece) = self.run.pieces.get(at) else { return };
        if piece.what.closes() {
            self.depth = self.depth.saturating_sub(1);
        }
        self.look_ahead(at);
        let hang = if piece.what.is_body() { self.indent } else { self.hang + self.depth * INDENT };
        for comment in &piece.comments {
            if comment.own_line {
                self.page.new_line(hang);
                self.page.put(comment.text);
            } else {
                self.page.comment(comment.text);
            }
        }
        let breaks = self.breaks_before(at);
        if breaks {
            self.page.new_line(hang);
        } else if piece.space && apart {
            self.page.spaces(1);
        }
        if self.run.shape.value == Some(at) && !breaks {
            self.hang = self.page.column();
        }
        match &piece.what {
            What::Block(block) if self.has_long_body => write_block(self.page, block, self.indent),
            What::Prose(prose) if self.has_long_body => write_prose(self.page, prose, self.indent),
            _ => self.page.put(&text_of(std::slice::from_ref(piece), false)),
        }
        if self.goes_on_by_a_space(at) {
            self.page.lasting_space();
        }
        if piece.what.opens() {
            self.depth += 1;
        }
    }

    /// Whether a piece is a minus sign that begins a line, so that only a space after it makes it go on with the line
    /// above, and no other piece brings that space.
    fn goes_on_by_a_space(&self, at: usize) -> bool {
        let pieces = &self.run.pieces;
        let [Some(before), Some(piece)] =
            [at.checked_sub(1).and_then(|before| pieces.get(before)), pieces.get(at)]
        else {
            return false;
        };
        let needs_it = |next: &Piece<'_>| next.spaced && (next.broken || !next.space);
        spacing::is_operator(&piece.what, Operator::Minus)
            && is_hard_break(before, piece)
            && pieces.get(at + 1).is_none_or(needs_it)
    }

    /// At the start of what stands between two commas, finds out whether it fits on a line of its own.
    fn look_ahead(&mut self, at: usize) {
        let follows_comma = at.checked_sub(1).is_some_and(|before| self.is_comma(before));
        if self.depth == 0 && (follows_comma || self.run.shape.value == Some(at)) {
            let starts_value = self.run.shape.value == Some(at);
            let hang = if starts_value { self.page.column() + 1 } else { self.hang };
            self.breaks_inside = false;
            self.breaks_inside = hang + self.part(at, false) > WIDTH;
        }
    }

    fn breaks_before(&self, at: usize) -> bool {
        let (Some(piece), Some(before)) =
            (self.run.pieces.get(at), at.checked_sub(1).and_then(|before| self.run.pieces.get(before)))
        else {
            return false;
        };
        let by_author = piece.broken && !piece.what.is_body();
        let ends_part = self.is_comma(at - 1) && (self.depth == 0 || self.breaks_inside);
        let is_too_long = || self.page.column() + 1 + self.part(at, true) > WIDTH;
        is_hard_break(before, piece) || by_author || ends_part && self.run.shape.may_break() && is_too_long()
    }

    /// How wide the line gets from a piece to the next comma at which it may break; with `as_broken`, also to the next
    /// place where its author broke it.
    fn part(&self, at: usize, as_broken: bool) -> usize {
        let (mut wide, mut depth) = (0, self.depth);
        let pieces = self.run.pieces.get(at..).unwrap_or_default();
        for (index, piece) in pieces.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| pieces.get(before));
            if as_broken && before.is_some_and(|before| is_hard_break(before, piece)) {
                break;
            }
            if piece.what.is_body() && self.has_long_body {
                return wide + 2;
            }
            wide += usize::from(piece.space && index > 0);
            wide += width(&text_of(std::slice::from_ref(piece), false));
            if piece.what.opens() {
                depth += 1;
            } else if piece.what.closes() {
                depth = depth.saturating_sub(1);
            }
            if piece.what.is(SyntaxKind::Comma) && (depth == 0 || self.breaks_inside) {
                break;
            }
        }
        wide
    }

    fn is_comma(&self, at: usize) -> bool {
        self.run.pieces.get(at).is_some_and(|piece| piece.what.is(SyntaxKind::Comma))
    }
}
