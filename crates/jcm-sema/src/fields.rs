//! The fields and statements of one declaration, held to the schema of its kind.

use crate::checker::Checker;
use crate::problems::{
    BadNumber, DuplicateField, Expression, MissingField, Mixed, Shape, Statement, UnknownField, Unnamed, near,
};
use crate::schema::{self, Schema};
use crate::usual;
use jcm_model::Head;
use jcm_quantity::{parse_date, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Body, Declaration, DeclarationKind as Kind, Member, Name, Phrase, Term, TermKind};
use jcm_syntax::expression::{self, Expr, Reader};
use std::collections::BTreeMap;

/// The fields of a declaration by name, and everything else that stands in it.
pub(crate) struct Fields<'p> {
    schema: &'static Schema,
    name: String,
    pub(crate) span: Span,
    by_name: BTreeMap<&'static str, &'p Member>,
    in_order: Vec<(&'static str, &'p Member)>,
    /// Members that are no field, in order: rows and statements.
    pub(crate) others: Vec<&'p Member>,
    /// Whether the text had a syntax problem, so that what seems missing may be there.
    broken: bool,
}

impl<'p> Fields<'p> {
    /// Sorts the members of a declaration; those of `base` fill in what it does not say itself.
    pub(crate) fn of(
        cx: &mut Checker<'_>,
        declaration: &'p Declaration,
        base: Option<&'p Declaration>,
    ) -> Option<Self> {
        let schema = schema::of(declaration.kind)?;
        let name = declaration.name.as_ref().map(|name| name.text.clone());
        let name =
            name.or_else(|| declaration.title.as_ref().map(|title| title.text.clone())).unwrap_or_default();
        let mut fields = Self {
            schema,
            name,
            span: declaration
                .kind_span
                .to(declaration.name.as_ref().map_or(declaration.kind_span, |name| name.span)),
            by_name: BTreeMap::new(),
            in_order: Vec::new(),
            others: Vec::new(),
            broken: declaration.broken
                || (declaration.body == Body::None && schema.fields.iter().any(|field| field.required)),
        };
        fields.check_header(cx, declaration);
        for member in members(declaration) {
            fields.sort_in(cx, member, false);
        }
        for member in base.map(members).unwrap_or_default() {
            fields.sort_in(cx, member, true);
        }
        fields.check_required(cx);
        Some(fields)
    }

    fn sort_in(&mut self, cx: &mut Checker<'_>, member: &'p Member, inherited: bool) {
        let known = member.key_words().and_then(|key| self.schema.field(&key));
        match known {
            Some(field) if self.by_name.contains_key(field.name) => {
                if !inherited && let Some(first) = self.by_name.get(field.name) {
                    let problem = DuplicateField {
                        field: field.name.to_owned(),
                        span: key_span(member),
                        first: key_span(first),
                    };
                    cx.report::<()>(problem);
                }
            }
            Some(field) => {
                usual::check(cx, field, member);
                self.by_name.insert(field.name, member);
                self.in_order.push((field.name, member));
            }
            None if self.schema.statements.is_empty() => {
                self.report_stray(cx, member);
                self.others.push(member);
            }
            None => self.others.push(member),
        }
    }

    /// Reports a member that is neither a field nor a statement of this kind.
    pub(crate) fn report_stray(&self, cx: &mut Checker<'_>, member: &Member) {
        if member.broken {
            return;
        }
        let kind = self.schema.kind.word().to_owned();
        let known = || self.schema.fields.iter().map(|field| field.name);
        if let Some(field) = member.key_words() {
            let near = near(&field, known());
            let known = known().map(|name| format!("`{name}`")).collect();
            let field = field.into_owned();
            cx.report::<()>(UnknownField { field, kind, span: key_span(member), near, known });
            return;
        }
        let meant = self.colon_forgotten(member);
        let expected = match (self.schema.statements, self.schema.fields.first()) {
            ("", Some(field)) => format!("a field such as `{}`", field.example),
            ("", None) => "nothing here".to_owned(),
            (statements, _) => statements.to_owned(),
        };
        let near = self.statements_like(member);
        cx.report::<()>(Statement { kind, span: member.span, expected, field: meant, near });
    }

