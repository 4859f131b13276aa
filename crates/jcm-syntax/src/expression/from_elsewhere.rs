//! What is written in other places, and how it is written here: `£20k`, `500 pa`, `x` for times, `greater than`.

use super::problem::problem;
use super::{BinaryOp, Expr, ExprKind, ExprProblem, Literal};
use crate::ast::{Operator, Term, TermKind};
use crate::figure::with_commas;
use jcm_source::Span;

/// What is the matter with a term that stands behind a complete amount, where it is one of the ways of other places;
/// `rest` begins with the term.
pub(super) fn read(amount: &Expr, term: &Term, rest: &[Term]) -> Option<ExprProblem> {
    if term.name().is_some() && rest.get(1).and_then(Term::operator) == Some(Operator::Equal) {
        return Some(comma(amount, term));
    }
    let amount = last(amount);
    let figure = large(amount, term).or_else(|| grouped(amount, term)).or_else(|| currency(amount, term));
    let apart = || sign_apart(amount, term).or_else(|| call_apart(amount, term));
    figure.or_else(apart).or_else(|| {
        let name = term.name()?.text.as_str();
        match name.to_ascii_lowercase().as_str() {
            "pa" | "p" | "annum" | "yearly" | "annually" => Some(yearly(term.span)),
            "if" => Some(condition(term)),
            "else" => Some(otherwise(term)),
            "each" if rest.get(1).and_then(Term::name).is_none() => Some(
                problem(term.span, "`each` does not say of what", "`per` and a unit belong here")
                    .with_help("Write `per` and what is counted, such as `£10 per visit`."),
            ),
            "a" | "each" | "every" => {
                let unit = rest.get(1)?;
                let word = &unit.name()?.text;
                let span = term.span.to(unit.span);
                Some(mended(
                    problem(span, format!("`{name} {word}` does not belong here"), "said with `per`"),
                    span,
                    format!("per {word}"),
                ))
            }
            "x" | "times" => Some(sign(term, "*", "multiply")),
            "plus" => Some(sign(term, "+", "add")),
            "minus" | "less" => Some(sign(term, "-", "take away")),
            "capped" | "maximum" | "max" | "limited" | "cap" => Some(limit(term, "at most")),
            "minimum" | "min" | "floor" => Some(limit(term, "at least")),
            "no" | "not" | "up" => Some(limit(term, "at most")),
            "given" | "expect" | "line" | "input" | "pays" => Some(statement(term)),
            _ => said_first(amount, term),
        }
    })
}

/// `£500 when visits at least 100 visits`: words that compare, without `is`. `rest` begins behind a condition that
/// would be complete without them.
pub(super) fn compare(rest: &[Term]) -> Option<ExprProblem> {
    let first = rest.first()?;
    let words: Vec<&str> =
        rest.iter().take(3).map_while(|term| term.name()).map(|name| name.text.as_str()).collect();
    let (count, written) = match words.as_slice() {
        ["at", "least", ..] => (2, "is at least"),
        ["at", "most", ..] => (2, "is at most"),
        ["greater" | "more" | "higher", "than", ..] => (2, "is more than"),
        ["less" | "lower" | "fewer", "than", ..] => (2, "is less than"),
        ["over" | "above" | "exceeds", ..] => (1, "is more than"),
        ["under" | "below", ..] => (1, "is less than"),
        ["equals", ..] => (1, "is"),
        ["between", ..] => {
            return Some(
                problem(first.span, "`between` does not compare", "two comparisons belong here")
                    .with_help("Write both ends, such as `visits >= 100 visits and visits <= 200 visits`."),
            );
        }
        _ => return None,
    };
    let span = first.span.to(rest.get(count - 1)?.span);
    let said = words.get(..count)?.join(" ");
    let found = problem(span, format!("`{said}` does not compare"), "a comparison belongs here");
    Some(mended(found, span, written.to_owned()))
}

/// `£20k`, `£2 million`.
fn large(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let name = &term.name()?.text;
    let zeros = match name.to_ascii_lowercase().as_str() {
        "k" | "thousand" => 3,
        "m" | "mn" | "mio" | "million" | "millions" => 6,
        "b" | "bn" | "billion" | "billions" => 9,
        _ => return None,
    };
    let (sign, digits) = figure(amount)?;
    let span = amount.span.to(term.span);
    let found = problem(span, "a figure is written with all its digits", format!("`{name}` is not known"));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let Some(missing) = usize::checked_sub(zeros, decimals.len()) else { return Some(found) };
    let plain: String = whole.chars().filter(char::is_ascii_digit).chain(decimals.chars()).collect();
    let all = format!("{}{}", plain.trim_start_matches('0'), "0".repeat(missing));
    Some(mended(found, span, format!("{sign}{}", with_commas(&all))))
}

