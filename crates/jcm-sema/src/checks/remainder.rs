//! What is left in a balance of money at its end is paid or written off.

use super::usage::reached;
use super::uses::Uses;
use crate::checker::Checker;
use crate::problems::RemainderUnsaid;
use jcm_model::{Balance, BalanceKind};
use std::sync::Arc;

/// Refuses a balance of money whose remainder reaches no payment.
pub(super) fn check(cx: &mut Checker<'_>, uses: &[Option<Arc<Uses>>]) {
    let is_declared = |balance: &Arc<Balance>| matches!(balance.kind, BalanceKind::Declared { .. });
    if !cx.parts.balances.iter().flatten().any(is_declared) {
        return;
    }
    let flows = cx.parts.flows.iter().flatten().map(|flow| flow.amount).collect();
    let paid = reached(uses, flows, |_| None);
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
