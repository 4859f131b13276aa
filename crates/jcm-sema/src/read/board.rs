//! `board leadership_team "…" { seats: one each for icb, council  quorum: 2  decides { anything_else : majority } }`

use super::refer;
use crate::checker::Checker;
use crate::fields::{Fields, head, key_span};
use crate::problems::{DecisionUnruled, DuplicateName, QuorumUnmet, Shape};
use crate::units::number;
use jcm_model::{Board, DecisionRule, PartnerId, Voting};
use jcm_quantity::Exact;
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// The matter that stands for every other.
const ANYTHING_ELSE: &str = "anything_else";

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Board> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let seats = seats(cx, &fields);
    let quorum = quorum(cx, &fields);
    let mut decisions: Vec<(DecisionRule, Span)> = Vec::new();
    for member in fields.others.clone() {
        match super::pool::named_block(member, "decides") {
            Some(rows) => decisions.extend(rows.iter().filter_map(|row| rule(cx, &fields, row))),
            None => fields.report_stray(cx, member),
        }
    }
    check_rules(cx, &fields, &head.name, &decisions);
    let (seats, quorum) = (seats?, quorum?);
    let size = seats.iter().map(|(_, seats)| *seats).fold(0, u32::saturating_add);
    if quorum == 0 || quorum > size {
        let span = fields.span_of("quorum");
        return cx.report(QuorumUnmet {
            board: head.name,
            span,
            quorum,
            size,
            seats: fields.span_of("seats"),
        });
    }
    decisions.sort_by_key(|(rule, _)| rule.matters.is_empty());
    Some(Board {
        seats,
        quorum,
        chair: fields.text(cx, "chair"),
        meets: fields.text(cx, "meets"),
        reserved: fields.get("reserved").map(|_| fields.texts(cx, "reserved")).unwrap_or_default(),
        decisions: decisions.into_iter().map(|(rule, _)| rule).collect(),
        head,
    })
}

/// `one each for icb, council`, `2 for icb, 1 for council`.
fn seats<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Vec<(PartnerId, u32)>> {
    let mut seats: Vec<(PartnerId, u32)> = Vec::new();
    let mut each = 1u32;
    for phrase in &fields.get("seats")?.value {
        let mut reader = Reader::new(phrase);
        if reader.spelled("one") {
            reader.word(Word::Each);
            each = 1;
        } else if let Some(count) = reader.number() {
            let Ok(count) = count.parse::<u32>() else { return fields.shape(cx, "seats") };
            each = count;
        }
        reader.word(Word::For);
        let name = reader.name();
        let Some(name) = name.filter(|_| reader.is_empty()) else { return fields.shape(cx, "seats") };
        let partner = refer::partner(cx, name)?;
        if seats.iter().any(|(seated, _)| *seated == partner) {
            return cx.report(DuplicateName {
                name: name.text.clone(),
                span: name.span,
                first: fields.span_of("seats"),
            });
        }
        seats.push((partner, each));
    }
    Some(seats)
}

fn quorum<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<u32> {
    let mut reader = fields.reader("quorum")?;
    let count = reader.number().and_then(|digits| digits.parse().ok());
    count.filter(|_| reader.is_empty()).or_else(|| fields.shape(cx, "quorum"))
}

/// `admission, exclusion : unanimous`, `anything_else : majority of 75%`.
fn rule<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, row: &'p Member) -> Option<(DecisionRule, Span)> {
    let (Some(key), [value]) = (&row.key, row.value.as_slice()) else {
        fields.report_stray(cx, row);
        return None;
    };
    let matters: Vec<String> = key.iter().map(|phrase| matter(cx, phrase)).collect();
    let rule = voting(cx, value)?;
    let matters = matters.into_iter().filter(|matter| matter != ANYTHING_ELSE).collect();
    Some((DecisionRule { matters, rule }, key_span(row)))
}

/// A matter as people say it; the word for every other matter stays as it is.
fn matter(cx: &Checker<'_>, phrase: &Phrase) -> String {
    match phrase.single() {
        Some(term) if term.name().is_some_and(|name| name.text == ANYTHING_ELSE) => ANYTHING_ELSE.to_owned(),
        Some(term) if term.as_text().is_some() => term.as_text().unwrap_or_default().to_owned(),
        _ => cx.text(phrase.span).replace('_', " "),
    }
}

fn voting(cx: &mut Checker<'_>, phrase: &Phrase) -> Option<Voting> {
    let mut reader = Reader::new(phrase);
    let rule = match reader.next().and_then(Term::name).map(|name| name.text.as_str()) {
        Some("unanimous") => Some(Voting::Unanimous),
        Some("majority") if reader.word(Word::Of) => {
            let span = reader.span_here();
            let share = reader.percent().and_then(|digits| number(cx, digits, span));
            let share = share.map(|share| share * Exact::ten_to(-2));
            share
                .filter(|share| share.is_positive() && *share <= Exact::one())
                .map(|share| Voting::Majority(Some(share)))
        }
        Some("majority") => Some(Voting::Majority(None)),
        Some(word @ ("delegated" | "reserved")) => {
            let name = if reader.word(Word::To) { reader.name() } else { None };
            let partner = name.and_then(|name| refer::partner(cx, name))?;
            Some(if word == "delegated" { Voting::Delegated(partner) } else { Voting::Reserved(partner) })
        }
        _ => None,
    };
    rule.filter(|_| reader.is_empty()).or_else(|| {
        cx.report(Shape {
            what: "this rule".to_owned(),
            span: phrase.span,
            expected: "`unanimous`, `majority`, `majority of` a percentage, `delegated to` or `reserved to` a partner".to_owned(),
            example: "anything_else : majority of 75%".to_owned(),
        })
    })
}

/// Every matter has exactly one rule, and there is one for whatever is not named.
fn check_rules(cx: &mut Checker<'_>, fields: &Fields<'_>, board: &str, decisions: &[(DecisionRule, Span)]) {
    if !fields.is_broken() && !decisions.iter().any(|(rule, _)| rule.matters.is_empty()) {
        cx.report::<()>(DecisionUnruled { board: board.to_owned(), span: fields.span });
    }
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for (rule, span) in decisions {
        for matter in &rule.matters {
            if let Some((_, first)) = seen.iter().find(|(known, _)| known == matter) {
                cx.report::<()>(DuplicateName { name: matter.clone(), span: *span, first: *first });
            }
            seen.push((matter, *span));
        }
    }
}
