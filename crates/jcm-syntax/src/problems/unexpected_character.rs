//! E0105: a character that means nothing here.

use super::{Range, SyntaxProblem, range};
use crate::figure::figure_written_right;
use jcm_source::{breaks_line, is_unseen, turns_direction};

/// Characters that the language does not use at their place.
pub(crate) struct UnexpectedCharacter<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    /// Where they start.
    pub(crate) start: usize,
    /// What stands before them.
    pub(crate) after: After,
    /// What stands directly before them, without a space between.
    pub(crate) before: &'a str,
    /// The text behind them.
    pub(crate) behind: &'a str,
}

/// What stands directly before a character, as far as it says what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// An amount of money.
    Money,
    /// A number, a percentage, a date or a year.
    Number,
    /// A name or anything else.
    Other,
}

impl From<UnexpectedCharacter<'_>> for SyntaxProblem {
    fn from(problem: UnexpectedCharacter<'_>) -> Self {
        if let Some(found) = problem.in_a_figure().or_else(|| problem.in_a_date()) {
            return found;
        }
        let UnexpectedCharacter { text, start, after, .. } = problem;
        let at = range(start, text.len());
        if text.starts_with(['“', '”']) {
            return quotes(at, text, "curly");
        }
        if text.starts_with(['‘', '’', '\'']) {
            return quotes(at, text, "single");
        }
        if let Some(c) = text.chars().next().filter(|c| c.is_control() || is_unseen(*c) || breaks_line(*c)) {
            return unseen(at, c);
        }
        let problem = Self::new("E0105", at, format!("`{text}` means nothing here"), "unexpected");
        match text.chars().next() {
            Some(';') => {
                problem.help("End a line with nothing; no mark is needed.").safe_fix("Remove `;`", at, "")
            }
            Some('–' | '—') => dash(problem, at, after),
            Some('§') => problem.help("Refer to a clause by its name, in legal text as `{name}`."),
            Some(')' | ']') => {
                Self::new("E0105", at, format!("this `{text}` closes nothing"), "no bracket is open here")
                    .fix(format!("Remove `{text}`"), at, "")
            }
            Some('&') => problem.safe_fix("Change to `and`", at, "and"),
            Some('%') => problem.help("Write the sign directly after its figure: `2.5%`."),
            Some('.') if text.starts_with("..") => {
                problem.help("Write `to` between a first and a last.").fix("Change to `to`", at, " to ")
            }
            Some('.') if after == After::Money || after == After::Number => problem.help(
                "Put a comma before each three digits, and a point only before decimals: `1,000,000.50`.",
            ),
            Some('.') => {
                problem.help("Put no full stop at the end, and a digit before a decimal point: `0.5`.")
            }
            Some('#') => problem.help("Put `//` before a remark."),
            Some('^') => problem.help("Multiply as often as it is meant: `1.02 * 1.02`."),
            Some('½') => problem.help("Write it as a percentage: `50%`."),
            Some('¼') => problem.help("Write it as a percentage: `25%`."),
            Some('¾') => problem.help("Write it as a percentage: `75%`."),
            Some('…') => problem.help("Write out what is left open, or declare an `open_term`."),
            _ => problem,
        }
    }
}

