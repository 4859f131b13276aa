//! A statement: one case explained line by line, from the figures given to the money paid.

use crate::balances::{self, BalanceMoved};
use crate::figures::{Figures, show_value};
use crate::nearest::nearest;
use crate::open::OpenFigure;
use crate::problem::{DataProblem, Problems, codes};
use crate::settle::{Results, case_of};
use crate::split;
use crate::table::{Awarded, CaseData, Dispute, Table};
use jcm_calculus::{Dataset, Input, InputId, Level, MissingRule, PartyId, Settlement, Step, Value};
use jcm_eval::{Line, Outcome, Prepared};
use jcm_quantity::{Exact, Unit, show};
use std::collections::BTreeMap;

/// How wide a statement is printed.
const WIDTH: usize = 100;

/// One case explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The contract's title.
    pub title: String,
    /// The period, with its dates.
    pub period: String,
    /// The key of the case.
    pub case: String,
    /// The party that the case is, where the contract has one that changes from case to case.
    pub party: Option<String>,
    /// What was given of the case.
    pub given: Vec<Given>,
    /// What was given and computed of each row.
    pub rows: Vec<StatementRow>,
    /// The lines of the case, in the order of the contract.
    pub lines: Vec<StatementLine>,
    /// What the case begins the period with, and what it ends it with.
    pub balances: Vec<BalanceMoved>,
    /// What is paid.
    pub payments: Vec<PaidOut>,
}

/// A figure that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Title of the input.
    pub title: String,
    /// The value as it was understood.
    pub value: String,
    /// The text of the cell.
    pub printed: String,
    /// Where it comes from: file, row and column, and the source that the contract names.
    pub source: String,
    /// That it is disputed, late, suppressed or carried forward, in sentences without a full stop.
    pub notes: Vec<String>,
}

/// One row of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// What names the row.
    pub key: String,
    /// What was given of it.
    pub given: Vec<Given>,
    /// Its lines.
    pub lines: Vec<StatementLine>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Name in the contract's source.
    pub name: String,
    /// Title.
    pub title: String,
    /// Where it stands in the contract; may be empty.
    pub clause: String,
    /// The line in words.
    pub words: String,
    /// The line with its figures; empty where it is one figure.
    pub figures: String,
    /// Its value.
    pub value: String,
    /// The value before rounding, where rounding changed it.
    pub before_rounding: Option<String>,
    /// Whether the value was given instead of computed.
    pub given: bool,
    /// Where the value was awarded in place of the computed one: what was computed, and who awarded it when and why.
    pub award: Option<(String, String)>,
    /// What it can come to, where a dispute leaves that open.
    pub open: Option<OpenFigure>,
}

/// What is paid under one payment of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidOut {
    /// Name in the contract's source.
    pub name: String,
    /// Title.
    pub title: String,
    /// Where it stands in the contract; may be empty.
    pub clause: String,
    /// Who pays (a negative amount flows to it).
    pub from: String,
    /// The pool the money comes from; may be empty.
    pub pool: String,
    /// What is paid in all.
    pub amount: String,
    /// Whether the money goes the other way: those who are named pay it.
    pub goes_back: bool,
    /// What is paid in all, without its sign.
    pub size: String,
    /// How the amount is rounded and split, in sentences.
    pub rules: String,
    /// The amount before rounding and limits, where they changed it.
    pub before_rounding: Option<String>,
    /// What limits cut off and the payer bears.
    pub borne_by_payer: Option<String>,
    /// Who is paid what.
    pub parts: Vec<Part>,
    /// The sum of the parts.
    pub sum: String,
    /// Whether the parts sum to the amount.
    pub sums: bool,
}

/// What one party is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who is paid.
    pub to: String,
    /// Its share, if it has one.
    pub share: Option<String>,
    /// What its share alone would be of the rounded amount, where a limit of anybody changed the parts.
    pub before_limits: Option<String>,
    /// What it is paid; negative where it pays.
    pub amount: String,
    /// The part of the rounded amount, after limits, before it is rounded itself, where that changed it.
    pub before_rounding: Option<String>,
    /// Where the part was awarded in place of the computed one: what was computed, and who awarded it when and why.
    pub award: Option<(String, String)>,
}

