//! `simulation first_years of stour_valley, north_stour { runs: 10,000  vary actual_cost ~ normal, mean £1, sd 3% }`

mod chances;
mod changes;
mod distribution;

use super::dated;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{BoundTwice, OutOfRange, Shape as BadShape, UnknownName, near};
use crate::typing::Scope;
use jcm_model::{Cases, Def, InputId, LocalityId, MeasureId, Simulation, Together, Vary};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// The most rows of a case.
const MOST_ROWS: u32 = 10_000;
/// The most cases of a run.
const MOST_CASES: u32 = 10_000;
/// The most runs: more say nothing more, and take long.
const MOST_RUNS: u32 = 1_000_000;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, _id: u32) -> Option<Simulation> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let places = places(cx, declaration);
    let runs = whole(cx, &fields, "runs", u64::from(MOST_RUNS)).and_then(|runs| u32::try_from(runs).ok());
    let seed = whole(cx, &fields, "seed", u64::MAX);
    let periods = periods(cx, &fields);
    let rows = match fields.get("rows") {
        Some(_) => whole(cx, &fields, "rows", u64::from(MOST_ROWS)).and_then(|rows| u32::try_from(rows).ok()),
        None => Some(0),
    };
    let cases = cases(cx, &fields);
    let history = history(cx, &fields)?;
    let scope = scope(cx);
    let mut simulation = Simulation {
        head,
        places: Vec::new(),
        runs: 0,
        seed: 0,
        periods: Vec::new(),
        rows: 0,
        cases: cases?,
        history,
        vary: Vec::new(),
        together: Vec::new(),
        report: chances::report(cx, &fields, &scope)?,
        expect: Vec::new(),
    };
    let mut whole_body = true;
    for member in fields.others.clone() {
        whole_body &= statement(cx, &fields, &scope, &mut simulation, member).is_some();
    }
    if simulation.vary.is_empty() && whole_body && !fields.is_broken() {
        return cx.report(BadShape {
            what: "this simulation".to_owned(),
            span: fields.span,
            expected: "one or more inputs that vary".to_owned(),
            example: jcm_model::Shape::Normal.example().to_owned(),
        });
    }
    let together = if whole_body { together(cx, &fields, &scope, &simulation)? } else { Vec::new() };
    let (places, runs, seed, periods, rows) = (places?, runs?, seed?, periods?, rows?);
    Some(Simulation { places, runs, seed, periods, rows, together, ..simulation }).filter(|_| whole_body)
}

/// `vary …` or `expect …`
fn statement(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    scope: &Scope,
    simulation: &mut Simulation,
    member: &Member,
) -> Option<()> {
    let first = member.value.first().filter(|_| member.key.is_none());
    match first.and_then(|phrase| phrase.terms.first()).and_then(Term::word) {
        Some(Word::Vary) => {
            let vary = distribution::vary(cx, scope, member)?;
            if let Some(first) = simulation.vary.iter().find(|other| is_of_the_same(cx, other, &vary)) {
                let what = match first.whole == vary.whole {
                    true => format!("`{}`", name_of(cx, &vary)),
                    false => format!(
                        "the figure of `{}`, as a whole and by its part `{}`,",
                        name_of(cx, if vary.whole.is_some() { &vary } else { first }),
                        name_of(cx, if vary.whole.is_some() { first } else { &vary })
                    ),
                };
                return cx.report(BoundTwice { what, span: vary.span, first: first.span });
            }
            simulation.vary.push(vary);
        }
        Some(Word::Expect) => simulation.expect.push(chances::expect(cx, scope, member)?),
        _ => {
            fields.report_stray(cx, member);
            return None;
        }
    }
    Some(())
}

/// Whether two figures are drawn for one thing: twice the same, or a measure whole and a part of it.
fn is_of_the_same(cx: &Checker<'_>, one: &Vary, other: &Vary) -> bool {
    let has = |whole: Option<MeasureId>, part: InputId| {
        let measure = whole.and_then(|id| cx.parts.measures.get(id.index())?.as_ref());
        measure.is_some_and(|measure| measure.inputs().contains(&part))
    };
    one.input == other.input || has(one.whole, other.input) || has(other.whole, one.input)
}

