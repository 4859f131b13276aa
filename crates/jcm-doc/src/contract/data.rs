//! Schedule 8: where the figures come from and who answers for them, the shapes of the data files from which the contract
//! is settled, and what the clauses say of data.

use super::{documentation, paragraph, schedule_part};
use crate::document::{Align, Block, Table, Text, capitalised, joined, plain, said};
use crate::english::{Wording, tidy};
use crate::places::{Places, with_ids};
use jcm_model::{Dataset, Def, MeasureId, Part, Reading, Ty};

/// The schedule, if a measure has a source, or there is a dataset or a clause on information.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let mut parts: Vec<Block> = sources(w).into_iter().collect();
    let datasets = (parts.len()..).zip(&w.program.datasets);
    parts.extend(datasets.map(|(place, dataset)| part(w, place, dataset)));
    if let Some(clauses) = super::subjects::table(w, Part::Information) {
        let title = "Protection, sharing and audit of data";
        parts.push(schedule_part(8, parts.len(), title, "data-clauses", vec![clauses]));
    }
    (!parts.is_empty()).then(|| super::schedule(8, "Data", parts))
}

/// Where the figures of the measures come from, and who answers for them.
fn sources(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Measure", Align::Left),
        ("Source", Align::Left),
        ("Version", Align::Left),
        ("Collected by", Align::Left),
        ("Verified by", Align::Left),
        ("Reported", Align::Left),
    ];
    let mut table = Table::new("Where the figures of the measures come from", &heads);
    for (id, measure) in with_ids(&w.program.measures, MeasureId) {
        let reported = measure.particulars.iter().find(|(field, _)| field == "reported");
        let cells = [
            said(&tidy(&measure.source)),
            said(&tidy(&measure.version)),
            w.named(&measure.collected_by),
            w.named(&measure.verified_by),
            said(&reported.map_or_else(String::new, |(_, text)| super::capital(&tidy(text)))),
        ];
        if cells.iter().flatten().any(|inline| !inline.text().is_empty()) {
            let name = w.link(Def::Measure(id), w.title(Def::Measure(id)));
            table.row(std::iter::once(name).chain(cells).collect());
        }
    }
    table.drop_empty_columns();
    let any = !table.rows.is_empty();
    any.then(|| schedule_part(8, 0, "Sources of the figures", "data-sources", vec![Block::Table(table)]))
}

fn part(w: &Wording<'_>, place: usize, dataset: &Dataset) -> Block {
    let mut blocks = documentation(&dataset.head.doc);
    blocks.push(paragraph(&shape(w, dataset)));
    blocks.push(columns(w, dataset));
    blocks.extend(published(w, dataset));
    let quoted = |texts: &[String], joint: &str| {
        let texts = texts.iter().map(|text| said(&format!("“{text}”"))).collect();
        plain(&joined(texts, joint))
    };
    if dataset.missing.is_empty() {
        blocks.push(paragraph("An empty cell stands for a figure that is missing."));
    } else {
        let verb = if dataset.missing.len() == 1 { "does" } else { "do" };
        let marks = quoted(&dataset.missing, " and ");
        blocks.push(paragraph(&format!(
            "An empty cell stands for a figure that is missing, and so {verb} {marks}."
        )));
    }
    if !dataset.suppressed.is_empty() {
        let marks = quoted(&dataset.suppressed, " or ");
        blocks.push(paragraph(&format!(
            "A cell that holds {marks} stands for a figure that is kept back because it is small."
        )));
    }
    for column in &dataset.columns {
        if let Some((header, _)) = &column.received {
            blocks.push(paragraph(&format!(
                "The column “{header}” says on which day the figure in “{}” came.",
                column.header
            )));
        }
    }
    for (header, texts) in &dataset.leave_out {
        let texts = quoted(texts, " or ");
        blocks.push(paragraph(&format!("Rows in which the column “{header}” holds {texts} are left out.")));
    }
    let title = if dataset.head.title.is_empty() { &dataset.head.name } else { &dataset.head.title };
    schedule_part(8, place, title, &Places::extra("dataset", &dataset.head.name), blocks)
}

