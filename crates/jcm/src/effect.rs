//! What a change of the contract does to money: the examples of the old contract, settled by both.
//!
//! An example of the old contract is put in the words of the new one by the names of its figures. Figures that only the
//! new contract asks for are taken from its example of the same name, where it has one.

use crate::examples::{Bench, Settled};
use crate::value::in_words;
use jcm_calculus::{Expr, Settlement, StepId, Value};
use jcm_model::{
    BalanceId, Constant, Def, Example, ExamplePeriod, Expect, Expected, Flow, FlowId, InputId, LineId,
    PartnerId, Payment, PaymentId, Program, Ty, kind_of,
};
use jcm_quantity::{Exact, Period, Unit, show};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What became of every example of the old contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// In the order of the old contract.
    pub examples: Vec<ExampleEffect>,
}

impl Effect {
    /// Whether every example gives what it gave.
    pub fn is_empty(&self) -> bool {
        self.examples.iter().all(|example| match &example.outcome {
            Ok(settled) => settled.is_same(),
            Err(_) => false,
        })
    }
}

/// What became of one example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleEffect {
    /// Its title.
    pub title: String,
    /// The title of what it is an example of.
    pub of: String,
    /// The title of the period that it settles.
    pub period: String,
    /// What both contracts give, or why they cannot be compared.
    pub outcome: Result<BothWays, String>,
}

/// What one example gives by both contracts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothWays {
    /// What each partner receives, in the order of the new contract and then of the old one, and then what leaves each
    /// partner or fund that pays, below zero.
    pub partners: Vec<PartnerEffect>,
    /// The first line, in the order of the old contract, that is not what it was.
    pub first_line: Option<LineEffect>,
}

impl BothWays {
    /// Whether nothing is different.
    pub fn is_same(&self) -> bool {
        self.first_line.is_none() && self.partners.iter().all(|partner| partner.before == partner.after)
    }
}

/// What a partner or a fund receives by both contracts; below zero it pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerEffect {
    /// Its name in the source.
    pub name: String,
    /// Its title.
    pub title: String,
    /// By the old contract.
    pub before: Exact,
    /// By the new contract.
    pub after: Exact,
}

/// A line that gives another figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEffect {
    /// Its title, and the row where it is one of several.
    pub title: String,
    /// By the old contract, in words.
    pub before: String,
    /// By the new contract, in words.
    pub after: String,
}

/// A contract with its settlement.
pub type Settling<'a> = (&'a Program, &'a Settlement);

/// Settles the examples of the old contract by both.
pub fn effect(old: Settling<'_>, new: Settling<'_>) -> Effect {
    let (before, after) = (Bench::new(old.0, old.1), Bench::new(new.0, new.1));
    let example = |example: &Example| ExampleEffect {
        title: example.head.title.clone(),
        of: old.0.title(example.of).to_owned(),
        period: periods(old.0, example),
        outcome: both_ways(&before, &after, example, old.0, new.0),
    };
    Effect { examples: old.0.examples.iter().map(example).collect() }
}

/// What a payment of the old contract comes to by both, if that needs no figure of anybody: in the first period in which
/// it is another amount. `title` is that of the payment.
pub fn effect_without_data(old: Settling<'_>, new: Settling<'_>, title: &str) -> Option<ExampleEffect> {
    let ids = (0u32..).map(PaymentId);
    let (id, payment) = ids.zip(&old.0.payments).find(|(_, payment)| payment.head.title == title)?;
    if asks(old.1, old.0.flow(payment.flow?)?.amount) {
        return None;
    }
    let (before, after) = (Bench::new(old.0, old.1), Bench::new(new.0, new.1));
    let of_period = |(place, period): (usize, &Period)| {
        let example = nothing_given(payment, id, place, old.0.flow(payment.flow?)?.amount);
        let settled = both_ways(&before, &after, &example, old.0, new.0).ok()?;
        (!settled.is_same()).then(|| ExampleEffect {
            title: "What it comes to without any data".to_owned(),
            of: title.to_owned(),
            period: period.label.clone(),
            outcome: Ok(settled),
        })
    };
    old.0.contract.periods.iter().enumerate().find_map(of_period)
}

