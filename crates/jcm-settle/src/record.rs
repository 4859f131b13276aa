//! The record of a run, for the run after it and for other programs.

use crate::ledger::Ledger;
use crate::results::{payees, plain_value};
use crate::run::{Run, of_level, payee_of, sha256, unit_of};
use crate::settle::Results;
use crate::table::{Award, Awarded, CaseData, Dispute, Mark, Table};
use jcm_calculus::{InputId, Level, Settlement};
use jcm_eval::Outcome;
use jcm_quantity::Exact;
use jcm_spec::run as wire;
use jcm_spec::v1::Figure;

/// A file that a run was settled from.
#[derive(Debug, Clone, Copy)]
pub struct FileRead<'a> {
    /// What it was read as: `data`, `earlier`, `disputes` or `overrides`.
    pub role: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What is recorded of a run.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'a> {
    /// The cases.
    pub table: &'a Table,
    /// What they came to.
    pub results: &'a Results,
    /// What is paid.
    pub ledger: &'a Ledger,
    /// Which run it is.
    pub run: &'a Run,
}

/// The record of a run. `program` names the program that writes it, such as `jcm 0.1.0`.
pub fn record(
    settlement: &Settlement,
    settled: Settled<'_>,
    files: &[FileRead<'_>],
    program: &str,
) -> wire::RunRecord {
    let Settled { table, results, ledger, run } = settled;
    let line = |level: Level| {
        of_level(settlement, level).map(move |(_, step)| wire::LineHead {
            name: step.name.clone(),
            title: step.title.clone(),
            per_row: level == Level::Row,
            unit: unit_of(step),
        })
    };
    let file = |file: &FileRead<'_>| wire::File {
        role: file.role.to_owned(),
        name: file.name.to_owned(),
        sha256: sha256(file.bytes),
    };
    let previous = run.previous.as_ref();
    wire::RunRecord {
        jcm: wire::Mark::Run,
        version: wire::VERSION,
        program: program.to_owned(),
        run: run.kind.wire(run.number()),
        previous: previous
            .map(|previous| wire::Previous { run: previous.record.run, sha256: previous.sha256.clone() }),
        contract: wire::Contract {
            name: settlement.name.clone(),
            title: settlement.title.clone(),
            currency: settlement.currency.code.clone(),
            source_hash: settlement.source_hash.clone(),
        },
        dataset: settlement.datasets.get(table.dataset()).map_or_else(String::new, |d| d.name.clone()),
        period: settlement.periods.get(table.period()).map_or_else(String::new, |p| p.label.clone()),
        files: files.iter().map(file).collect(),
        lines: line(Level::Case).chain(line(Level::Row)).collect(),
        payees: payees(settlement).iter().map(|(at, to, _)| payee_of(settlement, *at, *to)).collect(),
        cases: (0..results.outcomes.len())
            .filter_map(|place| case(settlement, table, results, ledger, place))
            .collect(),
    }
}

fn case(
    settlement: &Settlement,
    table: &Table,
    results: &Results,
    ledger: &Ledger,
    place: usize,
) -> Option<wire::Case> {
    let (data, outcome) = (table.cases.get(place)?, results.outcomes.get(place)?);
    let row = |(row, source): (usize, &usize)| wire::Row {
        key: table.row_key(*source),
        lines: values(settlement, outcome, Some(row)),
    };
    let figure = |amount: &Exact| Figure(amount.text());
    let paid = |account: &crate::ledger::Account| wire::Paid {
        settled: figure(&account.settled),
        before: figure(&account.before),
        now: figure(&account.now),
        open: figure(&account.open),
        least: account.range.as_ref().map(|(least, _)| figure(least)),
        most: account.range.as_ref().map(|(_, most)| figure(most)),
    };
    let marks =
        data.marks.iter().map(|((input, row), mark)| marked(settlement, table, data, *input, *row, mark));
    let disputes = table.disputes.iter().filter(|dispute| dispute.case == place);
    let awards = table.awards.iter().filter(|award| award.case == place);
    Some(wire::Case {
        key: data.name(),
        lines: values(settlement, outcome, None),
        rows: (0..outcome.rows.len()).zip(&data.sources).map(row).collect(),
        paid: ledger.cases.get(place)?.iter().map(paid).collect(),
        doubts: marks.chain(disputes.map(|dispute| disputed(settlement, table, data, dispute))).collect(),
        awards: awards.map(|award| awarded(settlement, table, results, award)).collect(),
    })
}

