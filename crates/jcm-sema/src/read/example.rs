//! `example "…" of gain_share in 2027/28 { given actual_cost = £119,193,600  expect payable = £1,658,880 }`

use super::{dated, example_over, refer};
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{Fields, read_terms};
use crate::problems::{
    DatesDisordered, NotPaid, NotSummed, NothingExpected, PaymentUnclear, Shape, UnknownName, Unnamed,
};
use crate::typing::{self, Scope};
use jcm_model::{
    BalanceId, Constant, Def, Example, ExamplePeriod, Expect, Expected, FlowId, Head, IncentiveId, LineId,
    PartnerId, Rounding, Ty,
};
use jcm_quantity::{Exact, RoundingMode, Unit, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Name, Operator, Phrase, Term, Word};
use jcm_syntax::expression::Reader;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Reads every example of the contract.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    let declarations = cx.names.numbered("example");
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        cx.remembered(("example", id), None, declaration, |cx| read(cx, declaration))
    };
    cx.read_ahead("example", &declarations, one);
    for (id, declaration) in declarations {
        one(cx, id, declaration);
    }
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) -> Option<()> {
    let fields = Fields::of(cx, declaration, None)?;
    let Some(title) = &declaration.title else {
        let example = "example \"Saving of 3 %\" of gain_share in 2027/28 {".to_owned();
        return cx.report(Unnamed {
            kind: "example".to_owned(),
            span: declaration.kind_span,
            what: "title",
            example,
        });
    };
    let (of, period, later) = header(cx, declaration)?;
    if typing::is_unread(cx, of) {
        return None;
    }
    let name = declaration.name.as_ref().map_or_else(|| title.text.clone(), |name| name.text.clone());
    let head = Head {
        name,
        title: title.text.clone(),
        doc: declaration.doc.clone(),
        span: declaration.span,
        name_span: title.span,
    };
    let source = fields.text(cx, "source");
    let mut example = Example {
        head,
        of,
        period,
        given: Vec::new(),
        given_lines: Vec::new(),
        rows: Vec::new(),
        others: Vec::new(),
        opening: Vec::new(),
        expect: Vec::new(),
        later: vec![ExamplePeriod::default(); later],
        source,
    };
    let mut whole = true;
    let over = later > 0;
    for member in fields.others.clone() {
        let done = match first_word(member) {
            Some(Word::Given) if over && member.key.is_some() => {
                example_over::given(cx, &mut example, member)
            }
            Some(Word::Expect) if over => example_over::expect(cx, &mut example, member),
            Some(Word::Given) => given(cx, &fields, &mut example, member),
            Some(Word::Expect) => expect(cx, &fields, &mut example, member),
            _ => {
                fields.report_stray(cx, member);
                None
            }
        };
        whole &= done.is_some();
    }
    let nothing = example.periods().all(|period| period.expect.is_empty());
    if whole && nothing && !declaration.broken {
        cx.report::<()>(NothingExpected { example: title.text.clone(), span: title.span });
    }
    whole.then(|| cx.parts.examples.push(Some(Arc::new(example))))
}

fn first_word(member: &Member) -> Option<Word> {
    let first = member.key.as_deref().and_then(|key| key.first()).or_else(|| member.value.first());
    first.and_then(|phrase| phrase.terms.first()).and_then(Term::word)
}

