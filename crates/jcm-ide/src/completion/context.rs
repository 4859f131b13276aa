//! Where in a text something is being written, told from the text before it alone: what is half written has no tree yet.

use jcm_sema::schema;
use jcm_syntax::ast::DeclarationKind as Kind;

/// Where something is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a comment, a text in quotes, or legal text.
    Nowhere,
    /// Where a declaration begins.
    Top,
    /// After `use` or `include`.
    Module,
    /// Where a field, a row or a statement begins; with the fields that are there.
    Start { kind: Kind, said: Vec<String> },
    /// After `field:`.
    Value { kind: Kind, field: String },
    /// In the first line of a declaration, after a word or sign.
    Header { kind: Kind, after: Option<String> },
    /// Between braces within a declaration, with what stands before them.
    Row { kind: Kind, head: String },
    /// Between the braces of legal text.
    Hole,
    /// Within a statement.
    Calculation { kind: Kind },
}

/// A place and the word that is being written there, dots included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) place: Place,
    pub(crate) word: String,
    /// The call whose brackets are open, and how many commas stand in it.
    pub(crate) call: Option<(String, usize)>,
}

impl Context {
    /// The context at the end of a text.
    pub(crate) fn of(before: &str) -> Self {
        let word = last_word(before).to_owned();
        let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
        let nothing = |place| Self { place, word: word.clone(), call: None };
        let begins = line.chars().next();
        if begins.is_none_or(|letter| letter.is_alphabetic()) && !line.contains(char::is_whitespace) {
            let inside = opened(before).is_some_and(|(_, scan)| scan.in_text || !scan.heads.is_empty());
            if !inside || begins.is_some() {
                return nothing(Place::Top);
            }
        }
        let Some((kind, scan)) = opened(before) else { return nothing(Place::Nowhere) };
        let call = scan.calls.last().cloned().flatten();
        Self { place: place(kind, before, &scan), word, call }
    }
}

fn place(kind: Kind, before: &str, scan: &Scan) -> Place {
    if scan.in_text || scan.in_comment {
        return Place::Nowhere;
    }
    let is_prose = matches!(kind, Kind::Clause | Kind::Definition);
    match (kind, scan.heads.as_slice()) {
        (Kind::Use | Kind::Include, []) => Place::Module,
        (_, []) => Place::Header { kind, after: word_before(scan.member(before)) },
        (_, [_]) if is_prose => Place::Nowhere,
        (_, _) if is_prose => Place::Hole,
        (_, [_]) => in_body(kind, before, scan),
        (_, [.., head]) => {
            // The rows of a case have inputs and lines as the incentive has.
            let is_rows = kind == Kind::Incentive && head.trim_start().starts_with("each ");
            if is_rows { in_body(kind, before, scan) } else { Place::Row { kind, head: head.clone() } }
        }
    }
}

/// In the body of a declaration.
fn in_body(kind: Kind, before: &str, scan: &Scan) -> Place {
    let member = scan.member(before);
    let written = member.trim_start();
    let fields = schema::of(kind).map_or(&[][..], |schema| schema.fields);
    if let Some((key, _)) = written.split_once(':')
        && let Some(field) = fields.iter().find(|field| field.name == key.trim())
    {
        return Place::Value { kind, field: field.name.to_owned() };
    }
    let one_word = written.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let of_two_words = fields.iter().any(|field| field.name.contains(' ') && field.name.starts_with(written));
    if one_word || of_two_words {
        let body = before.get(scan.body..).unwrap_or("");
        let keys = body.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim().to_owned());
        return Place::Start { kind, said: keys.collect() };
    }
    Place::Calculation { kind }
}

/// What a walk over the text of a declaration has found.
#[derive(Default)]
struct Scan {
    /// What stands before each open brace.
    heads: Vec<String>,
    /// What stands before each open bracket, if it is a call, and the commas after it.
    calls: Vec<Option<(String, usize)>>,
    in_text: bool,
    in_comment: bool,
    /// Where the first open brace's text begins.
    body: usize,
    /// Where the member begins that is being written.
    start: usize,
}

impl Scan {
    fn member<'t>(&self, before: &'t str) -> &'t str {
        before.get(self.start..).unwrap_or("")
    }
}

/// The declaration that a text ends in, and what is open there.
fn opened(before: &str) -> Option<(Kind, Scan)> {
    let starts = before.rmatch_indices('\n').map(|(at, _)| at.saturating_add(1)).chain([0]);
    for start in starts {
        let text = before.get(start..)?;
        let first = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        let Some(kind) = Kind::from_word(first)
            .filter(|_| text.get(first.len()..).is_some_and(|rest| rest.starts_with(' ')))
        else {
            continue;
        };
        let scan = scan(before, start);
        // A declaration that has been closed holds nothing more.
        let closed = scan.body > 0 && scan.heads.is_empty();
        return (!closed).then_some((kind, scan));
    }
    None
}

