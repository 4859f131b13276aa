//! The statement of one case: what is paid, what was given, and how the one follows from the other, line by line.

use crate::Edition;
use crate::annex;
use crate::disputed;
use crate::fixed;
use crate::page::{paragraph, particulars, said, section, strong, table, with_clause};
use crate::parties::{entries_table, in_all, parties_table, payments, within};
use jcm_calculus::{OddPart, PaymentDue};
use jcm_doc::{Align, Block, Document, Inline, Role, Text};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{
    Account, BalanceMoved, Change, CohortPart, Entry, Fixed, Given, PaidOut, Statement, StatementLine,
    StatementRow,
};

/// How a figure is to be read whose last digits are not there.
const CUT: &str = "A figure that ends in “…” goes on. It is cut only where it is printed: the lines after it use all of \
                   it, so work it out from its own line, to as many places as the amount needs.";

/// How a line is to be read that is not certain.
const OPEN: &str = "A line that depends on a figure in dispute is open: it is worked out with the figures that count for \
                    the time being, and beside it stands what it can come to with the others that were given.";

/// How a figure is printed that is not there, and what that means for the lines.
const MISSING: &str = "missing";
const WITHOUT: &str = "A line that needs a figure which is missing has none itself, and is missing too, unless it says what \
                       counts then or the contract puts another figure in its place.";

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

    /// What is paid for the case now.
    pub(crate) fn entries(&self) -> Vec<&Entry> {
        let (case, period) = (&self.statement.case, self.edition.label(self.period));
        self.edition.journal.iter().filter(|entry| entry.case == *case && entry.period == period).collect()
    }

    /// The figures that the contract fixes for the period.
    pub(crate) fn fixed(&self) -> Vec<Fixed> {
        let settled = self.edition.periods.get(self.period);
        settled.map(|settled| self.edition.engine.fixed(settled.table)).unwrap_or_default()
    }

    /// What a figure over all cases comes to for the case.
    pub(crate) fn over_all(&self, part: &CohortPart) -> Option<String> {
        let settlement = self.edition.engine.settlement();
        let outcome = self
            .edition
            .periods
            .get(self.period)
            .and_then(|settled| settled.results.outcomes.get(self.place));
        let known = outcome.into_iter().flat_map(|outcome| &outcome.over_all);
        let value = known.into_iter().find(|(expr, _)| *expr == part.expr).map(|(_, value)| value);
        value.map(|value| part.shown(value, settlement))
    }

    /// Whether the figures may still change.
    pub(crate) fn standing(&self) -> &'static str {
        match self.edition.run.map(|run| run.kind) {
            Some(jcm_settle::RunKind::Provisional) => "Provisional: the figures may still change",
            Some(jcm_settle::RunKind::Final) => "Final: by the figures that the contract settles by",
            Some(jcm_settle::RunKind::Reconciliation(_)) => "Reconciliation: sets off what was paid before",
            None => "Not said whether provisional or final",
        }
    }

    /// The statement for people.
    pub(crate) fn document(&self) -> Document {
        let title = self.title();
        let mut blocks = vec![section(Role::Cover, &title, "statement", self.cover())];
        blocks.push(section(Role::Front, "What is paid", "paid", self.paid()));
        blocks.extend(self.to_pay());
        blocks.extend(self.funds());
        blocks.extend(self.difference());
        blocks.extend(self.given());
        blocks.extend(fixed::block(self));
        blocks.extend(self.computed());
        blocks.extend(annex::block(self));
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
        let Edition { engine, files, program, .. } = self.edition;
        let settlement = engine.settlement();
        let mut rows = vec![
            ("Contract", settlement.title.clone()),
            ("Period", self.statement.period.clone()),
            ("Case", self.statement.case.clone()),
            ("The case is", self.statement.party.clone().unwrap_or_default()),
            ("Run", self.edition.run_words()),
            ("Standing", self.standing().to_owned()),
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
            blocks.extend(self.paid_out(paid));
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

    /// The account of each fund, where the case is the only one of its period; of several, the summary has it.
    fn funds(&self) -> Vec<Block> {
        if self.is_alone() { crate::funds::blocks(self.edition, self.period) } else { Vec::new() }
    }

    /// Whether the case is the only one of its period.
    pub(crate) fn is_alone(&self) -> bool {
        self.edition.periods.get(self.period).is_some_and(|settled| settled.table.len() == 1)
    }

    /// Each payment with its day, and what every partner pays and is paid by them.
    fn to_pay(&self) -> Option<Block> {
        let money = Unit::money(&self.edition.engine.settlement().currency.code);
        let entries = self.entries();
        let mut blocks = Vec::new();
        let payments = payments(&entries);
        if !payments.is_empty() {
            blocks.push(entries_table("Payments to make", ["Paid by", "Paid to"], &payments, &money));
            if payments.iter().any(|entry| entry.reference.contains("/part-")) {
                blocks.extend(self.parts().iter().map(|rule| paragraph(rule)));
            }
            blocks.push(parties_table("What each partner pays and is paid", &entries, &money));
        }
        blocks.extend(within(&entries, &money));
        let now: Exact = self.accounts().iter().map(|(_, account)| &account.now).sum();
        blocks.extend(in_all(&now, &entries, &money));
        (!entries.is_empty()).then(|| section(Role::Front, "What is to pay now", "to-pay", blocks))
    }

    /// Which part takes what does not divide evenly, for each payment in equal parts.
    fn parts(&self) -> Vec<String> {
        let settlement = self.edition.engine.settlement();
        let Some(settled) = self.edition.periods.get(self.period) else { return Vec::new() };
        let Some(grain) = Exact::one().checked_div(&Exact::from_int(10).pow(settlement.currency.minor))
        else {
            return Vec::new();
        };
        let grain = show(&grain, &Unit::money(&settlement.currency.code));
        let mut rules = Vec::new();
        for allocation in &settlement.allocations {
            let of_period = |due: &&PaymentDue| due.period == settled.table.period() && due.parts.len() > 1;
            let Some(due) = allocation.due.iter().find(of_period) else { continue };
            let left = match due.odd {
                OddPart::Last => "the last part takes what is left over".to_owned(),
                OddPart::First => "the first part takes what is left over".to_owned(),
                OddPart::OneEach => format!("what is left over goes, {grain} each, to the first parts"),
            };
            let (title, count) = (&allocation.title, due.parts.len());
            rules.push(format!(
                "{title} is paid in {count} equal parts, each cut to a whole multiple of {grain}; {left}."
            ));
        }
        rules
    }

    /// A clause, which leads to the contract where that is known.
    pub(crate) fn clause(&self, name: &str, clause: &str) -> Text {
        match self.edition.contract {
            Some(page) if !clause.is_empty() => {
                vec![Inline::File { text: clause.to_owned(), name: page.link(name) }]
            }
            _ => said(clause),
        }
    }

    /// A thing with the clause that it stands in.
    fn with_clause(&self, title: &str, name: &str, clause: &str) -> Text {
        let mut text = said(title);
        if !clause.is_empty() {
            text.extend(said(" ("));
            text.extend(self.clause(name, clause));
            text.extend(said(")"));
        }
        text
    }

    /// What is settled, what was paid before, what is to pay now and what is open.
    fn payable(&self) -> Vec<Block> {
        let unit = Unit::money(&self.edition.engine.settlement().currency.code);
        let figure = ["Settled", "Paid before", "To pay now", "In dispute"].map(|head| (head, Align::Right));
        let columns: Vec<_> = std::iter::once(("Payment", Align::Left)).chain(figure).collect();
        let mut accounts = table("What is still to pay", &columns);
        let mut blocks = Vec::new();
        for (name, account) in self.accounts() {
            let amounts = [&account.settled, &account.before, &account.now, &account.in_dispute];
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

    /// What was given, and what the period begins with.
    fn given(&self) -> Option<Block> {
        let Statement { given, rows, balances, .. } = self.statement;
        let mut blocks = Vec::new();
        if !given.is_empty() {
            let text =
                "Every figure that was given, as it was understood, and the cell that it was read from.";
            blocks.push(paragraph(text));
            let every = given.iter().chain(rows.iter().flat_map(|row| &row.given));
            if every.into_iter().any(|given| given.value == MISSING) {
                blocks.push(paragraph(WITHOUT));
            }
            blocks.push(given_table("Given", &given.iter().collect::<Vec<_>>()));
        }
        if !balances.is_empty() {
            let columns =
                [("Balance", Align::Left), ("Value", Align::Right), ("Where it comes from", Align::Left)];
            let mut brought = table("Brought forward", &columns);
            for balance in balances {
                brought
                    .row([&balance.title, &balance.opening, &balance.source].map(|text| said(text)).to_vec());
            }
            blocks.push(Block::Table(brought));
        }
        (!blocks.is_empty()).then(|| section(Role::Front, "What was given", "given", blocks))
    }

    fn computed(&self) -> Vec<Block> {
        let statement = self.statement;
        let mut blocks = Vec::new();
        let mut inner: Vec<Block> = Vec::new();
        for (place, row) in (1..).zip(&statement.rows) {
            let (title, given) = headed(row);
            let mut tables = Vec::new();
            if !given.is_empty() {
                tables.push(given_table("Given", &given));
            }
            if !row.lines.is_empty() {
                tables.push(self.line_table("Worked out", &row.lines));
            }
            inner.push(section(Role::Item, &title, &format!("row-{place}"), tables));
        }
        if !statement.lines.is_empty() {
            inner.push(self.line_table("Worked out for the case", &statement.lines));
        }
        if !inner.is_empty() {
            let text = "Each line says its rule in words and then with the figures of this case. Lines use only what \
                        was given and the lines before them, so they can be worked out again from the top.";
            inner.insert(0, paragraph(text));
            if self.is_anywhere("…") {
                inner.insert(1, paragraph(CUT));
            }
            if self.all_lines().any(|line| line.open.is_some()) {
                inner.insert(1, paragraph(OPEN));
            }
            if self.edition.annex.is_some() {
                let text = "A figure “over all cases” is worked out in the part “Figures over all cases”.";
                inner.insert(1, paragraph(text));
            }
            blocks.push(section(Role::Front, "How it is worked out", "worked-out", inner));
        }
        blocks
    }

    /// Whether the figures of some line hold a text.
    fn is_anywhere(&self, text: &str) -> bool {
        let said_of = |line: &StatementLine| {
            let before = line.before_rounding.as_deref().unwrap_or_default();
            [&line.value, &line.figures, before].into_iter().any(|figure| figure.contains(text))
        };
        self.all_lines().any(said_of)
    }

    fn all_lines(&self) -> impl Iterator<Item = &StatementLine> {
        self.statement.rows.iter().flat_map(|row| &row.lines).chain(&self.statement.lines)
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
        let doubts = balances.iter().filter_map(BalanceMoved::doubt);
        let blocks: Vec<Block> =
            std::iter::once(Block::Table(moved)).chain(doubts.map(|doubt| paragraph(&doubt))).collect();
        (!balances.is_empty()).then(|| section(Role::Front, "Balances", "balances", blocks))
    }

    fn line_table(&self, caption: &str, lines: &[StatementLine]) -> Block {
        let columns = [
            ("Line", Align::Left),
            ("How it is worked out", Align::Left),
            ("Before rounding", Align::Right),
            ("Result", Align::Right),
            ("Open while figures are in dispute", Align::Left),
        ];
        let mut worked = table(caption, &columns);
        for line in lines {
            let before = line.before_rounding.as_deref().unwrap_or_default();
            worked.row(vec![
                self.with_clause(&line.title, &line.name, &line.clause),
                how(line),
                said(before),
                strong(&line.value),
                said(line.open.as_ref().map_or("", |open| &open.words)),
            ]);
        }
        worked.drop_empty_columns();
        Block::Table(worked)
    }

    fn paid_out(&self, paid: &PaidOut) -> Vec<Block> {
        let pool =
            |way: &str| if paid.pool.is_empty() { String::new() } else { format!(" {way} {}", paid.pool) };
        let waits = disputed::words(self, paid);
        let mut said_of = match (paid.goes_back, waits.is_some()) {
            (true, false) => format!("{} is paid {}{} by those below", paid.from, paid.size, pool("into")),
            (false, false) => format!("{} pays {}{}", paid.from, paid.size, pool("from")),
            (true, true) => format!("{} is owed {}{} by those below", paid.from, paid.size, pool("into")),
            (false, true) => format!("{} owes {}{}", paid.from, paid.size, pool("from")),
        };
        if let Some(waits) = waits {
            said_of.push_str(&waits);
        }
        if let Some(before) = &paid.before_rounding {
            said_of.push_str(&format!("; before rounding and limits it is {before}"));
        }
        if let Some(borne) = &paid.borne_by_payer {
            said_of.push_str(&format!("; limits cut off {borne}, which {} bears", paid.from));
        }
        said_of.push_str(". ");
        said_of.push_str(&paid.rules);
        let mut said_of = said(&said_of);
        if self.edition.contract.is_some() && !paid.clause.is_empty() {
            said_of.extend(said(" The contract says so in "));
            said_of.extend(self.clause(&paid.name, &paid.clause));
            said_of.extend(said("."));
        }
        let columns = [
            ("Paid to", Align::Left),
            ("Share", Align::Left),
            ("Before limits", Align::Right),
            ("Before rounding", Align::Right),
            ("Amount", Align::Right),
            ("Awarded in place of what was computed", Align::Left),
        ];
        let mut parts = table(&with_clause(&paid.title, &paid.clause), &columns);
        for part in &paid.parts {
            let share = part.share.as_deref().unwrap_or_default();
            let award =
                part.award.as_ref().map(|(computed, words)| format!("{computed} was computed; {words}"));
            let before = part.before_rounding.as_deref().unwrap_or_default();
            let alone = part.before_limits.as_deref().unwrap_or_default();
            let cells = [&part.to, share, alone, before, &part.amount, &award.unwrap_or_default()].map(said);
            parts.row(cells.to_vec());
        }
        let check = if paid.sums { "Sum, which is the amount" } else { "SUM, WHICH IS NOT THE AMOUNT" };
        let empty = Text::new;
        parts.row(vec![said(check), empty(), empty(), empty(), strong(&paid.sum), empty()]);
        parts.drop_empty_columns();
        vec![Block::Paragraph(said_of), Block::Table(parts)]
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

/// What a row is called, and what is given of it besides: `Scheme: Reablement`, where one of its figures is its name.
fn headed(row: &StatementRow) -> (String, Vec<&Given>) {
    let names_it = |given: &&Given| given.value == row.key && given.notes.is_empty();
    match row.given.iter().find(names_it).filter(|_| row.given.len() > 1) {
        Some(name) => {
            let others = row.given.iter().filter(|given| !std::ptr::eq(*given, name));
            (format!("{}: {}", name.title, row.key), others.collect())
        }
        None => (row.key.clone(), row.given.iter().collect()),
    }
}

fn given_table(caption: &str, all: &[&Given]) -> Block {
    let columns = [
        ("Figure", Align::Left),
        ("Value", Align::Right),
        ("As printed", Align::Right),
        ("Where it comes from", Align::Left),
    ];
    let mut given = table(caption, &columns);
    for one in all {
        // A column of its own for what few figures have would take the room from all others.
        let source = std::iter::once(&one.source).chain(&one.notes).map(String::as_str).collect::<Vec<_>>();
        given.row([&one.title, &one.value, &one.printed, &source.join("; ")].map(|text| said(text)).to_vec());
    }
    given.drop_empty_columns();
    Block::Table(given)
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
