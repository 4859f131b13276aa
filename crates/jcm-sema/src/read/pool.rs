//! `pool alliance_fund "…" { host: council, contributes { icb : £84,000,000 per year } }`

use super::{population, refer};
use crate::checker::Checker;
use crate::constants::constant_or;
use crate::fields::{Fields, head, read_value};
use crate::problems::{ContributionUnclear, Shape};
use crate::units::number;
use jcm_model::{
    Arithmetic, Constant, Def, Expr, ExprKind, Head, Line, LineOwner, ParameterId, ParameterOwner,
    ParameterRow, PartnerId, Pool, PoolId, Ty,
};
use jcm_quantity::{Date, Exact, Period, Unit, month_named};
use jcm_syntax::ast::{Declaration, Member, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: u32) -> Option<Pool> {
    let id = PoolId(id);
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let under = super::power::under(cx, &fields);
    let host = fields.name(cx, "host").and_then(|name| refer::partner(cx, name));
    let uplift = if fields.get("uplift").is_some() { Some(uplift(cx, &fields)?) } else { None };
    let contributions = contributions(cx, &fields, &head, id, uplift.as_ref());
    let written_per = written_per(cx, &fields, contributions.as_deref().unwrap_or_default());
    let (fixed, variable) = typed(cx, &fields, contributions.as_deref().unwrap_or_default(), &head);
    let budget = budget(cx, &head, id, &contributions?)?;
    cx.members.insert(Def::Pool(id), "budget".to_owned(), Def::Line(budget.0));
    Some(Pool {
        under: under?,
        host: host?,
        contributions: budget.1,
        written_per,
        fixed,
        variable,
        uplift,
        budget: budget.0,
        particulars: fields.particulars(cx, &["host", "under", "uplift", "fixed", "variable"]),
        head,
    })
}

/// Whose contributions are fixed and whose are variable: each of those who contribute is one or the other at most.
fn typed<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    contributions: &[(PartnerId, ParameterId)],
    head: &Head,
) -> (Vec<PartnerId>, Vec<PartnerId>) {
    let mut seen: Vec<PartnerId> = Vec::new();
    let [fixed, variable] = ["fixed", "variable"].map(|field| {
        let mut own = Vec::new();
        for name in fields.names(cx, field) {
            let Some(partner) = refer::partner(cx, name) else { continue };
            let contributes = contributions.iter().any(|(id, _)| *id == partner);
            // Without contributions another problem says so.
            if seen.contains(&partner) || (!contributes && !contributions.is_empty()) {
                cx.report::<()>(ContributionUnclear {
                    partner: name.text.clone(),
                    pool: head.name.clone(),
                    contributes,
                    span: name.span,
                    declared: head.name_span,
                });
                continue;
            }
            seen.push(partner);
            own.push(partner);
        }
        own
    });
    (fixed, variable)
}

/// `2.4% every 1 April from 2027`: the rate, and the first day on which it applies.
fn uplift<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<(Exact, Date)> {
    let mut reader = fields.reader("uplift")?;
    let rate = reader.percent();
    let day = if reader.word(Word::Every) { reader.number() } else { None };
    let month = reader.name().and_then(|name| month_named(&name.text));
    let year = if reader.word(Word::From) { reader.number() } else { None };
    let (Some(rate), Some(day), Some(month), Some(year), true) = (rate, day, month, year, reader.is_empty())
    else {
        return fields.shape(cx, "uplift");
    };
    let span = fields.span_of("uplift");
    let rate = number(cx, rate, span)? * Exact::ten_to(-2);
    let date = crate::units::date(cx, &format!("{year}-{month:02}-{day:0>2}"), span)?;
    Some((rate, date))
}

/// Each partner's contribution, as a figure dated by settlement period with the uplift in it.
fn contributions<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PoolId,
    uplift: Option<&(Exact, Date)>,
) -> Option<Vec<(PartnerId, ParameterId)>> {
    let mut made = Vec::new();
    for member in &fields.others {
        let Some(rows) = named_block(member, "contributes") else {
            fields.report_stray(cx, member);
            continue;
        };
        for row in rows {
            made.push(contribution(cx, fields, head, id, uplift, row));
        }
    }
    let said_as_a_field =
        |member: &&Member| member.key_words().is_some_and(|key| key.starts_with("contribut"));
    if made.is_empty() && (fields.is_broken() || fields.others.iter().any(said_as_a_field)) {
        return None;
    }
    if made.is_empty() {
        return cx.report(crate::problems::MissingField {
            field: "contributes".to_owned(),
            kind: "pool".to_owned(),
            name: head.name.clone(),
            span: fields.span,
            example: "contributes { icb : £84,000,000 per year }".to_owned(),
        });
    }
    made.into_iter().collect()
}

/// The contributions that are written for a part of a year: `£50,000 per month`.
fn written_per(
    cx: &Checker<'_>,
    fields: &Fields<'_>,
    contributions: &[(PartnerId, ParameterId)],
) -> Vec<(ParameterId, &'static str)> {
    let rows = fields.others.iter().filter_map(|member| named_block(member, "contributes")).flatten();
    let part = |(row, (_, id)): (&Member, &(PartnerId, ParameterId))| {
        let written = cx.text(row.value.last()?.span);
        let word = written.split_whitespace().next_back()?.trim_end_matches('s');
        ["month", "quarter"].into_iter().find(|part| *part == word).map(|part| (*id, part))
    };
    rows.zip(contributions).filter_map(part).collect()
}

