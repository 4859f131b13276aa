//! `function credit "…" { takes achieved : percent  gives percent = … }`: a formula that lines can call.
//!
//! A call stands for the formula with its figures put in: it is typed again at each call, so that a formula that
//! takes `any` unit gives the unit that its figures have.

use crate::checker::Checker;
use crate::fields::{Fields, head, read_value};
use crate::problems::{Circular, Shape, WrongCount};
use crate::typing::{self, Scope};
use crate::units::read_type;
use jcm_model::{Expr, Ty};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Name, Operator, Phrase};
use jcm_syntax::expression::{self as syn, Reader};
use std::collections::BTreeMap;

/// A formula as declared.
struct Function {
    /// Name and type of what it takes; `None` for any type.
    takes: Vec<(Name, Option<Ty>)>,
    /// The type of what it gives; `None` for what comes out.
    gives: Option<Ty>,
    body: syn::Expr,
}

/// Reads every function once, so that one that is never called is checked too.
pub(super) fn check_all(cx: &mut Checker<'_>) {
    for declaration in cx.names.all("function") {
        if head(cx, declaration).is_none() {
            continue;
        }
        let Some(function) = read(cx, declaration) else { continue };
        let known: Option<BTreeMap<String, Expr>> = function
            .takes
            .iter()
            .map(|(name, ty)| {
                let kind = jcm_model::ExprKind::Constant(jcm_model::Constant::Missing);
                Some((name.text.clone(), Expr { kind, ty: ty.clone()?, span: name.span }))
            })
            .collect();
        // A formula that takes any unit can only be typed where it is called.
        if let Some(arguments) = known {
            apply(cx, declaration, &function, arguments);
        }
    }
}

/// The value of a call, if the name is a function's: the outer `None` means that it is not.
pub(crate) fn call(
    cx: &mut Checker<'_>,
    scope: &Scope,
    name: &Name,
    args: &[syn::Expr],
    span: Span,
) -> Option<Option<Expr>> {
    let symbol = cx.names.get(&name.text).filter(|symbol| symbol.declaration.kind == Kind::Function)?;
    Some(call_of(cx, scope, symbol.declaration, args, span))
}

fn call_of(
    cx: &mut Checker<'_>,
    scope: &Scope,
    declaration: &Declaration,
    args: &[syn::Expr],
    span: Span,
) -> Option<Expr> {
    let function = read(cx, declaration)?;
    if function.takes.len() != args.len() {
        let names: Vec<String> = function.takes.iter().map(|(name, _)| format!("`{}`", name.text)).collect();
        let what = declaration.name.as_ref()?.text.clone();
        let expected = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        return cx.report(WrongCount { what, span, found: args.len(), expected });
    }
    let mut arguments = BTreeMap::new();
    for ((name, ty), arg) in function.takes.iter().zip(args) {
        let typed = typing::typed(cx, scope, arg, ty.as_ref())?;
        let typed = match ty {
            Some(ty) => {
                let declared = Some((name.span, "declared here".to_owned()));
                typing::hold_to(cx, typed, ty, &format!("for `{}`", name.text), declared)?
            }
            None => typed,
        };
        arguments.insert(name.text.clone(), typed);
    }
    let mut made = apply(cx, declaration, &function, arguments)?;
    made.span = span;
    Some(made)
}

/// Types the formula with its figures put in.
fn apply(
    cx: &mut Checker<'_>,
    declaration: &Declaration,
    function: &Function,
    arguments: BTreeMap<String, Expr>,
) -> Option<Expr> {
    let name = declaration.name.as_ref()?;
    if cx.calling.contains(&name.span) || cx.calling.len() > 32 {
        return cx.report(Circular {
            names: vec![format!("the formulas behind `{}`", name.text)],
            span: name.span,
        });
    }
    cx.calling.push(name.span);
    let home = cx.names.enter(declaration);
    let scope = Scope { arguments, rows: true, ..Scope::default() };
    let made = typing::typed(cx, &scope, &function.body, function.gives.as_ref());
    cx.names.go_home(home);
    cx.calling.pop();
    let made = made?;
    match &function.gives {
        Some(ty) => typing::shown_as(cx, made, ty, &format!("for what `{}` gives", name.text)),
        None => Some(made),
    }
}

