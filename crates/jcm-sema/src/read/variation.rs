//! `variation first "First variation" from 2027-04-01 { base: "…", agreed: …, why: "…", sharing_rate = 40% }`

use super::refer::refer;
use super::varied::{self, Frame};
use crate::checker::Checker;
use crate::fields::{Fields, head, key_span, value_span};
use crate::problems::{Shape, UnknownName, VariationDates, VariedTwice, WrongBase};
use crate::units::date;
use crate::variations::{Change, change, variations};
use jcm_model::{ClauseId, Def, DocumentId, Ranked, Variation, VariedClause};
use jcm_quantity::{Date, parse_date, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Name, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// A base is told by so many characters of its hash at least.
const SHORTEST: usize = 8;

/// Reads every variation in the order in which they were agreed, and puts what it sets into the figures.
pub(super) fn read_all(cx: &mut Checker<'_>) {
    let declarations = cx.names.all("variation");
    cx.parts.variations = vec![None; declarations.len()];
    let mut earlier = Earlier::default();
    let project = cx.project;
    let mut previous: Option<String> = None;
    for stated in variations(&project.modules) {
        let variation = read(cx, stated.declaration, previous.take(), &mut earlier);
        previous = stated.declaration.name.as_ref().map(|name| name.text.clone());
        let place = declarations.iter().position(|other| other.span == stated.declaration.span);
        if let Some(slot) = place.and_then(|place| cx.parts.variations.get_mut(place)) {
            *slot = variation;
        }
    }
}

/// What the variations agreed before have changed.
#[derive(Default)]
struct Earlier {
    figures: Vec<varied::Set>,
    /// Clauses that came in, with the first day.
    brought: Vec<(ClauseId, Date, Span)>,
    /// Clauses that ended.
    ended: Vec<(ClauseId, Span)>,
    /// Documents that were replaced.
    replaced: Vec<(DocumentId, Span)>,
}

fn read<'p>(
    cx: &mut Checker<'p>,
    declaration: &'p Declaration,
    previous: Option<String>,
    earlier: &mut Earlier,
) -> Option<Variation> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let from = first_day(cx, declaration);
    let base = base(cx, declaration, &fields, previous);
    let agreed = agreed(cx, &fields);
    let from = from?;
    let frame = Frame { from, name: head.name.clone() };
    let (mut figures, mut clauses, mut documents, mut whole) = (Vec::new(), Vec::new(), Vec::new(), true);
    for member in fields.others.iter().filter(|member| !member.broken) {
        if let Some(Change::Replaces(old, new)) = change(member)
            && is_document(cx, old)
        {
            match replaced(cx, (old, new), from, member.span, earlier) {
                Some(change) => documents.push(change),
                None => whole = false,
            }
            continue;
        }
        if let Some(change) = change(member) {
            match self::clause(cx, change, from, member.span, earlier) {
                Some(change) => clauses.push(change),
                None => whole = false,
            }
            continue;
        }
        match varied::figures(cx, &fields, &frame, member, &mut earlier.figures) {
            Some(made) => figures.extend(made),
            None => whole = false,
        }
    }
    let precedence = super::precedence::read(cx, &fields);
    if fields.others.is_empty() && fields.get("precedence").is_none() && !fields.is_broken() {
        return cx.report(Shape {
            what: "this variation".to_owned(),
            span: fields.span,
            expected: "at least one figure or clause that it changes".to_owned(),
            example: "sharing_rate = 40%".to_owned(),
        });
    }
    let (agreed_by, agreed_on, minute) = agreed?;
    let why = fields.text(cx, "why");
    whole.then_some(Variation {
        head,
        from,
        base: base?,
        agreed_by,
        agreed_on,
        minute,
        why,
        figures,
        clauses,
        documents,
        precedence: in_force(cx, &fields, precedence?, from)?,
    })
}