/// Whether a line, or one before it that it needs, asks for a figure or for what came before.
fn asks(settlement: &Settlement, line: LineId) -> bool {
    let step = |id: StepId| settlement.steps.get(id.index());
    let mut seen = BTreeSet::from([StepId(line.0)]);
    let mut open: Vec<&Expr> = step(StepId(line.0)).map(|step| &step.expr).into_iter().collect();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Input(_) | Expr::Carried(_) | Expr::OverAll { .. } => return true,
            Expr::Step(id) if seen.insert(*id) => open.extend(step(*id).map(|step| &step.expr)),
            other => open.extend(other.parts()),
        }
    }
    false
}

/// A payment in one period, with nothing given.
fn nothing_given(payment: &Payment, id: PaymentId, period: usize, amount: LineId) -> Example {
    let what = Expected::Line { line: amount, row: None, value: Constant::Missing, to: None };
    Example {
        head: payment.head.clone(),
        of: Def::Payment(id),
        period,
        given: Vec::new(),
        given_lines: Vec::new(),
        rows: Vec::new(),
        others: Vec::new(),
        opening: Vec::new(),
        expect: vec![Expect { what, span: payment.head.span }],
        later: Vec::new(),
        source: String::new(),
    }
}

/// The label of the period of an example, or of its first and last.
fn periods(program: &Program, example: &Example) -> String {
    let last = example.period.saturating_add(example.later.len());
    match program.contract.periods.get(last) {
        Some(last) if !example.later.is_empty() => format!("{} to {}", period(program, example), last.label),
        _ => period(program, example).to_owned(),
    }
}

fn period<'a>(program: &'a Program, example: &Example) -> &'a str {
    program.contract.periods.get(example.period).map_or("", |period| &period.label)
}

fn both_ways(
    before: &Bench<'_>,
    after: &Bench<'_>,
    example: &Example,
    old: &Program,
    new: &Program,
) -> Result<BothWays, String> {
    let was =
        before.settle(example).map_err(|reason| format!("the old contract cannot settle it: {reason}"))?;
    let moving = Moving { old, new };
    let mut moved = moving.example(example)?;
    let due = moving.payments(&was, moved.of);
    moved.later.iter_mut().for_each(|later| later.expect.extend(due.iter().cloned()));
    moved.expect.extend(due);
    let is = after.settle(&moved).map_err(|reason| format!("the new contract cannot settle it: {reason}"))?;
    if old.contract.currency.code != new.contract.currency.code {
        return Err("the two contracts pay in different currencies".to_owned());
    }
    Ok(BothWays {
        partners: partners((old, &was), (new, &is)),
        first_line: was.iter().zip(&is).find_map(|(was, is)| first_line((old, was), (new, is), &moved)),
    })
}

/// What each partner and fund receives from all that the example settles, and what leaves those who pay.
fn partners(before: (&Program, &[Settled]), after: (&Program, &[Settled])) -> Vec<PartnerEffect> {
    fn paid(settled: &[Settled]) -> Vec<Paid<'_>> {
        let payments = settled.iter().flat_map(|period| &period.payments);
        payments.map(|paid| (paid.allocation, PartnerId(paid.to.0), &paid.amount)).collect()
    }
    partner_effects((before.0, &paid(before.1)), (after.0, &paid(after.1)))
}

/// What one partner is paid: the flow by its place, the partner, and the amount.
pub type Paid<'a> = (usize, PartnerId, &'a Exact);

