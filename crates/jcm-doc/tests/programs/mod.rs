//! Programs made by hand, as the checker would make them, and small builders for them.

pub(crate) mod indicators;
pub(crate) mod north_star;

use jcm_model::*;
use jcm_quantity::{Currency, Cycle, Date, Exact, Period, RoundingMode, Unit};
use jcm_source::{FileId, Span};

pub(crate) fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub(crate) fn head(name: &str, title: &str) -> Head {
    Head { name: name.into(), title: title.into(), doc: String::new(), span: span(), name_span: span() }
}

pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).expect("a figure of a test")
}

pub(crate) fn day(text: &str) -> Date {
    jcm_quantity::parse_date(text).expect("a date of a test")
}

pub(crate) fn gbp() -> Ty {
    Ty::Number(Unit::money("GBP"))
}

pub(crate) fn percent() -> Ty {
    Ty::Number(Unit::percent())
}

pub(crate) fn points() -> Ty {
    Ty::Number(Unit::thing("points"))
}

pub(crate) fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr { kind, ty, span: span() }
}

pub(crate) fn figure(text: &str, ty: Ty) -> Expr {
    expr(ExprKind::Constant(Constant::Number(exact(text))), ty)
}

pub(crate) fn line_of(id: u32, ty: Ty) -> Expr {
    expr(ExprKind::Line(LineId(id)), ty)
}

pub(crate) fn input_of(id: u32, ty: Ty) -> Expr {
    expr(ExprKind::Input(InputId(id)), ty)
}

pub(crate) fn parameter_of(id: u32, ty: Ty) -> Expr {
    expr(ExprKind::Parameter { parameter: ParameterId(id), column: 0, keys: vec![] }, ty)
}

pub(crate) fn calc(op: Arithmetic, left: Expr, right: Expr, ty: Ty) -> Expr {
    expr(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, ty)
}

pub(crate) fn compare(op: Comparison, left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) }, Ty::Truth)
}

pub(crate) fn when(value: Expr, condition: Expr, otherwise: Expr, ty: Ty) -> Expr {
    expr(ExprKind::When { cases: vec![(value, condition)], otherwise: Box::new(otherwise) }, ty)
}

pub(crate) fn line(name: &str, title: &str, owner: LineOwner, expr: Expr) -> Line {
    Line { head: head(name, title), owner, ty: expr.ty.clone(), per_row: false, expr }
}

pub(crate) fn partner(name: &str, title: &str, roles: &[&str], sector: &str) -> Partner {
    let roles = roles.iter().map(|role| (*role).to_string()).collect();
    Partner {
        head: head(name, title),
        roles,
        sector: sector.into(),
        per_case: false,
        particulars: vec![],
        form: String::new(),
    }
}

/// A plain figure; each row has a first and an end date, or neither.
pub(crate) fn parameter(
    name: &str,
    title: &str,
    owner: ParameterOwner,
    ty: Ty,
    rows: &[(&str, &str, &str)],
) -> Parameter {
    let date = |text: &str| (!text.is_empty()).then(|| day(text));
    let row = |(from, until, value): &(&str, &str, &str)| ParameterRow {
        keys: vec![],
        from: date(from),
        until: date(until),
        values: vec![Constant::Number(exact(value))],
    };
    Parameter {
        head: head(name, title),
        owner,
        keys: vec![],
        columns: vec![(String::new(), ty)],
        rows: rows.iter().map(row).collect(),
        source: String::new(),
    }
}

pub(crate) fn input(name: &str, title: &str, owner: InputOwner, ty: Ty, source: &str) -> Input {
    Input {
        head: head(name, title),
        owner,
        ty,
        per_row: false,
        source: source.into(),
        missing: Missing::Refuse,
        doubt: Doubt::default(),
    }
}

pub(crate) fn prose(pieces: Vec<Piece>) -> Paragraph {
    Paragraph { pieces, span: span() }
}

pub(crate) fn text(words: &str) -> Piece {
    Piece::Text(words.into())
}

pub(crate) fn refer(def: Def) -> Piece {
    Piece::Reference { def, span: span() }
}

/// A contract without anything in it.
pub(crate) fn empty(name: &str, title: &str, first_year: i16, years: i16) -> Program {
    let periods: Vec<Period> = (first_year..first_year + years).filter_map(Period::financial_year).collect();
    let contract = Contract {
        head: head(name, title),
        follows: vec![],
        start: periods.first().expect("a year").start,
        end: periods.last().expect("a year").end,
        extension_months: 0,
        currency: Currency::named("GBP").expect("a currency"),
        law: String::new(),
        periods,
        precedence: Vec::new(),
        settled_every: Cycle::FinancialYear,
        reconciled_every: Cycle::FinancialYear,
        provisional_months: None,
        final_months: None,
        disputed: None,
        rounding: Rounding { mode: RoundingMode::HalfEven, grain: exact("0.01") },
    };
    Program {
        contract,
        partners: vec![],
        populations: vec![],
        outcomes: vec![],
        measures: vec![],
        services: vec![],
        choices: vec![],
        parameters: vec![],
        pools: vec![],
        tables: vec![],
        scores: vec![],
        incentives: vec![],
        payments: vec![],
        inputs: vec![],
        lines: vec![],
        flows: vec![],
        examples: vec![],
        datasets: vec![],
        clauses: vec![],
        definitions: vec![],
        boards: Vec::new(),
        obligations: Vec::new(),
        ladders: Vec::new(),
        open_terms: Vec::new(),
        conditions: Vec::new(),
        decisions: Vec::new(),
        powers: Vec::new(),
        subcontracts: Vec::new(),
        documents: Vec::new(),
        balances: Vec::new(),
        localities: Vec::new(),
        simulations: Vec::new(),
        variations: Vec::new(),
        unfollowed: jcm_model::Unfollowed::default(),
        standards: Vec::new(),
        criteria: Vec::new(),
        waivers: Vec::new(),
        calendar: None,
        unfinished: Vec::new(),
        unusual: Vec::new(),
        source_hash: "3f2a9c5b7d1e8f60a4".into(),
    }
}
