//! The gain share of the reference contract, and of the reference job in whole pennies.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, Prepared};
use jcm_quantity::Exact;
use proptest::prelude::*;

struct GainShare {
    settlement: Settlement,
    budget: Expr,
    cost: Expr,
    quality: Expr,
    saving: Expr,
    payable: Expr,
}

/// The waterfall of the reference contract: a 2 % gate, a 50 % share, the quality score on gains only, a floor of
/// -5 % and a ceiling of 10 % of the budget.
fn gain_share(shares: &[&str]) -> GainShare {
    let mut s = empty();
    let budget = s.input("budget", pounds());
    let cost = s.input("actual_cost", pounds());
    let quality = s.input("quality", percent());
    let saving = s.line("saving", pounds(), sub(&budget, &cost));
    let rate = s.line("saving_rate", percent(), div(&saving, &budget));
    let gate = compare(Comparison::GreaterOrEqual, &Expr::Absolute(Box::new(rate)), &lit("2%"));
    let shareable = s.line("shareable", pounds(), when(gate, saving.clone(), lit("0")));
    let share_line = s.line("share", pounds(), mul(&lit("50%"), &shareable));
    let gains = compare(Comparison::Greater, &share_line, &lit("0"));
    let earned = s.line("earned", pounds(), when(gains, mul(&quality, &share_line), share_line.clone()));
    let floor = Expr::Greatest(vec![earned, mul(&lit("-5%"), &budget)]);
    let payable = s.line("payable", pounds(), Expr::Least(vec![floor, mul(&lit("10%"), &budget)]));
    let payer = s.party("council");
    let parties: Vec<PartyId> = (0..shares.len()).map(|i| s.party(&format!("provider_{i}"))).collect();
    let shares = parties.iter().zip(shares).map(|(party, part)| share(*party, part)).collect();
    s.allocations.push(pays(&payable, payer, shares));
    GainShare { settlement: s, budget, cost, quality, saving, payable }
}

#[test]
fn a_saving_of_three_percent_pays_as_the_contract_prints() {
    let g = gain_share(&["40%", "35%", "20%", "5%"]);
    let given =
        [(&g.budget, number("£122,880,000")), (&g.cost, number("£119,193,600")), (&g.quality, number("90%"))];
    let outcome = run(&g.settlement, &given).unwrap();
    assert_eq!(text(&outcome, &g.saving), "3686400");
    assert_eq!(text(&outcome, &g.payable), "1658880");
    assert_eq!(amounts(&outcome), ["663552.00", "580608.00", "331776.00", "82944.00"]);
    assert_eq!(outcome.receives(0, PartyId(1)), Some(&n("£663,552.00")));
    assert_eq!(outcome.lines.len(), g.settlement.steps.len());
}

#[test]
fn an_overspend_is_shared_without_the_score_and_down_to_the_floor() {
    let mut g = gain_share(&["40%", "35%", "20%", "5%"]);
    let last = g.settlement.allocations[0].shares.last_mut().unwrap();
    last.losing_at_most = Some(n("£50,000"));
    g.settlement.allocations[0].excess = Some(Excess::Others);
    let given =
        [(&g.budget, number("£122,880,000")), (&g.cost, number("£129,024,000")), (&g.quality, number("90%"))];
    let outcome = run(&g.settlement, &given).unwrap();
    assert_eq!(text(&outcome, &g.payable), "-3072000");
    // The other £3,022,000 by 40, 35 and 20 of 95.
    assert_eq!(amounts(&outcome), ["-1272421.05", "-1113368.42", "-636210.53", "-50000.00"]);
    assert_eq!(outcome.allocations[0].amount, n("-£3,072,000".replace('£', "").as_str()));
}

/// The same job in whole pennies, as the benchmarks define it: the answer from outside.
fn in_pennies(b: i64, e: i64, q: i64) -> (i64, Vec<i64>) {
    let (b, e, q) = (i128::from(b), i128::from(e), i128::from(q));
    let s = b - e;
    let num = if 50 * s >= b {
        (s * q).min(2000 * b)
    } else if 50 * s <= -b {
        (10000 * s).max(-1000 * b)
    } else {
        0
    };
    let (whole, rest) = (num.div_euclid(20000), num.rem_euclid(20000));
    let up = rest > 10000 || (rest == 10000 && whole % 2 != 0);
    let pool = whole + i128::from(up);
    let size = pool.abs();
    let mut parts: Vec<(i128, i128)> = [40, 30, 20, 10].map(|sh| (size * sh / 100, size * sh % 100)).to_vec();
    let left = size - parts.iter().map(|(part, _)| part).sum::<i128>();
    for _ in 0..left {
        let most = parts.iter().map(|(_, rest)| *rest).max().unwrap();
        let first = parts.iter_mut().find(|(_, rest)| *rest == most).unwrap();
        *first = (first.0 + 1, -1);
    }
    let sign = pool.signum();
    let pennies = |x: i128| i64::try_from(x).unwrap();
    (pennies(pool), parts.into_iter().map(|(part, _)| pennies(part * sign)).collect())
}

fn agree(g: &GainShare, prepared: &Prepared<'_>, b: i64, e: i64, q: i64) {
    let penny = n("0.01");
    let figure = |pennies: i64| Value::Number(Exact::from_int(pennies) * &penny);
    let quality = Value::Number(Exact::ratio(q, 10000).unwrap());
    let inputs = [(&g.budget, figure(b)), (&g.cost, figure(e)), (&g.quality, quality)];
    let inputs = inputs.into_iter().map(|(input, value)| (input_id(input), value)).collect();
    let outcome = prepared.settle(&Case { inputs, ..Case::default() }).unwrap();
    let (pool, parts) = in_pennies(b, e, q);
    assert_eq!(outcome.allocations[0].amount, Exact::from_int(pool) * &penny, "{b} {e} {q}");
    let expected: Vec<Exact> = parts.into_iter().map(|part| Exact::from_int(part) * &penny).collect();
    let found: Vec<Exact> = outcome.payments.iter().map(|payment| payment.amount.clone()).collect();
    assert_eq!(found, expected, "{b} {e} {q}");
}

#[test]
fn thresholds_and_half_pennies_agree_with_whole_pennies() {
    let g = gain_share(&["40%", "30%", "20%", "10%"]);
    let prepared = Prepared::new(&g.settlement);
    for (b, e, q) in [
        (100, 98, 10000),
        (100, 102, 10000),
        (5000, 4899, 10000),
        (5000, 4900, 9999),
        (5000, 5101, 0),
        (1_000_000_000, 1, 10000),
        (1_000_000_000, 2_000_000_001, 5000),
        (1, 0, 1),
    ] {
        agree(&g, &prepared, b, e, q);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_case_agrees_with_whole_pennies(b in 1i64..1_000_000_000, part in 0i64..20_000, odd in 0i64..1000, q in 0i64..=10000) {
        let g = gain_share(&["40%", "30%", "20%", "10%"]);
        let e = i64::try_from(i128::from(b) * i128::from(part) / 10_000).unwrap() + odd;
        agree(&g, &Prepared::new(&g.settlement), b, e, q);
    }
}
