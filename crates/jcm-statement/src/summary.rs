//! What all cases come to: sums by payment, a row for each case, and the file of its statement.

use crate::bars::bars;
use crate::funds;
use crate::page::{paragraph, particulars, said, section, strong, table};
use crate::parties::{in_all, parties_table, payments, within};
use crate::{CaseStatement, Edition};
use jcm_calculus::{PartyId, Settlement};
use jcm_doc::{Align, Block, Document, Inline, Role};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{Account, Entry, Settled};
use std::collections::BTreeSet;

/// Beyond this many cases nobody would look at a bar for each.
const MOST_BARS: usize = 30;

/// The heads of what is said of each payment.
const AMOUNTS: [&str; 4] = ["Settled", "Paid before", "To pay now", "In dispute"];

/// The summary.
pub(crate) fn document(edition: &Edition<'_>, statements: &[CaseStatement]) -> Document {
    let settlement = edition.engine.settlement();
    let title = format!("{}: what was settled", settlement.title);
    // A case that is there in several periods is one case.
    let cases: BTreeSet<String> = edition.periods.iter().flat_map(|settled| settled.table.keys()).collect();
    let labels: Vec<&str> = (0..edition.periods.len()).map(|period| edition.label(period)).collect();
    let files: Vec<&str> = edition.files.iter().map(|file| file.name.as_str()).collect();
    let rows = [
        ("Contract", settlement.title.clone()),
        ("Period", labels.join(", ")),
        ("Run", edition.run_words()),
        ("Cases", cases.len().to_string()),
        ("Files read", files.join(", ")),
        ("Source of the contract, SHA-256", settlement.source_hash.clone()),
        ("Made by", edition.program.to_owned()),
    ];
    let mut blocks = vec![section(Role::Cover, &title, "summary", vec![particulars("This summary", &rows)])];
    for (place, settled) in edition.periods.iter().enumerate() {
        let mut sums = vec![sums(edition, settled, edition.label(place))];
        let totals = settled.ledger.totals();
        let amounts: Vec<(&str, &Exact)> = settled
            .ledger
            .names()
            .iter()
            .map(String::as_str)
            .zip(totals.iter().map(|account| &account.settled))
            .collect();
        let unit = Unit::money(&settlement.currency.code);
        sums.extend(bars("What is paid, as bars.", &amounts, &unit).map(Block::Picture));
        let own = |entry: &&Entry| entry.period == edition.label(place);
        let entries: Vec<&Entry> = edition.journal.iter().filter(own).collect();
        if !payments(&entries).is_empty() {
            sums.push(parties_table(
                "What each partner pays and is paid now, over all cases",
                &entries,
                &unit,
            ));
        }
        sums.extend(within(&entries, &unit));
        let now: Exact = totals.iter().map(|account| &account.now).sum();
        sums.extend(in_all(&now, &entries, &unit));
        sums.extend(case_bars(edition, statements, place));
        sums.extend(open_balances(edition, place));
        let title = format!("What is paid for {}", edition.label(place));
        blocks.push(section(Role::Front, &title, &format!("sums-{place}"), sums));
        blocks.extend(funds::blocks(edition, place));
    }
    blocks.push(section(Role::Front, "Case by case", "cases", by_case(edition, statements)));
    Document { title, version: edition.version(), blocks }.finished()
}

/// What each case comes to, as bars, where they are few enough to be looked at.
fn case_bars(edition: &Edition<'_>, statements: &[CaseStatement], period: usize) -> Option<Block> {
    let settled = edition.periods.get(period)?;
    let money = Unit::money(&edition.engine.settlement().currency.code);
    let both_ways = both_ways(edition.engine.settlement());
    let own = statements.iter().filter(|statement| statement.period == period);
    let sums: Vec<(&str, Exact)> = own
        .filter_map(|statement| {
            let accounts = settled.ledger.cases.get(statement.place)?;
            let sum = match both_ways {
                Some(party) => net(settled, statement.place, party),
                None => accounts.iter().map(|account| &account.settled).sum(),
            };
            Some((statement.case.as_str(), sum))
        })
        .collect();
    let amounts: Vec<(&str, &Exact)> = sums.iter().map(|(case, sum)| (*case, sum)).collect();
    let drawn = (2..=MOST_BARS).contains(&amounts.len());
    let caption = match both_ways {
        Some(_) => "What each case is paid less what it pays, as bars.",
        None => "What each case comes to, as bars.",
    };
    drawn.then(|| bars(caption, &amounts, &money)).flatten().map(Block::Picture)
}

/// The party that is another in each case, where the contract has it pay and be paid: amounts that go both ways are not
/// to be added up.
fn both_ways(settlement: &Settlement) -> Option<PartyId> {
    let parties = (0u32..).map(PartyId).zip(&settlement.parties);
    let (party, _) = parties.into_iter().find(|(_, party)| party.per_case)?;
    let pays = settlement.allocations.iter().any(|allocation| allocation.payer == party);
    let is_paid = settlement.allocations.iter().any(|allocation| allocation.payer != party);
    (pays && is_paid).then_some(party)
}

