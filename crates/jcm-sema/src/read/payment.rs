//! `payment community_block "…" { form: block, from: fund, to: community, amount: £12,000,000 per year }`

use super::{due, instalments, pool, population, refer, share};
use crate::checker::Checker;
use crate::constants::constant_or;
use crate::fields::{Fields, head};
use crate::problems::{MissingField, UnitMismatch};
use crate::units::describe_unit;
use jcm_model::{
    Arithmetic, Constant, Def, Doubt, Expr, ExprKind, Head, Input, InputOwner, Line, LineId, LineOwner,
    Missing, ParameterOwner, Payment, PaymentForm, PaymentId, Ty,
};
use jcm_quantity::{Base, Unit};
use jcm_syntax::ast::Declaration;
use std::collections::BTreeSet;

/// Reads the payments whose parts an incentive names, because what is worked out comes before what uses it; gives
/// their names.
pub(super) fn read_used(cx: &mut Checker<'_>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for incentive in cx.names.all("incentive") {
        named.extend(cx.names.named_in.of(incentive).owners.iter().cloned());
    }
    cx.parts.payments = vec![None; cx.names.all("payment").len()];
    read_those(cx, |name| named.contains(name));
    named
}

/// Reads every other payment.
pub(super) fn read_rest(cx: &mut Checker<'_>, used: &BTreeSet<String>) {
    read_those(cx, |name| !used.contains(name));
}

fn read_those(cx: &mut Checker<'_>, chosen: impl Fn(&str) -> bool) {
    for (id, declaration) in (0..).map(PaymentId).zip(cx.names.all("payment")) {
        if !chosen(declaration.name.as_ref().map_or("", |name| name.text.as_str())) {
            continue;
        }
        let home = cx.names.enter(declaration);
        let payment = cx.followed(("payment", id.0), declaration, |cx| read(cx, declaration, id));
        cx.names.go_home(home);
        if let Some(slot) = cx.parts.payments.get_mut(id.index()) {
            *slot = payment;
        }
    }
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: PaymentId) -> Option<Payment> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let form = form(cx, &fields)?;
    let services: Vec<_> = fields.names(cx, "for").into_iter().map(|name| refer::service(cx, name)).collect();
    let services: Option<Vec<_>> = services.into_iter().collect();
    let payer = fields.name(cx, "from").map(|name| share::payer(cx, name));
    let mut lines = Vec::new();
    let (flow, payees) = if form == PaymentForm::Outcome {
        let named: Vec<_> = fields.names(cx, "to").into_iter().map(|name| share::payee(cx, name)).collect();
        let payees = named.into_iter().collect::<Option<Vec<_>>>().filter(|payees| !payees.is_empty())?;
        let name = needed(cx, &fields, &head, "incentive").then(|| fields.name(cx, "incentive"))??;
        refer::refer(cx, name, "incentive", |def| match def {
            Def::Incentive(id) => Some(id),
            _ => None,
        })?;
        (None, payees)
    } else {
        let divided = share::of_field(cx, &fields, "to");
        let (payer, from_pool) = needed(cx, &fields, &head, "from").then_some(payer)???;
        let divided = divided?;
        if let (Some(name), Some(to)) = (fields.name(cx, "from"), fields.get("to")) {
            let terms: Vec<_> = to.value.iter().flat_map(|phrase| phrase.terms.iter().cloned()).collect();
            let around = fields.span_of("to");
            share::check_apart(cx, (payer, from_pool, name), &divided.payees(), &terms, around)?;
        }
        let expr = amount(cx, &fields, &head, id, form, from_pool)?;
        let line = due_line(cx, &head, id, expr);
        lines.push(line);
        let flow = divided.flow(head.clone(), line, (payer, from_pool));
        let payees = flow.payees();
        let flow = cx.add_flow(flow);
        share::check_excess_applies(cx, &fields, [flow])?;
        (Some(flow), payees)
    };
    let deadline = due::of(cx, &fields, "due");
    let instalments = instalments::of(cx, &fields, deadline.as_ref())?;
    let mut particulars = fields.particulars(cx, &["form", "to", "from", "for", "residue", "excess"]);
    if let Some((_, text)) = particulars.iter_mut().find(|(field, _)| field == "under") {
        *text = super::power::under(cx, &fields)?;
    }
    Some(Payment { head, form, services: services?, payees, flow, lines, deadline, instalments, particulars })
}