/// `of gain_share in 2027/28` or `of gain_share over 2026/27 to 2028/29`: what it is of, the place of its period, and
/// how many more there are after it.
fn header(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<(Def, usize, usize)> {
    let example = "example \"Saving of 3 %\" of gain_share in 2027/28 {".to_owned();
    let bad = |span: Span| Shape {
        what: "this example".to_owned(),
        span,
        expected: "`of` an incentive or payment, and `in` a settlement period, or `over` a first `to` a last"
            .to_owned(),
        example,
    };
    let Some(phrase) = declaration.header.first() else { return cx.report(bad(declaration.kind_span)) };
    let mut reader = Reader::new(phrase);
    let name = if reader.word(Word::Of) { reader.name() } else { None };
    let Some(name) = name else { return cx.report(bad(phrase.span)) };
    let of = refer::refer(cx, name, "incentive or payment", |def| match def {
        Def::Incentive(_) | Def::Payment(_) | Def::Score(_) | Def::Pool(_) => Some(def),
        _ => None,
    })?;
    if reader.word(Word::Over) {
        let (place, later) = several(cx, &mut reader, bad(phrase.span))?;
        return Some((of, place, later));
    }
    let is_said = reader.word(Word::In);
    let span = Span { end: phrase.span.end, ..reader.span_here() };
    let period = if is_said { dated::period(cx, &mut reader) } else { None };
    let Some(period) = period.filter(|_| reader.is_empty()) else { return cx.report(bad(phrase.span)) };
    let place = dated::settlement_period(cx, &period, span)?;
    Some((of, place, 0))
}

/// `2026/27 to 2028/29`: the place of the first and how many there are after it.
fn several(cx: &mut Checker<'_>, reader: &mut Reader<'_>, bad: Shape) -> Option<(usize, usize)> {
    let start = reader.span_here();
    let first = dated::period(cx, reader);
    let last_span = if reader.word(Word::To) { reader.span_here() } else { start };
    let last = dated::period(cx, reader);
    let (Some(first), Some(last), true) = (first, last, reader.is_empty()) else {
        return cx.report(bad);
    };
    let from = dated::settlement_period(cx, &first, start)?;
    let to = dated::settlement_period(cx, &last, last_span)?;
    match to.checked_sub(from) {
        Some(later) if later > 0 => Some((from, later)),
        _ => {
            let (start, end) = (show_date(first.start), show_date(last.last_day()));
            cx.report(DatesDisordered { span: last_span, start, end })
        }
    }
}

/// What a name means in an example: a part of what it is an example of, or anything of the contract.
fn thing(cx: &mut Checker<'_>, of: Def, path: &[Name]) -> Option<Def> {
    let full = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    // In an example of a score, the name of a measure is its reported figure and not its part of the score.
    let measure =
        cx.names.get(&full).and_then(|symbol| symbol.def).filter(|def| matches!(def, Def::Measure(_)));
    if let (Some(measure), Def::Score(_)) = (measure, of) {
        return Some(measure);
    }
    if let Some(def) = cx.members.get(of, &full) {
        return Some(def);
    }
    if typing::is_unread(cx, of) {
        return None;
    }
    if cx.names.get(&full).is_none() && !full.contains('.') {
        let span = path.first()?.span;
        let mut near = super::elsewhere::named(cx, &full, true);
        near.extend(crate::problems::near(&full, cx.members.of(of).map(|(name, _)| name)));
        return cx.report(UnknownName {
            name: full,
            span,
            wanted: "input or line of what this is an example of".to_owned(),
            near,
        });
    }
    if let Some((owner, "year_to_date" | "since_start")) = full.rsplit_once('.')
        && cx.members.get(of, owner).is_some()
    {
        let problem = "no line of the contract uses it".to_owned();
        return cx.report(NotSummed { what: owner.to_owned(), span: path.last()?.span, problem });
    }
    typing::resolve(cx, &Scope::empty(), path)
}

/// The input or line that a name stands for, with its type.
pub(super) enum Figure {
    Input(jcm_model::InputId, Ty, bool),
    /// What a balance opens with.
    Balance(BalanceId, Ty),
    Line(LineId, Ty, bool),
}

pub(super) fn figure(cx: &mut Checker<'_>, of: Def, path: &[Name]) -> Option<Figure> {
    let span = path.first()?.span.to(path.last()?.span);
    match thing(cx, of, path)? {
        Def::Input(id) => cx.input(id).map(|input| Figure::Input(id, input.ty.clone(), input.per_row)),
        Def::Line(id) => cx.line(id).map(|line| Figure::Line(id, line.ty.clone(), line.per_row)),
        Def::Balance(id) => cx.balance(id).map(|b| Figure::Balance(id, Ty::Number(b.unit.clone()))),
        Def::Score(id) => {
            let line = cx.parts.scores.get(id.index())?.as_ref()?.line;
            cx.line(line).map(|found| Figure::Line(line, found.ty.clone(), false))
        }
        Def::Measure(id) => {
            let ty = cx.parts.measures.get(id.index())?.as_ref()?.ty();
            match super::measure::reported(cx, id)? {
                Def::Line(line) => Some(Figure::Line(line, ty, false)),
                Def::Input(input) => Some(Figure::Input(input, ty, false)),
                _ => None,
            }
        }
        other => {
            let found = typing::kind_words(other);
            typing::wrong_type(cx, span, found, "an input, a line, a balance or a score", None)
        }
    }
}

/// `given a = £1, b = 90%` and, for a row, `given AF03: numerator = 25, denominator = 30`.
fn given<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    example: &mut Example,
    member: &'p Member,
) -> Option<()> {
    if let Some(name) = member.key.as_deref().and_then(other_case) {
        return other(cx, example, name, member);
    }
    let row = match member.key.as_deref() {
        Some(key) => Some(row_of(cx, fields, example, member, key)?),
        None => None,
    };
    for (place, phrase) in member.value.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        if place == 0 && row.is_none() {
            reader.next();
        }
        let path = reader.path();
        let equal = reader.operator(Operator::Equal);
        let (Some(path), true) = (path, equal) else { return shape(cx, phrase.span) };
        match figure(cx, example.of, path)? {
            Figure::Input(id, ty, per_row) => {
                let value = value(cx, reader.rest(), &ty, path)?;
                check_possible(cx, id, &value, &ty, phrase.span)?;
                match (per_row, row) {
                    (true, Some(row)) => example.rows.get_mut(row)?.1.push((id, value)),
                    (false, None) => {
                        example.later.iter_mut().for_each(|later| later.given.push((id, value.clone())));
                        example.given.push((id, value));
                    }
                    _ => return shape(cx, phrase.span),
                }
            }
            Figure::Line(id, ty, false) if row.is_none() => {
                let value = value(cx, reader.rest(), &ty, path)?;
                let later = example.later.iter_mut();
                later.for_each(|later| later.given_lines.push((id, value.clone())));
                example.given_lines.push((id, value));
            }
            Figure::Balance(id, ty) if row.is_none() => {
                let value = value(cx, reader.rest(), &ty, path)?;
                example.opening.push((id, value));
            }
            Figure::Balance(..) => return shape(cx, phrase.span),
            Figure::Line(..) => return shape(cx, phrase.span),
        }
    }
    Some(())
}