/// Explains the case of a key (its key cells, joined by ` / ` where there are several).
pub fn statement(
    prepared: &Prepared<'_>,
    table: &Table,
    results: &Results,
    key: &str,
) -> Result<Statement, Problems> {
    let place = table.cases.iter().position(|case| case.name() == key);
    let found = place.and_then(|place| statement_at(prepared, table, results, place));
    found.ok_or_else(|| no_such_case(table, key).into())
}

/// Explains the case at a place of a table; `None` if it has fewer.
pub fn statement_at(
    prepared: &Prepared<'_>,
    table: &Table,
    results: &Results,
    i: usize,
) -> Option<Statement> {
    let settlement = prepared.settlement();
    let (data, outcome) = (table.cases.get(i)?, results.outcomes.get(i)?);
    let figures = Figures::new(settlement, outcome, case_of(settlement, table, i));
    let mut maker = Maker { settlement, table, results, data, outcome, figures, case: i };
    let period = settlement.periods.get(table.period);
    let party = settlement.parties.iter().find(|party| party.per_case);
    Some(Statement {
        title: settlement.title.clone(),
        period: period.map(|p| format!("{} ({})", p.label, p.describe())).unwrap_or_default(),
        case: data.name(),
        party: party.map(|party| party.title.clone()),
        given: maker.given(&data.inputs, data.first_source(), None),
        rows: maker.rows(),
        lines: maker.lines(&outcome.lines, None),
        balances: balances::moved(
            settlement,
            &case_of(settlement, table, i),
            outcome,
            results.undisputed.get(&i),
            &table.disputed_before(i),
        ),
        payments: (0..outcome.allocations.len()).filter_map(|place| maker.paid_out(place)).collect(),
    })
}

fn no_such_case(table: &Table, key: &str) -> DataProblem {
    let keys: Vec<String> = table.keys().collect();
    let near = nearest(key, keys.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
    let message = format!("the file has no case `{key}`");
    DataProblem::of_file(codes::NOTHING_THERE, &table.file, message).help(near.unwrap_or_default())
}

struct Maker<'a> {
    settlement: &'a Settlement,
    table: &'a Table,
    results: &'a Results,
    data: &'a CaseData,
    outcome: &'a Outcome,
    figures: Figures<'a>,
    /// The place of the case.
    case: usize,
}