fn read(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Function> {
    let home = cx.names.enter(declaration);
    let function = parts(cx, declaration);
    cx.names.go_home(home);
    function
}

fn parts(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Function> {
    let members: Vec<&Member> = crate::fields::members(declaration).iter().collect();
    let mut takes = Vec::new();
    let mut gives = None;
    for member in members {
        match word_of(member) {
            Some("takes") => takes.push(taken(cx, member)?),
            Some("gives") => gives = Some(given(cx, member)?),
            _ => {}
        }
    }
    match gives {
        Some((gives, body)) => Some(Function { takes, gives, body }),
        None if declaration.broken => None,
        None => shape(cx, declaration.kind_span, "`gives`, a unit, `=` and a calculation"),
    }
}

/// Reports members of a function that are none of its own; called once for each declaration.
pub(super) fn check_members<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) {
    let Some(fields) = Fields::of(cx, declaration, None) else { return };
    for member in fields.others.clone() {
        if !matches!(word_of(member), Some("takes" | "gives")) {
            fields.report_stray(cx, member);
        }
    }
}

fn word_of(member: &Member) -> Option<&str> {
    let first = member.key.as_deref().and_then(|key| key.first()).or_else(|| member.value.first())?;
    first.terms.first()?.name().map(|name| name.text.as_str())
}

/// `takes achieved : percent`, `takes amount : any`.
fn taken(cx: &mut Checker<'_>, member: &Member) -> Option<(Name, Option<Ty>)> {
    let name = match member.key.as_deref() {
        Some([phrase]) => {
            phrase.terms.get(1).and_then(|term| term.name()).filter(|_| phrase.terms.len() == 2)
        }
        _ => None,
    };
    let (Some(name), [phrase]) = (name, member.value.as_slice()) else {
        return shape(cx, member.span, "`takes`, a name, a colon and a unit, or `any`");
    };
    if phrase.single().and_then(|term| term.name()).is_some_and(|word| word.text == "any") {
        return Some((name.clone(), None));
    }
    Some((name.clone(), Some(read_type(cx, &phrase.terms, phrase.span)?)))
}

/// `gives percent = progress(achieved, lower, upper), at least 0%`, `gives any = …`.
fn given(cx: &mut Checker<'_>, member: &Member) -> Option<(Option<Ty>, syn::Expr)> {
    let expected = "`gives`, a unit or `any`, `=` and a calculation";
    let (None, Some((first, rest))) = (&member.key, member.value.split_first()) else {
        return shape(cx, member.span, expected);
    };
    let equal = first.terms.iter().position(|term| term.operator() == Some(Operator::Equal));
    let Some((before, after)) = equal.and_then(|equal| first.terms.split_at_checked(equal)) else {
        return shape(cx, member.span, expected);
    };
    let (unit, calculation) = (before.get(1..).unwrap_or(&[]), after.get(1..).unwrap_or(&[]));
    let (Some(start), Some(end)) = (calculation.first(), calculation.last()) else {
        return shape(cx, member.span, expected);
    };
    let reader = Reader::over(unit, first.span);
    let any = reader.peek().and_then(|term| term.name()).is_some_and(|word| word.text == "any");
    let ty = if any { None } else { Some(read_type(cx, unit, first.span)?) };
    let mut phrases = vec![Phrase { terms: calculation.to_vec(), span: start.span.to(end.span) }];
    phrases.extend_from_slice(rest);
    Some((ty, read_value(cx, &phrases)?))
}

fn shape<T>(cx: &mut Checker<'_>, span: Span, expected: &str) -> Option<T> {
    cx.report(Shape {
        what: "this part of the function".to_owned(),
        span,
        expected: expected.to_owned(),
        example: "gives percent = progress(achieved, lower, upper), at least 0%, at most 100%".to_owned(),
    })
}
