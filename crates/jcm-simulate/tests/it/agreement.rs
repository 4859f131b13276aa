//! Columns against the exact evaluator, to the penny, on every shipped example whose cases have no rows: 100,000 draws
//! of each, many of them on thresholds and a grain beside them.

#![expect(
    clippy::cast_possible_truncation,
    reason = "figures of examples are far below what would be cut off"
)]

use crate::building::*;
use jcm_calculus::{InputId, Level, Settlement, Type, Value};
use jcm_eval::Prepared;
use jcm_quantity::Exact;
use jcm_simulate::{
    Begins, Changes, Figures, Left, PreparedYear, Run, Shape, Year, settle_block, settle_exactly,
};
use std::path::Path;

const DRAWS: usize = 100_000;

fn settlements() -> Vec<Settlement> {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let folders = std::fs::read_dir(goldens).unwrap().flatten();
    folders.filter_map(|folder| golden(folder.file_name().to_str()?)).collect()
}

/// The inputs that are figures, each with a figure that an example gives and the grain of its draws.
fn figures(settlement: &Settlement) -> Option<Vec<(InputId, Exact)>> {
    let mut figures = Vec::new();
    for (place, input) in (0u32..).zip(&settlement.inputs) {
        if input.level == Level::Row || !matches!(input.ty, Type::Number(_)) {
            return None;
        }
        let id = InputId(place);
        let given = settlement.vectors.iter().flat_map(|vector| &vector.given);
        let given = given.filter(|(known, _)| *known == id).find_map(|(_, value)| match value {
            Value::Number(number) => Some(number.clone()),
            _ => None,
        });
        figures.push((id, given.unwrap_or_else(Exact::one)));
    }
    Some(figures)
}

#[test]
fn columns_agree_with_the_exact_evaluator() {
    let (mut compared, mut in_columns) = (0, 0);
    for settlement in settlements() {
        let Some(figures) = figures(&settlement) else { continue };
        let alone =
            settlement.steps.iter().all(|step| step.level == Level::Case && step.expr.over_all().is_empty());
        if figures.is_empty() || !alone {
            continue;
        }
        let figure = |(id, around): &(InputId, Exact)| {
            let figure = varied(&settlement, id.0, Shape::Fixed(around.clone()), Changes::default());
            in_grains(figure, Exact::ratio(1, 10_000).unwrap())
        };
        let drawn_figures = figures.iter().map(figure).collect();
        let year = Year { watched: truths(&settlement), ..year(&settlement, 0, drawn_figures) };
        let drawn: Vec<Vec<i64>> =
            (1u64..).zip(&figures).map(|(salt, (_, around))| column(around, salt)).collect();
        let (prepared, ready) = (Prepared::new(&settlement), PreparedYear::new(&year));
        for first in (0..DRAWS).step_by(1000) {
            let block: Vec<Vec<i64>> =
                drawn.iter().map(|column| column[first..first + 1000].to_vec()).collect();
            let columns: Vec<Figures> = block.iter().cloned().map(Figures::from).collect();
            let begins = Begins { figures: &columns, before: &Left::default(), first: 0, exactly: false };
            let Ok(settled) = settle_block(&ready, begins) else { continue };
            in_columns += 1000 - settled.exactly;
            for run in 0..1000 {
                let figures: Vec<i64> = block.iter().map(|column| column[run]).collect();
                let exact = settle_exactly(&year, &prepared, &Run::from(figures.as_slice()), &settled.payees)
                    .unwrap();
                let found: Vec<i64> = settled.payments.iter().map(|column| column[run]).collect();
                assert_eq!(found, exact.payments, "{}: {figures:?}", settlement.name);
                let holds: Vec<bool> = settled.holds.iter().map(|column| column[run]).collect();
                assert_eq!(holds, exact.holds, "{}: {figures:?}", settlement.name);
                compared += 1;
            }
        }
    }
    assert!(compared >= DRAWS, "only {compared} draws were compared");
    assert!(in_columns * 2 > compared, "only {in_columns} of {compared} were settled in columns");
}

/// Figures around one, in ten-thousandths: spread by up to a quarter, or at a whole percent of it and a grain beside.
fn column(around: &Exact, salt: u64) -> Vec<i64> {
    let grains = (around * Exact::from_int(10_000)).floor().parts().unwrap().0 as i64;
    let mut state = salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: i64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state >> 1).unwrap() % below.max(1)
    };
    (0..DRAWS)
        .map(|_| match next(3) {
            0 => grains / 100 * (75 + next(51)) + next(3) - 1,
            1 => grains / 1000 * (950 + next(101)) + next(3) - 1,
            _ => grains - grains / 4 + next(grains.abs() / 2 + 1),
        })
        .collect()
}
