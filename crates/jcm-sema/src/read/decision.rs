//! `decision rebase "…" { by: leadership_team  matter: variation  on: 2027-03-14  votes: 4 for, 1 against }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::units::date;
use jcm_model::{Decider, Decision, Def, Votes};
use jcm_quantity::Date;
use jcm_syntax::ast::{Declaration, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Decision> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let by = fields.name(cx, "by").and_then(|name| {
        refer::refer(cx, name, "board or partner", |def| match def {
            Def::Board(id) => Some(Decider::Board(id)),
            Def::Partner(id) => Some(Decider::Partner(id)),
            _ => None,
        })
    });
    let on = on(cx, &fields);
    let votes = if fields.get("votes").is_some() { votes(cx, &fields).map(Some) } else { Some(None) };
    Some(Decision {
        by: by?,
        matter: fields.text(cx, "matter"),
        on: on?,
        votes: votes?,
        decided: fields.text(cx, "decided"),
        particulars: fields.particulars(cx, &["by", "matter", "on", "votes", "decided"]),
        head,
    })
}

fn on<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Date> {
    let mut reader = fields.reader("on")?;
    let span = reader.span_here();
    let Some(day) = reader.date().filter(|_| reader.is_empty()) else { return fields.shape(cx, "on") };
    date(cx, day, span)
}

/// `4 for, 1 against, 0 abstaining`, each at most once, and `for` always.
fn votes<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Votes> {
    let (mut agreeing, mut against, mut abstaining) = (None, None, None);
    for phrase in &fields.get("votes")?.value {
        let mut reader = Reader::new(phrase);
        let count: Option<u32> = reader.number().and_then(|digits| digits.parse().ok());
        let place = if reader.word(Word::For) {
            &mut agreeing
        } else if reader.spelled("against") {
            &mut against
        } else if reader.spelled("abstaining") {
            &mut abstaining
        } else {
            return fields.shape(cx, "votes");
        };
        let (Some(count), None, true) = (count, &place, reader.is_empty()) else {
            return fields.shape(cx, "votes");
        };
        *place = Some(count);
    }
    let Some(agreeing) = agreeing else { return fields.shape(cx, "votes") };
    Some(Votes { agreeing, against: against.unwrap_or(0), abstaining: abstaining.unwrap_or(0) })
}
