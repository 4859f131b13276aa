//! Examples, data files, localities and variations.

use super::{Thing, money};
use crate::figures::{days, figure};
use crate::spelling;
use jcm_model::{
    Constant, Dataset, Def, Example, Expected, InputId, LineId, Locality, ParameterRow, Program, Reading, Ty,
    Variation, VariedClause, VariedFigure,
};
use jcm_quantity::{Unit, show, show_date};

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> = program.examples.iter().map(|of| example(program, of)).collect();
    things.extend(program.datasets.iter().map(|of| dataset(program, of)));
    things.extend(program.localities.iter().map(|of| locality(program, of)));
    things.extend(program.variations.iter().map(|of| variation(program, of)));
    things
}

/// What an example gives or expects: by name, which pairs it with its like, and by title.
struct Label {
    key: String,
    label: String,
}

impl Label {
    /// `given “Actual cost”`, `expected “Payable” in 2027/28`; `at` says of what row, case or period.
    fn of(program: &Program, what: &str, at: &str, def: Def) -> Label {
        let (name, title) = (program.name(def), program.title(def));
        Label { key: format!("{what}{at} {name}"), label: format!("{what} “{title}”{at}") }
    }

    fn and(mut self, more: &str) -> Label {
        self.key.push_str(more);
        self.label.push_str(more);
        self
    }
}

fn example<'a>(program: &'a Program, example: &'a Example) -> Thing<'a> {
    let period = program.contract.periods.get(example.period).map_or("", |period| &period.label);
    Thing::of("example", &example.head)
        .named("of", program, [example.of])
        .fact("period", period)
        .each(&example.given, |thing, figure| given(thing, program, figure, ""))
        .each(&example.given_lines, |thing, line| given_line(thing, program, line, ""))
        .each(&example.rows, |thing, (row, figures)| {
            thing.each(figures, |thing, figure| given(thing, program, figure, &format!(" for {row}")))
        })
        .each(&example.others, |thing, (case, figures)| {
            thing.each(figures, |thing, figure| given(thing, program, figure, &format!(" for case {case}")))
        })
        .each(&example.opening, |thing, (id, value)| {
            let ty = program.balance(*id).map(|balance| Ty::Number(balance.unit.clone()));
            let label = Label::of(program, "given", "", Def::Balance(*id));
            value_of(thing, program, label, value, ty.as_ref())
        })
        .each(example.later.iter().enumerate(), |thing, (after, later)| {
            let place = example.period.saturating_add(after).saturating_add(1);
            later_period(thing, program, place, later)
        })
        .each(&example.expect, |thing, expect| {
            let row = |row: &Option<usize>| {
                let row = row.and_then(|row| example.rows.get(row));
                row.map_or_else(String::new, |(row, _)| format!(" for {row}"))
            };
            expected(thing, program, &expect.what, row)
        })
        .fact("source", &example.source)
}

/// One more period of an example, by the label of the period.
fn later_period<'a>(
    thing: Thing<'a>,
    program: &'a Program,
    place: usize,
    later: &'a jcm_model::ExamplePeriod,
) -> Thing<'a> {
    let period = program.contract.periods.get(place).map_or("", |period| &period.label);
    let at = format!(" in {period}");
    thing
        .fact(&format!("goes on in {period}"), "yes")
        .each(&later.given, |thing, figure| given(thing, program, figure, &at))
        .each(&later.given_lines, |thing, line| given_line(thing, program, line, &at))
        .each(&later.expect, |thing, expect| expected(thing, program, &expect.what, |_| at.clone()))
}

fn given<'a>(thing: Thing<'a>, program: &Program, (id, value): &(InputId, Constant), at: &str) -> Thing<'a> {
    let ty = program.input(*id).map(|input| &input.ty);
    value_of(thing, program, Label::of(program, "given", at, Def::Input(*id)), value, ty)
}

fn given_line<'a>(
    thing: Thing<'a>,
    program: &Program,
    (id, value): &(LineId, Constant),
    at: &str,
) -> Thing<'a> {
    let ty = program.line(*id).map(|line| &line.ty);
    value_of(thing, program, Label::of(program, "given", at, Def::Line(*id)), value, ty)
}

fn expected<'a>(
    thing: Thing<'a>,
    program: &Program,
    what: &Expected,
    at: impl Fn(&Option<usize>) -> String,
) -> Thing<'a> {
    match what {
        Expected::Line { line, row, value, to } => {
            let ty = program.line(*line).map(|line| &line.ty);
            let label = || Label::of(program, "expected", &at(row), Def::Line(*line));
            let thing = value_of(thing, program, label(), value, ty);
            let Some(to) = to else { return thing };
            let Label { key, label } = label().and(", compared");
            thing.about(&key, &label, (spelling::rounding(to), spelling::rounding(to)))
        }
        Expected::Receives { flow, partner, amount } => {
            let at = at(&None);
            let line = program.flow(*flow).map(|flow| Def::Line(flow.amount));
            let (name, title) = line.map_or(("", ""), |line| (program.name(line), program.title(line)));
            let partner = Def::Partner(*partner);
            let key = format!("expected{at} {} receives of {name}", program.name(partner));
            let label = format!("what {} is expected to receive by “{title}”{at}", program.title(partner));
            let money = show(amount, &Unit::money(&program.contract.currency.code));
            thing.about(&key, &label, (money, amount.text()))
        }
    }
}

fn value_of<'a>(
    thing: Thing<'a>,
    program: &Program,
    Label { key, label }: Label,
    value: &Constant,
    ty: Option<&Ty>,
) -> Thing<'a> {
    let (words, unit) = match ty {
        Some(ty) => (figure(program, value, ty), spelling::ty(program, ty)),
        None => Default::default(),
    };
    thing.about(&key, &label, (words, format!("{} {unit}", spelling::constant(value))))
}

