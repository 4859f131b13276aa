//! A statement for programs: the same as the document says, in the same words, with its parts named.

use crate::case::One;
use crate::funds;
use crate::parties::{PartyTotal, parties};
use jcm_quantity::Exact;
use jcm_settle::{Account, Change, Entry, Fixed, Given, OpenFigure, PaidOut, StatementLine};
use serde_json::{Value, json};

/// The version of the form.
const VERSION: u32 = 1;

/// The statement as a JSON text.
pub(crate) fn text(one: &One<'_>, over_all: &Value, working: Value) -> Result<String, serde_json::Error> {
    let (edition, statement) = (one.edition, one.statement);
    let settlement = edition.engine.settlement();
    let rows = statement.rows.iter().map(
        |row| json!({ "key": row.key, "given": all(&row.given, given), "lines": all(&row.lines, line) }),
    );
    let changes = one.changes().map(|(since, changes)| {
        json!({ "since": since, "figures": changes.into_iter().map(change).collect::<Vec<_>>() })
    });
    let file =
        |file: &crate::FileRead| json!({ "role": file.role, "name": file.name, "sha256": file.sha256 });
    let balance = |balance: &jcm_settle::BalanceMoved| {
        json!({
            "title": balance.title,
            "opening": balance.opening,
            "source": balance.source,
            "movement": balance.movement,
            "closing": balance.closing,
            "open": balance.open.as_ref().map(open),
            "goes_on_in": balance.goes_on_in,
        })
    };
    let account = |(name, account): (&str, &Account)| accounted(name, account);
    let value = json!({
        "jcm": "statement",
        "version": VERSION,
        "contract": {
            "name": settlement.name,
            "title": settlement.title,
            "source_hash": settlement.source_hash,
            "currency": settlement.currency.code,
        },
        "program": edition.program,
        "run": edition.run.map(|run| run.kind.words()),
        "period": edition.label(one.period),
        "case": statement.case,
        "standing": one.standing(),
        "files": all(edition.files, file),
        "fixed": all(&one.fixed(), fixed),
        "given": all(&statement.given, given),
        "rows": rows.collect::<Vec<_>>(),
        "lines": all(&statement.lines, line),
        "balances": all(&statement.balances, balance),
        "payments": all(&statement.payments, paid),
        "accounts": one.accounts().into_iter().map(account).collect::<Vec<_>>(),
        "parties": all(&parties(&one.entries()), party),
        "to_pay": all(&one.entries(), |entry| entry_of(entry)),
        "funds": if one.is_alone() { all(&edition.funds(one.period), funds::json) } else { Vec::new() },
        "changes": changes,
        "over_all": over_all,
        "working": working,
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn all<T>(list: &[T], each: impl Fn(&T) -> Value) -> Vec<Value> {
    list.iter().map(each).collect()
}

fn given(given: &Given) -> Value {
    json!({
        "title": given.title,
        "value": given.value,
        "printed": given.printed,
        "source": given.source,
        "notes": given.notes,
    })
}

fn fixed(fixed: &Fixed) -> Value {
    json!({
        "name": fixed.name,
        "title": fixed.title,
        "value": fixed.value,
        "in_force": fixed.in_force,
        "source": fixed.source,
        "clause": fixed.clause,
    })
}

fn party(party: &PartyTotal<'_>) -> Value {
    let text = |amount: &Exact| amount.text();
    json!({
        "party": party.party,
        "pays": text(&party.pays),
        "is_paid": text(&party.is_paid),
        "net": text(&party.net()),
    })
}

fn entry_of(entry: &Entry) -> Value {
    json!({
        "payer": entry.payer,
        "payee": entry.payee,
        "amount": entry.amount.text(),
        "due": entry.due,
        "due_rule": entry.rule,
        "clause": entry.clause,
        "reference": entry.reference,
        "fund": entry.fund,
        "kind": entry.kind.words(),
    })
}

fn line(line: &StatementLine) -> Value {
    json!({
        "name": line.name,
        "title": line.title,
        "clause": line.clause,
        "words": line.words,
        "figures": line.figures,
        "before_rounding": line.before_rounding,
        "value": line.value,
        "given": line.given,
        "award": line.award.as_ref().map(awarded),
        "open": line.open.as_ref().map(open),
    })
}

/// What a figure can come to when a dispute is resolved.
fn open(open: &OpenFigure) -> Value {
    let [least, most] = open.range.clone().map_or([None, None], |range| range.map(Some));
    json!({ "words": open.words, "least": least, "most": most, "certain": open.certain })
}

fn paid(paid: &PaidOut) -> Value {
    let part = |part: &jcm_settle::Part| {
        json!({
            "to": part.to,
            "share": part.share,
            "before_limits": part.before_limits,
            "before_rounding": part.before_rounding,
            "amount": part.amount,
            "award": part.award.as_ref().map(awarded),
        })
    };
    json!({
        "title": paid.title,
        "clause": paid.clause,
        "from": paid.from,
        "pool": paid.pool,
        "amount": paid.amount,
        "before_rounding": paid.before_rounding,
        "borne_by_payer": paid.borne_by_payer,
        "rules": paid.rules,
        "parts": all(&paid.parts, part),
        "sum": paid.sum,
    })
}

fn awarded((computed, words): &(String, String)) -> Value {
    json!({ "computed": computed, "award": words })
}

/// Amounts are exact: decimals, or fractions where the decimals do not end.
fn accounted(name: &str, account: &Account) -> Value {
    let text = |amount: &Exact| amount.text();
    json!({
        "payment": name,
        "settled": text(&account.settled),
        "paid_before": text(&account.before),
        "to_pay_now": text(&account.now),
        "in_dispute": text(&account.in_dispute),
        "open": text(&account.open),
    })
}

fn change(change: &Change) -> Value {
    let [then, now, difference] = change.figures();
    json!({
        "row": change.row,
        "name": change.name,
        "title": change.title,
        "then": then,
        "now": now,
        "difference": difference,
    })
}
