//! The statement of one case: what is paid, what was given, and how the one follows from the other, line by line.

use crate::Edition;
use crate::page::{paragraph, particulars, said, section, strong, table, with_clause};
use jcm_doc::{Align, Block, Document, Inline, Role, Text};
use jcm_quantity::{Unit, show};
use jcm_settle::{Account, Change, Given, PaidOut, Statement, StatementLine};

/// One case, and what it is a case of.
pub(crate) struct One<'a> {
    pub(crate) edition: &'a Edition<'a>,
    pub(crate) statement: &'a Statement,
    /// The place of its period among those that were settled.
    pub(crate) period: usize,
    /// Its place in the period.
    pub(crate) place: usize,
}

impl One<'_> {
    /// What each payee is paid, with what it is called; empty where nothing is to be set against it.
    pub(crate) fn accounts(&self) -> Vec<(&str, &Account)> {
        let Some(settled) = self.edition.periods.get(self.period) else { return Vec::new() };
        let accounts = settled.ledger.cases.get(self.place).into_iter().flatten();
        settled.ledger.names().iter().map(String::as_str).zip(accounts).collect()
    }

    /// What changed of the case since the run before; nothing in a first run.
    pub(crate) fn changes(&self) -> Option<(&str, Vec<&Change>)> {
        let changes = self.edition.changes?.get(self.period)?;
        let own = changes.list.iter().filter(|change| change.case == self.statement.case);
        Some((changes.since.as_str(), own.collect()))
    }

    /// The statement for people.
    pub(crate) fn document(&self) -> Document {
        let statement = self.statement;
        let title = self.title();
        let mut blocks = vec![section(Role::Cover, &title, "statement", self.cover())];
        blocks.push(section(Role::Front, "What is paid", "paid", self.paid()));
        blocks.extend(self.difference());
        if !statement.given.is_empty() {
            let text =
                "Every figure that was given, as it was understood, and the cell that it was read from.";
            let given = given_table("Given", &statement.given);
            blocks.push(section(Role::Front, "What was given", "given", vec![paragraph(text), given]));
        }
        blocks.extend(self.computed());
        blocks.extend(self.balances());
        Document { title, version: self.edition.version(), blocks }.finished()
    }

    /// A case called `all` is the only one of its period: its name says nothing.
    fn title(&self) -> String {
        let period = self.edition.label(self.period);
        match self.statement.case.as_str() {
            "all" => format!("Statement for {period}"),
            case => format!("Statement of {case} for {period}"),
        }
    }

    fn cover(&self) -> Vec<Block> {
        let Edition { engine, run, files, program, .. } = self.edition;
        let settlement = engine.settlement();
        let standing = match run.map(|run| run.kind) {
            Some(jcm_settle::RunKind::Provisional) => "Provisional: the figures may still change",
            Some(jcm_settle::RunKind::Final) => "Final: by the figures that the contract settles by",
            Some(jcm_settle::RunKind::Reconciliation(_)) => "Reconciliation: sets off what was paid before",
            None => "",
        };
        let mut rows = vec![
            ("Contract", settlement.title.clone()),
            ("Period", self.statement.period.clone()),
            ("Case", self.statement.case.clone()),
            ("The case is", self.statement.party.clone().unwrap_or_default()),
            ("Run", self.edition.run_words()),
            ("Standing", standing.to_owned()),
        ];
        for file in *files {
            let about = format!("{}, SHA-256 {}", file.name, file.sha256);
            rows.push((role_words(&file.role), about));
        }
        rows.push(("Source of the contract, SHA-256", settlement.source_hash.clone()));
        rows.push(("Made by", (*program).to_owned()));
        vec![particulars("This statement", &rows)]
    }

    fn paid(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for paid in &self.statement.payments {
            blocks.extend(paid_out(paid));
        }
        let settled = self.edition.periods.get(self.period);
        if settled.is_some_and(|settled| !settled.ledger.is_plain) {
            blocks.extend(self.payable());
        }
        if blocks.is_empty() {
            blocks.push(paragraph("The contract pays nothing for this case."));
        }
        blocks
    }

    /// What is settled, what was paid before, what is to pay now and what is open.
    fn payable(&self) -> Vec<Block> {
        let unit = Unit::money(&self.edition.engine.settlement().currency.code);
        let figure = ["Settled", "Paid before", "To pay now", "In dispute"].map(|head| (head, Align::Right));
        let columns: Vec<_> = std::iter::once(("Payment", Align::Left)).chain(figure).collect();
        let mut accounts = table("What is still to pay", &columns);
        let mut blocks = Vec::new();
        for (name, account) in self.accounts() {
            let amounts = [&account.settled, &account.before, &account.now, &account.open];
            let cells = amounts.map(|amount| said(&show(amount, &unit)));
            accounts.row(std::iter::once(said(name)).chain(cells).collect());
            if account.is_clawed_back() {
                blocks.push(paragraph(&format!("{name}: {} is paid back.", show(&account.now.abs(), &unit))));
            }
            if let Some((least, most)) = &account.range {
                blocks.push(paragraph(&format!(
                    "{name}: between {} and {} when the dispute is resolved.",
                    show(least, &unit),
                    show(most, &unit)
                )));
            }
        }
        blocks.insert(0, Block::Table(accounts));
        blocks
    }

    fn difference(&self) -> Option<Block> {
        let (since, changes) = self.changes()?;
        let mut blocks = Vec::new();
        if changes.is_empty() {
            blocks.push(paragraph(&format!("Nothing changed since {since}.")));
        } else {
            let figure = ["Then", "Now", "Difference"].map(|head| (head, Align::Right));
            let columns: Vec<_> = std::iter::once(("Figure", Align::Left)).chain(figure).collect();
            let mut changed = table(&format!("What changed since {since}"), &columns);
            for change in changes {
                let row = if change.row.is_empty() { String::new() } else { format!("{}: ", change.row) };
                let figures = change.figures().map(|figure| said(&figure));
                let name = said(&format!("{row}{}", change.title));
                changed.row(std::iter::once(name).chain(figures).collect());
            }
            blocks.push(Block::Table(changed));
        }
        Some(section(Role::Front, "The difference from the run before", "difference", blocks))
    }

    fn computed(&self) -> Vec<Block> {
        let statement = self.statement;
        let mut blocks = Vec::new();
        let mut inner: Vec<Block> = Vec::new();
        for (place, row) in (1..).zip(&statement.rows) {
            let mut tables = Vec::new();
            if !row.given.is_empty() {
                tables.push(given_table(&format!("{}: given", row.key), &row.given));
            }
            if !row.lines.is_empty() {
                tables.push(line_table(&format!("{}: worked out", row.key), &row.lines));
            }
            inner.push(section(Role::Item, &row.key, &format!("row-{place}"), tables));
        }
        if !statement.lines.is_empty() {
            inner.push(line_table("Worked out for the case", &statement.lines));
        }
        if !inner.is_empty() {
            let text = "Each line says its rule in words and then with the figures of this case. Lines use only what \
                        was given and the lines before them, so they can be worked out again from the top.";
            inner.insert(0, paragraph(text));
            blocks.push(section(Role::Front, "How it is worked out", "worked-out", inner));
        }
        blocks
    }

    fn balances(&self) -> Option<Block> {
        let balances = &self.statement.balances;
        let figure =
            ["At the start of the period", "In the period", "At its end"].map(|head| (head, Align::Right));
        let columns: Vec<_> = std::iter::once(("Balance", Align::Left)).chain(figure).collect();
        let mut moved = table("Balances", &columns);
        for balance in balances {
            let figures = [&balance.title, &balance.opening, &balance.movement, &balance.closing];
            moved.row(figures.map(|text| said(text)).to_vec());
        }
        let blocks = vec![Block::Table(moved)];
        (!balances.is_empty()).then(|| section(Role::Front, "Balances", "balances", blocks))
    }
}