fn dataset<'a>(program: &'a Program, dataset: &'a Dataset) -> Thing<'a> {
    let period = dataset.period.and_then(|period| program.contract.periods.get(period));
    let columns = dataset
        .columns
        .iter()
        .map(|column| (&column.header, Def::Input(column.input), &column.reading, column.rounded));
    let received =
        dataset.columns.iter().filter_map(|column| Some((&column.header, column.received.as_ref()?)));
    let published = dataset
        .published
        .iter()
        .map(|column| (&column.header, Def::Line(column.line), &column.reading, column.rounded));
    let column = |thing: Thing<'a>, (header, def, reading, rounded): (&String, Def, &Reading, bool)| {
        let rounded = if rounded { ", rounded" } else { "" };
        let reading = reading_words(reading);
        thing.exactly(
            &format!("column “{header}”"),
            format!("{}{reading}{rounded}", program.title(def)),
            format!("{}{reading}{rounded}", program.name(def)),
        )
    };
    Thing::of("dataset", &dataset.head)
        .fact("period", period.map_or("", |period| &period.label))
        .fact("key", &dataset.key.join(", "))
        .fact("row", &dataset.row_key.join(", "))
        .fact("part of the period", dataset.part.as_ref().map_or("", |(header, _)| header))
        .fact(
            "figures",
            &dataset
                .figures
                .as_ref()
                .map_or_else(String::new, |(name, figure)| format!("{figure} by {name}")),
        )
        .each(columns, column)
        .each(published, |thing, (header, def, reading, rounded)| {
            column(thing, (&format!("{header} (published)"), def, reading, rounded))
        })
        .fact("texts that stand for missing", &dataset.missing.join(", "))
        .fact("texts that stand for suppressed", &dataset.suppressed.join(", "))
        .each(received, |thing, (header, (dates, reading))| {
            let what = format!("column “{dates}”{}", reading_words(reading));
            thing.fact(&format!("when “{header}” was received"), &what)
        })
        .each(&dataset.leave_out, |thing, (header, texts)| {
            thing.fact(&format!("left out where “{header}” is"), &texts.join(", "))
        })
}

fn reading_words(reading: &Reading) -> String {
    match reading {
        Reading::Number => String::new(),
        Reading::Percent => ", with a percent sign".to_owned(),
        Reading::PercentWithoutSign => ", percent without its sign".to_owned(),
        Reading::Coded(codes) => {
            let code =
                |(text, value): &(String, Constant)| format!("“{text}” is {}", spelling::constant(value));
            format!(", {}", codes.iter().map(code).collect::<Vec<_>>().join(", "))
        }
        Reading::Text => ", as text".to_owned(),
        Reading::DateYearFirst => ", a date with the year first".to_owned(),
        Reading::DateDayFirst => ", a date with the day first".to_owned(),
        Reading::DateMonthFirst => ", a date with the month first".to_owned(),
    }
}

fn locality<'a>(program: &'a Program, locality: &'a Locality) -> Thing<'a> {
    Thing::of("locality", &locality.head).each(&locality.sets, |thing, setting| {
        let Some(parameter) = program.parameter(setting.parameter) else { return thing };
        let (words, exact) = money::rows(program, parameter, &setting.rows);
        thing.exactly(&parameter.head.name, words, exact)
    })
}

/// A variation by what it says. The figures that it sets are told where they stand.
fn variation<'a>(program: &'a Program, variation: &'a Variation) -> Thing<'a> {
    Thing::of("variation", &variation.head)
        .fact("first day", &show_date(variation.from))
        .fact("text that it varies", &variation.base)
        .fact("agreed by", &variation.agreed_by)
        .fact("agreed on", &show_date(variation.agreed_on))
        .fact("recorded in", &variation.minute)
        .fact("why", &variation.why)
        .each(&variation.figures, |thing, set| varied(thing, program, set))
        .each(&variation.clauses, |thing, change| {
            let (what, clause, by) = match *change {
                VariedClause::Replaces { clause, by } => ("replaces", clause, Some(by)),
                VariedClause::Adds(clause) => ("adds", clause, None),
                VariedClause::Removes(clause) => ("removes", clause, None),
            };
            let label = format!("{what} the clause {}", program.name(Def::Clause(clause)));
            thing.fact(&label, by.map_or("yes", |by| program.name(Def::Clause(by))))
        })
        .each(&variation.documents, |thing, (of, by)| {
            let label = format!("replaces the document {}", program.name(Def::Document(*of)));
            thing.fact(&label, program.name(Def::Document(*by)))
        })
        .fact("order of precedence", &super::parties::precedence(program, &variation.precedence))
}

fn varied<'a>(thing: Thing<'a>, program: &'a Program, set: &VariedFigure) -> Thing<'a> {
    let Some(parameter) = program.parameter(set.parameter) else { return thing };
    let mut label = format!("sets {}", parameter.head.name);
    for (key, (_, ty)) in set.keys.iter().zip(&parameter.keys) {
        label.push_str(&format!(" {}", figure(program, key, ty)));
    }
    let when = days(&program.contract, Some(set.from), set.until).unwrap_or_default();
    label = format!("{label} {when}").trim_end().to_owned();
    let row = ParameterRow { keys: Vec::new(), from: None, until: None, values: set.after.clone() };
    let (words, exact) = money::rows(program, parameter, &[row]);
    thing.exactly(&label, words, exact)
}