/// The members of `word { … }`.
pub(super) fn named_block<'a>(member: &'a Member, word: &str) -> Option<&'a [Member]> {
    let [phrase] = member.value.as_slice() else { return None };
    let [first, block] = phrase.terms.as_slice() else { return None };
    (member.key.is_none() && first.name()?.text == word).then(|| block.as_block())?
}

fn contribution<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: PoolId,
    uplift: Option<&(Exact, Date)>,
    row: &'p Member,
) -> Option<(PartnerId, ParameterId)> {
    let name = row.key.as_deref().and_then(|key| key.first()).and_then(Phrase::single).and_then(Term::name);
    let Some(name) = name else {
        fields.report_stray(cx, row);
        return None;
    };
    let partner = refer::partner(cx, name)?;
    let what = format!("the contribution of `{}`", name.text);
    let is_dated = |term: &Term| matches!(term.word(), Some(Word::In | Word::From));
    if row.value.iter().flat_map(|phrase| &phrase.terms).any(is_dated) {
        return cx.report(Shape {
            what,
            span: crate::fields::value_span(row),
            expected: format!("one amount; {}", later(head, &name.text)),
            example: format!("{} : £1,700,000 per year", name.text),
        });
    }
    let amount = read_value(cx, &row.value)?;
    let (code, periods) = cx.parts.contract.as_ref().map(|c| (c.currency.code.clone(), c.periods.clone()))?;
    let yearly = Ty::Number(Unit::money(&code).over(&Unit::years()));
    let instead = format!("Write the figure itself; {}", later(head, &name.text));
    let value = constant_or(cx, &amount, &yearly, &what, Some(&instead))?;
    let Constant::Number(value) = value else { return None };
    let rows = rows_for(&periods, &value, uplift);
    let source = fields.text(cx, "source");
    let title = cx
        .parts
        .partners
        .get(partner.index())
        .and_then(Option::as_ref)
        .map(|partner| partner.head.title.clone());
    let title = format!("Contribution of {}", title.unwrap_or_default());
    let parameter =
        population::brought(head, &name.text, &title, yearly, rows, ParameterOwner::Pool(id), source);
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::Pool(id), name.text.clone(), Def::Parameter(parameter));
    Some((partner, parameter))
}

/// How a contribution changes with time.
fn later(head: &Head, partner: &str) -> String {
    format!(
        "`uplift:` raises it every year, and a `variation` sets any other from its date, as `{}.contributes {{ {partner} : £1,800,000 \
         per year }}`",
        head.name
    )
}

/// A yearly contribution by settlement period, with every uplift that has come by then.
pub(super) fn rows_for(
    periods: &[Period],
    value: &Exact,
    uplift: Option<&(Exact, Date)>,
) -> Vec<ParameterRow> {
    let row = |period: &Period| {
        let raised =
            uplift.map_or_else(|| value.clone(), |(rate, from)| raise(value, rate, *from, period.start));
        ParameterRow {
            keys: Vec::new(),
            from: Some(period.start),
            until: Some(period.end),
            values: vec![Constant::Number(raised)],
        }
    };
    periods.iter().map(row).collect()
}

/// The figure after each yearly uplift up to the first day of a period.
fn raise(value: &Exact, rate: &Exact, from: Date, start: Date) -> Exact {
    let mut raised = value.clone();
    let factor = Exact::one() + rate;
    let mut next = from;
    while next <= start {
        raised = raised * &factor;
        match jcm_quantity::add_months(next, 12) {
            Some(later) if later > next => next = later,
            _ => break,
        }
    }
    raised
}

/// The line that sums the contributions for a period.
fn budget(
    cx: &mut Checker<'_>,
    head: &Head,
    id: PoolId,
    contributions: &[(PartnerId, ParameterId)],
) -> Option<(jcm_model::LineId, Vec<(PartnerId, ParameterId)>)> {
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    let unit = Unit::money(&code).over(&Unit::years());
    let mut sum: Option<Expr> = None;
    for (_, parameter) in contributions {
        let kind = ExprKind::Parameter { parameter: *parameter, column: 0, keys: Vec::new() };
        let part = Expr { kind, ty: Ty::Number(unit.clone()), span: head.span };
        sum = Some(match sum {
            None => part,
            Some(left) => {
                let kind =
                    ExprKind::Arithmetic { op: Arithmetic::Add, left: Box::new(left), right: Box::new(part) };
                Expr { kind, ty: Ty::Number(unit.clone()), span: head.span }
            }
        });
    }
    let expr = for_period(cx, sum?)?;
    let line = Line {
        head: Head {
            name: format!("{}.budget", head.name),
            title: format!("Budget of {}", head.title),
            ..head.clone()
        },
        owner: LineOwner::Pool(id),
        ty: expr.ty.clone(),
        per_row: false,
        expr,
    };
    Some((cx.add_line(line), contributions.to_vec()))
}

/// A yearly figure for the length of a settlement period.
pub(super) fn for_period(cx: &Checker<'_>, yearly: Expr) -> Option<Expr> {
    let contract = cx.parts.contract.as_ref()?;
    let length = Exact::ratio(i64::from(contract.settled_every.months()), 12)?;
    let span = yearly.span;
    let unit = yearly.ty.unit()?.times(&Unit::years());
    let years =
        Expr { kind: ExprKind::Constant(Constant::Number(length)), ty: Ty::Number(Unit::years()), span };
    let kind =
        ExprKind::Arithmetic { op: Arithmetic::Multiply, left: Box::new(yearly), right: Box::new(years) };
    Some(Expr { kind, ty: Ty::Number(unit), span })
}

/// Whether anything of a phrase is a block; used by readers of statements.
pub(super) fn block_of<'a>(reader: &Reader<'a>) -> Option<&'a [Member]> {
    reader.peek().and_then(Term::as_block)
}
