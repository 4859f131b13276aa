//! `blank notice "Notice of leaving" : time = 6 months`: what a module of clauses leaves to the contract; and
//! `include … { notice: 9 months }`, which fills it.
//!
//! A blank takes a thing of a kind, a length of time, a text, a figure of a unit, or one of the words that the module
//! names. What stands after `=` holds where the contract says nothing.

use super::clause;
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{head, key_span, members, read_value, value_span};
use crate::names::excepted;
use crate::problems::{DuplicateField, MissingField, Shape, UnknownField, UnknownName, a, near};
use crate::project::Module;
use crate::units::read_type;
use jcm_model::{Ty, fact_kind, kind_of};
use jcm_quantity::Unit;
use jcm_source::Span;
use jcm_syntax::ast::{
    Declaration, DeclarationKind as Kind, Member, Name, Operator, Phrase, Term, TermKind, Word,
};
use jcm_syntax::expression::Reader;
use std::borrow::Cow;

/// The currency of amounts in the clauses of the library.
const LIBRARY_CURRENCY: &str = "GBP";

/// What a blank takes.
enum Takes<'p> {
    /// A thing of a kind.
    Thing(&'static str),
    /// A length of time.
    Time,
    /// A text.
    Text,
    /// One of these words.
    Word(Vec<&'p str>),
    /// A figure.
    Figure(Ty),
}

/// A blank of a module.
struct Blank<'p> {
    name: &'p str,
    takes: Takes<'p>,
    /// What holds where the contract says nothing; the whole header, of which the last terms are the value.
    default: Option<Phrase>,
}

/// Fills the blanks of every module that the contract includes.
pub(super) fn read_all(cx: &mut Checker<'_>) {
    for declaration in cx.names.all("blank") {
        shape(cx, declaration.span, "this blank", "to stand in a file of clauses that contracts `include`");
    }
    for (include, module) in cx.names.includes().to_vec() {
        let declarations = module.ast.declarations.iter();
        let read: Vec<Option<Blank<'_>>> = declarations
            .filter(|declaration| declaration.kind == Kind::Blank)
            .map(|declaration| {
                let blank = blank(cx, declaration)?;
                in_the_currency(cx, module, blank)
            })
            .collect();
        let Some(blanks) = read.into_iter().collect::<Option<Vec<_>>>() else { continue };
        check_members(cx, include, module, &blanks);
        check_choices(cx, module, &blanks);
        for blank in blanks {
            let filled = fill(cx, include, &blank);
            cx.blanks.insert((module.file, blank.name), filled);
        }
    }
}

/// What a path in legal text is filled with, if it begins with a blank of its file; inside, nothing where that is
/// wrong and has been said.
pub(super) fn filled(cx: &Checker<'_>, path: &[Name]) -> Option<Option<Vec<Phrase>>> {
    let (first, rest) = path.split_first()?;
    let filled = cx.blanks.get(&(first.span.file, first.text.as_str()))?;
    let Some(phrases) = filled else { return Some(None) };
    let mut phrases = phrases.clone();
    if let [Phrase { terms, .. }] = phrases.as_mut_slice()
        && let [Term { kind: TermKind::Path(names), .. }] = terms.as_mut_slice()
    {
        names.extend(rest.iter().cloned());
    }
    Some(Some(phrases))
}

/// The library counts money in pounds; in a contract of another currency such a blank takes that, and has to be filled.
fn in_the_currency<'p>(cx: &Checker<'_>, module: &Module, blank: Blank<'p>) -> Option<Blank<'p>> {
    let currency = cx.parts.contract.as_ref().map(|contract| contract.currency.code.as_str());
    let (Takes::Figure(ty), Some(code), false) = (&blank.takes, currency, module.is_own()) else {
        return Some(blank);
    };
    if code == LIBRARY_CURRENCY || ty.unit() != Some(&Unit::money(LIBRARY_CURRENCY)) {
        return Some(blank);
    }
    Some(Blank { takes: Takes::Figure(Ty::Number(Unit::money(code))), default: None, ..blank })
}

/// What the module that is included calls a blank.
pub(super) fn title(cx: &Checker<'_>, include: &Declaration, field: &str) -> String {
    let module = cx.names.includes().iter().find(|(declaration, _)| declaration.span == include.span);
    let mut declarations = module.iter().flat_map(|(_, module)| module.ast.declarations());
    let named = |declaration: &&Declaration| {
        declaration.kind == Kind::Blank && declaration.name.as_ref().is_some_and(|name| name.text == field)
    };
    let title = declarations.find(named).and_then(|blank| blank.title.as_ref());
    title.map_or_else(|| field.to_owned(), |title| title.text.clone())
}

