//! What is left in a balance of money at its end is paid or written off.

use super::usage::lines_in;
use crate::checker::Checker;
use crate::problems::RemainderUnsaid;
use jcm_model::{Balance, BalanceKind, LineId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Refuses a balance of money whose remainder reaches no payment.
pub(super) fn check(cx: &mut Checker<'_>) {
    let is_declared = |balance: &Arc<Balance>| matches!(balance.kind, BalanceKind::Declared { .. });
    if !cx.parts.balances.iter().flatten().any(is_declared) {
        return;
    }
    let mut open: Vec<LineId> = cx.parts.flows.iter().flatten().map(|flow| flow.amount).collect();
    let mut paid: BTreeSet<LineId> = BTreeSet::new();
    while let Some(line) = open.pop() {
        if paid.insert(line)
            && let Some(line) = cx.line(line)
        {
            lines_in(&line.expr, &mut open);
        }
    }
    let unsaid: Vec<RemainderUnsaid> = cx
        .parts
        .balances
        .iter()
        .flatten()
        // Of an incentive that could not be read, it is not known what it pays.
        .filter(|balance| cx.parts.incentives.get(balance.owner.index()).is_some_and(Option::is_some))
        .filter_map(|balance| match balance.kind {
            BalanceKind::Declared { remainder: Some(line), .. } if !paid.contains(&line) => {
                Some(RemainderUnsaid {
                    balance: balance.head.name.rsplit('.').next().unwrap_or_default().to_owned(),
                    span: balance.head.name_span,
                    every_year: balance.every_year,
                })
            }
            _ => None,
        })
        .collect();
    for problem in unsaid {
        cx.report::<()>(problem);
    }
}
