//! Finds the problems of one declaration while its tree is built: at most one for each entry.

use crate::generated::{DeclarationKind, SyntaxKind};
use crate::problems::{
    After, IncompleteEntry, MissingPart, Range, StrayText, SyntaxProblem, UnclosedText, UnexpectedCharacter,
    UnpairedBracket, range,
};

/// What has been seen of a declaration so far.
pub(crate) struct Watch<'t> {
    text: &'t str,
    problems: Vec<SyntaxProblem>,
    /// For the head and for each open member or hole: whether it has its problem.
    blamed: Vec<bool>,
    /// The nodes around the current token.
    inside: Vec<SyntaxKind>,
    /// The open brackets and braces.
    open: Vec<usize>,
    /// The braces that were closed, in the order of closing.
    closed: Vec<(usize, usize)>,
    /// The terminal before the current one.
    previous: Option<(SyntaxKind, usize, usize)>,
    /// Where the key of the current entry begins.
    entry: usize,
    head: Head<'t>,
    strays: Vec<(usize, usize)>,
    /// Whether a text or a brace is open to its end, so that later braces mean nothing.
    unbalanced: bool,
}

/// What the first line of a declaration has.
#[derive(Default)]
struct Head<'t> {
    kind: Option<(DeclarationKind, Range)>,
    named: bool,
    title: Option<&'t str>,
    header: bool,
    body: bool,
    end: usize,
}