fn shape(w: &Wording<'_>, dataset: &Dataset) -> String {
    let headers =
        |headers: &[String]| headers.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" and ");
    let key = headers(&dataset.key);
    let of_period = if dataset.period_column.is_some() { " of a period" } else { "" };
    let mut text = if let Some(text) = long_shape(dataset, &key) {
        text
    } else if dataset.row_key.is_empty() {
        format!("The file has one row for each case{of_period}; {key} names the case.")
    } else {
        let row = headers(&dataset.row_key);
        format!(
            "The file has several rows for each case{of_period}; {key} names the case, and {row} the row in it."
        )
    };
    if let Some(column) = &dataset.period_column {
        let example = w.program.contract.periods.first().map_or("", |period| period.label.as_str());
        text.push_str(&format!(" “{column}” says which period a row is of, such as {example}."));
    }
    if let Some(period) = dataset.period.and_then(|place| w.program.contract.periods.get(place)) {
        text.push_str(&format!(" It holds the figures of {} ({}).", period.label, period.describe()));
    }
    text
}

/// The rows of a file in long form.
fn long_shape(dataset: &Dataset, key: &str) -> Option<String> {
    let mut text = match (&dataset.part, &dataset.figures) {
        (None, None) => return None,
        (Some((_, part)), None) => {
            format!("The file has one row for each case and {}; {key} names the case", part.name())
        }
        (None, Some((name, _))) => {
            format!("The file has one row for each figure; {key} names the case, “{name}” the figure")
        }
        (Some((_, part)), Some((name, _))) => format!(
            "The file has one row for each figure of a {}; {key} names the case, “{name}” the figure",
            part.name()
        ),
    };
    if let Some((_, figure)) = &dataset.figures {
        text.push_str(&format!(", and “{figure}” holds it"));
    }
    text.push('.');
    if let Some((header, part)) = &dataset.part {
        text.push_str(&format!(
            " “{header}” says which {} of the settlement period a row is of; {} 1 is the first of the period.",
            part.name(),
            part.name()
        ));
    }
    Some(text)
}

fn columns(w: &Wording<'_>, dataset: &Dataset) -> Block {
    let heads = [
        (if dataset.figures.is_some() { "Figure" } else { "Column" }, Align::Left),
        ("What it becomes", Align::Left),
        ("Unit", Align::Left),
        ("How a cell is read", Align::Left),
    ];
    let mut table = Table::new("Columns that are used", &heads);
    for column in &dataset.columns {
        let Some(input) = w.program.input(column.input) else { continue };
        let what = capitalised(w.name(Def::Input(column.input)).text);
        let reading = reading(w, &column.reading, &input.ty, column.rounded);
        table.row(vec![said(&column.header), what, said(&w.unit_text(&input.ty)), reading]);
    }
    Block::Table(table)
}

fn published(w: &Wording<'_>, dataset: &Dataset) -> Option<Block> {
    let heads = [
        ("Column", Align::Left),
        ("The line that it is compared with", Align::Left),
        ("How a cell is read", Align::Left),
    ];
    let mut table = Table::new("Columns of published results", &heads);
    for column in &dataset.published {
        let Some(line) = w.program.line(column.line) else { continue };
        let what = capitalised(w.reference(Def::Line(column.line), "x"));
        table.row(vec![said(&column.header), what, reading(w, &column.reading, &line.ty, column.rounded)]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn reading(w: &Wording<'_>, reading: &Reading, ty: &Ty, rounded: bool) -> Text {
    let mut text = match reading {
        Reading::Number => "A number".to_string(),
        Reading::Percent => "A percentage with its sign".to_string(),
        Reading::PercentWithoutSign => "A percentage without a sign".to_string(),
        Reading::Text => "Text as it stands".to_string(),
        Reading::DateYearFirst => "A date: year-month-day".to_string(),
        Reading::DateDayFirst => "A date: day/month/year".to_string(),
        Reading::DateMonthFirst => "A date: month/day/year".to_string(),
        Reading::Coded(codes) if codes.is_empty() => "The name of a choice".to_string(),
        Reading::Coded(codes) => {
            let code = |(text, value): &(String, jcm_model::Constant)| {
                format!("“{text}” is {}", w.constant_text(value, ty))
            };
            capital(&codes.iter().map(code).collect::<Vec<_>>().join("; "))
        }
    };
    if rounded {
        text.push_str("; rounded to its last place");
    }
    said(&text)
}

fn capital(text: &str) -> String {
    super::front::capital(text)
}