/// What a party is paid less what it pays in a case.
fn net(settled: &Settled<'_>, place: usize, party: PartyId) -> Exact {
    let outcome = settled.results.outcomes.get(place);
    let payments = outcome.into_iter().flat_map(|outcome| &outcome.payments);
    payments.fold(Exact::zero(), |sum, payment| match (payment.to == party, payment.from == party) {
        (true, false) => &sum + &payment.amount,
        (false, true) => &sum - &payment.amount,
        _ => sum,
    })
}

/// What each payee is paid over all cases.
fn sums(edition: &Edition<'_>, settled: &Settled<'_>, label: &str) -> Block {
    let unit = Unit::money(&edition.engine.settlement().currency.code);
    let plain = settled.ledger.is_plain;
    let columns: Vec<_> = std::iter::once(("Payment", Align::Left)).chain(heads(plain)).collect();
    let mut sums = table(&format!("What is paid over all cases, {label}"), &columns);
    let totals = settled.ledger.totals();
    for (name, account) in settled.ledger.names().iter().zip(&totals) {
        let cells = amounts(account, plain).map(|amount| said(&show(amount, &unit)));
        sums.row(std::iter::once(said(name)).chain(cells).collect());
    }
    if totals.len() > 1 {
        let all = added(&totals);
        let cells = amounts(&all, plain).map(|amount| strong(&show(amount, &unit)));
        sums.row(std::iter::once(strong("In all")).chain(cells).collect());
    }
    Block::Table(sums)
}

/// The balances that a dispute leaves open, case by case; nothing where none is.
fn open_balances(edition: &Edition<'_>, period: usize) -> Option<Block> {
    let settled = edition.periods.get(period)?;
    let columns = [
        ("Case", Align::Left),
        ("Balance", Align::Left),
        ("At the end of the period, for the time being", Align::Right),
        ("When the dispute is resolved", Align::Left),
        ("Begins with it", Align::Left),
    ];
    let caption =
        format!("Balances that are not certain while figures are in dispute, {}", edition.label(period));
    let mut open = table(&caption, &columns);
    for place in settled.results.undisputed.keys() {
        let Some(statement) = edition.engine.statement_at(settled.table, settled.results, *place) else {
            continue;
        };
        for balance in &statement.balances {
            let Some(figure) = &balance.open else { continue };
            let next = balance.goes_on_in.as_deref().unwrap_or_default();
            let cells = [&statement.case, &balance.title, &balance.closing, &figure.words, next];
            open.row(cells.map(said).to_vec());
        }
    }
    (!open.rows.is_empty()).then_some(Block::Table(open))
}

/// A row for each case.
fn by_case(edition: &Edition<'_>, statements: &[CaseStatement]) -> Vec<Block> {
    let unit = Unit::money(&edition.engine.settlement().currency.code);
    let plain = edition.periods.iter().all(|settled| settled.ledger.is_plain);
    let several = edition.periods.len() > 1;
    let period = several.then_some(("Period", Align::Left));
    let both_ways = both_ways(edition.engine.settlement());
    let net_head = both_ways.map(|_| ("Is paid less pays", Align::Right));
    let mut columns = vec![("Case", Align::Left)];
    columns.extend(period.into_iter().chain(heads(plain)).chain(net_head));
    let mut cases = table("What each case comes to, over all its payments", &columns);
    for statement in statements {
        let Some(settled) = edition.periods.get(statement.period) else { continue };
        let own =
            settled.ledger.cases.get(statement.place).map(|accounts| added(accounts)).unwrap_or_default();
        let file = format!("{}.html", statement.stem);
        let mut row = vec![vec![Inline::File { text: statement.case.clone(), name: file }]];
        row.extend(several.then(|| said(edition.label(statement.period))));
        row.extend(amounts(&own, plain).map(|amount| said(&show(amount, &unit))));
        row.extend(both_ways.map(|party| said(&show(&net(settled, statement.place, party), &unit))));
        cases.row(row);
    }
    let text = "The statement of each case stands beside this file, as HTML, Word and JSON, under the name that the \
                case leads to here. What is paid now, payment by payment, is in journal.csv.";
    vec![paragraph(text), Block::Table(cases)]
}

fn heads(plain: bool) -> impl Iterator<Item = (&'static str, Align)> {
    AMOUNTS.into_iter().take(if plain { 1 } else { AMOUNTS.len() }).map(|head| (head, Align::Right))
}

fn amounts(account: &Account, plain: bool) -> impl Iterator<Item = &Exact> {
    let all = [&account.settled, &account.before, &account.now, &account.in_dispute];
    all.into_iter().take(if plain { 1 } else { AMOUNTS.len() })
}

fn added(accounts: &[Account]) -> Account {
    let sum = |of: fn(&Account) -> &Exact| accounts.iter().map(of).sum();
    Account {
        settled: sum(|account| &account.settled),
        before: sum(|account| &account.before),
        now: sum(|account| &account.now),
        open: sum(|account| &account.open),
        in_dispute: sum(|account| &account.in_dispute),
        range: None,
    }
}