impl<'t> Watch<'t> {
    /// Nothing seen yet of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
            blamed: vec![false],
            inside: Vec::new(),
            open: Vec::new(),
            closed: Vec::new(),
            previous: None,
            entry: 0,
            head: Head::default(),
            strays: Vec::new(),
            unbalanced: false,
        }
    }

    /// A node begins.
    pub(crate) fn enter(&mut self, kind: SyntaxKind, at: usize) {
        match kind {
            SyntaxKind::Member | SyntaxKind::Hole | SyntaxKind::OpenHole => self.blamed.push(false),
            SyntaxKind::Header => self.head.header = true,
            SyntaxKind::Phrase if self.last() != Some(SyntaxKind::Comma) => self.entry = at,
            _ => {}
        }
        self.inside.push(kind);
    }

    /// A node ends.
    pub(crate) fn leave(&mut self, kind: SyntaxKind) {
        if matches!(kind, SyntaxKind::Member | SyntaxKind::Hole | SyntaxKind::OpenHole) {
            self.blamed.pop();
        }
        self.inside.pop();
    }

    /// A terminal.
    pub(crate) fn token(&mut self, kind: SyntaxKind, start: usize, end: usize) {
        if matches!(
            kind,
            SyntaxKind::Text | SyntaxKind::ProseText | SyntaxKind::DocComment | SyntaxKind::Comment
        ) {
            self.refuse_unseen(start, end);
        }
        if matches!(kind, SyntaxKind::Comment | SyntaxKind::DocComment) {
            return;
        }
        if self.inside.len() == 1 {
            self.head_token(kind, start, end);
        }
        let at = range(start, end - start);
        match kind {
            SyntaxKind::Bad | SyntaxKind::BadQuotes | SyntaxKind::BadClose => {
                let problem = UnexpectedCharacter {
                    text: self.slice(start, end),
                    start,
                    after: self.after(start),
                    before: self.touching(start),
                    behind: self.text.get(end..).unwrap_or_default(),
                };
                self.blame(problem.into());
            }
            SyntaxKind::BadText => {
                self.unbalanced = true;
                self.blame(UnclosedText { text: self.slice(start, end), start }.into());
            }
            SyntaxKind::BadSeparator => {
                self.blame(IncompleteEntry::NothingBefore(at, self.slice(start, end)).into());
            }
            SyntaxKind::Comma if self.last().is_some_and(|last| STARTS_LIST.contains(&last)) => {
                self.blame(IncompleteEntry::NothingBefore(at, ",").into());
            }
            SyntaxKind::Colon if self.inside.last() == Some(&SyntaxKind::ValuePhrase) => {
                self.second_colon(at)
            }
            _ => self.bracket(kind, start, at),
        }
        if !self.head.body && !matches!(kind, SyntaxKind::Stray | SyntaxKind::SurplusClose) {
            self.head.end = end;
        }
        self.previous = Some((kind, start, end));
    }

    /// A character that cannot be printed would be missing from the contract without a word, and one that nobody sees
    /// could make a text read otherwise than it is.
    fn refuse_unseen(&mut self, start: usize, end: usize) {
        let text = self.slice(start, end);
        let is_refused = |c: char| {
            (c.is_control() && !c.is_whitespace()) || jcm_source::is_unseen(c) || jcm_source::breaks_line(c)
        };
        if let Some((at, c)) = text.char_indices().find(|(_, c)| is_refused(*c)) {
            let at = start + at;
            let text = self.slice(at, at + c.len_utf8());
            let problem =
                UnexpectedCharacter { text, start: at, after: After::Other, before: "", behind: "" };
            self.blame(problem.into());
        }
    }

    /// The place of something that should be there and is not.
    pub(crate) fn missing(&mut self, kind: SyntaxKind, at: usize) {
        let open = self.open.pop().unwrap_or(at);
        let opening = range(open, 1);
        match kind {
            SyntaxKind::NoRBrace if !self.unbalanced => {
                self.unbalanced = true;
                let problem = UnpairedBracket::Brace(range(self.misplaced_block().unwrap_or(open), 1));
                self.problems.push(problem.into());
            }
            SyntaxKind::NoRParen => self.blame(UnpairedBracket::Round(opening).into()),
            SyntaxKind::NoRBracket => self.blame(UnpairedBracket::Square(opening).into()),
            SyntaxKind::NoHoleClose => self.blame(UnpairedBracket::Hole(opening).into()),
            SyntaxKind::NoValue => {
                self.open.push(open);
                if let Some((SyntaxKind::Colon, start, end)) = self.previous {
                    let key = self.slice(self.entry, start).trim_end();
                    self.blame(IncompleteEntry::NoValue { colon: range(start, end - start), key }.into());
                }
            }
            _ => {}
        }
    }

    /// Every problem, in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<SyntaxProblem> {
        let indented: Vec<bool> = self.strays.iter().map(|(start, _)| self.is_indented(*start)).collect();
        let brace_missing = !self.head.body && indented.first() == Some(&true);
        self.check_head(brace_missing);
        let strays = std::mem::take(&mut self.strays);
        // Without an opening brace the members are stray too; one problem is enough for both.
        for ((start, end), indented) in strays.into_iter().zip(indented).skip(usize::from(brace_missing)) {
            self.problems.push(StrayText { text: self.slice(start, end), start, indented }.into());
        }
        self.problems.sort_by_key(|problem| problem.range);
        self.problems
    }

    /// A terminal directly under the declaration.
    fn head_token(&mut self, kind: SyntaxKind, start: usize, end: usize) {
        let text = self.slice(start, end);
        match kind {
            SyntaxKind::Kind => {
                self.head.kind =
                    DeclarationKind::from_word(text).map(|kind| (kind, range(start, end - start)));
            }
            SyntaxKind::Name => self.head.named = true,
            SyntaxKind::BadName => {
                self.head.named = true;
                self.blame(MissingPart::BadName(range(start, end - start), text).into());
            }
            SyntaxKind::Text | SyntaxKind::BadQuotes => self.head.title = Some(text),
            SyntaxKind::Stray => self.strays.push((start, end)),
            SyntaxKind::SurplusClose if !self.unbalanced => {
                self.problems.push(UnpairedBracket::Surplus(range(start, end - start)).into());
            }
            _ => {}
        }
    }

    /// Keeps the stack of open brackets, and looks into holes.
    fn bracket(&mut self, kind: SyntaxKind, start: usize, at: Range) {
        match kind {
            SyntaxKind::HoleOpen if self.inside.last() == Some(&SyntaxKind::OpenHole) => {
                self.blame(UnpairedBracket::Hole(at).into());
            }
            SyntaxKind::LBrace | SyntaxKind::LParen | SyntaxKind::LBracket | SyntaxKind::HoleOpen => {
                self.head.body |= kind == SyntaxKind::LBrace;
                self.open.push(start);
            }
            SyntaxKind::RBrace => {
                let open = self.open.pop().unwrap_or(start);
                self.closed.push((open, start));
            }
            SyntaxKind::RParen | SyntaxKind::RBracket => {
                self.open.pop();
            }
            SyntaxKind::HoleClose => {
                let open = self.open.pop().unwrap_or(start);
                if self.last() == Some(SyntaxKind::HoleOpen) {
                    self.blame(IncompleteEntry::EmptyHole(range(open, start + 1 - open)).into());
                }
            }
            _ => {}
        }
    }

    /// What stands before a character that means nothing.
    fn after(&self, start: usize) -> After {
        match self.previous {
            Some((SyntaxKind::Money, _, _)) => After::Money,
            Some((
                SyntaxKind::Number | SyntaxKind::Percent | SyntaxKind::Date | SyntaxKind::Year,
                _,
                end,
            )) if end <= start => After::Number,
            _ => After::Other,
        }
    }

    /// The token that stands directly before a place.
    fn touching(&self, place: usize) -> &'t str {
        match self.previous {
            Some((_, start, end)) if end == place => self.slice(start, end),
            _ => "",
        }
    }

    fn second_colon(&mut self, colon: Range) {
        let word = match self.previous {
            Some((SyntaxKind::Path, start, end)) => Some((range(start, end - start), self.slice(start, end))),
            _ => None,
        };
        self.blame(IncompleteEntry::SecondColon { colon, word }.into());
    }

    /// What the head lacks.
    fn check_head(&mut self, brace_missing: bool) {
        let Some((kind, at)) = self.head.kind else { return };
        let title = self.head.title.filter(|_| !self.head.named);
        let head = range(at.0 as usize, self.head.end.saturating_sub(at.0 as usize));
        if self.blamed.first() == Some(&true) {
            return;
        }
        if brace_missing {
            self.problems.push(MissingPart::Brace { kind, at: head }.into());
        } else if !self.head.named && kind != DeclarationKind::Example {
            self.problems.push(MissingPart::Name { kind, at, title }.into());
        } else if !self.head.body && !self.head.header && !COMPLETE_WITHOUT_BODY.contains(&kind) {
            self.problems.push(MissingPart::Body { kind, at: head }.into());
        }
    }

    /// Adds a problem unless the current entry has one.
    fn blame(&mut self, problem: SyntaxProblem) {
        if let Some(blamed) = self.blamed.last_mut()
            && !std::mem::replace(blamed, true)
        {
            self.problems.push(problem);
        }
    }

    /// The brace that a missing `}` most likely belongs to: a block whose closing brace stands further left than the
    /// line that opened it has taken the brace of the block around it.
    fn misplaced_block(&self) -> Option<usize> {
        let further_left = |(open, close): &&(usize, usize)| {
            self.is_indented_or_first(*close) && self.indent(*close) < self.indent(*open)
        };
        self.closed.iter().find(further_left).map(|(open, _)| *open)
    }

    fn is_indented(&self, at: usize) -> bool {
        self.indent(at) > 0 && self.is_indented_or_first(at)
    }

    /// Whether only spaces stand before a place on its line.
    fn is_indented_or_first(&self, at: usize) -> bool {
        self.line_before(at).trim_start().is_empty()
    }

    /// How many characters of space the line of a place begins with.
    fn indent(&self, at: usize) -> usize {
        let line = self.line_before(at);
        line.chars().take_while(|c| c.is_whitespace()).count()
    }

    fn line_before(&self, at: usize) -> &'t str {
        let before = self.slice(0, at);
        before.rsplit_once('\n').map_or(before, |(_, line)| line)
    }

    fn last(&self) -> Option<SyntaxKind> {
        self.previous.map(|(kind, ..)| kind)
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }
}

/// Terminals after which a comma has nothing before it.
const STARTS_LIST: [SyntaxKind; 4] =
    [SyntaxKind::Comma, SyntaxKind::LParen, SyntaxKind::LBracket, SyntaxKind::HoleOpen];

/// Kinds that say enough by their name and header.
const COMPLETE_WITHOUT_BODY: [DeclarationKind; 2] = [DeclarationKind::Use, DeclarationKind::Include];