/// `£20 000`.
fn grouped(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let (sign, digits) = figure(amount)?;
    let TermKind::Number(more) = &term.kind else { return None };
    if more.len() != 3 || digits.contains('.') || !more.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let span = amount.span.to(term.span);
    let found = problem(span, "a comma stands before each three digits", "this is read as two figures");
    Some(mended(found, span, format!("{sign}{digits},{more}")))
}

/// `GBP 500,000`.
fn currency(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let ExprKind::Path(names) = &amount.kind else { return None };
    let ([name], TermKind::Number(digits)) = (names.as_slice(), &term.kind) else { return None };
    let sign = match name.text.to_ascii_uppercase().as_str() {
        "GBP" => '£',
        "EUR" => '€',
        "USD" => '$',
        _ => return None,
    };
    let span = amount.span.to(term.span);
    let found = problem(span, "money is written with its sign", format!("`{}` is no sign", name.text));
    Some(mended(found, span, format!("{sign}{digits}")))
}

/// `500,000£`, `£ 500,000`.
fn sign_apart(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let span = amount.span.to(term.span);
    match (&amount.kind, &term.kind) {
        (_, TermKind::Money { symbol, digits }) if digits.is_empty() => {
            let (_, figure) = figure(amount).filter(|(sign, _)| sign.is_empty())?;
            let found = problem(
                term.span,
                format!("`{symbol}` stands after its figure"),
                "the sign belongs before the figure",
            );
            Some(mended(found, span, format!("{symbol}{figure}")))
        }
        (ExprKind::Literal(Literal::Money { symbol, digits, .. }), TermKind::Number(figure))
            if digits.is_empty() =>
        {
            let found = problem(
                span,
                format!("`{symbol}` stands apart from its figure"),
                "the figure follows its sign directly",
            );
            Some(mended(found, span, format!("{symbol}{figure}")))
        }
        _ => None,
    }
}

/// `max (a, b)`: a name and several figures between brackets, with a space between the two.
fn call_apart(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let (ExprKind::Path(names), TermKind::Group(figures)) = (&amount.kind, &term.kind) else { return None };
    let name = &names.last()?.text;
    if figures.len() < 2 {
        return None;
    }
    let gap = Span::new(term.span.file, amount.span.end, term.span.start);
    let found =
        problem(gap, format!("a space stands between `{name}` and its brackets"), "nothing belongs here");
    let title = format!("Write `{name}(`");
    Some(ExprProblem { fix: Some(Box::new((title, gap, String::new()))), ..found })
}

/// `£500 if visits > 100 visits`.
fn condition(term: &Term) -> ExprProblem {
    let found = problem(term.span, "a condition begins with `when`", "`when` belongs here");
    mended(found, term.span, "when".to_owned()).with_help(
        "Say what applies if it does not hold as well: `£500 when visits > 100 visits, otherwise £0`.",
    )
}

/// `£500 when visits > 100 visits else £0`.
fn otherwise(term: &Term) -> ExprProblem {
    every_other_case(term.span)
}

fn every_other_case(span: Span) -> ExprProblem {
    let message = "what applies in every other case begins with `otherwise`";
    mended(problem(span, message, "said with `otherwise`"), span, "otherwise".to_owned())
}

/// `else` where an amount was read behind the cases before it; `when` follows it or not.
pub(super) fn said_otherwise(amount: &Expr, then_when: bool) -> Option<ExprProblem> {
    let ExprKind::Path(names) = &amount.kind else { return None };
    let [name] = names.as_slice() else { return None };
    let is_last = matches!(name.text.to_ascii_lowercase().as_str(), "else" | "elsewise" | "or");
    if !is_last {
        return None;
    }
    if then_when {
        let found = problem(
            name.span,
            format!("`{} when` begins no case", name.text),
            "a case begins with its amount",
        )
        .case("else-when");
        return Some(found.with_help(
            "Write the amount first, with a comma before it: `£500 when visits > 100 visits, £200 when visits > 50 visits, otherwise £0`.",
        ));
    }
    Some(every_other_case(name.span))
}

/// `£500 when visits > 100 visits or else £0`.
pub(super) fn or_else(condition: &Expr) -> Option<ExprProblem> {
    let ExprKind::Binary { op: BinaryOp::Or, left, right } = &condition.kind else { return None };
    let ExprKind::Path(names) = &right.kind else { return None };
    let [name] = names.as_slice() else { return None };
    let is_else = name.text.eq_ignore_ascii_case("else") || name.text == "otherwise";
    is_else.then(|| {
        let span = Span::new(name.span.file, left.span.end, name.span.end);
        let found = every_other_case(name.span);
        let fix = found.fix.map(|fix| Box::new((fix.0, span, ", otherwise".to_owned())));
        ExprProblem { fix, ..found }
    })
}

