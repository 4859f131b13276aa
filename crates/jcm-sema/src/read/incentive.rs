//! `incentive gain_share "…" { input …  line …  pays … }`: an ordered waterfall.

use super::measure::missing;
use super::{balance, doubt, share};
use crate::checker::Checker;
use crate::fields::{Fields, head, key_span, read_value};
use crate::problems::{Circular, DuplicateName, Shape};
use crate::typing::circle::Uses;
use crate::typing::{self, Scope};
use crate::units::read_type;
use jcm_model::{
    Def, Doubt, Head, Incentive, IncentiveId, Input, InputOwner, Line, LineId, LineOwner, Missing, Ty,
};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Name, Operator, Phrase, Term, TermKind, Word};
use jcm_syntax::expression::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// Reads every incentive, one that uses another after it.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    let declarations = cx.names.all("incentive");
    cx.parts.incentives = vec![None; declarations.len()];
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        let of = IncentiveId(id);
        let read = |cx: &mut Checker<'p>| read(cx, declaration, of);
        cx.remembered(("incentive", id), Some(Def::Incentive(of)), declaration, read)
    };
    let place = |place: usize| Some((u32::try_from(place).ok()?, *declarations.get(place)?));
    let in_order: Vec<(u32, &Declaration)> =
        in_order(cx, &declarations).into_iter().filter_map(place).collect();
    cx.read_ahead("incentive", &in_order, one);
    for (id, declaration) in in_order {
        let incentive = one(cx, id, declaration);
        if let Some(slot) = cx.parts.incentives.get_mut(IncentiveId(id).index()) {
            *slot = incentive;
        }
    }
}

/// The order in which each incentive comes after those that it names; reports circles.
fn in_order(cx: &mut Checker<'_>, declarations: &[&Declaration]) -> Vec<usize> {
    let names: Vec<&str> =
        declarations.iter().map(|d| d.name.as_ref().map_or("", |name| name.text.as_str())).collect();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        places.entry(name).or_insert(place);
    }
    let uses: Vec<BTreeSet<usize>> = declarations
        .iter()
        .enumerate()
        .map(|(own, declaration)| {
            let owners = &cx.names.named_in.of(declaration).owners;
            let named = owners.iter().filter_map(|name| places.get(name.as_str()));
            named.copied().filter(|place| *place != own).collect()
        })
        .collect();
    let mut order: Vec<usize> = Vec::new();
    let mut rest: BTreeSet<usize> = (0..declarations.len()).collect();
    while !rest.is_empty() {
        let is_ready = |place: &&usize| {
            uses.get(**place).is_some_and(|uses| uses.iter().all(|used| !rest.contains(used)))
        };
        let Some(ready) = rest.iter().find(is_ready).copied() else {
            let names =
                rest.iter().filter_map(|place| names.get(*place)).map(|name| format!("`{name}`")).collect();
            let span = rest
                .first()
                .and_then(|place| declarations.get(*place))
                .map(|declaration| declaration.kind_span);
            if let Some(span) = span {
                cx.report::<()>(Circular { names, span });
            }
            return order;
        };
        rest.remove(&ready);
        order.push(ready);
    }
    order
}

/// What has been read of one incentive.
pub(super) struct Draft {
    pub(super) id: IncentiveId,
    pub(super) head: Head,
    pub(super) scope: Scope,
    each: String,
    inputs: Vec<jcm_model::InputId>,
    /// Balances whose closing line has not been read.
    pub(super) open: Vec<balance::Open>,
    pub(super) lines: Vec<jcm_model::LineId>,
    flows: Vec<jcm_model::FlowId>,
    failed: bool,
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: IncentiveId) -> Option<Incentive> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let mut draft = Draft {
        id,
        head: head.clone(),
        scope: Scope { owner: Some(id), ..Scope::default() },
        each: String::new(),
        inputs: Vec::new(),
        open: Vec::new(),
        lines: Vec::new(),
        flows: Vec::new(),
        failed: false,
    };
    draft.scope.later = later(&fields.others, &mut draft.scope.uses);
    for member in fields.others.clone() {
        statement(cx, &fields, &mut draft, member);
    }
    if draft.failed {
        return None;
    }
    super::share::check_excess_applies(cx, &fields, draft.flows.iter().copied())?;
    Some(Incentive {
        head,
        under: super::power::under(cx, &fields)?,
        each: draft.each,
        inputs: draft.inputs,
        lines: draft.lines,
        flows: draft.flows,
        deadline: super::due::of(cx, &fields, "due"),
        particulars: fields.particulars(cx, &["under", "residue", "excess"]),
    })
}

/// The lines of members, and of members within `each`, by name.
fn later(members: &[&Member], uses: &mut Uses) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    for member in members {
        let mut reader = opening(member);
        if reader.word(Word::Line)
            && let Some(name) = reader.name()
        {
            found.insert(name.text.clone(), name.span);
            uses.add(&name.text, member);
        }
        for term in member.value.iter().flat_map(|phrase| &phrase.terms) {
            if let Some(block) = term.as_block() {
                found.extend(later(&block.iter().collect::<Vec<_>>(), uses));
            }
        }
    }
    found
}