impl Maker<'_> {
    fn dataset(&self) -> Option<&Dataset> {
        self.settlement.datasets.get(self.table.dataset())
    }

    /// The inputs of the case or of one of its rows that the file gives, in the order of its dataset.
    fn given(&self, inputs: &BTreeMap<InputId, Value>, source: usize, row: Option<usize>) -> Vec<Given> {
        let level = if row.is_some() { Level::Row } else { Level::Case };
        let file = file_name(&self.table.file);
        let columns = self.dataset().into_iter().flat_map(|dataset| &dataset.columns);
        let with_place = columns.zip(&self.table.places.columns);
        let given = with_place.filter_map(|(column, place)| {
            let input =
                self.settlement.inputs.get(column.input.index()).filter(|input| input.level == level)?;
            let verified = self.disputes(column.input, row).find(|dispute| dispute.counts(input));
            let counted = verified.map(|dispute| &dispute.value).or_else(|| inputs.get(&column.input));
            let value = counted.unwrap_or(&Value::Missing);
            let instead = stands_in(&input.missing).filter(|_| *value == Value::Missing);
            let instead = instead.map(|instead| show_value(instead, &input.ty, self.settlement));
            let instead = instead.map(|instead| format!("the contract puts {instead} in its place"));
            let cell = match self.table.row_number_at(source, *place) {
                0 => format!("no row of {file} has “{}”", column.header),
                number => format!("column “{}”, row {number} of {file}", column.header),
            };
            let source_words =
                if input.source.is_empty() { cell } else { format!("{cell}; {}", input.source) };
            Some(Given {
                title: titled(&input.title, &input.name),
                value: show_value(value, &input.ty, self.settlement),
                printed: self.table.cell(source, *place).to_owned(),
                source: source_words,
                notes: self.notes(column.input, input, row).into_iter().chain(instead).collect(),
            })
        });
        given.collect()
    }

    fn disputes(&self, input: InputId, row: Option<usize>) -> impl Iterator<Item = &Dispute> {
        let is_it =
            move |dispute: &&Dispute| (dispute.case, dispute.input, dispute.row) == (self.case, input, row);
        self.table.disputes.iter().filter(is_it)
    }

    /// What is to be said of an input that is not simply there.
    fn notes(&self, id: InputId, input: &Input, row: Option<usize>) -> Vec<String> {
        let mark = self.data.marks.get(&(id, row)).map(crate::table::Mark::words);
        let disputes = self.disputes(id, row).map(|dispute| {
            let figure = show_value(&dispute.value, &input.ty, self.settlement);
            let counts = if dispute.counts(input) { ", which counts" } else { "" };
            let partner = self.settlement.parties.iter().find(|party| party.name == dispute.by);
            let by = partner.map_or(&dispute.by, |partner| &partner.title);
            format!("disputed by {by}, who gives {figure}{counts}: {}", dispute.reason)
        });
        mark.into_iter().chain(disputes).collect()
    }

    fn rows(&mut self) -> Vec<StatementRow> {
        let mut rows = Vec::new();
        let (data, outcome, table) = (self.data, self.outcome, self.table);
        for (row, ((inputs, source), lines)) in
            data.rows.iter().zip(&data.sources).zip(&outcome.rows).enumerate()
        {
            let cells = table.places.row_key.iter().map(|place| table.cell(*source, *place));
            let key = cells.collect::<Vec<_>>().join(" / ");
            let key = if key.is_empty() { format!("row {}", table.row_number(*source)) } else { key };
            let given = self.given(inputs, *source, Some(row));
            rows.push(StatementRow { key, given, lines: self.lines(lines, Some(row)) });
        }
        rows
    }

    fn lines(&mut self, lines: &[Line], row: Option<usize>) -> Vec<StatementLine> {
        lines.iter().filter_map(|line| self.line(line, row)).collect()
    }

    fn line(&mut self, line: &Line, row: Option<usize>) -> Option<StatementLine> {
        let step: &Step = self.settlement.steps.get(line.step.index())?;
        let show = |value: &Value| show_value(value, &step.ty, self.settlement);
        let before =
            line.before_rounding.as_ref().filter(|before| line.computed.is_none() && **before != line.value);
        let undisputed = self.results.undisputed.get(&self.case);
        let open = undisputed.and_then(|undisputed| undisputed.line(line.step, row));
        Some(StatementLine {
            open: open.map(|open| open.shown(&step.ty, self.settlement)),
            name: step.name.clone(),
            title: titled(&step.title, &step.name),
            clause: step.origin.clause.clone(),
            words: step.words.clone(),
            value: show(&line.value),
            before_rounding: before.map(show),
            given: line.given,
            award: line.computed.as_ref().map(|computed| {
                let what = Awarded::Line { step: line.step, row };
                (show(computed), self.award(what))
            }),
            figures: if line.given { String::new() } else { self.figures.of(step, row) },
        })
    }

    fn paid_out(&self, place: usize) -> Option<PaidOut> {
        let (allocation, outcome) =
            (self.settlement.allocations.get(place)?, self.outcome.allocations.get(place)?);
        let unit = Unit::money(&self.settlement.currency.code);
        let money = |amount: &Exact| show(amount, &unit);
        let payments: Vec<_> = self.outcome.payments.iter().filter(|p| p.allocation == place).collect();
        let sum: Exact = payments.iter().map(|payment| &payment.amount).sum();
        // What is split is the rounded amount, and an auditor works the parts out from it.
        let rounded = outcome.amount_exact.round(&allocation.rounding.grain, allocation.rounding.mode);
        let shares = jcm_eval::parts(self.settlement, place, &rounded).unwrap_or_default();
        let before = |to: PartyId| shares.iter().find(|(own, _)| *own == to).map(|(_, part)| part);
        let unlimited = split::before_limits(allocation, &rounded, &shares);
        let part = |(at, payment): (usize, &&jcm_eval::Payment)| {
            let computed =
                self.results.computed_parts.get(&(self.case, outcome.payments.start.saturating_add(at)));
            Part {
                to: self.party(payment.to),
                share: split::share_words(allocation, payment.to, &unit),
                before_limits: unlimited.get(&payment.to).map(money),
                amount: money(&payment.amount),
                before_rounding: before(payment.to).filter(|part| **part != payment.amount).map(money),
                award: computed.map(|computed| {
                    let what = Awarded::Part { allocation: place, party: payment.to };
                    (money(computed), self.award(what))
                }),
            }
        };
        let changed = outcome.amount_exact != outcome.amount;
        Some(PaidOut {
            name: allocation.name.clone(),
            title: titled(&allocation.title, &allocation.name),
            clause: allocation.origin.clause.clone(),
            from: self.party(allocation.payer),
            pool: allocation.pool.clone(),
            amount: money(&outcome.amount),
            goes_back: outcome.amount.is_negative(),
            size: money(&outcome.amount.abs()),
            rules: split::rules(self.settlement, allocation, &unit),
            before_rounding: changed.then(|| money(&outcome.amount_exact)),
            borne_by_payer: Some(&outcome.borne_by_payer).filter(|borne| !borne.is_zero()).map(money),
            parts: payments.iter().enumerate().map(part).collect(),
            sum: money(&sum),
            sums: sum == outcome.amount,
        })
    }

    /// Who awarded a figure of the case when and why.
    fn award(&self, what: Awarded) -> String {
        let found = self.table.awards.iter().find(|award| (award.case, award.what) == (self.case, what));
        found.map(crate::table::Award::words).unwrap_or_default()
    }

    /// A party by its title; the one that changes from case to case with the key of this case.
    fn party(&self, id: PartyId) -> String {
        match self.settlement.parties.get(id.index()) {
            Some(party) if party.per_case => {
                format!("{} ({})", titled(&party.title, &party.name), self.data.name())
            }
            Some(party) => titled(&party.title, &party.name),
            None => String::new(),
        }
    }
}

