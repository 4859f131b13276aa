//! Shapes of data files.

use super::origins::Origins;
use crate::value::value_of;
use jcm_calculus::{Column, Dataset, InputId, Long, Published, Reading, StepId};
use jcm_model::Program;

pub(super) fn datasets(program: &Program, origins: &Origins<'_>) -> Vec<Dataset> {
    let dataset = |dataset: &jcm_model::Dataset| Dataset {
        name: dataset.head.name.clone(),
        title: dataset.head.title.clone(),
        period: dataset.period,
        period_column: dataset.period_column.clone(),
        key: dataset.key.clone(),
        row_key: dataset.row_key.clone(),
        long: Long {
            part: dataset.part.as_ref().map(|(header, part)| (header.clone(), part.months())),
            figures: dataset.figures.clone(),
        },
        columns: dataset.columns.iter().map(column).collect(),
        published: dataset.published.iter().map(published).collect(),
        missing: dataset.missing.clone(),
        suppressed: dataset.suppressed.clone(),
        leave_out: dataset.leave_out.clone(),
        origin: origins.of(format!("Schedule 8, {}", dataset.head.title), &dataset.head),
    };
    program.datasets.iter().map(dataset).collect()
}

fn column(column: &jcm_model::Column) -> Column {
    Column {
        header: column.header.clone(),
        input: InputId(column.input.0),
        reading: reading(&column.reading),
        rounded: column.rounded,
        received: column.received.as_ref().map(|(header, dates)| (header.clone(), reading(dates))),
        part: column.part,
    }
}

fn published(published: &jcm_model::Published) -> Published {
    Published {
        header: published.header.clone(),
        step: StepId(published.line.0),
        reading: reading(&published.reading),
        rounded: published.rounded,
    }
}

fn reading(reading: &jcm_model::Reading) -> Reading {
    match reading {
        jcm_model::Reading::Number => Reading::Number,
        jcm_model::Reading::Percent => Reading::Percent,
        jcm_model::Reading::PercentWithoutSign => Reading::PercentWithoutSign,
        jcm_model::Reading::Coded(codes) => {
            Reading::Coded(codes.iter().map(|(text, constant)| (text.clone(), value_of(constant))).collect())
        }
        jcm_model::Reading::Text => Reading::Text,
        jcm_model::Reading::DateYearFirst => Reading::DateYearFirst,
        jcm_model::Reading::DateDayFirst => Reading::DateDayFirst,
        jcm_model::Reading::DateMonthFirst => Reading::DateMonthFirst,
    }
}
