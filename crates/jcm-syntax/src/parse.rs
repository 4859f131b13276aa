//! A file: its outline, and each of its declarations parsed on its own.

use crate::change::Change;
use crate::declaration::{limit_calls, parse_declaration, raw};
use crate::generated::SyntaxKind;
use crate::grammar::{Grammar, Rule};
use crate::problems::{EditionLine, StrayText, SyntaxProblem, TooDeep, offset, range};
use crate::trivia;
use pest::{Parser, Token};
use rowan::{GreenNode, GreenToken, NodeOrToken};
use std::collections::HashMap;

/// The tree of a file and what is wrong with its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; its text is the parsed text, byte for byte.
    pub green: GreenNode,
    /// Every problem, in the order of the text.
    pub problems: Vec<SyntaxProblem>,
}

/// The declarations of the last parse, for an editor that parses again at each key.
#[derive(Debug, Default)]
pub struct DeclarationCache {
    last: Option<Last>,
}

/// What was parsed last, and its declarations in their order.
#[derive(Debug)]
struct Last {
    text: Box<str>,
    outline: Outline,
    declarations: Vec<Declaration>,
}

impl DeclarationCache {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many declarations are kept.
    pub fn len(&self) -> usize {
        self.last.as_ref().map_or(0, |last| last.declarations.len())
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A declaration's node and its problems, relative to its start.
type Declaration = (GreenNode, Vec<SyntaxProblem>);

/// Above this, declarations are parsed on several cores.
const LARGE: usize = 64 * 1024;

/// Parses a text. Every text has a tree, and the tree has every byte of it.
pub fn parse(text: &str) -> Parsed {
    let outline = Outline::of(text);
    let chunks: Vec<&str> = outline.chunks(text).collect();
    let declarations = if text.len() > LARGE { parse_in_parallel(&chunks) } else { parse_each(&chunks) };
    outline.assemble(text, declarations)
}

/// The same, but takes each declaration whose text is unchanged from the cache, which then holds those of `text`.
pub fn parse_with(text: &str, cache: &mut DeclarationCache) -> Parsed {
    let last = cache.last.take();
    let again = last.as_ref().and_then(|last| last.outline.again(&last.text, text));
    let outline = again.unwrap_or_else(|| Outline::of(text));
    let declarations = last.unwrap_or_default().again(&outline.chunks(text).collect::<Vec<_>>());
    cache.last =
        Some(Last { text: text.into(), outline: outline.clone(), declarations: declarations.clone() });
    outline.assemble(text, declarations)
}

impl Default for Last {
    fn default() -> Self {
        Self { text: Box::default(), outline: Outline { parts: Vec::new() }, declarations: Vec::new() }
    }
}

impl Last {
    /// The declarations of chunks. Those before and behind a change are where they were; what lies between is looked up by
    /// its text.
    fn again(self, chunks: &[&str]) -> Vec<Declaration> {
        let texts: Vec<&str> = self.outline.chunks(&self.text).collect();
        let same = |(one, other): &(&&str, &&str)| one == other;
        let before = texts.iter().zip(chunks).take_while(same).count();
        let most = texts.len().min(chunks.len()).saturating_sub(before);
        let behind = texts.iter().rev().zip(chunks.iter().rev()).take(most).take_while(same).count();
        let (until, now_until) = (texts.len().saturating_sub(behind), chunks.len().saturating_sub(behind));
        let mut declarations = self.declarations;
        let later = declarations.split_off(until.min(declarations.len()));
        let between = declarations.split_off(before.min(declarations.len()));
        let texts = texts.into_iter().skip(before);
        let mut known: HashMap<&str, Declaration> = texts.zip(between).collect();
        for chunk in chunks.get(before..now_until).unwrap_or_default() {
            let declaration = known.entry(chunk).or_insert_with(|| parse_declaration(chunk));
            declarations.push(declaration.clone());
        }
        declarations.extend(later);
        declarations
    }
}

fn parse_each(chunks: &[&str]) -> Vec<Declaration> {
    chunks.iter().map(|chunk| parse_declaration(chunk)).collect()
}

/// Shares the chunks out in order, by size, so that the result does not depend on the number of cores.
fn parse_in_parallel(chunks: &[&str]) -> Vec<Declaration> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(16);
    let total: usize = chunks.iter().map(|chunk| chunk.len()).sum();
    let share = total / workers + 1;
    let mut shares: Vec<&[&str]> = Vec::new();
    let mut rest = chunks;
    while !rest.is_empty() {
        let mut size = 0;
        let taken = rest.iter().take_while(|chunk| {
            let fits = size < share;
            size += chunk.len();
            fits
        });
        let (first, later) = rest.split_at_checked(taken.count()).unwrap_or((rest, &[]));
        shares.push(first);
        rest = later;
    }
    if shares.len() < 2 {
        return parse_each(chunks);
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = shares.iter().map(|share| scope.spawn(|| parse_each(share))).collect();
        let joined = threads.into_iter().zip(&shares);
        // A thread that could not run leaves its share to this one.
        joined.flat_map(|(thread, share)| thread.join().unwrap_or_else(|_| parse_each(share))).collect()
    })
}