/// The name of what is drawn.
fn name_of(cx: &Checker<'_>, vary: &Vary) -> String {
    let name = match vary.whole {
        Some(id) => cx.parts.measures.get(id.index()).and_then(Option::as_ref).map(|measure| &measure.head),
        None => cx.input(vary.input).map(|input| &input.head),
    };
    name.map(|head| head.name.clone()).unwrap_or_default()
}

/// The inputs and lines of the incentives by their own names, where only one has that name.
fn scope(cx: &Checker<'_>) -> Scope {
    let mut scope = Scope::empty();
    let mut twice = Vec::new();
    for (owner, name, def) in cx.members.iter() {
        if matches!(owner, Def::Incentive(_)) && scope.locals.insert(name.to_owned(), def).is_some() {
            twice.push(name.to_owned());
        }
    }
    scope.locals.retain(|name, _| {
        !twice.contains(name) && cx.names.get(name).is_none_or(|symbol| symbol.def.is_none())
    });
    scope
}

/// `of stour_valley, north_stour`: the contract and its localities; without it, the contract.
fn places(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Vec<Option<LocalityId>>> {
    let mut places = Vec::new();
    for (number, phrase) in declaration.header.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        let begins = number > 0 || reader.word(Word::Of);
        let Some(name) = reader.name().filter(|_| begins && reader.is_empty()) else {
            return cx.report(BadShape {
                what: "this simulation".to_owned(),
                span: phrase.span,
                expected: "`of`, the contract, and names of its localities".to_owned(),
                example: "simulation first_years of stour_valley, north_stour {".to_owned(),
            });
        };
        let names = |list: &str| -> Vec<String> {
            let named = cx.names.all(list).into_iter().map(|one| one.name.as_ref());
            named.map(|name| name.map_or_else(String::new, |name| name.text.clone())).collect()
        };
        let localities = names("locality");
        let place = localities.iter().position(|locality| *locality == name.text);
        if let Some(id) = place.and_then(|place| u32::try_from(place).ok()) {
            places.push(Some(LocalityId(id)));
        } else if names("contract").contains(&name.text) {
            places.push(None);
        } else {
            let near = near(&name.text, localities.iter().map(String::as_str));
            let wanted = "locality of this contract".to_owned();
            return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
        }
    }
    Some(if places.is_empty() { vec![None] } else { places })
}

/// `runs: 10,000`
fn whole(cx: &mut Checker<'_>, fields: &Fields<'_>, name: &str, most: u64) -> Option<u64> {
    let mut reader = fields.reader(name)?;
    let number = reader.number().filter(|_| reader.is_empty()).map(|digits| digits.replace(',', ""));
    let Some(number) = number.and_then(|digits| Exact::parse(&digits)) else { return fields.shape(cx, name) };
    let least = u64::from(name != "seed");
    let whole =
        number.parts().filter(|(_, below)| *below == 1).and_then(|(whole, _)| u64::try_from(whole).ok());
    if let Some(whole) = whole.filter(|whole| (least..=most).contains(whole)) {
        return Some(whole);
    }
    let plain = |number: u64| show(&Exact::from_i128(i128::from(number)), &Unit::none());
    cx.report(OutOfRange {
        what: format!("`{name}`"),
        span: fields.span_of(name),
        value: show(&number, &Unit::none()),
        range: format!("the whole numbers {} to {}", plain(least), plain(most)),
    })
}