/// Holds a figure that is given to be one that a measure can have.
fn check_possible(
    cx: &mut Checker<'_>,
    id: jcm_model::InputId,
    value: &Constant,
    ty: &Ty,
    span: Span,
) -> Option<()> {
    let (doubt, name) = cx.input(id).map(|input| (input.doubt.clone(), input.head.name.clone()))?;
    match ty {
        Ty::Number(unit) if doubt.possible.over.is_none() => {
            super::possible::check(cx, &doubt.possible, unit, &format!("`{name}`"), value, span)
        }
        _ => Some(()),
    }
}

/// The name in `given case "Hospital B":`.
fn other_case(key: &[Phrase]) -> Option<&str> {
    let [phrase] = key else { return None };
    match phrase.terms.as_slice() {
        [_, case, name] if case.name().is_some_and(|word| word.text == "case") => name.as_text(),
        _ => None,
    }
}

/// The figures of another case of the settlement.
fn other(cx: &mut Checker<'_>, example: &mut Example, name: &str, member: &Member) -> Option<()> {
    let mut figures = Vec::new();
    for phrase in &member.value {
        let mut reader = Reader::new(phrase);
        let (Some(path), true) = (reader.path(), reader.operator(Operator::Equal)) else {
            return shape(cx, phrase.span);
        };
        match figure(cx, example.of, path)? {
            Figure::Input(id, ty, false) => figures.push((id, value(cx, reader.rest(), &ty, path)?)),
            _ => return shape(cx, phrase.span),
        }
    }
    match example.others.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => known.extend(figures),
        None => example.others.push((name.to_owned(), figures)),
    }
    Some(())
}

/// The place of the row that `given AF03:` names; a new one with its name as the figure that tells rows apart.
fn row_of<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    example: &mut Example,
    member: &'p Member,
    key: &[Phrase],
) -> Option<usize> {
    let [phrase] = key else {
        fields.report_stray(cx, member);
        return None;
    };
    let name = phrase.terms.get(1).and_then(row_name);
    let Def::Incentive(of) = example.of else { return shape(cx, phrase.span) };
    let (Some(name), Some(input)) = (name, row_input(cx, of)) else { return shape(cx, phrase.span) };
    if let Some(place) = example.rows.iter().position(|(row, _)| *row == name) {
        return Some(place);
    }
    example.rows.push((name.clone(), vec![(input, Constant::Text(name))]));
    Some(example.rows.len().saturating_sub(1))
}