/// A part of a file, in the order of the text; what lies between parts is blank lines and comments.
#[derive(Debug, Clone, Copy)]
enum Part {
    Edition {
        word: (usize, usize),
        value: Option<(usize, usize)>,
    },
    Chunk(usize, usize),
    Stray(usize, usize),
    /// The outline could not be read.
    Unread(usize, usize),
}

impl Part {
    fn start(&self) -> usize {
        match *self {
            Part::Edition { word: (start, _), .. }
            | Part::Chunk(start, _)
            | Part::Stray(start, _)
            | Part::Unread(start, _) => start,
        }
    }

    fn end(&self) -> usize {
        match *self {
            Part::Edition { word: (_, end), value } => value.map_or(end, |(_, end)| end),
            Part::Chunk(_, end) | Part::Stray(_, end) | Part::Unread(_, end) => end,
        }
    }

    /// The same at another place; only chunks and stray text move.
    fn shifted(&self, to: impl Fn(usize) -> Option<usize>) -> Option<Self> {
        match *self {
            Part::Chunk(start, end) => Some(Part::Chunk(to(start)?, to(end)?)),
            Part::Stray(start, end) => Some(Part::Stray(to(start)?, to(end)?)),
            Part::Edition { .. } | Part::Unread(..) => None,
        }
    }
}

#[derive(Debug, Clone)]
struct Outline {
    parts: Vec<Part>,
}

/// How many parts before and behind a change are read again: what a part is, its own text says and the first lines of the
/// next one.
const AROUND: usize = 2;

impl Outline {
    fn of(text: &str) -> Self {
        let unread = || Self { parts: vec![Part::Unread(0, text.len())] };
        Self::read(Rule::outline, text).unwrap_or_else(unread)
    }

    /// The outline of a text, of which this is that of an earlier one: only what stands around the change is read. None
    /// where that does not lead back to the earlier parts.
    fn again(&self, earlier: &str, text: &str) -> Option<Self> {
        let change = Change::between(earlier, text);
        let chunk = |part: &Part| match *part {
            Part::Chunk(start, end) => Some((start, end)),
            _ => None,
        };
        let touched = self.parts.iter().take_while(|part| part.end() < change.start).count();
        let first = (0..touched.checked_sub(AROUND)?)
            .rev()
            .find(|at| self.parts.get(*at).and_then(chunk).is_some())?;
        let (from, _) = self.parts.get(first).and_then(chunk)?;
        let behind = self.parts.iter().take_while(|part| part.start() <= change.end).count();
        let mut later = self.parts.iter().enumerate().skip(behind.checked_add(AROUND)?);
        let meets = later.find_map(|(at, part)| Some((at, chunk(part)?)));
        let until = meets.map_or(Some(text.len()), |(_, (_, end))| change.put(end))?;
        let window = Self::read(Rule::outline_later, text.get(from..until)?)?;
        let mut parts = self.parts.get(..first)?.to_vec();
        parts.extend(
            window
                .parts
                .into_iter()
                .map(|part| part.shifted(|at| at.checked_add(from)))
                .collect::<Option<Vec<_>>>()?,
        );
        if let Some((at, (start, _))) = meets {
            let (last, _) = parts.last().and_then(chunk)?;
            if Some(last) != change.put(start) {
                return None;
            }
            let rest = self.parts.get(at.checked_add(1)?..)?.iter();
            parts.extend(rest.map(|part| part.shifted(|at| change.put(at))).collect::<Option<Vec<_>>>()?);
        }
        Some(Self { parts })
    }