/// `from 2027-04-01`, on a day of the term.
fn first_day(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Date> {
    let shape = |cx: &mut Checker<'_>, span: Span| {
        cx.report(Shape {
            what: "this variation".to_owned(),
            span,
            expected: "`from` and its first day after the title".to_owned(),
            example: "variation first \"First variation\" from 2027-04-01 {".to_owned(),
        })
    };
    let phrase = match declaration.header.as_slice() {
        [phrase] => phrase,
        [] if declaration.broken => return None,
        [] => return shape(cx, declaration.kind_span),
        [first, .., last] => return shape(cx, first.span.to(last.span)),
    };
    let mut reader = Reader::new(phrase);
    let text = if reader.word(Word::From) { reader.date() } else { None };
    let Some(text) = text.filter(|_| reader.is_empty()) else { return shape(cx, phrase.span) };
    let day = date(cx, text, phrase.span)?;
    let (start, end) = cx.parts.contract.as_ref().map(|contract| (contract.start, contract.end))?;
    if day < start || day >= end {
        let last = show_date(end.yesterday().unwrap_or(end));
        return cx.report(VariationDates {
            what: "this variation".to_owned(),
            span: phrase.span,
            why: format!("begins outside the term, which is {} to {last}", show_date(start)),
            label: "outside the term",
            help: "Write a day of the term".to_owned(),
        });
    }
    Some(day)
}

/// The beginning of the hash of the text that is varied, held to that text.
fn base<'p>(
    cx: &mut Checker<'p>,
    declaration: &Declaration,
    fields: &Fields<'p>,
    after: Option<String>,
) -> Option<String> {
    // The hash of a text that is not all there says nothing.
    if cx.misses_a_module() {
        return None;
    }
    let hash = cx.project.bases.get(&declaration.span)?.clone();
    let variation = declaration.name.as_ref()?.text.clone();
    let Some(member) = fields.get("base") else {
        if fields.is_broken() {
            return None;
        }
        let span = fields.span;
        return cx.report(WrongBase { variation, stated: None, span, base: hash, after });
    };
    let written = match member.value.as_slice() {
        [phrase] => phrase.single().and_then(Term::as_text),
        _ => None,
    };
    let Some(written) = written else { return fields.shape(cx, "base") };
    let stated = written.to_ascii_lowercase();
    if stated.len() < SHORTEST || !hash.starts_with(&stated) {
        let (stated, span) = (Some(format!("`{written}`")), value_span(member));
        return cx.report(WrongBase { variation, stated, span, base: hash, after });
    }
    Some(stated)
}

/// `by leadership_team on 2027-01-14, "minute 7"`: who, when, and where it is written down.
fn agreed<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<(String, Date, String)> {
    let (first, rest) = fields.get("agreed")?.value.split_first()?;
    let mut reader = Reader::new(first);
    let by = if reader.word(Word::By) { reader.next() } else { None };
    let on = if reader.word(Word::On) { reader.date() } else { None };
    let minute = match rest {
        [] => Some(String::new()),
        [minute] => minute.single().and_then(Term::as_text).map(str::to_owned),
        _ => None,
    };
    let (Some(by), Some(on), Some(minute), true) = (by, on, minute, reader.is_empty()) else {
        return fields.shape(cx, "agreed");
    };
    let by = match (by.as_text(), by.name()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(name)) => match super::obligation::body_title(cx, name) {
            Some(title) => title,
            None => {
                let suits = |def: Option<Def>| matches!(def, Some(Def::Board(_) | Def::Partner(_)));
                let near = cx.names.near(&name.text, |symbol| suits(symbol.def));
                return cx.report(UnknownName {
                    name: name.text.clone(),
                    span: name.span,
                    wanted: "board or partner".to_owned(),
                    near,
                });
            }
        },
        (None, None) => return fields.shape(cx, "agreed"),
    };
    match parse_date(on) {
        Some(day) => Some((by, day, minute)),
        None => {
            date(cx, on, fields.span_of("agreed"));
            None
        }
    }
}

