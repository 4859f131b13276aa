//! Settles data files by a settlement specification, without the compiler: the library that a finance system embeds.
//!
//! ```text
//! let engine = Engine::from_json(&specification)?;                        // settlement.json, made by `jcm build`
//! let proofs = engine.prove();                                            // its test vectors, run
//! let table = engine.read(None, None, "results.csv", &bytes)?;            // cases with exact inputs
//! let results = engine.settle(&table, &|done, total| ..)?;                // every line and payment of every case
//! let csv = engine.results_csv(&table, &results, By::Case);               // for the ledger
//! let statement = engine.statement(&table, &results, "A1001")?.text();    // for the people who are paid
//! let comparison = engine.compare(&table, &results, "EarnSaveLoss")?;     // with what was published
//! ```
//!
//! A file with anything wrong in it is not settled at all; [`Problems`] says everything that is wrong, each with its
//! row, column and cell. Nothing here reads or writes files, prints, or looks at a clock.

mod balances;
mod compare;
mod figures;
mod nearest;
mod periods;
mod problem;
mod prove;
mod read;
mod results;
mod settle;
mod state;
mod statement;
mod table;

pub use balances::BalanceMoved;
pub use compare::{Compared, Comparison, Verdict, compare};
pub use jcm_eval::Prepared;
pub use jcm_spec::SpecError;
pub use periods::{results_csv_in_order, settle_in_order};
pub use problem::{DataProblem, Problems, codes};
pub use prove::{Proof, prove};
pub use read::{read_data, read_periods};
pub use results::{By, Total, results_csv, totals};
pub use settle::{Results, settle_table};
pub use state::{State, read_state};
pub use statement::{Given, PaidOut, Part, Statement, StatementLine, StatementRow, statement};
pub use table::Table;

use jcm_calculus::Settlement;

/// A settlement specification ready to settle data files.
#[derive(Debug)]
pub struct Engine {
    settlement: Settlement,
}

impl Engine {
    /// Reads a `settlement.json` and checks it.
    pub fn from_json(text: &str) -> Result<Self, SpecError> {
        jcm_spec::read(text).map(Self::new)
    }

    /// Takes a settlement that has been checked.
    pub fn new(settlement: Settlement) -> Self {
        Self { settlement }
    }

    /// The settlement.
    pub fn settlement(&self) -> &Settlement {
        &self.settlement
    }

    /// Runs the test vectors of the specification: see [`prove`].
    pub fn prove(&self) -> Vec<Proof> {
        prove(&self.settlement)
    }

    /// Reads a data file: see [`read_data`].
    pub fn read(
        &self,
        dataset: Option<&str>,
        period: Option<&str>,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<Table, Problems> {
        read_data(&self.settlement, dataset, period, file_name, bytes)
    }

    /// Settles every case of a table: see [`settle_table`].
    pub fn settle(&self, table: &Table, progress: &dyn Fn(usize, usize)) -> Result<Results, Problems> {
        settle_table(&Prepared::new(&self.settlement), table, progress)
    }

    /// Reads a data file that may hold several periods: see [`read_periods`].
    pub fn read_periods(
        &self,
        dataset: Option<&str>,
        period: Option<&str>,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<Vec<Table>, Problems> {
        read_periods(&self.settlement, dataset, period, file_name, bytes)
    }

    /// Whether what a period leaves matters for the next, so that periods are settled in order.
    pub fn carries(&self) -> bool {
        !self.settlement.carried.is_empty()
    }

    /// Reads what the period before left: see [`read_state`].
    pub fn read_state(&self, table: &Table, file_name: &str, bytes: &[u8]) -> Result<State, Problems> {
        read_state(&self.settlement, table.dataset(), file_name, bytes)
    }

    /// Settles several periods one after the other: see [`settle_in_order`].
    pub fn settle_in_order(
        &self,
        tables: &mut [Table],
        opening: &mut State,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Vec<Results>, Problems> {
        settle_in_order(&Prepared::new(&self.settlement), tables, opening, progress)
    }

    /// The results of several periods as one CSV: see [`results_csv_in_order`].
    pub fn results_csv_in_order(&self, tables: &[Table], results: &[Results], by: By) -> String {
        results_csv_in_order(&self.settlement, tables, results, by)
    }

    /// The results as CSV: see [`results_csv`].
    pub fn results_csv(&self, table: &Table, results: &Results, by: By) -> String {
        results_csv(&self.settlement, table, results, by)
    }

    /// What is paid in all, by payment and party.
    pub fn totals(&self, results: &Results) -> Vec<Total> {
        totals(&self.settlement, results)
    }

    /// One case explained line by line.
    pub fn statement(&self, table: &Table, results: &Results, key: &str) -> Result<Statement, Problems> {
        statement(&Prepared::new(&self.settlement), table, results, key)
    }

    /// The results beside a column of published ones: see [`compare`].
    pub fn compare(&self, table: &Table, results: &Results, header: &str) -> Result<Comparison, Problems> {
        compare(&Prepared::new(&self.settlement), table, results, header)
    }
}