/// A reader over the first phrase of a statement, before its colon if it has one.
pub(super) fn opening(member: &Member) -> Reader<'_> {
    let first = member.key.as_deref().and_then(|key| key.first()).or_else(|| member.value.first());
    first.map_or_else(|| Reader::over(&[], member.span), Reader::new)
}

fn statement<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, draft: &mut Draft, member: &'p Member) {
    let done = match opening(member).peek_word() {
        Some(Word::Input) => input(cx, draft, member),
        Some(Word::Line) => line(cx, draft, member),
        Some(Word::Each) => each(cx, fields, draft, member),
        Some(Word::Pays) => {
            share::pays(cx, fields, &draft.head, &draft.scope, member).map(|flow| draft.flows.push(flow))
        }
        _ if balance::is_balance(member) => balance::read(cx, draft, member),
        _ => {
            fields.report_stray(cx, member);
            None
        }
    };
    if done.is_none() {
        draft.failed = true;
        let mut reader = opening(member);
        reader.next();
        if let Some(name) = reader.name() {
            draft.scope.failed.insert(name.text.clone());
            balance::unread(draft, &name.text);
        }
    }
}

/// `input actual_cost "Actual cost" : £ from open_book of council, missing refuse`
fn input<'p>(cx: &mut Checker<'p>, draft: &mut Draft, member: &'p Member) -> Option<()> {
    let mut reader = opening(member);
    reader.next();
    let name = reader.name();
    let title = reader.text().map(str::to_owned);
    let (Some(name), true, Some((first, rest))) =
        (name, reader.is_empty() && member.key.is_some(), member.value.split_first())
    else {
        return shape(
            cx,
            member,
            "`input`, a name, a title, a colon and a unit",
            "input actual_cost \"Actual cost\" : £ from open_book of council",
        );
    };
    let mut reader = Reader::new(first);
    let ty = read_type(cx, reader.until(&[Word::From]), first.span)?;
    let source = if reader.word(Word::From) { source_words(cx, reader.rest()) } else { String::new() };
    let before = cx.problems();
    let rules = doubt::of_input(cx, rest, &ty, &name.text).and_then(|(phrases, doubt)| {
        let rule = if phrases.is_empty() { Some(Missing::Refuse) } else { missing(cx, &phrases, &ty) };
        rule.map(|rule| (rule, doubt))
    });
    let Some((rule, doubt)) = rules else {
        if cx.problems() > before {
            return None;
        }
        return shape(
            cx,
            member,
            "`missing`, `disputed`, `late` or `suppressed` and what such a figure means",
            "input rate \"Rate\" : percent, missing neutral",
        );
    };
    let head = part_head(cx, draft, name, title, member)?;
    let input = Input {
        head,
        owner: InputOwner::Incentive(draft.id),
        ty,
        per_row: draft.scope.rows,
        source,
        missing: rule,
        doubt,
    };
    let id = cx.add_input(input);
    bind(cx, draft, name, Def::Input(id));
    draft.inputs.push(id);
    Some(())
}

