//! `contract name "Title" { term: …, settled: … }`

use super::calendar;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{DatesDisordered, NoContract, PeriodsUntiled, UnitMismatch, UnknownName};
use crate::units::{date, describe_unit, quantity};
use jcm_model::{Contract, Rounding};
use jcm_quantity::{Currency, Cycle, Date, Period, Unit, show_date};
use jcm_source::Span;
use jcm_syntax::ast::Word;
use jcm_syntax::expression::{ExprKind, Reader};

/// Reads the one contract.
pub(super) fn read(cx: &mut Checker<'_>) {
    let contracts = cx.names.all("contract");
    let Some(first) = contracts.first().copied() else {
        let file = cx.project.modules.first().map_or(jcm_source::FileId(0), |module| module.file);
        cx.report::<()>(NoContract { span: Span::new(file, 0, 0), first: None });
        return;
    };
    for second in contracts.iter().skip(1) {
        cx.report::<()>(NoContract { span: second.kind_span, first: Some(first.kind_span) });
    }
    let head = head(cx, first);
    let Some(fields) = Fields::of(cx, first, None) else { return };
    for member in &fields.others {
        if super::standard::waives(member).is_none() {
            fields.report_stray(cx, member);
        }
    }
    let currency = currency(cx, &fields);
    let term = term(cx, &fields);
    cx.parts.first_day = term.as_ref().map(|term| term.start);
    let settled = settled(cx, &fields);
    let rounding = currency.as_ref().and_then(|currency| rounding(cx, &fields, currency));
    let follows = fields.names(cx, "follows").iter().map(|name| (name.text.clone(), name.span)).collect();
    let disputed = super::doubt::of_contract(cx, &fields);
    let law = fields.text(cx, "law");
    if fields.get("calendar").is_some() {
        cx.parts.calendar = Some(fields.name(cx, "calendar").and_then(|name| calendar::named(cx, name)));
    }
    let precedence = super::precedence::read(cx, &fields);
    let periods = match (&term, &settled) {
        (Some(term), Some(settled)) => periods(cx, &fields, term, settled),
        _ => None,
    };
    let made = (|| {
        let (term, settled) = (term?, settled?);
        Some(Contract {
            head: head?,
            follows,
            start: term.start,
            end: term.end,
            extension_months: term.extension_months,
            currency: currency?,
            law,
            precedence: precedence?,
            periods: periods?,
            settled_every: settled.every,
            reconciled_every: settled.reconciled,
            provisional_months: settled.provisional,
            final_months: settled.last,
            disputed,
            rounding: rounding?,
        })
    })();
    cx.parts.contract = made;
}

struct Term {
    start: Date,
    /// The first day after the last.
    end: Date,
    extension_months: u32,
}

struct Settled {
    every: Cycle,
    /// The years by which it is reconciled.
    reconciled: Cycle,
    provisional: Option<u32>,
    last: Option<u32>,
}

fn currency(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Currency> {
    let name = fields.name(cx, "currency")?;
    if let Some(currency) = Currency::named(&name.text) {
        return Some(currency);
    }
    let usual = ["GBP", "EUR", "USD"];
    let near = Some(crate::problems::near(&name.text, usual)).filter(|near| !near.is_empty());
    // Whoever writes `pounds` is helped by seeing what a code looks like.
    let near = near.unwrap_or_else(|| usual.map(str::to_owned).to_vec());
    cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted: "currency".to_owned(), near })
}

