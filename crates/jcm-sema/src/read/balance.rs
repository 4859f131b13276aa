//! `balance bank "Alliance bank" { opens: £0  closes: in_bank }`: what a case carries from period to period; and
//! `on_account(instalment, earned)`: what is paid before the year is known.

use super::incentive::{Draft, bind, opening, part_head, shape};
use crate::checker::Checker;
use crate::constants::{fold, not_constant};
use crate::fields::{key_span, read_terms, value_span};
use crate::problems::{BalanceUnclosed, DuplicateField, MissingField, RemainderTwice, UnknownField, near};
use crate::typing::{self, Scope};
use jcm_model::{
    Arithmetic, Balance, BalanceId, BalanceKind, Constant, Def, Expr, ExprKind, Head, Line, LineId,
    LineOwner, Occasion, Ty,
};
use jcm_quantity::{Exact, Unit};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Name, Term, Word};
use jcm_syntax::expression as syn;
use jcm_syntax::expression::Reader;

/// A balance whose closing line has not been read.
pub(super) struct Open {
    id: BalanceId,
    name: Name,
    title: String,
    /// The name of its closing line.
    closes: Name,
}

/// What the block of a balance says.
struct Said {
    opening: Exact,
    unit: Unit,
    every_year: bool,
    closes: Name,
    written_off: bool,
}

const FIELDS: [(&str, &str); 3] =
    [("opens", "opens: £0"), ("closes", "closes: in_bank"), ("remainder", "remainder: written_off")];

const EXAMPLE: &str = "balance bank \"Alliance bank\" { opens: £0  closes: in_bank }";

/// Whether a member is a balance.
pub(super) fn is_balance(member: &Member) -> bool {
    opening(member).spelled("balance")
}

/// Reads a balance. Its name means what the period begins with.
pub(super) fn read<'p>(cx: &mut Checker<'p>, draft: &mut Draft, member: &'p Member) -> Option<()> {
    let mut reader = opening(member);
    reader.next();
    let name = reader.name();
    let title = reader.text().map(str::to_owned);
    let block = super::pool::block_of(&reader);
    let (Some(name), Some(block), false) = (name, block, draft.scope.rows) else {
        let expected = "`balance`, a name, a title and how it opens and closes, once for the case";
        return shape(cx, member, expected, EXAMPLE);
    };
    let said = said(cx, name, block, member)?;
    let head = part_head(cx, draft, name, title, member)?;
    let title = head.title.clone();
    let is_money = said.unit.is_money().is_some();
    let kind = BalanceKind::Declared { remainder: None, written_off: said.written_off };
    let id = cx.add_balance(Balance {
        head,
        owner: draft.id,
        kind,
        unit: said.unit,
        opening: said.opening,
        every_year: said.every_year,
        closing: LineId(u32::MAX),
    });
    bind(cx, draft, name, Def::Balance(id));
    let remainder = format!("{}.remainder", name.text);
    if !draft.scope.later.contains_key(&said.closes.text) {
        draft.scope.failed.insert(remainder);
        return unclosed(cx, draft, name, &said.closes);
    }
    if is_money && !said.written_off {
        draft.scope.later.insert(remainder, said.closes.span);
    }
    draft.open.push(Open { id, name: name.clone(), title, closes: said.closes });
    Some(())
}

fn said(cx: &mut Checker<'_>, name: &Name, block: &[Member], member: &Member) -> Option<Said> {
    let fields = fields(cx, name, block, member)?;
    let [opens, closes, remainder] = fields;
    let (opens, closes) = (opens?, closes?);
    let [first, rest @ ..] = opens.value.as_slice() else { return field_shape(cx, opens, 0) };
    let every_year = match rest {
        [] => false,
        [again] if is_every_year(again) => true,
        _ => return field_shape(cx, opens, 0),
    };
    let expr = read_terms(cx, &first.terms)?;
    let typed = typing::typed(cx, &Scope::empty(), &expr, None)?;
    let unit = match (fold(&typed), &typed.ty) {
        (Some(Constant::Number(opening)), Ty::Number(unit)) => (opening, unit.clone()),
        _ => {
            let what = format!("the opening figure of `{}`", name.text);
            return not_constant(cx, (&typed, typed.span), &what, None);
        }
    };
    let closes = match closes.value.as_slice() {
        [phrase] => phrase.single().and_then(Term::name).cloned(),
        _ => None,
    };
    let Some(closes) = closes else { return field_shape(cx, fields_at(&fields, 1, member), 1) };
    let written_off = match remainder.map(|remainder| (remainder, remainder.value.as_slice())) {
        None => false,
        Some((_, [phrase])) if phrase.single().and_then(Term::name).is_some_and(is_written_off) => true,
        Some((remainder, _)) => return field_shape(cx, remainder, 2),
    };
    let (opening, unit) = unit;
    Some(Said { opening, unit, every_year, closes, written_off })
}

