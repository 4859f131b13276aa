//! `over all` and `over each ward` after a function, and the settings that follow it.

use super::operand;
use super::precedence::Climb;
use super::problem::{missing_amount, problem};
use super::{Expr, ExprKind, ExprProblem, Reader, Setting, SettingKind};
use crate::ast::{Name, Word};
use jcm_source::Span;

/// Whether `over all` or `over each` comes next.
pub(super) fn is_next(reader: &Reader<'_>) -> bool {
    let mut ahead = reader.clone();
    ahead.word(Word::Over) && (ahead.spelled("all") || ahead.spelled("each"))
}

/// Reads `over all` or `over each ward` and what belongs to it; `of` is what stands before it.
pub(super) fn read(climb: &mut Climb<'_, '_>, of: Expr) -> Result<Expr, ExprProblem> {
    climb.reader.next();
    let mut end = climb.reader.span_here();
    let each = match climb.reader.spelled("each") {
        true => Some(each(climb)?),
        false => {
            climb.reader.next();
            None
        }
    };
    end = each.as_ref().map_or(end, |each| each.span);
    let mut same = None;
    let mut settings = Vec::new();
    loop {
        let start = climb.reader.span_here();
        climb.budget.spend(start)?;
        if climb.reader.word(Word::With) {
            let group = in_common(climb, start)?;
            end = group.span;
            same = Some(Box::new(group));
        } else if let Some(setting) = setting(climb, start)? {
            end = setting.span;
            settings.push(setting);
        } else {
            break;
        }
    }
    let span = of.span.to(end);
    Ok(Expr { kind: ExprKind::OverAll { of: Box::new(of), each, same, settings }, span })
}

/// The name after `over each`.
fn each(climb: &mut Climb<'_, '_>) -> Result<Name, ExprProblem> {
    let at = climb.reader.span_here();
    let word = climb.reader.peek_word().is_some_and(Word::is_connective);
    climb.reader.name().filter(|_| !word).cloned().ok_or_else(|| {
        problem(at, "`over each` does not say of what", "the name after `each` in the incentive belongs here")
            .with_help("Write, for example, `median of visits over each ward`.")
    })
}

/// `with the same peer_group`, after its first word.
fn in_common(climb: &mut Climb<'_, '_>, start: Span) -> Result<Expr, ExprProblem> {
    if !(climb.reader.spelled("the") && climb.reader.spelled("same")) {
        return Err(problem(
            start,
            "`with` does not say what the cases share",
            "`the same` belongs after this",
        )
        .with_help("Write, for example, `over all with the same track`."));
    }
    amount(climb, "same")
}

/// One setting, if one comes next.
fn setting(climb: &mut Climb<'_, '_>, start: Span) -> Result<Option<Setting>, ExprProblem> {
    let (kind, end) = if climb.reader.word(Word::By) {
        let names = words(&mut climb.reader);
        let Some(last) = names.last().map(|name| name.span) else { return Err(missing_name(climb, "by")) };
        (SettingKind::By(names), last)
    } else if is_at(&climb.reader) {
        climb.reader.next();
        boxed(amount(climb, "at")?, SettingKind::At)
    } else if climb.reader.spelled("into") {
        boxed(amount(climb, "into")?, SettingKind::Into)
    } else if climb.reader.word(Word::To) {
        boxed(amount(climb, "to")?, SettingKind::To)
    } else if climb.reader.word(Word::From) {
        from(climb)?
    } else if climb.reader.spelled("ties") {
        let Some(name) = climb.reader.name().cloned() else { return Err(missing_name(climb, "ties")) };
        let end = name.span;
        (SettingKind::Ties(name), end)
    } else {
        return Ok(None);
    };
    Ok(Some(Setting { kind, span: start.to(end) }))
}

/// `from highest`, `from 1% to 99%`, after the first word.
fn from(climb: &mut Climb<'_, '_>) -> Result<(SettingKind, Span), ExprProblem> {
    if let Some(name) = climb.reader.name().cloned() {
        let end = name.span;
        return Ok((SettingKind::From(name), end));
    }
    let low = amount(climb, "from")?;
    if !climb.reader.word(Word::To) {
        return Err(problem(
            climb.reader.span_here(),
            "the upper end is missing",
            "`to` and the end belong here",
        )
        .with_help("Write, for example, `from 1% to 99%`."));
    }
    let high = amount(climb, "to")?;
    let end = high.span;
    Ok((SettingKind::Between(Box::new(low), Box::new(high)), end))
}

fn boxed(value: Expr, kind: fn(Box<Expr>) -> SettingKind) -> (SettingKind, Span) {
    let end = value.span;
    (kind(Box::new(value)), end)
}

/// `at 50%`, but not the `at least` and `at most` of a limit.
fn is_at(reader: &Reader<'_>) -> bool {
    let mut ahead = reader.clone();
    ahead.word(Word::At) && !matches!(ahead.peek_word(), Some(Word::Least | Word::Most))
}

/// The words of a method: at most two that are not connectives.
fn words(reader: &mut Reader<'_>) -> Vec<Name> {
    let mut words = Vec::new();
    while words.len() < 2 && !reader.peek_word().is_some_and(Word::is_connective) {
        let Some(name) = reader.name() else { break };
        words.push(name.clone());
    }
    words
}

fn amount(climb: &mut Climb<'_, '_>, before: &str) -> Result<Expr, ExprProblem> {
    if climb.reader.is_empty() {
        return Err(missing_amount(climb.reader.span_here(), before));
    }
    operand::read(climb)
}

fn missing_name(climb: &Climb<'_, '_>, before: &str) -> ExprProblem {
    problem(climb.reader.span_here(), format!("a word is missing after `{before}`"), "a word belongs here")
}