/// `if visits > 100 visits then £500`, `50% saving`, `50% of the saving`.
fn said_first(amount: &Expr, term: &Term) -> Option<ExprProblem> {
    let is_amount = term.word().is_none() && term.operator().is_none();
    if let (ExprKind::Literal(Literal::Percent { .. }), true) = (&amount.kind, is_amount) {
        let at = Span::new(term.span.file, term.span.start, term.span.start);
        let found = problem(term.span, "`of` is missing after the percentage", "a percentage of what?");
        return Some(mended(found, at, "of ".to_owned()));
    }
    let ExprKind::Path(names) = &amount.kind else { return None };
    match names.last()?.text.to_ascii_lowercase().as_str() {
        "if" => Some(
            problem(amount.span, "a calculation does not begin with `if`", "the amount comes first")
                .case("if-first")
                .with_help(
                    "Write the amount, then the condition: `£500 when visits > 100 visits, otherwise £0`.",
                ),
        ),
        "the" if term.name().is_some_and(|name| extreme(&name.text).is_some()) => {
            let function = term.name().and_then(|name| extreme(&name.text)).unwrap_or_default();
            let found = problem(term.span, "this is said with a function", "one of several figures is meant");
            Some(found.with_help(format!("Write `{function}(a, b)`, such as `{function}(saving, £5,000)`.")))
        }
        "the" => Some(
            problem(term.span, "only the name itself is written", "a word stands before this name")
                .case("article")
                .with_help("Leave out `the`: `50% of saving`."),
        ),
        _ => None,
    }
}

/// The function for `lesser of` and `greater of`.
fn extreme(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "lesser" | "lower" | "lowest" | "smaller" | "smallest" | "least" | "minimum" => Some("min"),
        "greater" | "higher" | "highest" | "larger" | "largest" | "greatest" | "maximum" => Some("max"),
        _ => None,
    }
}

/// The last figure or name of a calculation, which stands directly before what follows.
fn last(amount: &Expr) -> &Expr {
    match &amount.kind {
        ExprKind::Binary { right, .. } => last(right),
        ExprKind::Unary { arg, .. } => last(arg),
        ExprKind::AtLeast { limit, .. } | ExprKind::AtMost { limit, .. } => last(limit),
        ExprKind::Rounded { grain, .. } => last(grain),
        ExprKind::When { otherwise: Some(otherwise), .. } => last(otherwise),
        _ => amount,
    }
}

/// The sign and the digits of a figure without a unit.
fn figure(amount: &Expr) -> Option<(String, &str)> {
    match &amount.kind {
        ExprKind::Literal(Literal::Money { symbol, digits, unit }) if unit.per.is_empty() => {
            Some((symbol.to_string(), digits))
        }
        ExprKind::Literal(Literal::Number { digits, unit })
            if unit.words.is_empty() && unit.per.is_empty() =>
        {
            Some((String::new(), digits))
        }
        _ => None,
    }
}

fn yearly(span: Span) -> ExprProblem {
    let found = problem(span, "an amount for a year is `per year`", "this is not known");
    mended(found, span, "per year".to_owned())
}

fn sign(term: &Term, sign: &str, does: &str) -> ExprProblem {
    let word = term.name().map_or("", |name| name.text.as_str());
    let found =
        problem(term.span, format!("`{word}` is no sign"), format!("`{sign}` belongs here, to {does}"));
    mended(found, term.span, sign.to_owned())
}

fn limit(term: &Term, words: &str) -> ExprProblem {
    let word = term.name().map_or("", |name| name.text.as_str());
    problem(term.span, format!("`{word}` does not begin a limit"), "a limit belongs here")
        .with_help(format!("Write `{words}` and an amount, such as `{words} £5,000`."))
}

/// `given visits = 5 visits falls = 3 falls`: the next name of a list.
fn comma(amount: &Expr, term: &Term) -> ExprProblem {
    let shown = super::problem::shown(term);
    let gap = Span { start: amount.span.end, end: term.span.start, ..term.span };
    let found =
        problem(term.span, format!("a comma is missing before {shown}"), "the next figure begins here");
    let title = format!("Put a comma before {shown}");
    ExprProblem { fix: Some(Box::new((title, gap, ", ".to_owned()))), ..found }
}

/// `given visits = 5 visits expect due = £500`: two statements on one line.
fn statement(term: &Term) -> ExprProblem {
    let shown = super::problem::shown(term);
    let found = problem(
        term.span,
        format!("{shown} begins a statement of its own"),
        "a new line belongs before this",
    );
    let start = Span { end: term.span.start, ..term.span };
    let title = format!("Begin a new line with {shown}");
    ExprProblem { fix: Some(Box::new((title, start, "\n    ".to_owned()))), ..found }
}

fn mended(found: ExprProblem, span: Span, text: String) -> ExprProblem {
    let title = format!("Write `{}`", text.trim());
    ExprProblem { fix: Some(Box::new((title, span, text))), ..found }
}
