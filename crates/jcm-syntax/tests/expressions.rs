//! How phrases are read as values.
#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test ends where it fails")]

use jcm_source::FileId;
use jcm_syntax::ast::{Body, Member};
use jcm_syntax::expression::{
    Expr, ExprKind, ExprProblem, Literal, Setting, SettingKind, UnitWords, read_expression, read_value,
};
use jcm_syntax::{ast, parse};

/// The one member of a small contract.
fn member(text: &str) -> Member {
    let parsed = parse(&format!("jcm 1\ncontract c \"C\" {{\n{text}\n}}\n"));
    assert_eq!(parsed.problems, [], "{text}");
    let file = ast(&parsed, FileId(0));
    let Body::Block(mut members) = file.declarations[0].body.clone() else { panic!("no block") };
    assert_eq!(members.len(), 1, "{text}");
    members.remove(0)
}

fn value(text: &str) -> Result<Expr, ExprProblem> {
    read_value(&member(&format!("v: {text}")).value)
}

/// An expression with every bracket written.
fn full(text: &str) -> String {
    value(text).map(|expr| show(&expr)).unwrap_or_else(|problem| format!("! {}", problem.message))
}

fn unit(unit: &UnitWords) -> String {
    let words: String = unit.words.iter().map(|word| format!(" {}", word.text)).collect();
    let per = unit.per.iter().map(|(digits, words)| {
        let words: String = words.iter().map(|word| format!(" {}", word.text)).collect();
        format!(" per{}{words}", digits.iter().map(|d| format!(" {d}")).collect::<String>())
    });
    words + &per.collect::<String>()
}

fn show(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        ExprKind::Literal(Literal::Number { digits, unit: u }) => format!("{digits}{}", unit(u)),
        ExprKind::Literal(Literal::Percent { digits, unit: u }) => format!("{digits}%{}", unit(u)),
        ExprKind::Literal(Literal::Money { symbol, digits, unit: u }) => {
            format!("{symbol}{digits}{}", unit(u))
        }
        ExprKind::Literal(Literal::Date(text) | Literal::Year(text)) => text.clone(),
        ExprKind::Literal(Literal::Text(text)) => format!("{text:?}"),
        ExprKind::Path(names) => names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("."),
        ExprKind::Call { name, args } => format!("{}({})", name.text, list(args)),
        ExprKind::Unary { op, arg } => format!("({op:?} {})", show(arg)),
        ExprKind::Binary { op, left, right } => format!("({} {op:?} {})", show(left), show(right)),
        ExprKind::List(items) => format!("[{}]", list(items)),
        ExprKind::When { cases, otherwise } => {
            let cases: String =
                cases.iter().map(|(v, c)| format!("{} when {}; ", show(v), show(c))).collect();
            format!("<{cases}otherwise {}>", otherwise.as_ref().map(|e| show(e)).unwrap_or_default())
        }
        ExprKind::AtLeast { value, limit } => format!("max({}, {})", show(value), show(limit)),
        ExprKind::AtMost { value, limit } => format!("min({}, {})", show(value), show(limit)),
        ExprKind::Rounded { value, mode, grain } => {
            let mode = mode.as_ref().map_or("default", |name| &name.text);
            format!("round({}, {mode}, {})", show(value), show(grain))
        }
        ExprKind::CountBetween { count, from, to } => {
            format!("{}[{}..{}]", count.text, show(from), show(to))
        }
        ExprKind::Cases { of, rows } => format!("cases[{}; {} rows]", list(of), rows.len()),
        ExprKind::IfMissing { value, default } => format!("({} ?? {})", show(value), show(default)),
        ExprKind::OverAll { of, same, settings, .. } => {
            let same = same.as_ref().map(|same| format!(" same {}", show(same))).unwrap_or_default();
            let settings: String =
                settings.iter().map(|setting| format!(" {}", show_setting(setting))).collect();
            format!("all[{}{same}{settings}]", show(of))
        }
    }
}

fn show_setting(setting: &Setting) -> String {
    match &setting.kind {
        SettingKind::By(names) => {
            let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            format!("by {}", names.join("_"))
        }
        SettingKind::At(value) => format!("at {}", show(value)),
        SettingKind::Into(value) => format!("into {}", show(value)),
        SettingKind::To(value) => format!("to {}", show(value)),
        SettingKind::Between(low, high) => format!("from {} to {}", show(low), show(high)),
        SettingKind::From(name) => format!("from {}", name.text),
        SettingKind::Ties(name) => format!("ties {}", name.text),
    }
}

#[test]
fn tables_of_cases() {
    let table = "cases of track, saving / budget {\n basic, below 50% : 0%\n any, 50% or more : 20%\n }";
    assert_eq!(full(table), "cases[track, (saving Divide budget); 2 rows]");
    assert_eq!(
        full(&format!("{table}, at most 10%")),
        "min(cases[track, (saving Divide budget); 2 rows], 10%)"
    );
    assert_eq!(full("cases of track"), "(cases Of track)");
}

