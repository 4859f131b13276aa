//! `pays payable from alliance_fund to { acute 40% … }`: who pays whom which share.

use super::order::{self, Turn};
use super::refer;
use crate::checker::Checker;
use crate::constants::figure;
use crate::fields::{Fields, comma_for_point, read_terms};
use crate::problems::{
    DuplicateName, LimitUnborne, NotMoney, PaidToPool, PaysItself, Shape, SharesSum, UnitMismatch, WrongKind,
};
use crate::typing::{self, Scope};
use crate::units::{describe, number};
use jcm_model::{Def, Excess, Flow, FlowId, Head, LineId, PartnerId, PoolId, Residue, Share, Tranche};
use jcm_quantity::{Base, Exact, Shown, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Name, Phrase, Term, TermKind, Word};
use jcm_syntax::expression::{Expr, ExprKind, Reader};

/// Reads one `pays` into a flow of money.
pub(super) fn pays<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    of: &Head,
    scope: &Scope,
    member: &'p Member,
) -> Option<FlowId> {
    let [phrase] = member.value.as_slice() else { return shape(cx, member) };
    let mut reader = Reader::new(phrase);
    reader.next();
    let amount = reader.path();
    let from = if reader.word(Word::From) { reader.name() } else { None };
    let to = reader.word(Word::To);
    let (Some(amount), Some(from), true, None) = (amount, from, to, &member.key) else {
        return shape(cx, member);
    };
    let line = amount_line(cx, scope, amount);
    let payer = payer(cx, from);
    let rows = match super::pool::block_of(&reader) {
        Some(block) => rows(cx, fields, block, member.span),
        None => match (reader.name(), reader.is_empty()) {
            (Some(name), true) => payee(cx, name).map(|partner| (Vec::new(), vec![whole(partner)])),
            _ => return shape(cx, member),
        },
    };
    let divided = divided(cx, fields, rows);
    let (divided, payer) = (divided?, payer?);
    check_apart(cx, (payer.0, payer.1, from), &divided.payees(), &phrase.terms, phrase.span)?;
    let head = Head {
        span: member.span,
        name_span: phrase.terms.first().map_or(member.span, |term| term.span),
        ..of.clone()
    };
    let flow = divided.flow(head, line?, payer);
    Some(cx.add_flow(flow))
}

/// How what is paid is divided between those it is paid to.
pub(super) struct Divided {
    first: Vec<Tranche>,
    shares: Vec<Share>,
    residue: Residue,
    excess: Option<Excess>,
}

impl Divided {
    /// Everyone who is paid, each once for each place that it has.
    pub(super) fn payees(&self) -> Vec<PartnerId> {
        let first = self.first.iter().map(|tranche| tranche.partner);
        first.chain(self.shares.iter().map(|share| share.partner)).collect()
    }

    /// The flow of a line, divided so.
    pub(super) fn flow(self, head: Head, amount: LineId, payer: (PartnerId, Option<PoolId>)) -> Flow {
        let Self { first, shares, residue, excess } = self;
        Flow { head, amount, payer: payer.0, pool: payer.1, first, shares, residue, excess }
    }
}

/// Payees in turn and with shares, before what rounding leaves and limits cut off is placed.
type Rows = (Vec<Tranche>, Vec<Share>);

fn divided<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, rows: Option<Rows>) -> Option<Divided> {
    let residue = residue(cx, fields)?;
    let excess = excess(cx, fields)?;
    let (first, shares) = rows?;
    check_limits(cx, fields, &shares, excess)?;
    // An incentive says it once for all that it pays; a payment without a limit has nothing that is cut off.
    let excess = excess.filter(|_| shares.iter().any(is_limited));
    let residue = residue_of(cx, fields, &shares, residue)?;
    Some(Divided { first, shares, residue, excess })
}