fn row_name(term: &Term) -> Option<String> {
    term.name().map(|name| name.text.clone()).or_else(|| term.as_text().map(str::to_owned))
}

/// The input that tells the rows of an incentive apart.
fn row_input(cx: &Checker<'_>, of: IncentiveId) -> Option<jcm_model::InputId> {
    let incentive = cx.parts.incentives.get(of.index())?.as_ref()?;
    match cx.members.get(Def::Incentive(of), &incentive.each)? {
        Def::Input(id) => Some(id),
        _ => None,
    }
}

pub(super) fn value(cx: &mut Checker<'_>, terms: &[Term], ty: &Ty, path: &[Name]) -> Option<Constant> {
    if let [only] = terms
        && only.word() == Some(Word::Missing)
    {
        return Some(Constant::Missing);
    }
    let expr = read_terms(cx, terms)?;
    constant(cx, &expr, ty, &format!("`{}`", path.last()?.text))
}

/// `expect payable = £1,658,880`, `expect acute receives £663,552`, `expect rate = 2.81486% to 5 decimals`,
/// `expect points for AF03 = 5.2 points`.
fn expect<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    example: &mut Example,
    member: &'p Member,
) -> Option<()> {
    if member.key.is_some() {
        fields.report_stray(cx, member);
        return None;
    }
    for (place, phrase) in member.value.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        if place == 0 {
            reader.next();
        }
        let Some(path) = reader.path() else { return shape(cx, phrase.span) };
        let receives = reader.word(Word::Receives);
        let what = if receives || reader.spelled("pays") {
            payment(cx, example.of, path, reader.rest(), receives, phrase.span)?
        } else {
            line(cx, example, path, &mut reader, phrase.span)?
        };
        example.expect.push(Expect { what, span: phrase.span });
    }
    Some(())
}

fn line(
    cx: &mut Checker<'_>,
    example: &Example,
    path: &[Name],
    reader: &mut Reader<'_>,
    span: Span,
) -> Option<Expected> {
    let Figure::Line(line, ty, per_row) = figure(cx, example.of, path)? else { return shape(cx, span) };
    let row = if reader.word(Word::For) {
        let name = reader.next().and_then(row_name);
        let place = name.as_ref().and_then(|name| example.rows.iter().position(|(row, _)| row == name));
        match (name, place) {
            (Some(name), None) => {
                let near = crate::problems::near(&name, example.rows.iter().map(|(row, _)| row.as_str()));
                return cx.report(UnknownName { name, span, wanted: "row given before".to_owned(), near });
            }
            (_, place) => place,
        }
    } else {
        None
    };
    if row.is_some() != per_row || !reader.operator(Operator::Equal) {
        return shape(cx, span);
    }
    let terms = reader.until(&[Word::To]);
    let value = value(cx, terms, &ty, path)?;
    let to = if reader.word(Word::To) { Some(decimals(cx, reader, &ty, span)?) } else { None };
    Some(Expected::Line { line, row, value, to })
}

/// `5 decimals`: of the figure as it is shown.
pub(super) fn decimals(
    cx: &mut Checker<'_>,
    reader: &mut Reader<'_>,
    ty: &Ty,
    span: Span,
) -> Option<Rounding> {
    let places: Option<i32> =
        reader.number().and_then(|digits| digits.parse().ok()).filter(|places| *places <= 100);
    let known = reader.spelled("decimals") || reader.spelled("decimal");
    let (Some(places), true, true, Ty::Number(unit)) = (places, known, reader.is_empty(), ty) else {
        return shape(cx, span);
    };
    let grain = Exact::ten_to(-places).checked_div(&unit.scale())?;
    Some(Rounding { mode: RoundingMode::HalfUp, grain })
}