fn fields_at<'a>(fields: &[Option<&'a Member>; 3], place: usize, otherwise: &'a Member) -> &'a Member {
    fields.get(place).copied().flatten().unwrap_or(otherwise)
}

fn is_written_off(name: &Name) -> bool {
    name.text == "written_off"
}

/// `every year`
fn is_every_year(phrase: &jcm_syntax::ast::Phrase) -> bool {
    let mut reader = Reader::new(phrase);
    reader.word(Word::Every) && reader.spelled("year") && reader.is_empty()
}

fn field_shape<T>(cx: &mut Checker<'_>, member: &Member, place: usize) -> Option<T> {
    let (expected, example) = match place {
        0 => (
            "a figure with its unit, and `every year` where it opens anew each year",
            "opens: £0, every year",
        ),
        1 => ("the name of a line of this incentive", "closes: in_bank"),
        _ => ("`written_off`; what is paid needs no word here, only a `pays`", "remainder: written_off"),
    };
    if member.broken {
        return None;
    }
    cx.report(crate::problems::Shape {
        what: format!("`{}`", member.key_words().unwrap_or_default()),
        span: value_span(member),
        expected: expected.to_owned(),
        example: example.to_owned(),
    })
}

/// The members of the block by field; reports what is unknown, twice there or missing.
fn fields<'a>(
    cx: &mut Checker<'_>,
    name: &Name,
    block: &'a [Member],
    member: &Member,
) -> Option<[Option<&'a Member>; 3]> {
    let mut found: [Option<&Member>; 3] = [None; 3];
    let mut whole = !member.broken;
    for inner in block {
        let key = inner.key_words().unwrap_or_default().into_owned();
        let place = FIELDS.iter().position(|(field, _)| *field == key);
        match place.and_then(|place| found.get_mut(place)) {
            Some(slot @ None) => *slot = Some(inner),
            Some(Some(first)) => {
                let (span, first) = (key_span(inner), key_span(first));
                cx.report::<()>(DuplicateField { field: key, span, first });
                whole = false;
            }
            None => {
                if !inner.broken {
                    let known = || FIELDS.iter().map(|(field, _)| *field);
                    cx.report::<()>(UnknownField {
                        near: near(&key, known()),
                        known: known().map(|field| format!("`{field}`")).collect(),
                        field: key,
                        kind: "balance".to_owned(),
                        span: key_span(inner),
                    });
                }
                whole = false;
            }
        }
    }
    for ((field, example), there) in FIELDS.iter().zip(&found).take(2) {
        if there.is_none() && whole {
            cx.report::<()>(MissingField {
                field: (*field).to_owned(),
                kind: "balance".to_owned(),
                name: name.text.clone(),
                span: name.span,
                example: (*example).to_owned(),
            });
            whole = false;
        }
    }
    whole.then_some(found)
}

/// Once a line could not be read: what is left in the balances that it closes is not wrong as well.
pub(super) fn unread(draft: &mut Draft, line: &str) {
    for open in draft.open.iter().filter(|open| open.closes.text == line) {
        let remainder = format!("{}.remainder", open.name.text);
        draft.scope.later.remove(&remainder);
        draft.scope.failed.insert(remainder);
    }
}