/// The values of the lines of a level, in their order.
fn values(settlement: &Settlement, outcome: &Outcome, row: Option<usize>) -> Vec<Option<String>> {
    let level = if row.is_some() { Level::Row } else { Level::Case };
    of_level(settlement, level).map(|(id, _)| outcome.value(id, row).and_then(plain_value)).collect()
}

fn row_name(table: &Table, data: &CaseData, row: Option<usize>) -> Option<String> {
    row.and_then(|row| data.sources.get(row)).map(|source| table.row_key(*source))
}

fn input_name(settlement: &Settlement, input: InputId) -> String {
    settlement.inputs.get(input.index()).map_or_else(String::new, |input| input.name.clone())
}

fn marked(
    settlement: &Settlement,
    table: &Table,
    data: &CaseData,
    input: InputId,
    row: Option<usize>,
    mark: &Mark,
) -> wire::Doubt {
    let what = match mark {
        Mark::Late { .. } => "late",
        Mark::Suppressed { .. } => "suppressed",
        Mark::Carried { .. } => "carried_forward",
    };
    wire::Doubt {
        input: input_name(settlement, input),
        row: row_name(table, data, row),
        what: what.to_owned(),
        words: mark.words(),
        by: String::new(),
        figure: None,
    }
}

fn disputed(settlement: &Settlement, table: &Table, data: &CaseData, dispute: &Dispute) -> wire::Doubt {
    wire::Doubt {
        input: input_name(settlement, dispute.input),
        row: row_name(table, data, dispute.row),
        what: "disputed".to_owned(),
        words: dispute.reason.clone(),
        by: dispute.by.clone(),
        figure: plain_value(&dispute.value),
    }
}

fn awarded(settlement: &Settlement, table: &Table, results: &Results, award: &Award) -> wire::Award {
    let outcome = results.outcomes.get(award.case);
    let party = |id: jcm_calculus::PartyId| {
        settlement.parties.get(id.index()).map_or("", |party| party.name.as_str())
    };
    let (line, row, payee, computed) = match award.what {
        Awarded::Line { step, row } => {
            let name = settlement.steps.get(step.index()).map_or("", |step| &step.name);
            let lines = outcome.and_then(|outcome| match row {
                Some(row) => outcome.rows.get(row),
                None => Some(&outcome.lines),
            });
            let line = lines.and_then(|lines| lines.iter().find(|line| line.step == step));
            let computed = line.and_then(|line| line.computed.as_ref()).and_then(plain_value);
            (name, row, "", computed)
        }
        Awarded::Part { allocation, party: to } => {
            let name = settlement.allocations.get(allocation).map_or("", |allocation| &allocation.name);
            let mut payments = outcome.map_or(&[][..], |outcome| &outcome.payments).iter();
            let place = payments.position(|payment| (payment.allocation, payment.to) == (allocation, to));
            let computed = place.and_then(|place| results.computed_parts.get(&(award.case, place)));
            (name, None, party(to), computed.map(Exact::text))
        }
    };
    let data = table.cases.get(award.case);
    wire::Award {
        line: line.to_owned(),
        row: data.and_then(|data| row_name(table, data, row)),
        payee: payee.to_owned(),
        computed,
        value: plain_value(&award.value),
        reason: award.reason.clone(),
        author: award.author.clone(),
        date: award.date.to_string(),
        reference: award.reference.clone(),
    }
}