/// What each partner and fund receives by two contracts, and what leaves those who pay: those of the new contract before
/// those of the old one, payees before payers.
pub fn partner_effects(
    before: (&Program, &[Paid<'_>]),
    after: (&Program, &[Paid<'_>]),
) -> Vec<PartnerEffect> {
    let mut partners: Vec<PartnerEffect> = Vec::new();
    let mut add = |(name, title): (&str, &str), amount: &Exact, to: fn(&mut PartnerEffect) -> &mut Exact| {
        let place = partners.iter().position(|known| known.name == name).unwrap_or_else(|| {
            let (name, title) = (name.to_owned(), title.to_owned());
            partners.push(PartnerEffect { name, title, before: zero(), after: zero() });
            partners.len() - 1
        });
        if let Some(partner) = partners.get_mut(place) {
            let sum = to(partner);
            *sum = &*sum + amount;
        }
    };
    // Those who are paid stand before those who pay.
    for who in [Payee, Payer] {
        for (program, paid, to) in [(after.0, after.1, now as Side), (before.0, before.1, then as Side)] {
            for (flow, payee, amount) in paid {
                match who {
                    Payee => {
                        let partner = program.partner(*payee).map(called);
                        partner.into_iter().for_each(|own| add(own, amount, to));
                    }
                    Payer => {
                        let payer = program.flows.get(*flow).and_then(|flow| payer(program, flow));
                        payer.into_iter().for_each(|own| add(own, &(zero() - *amount), to));
                    }
                }
            }
        }
    }
    partners
}

/// Which end of a payment.
#[derive(Clone, Copy)]
enum End {
    Payee,
    Payer,
}

use End::{Payee, Payer};

/// Which of the two amounts of a partner.
type Side = fn(&mut PartnerEffect) -> &mut Exact;

fn then(partner: &mut PartnerEffect) -> &mut Exact {
    &mut partner.before
}

fn now(partner: &mut PartnerEffect) -> &mut Exact {
    &mut partner.after
}

/// Name and title of a partner.
fn called(partner: &jcm_model::Partner) -> (&str, &str) {
    (&partner.head.name, &partner.head.title)
}

/// Whose money it is: that of the fund where it is paid from one.
fn payer<'p>(program: &'p Program, flow: &Flow) -> Option<(&'p str, &'p str)> {
    match flow.pool {
        Some(pool) => program.pool(pool).map(|pool| (pool.head.name.as_str(), pool.head.title.as_str())),
        None => program.partner(flow.payer).map(called),
    }
}

fn zero() -> Exact {
    Exact::from_int(0)
}

/// The first line that both contracts compute and that is not what it was.
fn first_line(
    before: (&Program, &Settled),
    after: (&Program, &Settled),
    moved: &Example,
) -> Option<LineEffect> {
    let (old, was) = before;
    let (new, is) = after;
    let rows = std::iter::once((None, &was.lines))
        .chain(was.rows.iter().enumerate().map(|(row, lines)| (Some(row), lines)));
    let mut found: Vec<(u32, LineEffect)> = Vec::new();
    for (row, lines) in rows {
        let others = match row {
            None => Some(&is.lines),
            Some(row) => is.rows.get(row),
        };
        let Some(others) = others else { continue };
        for line in lines {
            let Some(declared) = old.line(LineId(line.step.0)) else { continue };
            let named =
                |other: &&jcm_eval::Line| new.name(Def::Line(LineId(other.step.0))) == declared.head.name;
            let Some(other) = others.iter().find(named) else { continue };
            let ty = new.line(LineId(other.step.0)).map_or(&Ty::Text, |line| &line.ty);
            if line.value == other.value && alike(old, &declared.ty, new, ty) {
                continue;
            }
            let row = row.and_then(|row| moved.rows.get(row)).map(|(name, _)| format!(" ({name})"));
            let effect = LineEffect {
                title: format!("{}{}", declared.head.title, row.unwrap_or_default()),
                before: in_words(old, &line.value, &declared.ty),
                after: in_words(new, &other.value, ty),
            };
            found.push((line.step.0, told_apart(effect, &line.value, &other.value)));
            break;
        }
    }
    found.into_iter().min_by_key(|(step, _)| *step).map(|(_, effect)| effect)
}

/// Two figures that differ and are shown alike are given in full.
fn told_apart(mut effect: LineEffect, before: &Value, after: &Value) -> LineEffect {
    if let (true, Value::Number(before), Value::Number(after)) =
        (effect.before == effect.after, before, after)
    {
        effect.before.push_str(&format!(" (exactly {before})"));
        effect.after.push_str(&format!(" (exactly {after})"));
    }
    effect
}

/// Whether figures of two types can be compared: the same unit, or choices of the same name.
fn alike(old: &Program, was: &Ty, new: &Program, is: &Ty) -> bool {
    match (was, is) {
        (Ty::Choice(was), Ty::Choice(is)) => old.name(Def::Choice(*was)) == new.name(Def::Choice(*is)),
        _ => was == is,
    }
}

/// From the ids of one contract to those of another, by name.
struct Moving<'a> {
    old: &'a Program,
    new: &'a Program,
}

impl Moving<'_> {
    /// An example of the old contract as one of the new; why not, if it cannot be.
    fn example(&self, example: &Example) -> Result<Example, String> {
        let label = period(self.old, example);
        let place = self.new.contract.periods.iter().position(|period| period.label == label);
        let missing = |what: &str| format!("the new contract has no {what}");
        let period = place.ok_or_else(|| missing(&format!("settlement period {label}")))?;
        let of = self.def(example.of);
        let of =
            of.ok_or_else(|| missing(&format!("{} `{}`", kind_of(example.of), self.old.name(example.of))))?;
        let mut given = self.inputs(&example.given)?;
        let mut rows = Vec::new();
        for (row, figures) in &example.rows {
            rows.push((row.clone(), self.inputs(figures)?));
        }
        let mut others = Vec::new();
        for (case, figures) in &example.others {
            others.push((case.clone(), self.inputs(figures)?));
        }
        let given_lines = self.lines(&example.given_lines)?;
        if let Some(own) = self.new.examples.iter().find(|own| own.head.name == example.head.name) {
            self.complete(&mut given, &own.given);
            for (row, figures) in &mut rows {
                let own_row = own.rows.iter().find(|(name, _)| name == row);
                own_row.into_iter().for_each(|(_, own)| self.complete(figures, own));
            }
        }
        let mut later = Vec::new();
        for period in &example.later {
            later.push(self.later(period)?);
        }
        let (opening, expect) = (self.opening(&example.opening), self.expects(&example.expect));
        Ok(Example {
            of,
            period,
            given,
            given_lines,
            rows,
            others,
            opening,
            expect,
            later,
            ..example.clone()
        })
    }

    fn later(&self, period: &ExamplePeriod) -> Result<ExamplePeriod, String> {
        Ok(ExamplePeriod {
            given: self.inputs(&period.given)?,
            given_lines: self.lines(&period.given_lines)?,
            expect: self.expects(&period.expect),
        })
    }

    fn expects(&self, expect: &[Expect]) -> Vec<Expect> {
        expect.iter().filter_map(|expect| self.expect(expect)).collect()
    }

    fn lines(&self, given: &[(LineId, Constant)]) -> Result<Vec<(LineId, Constant)>, String> {
        let mut moved = Vec::new();
        for (line, value) in given {
            moved.extend(self.line(*line)?.map(|line| (line, value.clone())));
        }
        Ok(moved)
    }

    /// What balances begin with, under the new ids. A balance that the new contract does not keep is left out.
    fn opening(&self, opening: &[(BalanceId, Constant)]) -> Vec<(BalanceId, Constant)> {
        let moved = |(id, value): &(BalanceId, Constant)| {
            let name = self.old.name(Def::Balance(*id));
            let mut same = (0u32..).map(BalanceId).zip(&self.new.balances);
            same.find(|(_, other)| other.head.name == name).map(|(id, _)| (id, value.clone()))
        };
        opening.iter().filter_map(moved).collect()
    }

    fn def(&self, of: Def) -> Option<Def> {
        let name = self.old.name(of);
        let same = |def: &Def| self.new.name(*def) == name;
        self.new.things(kind_of(of)).into_iter().find(same)
    }

    /// Given figures under the new ids. A figure that the new contract does not ask for is left out.
    fn inputs(&self, given: &[(InputId, Constant)]) -> Result<Vec<(InputId, Constant)>, String> {
        let mut moved = Vec::new();
        for (id, value) in given {
            let Some(input) = self.old.input(*id) else { continue };
            let same = (0u32..).map(InputId).zip(&self.new.inputs);
            let Some((id, other)) = same.into_iter().find(|(_, other)| other.head.name == input.head.name)
            else {
                continue;
            };
            if !alike(self.old, &input.ty, self.new, &other.ty) {
                return Err(format!("“{}” is not in the unit that it was", input.head.title));
            }
            moved.push((id, value.clone()));
        }
        Ok(moved)
    }

    /// A line under its new id, if there is one.
    fn line(&self, id: LineId) -> Result<Option<LineId>, String> {
        let Some(line) = self.old.line(id) else { return Ok(None) };
        let mut same = (0u32..).map(LineId).zip(&self.new.lines);
        match same.find(|(_, other)| other.head.name == line.head.name) {
            Some((_, other)) if !alike(self.old, &line.ty, self.new, &other.ty) => {
                Err(format!("“{}” is not in the unit that it was", line.head.title))
            }
            found => Ok(found.map(|(id, _)| id)),
        }
    }

    /// What the old contract does not ask for, the example of the same name in the new one gives.
    fn complete(&self, given: &mut Vec<(InputId, Constant)>, own: &[(InputId, Constant)]) {
        let known = |id: InputId| {
            let name = self.new.name(Def::Input(id));
            self.old.inputs.iter().any(|input| input.head.name == name)
        };
        given.extend(own.iter().filter(|(id, _)| !known(*id)).cloned());
    }

    /// The amounts that the new contract must compute, or say why it cannot: what the old one paid, and what only the
    /// new one pays in the same place.
    fn payments(&self, was: &[Settled], of: Def) -> Vec<Expect> {
        let paid = was.iter().flat_map(|period| &period.payments);
        let paid = paid.filter_map(|payment| self.old.flows.get(payment.allocation));
        let paid: BTreeSet<&str> = paid.map(|flow| self.old.name(Def::Line(flow.amount))).collect();
        if paid.is_empty() {
            return Vec::new();
        }
        let own: &[FlowId] = match of {
            Def::Incentive(id) => self.new.incentive(id).map_or(&[], |incentive| &incentive.flows),
            Def::Payment(id) => self.new.payment(id).map_or(&[], |payment| payment.flow.as_slice()),
            _ => &[],
        };
        let known = |name: &str| self.old.lines.iter().any(|line| line.head.name == name);
        let due = (0u32..).map(FlowId).zip(&self.new.flows).filter(|(id, flow)| {
            let name = self.new.name(Def::Line(flow.amount));
            paid.contains(name) || (own.contains(id) && !known(name))
        });
        let expect = |(_, flow): (FlowId, &Flow)| Expect {
            what: Expected::Line { line: flow.amount, row: None, value: Constant::Missing, to: None },
            span: flow.head.span,
        };
        due.map(expect).collect()
    }

    /// A line that the old example expects, so that the new contract computes it too.
    fn expect(&self, expect: &Expect) -> Option<Expect> {
        let Expected::Line { line, row, value, to } = &expect.what else { return None };
        let line = self.line(*line).ok()??;
        let what = Expected::Line { line, row: *row, value: value.clone(), to: to.clone() };
        Some(Expect { what, span: expect.span })
    }
}

/// The effect in words: for each example that gives something else, who receives what before and now.
pub fn effect_text(program: &Program, effect: &Effect) -> String {
    let mut text = String::new();
    let mut same = 0usize;
    for example in &effect.examples {
        match &example.outcome {
            Ok(settled) if settled.is_same() => same += 1,
            _ => text.push_str(&example_text(program, example)),
        }
    }
    let all = effect.examples.len();
    let _ = match (same, all) {
        (_, 0) => writeln!(text, "The old contract has no examples to settle by both."),
        (same, all) => writeln!(text, "{same} of {all} examples of the old contract give what they gave"),
    };
    text
}

/// The effect on one example: the first line that differs, and who receives what before and now.
pub fn example_text(program: &Program, example: &ExampleEffect) -> String {
    let ExampleEffect { title, of, period, outcome } = example;
    let mut text = format!("{title}  ({of}, {period})\n");
    match outcome {
        Ok(settled) => {
            if let Some(LineEffect { title, before, after }) = &settled.first_line {
                let _ = writeln!(text, "  the first line that differs: {title}, {before} → {after}");
            }
            text.push_str(&partner_table(program, &settled.partners));
        }
        Err(reason) => {
            let _ = writeln!(text, "  not compared: {reason}");
        }
    }
    text
}

/// A line for each partner: before, after, and the difference.
pub fn partner_table(program: &Program, partners: &[PartnerEffect]) -> String {
    let unit = Unit::money(&program.contract.currency.code);
    let row = |partner: &PartnerEffect| {
        let change = &partner.after - &partner.before;
        let sign = if change.is_positive() { "+" } else { "" };
        let shown = [&partner.before, &partner.after].map(|amount| show(amount, &unit));
        let [before, after] = shown;
        [partner.title.clone(), before, after, format!("{sign}{}", show(&change, &unit))]
    };
    let head = ["", "before", "after", "difference"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(partners.iter().map(row)).collect();
    let width = |column: fn(&[String; 4]) -> &String| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0)
    };
    let (a, b, c, d) = (
        width(|[title, ..]| title),
        width(|[_, before, ..]| before),
        width(|[_, _, after, _]| after),
        width(|[.., change]| change),
    );
    let mut text = String::new();
    for [title, before, after, change] in &rows {
        let _ = writeln!(text, "  {title:a$}  {before:>b$}  {after:>c$}  {change:>d$}");
    }
    text
}