    /// The words that begin a statement of this kind and are like the first one of a member, and its place.
    fn statements_like(&self, member: &Member) -> (Vec<String>, Span) {
        let first = member.value.first().and_then(|phrase| phrase.terms.first());
        let Some(first) = first.filter(|_| member.key.is_none()) else { return (Vec::new(), member.span) };
        let known = self.schema.statements.split('`').skip(1).step_by(2);
        let known = known.filter_map(|statement| statement.split(' ').next());
        let like = first.name().map(|name| near(&name.text, known.filter(|word| *word != name.text)));
        (like.unwrap_or_default(), first.span)
    }

    /// The field that a statement begins with, and the place where its colon is missing.
    fn colon_forgotten(&self, member: &Member) -> Option<(String, Span)> {
        let first = member.value.first().filter(|_| member.key.is_none())?.terms.first()?;
        let field = self.schema.field(&first.name()?.text)?;
        Some((field.name.to_owned(), first.span.after()))
    }

    /// What stands between the title and the brace of a kind that has nothing there would be lost.
    fn check_header(&self, cx: &mut Checker<'_>, declaration: &Declaration) {
        // Words in place of a title have been told of already.
        let untitled = self.schema.titled && declaration.title.is_none();
        if declaration.broken || untitled || takes_header(self.schema.kind) {
            return;
        }
        if let (Some(first), Some(last)) = (declaration.header.first(), declaration.header.last()) {
            cx.report::<()>(Shape {
                what: format!("the first line of `{}`", self.name),
                span: first.span.to(last.span),
                expected: "nothing between the title and the brace".to_owned(),
                example: self.schema.opening.to_owned(),
            });
        }
    }

    /// Whether a member has an unknown key that is nearly the name of this field.
    fn is_nearly(&self, member: &Member, field: &str) -> bool {
        let known = self.schema.fields.iter().map(|field| field.name);
        member
            .key_words()
            .filter(|key| self.schema.field(key).is_none())
            .is_some_and(|key| near(&key, known).iter().any(|meant| meant == field))
    }

    fn check_required(&self, cx: &mut Checker<'_>) {
        for field in self.schema.fields.iter().filter(|field| field.required && !self.broken) {
            let without_colon = self
                .others
                .iter()
                .any(|member| self.colon_forgotten(member).is_some_and(|(name, _)| name == field.name));
            let misspelt = self.others.iter().any(|member| self.is_nearly(member, field.name));
            if !self.by_name.contains_key(field.name) && !without_colon && !misspelt {
                cx.report::<()>(MissingField {
                    field: field.name.to_owned(),
                    kind: self.schema.kind.word().to_owned(),
                    name: self.name.clone(),
                    span: self.span,
                    example: field.example.to_owned(),
                });
            }
        }
    }

