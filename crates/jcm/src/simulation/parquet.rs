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
    use super::rows::{COLUMNS, DIGITS, FIGURE, Row, rows};
    use jcm_parquet::{Cells, Column, parquet};
    use jcm_quantity::{Exact, RoundingMode};

    let rows = rows(simulated);
    let grain = Exact::ten_to(-i32::from(DIGITS));
    let in_grains = |row: &Row| {
        let rounded = row.figure.round(&grain, RoundingMode::HalfEven);
        rounded.checked_div(&grain)?.parts().map(|(whole, _)| whole)
    };
    let figures: Vec<i128> = rows.iter().map(in_grains).collect::<Option<_>>()?;
    let words = COLUMNS.iter().enumerate().map(|(place, name)| {
        let cells = rows.iter().filter_map(|row| row.words.get(place)).map(String::as_str).collect();
        Column { name, cells: Cells::Words(cells) }
    });
    let mut columns: Vec<Column<'_>> = words.collect();
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