/// Once a line has been read: closes the balances that it closes, and makes the line of what is left at the end.
pub(super) fn closed_by(cx: &mut Checker<'_>, draft: &mut Draft, name: &Name, line: LineId) -> Option<()> {
    let (closed, open): (Vec<Open>, Vec<Open>) =
        std::mem::take(&mut draft.open).into_iter().partition(|open| open.closes.text == name.text);
    draft.open = open;
    for open in closed {
        let unit = cx.balance(open.id)?.unit.clone();
        let found = cx.line(line)?;
        if found.per_row {
            let remainder = format!("{}.remainder", open.name.text);
            draft.scope.later.remove(&remainder);
            draft.scope.failed.insert(remainder);
            return cx.report(BalanceUnclosed {
                balance: open.name.text,
                line: open.closes.text,
                span: open.closes.span,
                problem: "is worked out for each row and not once for the case",
                near: Vec::new(),
            });
        }
        let (span, name_span) = (found.expr.span, found.head.name_span);
        let why = format!("because the balance `{}` opens in it", open.name.text);
        let declared = Some((open.name.span, "this balance".to_owned()));
        typing::hold_to(
            cx,
            Expr { span: name_span, ..found.expr.clone() },
            &Ty::Number(unit.clone()),
            &why,
            declared,
        )?;
        cx.close_balance(open.id, line);
        let written_off =
            matches!(cx.balance(open.id)?.kind, BalanceKind::Declared { written_off: true, .. });
        if unit.is_money().is_some() && !written_off {
            remainder(cx, draft, &open, line, unit, span)?;
        }
    }
    Some(())
}

/// `bank.remainder`: what is left in the last period of the contract, or of each year where the balance opens anew.
fn remainder(
    cx: &mut Checker<'_>,
    draft: &mut Draft,
    open: &Open,
    closing: LineId,
    unit: Unit,
    span: Span,
) -> Option<()> {
    let every_year = cx.balance(open.id)?.every_year;
    let at = if every_year { Occasion::EndOfYear } else { Occasion::EndOfContract };
    let ty = Ty::Number(unit);
    let make = |kind: ExprKind, ty: &Ty| Expr { kind, ty: ty.clone(), span };
    let left = make(ExprKind::Line(closing), &ty);
    let none = make(ExprKind::Constant(Constant::Number(Exact::zero())), &ty);
    let expr = make(
        ExprKind::When { cases: vec![(left, make(ExprKind::At(at), &Ty::Truth))], otherwise: Box::new(none) },
        &ty,
    );
    let name = format!("{}.remainder", open.name.text);
    draft.scope.later.remove(&name);
    let title = open.title.trim_start_matches("The ").trim_start_matches("the ");
    let title = format!("Remainder of the {}", within(title));
    let id = made_line(cx, draft, &name, title, open.name.span, expr);
    cx.keep_remainder(open.id, id);
    Some(())
}