/// Where a figure comes from, in words: texts without their quotes, partners by their titles.
fn source_words(cx: &Checker<'_>, terms: &[Term]) -> String {
    let word = |term: &Term| match (&term.kind, term.name()) {
        (TermKind::Text(text), _) => text.clone(),
        (_, Some(name)) => match cx.names.get(&name.text).and_then(|symbol| symbol.def) {
            Some(Def::Partner(id)) => {
                let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
                partner.map_or_else(|| name.text.clone(), |partner| partner.head.title.clone())
            }
            _ => name.text.replace('_', " "),
        },
        _ => cx.text(term.span),
    };
    terms.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// `line saving "Saving" : £ = fund.budget - actual_cost, at least £0`
fn line<'p>(cx: &mut Checker<'p>, draft: &mut Draft, member: &'p Member) -> Option<()> {
    let mut reader = opening(member);
    reader.next();
    let name = reader.name();
    let title = reader.text().map(str::to_owned);
    let example = "line saving \"Saving\" = alliance_fund.budget - actual_cost";
    let Some(name) = name else {
        return shape(cx, member, "`line`, a name, a title, `=` and a calculation", example);
    };
    let first_value = match &member.key {
        Some(_) => member.value.first().map_or(&[] as &[Term], |phrase| &phrase.terms),
        None => reader.rest(),
    };
    let equal = first_value.iter().position(|term| term.operator() == Some(Operator::Equal));
    let Some((ty_terms, calculation)) = equal.and_then(|equal| first_value.split_at_checked(equal)) else {
        return shape(cx, member, "`=` and a calculation after the title", example);
    };
    let declared = if ty_terms.is_empty() { None } else { Some(read_type(cx, ty_terms, member.span)?) };
    let calculation = calculation.get(1..).unwrap_or(&[]);
    let Some((start, end)) = calculation.first().zip(calculation.last()) else {
        return shape(cx, member, "a calculation after `=`", example);
    };
    let mut phrases = vec![Phrase { terms: calculation.to_vec(), span: start.span.to(end.span) }];
    phrases.extend(member.value.iter().skip(1).cloned());
    let expr = read_value(cx, &phrases)?;
    let made = cx.parts.lines.len();
    let account = balance::on_account(&expr).filter(|_| !draft.scope.rows);
    let (account, expr) = match account {
        Some(parts) => {
            let head = part_head(cx, draft, name, title.clone(), member)?;
            let (id, expr) = balance::paid_on_account(cx, draft, &head, parts, expr.span)?;
            (Some(id), expr)
        }
        None => (None, typing::typed(cx, &draft.scope, &expr, declared.as_ref())?),
    };
    let expr = match &declared {
        Some(ty) => typing::shown_as(cx, expr, ty, &format!("for the line `{}`", name.text))?,
        None => expr,
    };
    let head = part_head(cx, draft, name, title, member)?;
    let ty = expr.ty.clone();
    let line = Line { head, owner: LineOwner::Incentive(draft.id), ty, per_row: draft.scope.rows, expr };
    // Sums to date that the calculation asked for come before it.
    let made = (made..cx.parts.lines.len()).filter_map(|place| u32::try_from(place).ok().map(LineId));
    let owner = LineOwner::Incentive(draft.id);
    draft.lines.extend(made.filter(|id| cx.line(*id).is_some_and(|line| line.owner == owner)));
    let id = cx.add_line(line);
    bind(cx, draft, name, Def::Line(id));
    draft.scope.later.remove(&name.text);
    draft.lines.push(id);
    if let Some(account) = account {
        balance::close_on_account(cx, draft, account, name, id)?;
    }
    balance::closed_by(cx, draft, name, id)
}

/// `each indicator "Indicator" { … }`: what there is more than one of in a case.
fn each<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, draft: &mut Draft, member: &'p Member) -> Option<()> {
    let mut reader = opening(member);
    reader.next();
    let name = reader.name();
    let title = reader.text().map(str::to_owned);
    let block = super::pool::block_of(&reader);
    let (Some(name), Some(block), true) = (name, block, draft.each.is_empty()) else {
        return shape(
            cx,
            member,
            "`each`, a name, a title and what is known and worked out for each, once in an incentive",
            "each indicator \"Indicator\" { input ... line ... }",
        );
    };
    draft.each = name.text.clone();
    draft.scope.each = name.text.clone();
    draft.scope.rows = true;
    let head = part_head(cx, draft, name, title, member)?;
    let owner = InputOwner::Incentive(draft.id);
    let input = Input {
        head,
        owner,
        ty: Ty::Text,
        per_row: true,
        source: String::new(),
        missing: Missing::Refuse,
        doubt: Doubt::default(),
    };
    let id = cx.add_input(input);
    bind(cx, draft, name, Def::Input(id));
    draft.inputs.push(id);
    for inner in block {
        statement(cx, fields, draft, inner);
    }
    draft.scope.rows = false;
    Some(())
}

pub(super) fn part_head(
    cx: &mut Checker<'_>,
    draft: &Draft,
    name: &Name,
    title: Option<String>,
    member: &Member,
) -> Option<Head> {
    let Some(title) = title.filter(|title| !title.trim().is_empty()) else {
        return cx.report(crate::problems::Unnamed {
            kind: "part".to_owned(),
            span: name.span,
            what: "title",
            example: format!("line {} \"Title for people\" = ...", name.text),
        });
    };
    let name_text = format!("{}.{}", draft.head.name, name.text);
    Some(Head { name: name_text, title, doc: member.doc.clone(), span: member.span, name_span: name.span })
}

/// Makes a name mean something in the rest of the incentive, and from outside after the incentive's name.
pub(super) fn bind(cx: &mut Checker<'_>, draft: &mut Draft, name: &Name, def: Def) {
    if let Some(first) = draft.scope.locals.insert(name.text.clone(), def) {
        let first = match first {
            Def::Input(id) => cx.input(id).map(|input| input.head.name_span),
            Def::Line(id) => cx.line(id).map(|line| line.head.name_span),
            _ => None,
        };
        if let Some(first) = first {
            cx.report::<()>(DuplicateName { name: name.text.clone(), span: name.span, first });
        }
        draft.failed = true;
    }
    cx.members.insert(Def::Incentive(draft.id), name.text.clone(), def);
}

pub(super) fn shape<T>(cx: &mut Checker<'_>, member: &Member, expected: &str, example: &str) -> Option<T> {
    if member.broken {
        return None;
    }
    let span = if member.key.is_some() { key_span(member) } else { member.span };
    let text = cx.text(span);
    let word = text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    cx.report(Shape {
        what: if word.is_empty() { "this".to_owned() } else { format!("this `{word}`") },
        span,
        expected: expected.to_owned(),
        example: example.to_owned(),
    })
}
