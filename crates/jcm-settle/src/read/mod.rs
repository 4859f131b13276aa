//! From a data file to a table of cases with exact inputs, or to everything that is wrong with the file.

mod cases;
pub(crate) mod cell;
mod disputes;
mod earlier;
mod fit;
mod overlay;
mod overrides;
mod rows;

pub(crate) use cases::is_missing;
pub use disputes::read_disputes;
pub use earlier::read_earlier;
pub(crate) use fit::Places;
pub use overrides::read_overrides;
pub(crate) use rows::Row;

use crate::problem::Problems;
use crate::table::Table;
use jcm_calculus::Settlement;

/// Reads a data file: UTF-8 text with a header, separated by commas (by semicolons or tabs where the header is).
///
/// `dataset` names one of the contract's datasets; without it the one is taken whose columns the file has. `period`
/// is the label of the period to settle; without it the dataset's own. In long form, the rows of one key make one
/// case; cases and rows keep the order of the file. Rows whose cells are all empty are passed over. If anything is
/// wrong, all of it is said (up to a hundred problems) and nothing is read.
pub fn read_data(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    read_file(settlement, dataset, period, file_name, bytes, cases::Absent::Refused)
}

/// The same for a file of an earlier period, of which only what can be carried forward is wanted.
fn read_leniently(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    read_file(settlement, dataset, period, file_name, bytes, cases::Absent::Accepted)
}

fn read_file(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
    absent: cases::Absent,
) -> Result<Table, Problems> {
    let text = rows::text_of(file_name, bytes)?;
    let sheet = rows::split(file_name, text, &fit::headers_of_all(settlement))?;
    let dataset = fit::choose(settlement, dataset, file_name, &sheet.header)?;
    let period = fit::period(settlement, dataset, period, file_name)?;
    let places = fit::places(settlement, dataset, file_name, &sheet.header)?;
    cases::gather(settlement, file_name, sheet, places, period, absent)
}
