//! The journal of payments: who pays whom what, when and under which clause. It always balances, because every entry
//! leaves one party and reaches another.

use crate::record::Settled;
use crate::results::{Sheet, money};
use crate::run::{Run, label_of};
use jcm_calculus::{Allocation, DueOn, OddPart, PartyId, PaymentDue, Settlement};
use jcm_quantity::{Exact, RoundingMode, round_parts};

/// The heads of the columns. Whoever replaces a file knows a journal by them.
const HEADS: [&str; 11] =
    ["payer", "payee", "amount", "currency", "due", "clause", "period", "case", "reference", "fund", "kind"];
/// When it is due, where the settlement says nothing of it.
const NOT_THERE: &str = "the settlement does not say";
/// How it begins that the contract does not say when.
const UNSAID: &str = "the contract does not say";
/// When the difference of an amount is due that was paid in parts before.
const OF_A_DIFFERENCE: &str = "the contract does not say when a difference from what was paid before is due";

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who pays.
    pub payer: String,
    /// Who is paid.
    pub payee: String,
    /// How much, above nought.
    pub amount: Exact,
    /// When, as a date or in the words of the contract; empty where it does not say.
    pub due: String,
    /// The rule of the contract that the day follows from, in its words; empty where no day follows from one.
    pub rule: String,
    /// Where the payment stands in the contract; may be empty.
    pub clause: String,
    /// The period that it is for.
    pub period: String,
    /// The case that it is for.
    pub case: String,
    /// What tells it from every other payment under the contract.
    pub reference: String,
    /// The fund that it leaves, or comes back to; empty where the payer pays directly.
    pub fund: String,
    /// Whether it goes from one party to another.
    pub kind: EntryKind,
    /// Whether a payee pays: what it was paid before is clawed back, or the amount is below nought.
    pub goes_back: bool,
}

/// Whether money leaves the party that pays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// One party pays another.
    Payment,
    /// A party that holds a fund is paid from it itself: it enters the amount in its own books, and no bank is asked.
    InternalTransfer,
}

impl EntryKind {
    /// What a journal calls it.
    pub fn words(self) -> &'static str {
        match self {
            EntryKind::Payment => "payment",
            EntryKind::InternalTransfer => "internal transfer",
        }
    }
}