fn term(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Term> {
    let mut reader = fields.reader("term")?;
    let start = reader.date();
    let to = reader.word(Word::To);
    let last = reader.date();
    let (Some(start), true, Some(last), true) = (start, to, last, reader.is_empty()) else {
        return fields.shape(cx, "term");
    };
    let span = fields.span_of("term");
    let (start, last) = (date(cx, start, span), date(cx, last, span));
    let (start, last) = (start?, last?);
    if last < start {
        return cx.report(DatesDisordered { span, start: show_date(start), end: show_date(last) });
    }
    let extension_months = match fields.get("term")?.value.get(1) {
        Some(phrase) => {
            let mut reader = Reader::new(phrase);
            let months = if reader.spelled("extendable") && reader.word(Word::By) {
                months(&mut reader)
            } else {
                None
            };
            match months {
                Some(months) => months,
                None => return fields.shape(cx, "term"),
            }
        }
        None => 0,
    };
    Some(Term { start, end: last.tomorrow().ok()?, extension_months })
}

/// `2 years`, `6 months`.
fn months(reader: &mut Reader<'_>) -> Option<u32> {
    let count: u32 = reader.number()?.parse().ok()?;
    let per = match reader.name()?.text.as_str() {
        "year" | "years" => 12,
        "quarter" | "quarters" => 3,
        "month" | "months" => 1,
        _ => return None,
    };
    count.checked_mul(per).filter(|months| *months <= 1200 && reader.is_empty())
}

fn settled(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Settled> {
    let mut phrases = fields.get("settled")?.value.iter();
    let mut reader = Reader::new(phrases.next()?);
    let Some(every) = every(&mut reader) else { return fields.shape(cx, "settled") };
    let mut settled = Settled { every, reconciled: every.year(), provisional: None, last: None };
    for phrase in phrases {
        let mut reader = Reader::new(phrase);
        if reader.spelled("reconciled") {
            let year = self::every(&mut reader).filter(|year| year.months() == 12 && every.makes_up(*year));
            let Some(year) = year else { return fields.shape(cx, "settled") };
            settled.reconciled = year;
            continue;
        }
        let provisional = reader.spelled("provisional");
        let place = if provisional { &mut settled.provisional } else { &mut settled.last };
        let known = provisional || reader.spelled("final");
        *place = if known && reader.word(Word::Within) { months(&mut reader) } else { None };
        if place.is_none() {
            return fields.shape(cx, "settled");
        }
    }
    Some(settled)
}

/// `every contract_year`, or with a space as deadlines have it, and nothing after it.
fn every(reader: &mut Reader<'_>) -> Option<Cycle> {
    reader.word(Word::Every).then_some(())?;
    let mut name = reader.name()?.text.clone();
    if let Some(second) = reader.name() {
        name = format!("{name}_{}", second.text);
    }
    Cycle::named(&name).filter(|_| reader.is_empty())
}

fn rounding(cx: &mut Checker<'_>, fields: &Fields<'_>, currency: &Currency) -> Option<Rounding> {
    let mut reader = fields.reader("rounding")?;
    let mode = reader.name();
    let (Some(mode), true) = (mode, reader.word(Word::To)) else { return fields.shape(cx, "rounding") };
    let mode = crate::typing::rounding_mode(cx, mode)?;
    let grain = crate::fields::read_terms(cx, reader.rest())?;
    let ExprKind::Literal(literal) = &grain.kind else { return fields.shape(cx, "rounding") };
    let Some((value, unit)) = quantity(cx, literal, grain.span) else { return fields.shape(cx, "rounding") };
    let needed = Unit::money(&currency.code);
    if !unit.same_kind(&needed) {
        return cx.report(UnitMismatch {
            span: grain.span,
            found: describe_unit(&unit),
            expected: describe_unit(&needed),
            why: "for the rounding of payments".to_owned(),
            declared: Some((fields.span_of("currency"), "the currency of the contract".to_owned())),
            mend: None,
        });
    }
    if !value.is_positive() {
        return fields.shape(cx, "rounding");
    }
    Some(Rounding { mode, grain: value })
}

/// The settlement periods, which must fill the term.
fn periods(cx: &mut Checker<'_>, fields: &Fields<'_>, term: &Term, settled: &Settled) -> Option<Vec<Period>> {
    let why = match tiled(term, settled.every) {
        Ok(periods) => return Some(periods),
        Err(why) => why,
    };
    let others =
        [Cycle::ContractYear, Cycle::Quarter, Cycle::Month, Cycle::ContractQuarter, Cycle::ContractMonth];
    let fits: Vec<Cycle> = others.into_iter().filter(|cycle| tiled(term, *cycle).is_ok()).collect();
    let year = Cycle::ContractYear.of_contract(term.start, 0);
    cx.report(PeriodsUntiled { span: fields.span_of("term"), every: settled.every, why, fits, year })
}

/// The periods of a term one after the other, or why they do not fill it.
fn tiled(term: &Term, every: Cycle) -> Result<Vec<Period>, String> {
    let mut periods = Vec::new();
    let mut start = term.start;
    while start < term.end {
        let period = every.period_of(start, term.start).filter(|period| period.start == start);
        let Some(period) = period else {
            return Err(format!("{} is not the first day of a {}", show_date(start), every.words()));
        };
        if period.end > term.end {
            return Err(format!(
                "the period that begins on {} runs beyond the last day of the term",
                show_date(start)
            ));
        }
        start = period.end;
        periods.push(period);
        if periods.len() > 1200 {
            return Err("the term holds more than 1,200 periods".to_owned());
        }
    }
    Ok(periods)
}