    /// Whether the text had a syntax problem, so that what seems missing may be there.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// The member of a field, if it is there and has a value.
    pub(crate) fn get(&self, name: &str) -> Option<&'p Member> {
        self.by_name.get(name).copied().filter(|member| !member.value.is_empty())
    }

    /// The place of a field's value.
    pub(crate) fn span_of(&self, name: &str) -> Span {
        self.get(name).map_or(self.span, value_span)
    }

    /// Reports that a field is not written as it should be. Gives `None`.
    pub(crate) fn shape<T>(&self, cx: &mut Checker<'_>, name: &str) -> Option<T> {
        let field = self.schema.field(name)?;
        let span = self.span_of(name);
        let member = self.get(name)?;
        if member.broken {
            return None;
        }
        if let Some(problem) = comma_for_point(cx, &member.value) {
            return cx.report(problem);
        }
        cx.report(Shape {
            what: format!("`{name}`"),
            span,
            expected: field.expects.to_owned(),
            example: field.example.to_owned(),
        })
    }

    /// The text of a field, as written in quotes or, without quotes, as it stands.
    pub(crate) fn text(&self, cx: &Checker<'_>, name: &str) -> String {
        self.get(name).map_or_else(String::new, |member| text_of(cx, member))
    }

    /// The source of a figure or a rule, and when it is in force where it says so.
    pub(crate) fn source(&self, cx: &Checker<'_>) -> String {
        let (source, effective) = (self.text(cx, "source"), self.text(cx, "effective"));
        match (source.is_empty(), effective.is_empty()) {
            (_, true) => source,
            (true, false) => format!("in force {effective}"),
            (false, false) => format!("{source}; in force {effective}"),
        }
    }

    /// A field of one name.
    pub(crate) fn name(&self, cx: &mut Checker<'_>, name: &str) -> Option<&'p Name> {
        let member = self.get(name)?;
        match member.value.as_slice() {
            [phrase] => phrase.single().and_then(Term::name).or_else(|| self.shape(cx, name)),
            _ => self.shape(cx, name),
        }
    }

    /// A field of words between commas: names, or texts in quotation marks.
    pub(crate) fn words(&self, cx: &mut Checker<'_>, name: &str) -> Vec<String> {
        let Some(member) = self.get(name) else { return Vec::new() };
        let word = |term: &Term| match term.as_text() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => term.name().map(|name| name.text.clone()),
        };
        let words: Option<Vec<String>> =
            member.value.iter().map(|phrase| phrase.single().and_then(word)).collect();
        words.or_else(|| self.shape(cx, name)).unwrap_or_default()
    }

    /// A field of names between commas.
    pub(crate) fn names(&self, cx: &mut Checker<'_>, name: &str) -> Vec<&'p Name> {
        let Some(member) = self.get(name) else { return Vec::new() };
        let names: Option<Vec<&Name>> =
            member.value.iter().map(|phrase| phrase.single().and_then(Term::name)).collect();
        names.or_else(|| self.shape(cx, name)).unwrap_or_default()
    }

    /// The texts of a field of texts between commas.
    pub(crate) fn texts(&self, cx: &mut Checker<'_>, name: &str) -> Vec<String> {
        let Some(member) = self.get(name) else { return Vec::new() };
        let texts: Option<Vec<String>> = member
            .value
            .iter()
            .map(|phrase| phrase.single().and_then(Term::as_text).map(str::to_owned))
            .collect();
        texts.or_else(|| self.shape(cx, name)).unwrap_or_default()
    }

    /// A field of one expression.
    pub(crate) fn expression(&self, cx: &mut Checker<'_>, name: &str) -> Option<Expr> {
        let member = self.get(name)?;
        read_value(cx, &member.value)
    }

    /// A reader over the first phrase of a field.
    pub(crate) fn reader(&self, name: &str) -> Option<Reader<'p>> {
        self.get(name)?.value.first().map(Reader::new)
    }

    /// Every field but these, as `(field, text)` in the order of the source.
    pub(crate) fn particulars(&self, cx: &Checker<'_>, but: &[&str]) -> Vec<(String, String)> {
        let others = self.in_order.iter().filter(|(name, _)| !but.contains(name));
        others.map(|(name, member)| ((*name).to_owned(), text_of(cx, member))).collect()
    }
}

/// Name, title, documentation and place of a declaration; reports a missing name or title.
pub(crate) fn head(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Head> {
    let schema = schema::of(declaration.kind)?;
    let kind = declaration.kind.word();
    let unnamed = |what| Unnamed {
        kind: kind.to_owned(),
        span: declaration.kind_span,
        what,
        example: schema.opening.to_owned(),
    };
    let Some(name) = &declaration.name else {
        return if declaration.broken { None } else { cx.report(unnamed("name")) };
    };
    let title = match &declaration.title {
        Some(title) => title.text.trim().to_owned(),
        None if !schema.titled => name.text.replace('_', " "),
        None if declaration.broken => return None,
        None => {
            return match mixed(cx, declaration) {
                Some(mixed) => cx.report(mixed),
                None => cx.report(unnamed("title")),
            };
        }
    };
    Some(Head {
        name: name.text.clone(),
        title,
        doc: declaration.doc.clone(),
        span: declaration.span,
        name_span: name.span,
    })
}

/// The words of a first line that were meant as its name or its title, where a kind has nothing else there.
fn mixed(cx: &Checker<'_>, declaration: &Declaration) -> Option<Mixed> {
    let (name, kind) = (declaration.name.as_ref()?, declaration.kind);
    let terms: Vec<&Term> = declaration.header.iter().flat_map(|phrase| &phrase.terms).collect();
    let (last, before) = terms.split_last()?;
    let is_title = matches!(last.kind, TermKind::Text(_));
    let words = if is_title { before } else { terms.as_slice() };
    if takes_header(kind) || !words.iter().all(|term| term.name().is_some()) {
        return None;
    }
    let end = words.last()?.span;
    let span = if is_title { name.span.to(end) } else { words.first()?.span.to(end) };
    Some(Mixed { kind: kind.word().to_owned(), words: cx.text(span), span, is_name: is_title })
}

/// The members of a declaration with a block.
pub(crate) fn members(declaration: &Declaration) -> &[Member] {
    match &declaration.body {
        Body::Block(members) => members,
        Body::None | Body::Prose(_) => &[],
    }
}

/// Whether something may stand between the title and the body.
fn takes_header(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Contract
            | Kind::Partner
            | Kind::Population
            | Kind::Outcome
            | Kind::Pool
            | Kind::Service
            | Kind::Payment
            | Kind::Incentive
            | Kind::Dataset
            | Kind::Board
            | Kind::Obligation
            | Kind::Ladder
            | Kind::OpenTerm
            | Kind::Subcontract
            | Kind::Document
            | Kind::Power
            | Kind::Decision
            | Kind::ConditionPrecedent
    )
}