fn form<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<PaymentForm> {
    match fields.name(cx, "form")?.text.as_str() {
        "block" => Some(PaymentForm::Block),
        "capitation" => Some(PaymentForm::Capitation),
        "activity" => Some(PaymentForm::Activity),
        "cost_plus" => Some(PaymentForm::CostPlus),
        "pooled" => Some(PaymentForm::Pooled),
        "outcome" => Some(PaymentForm::Outcome),
        _ => fields.shape(cx, "form"),
    }
}

/// Reports a field that this form of payment needs and that is not there.
fn needed(cx: &mut Checker<'_>, fields: &Fields<'_>, head: &Head, field: &str) -> bool {
    if fields.get(field).is_some() {
        return true;
    }
    let example = crate::schema::of(jcm_syntax::ast::DeclarationKind::Payment)
        .and_then(|schema| schema.field(field))
        .map_or_else(String::new, |field| field.example.to_owned());
    cx.report::<()>(MissingField {
        field: field.to_owned(),
        kind: "payment".to_owned(),
        name: head.name.clone(),
        span: fields.span,
        example,
    });
    false
}

/// What is due for a period, by the form.
fn amount<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PaymentId,
    form: PaymentForm,
    pool: Option<jcm_model::PoolId>,
) -> Option<Expr> {
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    let money = Unit::money(&code);
    let span = head.span;
    match form {
        PaymentForm::Block => {
            let yearly =
                figure(cx, fields, head, id, "amount", &money.over(&Unit::years()), "Yearly amount")?;
            pool::for_period(cx, yearly)
        }
        PaymentForm::Capitation => {
            let people = needed(cx, fields, head, "population").then(|| fields.name(cx, "population"))??;
            let population = refer::population(cx, people)?;
            let size = cx.parts.populations.get(population.index())?.as_ref()?.size;
            let Some(size) = size else {
                return cx.report(MissingField {
                    field: "size".to_owned(),
                    kind: "population".to_owned(),
                    name: people.text.clone(),
                    span: people.span,
                    example: "size: 128,400 people at 2026-04-01".to_owned(),
                });
            };
            let unit = money.over(&Unit::thing("people")).over(&Unit::years());
            let price = figure(cx, fields, head, id, "price", &unit, "Price for each person and year")?;
            let ty = Ty::Number(Unit::thing("people"));
            let size =
                Expr { kind: ExprKind::Parameter { parameter: size, column: 0, keys: Vec::new() }, ty, span };
            let yearly = times(price, size, Arithmetic::Multiply)?;
            pool::for_period(cx, yearly)
        }
        PaymentForm::Activity => {
            let (price, counted) = price(cx, fields, head, id, &code)?;
            let activity = given(cx, head, id, "activity", "Activity", Ty::Number(counted));
            times(price, activity, Arithmetic::Multiply)
        }
        PaymentForm::CostPlus => {
            let margin = figure(cx, fields, head, id, "margin", &Unit::percent(), "Margin on cost")?;
            let cost = given(cx, head, id, "cost", "Actual cost", Ty::Number(money.clone()));
            let on_top = times(margin, cost.clone(), Arithmetic::Of)?;
            let kind =
                ExprKind::Arithmetic { op: Arithmetic::Add, left: Box::new(cost), right: Box::new(on_top) };
            Some(Expr { kind, ty: Ty::Number(money), span })
        }
        PaymentForm::Pooled => {
            let share = figure(cx, fields, head, id, "share", &Unit::percent(), "Share of the pooled fund")?;
            let Some(pool) = pool else { return fields.shape(cx, "from") };
            let budget = cx.parts.pools.get(pool.index())?.as_ref()?.budget;
            let budget = Expr { kind: ExprKind::Line(budget), ty: Ty::Number(money), span };
            times(share, budget, Arithmetic::Of)
        }
        PaymentForm::Outcome => None,
    }
}

fn times(left: Expr, right: Expr, op: Arithmetic) -> Option<Expr> {
    let unit = match op {
        Arithmetic::Of => right.ty.unit()?.clone(),
        _ => left.ty.unit()?.times(right.ty.unit()?),
    };
    let span = left.span;
    let kind = ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) };
    Some(Expr { kind, ty: Ty::Number(unit), span })
}