/// What happens to a clause, if nothing agreed before has done it already.
fn clause(
    cx: &mut Checker<'_>,
    change: Change<'_>,
    from: Date,
    span: Span,
    earlier: &mut Earlier,
) -> Option<VariedClause> {
    let mut id = |name| {
        refer(cx, name, "clause", |def| match def {
            Def::Clause(id) => Some(id),
            _ => None,
        })
    };
    let made = match change {
        Change::Replaces(old, new) => {
            let (clause, by) = (id(old), id(new));
            VariedClause::Replaces { clause: clause?, by: by? }
        }
        Change::Adds(name) => VariedClause::Adds(id(name)?),
        Change::Removes(name) => VariedClause::Removes(id(name)?),
    };
    let (ends, brings) = (made.ends(), made.brings());
    if brings.is_some_and(|clause| is_included(cx, clause)) {
        return cx.report(Shape {
            what: "this part of the variation".to_owned(),
            span,
            expected:
                "a clause that the contract writes itself; what is included is part of it from the beginning"
                    .to_owned(),
            example: "adds carers".to_owned(),
        });
    }
    let came = |clause| earlier.brought.iter().find(|(known, ..)| Some(*known) == clause);
    let title = |cx: &Checker<'_>, clause: Option<ClauseId>| {
        let declarations = cx.names.all("clause");
        let name = clause.and_then(|id| declarations.get(id.index())?.name.as_ref());
        name.map(|name| format!("`{}`", name.text)).unwrap_or_default()
    };
    let ended = earlier.ended.iter().find(|(known, _)| Some(*known) == ends || Some(*known) == brings);
    let problem = if let Some((clause, first)) = ended {
        Some((format!("the clause {} is no longer there to be changed", title(cx, Some(*clause))), *first))
    } else if let Some((_, _, first)) = came(brings) {
        Some((format!("the clause {} comes into the contract twice", title(cx, brings)), *first))
    } else if let Some((_, _, first)) = came(ends).filter(|(_, day, _)| *day >= from) {
        Some((format!("the clause {} ends before it begins", title(cx, ends)), *first))
    } else if brings.is_some() && brings == ends {
        Some((format!("the clause {} is put in its own place", title(cx, ends)), span))
    } else {
        None
    };
    if let Some((what, first)) = problem {
        let help = "Change the clause that is in force then: the one that the variation agreed last put in its place";
        return cx.report(VariedTwice { what, span, first, help: help.to_owned() });
    }
    earlier.brought.extend(brings.map(|clause| (clause, from, span)));
    earlier.ended.extend(ends.map(|clause| (clause, span)));
    Some(made)
}

fn is_document(cx: &Checker<'_>, name: &Name) -> bool {
    cx.names.get(&name.text).is_some_and(|symbol| matches!(symbol.def, Some(Def::Document(_))))
}

/// `replaces service_contract by service_contract_2027`: another document is meant from the first day on.
fn replaced(
    cx: &mut Checker<'_>,
    (old, new): (&Name, &Name),
    from: Date,
    span: Span,
    earlier: &mut Earlier,
) -> Option<(DocumentId, DocumentId)> {
    let mut id = |name| {
        refer(cx, name, "document", |def| match def {
            Def::Document(id) => Some(id),
            _ => None,
        })
    };
    let (of, by) = (id(old), id(new));
    let (of, by) = (of?, by?);
    let known = earlier.replaced.iter().find(|(known, _)| *known == of || *known == by);
    let twice = match known {
        Some((known, first)) => {
            let name = if *known == of { old } else { new };
            Some((format!("the document `{}` is no longer there to be changed", name.text), *first))
        }
        None if of == by => Some((format!("the document `{}` is put in its own place", old.text), span)),
        None => None,
    };
    if let Some((what, first)) = twice {
        let help = "Replace the document that is meant then: the one that the variation agreed last put in its place";
        return cx.report(VariedTwice { what, span, first, help: help.to_owned() });
    }
    dated_before(cx, by, from, new.span)?;
    earlier.replaced.push((of, span));
    Some((of, by))
}

/// Holds a document to be there on the first day of the variation.
fn dated_before(cx: &mut Checker<'_>, document: DocumentId, from: Date, span: Span) -> Option<()> {
    let of = cx.parts.documents.get(document.index())?.as_ref()?;
    if of.dated <= from {
        return Some(());
    }
    let (what, day) = (format!("the document `{}`", of.head.name), show_date(of.dated));
    cx.report(VariationDates {
        what,
        span,
        why: format!("is of {day}, after the variation begins on {}", show_date(from)),
        label: "not there on the first day",
        help: "Name the version that is there on the first day of the variation, or let the variation begin later"
            .to_owned(),
    })
}

/// Holds every document of a new order of precedence to be there on the first day.
fn in_force<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    order: Vec<Ranked>,
    from: Date,
) -> Option<Vec<Ranked>> {
    let span = fields.span_of("precedence");
    for ranked in &order {
        if let Ranked::Document(id) = ranked {
            dated_before(cx, *id, from, span)?;
        }
    }
    Some(order)
}

/// Whether a clause comes from the library.
fn is_included(cx: &Checker<'_>, clause: ClauseId) -> bool {
    let declarations = cx.names.all("clause");
    let file = declarations.get(clause.index()).map(|declaration| declaration.span.file);
    cx.project.modules.iter().any(|module| Some(module.file) == file && !module.is_own())
}

/// The place of a statement without its value, for messages.
pub(super) fn statement_span(member: &jcm_syntax::ast::Member) -> Span {
    match (&member.key, member.value.first()) {
        (None, Some(Phrase { span, .. })) => *span,
        _ => key_span(member),
    }
}