#[test]
fn functions_over_all_cases() {
    assert_eq!(
        full("fund * score / sum of score over all"),
        "((fund Multiply score) Divide all[(sum Of score)])"
    );
    assert_eq!(full("mean of (a / b) over all + 1"), "(all[(mean Of (a Divide b))] Add 1)");
    assert_eq!(
        full("median of rate over all with the same track at least 2%"),
        "max(all[(median Of rate) same track], 2%)"
    );
    assert_eq!(
        full("quantile of rate over all at 50% by nearest rank, at most 9%"),
        "min(all[(quantile Of rate) at 50% by nearest_rank], 9%)"
    );
    assert_eq!(
        full("rank of score over all from highest ties best"),
        "all[(rank Of score) from highest ties best]"
    );
    assert_eq!(
        full("winsorised(cost) over all from 1% to 99% by linear interpolation"),
        "all[winsorised(cost) from 1% to 99% by linear_interpolation]"
    );
    assert_eq!(
        full("standard_deviation of x over all to 4 decimals"),
        "all[(standard_deviation Of x) to 4 decimals]"
    );
    assert_eq!(full("group of share over all into 5"), "all[(group Of share) into 5]");
    assert_eq!(full("x over all with the track"), "! `with` does not say what the cases share");
    assert_eq!(full("x over all at"), "! an amount is missing after `at`");
    assert_eq!(full("x over all from 1%"), "! the upper end is missing");
    assert_eq!(full("x over all by"), "! a word is missing after `by`");
}

#[test]
fn days_from_one_date_to_another() {
    assert_eq!(full("days from due to received"), "days[due..received]");
    assert_eq!(full("operational days from a.due to 2027-02-15"), "operational_days[a.due..2027-02-15]");
    assert_eq!(
        full("months from (start + 5 days) to end * 2"),
        "(months[(start Add 5 days)..end] Multiply 2)"
    );
    assert_eq!(full("working_days from a to b, at least 0 days"), "max(working_days[a..b], 0 days)");
    assert_eq!(full("days * price"), "(days Multiply price)");
    assert_eq!(full("days from due"), "! the second date is missing");
    assert_eq!(full("days from due to"), "! an amount is missing after `to`");
    assert_eq!(full("received is after due + 2 days"), "(received Greater (due Add 2 days))");
    assert_eq!(full("received is before due"), "(received Less due)");
}

#[test]
fn operators_bind_as_they_are_read_aloud() {
    assert_eq!(full("a + b * c - d / e"), "((a Add (b Multiply c)) Subtract (d Divide e))");
    assert_eq!(full("5% of a + b"), "((5% Of a) Add b)");
    assert_eq!(full("-5% of fund.budget"), "((Minus 5%) Of fund.budget)");
    assert_eq!(full("rate for track of saving"), "((rate For track) Of saving)");
    assert_eq!(full("a of b of c"), "(a Of (b Of c))");
    assert_eq!(full("5% of budget in 2027/28"), "(5% Of (budget In 2027/28))");
    assert_eq!(full("24,310 in 2024/25"), "(24,310 In 2024/25)");
    assert_eq!(full("not a > 1 and b or c"), "(((Not (a Greater 1)) And b) Or c)");
    assert_eq!(full("a × b ÷ c ≥ d"), "(((a Multiply b) Divide c) GreaterOrEqual d)");
    assert_eq!(full("a - -b"), "(a Subtract (Minus b))");
}

#[test]
fn comparisons_can_be_written_in_words() {
    assert_eq!(full("a is b"), "(a Equal b)");
    assert_eq!(full("a is not b"), "(a NotEqual b)");
    assert_eq!(full("a is at least 2%"), "(a GreaterOrEqual 2%)");
    assert_eq!(full("a is at most 2%"), "(a LessOrEqual 2%)");
    assert_eq!(full("a is more than b + 1"), "(a Greater (b Add 1))");
    assert_eq!(full("a is less than b"), "(a Less b)");
    assert_eq!(full("a = b and c != d"), "((a Equal b) And (c NotEqual d))");
}

#[test]
fn a_figure_takes_its_unit() {
    assert_eq!(full("15 operational days"), "15 operational days");
    assert_eq!(
        full("24,310 admissions per 100,000 people per year"),
        "24,310 admissions per 100,000 people per year"
    );
    assert_eq!(full("£84,000,000 per year"), "£84,000,000 per year");
    assert_eq!(full("2 percentage points + 1 point"), "(2 percentage points Add 1 point)");
    assert_eq!(full("15days of x"), "(15 days Of x)");
    assert_eq!(full("2 * max(a, 3 people)"), "(2 Multiply max(a, 3 people))");
    let Ok(expr) = value("15 operational days") else { panic!("no value") };
    assert_eq!(expr.span.end - expr.span.start, 19);
}