fn blank<'p>(cx: &mut Checker<'_>, declaration: &'p Declaration) -> Option<Blank<'p>> {
    let name = declaration.name.as_ref().map(|name| name.text.as_str());
    head(cx, declaration)?;
    let [phrase] = declaration.header.as_slice() else { return unreadable(cx, declaration) };
    let mut reader = Reader::new(phrase);
    if !reader.operator(Operator::Colon) {
        return unreadable(cx, declaration);
    }
    let rest = reader.rest();
    let equal = rest.iter().position(|term| term.operator() == Some(Operator::Equal));
    let (takes, default) = match equal {
        Some(equal) => (rest.get(..equal)?, rest.get(equal + 1..)),
        None => (rest, None),
    };
    let takes = takes_of(cx, takes, phrase.span)?;
    let default = match default {
        Some([]) => return unreadable(cx, declaration),
        Some(terms) => Some(Phrase { terms: terms.to_vec(), ..phrase.clone() }),
        None => None,
    };
    Some(Blank { name: name?, takes, default })
}

fn takes_of<'p>(cx: &mut Checker<'_>, terms: &'p [Term], span: Span) -> Option<Takes<'p>> {
    if let [term] = terms
        && let Some(name) = term.name()
    {
        match name.text.as_str() {
            "time" => return Some(Takes::Time),
            "text" => return Some(Takes::Text),
            word => {
                if let Some(kind) = fact_kind(word) {
                    return Some(Takes::Thing(kind.kind));
                }
            }
        }
    }
    let mut reader = Reader::over(terms, span);
    let mut words = Vec::new();
    while let Some(name) = reader.name() {
        words.push(name.text.as_str());
        if !reader.word(Word::Or) {
            break;
        }
    }
    if words.len() > 1 && reader.is_empty() {
        return Some(Takes::Word(words));
    }
    read_type(cx, terms, span).map(Takes::Figure)
}

/// What an `include` says is a blank of the module or what it leaves out, each once.
fn check_members(cx: &mut Checker<'_>, include: &Declaration, module: &Module, blanks: &[Blank<'_>]) {
    let mut seen: Vec<(String, Span)> = Vec::new();
    for member in members(include) {
        let Some(field) = member.key_words().map(Cow::into_owned) else {
            if !member.broken {
                shape(cx, member.span, "this line", "a blank of the clauses and what fills it");
            }
            continue;
        };
        let span = key_span(member);
        if let Some((_, first)) = seen.iter().find(|(name, _)| *name == field) {
            cx.report::<()>(DuplicateField { field, span, first: *first });
            continue;
        }
        if field != "except" && blanks.iter().all(|blank| blank.name != field) {
            let names = || blanks.iter().map(|blank| blank.name).chain(["except"]);
            let known = names().map(|name| format!("`{name}`")).collect();
            let near = near(&field, names());
            cx.report::<()>(UnknownField { field, kind: "include".to_owned(), span, near, known });
            continue;
        }
        seen.push((field, span));
    }
    let legal = |declaration: &&Declaration| matches!(declaration.kind, Kind::Clause | Kind::Definition);
    let clauses = module.ast.declarations().filter(legal).filter_map(|clause| clause.name.as_ref());
    let clauses: Vec<&str> = clauses.map(|name| name.text.as_str()).collect();
    for name in excepted(include).filter(|name| !clauses.contains(&name.text.as_str())) {
        let near = near(&name.text, clauses.iter().copied());
        let wanted = format!("clause of {}", module.path);
        cx.report::<()>(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
    }
}

/// A clause that is for one choice names a blank of its module and one of its words.
fn check_choices(cx: &mut Checker<'_>, module: &Module, blanks: &[Blank<'_>]) {
    for declaration in &module.ast.declarations {
        let when = if declaration.kind == Kind::Clause { clause::heading(declaration) } else { None };
        let Some((blank, choice)) = when.and_then(|heading| heading.when) else { continue };
        let words = blanks.iter().find_map(|other| match &other.takes {
            Takes::Word(words) if other.name == blank.text => Some(words),
            _ => None,
        });
        match words {
            Some(words) if words.contains(&choice.text.as_str()) => {}
            Some(words) => no_such_word(cx, choice, &blank.text, words),
            None => {
                let near = near(&blank.text, blanks.iter().map(|blank| blank.name));
                let wanted = "blank with words to choose from".to_owned();
                cx.report::<()>(UnknownName { name: blank.text.clone(), span: blank.span, wanted, near });
            }
        }
    }
}

