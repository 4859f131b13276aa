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

mod changes;
mod compare;
mod figures;
mod ledger;
mod nearest;
mod parts;
mod problem;
mod prove;
mod read;
mod record;
mod results;
mod run;
mod settle;
mod statement;
mod table;
mod undisputed;

pub use changes::{Change, Changes, changes};
pub use compare::{Compared, Comparison, Verdict, compare};
pub use jcm_eval::Prepared;
pub use jcm_spec::SpecError;
pub use ledger::{Account, Ledger, ledger};
pub use problem::{DataProblem, Problems, codes};
pub use prove::{Proof, prove};
pub use read::{read_data, read_disputes, read_earlier, read_overrides};
pub use record::{FileRead, Settled, record};
pub use results::{By, Total, results_csv, totals};
pub use run::{Previous, Run, RunKind, read_run};
pub use settle::{Results, settle_table};
pub use statement::{Given, PaidOut, Part, Statement, StatementLine, StatementRow, statement};
pub use table::Table;
pub use undisputed::{MOST_COMBINATIONS, Undisputed};

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

    /// Lets figures of earlier periods stand in for missing ones: see [`read_earlier`].
    pub fn read_earlier(&self, table: Table, files: &[(&str, &[u8])]) -> Result<Table, Problems> {
        read_earlier(&self.settlement, table, files)
    }

    /// Reads a file of disputes over figures of a table: see [`read_disputes`].
    pub fn read_disputes(&self, table: Table, file_name: &str, bytes: &[u8]) -> Result<Table, Problems> {
        read_disputes(&self.settlement, table, file_name, bytes)
    }

    /// Reads a file of overrides: see [`read_overrides`].
    pub fn read_overrides(&self, table: Table, file_name: &str, bytes: &[u8]) -> Result<Table, Problems> {
        read_overrides(&self.settlement, table, file_name, bytes)
    }

    /// Settles every case of a table: see [`settle_table`].
    pub fn settle(&self, table: &Table, progress: &dyn Fn(usize, usize)) -> Result<Results, Problems> {
        settle_table(&Prepared::new(&self.settlement), table, progress)
    }

    /// A run after the one whose record is given, or the first: see [`read_run`].
    pub fn read_run(
        &self,
        table: &Table,
        kind: RunKind,
        previous: Option<(&str, &[u8])>,
    ) -> Result<Run, Problems> {
        read_run(&self.settlement, table, kind, previous)
    }

    /// What each payee is paid, after what was paid before and short of what is in dispute: see [`ledger`].
    pub fn ledger(&self, table: &Table, results: &Results, run: Option<&Run>) -> Ledger {
        ledger(&self.settlement, table, results, run)
    }

    /// What changed since the run before: see [`changes`].
    pub fn changes(&self, table: &Table, results: &Results, run: &Run) -> Option<Changes> {
        changes(&self.settlement, table, results, run)
    }

    /// The record of a run as JSON: see [`record`].
    pub fn record(
        &self,
        settled: Settled<'_>,
        files: &[FileRead<'_>],
        program: &str,
    ) -> Result<String, SpecError> {
        jcm_spec::run::write(&record(&self.settlement, settled, files, program))
    }

    /// The results as CSV: see [`results_csv`].
    pub fn results_csv(&self, table: &Table, results: &Results, by: By) -> String {
        self.results_csv_of(table, results, &self.ledger(table, results, None), by)
    }

    /// The same with what a ledger says of each payee: see [`results_csv`].
    pub fn results_csv_of(&self, table: &Table, results: &Results, ledger: &Ledger, by: By) -> String {
        results_csv(&self.settlement, table, results, ledger, by)
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