#[test]
fn phrases_modify_everything_before_them() {
    assert_eq!(
        full("saving when abs(rate) >= 2%, otherwise £0"),
        "<saving when (abs(rate) GreaterOrEqual 2%); otherwise £0>"
    );
    assert_eq!(full("a when x, b when y, otherwise c"), "<a when x; b when y; otherwise c>");
    assert_eq!(full("a when x otherwise c"), "<a when x; otherwise c>");
    assert_eq!(
        full("earned, at least -5% of b, at most 10% of b"),
        "min(max(earned, ((Minus 5%) Of b)), (10% Of b))"
    );
    assert_eq!(full("earned at least £1 at most £5"), "min(max(earned, £1), £5)");
    assert_eq!(full("a when x, otherwise c, at most £5"), "min(<a when x; otherwise c>, £5)");
    assert_eq!(full("a, rounded half_even to £0.01"), "round(a, half_even, £0.01)");
    assert_eq!(full("a rounded to £1"), "round(a, default, £1)");
    assert_eq!(full("score, or 90% if missing"), "(score ?? 90%)");
    assert_eq!(full("score or 90% if missing"), "(score ?? 90%)");
    assert_eq!(full("a\n    when x,\n    otherwise c\n    at most £5"), "min(<a when x; otherwise c>, £5)");
}

#[test]
fn brackets_hold_one_value_or_a_list() {
    assert_eq!(full("(a + b) * c"), "((a Add b) Multiply c)");
    assert_eq!(full("(a, b, c + 1)"), "[a, b, (c Add 1)]");
    assert_eq!(full("[a, b]"), "[a, b]");
    assert_eq!(full("2 * (a when x, otherwise b)"), "(2 Multiply <a when x; otherwise b>)");
    assert_eq!(full("2 * (a, at most b)"), "(2 Multiply min(a, b))");
    assert_eq!(full("min(\n  a,\n  b\n)"), "min(a, b)");
    assert_eq!(full("std.f(a)"), "std.f(a)");
}

#[test]
fn a_name_can_be_spelled_like_a_word() {
    assert_eq!(full("from + to"), "(from Add to)");
    assert_eq!(full("not"), "not");
    assert_eq!(full("missing of for"), "(missing Of for)");
}

#[test]
fn what_is_missing_is_said_in_words() {
    assert_eq!(full("a +"), "! an amount is missing after `+`");
    assert_eq!(full("a of"), "! an amount is missing after `of`");
    assert_eq!(full("* a"), "! an amount is missing before `*`");
    assert_eq!(
        full("a when x > 1"),
        "! `otherwise` is missing: what applies when the condition does not hold?"
    );
    assert_eq!(
        full("a when x, b"),
        "! `otherwise` is missing: what applies when the condition does not hold?"
    );
    assert_eq!(
        full("a when x, at most b"),
        "! `otherwise` is missing: what applies when the condition does not hold?"
    );
    assert_eq!(full("a, otherwise b"), "! `otherwise` follows no `when`");
    assert_eq!(full("a b"), "! an operator or a comma is missing before `b`");
    assert_eq!(full("abs (x)"), "! an operator is missing before these brackets");
    assert_eq!(full("a < b < c"), "! two comparisons stand in a row");
    assert_eq!(full("5 per"), "! a unit is missing after `per`");
    assert_eq!(full("50%, from 30% to 60%"), "! `from` does not fit here");
    assert_eq!(full("a, rounded half_even"), "! `rounded` does not say to what");
    assert_eq!(full("a + { b: c }"), "! braces do not belong in an amount");
}

#[test]
fn a_formula_without_end_is_refused_and_not_recursed_into() {
    let long = |part: &str| full(&format!("a{}", part.repeat(3_000)));
    assert_eq!(long(" + a"), "! this formula is too long to be read");
    assert_eq!(long(" of a"), "! this formula is too long to be read");
    assert_eq!(long(" - - a"), "! this formula is too long to be read");
    assert_eq!(long(", at least a"), "! this formula is too long to be read");
    assert_eq!(full(&format!("not {} a", "not ".repeat(3_000))), "! this formula is too long to be read");
}

#[test]
fn a_part_of_a_phrase_is_read_alone() {
    let member = member("line saving \"Saving\" = fund.budget - cost");
    let terms = &member.value[0].terms;
    assert_eq!(
        read_expression(&terms[4..]).map(|expr| show(&expr)),
        Ok("(fund.budget Subtract cost)".to_owned())
    );
    assert!(read_expression(&[]).is_err());
    assert!(read_value(&[]).is_err());
}