impl UnexpectedCharacter<'_> {
    /// `£6.000.000`: the marks of another country between the digits of a figure.
    fn in_a_figure(&self) -> Option<SyntaxProblem> {
        if !self.text.starts_with('.') || self.after == After::Other {
            return None;
        }
        let rest = self.behind.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
        let rest = self.behind.get(..rest.unwrap_or(self.behind.len()))?.trim_end_matches(['.', ',']);
        let figure = format!("{}{}{rest}", self.before, self.text);
        let right = figure_written_right(&figure)?;
        let whole = range(self.start.checked_sub(self.before.len())?, figure.len());
        let found = SyntaxProblem::new(
            "E0105",
            range(self.start, self.text.len()),
            format!("`{figure}` is not written as a figure is"),
            "a comma before each three digits, a point before decimals",
        );
        Some(found.fix(format!("Write `{right}`"), whole, right))
    }

    /// `2026–04–01`: long dashes between the parts of a date.
    fn in_a_date(&self) -> Option<SyntaxProblem> {
        let is_year = self.before.len() == 4 && self.before.bytes().all(|b| b.is_ascii_digit());
        if !self.text.starts_with(['–', '—', '‑', '−']) || !is_year {
            return None;
        }
        let mut parts = self.behind.splitn(2, ['–', '—', '‑', '−', '-']);
        let month = parts.next().filter(|month| month.len() == 2)?;
        let day = parts.next()?.get(..2)?;
        if !month.bytes().chain(day.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let written = format!("{}-{month}-{day}", self.before);
        let dash = self.behind.get(month.len()..)?.chars().next()?;
        let length = self.before.len() + self.text.len() + month.len() + dash.len_utf8() + day.len();
        let whole = range(self.start.checked_sub(self.before.len())?, length);
        let at = range(self.start, self.text.len());
        let found = SyntaxProblem::new(
            "E0105",
            at,
            "this date is written with long dashes",
            "short ones are needed: `-`",
        );
        Some(found.safe_fix(format!("Write `{written}`"), whole, written))
    }
}

/// A character without a shape, which comes with text that is copied from a terminal, a form or a page.
fn unseen(at: Range, c: char) -> SyntaxProblem {
    let code = format!("U+{:04X}", u32::from(c));
    if breaks_line(c) {
        let message = format!("a line break ({code}) stands here that some programs show and others do not");
        let found = SyntaxProblem::new("E0105", at, message, "it cannot be seen");
        let found = found.help("Write a space, or begin a new line: it often comes with text that is copied from a page or from Word.");
        return found.safe_fix("Change to a space", at, " ");
    }
    let (message, help) = match c {
        c if c.is_control() => (
            format!("a control character ({code}) stands here, which cannot be printed"),
            "Remove it, or type the text again: it often comes with text that is copied from a form.",
        ),
        c if turns_direction(c) => (
            format!("a mark ({code}) stands here that turns the direction in which the text is read"),
            "Remove it: with it the contract would read otherwise than it is written. Hebrew and Arabic need none.",
        ),
        _ => (
            format!("a character ({code}) stands here that nobody sees"),
            "Remove it, or type the text again: it often comes with text that is copied from a page or from Word.",
        ),
    };
    let found = SyntaxProblem::new("E0105", at, message, "it cannot be seen").help(help);
    // A text that reads otherwise than it is written is read first.
    match turns_direction(c) {
        true => found.fix("Remove the character", at, ""),
        false => found.safe_fix("Remove the character", at, ""),
    }
}

/// A long dash: between two figures it means `to`, elsewhere it is a minus sign.
fn dash(problem: SyntaxProblem, at: Range, after: After) -> SyntaxProblem {
    let problem = problem.help("Write `to` between two figures, and `-` for minus.");
    match after {
        After::Number => problem.fix("Change to `to`", at, " to "),
        After::Money => problem,
        After::Other => problem.fix("Change to `-`", at, "-"),
    }
}

/// A text in other quotation marks than straight double ones.
fn quotes(at: Range, text: &str, which: &str) -> SyntaxProblem {
    let words = text.trim_matches(['“', '”', '"', '‘', '’', '\'']).replace('\\', "\\\\");
    let found = SyntaxProblem::new(
        "E0105",
        at,
        format!("this text is in {which} quotation marks"),
        "straight double ones are needed: `\"`",
    )
    .safe_fix("Change to straight double quotation marks", at, format!("\"{words}\""));
    match which {
        "curly" => found.help("Replace the marks, or paste the text without formatting."),
        _ => found,
    }
}