/// A fixed figure of the payment, as a parameter.
fn figure<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PaymentId,
    field: &str,
    unit: &Unit,
    title: &str,
) -> Option<Expr> {
    if !needed(cx, fields, head, field) {
        return None;
    }
    let expr = fields.expression(cx, field)?;
    let ty = Ty::Number(unit.clone());
    let what = format!("the {field} of `{}`", head.name);
    let later = later(head, field);
    let value = constant_or(cx, &expr, &ty, &what, Some(&later))?;
    bring(cx, fields, head, id, field, title, ty, value)
}

/// How a figure of a payment is written, and how another comes in its place later.
fn later(head: &Head, field: &str) -> String {
    format!(
        "Write the figure itself; a `variation` sets a later one from its date, as `{}.{field} = …`",
        head.name
    )
}

#[expect(clippy::too_many_arguments, reason = "the facts of one parameter, each of another kind")]
fn bring<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PaymentId,
    field: &str,
    title: &str,
    ty: Ty,
    value: Constant,
) -> Option<Expr> {
    let rows = vec![population::always(value)];
    let source = fields.text(cx, "source");
    let parameter =
        population::brought(head, field, title, ty.clone(), rows, ParameterOwner::Payment(id), source);
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::Payment(id), field.to_owned(), Def::Parameter(parameter));
    Some(Expr { kind: ExprKind::Parameter { parameter, column: 0, keys: Vec::new() }, ty, span: head.span })
}

/// A price per counted thing, and the unit of what is counted.
fn price<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PaymentId,
    code: &str,
) -> Option<(Expr, Unit)> {
    if !needed(cx, fields, head, "price") {
        return None;
    }
    let expr = fields.expression(cx, "price")?;
    let typed = crate::typing::typed(cx, &crate::typing::Scope::empty(), &expr, None)?;
    let unit = typed.ty.unit().cloned().unwrap_or_else(Unit::none);
    let counted = unit.dims().iter().find_map(|(base, power)| match base {
        Base::Thing(name) if *power == -1 => Some(Unit::thing(name)),
        _ => None,
    });
    let Some(counted) = counted.filter(|counted| unit.times(counted).is_money() == Some(code)) else {
        return cx.report(UnitMismatch {
            span: typed.span,
            found: describe_unit(&unit),
            expected: "an amount for each of something".to_owned(),
            why: "for the price of an activity".to_owned(),
            declared: None,
            mend: None,
        });
    };
    let ty = Ty::Number(unit);
    let instead = format!(
        "{}. A price that changes with time or from row to row stands as a `parameter` in a line of an incentive: `line \
         due \"Due\" = activity * tariff`",
        later(head, "price")
    );
    let value = constant_or(cx, &expr, &ty, "the price", Some(&instead))?;
    let price = bring(cx, fields, head, id, "price", "Price", ty, value)?;
    Some((price, counted))
}

/// What must be reported for the payment.
fn given(cx: &mut Checker<'_>, head: &Head, id: PaymentId, part: &str, title: &str, ty: Ty) -> Expr {
    let input = Input {
        head: Head {
            name: format!("{}.{part}", head.name),
            title: format!("{title} for {}", head.title),
            ..head.clone()
        },
        owner: InputOwner::Payment(id),
        ty: ty.clone(),
        per_row: false,
        source: String::new(),
        missing: Missing::Refuse,
        doubt: Doubt::default(),
    };
    let input = cx.add_input(input);
    cx.members.insert(Def::Payment(id), part.to_owned(), Def::Input(input));
    Expr { kind: ExprKind::Input(input), ty, span: head.span }
}

fn due_line(cx: &mut Checker<'_>, head: &Head, id: PaymentId, expr: Expr) -> LineId {
    let head = Head {
        name: format!("{}.due", head.name),
        title: format!("Amount due for {}", head.title),
        ..head.clone()
    };
    let line = Line { head, owner: LineOwner::Payment(id), ty: expr.ty.clone(), per_row: false, expr };
    let line = cx.add_line(line);
    cx.members.insert(Def::Payment(id), "due".to_owned(), Def::Line(line));
    line
}