fn scan(before: &str, start: usize) -> Scan {
    let mut scan = Scan { start, ..Scan::default() };
    let mut letters = before.char_indices().skip_while(|(at, _)| *at < start).peekable();
    // A line goes on where the one before it ends with a comma or an operator.
    let mut goes_on = false;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' => {
                scan.in_comment = false;
                scan.in_text = scan.in_text && !scan.heads.is_empty();
                if !goes_on && scan.calls.is_empty() && !scan.in_text {
                    scan.start = at.saturating_add(1);
                }
            }
            _ if scan.in_comment => {}
            '\\' if scan.in_text => {
                letters.next();
            }
            '"' if !is_prose(&scan) => scan.in_text = !scan.in_text,
            _ if scan.in_text => {}
            '/' if letters.peek().is_some_and(|(_, next)| *next == '/') => scan.in_comment = true,
            '{' => {
                scan.heads.push(before.get(scan.start..at).unwrap_or("").to_owned());
                scan.start = at.saturating_add(1);
                if scan.body == 0 {
                    scan.body = scan.start;
                }
            }
            '}' => {
                scan.heads.pop();
                scan.calls.clear();
                scan.start = at.saturating_add(1);
            }
            '(' => {
                let name = last_word(before.get(..at).unwrap_or(""));
                scan.calls.push((!name.is_empty()).then(|| (name.to_owned(), 0)));
            }
            ')' => {
                scan.calls.pop();
            }
            ',' => {
                if let Some(Some((_, commas))) = scan.calls.last_mut() {
                    *commas = commas.saturating_add(1);
                }
            }
            _ => {}
        }
        if !letter.is_whitespace() {
            goes_on = matches!(letter, ',' | '+' | '-' | '*' | '/' | '=' | '<' | '>' | '×' | '÷');
        }
    }
    scan
}

/// Whether what stands between braces is legal text, in which a quotation mark is only one.
fn is_prose(scan: &Scan) -> bool {
    scan.heads.len() == 1
        && scan
            .heads
            .first()
            .is_some_and(|head| head.starts_with("clause ") || head.starts_with("definition "))
}

/// The word that a text ends with, dots included.
fn last_word(text: &str) -> &str {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let start = text.char_indices().rev().take_while(|(_, letter)| is_part(*letter)).last();
    start.map_or("", |(at, _)| text.get(at..).unwrap_or(""))
}

/// The last word or sign before the word that is being written.
fn word_before(member: &str) -> Option<String> {
    let done = member.strip_suffix(last_word(member)).unwrap_or(member).trim_end();
    let word = last_word(done);
    match (word, done.chars().last()) {
        ("", sign) => sign.map(|sign| sign.to_string()),
        (word, _) => Some(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(before: &str) -> Place {
        Context::of(before).place
    }

    #[test]
    fn a_place_is_told_from_the_text_before_it() {
        let kind = Kind::Measure;
        assert_eq!(place_of("jcm 1\n\nmea"), Place::Top);
        assert_eq!(place_of("use std."), Place::Module);
        let said = vec!["use".to_owned()];
        assert_eq!(place_of("measure a \"A\" {\n    use: payment\n    bas"), Place::Start { kind, said });
        let field = "outcome".to_owned();
        assert_eq!(place_of("measure a \"A\" {\n    outcome: "), Place::Value { kind, field });
        assert_eq!(place_of("measure a \"A\" {\n    source: \"on"), Place::Nowhere);
        assert_eq!(place_of("clause a \"A\" {\n    The par"), Place::Nowhere);
        assert_eq!(place_of("clause a \"A\" {\n    The {par"), Place::Hole);
        let head = "\n    contributes ".to_owned();
        assert!(
            matches!(place_of("pool a \"A\" {\n    contributes {\n  i"), Place::Row { head: found, .. } if found.trim() == head.trim())
        );
        assert_eq!(
            place_of("incentive a \"A\" {\n    line b \"B\" = c,\n   at "),
            Place::Calculation { kind: Kind::Incentive }
        );
        let after = Some(":".to_owned());
        assert_eq!(place_of("knob a \"A\" : per"), Place::Header { kind: Kind::Knob, after });
        assert_eq!(place_of("partner a \"A\" {\n}\n\n"), Place::Top);
    }

    #[test]
    fn the_call_that_is_open_is_known_with_its_commas() {
        let context = Context::of("incentive a \"A\" {\n    line b \"B\" = max(abs(x), ");
        assert_eq!(context.call, Some(("max".to_owned(), 1)));
    }
}