/// The payees of a field: one partner, or `trust 70%, homecare 30%` with all that the payees of a `pays` can say.
pub(super) fn of_field<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, field: &str) -> Option<Divided> {
    let member = fields.get(field)?;
    let rows = match member.value.as_slice() {
        [phrase] => match (super::pool::block_of(&Reader::new(phrase)), phrase.single().and_then(Term::name))
        {
            (Some(block), _) => rows(cx, fields, block, member.span),
            (None, Some(name)) => payee(cx, name).map(|partner| (Vec::new(), vec![whole(partner)])),
            (None, None) if phrase.terms.len() < 2 => return fields.shape(cx, field),
            (None, None) => among(cx, &[phrase], member.span),
        },
        phrases if phrases.iter().all(|phrase| phrase.single().is_some()) => return fields.shape(cx, field),
        phrases => match comma_for_point(cx, phrases) {
            Some(decimal) => return cx.report(decimal),
            None => among(cx, &phrases.iter().collect::<Vec<_>>(), member.span),
        },
    };
    divided(cx, fields, rows)
}

fn shape<T>(cx: &mut Checker<'_>, member: &Member) -> Option<T> {
    if member.broken {
        return None;
    }
    cx.report(Shape {
        what: "this payment".to_owned(),
        span: member.span,
        expected: "`pays` a line `from` a partner or pool `to` a partner, or to partners with their shares"
            .to_owned(),
        example: "pays payable from alliance_fund to { acute 60%, community 40% }".to_owned(),
    })
}

/// The line that is paid: an amount of the contract's currency.
fn amount_line(cx: &mut Checker<'_>, scope: &Scope, path: &[Name]) -> Option<LineId> {
    let span = path.first()?.span.to(path.last()?.span);
    let expr = Expr { kind: ExprKind::Path(path.to_vec()), span };
    let typed = typing::typed(cx, scope, &expr, None)?;
    let currency = cx.parts.contract.as_ref()?.currency.code.clone();
    let is_money = typed.ty.unit().is_some_and(|unit| unit.is_money() == Some(currency.as_str()));
    match typed.kind {
        jcm_model::ExprKind::Line(line) if is_money => Some(line),
        _ => {
            let found = if is_money {
                "a figure that is given and not worked out (make it a line first)".to_owned()
            } else {
                describe(cx, &typed.ty)
            };
            let mend = typed.ty.unit().filter(|_| !is_money).and_then(|unit| to_money(unit, &currency));
            cx.report(NotMoney { span, found, currency, mend })
        }
    }
}

/// What to do with a figure of this unit, so that an amount of money comes of it.
fn to_money(unit: &Unit, currency: &str) -> Option<String> {
    let money = Unit::money(currency);
    let left = unit.over(&money);
    let has_money = unit.dims().iter().any(|(base, _)| matches!(base, Base::Money(_)));
    match left.dims() {
        _ if unit.dims().is_empty() => {
            Some("Take it of an amount: `share of saving`, or `saving * share`".to_owned())
        }
        [(Base::Time(name), -1)] => Some(format!("Multiply it by how long: `* 1 {name}`")),
        _ if !has_money => Some(format!("Multiply it by a price, in {}", money.over(unit).describe())),
        dims => {
            let of = |sign: i8| {
                let side = dims.iter().filter(|(_, power)| power.signum() == sign);
                let unit = Unit::of(side.map(|(base, power)| (base.clone(), power.abs())), Shown::Plain);
                (!unit.is_none()).then(|| unit.describe())
            };
            Some(format!(
                "`{}` and `{}` do not cancel: let the price be for what is counted",
                of(1)?,
                of(-1)?
            ))
        }
    }
}

/// A partner, or a pool whose host pays.
pub(super) fn payer(cx: &mut Checker<'_>, name: &Name) -> Option<(PartnerId, Option<PoolId>)> {
    if let Some(Def::Pool(id)) = cx.names.get(&name.text).and_then(|symbol| symbol.def) {
        let host = cx.parts.pools.get(id.index())?.as_ref()?.host;
        return Some((host, Some(id)));
    }
    refer::refer(cx, name, "partner or pool", |def| match def {
        Def::Partner(id) => Some(Some(id)),
        Def::Pool(_) => Some(None),
        _ => None,
    })?
    .map(|partner| (partner, None))
}

