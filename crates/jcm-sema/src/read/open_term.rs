//! `open_term falls_price "…" { owner: leadership_team  by: 2026-09-30  until: £310,000 per year, from fund to ageing_well }`

use super::{obligation, pool, population, refer, share};
use crate::checker::Checker;
use crate::constants::constant;
use crate::fields::{Fields, head, read_terms};
use crate::units::date;
use jcm_model::{
    Def, Expr, ExprKind, Flow, FlowId, Head, Line, LineOwner, OpenTerm, OpenTermId, ParameterId,
    ParameterOwner, Residue, Ty,
};
use jcm_quantity::Unit;
use jcm_syntax::ast::{Declaration, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: u32) -> Option<OpenTerm> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let owner = obligation::body(cx, &fields, "owner");
    let mut reader = fields.reader("by")?;
    let span = reader.span_here();
    let Some(by) = reader.date().filter(|_| reader.is_empty()) else { return fields.shape(cx, "by") };
    let by = date(cx, by, span)?;
    let services: Vec<_> = fields.names(cx, "for").into_iter().map(|name| refer::service(cx, name)).collect();
    let services: Option<Vec<_>> = services.into_iter().collect();
    let until = match fields.get("until") {
        Some(_) => Some(until(cx, &fields, &head, OpenTermId(id))?),
        None => None,
    };
    if until.is_none() && fields.get("for").is_some() {
        return cx.report(crate::problems::MissingField {
            field: "until".to_owned(),
            kind: "open_term".to_owned(),
            name: head.name,
            span: fields.span,
            example: "until: £310,000 per year, from alliance_fund to ageing_well".to_owned(),
        });
    }
    let method = fields.text(cx, "method");
    Some(OpenTerm { head, owner, by, method, services: services?, until })
}

/// `£310,000 per year, from alliance_fund to ageing_well`: what is paid until the term is settled.
fn until<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: OpenTermId,
) -> Option<(ParameterId, FlowId)> {
    let [amount, flow] = fields.get("until")?.value.as_slice() else { return fields.shape(cx, "until") };
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    let yearly = Ty::Number(Unit::money(&code).over(&Unit::years()));
    let expr = read_terms(cx, &amount.terms)?;
    let value = constant(cx, &expr, &yearly, &format!("the amount of `{}`", head.name))?;
    let mut reader = Reader::new(flow);
    let from = if reader.word(Word::From) { reader.name() } else { None };
    let to = if reader.word(Word::To) { reader.name() } else { None };
    let (Some(from), Some(to), true) = (from, to, reader.is_empty()) else {
        return fields.shape(cx, "until");
    };
    let (payer, from_pool) = share::payer(cx, from)?;
    let payee = refer::partner(cx, to)?;
    let rows = vec![population::always(value)];
    let owner = ParameterOwner::OpenTerm(id);
    let parameter = population::brought(
        head,
        "amount",
        "Interim yearly amount",
        yearly.clone(),
        rows,
        owner,
        String::new(),
    );
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::OpenTerm(id), "amount".to_owned(), Def::Parameter(parameter));
    let kind = ExprKind::Parameter { parameter, column: 0, keys: Vec::new() };
    let expr = pool::for_period(cx, Expr { kind, ty: yearly, span: amount.span })?;
    let line_head = Head {
        name: format!("{}.due", head.name),
        title: format!("Amount due for {}", head.title),
        ..head.clone()
    };
    let line =
        Line { head: line_head, owner: LineOwner::OpenTerm(id), ty: expr.ty.clone(), per_row: false, expr };
    let line = cx.add_line(line);
    cx.members.insert(Def::OpenTerm(id), "due".to_owned(), Def::Line(line));
    let flow = Flow {
        head: head.clone(),
        amount: line,
        payer,
        pool: from_pool,
        first: Vec::new(),
        shares: vec![share::whole(payee)],
        residue: Residue::LargestRemainder,
        excess: None,
    };
    Some((parameter, cx.add_flow(flow)))
}