/// The place of a member's key, or of the member.
pub(crate) fn key_span(member: &Member) -> Span {
    match member.key.as_deref() {
        Some([first, .., last]) => first.span.to(last.span),
        Some([only]) => only.span,
        _ => member.span,
    }
}

/// The place of a member's value.
pub(crate) fn value_span(member: &Member) -> Span {
    match member.value.as_slice() {
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
        [] => member.span,
    }
}

/// What a member says, in words: texts without their quotes, days as people write them, everything else as it stands.
pub(crate) fn text_of(cx: &Checker<'_>, member: &Member) -> String {
    let phrase = |phrase: &Phrase| match phrase.single().and_then(Term::as_text) {
        Some(text) => text.to_owned(),
        None => in_words(cx, phrase),
    };
    member.value.iter().map(phrase).collect::<Vec<_>>().join(", ")
}

fn in_words(cx: &Checker<'_>, phrase: &Phrase) -> String {
    let days = phrase.terms.iter().filter_map(|term| match &term.kind {
        TermKind::Date(written) => Some((written, parse_date(written)?)),
        _ => None,
    });
    let words = cx.text(phrase.span).replace('"', "").replace('_', " ");
    days.fold(words, |words, (written, day)| words.replace(written, &show_date(day)))
}

/// Reads an expression over phrases, and reports why it cannot be read.
pub(crate) fn read_value(cx: &mut Checker<'_>, phrases: &[Phrase]) -> Option<Expr> {
    match (expression::read_value(phrases), comma_for_point(cx, phrases)) {
        (Ok(expr), _) => Some(expr),
        (Err(_), Some(decimal)) => cx.report(decimal),
        (Err(problem), None) => cx.report(Expression { problem }),
    }
}

/// A comma between two digits that is neither between thousands nor between two figures: `2,4%`.
pub(crate) fn comma_for_point(cx: &Checker<'_>, phrases: &[Phrase]) -> Option<BadNumber> {
    phrases.windows(2).find_map(|pair| {
        let [before, after] = pair else { return None };
        let (last, first) = (before.terms.last()?, after.terms.first()?);
        let touching = last.span.end.checked_add(1)? == first.span.start;
        let figures = last.as_number().is_some() || last.as_money().is_some();
        let decimals = first.as_number().is_some() || first.as_percent().is_some();
        let span = last.span.to(first.span);
        // A figure with characters that mean nothing has its problem already.
        let figures = figures && !before.terms.iter().any(|term| matches!(term.kind, TermKind::Bad(_)));
        (touching && figures && decimals).then(|| BadNumber { text: cx.text(span), span })
    })
}

/// Reads an expression over the terms of one phrase.
pub(crate) fn read_terms(cx: &mut Checker<'_>, terms: &[Term]) -> Option<Expr> {
    match expression::read_expression(terms) {
        Ok(expr) => Some(expr),
        Err(problem) => cx.report(Expression { problem }),
    }
}