/// Holds a payer not to be among those it pays. The host of a pool pays with what is the pool's, and may be.
pub(super) fn check_apart(
    cx: &mut Checker<'_>,
    (payer, pool, name): (PartnerId, Option<PoolId>, &Name),
    paid: &[PartnerId],
    terms: &[Term],
    around: Span,
) -> Option<()> {
    if pool.is_some() || !paid.contains(&payer) {
        return Some(());
    }
    let span = last_named(terms, &name.text).unwrap_or(around);
    cx.report(PaysItself { partner: name.text.clone(), span, payer: name.span, shared: paid.len() > 1 })
}

/// Where a name stands for the last time, also between braces.
fn last_named(terms: &[Term], name: &str) -> Option<Span> {
    terms.iter().rev().find_map(|term| match &term.kind {
        TermKind::Block(rows) => {
            let mut phrases = rows.iter().rev().flat_map(|row| row.value.iter().rev());
            phrases.find_map(|phrase| last_named(&phrase.terms, name))
        }
        _ => term.name().filter(|found| found.text == name).map(|found| found.span),
    })
}

/// Who is paid: a partner, and never a pool, which has nothing of its own.
pub(super) fn payee(cx: &mut Checker<'_>, name: &Name) -> Option<PartnerId> {
    if let Some(Def::Pool(_)) = cx.names.get(&name.text).and_then(|symbol| symbol.def) {
        return cx.report(PaidToPool { pool: name.text.clone(), span: name.span });
    }
    refer::partner(cx, name)
}

/// The whole of it to one partner.
pub(super) fn whole(partner: PartnerId) -> Share {
    Share { partner, share: Exact::one(), losing_at_most: None, gaining_at_most: None }
}

/// The rows of a block of payees.
fn rows<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, rows: &'p [Member], span: Span) -> Option<Rows> {
    let mut phrases: Vec<&'p Phrase> = Vec::new();
    let mut failed = false;
    for row in rows {
        if row.key.is_some() {
            fields.report_stray(cx, row);
            failed = true;
            continue;
        }
        if let Some(decimal) = comma_for_point(cx, &row.value) {
            return cx.report(decimal);
        }
        phrases.extend(&row.value);
    }
    if failed { None } else { among(cx, &phrases, span) }
}

/// Payees, each with its turn or its share, that share the whole.
fn among<'p>(cx: &mut Checker<'p>, phrases: &[&'p Phrase], span: Span) -> Option<Rows> {
    let mut shares: Vec<(Share, Span)> = Vec::new();
    let mut first: Vec<(Tranche, &Phrase)> = Vec::new();
    let mut placed: Vec<order::Placed<'_>> = Vec::new();
    let mut failed = false;
    for phrase in phrases.iter().copied() {
        let turn = order::turn(phrase);
        placed.push((turn, phrase));
        if matches!(turn, Turn::First | Turn::Then) {
            match order::tranche(cx, phrase) {
                Some(tranche) => first.push((tranche, phrase)),
                None => failed = true,
            }
            continue;
        }
        match share(cx, phrase, turn == Turn::Rest) {
            Some((share, name)) => {
                if let Some((_, first)) = shares.iter().find(|(other, _)| other.partner == share.partner) {
                    let problem = DuplicateName { name: name.text.clone(), span: name.span, first: *first };
                    cx.report::<()>(problem);
                    failed = true;
                }
                shares.push((share, phrase.span));
            }
            None => failed = true,
        }
    }
    if failed {
        return None;
    }
    order::check(cx, &placed)?;
    order::check_doubles(cx, &first)?;
    check_sum(cx, &shares, span)?;
    let first = first.into_iter().map(|(tranche, _)| tranche).collect();
    Some((first, shares.into_iter().map(|(share, _)| share).collect()))
}

/// `ageing_well 5% losing at most £50,000 gaining at most £100,000`; after `rest`, a name alone takes all of it.
fn share<'p>(cx: &mut Checker<'p>, phrase: &'p Phrase, rest: bool) -> Option<(Share, &'p Name)> {
    let mut reader = Reader::new(phrase);
    if rest {
        reader.next();
    }
    let name = reader.name();
    if let (true, true, Some(name)) = (rest, reader.is_empty(), name) {
        return payee(cx, name).map(|partner| (whole(partner), name));
    }
    let at = reader.span_here();
    let percent = reader.percent();
    let (Some(name), Some(percent)) = (name, percent) else {
        return match (name, percent_forgotten(cx, phrase, at)) {
            (Some(name), Some(mend)) => {
                without_percent(cx, at, &format!("for the share of `{}`", name.text), mend)
            }
            _ => share_shape(cx, phrase.span),
        };
    };
    let partner = payee(cx, name)?;
    let part = number(cx, percent, phrase.span)? * Exact::ten_to(-2);
    let Some(limits) = limits(cx, &mut reader) else { return share_shape(cx, phrase.span) };
    let (losing_at_most, gaining_at_most) = limits?;
    Some((Share { partner, share: part, losing_at_most, gaining_at_most }, name))
}

