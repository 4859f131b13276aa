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
mod changes;
mod cohort;
mod compare;
mod figures;
mod fixed;
mod funds;
mod journal;
mod ledger;
mod nearest;
mod notes;
mod open;
mod parts;
mod periods;
mod problem;
mod prove;
mod read;
mod record;
mod results;
mod run;
mod scales;
mod settle;
mod split;
mod state;
mod statement;
mod table;
mod undisputed;

pub use balances::BalanceMoved;
pub use changes::{Change, Changes, changes};
pub use cohort::{Cohort, CohortColumn, CohortPart, cohort, cohorts_csv};
pub use compare::{Compared, Comparison, Verdict, compare};
pub use fixed::{Fixed, fixed};
pub use funds::{FundAccount, FundPayment, fund_accounts, paid_now};
pub use jcm_eval::{Case, Prepared};
pub use jcm_spec::SpecError;
pub use journal::{Entry, EntryKind, journal, journal_csv};
pub use ledger::{Account, Ledger, ledger};
pub use notes::notes;
pub use open::{Open, OpenFigure};
pub use periods::{results_csv_in_order, settle_in_order};
pub use problem::{DataProblem, Problems, codes};
pub use prove::{Proof, prove};
pub use read::{read_data, read_disputes, read_earlier, read_overrides, read_periods};
pub use record::{FileRead, Settled, record};
pub use results::{By, Total, results_csv, totals};
pub use run::{Previous, Run, RunKind, read_run, sha256};
pub use settle::{Results, settle_table};
pub use state::{State, read_state};
pub use statement::{
    Given, PaidOut, Part, Statement, StatementLine, StatementRow, file_name, statement, statement_at,
};
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

    /// What is to be looked at before what was settled is paid: see [`notes`].
    pub fn notes(&self, tables: &[Table]) -> Vec<String> {
        notes(&self.settlement, tables)
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
    pub fn results_csv_in_order(&self, periods: &[Settled<'_>], by: By) -> String {
        results_csv_in_order(&self.settlement, periods, by)
    }

    /// Whether disputes over a table leave open what the period after it begins with.
    pub fn leaves_open(&self, table: &Table, results: &Results) -> bool {
        let next = table.period().saturating_add(1);
        let mut going_on = self.settlement.carried.iter().filter(|carried| !carried.begins_in(next));
        let is_open = |closing| results.undisputed.values().any(|case| case.line(closing, None).is_some());
        going_on.any(|carried| is_open(carried.closing))
    }

    /// A run after the one whose record is given, or the first: see [`read_run`].
    pub fn read_run(
        &self,
        tables: &[Table],
        kind: RunKind,
        previous: Option<(&str, &[u8])>,
    ) -> Result<Run, Problems> {
        read_run(&self.settlement, tables, kind, previous)
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
        run: &Run,
        periods: &[Settled<'_>],
        files: &[FileRead<'_>],
        program: &str,
    ) -> Result<String, SpecError> {
        jcm_spec::run::write(&record(&self.settlement, run, periods, files, program))
    }

    /// The results as CSV: see [`results_csv`].
    pub fn results_csv(&self, table: &Table, results: &Results, by: By) -> String {
        self.results_csv_of(table, results, &self.ledger(table, results, None), by)
    }

    /// The same with what a ledger says of each payee: see [`results_csv`].
    pub fn results_csv_of(&self, table: &Table, results: &Results, ledger: &Ledger, by: By) -> String {
        results_csv(&self.settlement, table, results, ledger, by)
    }

    /// What is paid now, payment by payment: see [`journal`].
    pub fn journal(&self, periods: &[Settled<'_>], run: Option<&Run>) -> Vec<Entry> {
        journal(&self.settlement, periods, run)
    }

    /// A journal as CSV: see [`journal_csv`].
    pub fn journal_csv(&self, entries: &[Entry]) -> String {
        journal_csv(&self.settlement, entries)
    }

    /// The case at a place of a table, explained line by line.
    pub fn statement_at(&self, table: &Table, results: &Results, case: usize) -> Option<Statement> {
        statement_at(&Prepared::new(&self.settlement), table, results, case)
    }

    /// What is known of the case at a place of a table: every input with the figure that counts.
    pub fn case_at(&self, table: &Table, case: usize) -> Case {
        settle::case_of(&self.settlement, table, case)
    }

    /// The figures that the contract fixes, as they are in force in the period of a table: see [`fixed`].
    pub fn fixed(&self, table: &Table) -> Vec<Fixed> {
        fixed(&self.settlement, table.period())
    }

    /// What every case brings to figures over all cases: see [`cohort`].
    pub fn cohort(&self, table: &Table, results: &Results) -> Option<Cohort> {
        cohort(&self.settlement, table, results)
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