/// What is paid now for every case, in the order of the cases. What is below nought goes the other way. What is paid in
/// parts is so only while nothing of it was paid before: a difference is paid at once.
pub fn journal(settlement: &Settlement, periods: &[Settled<'_>], run: Option<&Run>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let run = run.map(|run| format!("/{}", run.kind.words().replace(' ', "-"))).unwrap_or_default();
    for Settled { table, ledger, .. } in periods {
        let period = label_of(settlement, table);
        for (data, accounts) in table.cases.iter().zip(&ledger.cases) {
            let case = data.name();
            for ((place, to), account) in ledger.payees.iter().zip(accounts) {
                let Some(allocation) = settlement.allocations.get(*place) else { continue };
                if account.now.is_zero() {
                    continue;
                }
                let mut entry = entry(settlement, allocation, *to, &account.now, &case);
                let name = settlement.parties.get(to.index()).map_or("", |party| &party.name);
                let own = &allocation.name;
                entry.reference = format!("{}/{period}/{case}/{own}/{name}{run}", settlement.name);
                period.clone_into(&mut entry.period);
                let due = allocation.due.iter().find(|due| due.period == table.period());
                entries.extend(in_parts(entry, due, !account.before.is_zero(), settlement.currency.minor));
            }
        }
    }
    entries
}

/// What one payee is paid, or pays back.
fn entry(settlement: &Settlement, paid: &Allocation, to: PartyId, now: &Exact, case: &str) -> Entry {
    let (mut payer, payee) = (party(settlement, paid.payer, case), party(settlement, to, case));
    let is_internal = paid.payer == to;
    if is_internal && !paid.pool.is_empty() {
        // Both ends are one party: which of its books pays tells them apart.
        payer = format!("{payer}, for {}", paid.pool);
    }
    let (payer, payee) = if now.is_negative() { (payee, payer) } else { (payer, payee) };
    Entry {
        payer,
        payee,
        amount: now.abs(),
        due: String::new(),
        rule: String::new(),
        clause: paid.origin.clause.clone(),
        period: String::new(),
        case: case.to_owned(),
        reference: String::new(),
        fund: paid.pool.clone(),
        kind: if is_internal { EntryKind::InternalTransfer } else { EntryKind::Payment },
        goes_back: now.is_negative(),
    }
}

/// An entry for each part of a payment, which together are the whole.
fn in_parts(whole: Entry, due: Option<&PaymentDue>, is_difference: bool, minor: u32) -> Vec<Entry> {
    let only = |due: &str| vec![Entry { due: due.to_owned(), ..whole.clone() }];
    let Some(due) = due else { return only(NOT_THERE) };
    match due.parts.as_slice() {
        [] => only(NOT_THERE),
        [part] => vec![Entry { due: said(part), rule: rule_of(due, part), ..whole }],
        _ if is_difference => only(OF_A_DIFFERENCE),
        parts => {
            let amounts = equal_parts(&whole.amount, parts.len(), due.odd, minor);
            let numbered = (1usize..).zip(parts).zip(amounts);
            let part = |((number, part), amount): ((usize, &DueOn), Exact)| Entry {
                amount,
                due: said(part),
                rule: rule_of(due, part),
                reference: format!("{}/part-{number}-of-{}", whole.reference, parts.len()),
                ..whole.clone()
            };
            numbered.map(part).filter(|entry| !entry.amount.is_zero()).collect()
        }
    }
}

fn said(due: &DueOn) -> String {
    match due {
        DueOn::Day(day) => day.to_string(),
        DueOn::Words(words) => words.clone(),
    }
}

/// The rule that a day follows from; words say it themselves.
fn rule_of(due: &PaymentDue, part: &DueOn) -> String {
    if matches!(part, DueOn::Day(_)) { due.rule.clone() } else { String::new() }
}

/// An amount in equal parts of whole minor units, and what is left over where the rule says.
fn equal_parts(amount: &Exact, count: usize, odd: OddPart, minor: u32) -> Vec<Exact> {
    let size = i64::try_from(count).ok().map(Exact::from_int);
    let grain = Exact::one().checked_div(&Exact::from_int(10).pow(minor));
    let part = size.as_ref().and_then(|size| amount.checked_div(size));
    let (Some(grain), Some(size), Some(part)) = (grain, size, part) else { return vec![amount.clone()] };
    if odd == OddPart::OneEach {
        return round_parts(amount, &grain, &vec![part; count]);
    }
    let even = part.round(&grain, RoundingMode::Down);
    let mut parts = vec![even.clone(); count];
    let takes = if odd == OddPart::First { parts.first_mut() } else { parts.last_mut() };
    if let Some(takes) = takes {
        *takes = amount - &(&even * &(&size - &Exact::one()));
    }
    parts
}

/// The journal as CSV (UTF-8, commas, one header row); amounts are plain decimals of the currency.
pub fn journal_csv(settlement: &Settlement, entries: &[Entry]) -> String {
    let mut sheet = Sheet::default();
    HEADS.iter().for_each(|head| sheet.cell(head));
    sheet.end_row();
    for entry in entries {
        sheet.text(&entry.payer);
        sheet.text(&entry.payee);
        sheet.cell(&money(&entry.amount, settlement.currency.minor, None));
        sheet.cell(&settlement.currency.code);
        // A column of days holds no sentence on why there is none.
        let says_nothing = entry.due == NOT_THERE || entry.due.starts_with(UNSAID);
        sheet.text(if says_nothing { "" } else { &entry.due });
        for text in [&entry.clause, &entry.period, &entry.case, &entry.reference, &entry.fund] {
            sheet.text(text);
        }
        sheet.cell(entry.kind.words());
        sheet.end_row();
    }
    sheet.text
}

/// A party by its title; the one that changes from case to case with the key of the case.
fn party(settlement: &Settlement, id: PartyId, case: &str) -> String {
    let Some(party) = settlement.parties.get(id.index()) else { return String::new() };
    let title = if party.title.is_empty() { &party.name } else { &party.title };
    if party.per_case { format!("{title} ({case})") } else { title.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(amount: &str, count: usize, odd: OddPart) -> Vec<String> {
        let amount = Exact::parse(amount).unwrap();
        equal_parts(&amount, count, odd, 2).iter().map(Exact::text).collect()
    }

    #[test]
    fn what_does_not_divide_goes_where_the_contract_says() {
        let rest = ["2266666.66"; 11];
        // 12 times 2,266,666.66 is 8 pence short of 27,200,000.
        assert_eq!(parts("27200000", 12, OddPart::Last), [&rest[..], &["2266666.74"]].concat());
        assert_eq!(parts("27200000", 12, OddPart::First), [&["2266666.74"], &rest[..]].concat());
        let one_each = [["2266666.67"; 8].as_slice(), &["2266666.66"; 4]].concat();
        assert_eq!(parts("27200000", 12, OddPart::OneEach), one_each);
    }

    #[test]
    fn parts_sum_to_the_whole() {
        for odd in [OddPart::Last, OddPart::First, OddPart::OneEach] {
            for amount in ["0.01", "0.11", "1", "9830400", "27200000", "0.99"] {
                let whole = Exact::parse(amount).unwrap();
                let sum: Exact = equal_parts(&whole, 12, odd, 2).iter().sum();
                assert_eq!(sum, whole, "{amount} {odd:?}");
            }
        }
    }
}