/// A number in digits as the percentage that was meant: `60` as `60%`, `0.6` as `60%`.
pub(super) fn percent_forgotten(cx: &Checker<'_>, phrase: &Phrase, span: Span) -> Option<String> {
    // Two thirds are no number of per cent.
    let mut after = phrase.terms.iter().skip_while(|term| term.span != span).skip(1);
    if after.next().is_some_and(|term| term.operator().is_some()) {
        return None;
    }
    let text = cx.text(span);
    let number = Exact::parse(&text)?;
    if number < Exact::one() && text.contains('.') {
        return Some(format!("{}%", (number * Exact::ten_to(2)).text()));
    }
    Some(format!("{text}%"))
}

/// Reports a number where a percentage belongs.
pub(super) fn without_percent<T>(cx: &mut Checker<'_>, span: Span, why: &str, mend: String) -> Option<T> {
    cx.report(UnitMismatch {
        span,
        found: "a plain number".to_owned(),
        expected: "a percentage".to_owned(),
        why: why.to_owned(),
        declared: None,
        mend: Some(mend),
    })
}

/// The most that is lost, and the most that is gained.
pub(super) type Limits = (Option<Exact>, Option<Exact>);

/// `losing at most £50,000 gaining at most £100,000`, to the end. The outer `None` means that it is not written so,
/// the inner one that a problem was reported.
pub(super) fn limits(cx: &mut Checker<'_>, reader: &mut Reader<'_>) -> Option<Option<Limits>> {
    let (mut losing_at_most, mut gaining_at_most) = (None, None);
    while let Some(term) = reader.next() {
        let losing = term.word() == Some(Word::Losing);
        let known = losing || term.name().is_some_and(|name| name.text == "gaining");
        if !known || !reader.words(&[Word::At, Word::Most]) {
            return None;
        }
        let limit = reader.rest();
        let stop = limit
            .iter()
            .position(|term| term.name().is_some_and(|name| name.text == "losing" || name.text == "gaining"));
        let limit = limit.get(..stop.unwrap_or(limit.len())).unwrap_or(limit);
        for _ in limit {
            reader.next();
        }
        if limit.is_empty() {
            return None;
        }
        let Some(limit) = limit_figure(cx, limit) else { return Some(None) };
        if limit.is_negative() {
            return None;
        }
        if losing { losing_at_most = Some(limit) } else { gaining_at_most = Some(limit) }
    }
    Some(Some((losing_at_most, gaining_at_most)))
}

fn limit_figure(cx: &mut Checker<'_>, terms: &[Term]) -> Option<Exact> {
    let expr = read_terms(cx, terms)?;
    let code = cx.parts.contract.as_ref()?.currency.code.clone();
    figure(cx, &expr, &Unit::money(&code), "a limit")
}

fn share_shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this share".to_owned(),
        span,
        expected:
            "one partner with its percentage and its limits, each share on a line of its own or after a comma"
                .to_owned(),
        example: "ageing_well  5%  losing at most £50,000".to_owned(),
    })
}

/// Shares, or a share not to pay anyone, sum to exactly 100 %.
fn check_sum(cx: &mut Checker<'_>, shares: &[(Share, Span)], span: Span) -> Option<()> {
    let sum: Exact = shares.iter().map(|(share, _)| share.share.clone()).sum();
    let negative = shares.iter().any(|(share, _)| share.share.is_negative());
    if sum == Exact::one() && !negative {
        return Some(());
    }
    let unit = Unit::percent();
    let rest = Exact::one() - &sum;
    let difference = if rest.is_negative() {
        format!("{} too much", show(&rest.neg(), &unit))
    } else {
        format!("{} reaches nobody", show(&rest, &unit))
    };
    let rows = shares.iter().map(|(share, span)| (*span, show(&share.share, &unit))).collect();
    cx.report(SharesSum { what: "this payment".to_owned(), span, sum: show(&sum, &unit), difference, rows })
}

