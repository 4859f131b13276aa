//! The figures of a simulation as a Parquet file, for the tools that analysts load data with.

use super::result::Simulated;

/// The rows of the comma-separated values as a Parquet file, the figure as a decimal number.
///
/// # Errors
///
/// Why there is none: this compiler was built without, or a figure has more digits than fit there.
#[cfg(feature = "parquet")]
pub fn simulation_parquet(simulated: &Simulated) -> Result<Vec<u8>, &'static str> {
    table(simulated).ok_or("a figure has more digits than a decimal number of Parquet holds")
}

/// Why there is no Parquet file: this compiler was built without.
///
/// # Errors
///
/// Always, with how to get one that makes it.
#[cfg(not(feature = "parquet"))]
pub fn simulation_parquet(_: &Simulated) -> Result<Vec<u8>, &'static str> {
    Err(
        "this jcm was built without Parquet; `cargo install --path crates/jcm-cli --features parquet`, in the folder of its \
         sources, installs one that makes it",
    )
}

#[cfg(feature = "parquet")]
fn table(simulated: &Simulated) -> Option<Vec<u8>> {
    use super::rows::{COLUMNS, DIGITS, FIGURE, each_row};
    use jcm_parquet::{Cells, Column, parquet};
    use jcm_quantity::{Exact, RoundingMode};
    use std::collections::BTreeSet;

    // The same words stand in many rows: each is kept once, and its rows point to it.
    let mut known: BTreeSet<String> = BTreeSet::new();
    each_row(simulated, &mut |words, _| {
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            if !known.contains(word) {
                known.insert(word.to_owned());
            }
        }
    });
    let grain = Exact::ten_to(-i32::from(DIGITS));
    let in_grains = |figure: &Exact| {
        let rounded = figure.round(&grain, RoundingMode::HalfEven);
        rounded.checked_div(&grain)?.parts().map(|(whole, _)| whole)
    };
    let mut figures: Vec<Option<i128>> = Vec::new();
    let mut cells: [Vec<&str>; 5] = Default::default();
    each_row(simulated, &mut |words, figure| {
        figures.push(in_grains(figure));
        for (cells, word) in cells.iter_mut().zip(words) {
            cells.push(known.get(word).map_or("", String::as_str));
        }
    });
    let words = COLUMNS.iter().zip(cells);
    let mut columns: Vec<Column<'_>> =
        words.map(|(name, cells)| Column { name, cells: Cells::Words(cells) }).collect();
    let figures = figures.into_iter().collect::<Option<_>>()?;
    columns.push(Column { name: FIGURE, cells: Cells::Decimals(figures, DIGITS) });
    let (runs, seed) = (simulated.runs.to_string(), simulated.seed.to_string());
    let notes = [
        ("simulation", simulated.name.as_str()),
        ("source_hash", &simulated.source_hash),
        ("hash", &simulated.hash),
        ("runs", &runs),
        ("seed", &seed),
    ];
    parquet(&columns, &notes)
}
