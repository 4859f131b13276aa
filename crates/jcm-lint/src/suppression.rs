//! `// jcm: allow cliff until 2027-03-31 because …`: what the partners accept, why, and until when.
//!
//! It stands on a line of its own above a declaration, and holds for all of it, or above a line, and holds for that
//! line and those indented below it.

use crate::lints::Lint;
use crate::problems;
use jcm_diagnostics::Diagnostic;
use jcm_quantity::{Date, parse_date};
use jcm_source::{FileId, Sources, Span};

const MARK: &str = "jcm:";

/// What an analysis of the whole contract finds and no lint does, and a comment can accept all the same. What both find
/// has one name.
pub const ANALYSED: &[&str] = &["perverse", "no-influence", "conflict"];

/// A comment that accepts what a lint finds.
pub(crate) struct Suppression {
    /// The name of a lint, or of what an analysis finds.
    pub(crate) name: &'static str,
    pub(crate) until: Date,
    /// The comment.
    pub(crate) span: Span,
    /// What it stands above.
    pub(crate) holds_for: Span,
    pub(crate) used: bool,
}

impl Suppression {
    pub(crate) fn covers(&self, name: &str, at: Span) -> bool {
        let inside = self.holds_for.start <= at.start && at.start < self.holds_for.end;
        self.name == name && at.file == self.holds_for.file && inside
    }

    /// The lint of its name, if one has it.
    pub(crate) fn lint(&self) -> Option<&'static Lint> {
        Lint::named(self.name)
    }
}

/// Every suppression of the contract's own texts, and what is wrong with some.
pub(crate) fn read(sources: &Sources, library: &[FileId], on: Date) -> (Vec<Suppression>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (id, file) in sources.iter().filter(|(id, _)| !library.contains(id)) {
        let lines = lines(id, file.text());
        for (place, line) in lines.iter().enumerate() {
            let Some(words) = line.comment().and_then(|comment| comment.strip_prefix(MARK)) else { continue };
            let below = lines.get(place + 1..).unwrap_or_default();
            match one(words.trim(), line.content(), target(below)) {
                Ok(suppression) => {
                    if suppression.until < on {
                        let (name, until) = (suppression.name, suppression.until);
                        problems.push(problems::suppression_expired(suppression.span, name, until, on));
                    }
                    found.push(suppression);
                }
                Err(problem) => problems.push(*problem),
            }
        }
    }
    (found, problems)
}

/// `allow NAME until DATE because REASON`
fn one(words: &str, span: Span, target: Option<Span>) -> Result<Suppression, Box<Diagnostic>> {
    let malformed = |lacks: &str| Box::new(problems::suppression_malformed(span, lacks));
    let words = words.strip_prefix("allow ").ok_or_else(|| malformed("does not begin with `allow`"))?;
    let (name, words) = words.trim_start().split_once(' ').unwrap_or((words.trim(), ""));
    let known = Lint::named(name).map(|lint| lint.name);
    let known = known.or_else(|| ANALYSED.iter().copied().find(|known| *known == name));
    let name = known.ok_or_else(|| Box::new(problems::suppression_unknown(span, name)))?;
    let words =
        words.trim_start().strip_prefix("until ").ok_or_else(|| malformed("has no `until` and a day"))?;
    let (day, words) = words.trim_start().split_once(' ').unwrap_or((words.trim(), ""));
    let until = parse_date(day).ok_or_else(|| malformed("has no day such as 2027-03-31 after `until`"))?;
    let reason = words.trim_start().strip_prefix("because").map(str::trim).unwrap_or_default();
    if reason.is_empty() {
        return Err(malformed("has no `because` and a reason"));
    }
    let holds_for = target.ok_or_else(|| malformed("stands above no declaration and no line"))?;
    Ok(Suppression { name, until, span, holds_for, used: false })
}

/// What a comment stands above: the next line that is no comment, with the lines that belong to it.
fn target(below: &[Line<'_>]) -> Option<Span> {
    let first = below.iter().position(|line| !line.is_comment())?;
    let (head, rest) = below.get(first..)?.split_first()?;
    if head.is_blank() {
        return None;
    }
    let belongs = |line: &&Line<'_>| {
        line.is_blank() || line.indent() > head.indent() || (line.indent() == head.indent() && line.closes())
    };
    let last = rest.iter().take_while(belongs).last().unwrap_or(head);
    Some(head.span.to(last.span))
}

/// A line of a text, with its place.
struct Line<'a> {
    text: &'a str,
    span: Span,
}

impl<'a> Line<'a> {
    fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    fn is_comment(&self) -> bool {
        self.trimmed().starts_with("//")
    }

    /// What a comment on a line of its own says; documentation is none.
    fn comment(&self) -> Option<&'a str> {
        let text = self.trimmed().strip_prefix("//")?;
        (!text.starts_with('/')).then(|| text.trim())
    }

    fn closes(&self) -> bool {
        self.trimmed().starts_with('}')
    }

    fn indent(&self) -> usize {
        self.text.chars().take_while(|letter| letter.is_whitespace()).count()
    }

    /// The place of the text without the white space around it.
    fn content(&self) -> Span {
        let before = self.text.len() - self.text.trim_start().len();
        let start = self.span.start.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
        let length = u32::try_from(self.trimmed().len()).unwrap_or(u32::MAX);
        Span::new(self.span.file, start, start.saturating_add(length))
    }
}

fn lines(file: FileId, text: &str) -> Vec<Line<'_>> {
    let mut start = 0u32;
    let line = |text| {
        let end = start.saturating_add(u32::try_from(str::len(text)).unwrap_or(u32::MAX));
        let span = Span::new(file, start, end);
        start = end;
        Line { text, span }
    };
    text.split_inclusive('\n').map(line).collect()
}