/// `cases: 120`, or `cases: history`
fn cases(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Option<Cases>> {
    let Some(mut reader) = fields.reader("cases") else { return Some(None) };
    if reader.name().is_some_and(|name| name.text == "history") && reader.is_empty() {
        return Some(Some(Cases::OfHistory));
    }
    let many = whole(cx, fields, "cases", u64::from(MOST_CASES))?;
    u32::try_from(many).ok().map(|many| Some(Cases::Many(many)))
}

/// `history: "history.csv"`
fn history(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Option<(String, Span)>> {
    let Some(mut reader) = fields.reader("history") else { return Some(None) };
    let span = reader.span_here();
    match reader.text().filter(|name| reader.is_empty() && !name.trim().is_empty()) {
        Some(name) => Some(Some((name.to_owned(), span))),
        None => fields.shape(cx, "history"),
    }
}

/// `years: 2026/27 to 2028/29`; without it, every settlement period.
fn periods(cx: &mut Checker<'_>, fields: &Fields<'_>) -> Option<Vec<usize>> {
    let Some(mut reader) = fields.reader("years") else {
        let count = cx.parts.contract.as_ref()?.periods.len();
        return Some((0..count).collect());
    };
    let first_span = reader.span_here();
    let Some(first) = dated::period(cx, &mut reader) else { return fields.shape(cx, "years") };
    let first = dated::settlement_period(cx, &first, first_span)?;
    let mut last = first;
    if reader.word(Word::To) {
        let span = reader.span_here();
        let Some(period) = dated::period(cx, &mut reader) else { return fields.shape(cx, "years") };
        last = dated::settlement_period(cx, &period, span)?;
    }
    if last < first || !reader.is_empty() {
        return fields.shape(cx, "years");
    }
    Some((first..=last).collect())
}

/// `moving together: actual_cost with emergency_admissions by 0.6`
fn together(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    scope: &Scope,
    simulation: &Simulation,
) -> Option<Vec<Together>> {
    let Some(member) = fields.get("moving together") else { return Some(Vec::new()) };
    let mut made: Vec<Together> = Vec::new();
    for phrase in &member.value {
        let one = pair(cx, fields, scope, simulation, phrase)?;
        let (first, second) = one.pair;
        let same = |other: &&Together| other.pair == (first, second) || other.pair == (second, first);
        if let Some(other) = made.iter().find(same) {
            let what = "how these two move together".to_owned();
            return cx.report(BoundTwice { what, span: one.span, first: other.span });
        }
        made.push(one);
    }
    Some(made)
}

fn pair(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    scope: &Scope,
    simulation: &Simulation,
    phrase: &Phrase,
) -> Option<Together> {
    let mut reader = Reader::new(phrase);
    let mut varied = |reader: &mut Reader<'_>| -> Option<Option<usize>> {
        let path = reader.path()?;
        let span = path.first()?.span.to(path.last()?.span);
        let drawn = distribution::drawn(cx, scope, path);
        Some(drawn.and_then(|drawn| {
            let place = simulation.vary.iter().position(|vary| (vary.input, vary.whole) == drawn);
            place.or_else(|| not_varied(cx, path.iter().map(|name| name.text.as_str()), span, simulation))
        }))
    };
    let Some(first) = varied(&mut reader) else { return fields.shape(cx, "moving together") };
    let first = first?;
    if !reader.word(Word::With) {
        return fields.shape(cx, "moving together");
    }
    let Some(second) = varied(&mut reader) else { return fields.shape(cx, "moving together") };
    let second = second?;
    if !reader.word(Word::By) || first == second {
        return fields.shape(cx, "moving together");
    }
    let span = reader.span_here();
    let expr = crate::fields::read_terms(cx, reader.rest())?;
    let by = crate::constants::figure(cx, &expr, &Unit::none(), "how strongly two figures move together")?;
    if by.abs() > Exact::one() {
        return cx.report(OutOfRange {
            what: "how strongly two figures move together".to_owned(),
            span,
            value: show(&by, &Unit::none()),
            range: "-1 to 1".to_owned(),
        });
    }
    Some(Together { pair: (first, second), by, span: phrase.span })
}

fn not_varied<'n, T>(
    cx: &mut Checker<'_>,
    path: impl Iterator<Item = &'n str>,
    span: Span,
    simulation: &Simulation,
) -> Option<T> {
    let known: Vec<String> = simulation.vary.iter().map(|vary| name_of(cx, vary)).collect();
    let name = path.collect::<Vec<_>>().join(".");
    let near = near(&name, known.iter().map(String::as_str));
    cx.report(UnknownName { name, span, wanted: "input that varies in this simulation".to_owned(), near })
}
