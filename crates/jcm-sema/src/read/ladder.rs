//! `ladder escalation "…" { leadership_team decides within 10 operational days  expert binds within 20 operational days }`

use super::obligation::body_title;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{LadderUnbound, Shape};
use jcm_model::{Clock, Ladder, LadderStep};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Ladder> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let mut steps: Vec<LadderStep> = Vec::new();
    let mut whole = true;
    let mut last = fields.span;
    for member in &fields.others {
        match step(cx, member) {
            Some(step) => steps.push(step),
            None => whole = false,
        }
        last = member.span;
    }
    if whole && !fields.is_broken() {
        check_end(cx, &head.name, &steps, last, &fields);
    }
    whole.then_some(Ladder { head, steps })
}

/// `mediation by CEDR within 30 operational days`
fn step(cx: &mut Checker<'_>, member: &Member) -> Option<LadderStep> {
    let [phrase] = member.value.as_slice() else { return shape(cx, member) };
    let mut reader = Reader::new(phrase);
    let name = reader.name();
    let does = reader.until(&[Word::Within]);
    let within = if reader.word(Word::Within) { clock(&mut reader) } else { None };
    let (Some(name), Some(within), true, None) = (name, within, reader.is_empty(), &member.key) else {
        return shape(cx, member);
    };
    let words: Vec<String> = does.iter().map(|term| cx.text(term.span).replace('_', " ")).collect();
    let does = words.join(" ");
    let who = body_title(cx, name).unwrap_or_else(|| name.text.replace('_', " "));
    Some(LadderStep { who, binds: words.iter().any(|word| word == "binds"), does, within })
}

/// `10 operational days`
fn clock(reader: &mut Reader<'_>) -> Option<Clock> {
    let count: u32 = reader.number()?.parse().ok()?;
    let mut words = Vec::new();
    while let Some(name) = reader.name() {
        words.push(name.text.replace('_', " "));
    }
    let known = ["day", "days", "week", "weeks", "month", "months"];
    words.last().filter(|last| known.contains(&last.as_str()) && words.len() <= 2)?;
    (count > 0).then(|| Clock { count, unit: words.join(" ") })
}

fn shape<T>(cx: &mut Checker<'_>, member: &Member) -> Option<T> {
    if member.broken {
        return None;
    }
    cx.report(Shape {
        what: "this step".to_owned(),
        span: member.span,
        expected: "who, what they do, `within` and a number of days".to_owned(),
        example: "leadership_team decides within 10 operational days".to_owned(),
    })
}

fn check_end(cx: &mut Checker<'_>, ladder: &str, steps: &[LadderStep], last: Span, fields: &Fields<'_>) {
    let early = steps.iter().rev().skip(1).any(|step| step.binds);
    if steps.last().is_some_and(|step| step.binds) && !early {
        return;
    }
    let span = if steps.is_empty() { fields.span } else { last };
    cx.report::<()>(LadderUnbound { ladder: ladder.to_owned(), span, early });
}