fn no_such_word(cx: &mut Checker<'_>, name: &Name, blank: &str, words: &[&str]) {
    let mut near = near(&name.text, words.iter().copied());
    if near.is_empty() {
        near = words.iter().map(|word| (*word).to_owned()).collect();
    }
    let wanted = format!("choice of `{blank}`");
    cx.report::<()>(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
}

/// What fills a blank, or what holds where the contract says nothing.
fn fill(cx: &mut Checker<'_>, include: &Declaration, blank: &Blank<'_>) -> Option<Vec<Phrase>> {
    let given = members(include).iter().find(|member| member.key_words().as_deref() == Some(blank.name));
    let Some(member) = given else {
        if let Some(default) = &blank.default {
            return suits(cx, std::slice::from_ref(default), default.span, blank)
                .then(|| vec![worded(default, blank)]);
        }
        let mut keys = members(include).iter().filter_map(Member::key_words);
        if keys.any(|key| !near(&key, [blank.name]).is_empty()) {
            return None;
        }
        let path = include.name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
        return cx.report(MissingField {
            field: blank.name.to_owned(),
            kind: "include".to_owned(),
            name: path,
            span: include.name.as_ref().map_or(include.kind_span, |name| include.kind_span.to(name.span)),
            example: format!("{}: {}", blank.name, example(cx, &blank.takes)),
        });
    };
    let good = !member.broken && !member.value.is_empty() && suits_member(cx, member, blank);
    good.then(|| member.value.iter().map(|phrase| worded(phrase, blank)).collect())
}

fn suits_member(cx: &mut Checker<'_>, member: &Member, blank: &Blank<'_>) -> bool {
    suits(cx, &member.value, value_span(member), blank)
}

/// A word that was chosen is printed as a word.
fn worded(phrase: &Phrase, blank: &Blank<'_>) -> Phrase {
    let mut phrase = phrase.clone();
    if let (Takes::Word(_), [term]) = (&blank.takes, phrase.terms.as_mut_slice())
        && let Some(word) = term.name().map(|name| name.text.replace('_', " "))
    {
        term.kind = TermKind::Text(word);
    }
    phrase
}

/// Whether a value is what the blank takes; reports it if not.
fn suits(cx: &mut Checker<'_>, value: &[Phrase], span: Span, blank: &Blank<'_>) -> bool {
    let single = match value {
        [phrase] => phrase.single(),
        _ => None,
    };
    let what = format!("`{}`", blank.name);
    let suits = match &blank.takes {
        Takes::Thing(kind) => match single.and_then(Term::name) {
            Some(name) => super::refer::refer(cx, name, kind, |def| (kind_of(def) == *kind).then_some(())),
            None => shape_of(cx, span, &what, &format!("{} of the contract", a(kind)), &blank.takes),
        },
        Takes::Time => {
            let time =
                jcm_syntax::expression::read_value(value).ok().and_then(|expr| clause::duration(&expr));
            match time {
                Some(_) => Some(()),
                None => shape_of(cx, span, &what, "a length of time", &blank.takes),
            }
        }
        Takes::Text => match single.and_then(Term::as_text) {
            Some(_) => Some(()),
            None => shape_of(cx, span, &what, "a text", &blank.takes),
        },
        Takes::Word(words) => match single.and_then(Term::name) {
            Some(name) if words.contains(&name.text.as_str()) => Some(()),
            Some(name) => {
                no_such_word(cx, name, blank.name, words);
                None
            }
            None => shape_of(cx, span, &what, "one of the words that the clauses offer", &blank.takes),
        },
        Takes::Figure(ty) => {
            read_value(cx, value).and_then(|expr| constant(cx, &expr, ty, &what)).map(|_| ())
        }
    };
    suits.is_some()
}

/// A value that would do.
fn example(cx: &Checker<'_>, takes: &Takes<'_>) -> String {
    match takes {
        Takes::Thing(kind) => {
            let things = cx.names.all(kind);
            let name = things.first().and_then(|declaration| declaration.name.as_ref());
            name.map_or_else(|| format!("the_{kind}"), |name| name.text.clone())
        }
        Takes::Time => "6 months".to_owned(),
        Takes::Text => "\"the words\"".to_owned(),
        Takes::Word(words) => words.first().map_or_else(String::new, |word| (*word).to_owned()),
        Takes::Figure(ty) => match ty.unit() {
            Some(unit) => jcm_quantity::show(&jcm_quantity::Exact::from_int(1), unit),
            None => "1".to_owned(),
        },
    }
}

fn shape_of<T>(cx: &mut Checker<'_>, span: Span, what: &str, expected: &str, takes: &Takes<'_>) -> Option<T> {
    let example = format!("{}: {}", what.replace('`', ""), example(cx, takes));
    cx.report(Shape { what: what.to_owned(), span, expected: expected.to_owned(), example })
}

fn unreadable<T>(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<T> {
    if !declaration.broken {
        let expected =
            "what it takes: a kind such as `board`, `time`, `text`, a unit, or words joined by `or`";
        shape(cx, declaration.span, "this blank", expected);
    }
    None
}

fn shape(cx: &mut Checker<'_>, span: Span, what: &str, expected: &str) {
    cx.report::<()>(Shape {
        what: what.to_owned(),
        span,
        expected: expected.to_owned(),
        example: "blank notice \"Notice of leaving\" : time = 6 months".to_owned(),
    });
}