fn role_words(role: &str) -> &'static str {
    match role {
        "data" => "Data file",
        "opening" => "What the period before left",
        "earlier" => "Data of an earlier period",
        "disputes" => "Figures in dispute",
        "overrides" => "Figures awarded",
        _ => "Record of the run before",
    }
}

fn given_table(caption: &str, all: &[Given]) -> Block {
    let columns = [
        ("Figure", Align::Left),
        ("Value", Align::Right),
        ("As printed", Align::Right),
        ("Where it comes from", Align::Left),
        ("Note", Align::Left),
    ];
    let mut given = table(caption, &columns);
    for one in all {
        let notes = one.notes.join("; ");
        given
            .row([&one.title, &one.value, &one.printed, &one.source, &notes].map(|text| said(text)).to_vec());
    }
    given.drop_empty_columns();
    Block::Table(given)
}

fn line_table(caption: &str, lines: &[StatementLine]) -> Block {
    let columns = [
        ("Line", Align::Left),
        ("How it is worked out", Align::Left),
        ("Before rounding", Align::Right),
        ("Result", Align::Right),
    ];
    let mut worked = table(caption, &columns);
    for line in lines {
        let before = line.before_rounding.as_deref().unwrap_or_default();
        worked.row(vec![
            said(&with_clause(&line.title, &line.clause)),
            how(line),
            said(before),
            strong(&line.value),
        ]);
    }
    worked.drop_empty_columns();
    Block::Table(worked)
}

/// The rule in words, with its figures, and what was awarded in place of what it gives.
fn how(line: &StatementLine) -> Text {
    let mut text = said(&line.words);
    let mut say = |words: &str| text.push(Inline::Text(words.to_owned()));
    if !line.figures.is_empty() {
        say(&format!(" = {}", line.figures));
    }
    if line.given {
        say(" (given, not computed)");
    }
    if let Some((computed, words)) = &line.award {
        say(&format!(" Computed: {computed}; {words}."));
    }
    text
}

fn paid_out(paid: &PaidOut) -> Vec<Block> {
    let mut said_of = format!("{} pays {}", paid.from, paid.amount);
    if !paid.pool.is_empty() {
        said_of.push_str(&format!(" from {}", paid.pool));
    }
    if let Some(before) = &paid.before_rounding {
        said_of.push_str(&format!("; before rounding and limits it is {before}"));
    }
    if let Some(borne) = &paid.borne_by_payer {
        said_of.push_str(&format!("; limits cut off {borne}, which {} bears", paid.from));
    }
    said_of.push('.');
    let columns = [
        ("Paid to", Align::Left),
        ("Share", Align::Left),
        ("Amount", Align::Right),
        ("Awarded in place of what was computed", Align::Left),
    ];
    let mut parts = table(&with_clause(&paid.title, &paid.clause), &columns);
    for part in &paid.parts {
        let share = part.share.as_deref().unwrap_or_default();
        let award = part.award.as_ref().map(|(computed, words)| format!("{computed} was computed; {words}"));
        let cells = [&part.to, share, &part.amount, &award.unwrap_or_default()].map(said);
        parts.row(cells.to_vec());
    }
    let check = if paid.sums { "Sum, which is the amount" } else { "SUM, WHICH IS NOT THE AMOUNT" };
    parts.row(vec![said(check), Vec::new(), strong(&paid.sum), Vec::new()]);
    parts.drop_empty_columns();
    vec![paragraph(&said_of), Block::Table(parts)]
}