pub(super) fn payment(
    cx: &mut Checker<'_>,
    of: Def,
    path: &[Name],
    terms: &[Term],
    receives: bool,
    span: Span,
) -> Option<Expected> {
    let [name] = path else { return shape(cx, span) };
    let partner = refer::partner(cx, name)?;
    let flows: Vec<FlowId> = match of {
        Def::Incentive(id) => cx.parts.incentives.get(id.index())?.as_ref()?.flows.clone(),
        Def::Payment(id) => cx.parts.payments.get(id.index())?.as_ref()?.flow.into_iter().collect(),
        _ => Vec::new(),
    };
    if typing::is_unread(cx, of) {
        return None;
    }
    let mut reader = Reader::over(terms, span);
    let terms = reader.until(&[Word::For]);
    if !flows.iter().any(|flow| cx.flow(*flow).is_some_and(|flow| flow.payees().contains(&partner))) {
        return not_paid(cx, &flows, partner, name, receives, terms);
    }
    let flow = flow_to(cx, &flows, partner, &mut reader, name)?;
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    let value = value(cx, terms, &Ty::Number(Unit::money(&code)), path)?;
    let Constant::Number(amount) = value else { return shape(cx, span) };
    let amount = if receives { amount } else { amount.neg() };
    Some(Expected::Receives { flow, partner, amount })
}

/// The payment that a partner gets: the only one, or the one `for` a line that is paid.
fn flow_to(
    cx: &mut Checker<'_>,
    flows: &[FlowId],
    partner: PartnerId,
    reader: &mut Reader<'_>,
    name: &Name,
) -> Option<FlowId> {
    let pays = |flow: &&FlowId| {
        let flow = cx.flow(**flow);
        flow.is_some_and(|flow| flow.payees().contains(&partner))
    };
    let paid: Vec<(FlowId, String)> = flows
        .iter()
        .filter(pays)
        .filter_map(|flow| Some((*flow, cx.flow(*flow)?.amount)))
        .filter_map(|(flow, amount)| Some((flow, cx.line(amount)?.head.name.clone())))
        .map(|(flow, line)| (flow, line.split_once('.').map_or(line.as_str(), |(_, own)| own).to_owned()))
        .collect();
    let span = name.span.to(reader.span_here());
    if reader.word(Word::For) {
        let line = reader.path().filter(|_| reader.is_empty());
        let (Some([first, ..]), Some(path)) = (line, line) else { return shape(cx, span) };
        let line = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let found = paid.iter().find(|(_, name)| *name == line);
        if let Some((flow, _)) = found {
            return Some(*flow);
        }
        let near = crate::problems::near(&line, paid.iter().map(|(_, name)| name.as_str()));
        let wanted = format!("line that is paid to `{}`", name.text);
        return cx.report(UnknownName { name: line, span: first.span, wanted, near });
    }
    match paid.as_slice() {
        [(flow, _)] => Some(*flow),
        [] => None,
        _ => {
            let lines = paid.into_iter().map(|(_, line)| line).collect();
            cx.report(PaymentUnclear { partner: name.text.clone(), lines, span: name.span })
        }
    }
}

/// Reports a partner that an example expects something for, and that none of these payments goes to.
fn not_paid<T>(
    cx: &mut Checker<'_>,
    flows: &[FlowId],
    partner: PartnerId,
    name: &Name,
    receives: bool,
    amount: &[Term],
) -> Option<T> {
    let flows: Vec<_> = flows.iter().filter_map(|flow| cx.flow(*flow)).collect();
    let pays = flows.iter().any(|flow| flow.payer == partner);
    let payees: BTreeSet<PartnerId> = flows.iter().flat_map(|flow| flow.payees()).collect();
    let payees = payees.iter().filter_map(|payee| cx.parts.partners.get(payee.index())?.as_ref());
    let payees = payees.map(|payee| payee.head.name.clone()).collect();
    let amount = amount
        .first()
        .zip(amount.last())
        .map(|(first, last)| (cx.text(first.span.to(last.span)), name.span.to(last.span)));
    cx.report(NotPaid { partner: name.text.clone(), span: name.span, pays, payees, receives, amount })
}

pub(super) fn shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this part of the example".to_owned(),
        span,
        expected: "`given` an input `=` its figure, or `expect` a line `=` its figure, or `expect` a partner `receives` an amount; \
                   a row's figures stand after its name and a colon, another case's after `case`, its name and a colon; \
                   over several periods, a name and a colon come before the figures of the periods"
            .to_owned(),
        example: "expect payable = £1,658,880".to_owned(),
    })
}