/// The value that the contract puts in the place of a missing one, if it does.
fn stands_in(rule: &MissingRule) -> Option<&Value> {
    match rule {
        MissingRule::Use(value) => Some(value),
        MissingRule::CarryForward { then, .. } => stands_in(then),
        MissingRule::Refuse | MissingRule::Neutral => None,
    }
}

/// The name of a file without its folders: where it lies is nobody's but the sender's.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn titled(title: &str, name: &str) -> String {
    if title.is_empty() { name.to_owned() } else { title.to_owned() }
}

fn with_clause(title: &str, clause: &str) -> String {
    if clause.is_empty() { title.to_owned() } else { format!("{title} ({clause})") }
}

impl Statement {
    /// The statement as a text of at most 100 columns.
    pub fn text(&self) -> String {
        let mut page = Page::default();
        page.wrapped(0, &self.title);
        page.wrapped(0, &self.heading());
        if let Some(party) = &self.party {
            page.wrapped(0, party);
        }
        if !self.given.is_empty() {
            page.heading("Given");
            self.given.iter().for_each(|given| page.given(given, true));
        }
        for row in &self.rows {
            page.heading(&row.key);
            row.given.iter().for_each(|given| page.given(given, false));
            row.lines.iter().for_each(|line| page.line(line));
        }
        if !self.lines.is_empty() {
            page.heading("Computed");
            self.lines.iter().for_each(|line| page.line(line));
        }
        if !self.balances.is_empty() {
            page.heading("Balances");
            self.balances.iter().for_each(|balance| page.balance(balance));
        }
        if !self.payments.is_empty() {
            page.heading("Paid");
            self.payments.iter().for_each(|paid| page.paid(paid));
        }
        page.text
    }

    /// What it is a statement of, and for when. A case called `all` is the only one: its name says nothing.
    fn heading(&self) -> String {
        match self.case.as_str() {
            "all" => format!("Statement for {}", self.period),
            case => format!("Statement of {case} for {}", self.period),
        }
    }