fn residue<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Residue> {
    let Some(mut reader) = fields.reader("residue") else { return Some(Residue::LargestRemainder) };
    if reader.spelled("largest_remainder") && reader.is_empty() {
        return Some(Residue::LargestRemainder);
    }
    match (reader.word(Word::To), reader.name()) {
        (true, Some(name)) => payee(cx, name).map(Residue::To),
        _ => fields.shape(cx, "residue"),
    }
}

/// Who takes what rounding leaves over of one payment: nothing is left over of what a single payee takes whole, and of
/// what several share only one of them can take it.
fn residue_of(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    shares: &[Share],
    residue: Residue,
) -> Option<Residue> {
    match residue {
        Residue::To(_) if shares.len() == 1 => Some(Residue::LargestRemainder),
        Residue::To(partner) if shares.iter().all(|share| share.partner != partner) => {
            let problem = WrongKind {
                name: partner_name(cx, partner),
                span: fields.span_of("residue"),
                found: "not paid a share of this payment".to_owned(),
                wanted: "a partner that is".to_owned(),
                near: Vec::new(),
            };
            cx.report(problem)
        }
        _ => Some(residue),
    }
}

fn partner_name(cx: &Checker<'_>, id: PartnerId) -> String {
    let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
    partner.map(|partner| partner.head.name.clone()).unwrap_or_default()
}

/// Reports an `excess` where no payment of those beside it has a limit.
pub(super) fn check_excess_applies(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    flows: impl IntoIterator<Item = FlowId>,
) -> Option<()> {
    let mut flows = flows.into_iter();
    if fields.get("excess").is_none() || flows.any(|id| cx.flow(id).is_some_and(|flow| flow.excess.is_some()))
    {
        return Some(());
    }
    cx.report(WrongKind {
        name: "excess".to_owned(),
        span: fields.span_of("excess"),
        found: "for what a limit cuts off".to_owned(),
        wanted: "a payee with `losing at most` or `gaining at most`".to_owned(),
        near: Vec::new(),
    })
}

/// The outer `None` means that a problem was reported.
fn excess<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Option<Excess>> {
    let Some(mut reader) = fields.reader("excess") else { return Some(None) };
    if reader.spelled("others") && reader.is_empty() {
        return Some(Some(Excess::Others));
    }
    if reader.spelled("payer") && reader.is_empty() {
        return Some(Some(Excess::Payer));
    }
    match (reader.word(Word::To), reader.name()) {
        (true, Some(name)) => payee(cx, name).map(|partner| Some(Excess::To(partner))),
        _ => fields.shape(cx, "excess"),
    }
}

/// Whether a payee has a limit, of which something can be cut off.
fn is_limited(share: &Share) -> bool {
    share.losing_at_most.is_some() || share.gaining_at_most.is_some()
}

/// A limit needs someone who bears what it cuts off, and that must be a payee without the limit.
fn check_limits(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    shares: &[Share],
    excess: Option<Excess>,
) -> Option<()> {
    let Some(first) = shares.iter().find(|share| is_limited(share)) else { return Some(()) };
    let named = match excess {
        None => {
            let partner = partner_name(cx, first.partner);
            return cx.report(LimitUnborne { span: fields.span, partner });
        }
        Some(Excess::Others) if shares.iter().all(is_limited) => {
            let partner = partner_name(cx, first.partner);
            return cx.report(LimitUnborne { span: fields.span_of("excess"), partner });
        }
        Some(Excess::To(partner)) => partner,
        Some(Excess::Others | Excess::Payer) => return Some(()),
    };
    if shares.iter().any(|share| share.partner == named && !is_limited(share)) {
        return Some(());
    }
    let problem = WrongKind {
        name: partner_name(cx, named),
        span: fields.span_of("excess"),
        found: "no payee without a limit".to_owned(),
        wanted: "a partner that can bear the excess".to_owned(),
        near: Vec::new(),
    };
    cx.report(problem)
}