/// A title within another: `Reserve of the fund` begins small there, and `Reserve of Vale` is a name.
fn within(title: &str) -> String {
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if !letters.as_str().contains(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// A line that the contract did not write out, under a dotted name.
fn made_line(
    cx: &mut Checker<'_>,
    draft: &mut Draft,
    name: &str,
    title: String,
    span: Span,
    expr: Expr,
) -> LineId {
    let head = Head {
        name: format!("{}.{name}", draft.head.name),
        title,
        doc: String::new(),
        span,
        name_span: span,
    };
    let ty = expr.ty.clone();
    let line = Line { head, owner: LineOwner::Incentive(draft.id), ty, per_row: false, expr };
    let id = cx.add_line(line);
    draft.scope.locals.insert(name.to_owned(), Def::Line(id));
    cx.members.insert(Def::Incentive(draft.id), name.to_owned(), Def::Line(id));
    draft.lines.push(id);
    id
}

/// Reports a balance whose closing line is not below it in the incentive.
fn unclosed(cx: &mut Checker<'_>, draft: &Draft, name: &Name, closes: &Name) -> Option<()> {
    let near = near(&closes.text, draft.scope.later.keys().map(String::as_str));
    cx.report(BalanceUnclosed {
        balance: name.text.clone(),
        line: closes.text.clone(),
        span: closes.span,
        problem: "is no line of this incentive that comes after it",
        near,
    })
}

/// What `on_account(instalment, annual)` is made of, if a calculation is nothing else.
pub(super) fn on_account(expr: &syn::Expr) -> Option<(&syn::Expr, &syn::Expr)> {
    match &expr.kind {
        syn::ExprKind::Call { name, args } if name.text == "on_account" => match args.as_slice() {
            [instalment, annual] => Some((instalment, annual)),
            _ => None,
        },
        _ => None,
    }
}

/// The balance of a line that is paid on account, and the calculation of the line: the instalment in each period, and
/// in the last of the year the annual amount less what was paid. Both are rounded as payments are, so that what is
/// paid sums to the annual amount to the last penny.
pub(super) fn paid_on_account(
    cx: &mut Checker<'_>,
    draft: &Draft,
    head: &Head,
    parts: (&syn::Expr, &syn::Expr),
    span: Span,
) -> Option<(BalanceId, Expr)> {
    let contract = cx.parts.contract.as_ref()?;
    let (unit, rounding) = (Unit::money(&contract.currency.code), contract.rounding.clone());
    let ty = Ty::Number(unit.clone());
    let mut amount = |part: &syn::Expr, what: &str| {
        let typed = typing::typed(cx, &draft.scope, part, Some(&ty))?;
        let typed =
            typing::hold_to(cx, typed, &ty, &format!("for the {what} of a payment on account"), None)?;
        let span = typed.span;
        let kind = ExprKind::Round { value: Box::new(typed), rounding: rounding.clone() };
        Some(Expr { kind, ty: ty.clone(), span })
    };
    let instalment = amount(parts.0, "instalment");
    let annual = amount(parts.1, "annual amount");
    let (instalment, annual) = (instalment?, annual?);
    let id = cx.add_balance(Balance {
        head: Head {
            name: format!("{}.paid", head.name),
            title: format!("{} in the year so far", head.title),
            ..head.clone()
        },
        owner: draft.id,
        kind: BalanceKind::OnAccount,
        unit,
        opening: Exact::zero(),
        every_year: true,
        closing: LineId(u32::MAX),
    });
    let make = |kind: ExprKind, ty: &Ty| Expr { kind, ty: ty.clone(), span };
    let before = make(ExprKind::Balance(id), &ty);
    let rest =
        ExprKind::Arithmetic { op: Arithmetic::Subtract, left: Box::new(annual), right: Box::new(before) };
    let kind = ExprKind::When {
        cases: vec![(make(rest, &ty), make(ExprKind::At(Occasion::EndOfYear), &Ty::Truth))],
        otherwise: Box::new(instalment),
    };
    Some((id, make(kind, &ty)))
}

/// The line that sums what was paid in the year so far, which the next period begins with.
pub(super) fn close_on_account(
    cx: &mut Checker<'_>,
    draft: &mut Draft,
    balance: BalanceId,
    name: &Name,
    line: LineId,
) -> Option<()> {
    let (title, unit) = cx.balance(balance).map(|b| (b.head.title.clone(), b.unit.clone()))?;
    let ty = Ty::Number(unit);
    let make = |kind: ExprKind| Expr { kind, ty: ty.clone(), span: name.span };
    let kind = ExprKind::Arithmetic {
        op: Arithmetic::Add,
        left: Box::new(make(ExprKind::Balance(balance))),
        right: Box::new(make(ExprKind::Line(line))),
    };
    let sum = made_line(cx, draft, &format!("{}.paid", name.text), title, name.span, make(kind));
    cx.close_balance(balance, sum);
    Some(())
}

/// Reports a balance that is both written off and paid: asked for as `bank.remainder`, there is no such line.
pub(crate) fn written_off(cx: &mut Checker<'_>, def: Def, span: Span) -> Option<()> {
    let Def::Balance(id) = def else { return None };
    let balance = cx.balance(id)?;
    if !matches!(balance.kind, BalanceKind::Declared { written_off: true, .. }) {
        return None;
    }
    let (name, declared) =
        (balance.head.name.rsplit('.').next().unwrap_or_default().to_owned(), balance.head.name_span);
    cx.report::<()>(RemainderTwice { balance: name, span, declared });
    Some(())
}