    /// The line of a step, by its name in the contract's source.
    pub fn line(&self, name: &str) -> Option<&StatementLine> {
        self.lines.iter().find(|line| line.name == name)
    }
}

/// A text as it grows, in columns.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn heading(&mut self, words: &str) {
        self.text.push('\n');
        self.wrapped(0, words);
    }

    /// Something on the left and a figure on the right.
    fn aligned(&mut self, indent: usize, left: &str, right: &str) {
        let room = WIDTH.saturating_sub(indent + left.chars().count() + right.chars().count());
        if room < 2 {
            self.wrapped(indent, left);
            let before = WIDTH.saturating_sub(right.chars().count());
            self.put(before, right);
        } else {
            self.put(indent, &format!("{left}{}{right}", " ".repeat(room)));
        }
    }

    /// A text broken into lines at its spaces; what follows the first line stands two columns further in.
    fn wrapped(&mut self, indent: usize, text: &str) {
        let (mut line, mut length, mut indent) = (String::new(), 0, indent);
        let inner = indent + 2;
        for word in text.split_whitespace() {
            let word_length = word.chars().count();
            if length > 0 && indent + length + 1 + word_length > WIDTH {
                self.put(indent, &line);
                (line, length, indent) = (String::new(), 0, inner);
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word_length;
        }
        if length > 0 {
            self.put(indent, &line);
        }
    }

    fn put(&mut self, indent: usize, text: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn given(&mut self, given: &Given, with_source: bool) {
        self.aligned(2, &given.title, &given.value);
        if with_source {
            self.wrapped(6, &given.source);
        }
        given.notes.iter().for_each(|note| self.wrapped(6, note));
    }

    fn line(&mut self, line: &StatementLine) {
        self.aligned(2, &with_clause(&line.title, &line.clause), &line.value);
        self.wrapped(6, &line.words);
        if !line.figures.is_empty() {
            self.wrapped(6, &format!("= {}", line.figures));
        }
        if let Some(before) = &line.before_rounding {
            self.wrapped(6, &format!("before rounding: {before}"));
        }
        if line.given {
            self.wrapped(6, "given, not computed");
        }
        self.award(line.award.as_ref());
        if let Some(open) = &line.open {
            self.wrapped(6, &format!("open: {} when the dispute is resolved", open.words));
        }
    }

    fn award(&mut self, award: Option<&(String, String)>) {
        if let Some((computed, words)) = award {
            self.wrapped(6, &format!("computed: {computed}; {words}"));
        }
    }

    fn balance(&mut self, balance: &BalanceMoved) {
        self.wrapped(2, &balance.title);
        self.aligned(4, "at the start of the period", &balance.opening);
        self.wrapped(8, &balance.source);
        self.aligned(4, "in the period", &balance.movement);
        self.aligned(4, "at the end of the period", &balance.closing);
        if let Some(doubt) = balance.doubt() {
            self.wrapped(4, &doubt);
        }
    }

    fn paid(&mut self, paid: &PaidOut) {
        self.aligned(2, &with_clause(&paid.title, &paid.clause), &paid.amount);
        let pool = if paid.pool.is_empty() { String::new() } else { format!(", from {}", paid.pool) };
        self.wrapped(6, &format!("paid by {}{pool}", paid.from));
        if let Some(before) = &paid.before_rounding {
            self.wrapped(6, &format!("before rounding and limits: {before}"));
        }
        if let Some(borne) = &paid.borne_by_payer {
            self.wrapped(6, &format!("cut off by limits and borne by {}: {borne}", paid.from));
        }
        for part in &paid.parts {
            let share = part.share.as_ref().map(|share| format!(", {share}")).unwrap_or_default();
            let alone = part.before_limits.as_ref().map(|alone| format!(" (before limits {alone})"));
            let share = share + &alone.unwrap_or_default();
            self.aligned(4, &format!("to {}{share}", part.to), &part.amount);
            self.award(part.award.as_ref());
        }
        let check =
            if paid.sums { "the parts sum to the amount" } else { "THE PARTS DO NOT SUM TO THE AMOUNT" };
        self.aligned(4, check, &paid.sum);
    }
}
