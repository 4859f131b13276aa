//! The account of each pooled fund: what is paid in, what is paid out, and what is left after each entry.

use crate::Edition;
use crate::page::{paragraph, said, section, strong, table};
use jcm_doc::{Align, Block, Role};
use jcm_quantity::{Exact, Unit, show};
use jcm_settle::{FundAccount, FundPayment, fund_accounts};
use serde_json::{Value, json};

impl Edition<'_> {
    /// The accounts of the funds over all cases of a period.
    pub(crate) fn funds(&self, period: usize) -> Vec<FundAccount> {
        let settled = self.periods.get(period);
        let accounts = settled.map(|settled| fund_accounts(self.engine.settlement(), settled, self.journal));
        accounts.unwrap_or_default()
    }
}

/// A part for each fund of a period.
pub(crate) fn blocks(edition: &Edition<'_>, period: usize) -> Vec<Block> {
    let numbered = (1..).zip(edition.funds(period));
    let part = |(number, account): (usize, FundAccount)| {
        let title = format!("Account of {} for {}", account.fund, edition.label(period));
        section(Role::Front, &title, &format!("fund-{period}-{number}"), of_one(edition, period, &account))
    };
    numbered.map(part).collect()
}

fn of_one(edition: &Edition<'_>, period: usize, account: &FundAccount) -> Vec<Block> {
    let money = Unit::money(&edition.engine.settlement().currency.code);
    let shown = |amount: &Exact| show(amount, &money);
    let about = format!(
        "{} holds the fund. The account is of {} alone: it begins at nought, so that what earlier periods left is not in it. \
         What is left pays for whatever else the fund is for and this contract does not settle.",
        account.host,
        edition.label(period)
    );
    let heads = ["Into the fund", "Out of the fund", "Left in the fund"].map(|head| (head, Align::Right));
    let columns: Vec<_> =
        [("Entry", Align::Left), ("Partner", Align::Left)].into_iter().chain(heads).collect();
    let mut rows = table(&format!("Account of {}", account.fund), &columns);
    let mut left = Exact::zero();
    let [mut paid_in, mut paid_out] = [Exact::zero(), Exact::zero()];
    let mut entry = |what: &str, who: &str, amount: &Exact, is_into: bool| {
        left = &left + amount;
        let size = shown(&amount.abs());
        let (mut into, mut out) = (size.clone(), String::new());
        if amount.is_negative() || (amount.is_zero() && !is_into) {
            (into, out) = (String::new(), size);
            paid_out = &paid_out - amount;
        } else {
            paid_in = &paid_in + amount;
        }
        rows.row([what, who, &into, &out, &shown(&left)].map(said).to_vec());
    };
    for (who, amount) in &account.contributions {
        entry("Contribution for the period", who, amount, true);
    }
    for payment in &account.payments {
        let own =
            if payment.is_internal { "; it holds the fund and enters this in its own books" } else { "" };
        let who = format!("{}{own}", payment.to);
        entry(&payment.title, &who, &payment.amount.neg(), false);
    }
    let sums = [shown(&paid_in), shown(&paid_out), shown(&account.closing)];
    let sums = sums.iter().map(|sum| strong(sum));
    rows.row([strong("In all, and what is left"), Vec::new()].into_iter().chain(sums).collect());
    let mut blocks = vec![paragraph(&about), Block::Table(rows)];
    if account.closing.is_negative() {
        let missing = shown(&account.closing.abs());
        blocks.push(paragraph(&format!("More is paid out of the fund than into it: {missing} is missing.")));
    }
    blocks.extend(in_dispute(account, &money));
    blocks.push(paragraph(if account.balances && left == account.closing {
        "The journal agrees: what it moves out of the fund now, less what it moves into it, is what is still to pay of these payments."
    } else {
        "THE JOURNAL DOES NOT AGREE: it moves another amount out of the fund than is still to pay of these payments."
    }));
    blocks
}

/// What waits for a dispute and is therefore not in the account; nothing where nothing does.
fn in_dispute(account: &FundAccount, money: &Unit) -> Option<Block> {
    let open: Vec<_> = account.payments.iter().filter(|payment| !payment.in_dispute.is_zero()).collect();
    let shown = |amount: &Exact| show(amount, money);
    let each =
        |payment: &&FundPayment| format!("{}, {}: {}", payment.title, payment.to, shown(&payment.in_dispute));
    let list = open.iter().map(each).collect::<Vec<_>>().join("; ");
    let sum: Exact = open.iter().map(|payment| &payment.in_dispute).sum();
    let mut text = format!("Not in the account, because it waits until the dispute is resolved: {list}.");
    // Amounts in two directions need not come together, so their sum says nothing.
    if open.iter().all(|payment| payment.in_dispute.is_positive()) {
        let left = shown(&(&account.closing - &sum));
        text.push_str(&format!(" If all of it, {}, is paid, {left} is left in the fund.", shown(&sum)));
    }
    (!open.is_empty()).then(|| paragraph(&text))
}

/// The same for programs.
pub(crate) fn json(account: &FundAccount) -> Value {
    let contributions = account.contributions.iter();
    let payments = account.payments.iter();
    json!({
        "fund": account.fund,
        "host": account.host,
        "opening": "0",
        "contributions": contributions.map(|(party, amount)| json!({ "party": party, "amount": amount.text() })).collect::<Vec<_>>(),
        "payments": payments.map(|payment| json!({
            "title": payment.title,
            "party": payment.to,
            "amount": payment.amount.text(),
            "in_dispute": payment.in_dispute.text(),
            "internal": payment.is_internal,
        })).collect::<Vec<_>>(),
        "closing": account.closing.text(),
        "balances": account.balances,
    })
}