    fn read(rule: Rule, text: &str) -> Option<Self> {
        limit_calls();
        let pairs = Grammar::parse(rule, text).ok()?;
        let mut parts = Vec::new();
        let mut start = 0;
        for token in pairs.tokens() {
            let (rule, end) = match token {
                Token::Start { pos, .. } => {
                    start = pos.pos();
                    continue;
                }
                Token::End { rule, pos } => (rule, pos.pos()),
            };
            match (rule, parts.last_mut()) {
                (Rule::edition_word, _) => parts.push(Part::Edition { word: (start, end), value: None }),
                (Rule::edition_value, Some(Part::Edition { value, .. })) => *value = Some((start, end)),
                (Rule::chunk, _) => parts.push(Part::Chunk(start, end)),
                (Rule::stray, _) => parts.push(Part::Stray(start, end)),
                _ => {}
            }
        }
        Some(Self { parts })
    }

    fn chunks<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.parts.iter().filter_map(move |part| match *part {
            Part::Chunk(start, end) => text.get(start..end),
            _ => None,
        })
    }

    /// The tree of the file, from the nodes of its chunks in their order.
    fn assemble(self, text: &str, declarations: Vec<Declaration>) -> Parsed {
        let mut declarations = declarations.into_iter();
        let mut file = Assembly { text, children: Vec::new(), problems: Vec::new(), done: 0 };
        if !self.parts.iter().any(|part| matches!(part, Part::Edition { .. })) {
            file.problems.push(EditionLine::Missing(range(first_place(text), 0)).into());
        }
        for part in self.parts {
            match part {
                Part::Edition { word, value } => file.edition(word, value),
                Part::Chunk(start, end) => {
                    let (green, problems) = declarations.next().unwrap_or_else(|| parse_declaration(""));
                    file.gap(start);
                    file.children.push(NodeOrToken::Node(green));
                    file.problems.extend(problems.into_iter().map(|problem| problem.shifted(offset(start))));
                    file.done = end;
                }
                Part::Stray(start, end) => {
                    let indented = text.get(..start).is_some_and(|before| before.ends_with([' ', '\t']));
                    let stray = text.get(start..end).unwrap_or("");
                    file.token(SyntaxKind::Stray, start, end);
                    file.problems.push(StrayText { text: stray, start, indented }.into());
                }
                Part::Unread(start, end) => {
                    file.token(SyntaxKind::Unread, start, end);
                    file.problems.push(TooDeep::Complex(range(start, 0)).into());
                }
            }
        }
        file.gap(text.len());
        Parsed { green: GreenNode::new(raw(SyntaxKind::Outline), file.children), problems: file.problems }
    }
}

/// Where the edition belongs: at the start, after a byte order mark.
fn first_place(text: &str) -> usize {
    if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}

/// The children of the file's node while they are put together.
struct Assembly<'t> {
    text: &'t str,
    children: Vec<NodeOrToken<GreenNode, GreenToken>>,
    problems: Vec<SyntaxProblem>,
    done: usize,
}

impl Assembly<'_> {
    fn edition(&mut self, word: (usize, usize), value: Option<(usize, usize)>) {
        let end = value.map_or(word.1, |(_, end)| end);
        let named = value.and_then(|(start, end)| self.text.get(start..end)).unwrap_or("");
        if named != "1" {
            self.problems.push(EditionLine::Other(range(word.0, end - word.0), named).into());
        }
        self.gap(word.0);
        let outer = std::mem::take(&mut self.children);
        self.token(SyntaxKind::EditionWord, word.0, word.1);
        if let Some((start, end)) = value {
            self.token(SyntaxKind::EditionValue, start, end);
        }
        let inner = std::mem::replace(&mut self.children, outer);
        self.children.push(NodeOrToken::Node(GreenNode::new(raw(SyntaxKind::Edition), inner)));
    }

    fn token(&mut self, kind: SyntaxKind, start: usize, end: usize) {
        self.gap(start);
        let text = self.text.get(start..end).unwrap_or("");
        self.children.push(NodeOrToken::Token(GreenToken::new(raw(kind), text)));
        self.done = end;
    }

    fn gap(&mut self, to: usize) {
        let children = &mut self.children;
        trivia::split(self.text.get(self.done..to).unwrap_or(""), |kind, text| {
            children.push(NodeOrToken::Token(GreenToken::new(raw(kind), text)));
        });
        self.done = self.done.max(to);
    }
}
