//! Payments: they sum to the amount, whatever the shares, limits, grain and residue.

use crate::build::*;
use jcm_calculus::*;
use jcm_eval::{Case, Outcome, Prepared, Stop};
use jcm_quantity::{Exact, RoundingMode};
use proptest::prelude::*;

/// An amount paid by one party to others with these shares and limits on losing and gaining.
fn allocation(shares: &[(&str, Option<&str>)], excess: Option<Excess>) -> (Settlement, Expr) {
    let mut s = empty();
    let amount = s.input("amount", pounds());
    let line = s.line("payable", pounds(), amount.clone());
    let payer = s.party("icb");
    let shares = shares
        .iter()
        .enumerate()
        .map(|(i, (part, limit))| {
            let party = s.party(&format!("provider_{i}"));
            let limit = limit.map(n);
            AllocationShare { losing_at_most: limit.clone(), gaining_at_most: limit, ..share(party, part) }
        })
        .collect();
    let mut allocation = pays(&line, payer, shares);
    allocation.excess = excess;
    s.allocations.push(allocation);
    (s, amount)
}

fn paid(s: &Settlement, amount: &Expr, figure: &str) -> Outcome {
    run(s, &[(amount, number(figure))]).unwrap()
}

#[test]
fn the_odd_pennies_go_to_the_largest_remainders() {
    let (s, amount) = allocation(&[("1/3", None), ("1/3", None), ("1/3", None)], None);
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["33.34", "33.33", "33.33"]);
    assert_eq!(amounts(&paid(&s, &amount, "-100")), ["-33.34", "-33.33", "-33.33"]);
    let outcome = paid(&s, &amount, "0.005");
    assert_eq!(amounts(&outcome), ["0.00", "0.00", "0.00"]);
    assert_eq!(outcome.allocations[0].amount_exact, n("0.005"));
    assert_eq!(outcome.payments[0].exact, n("1/600"));
}

/// The first up to 50, the second up to 20, and what is left in thirds to the first and others.
fn in_order() -> (Settlement, Expr) {
    let (mut s, amount) = allocation(&[("1/3", None), ("1/3", None), ("1/3", None)], None);
    s.allocations[0].first =
        vec![Tranche { party: PartyId(1), up_to: n("50") }, Tranche { party: PartyId(2), up_to: n("20") }];
    (s, amount)
}

#[test]
fn some_are_paid_before_others() {
    let (s, amount) = in_order();
    assert_eq!(amounts(&paid(&s, &amount, "30")), ["30.00", "0.00", "0.00"]);
    assert_eq!(amounts(&paid(&s, &amount, "50")), ["50.00", "0.00", "0.00"]);
    assert_eq!(amounts(&paid(&s, &amount, "60.005")), ["50.00", "10.00", "0.00"]);
    // 100 less 70 leaves 30, of which each has 10.
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["60.00", "30.00", "10.00"]);
    assert_eq!(amounts(&paid(&s, &amount, "-100")), ["-60.00", "-30.00", "-10.00"]);
    let outcome = paid(&s, &amount, "70.01");
    assert_eq!(amounts(&outcome), ["50.01", "20.00", "0.00"]);
    assert_eq!(outcome.payments[1].exact, n("20") + n("1/300"));
}

#[test]
fn the_residue_can_go_to_one_party() {
    let (mut s, amount) = allocation(&[("1/3", None), ("1/3", None), ("1/3", None)], None);
    s.allocations[0].residue = Residue::To(PartyId(3));
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["33.33", "33.33", "33.34"]);
    assert_eq!(amounts(&paid(&s, &amount, "-50")), ["-16.67", "-16.67", "-16.66"]);
}

#[test]
fn what_a_limit_cuts_off_goes_round_until_nobody_is_over() {
    // 60 is limited to 30; its 30 goes to 30 and 10 as 3 to 1, which takes the second over 40 in turn.
    let shares = [("60%", Some("30")), ("30%", Some("40")), ("10%", None)];
    let (s, amount) = allocation(&shares, Some(Excess::Others));
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["30.00", "40.00", "30.00"]);
    assert_eq!(amounts(&paid(&s, &amount, "-100")), ["-30.00", "-40.00", "-30.00"]);
    assert_eq!(amounts(&paid(&s, &amount, "10")), ["6.00", "3.00", "1.00"]);
}

#[test]
fn when_all_have_reached_their_limit_the_contract_must_say_more() {
    let (s, amount) = allocation(&[("60%", Some("30")), ("40%", Some("40"))], Some(Excess::Others));
    assert_eq!(amounts(&paid(&s, &amount, "70")), ["30.00", "40.00"]);
    let stop = run(&s, &[(&amount, number("-100"))]).unwrap_err();
    assert_eq!(stop, Stop::LimitsReached { allocation: 0, left: n("30") });
    let words = "Every party to “Sharing of savings” has reached its limit, \
                 and the contract does not say who bears the other £30.00.";
    assert_eq!(stop.words(&s), words);
}

#[test]
fn one_party_can_bear_what_is_cut_off() {
    let shares = [("60%", Some("30")), ("40%", None)];
    let (s, amount) = allocation(&shares, Some(Excess::To(PartyId(2))));
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["30.00", "70.00"]);
    // A party without a share bears it as a payment of its own.
    let (mut s, amount) = allocation(&shares, None);
    let guarantor = s.party("guarantor");
    s.allocations[0].excess = Some(Excess::To(guarantor));
    let outcome = paid(&s, &amount, "-100");
    assert_eq!(amounts(&outcome), ["-30.00", "-40.00", "-30.00"]);
    assert_eq!(outcome.receives(0, guarantor), Some(&n("-30")));
}

#[test]
fn the_payer_can_bear_what_is_cut_off() {
    let shares = [("1/3", Some("10")), ("2/3", None)];
    let (s, amount) = allocation(&shares, Some(Excess::Payer));
    let outcome = paid(&s, &amount, "100");
    assert_eq!(amounts(&outcome), ["10.00", "66.67"]);
    let total = &outcome.allocations[0];
    assert_eq!((total.amount.clone(), total.borne_by_payer.clone()), (n("76.67"), n("70/3")));
    assert_eq!(total.payments, 0..2);
}

#[test]
fn rounding_never_takes_a_party_over_its_limit() {
    // A limit between two pennies counts in whole pennies.
    let (s, amount) = allocation(&[("1/2", Some("10.005")), ("1/2", None)], Some(Excess::Others));
    assert_eq!(amounts(&paid(&s, &amount, "100")), ["10.00", "90.00"]);
}

fn excesses() -> impl Strategy<Value = Excess> {
    prop_oneof![Just(Excess::Others), Just(Excess::To(PartyId(1))), Just(Excess::Payer)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn payments_sum_to_the_amount_and_respect_limits(
        millis in -1_000_000i64..1_000_000,
        weights in prop::collection::vec((1i64..100, prop::option::of(0i64..200_000)), 2..6),
        excess in excesses(),
        mode in prop::sample::select(RoundingMode::ALL.to_vec()),
    ) {
        let sum: i64 = weights.iter().map(|(weight, _)| weight).sum();
        let mut s = empty();
        let amount = s.input("amount", pounds());
        let line = s.line("payable", pounds(), amount.clone());
        let payer = s.party("icb");
        let mut shares = Vec::new();
        for (i, (weight, limit)) in weights.iter().enumerate() {
            let party = s.party(&i.to_string());
            // The first bears the excess where one party does, and one at least has a limit.
            let limit = if i == 0 { None } else { limit.or(if i == 1 { Some(1000) } else { None }) };
            let limit = limit.map(|millis| Exact::ratio(millis, 1000).unwrap());
            let part = Exact::ratio(*weight, sum).unwrap();
            shares.push(AllocationShare { party, share: part, losing_at_most: limit.clone(), gaining_at_most: limit });
        }
        let mut allocation = pays(&line, payer, shares.clone());
        allocation.rounding.mode = mode;
        allocation.excess = Some(excess.clone());
        s.allocations.push(allocation);
        verify(&s).unwrap();
        let figure = Exact::ratio(millis, 1000).unwrap();
        let inputs = [(input_id(&amount), Value::Number(figure.clone()))].into();
        let outcome = Prepared::new(&s).settle(&Case { inputs, ..Case::default() }).unwrap();
        let total = &outcome.allocations[0];
        let grain = n("0.01");
        prop_assert_eq!(outcome.payments.iter().map(|p| &p.amount).sum::<Exact>(), total.amount.clone());
        let exact = outcome.payments.iter().map(|p| &p.exact).sum::<Exact>();
        prop_assert_eq!(&exact + &total.borne_by_payer, figure.clone());
        if excess != Excess::Payer {
            prop_assert_eq!(&total.amount, &figure.round(&grain, mode));
        }
        // Between two kinks every part runs straight.
        let kinks = jcm_eval::kinks(&s, 0);
        let below = kinks.iter().rev().find(|kink| **kink <= figure).cloned();
        let above = kinks.iter().find(|kink| **kink > figure).cloned();
        let below = below.unwrap_or_else(|| &figure - Exact::from_int(1000));
        let above = above.unwrap_or_else(|| &figure + Exact::from_int(1000));
        let at = |amount: &Exact| jcm_eval::parts(&s, 0, amount).unwrap();
        for ((low, middle), high) in at(&below).iter().zip(at(&figure)).zip(at(&above)) {
            prop_assert_eq!((&middle.1 - &low.1) * (&above - &below), (&high.1 - &low.1) * (&figure - &below));
        }
        for (payment, share) in outcome.payments.iter().zip(&shares) {
            prop_assert!(payment.amount.checked_div(&grain).unwrap().is_integer());
            if let Some(limit) = &share.losing_at_most {
                prop_assert!(payment.amount.abs() <= *limit, "{:?} over {limit}", payment);
                prop_assert!(payment.exact.abs() <= *limit);
            }
        }
    }
}

proptest! {
    #[test]
    fn payments_in_an_order_sum_to_the_rounded_amount(pennies in -20_000i64..20_000, thirds in 0i64..3) {
        let (s, amount) = in_order();
        let exact = Exact::ratio(pennies * 3 + thirds, 300).unwrap();
        let outcome = run(&s, &[(&amount, Value::Number(exact.clone()))]).unwrap();
        let sum: Exact = outcome.payments.iter().map(|payment| &payment.amount).sum();
        prop_assert_eq!(&sum, &exact.round(&n("0.01"), RoundingMode::HalfEven));
        prop_assert_eq!(&sum, &outcome.allocations[0].amount);
        let exact_sum: Exact = outcome.payments.iter().map(|payment| &payment.exact).sum();
        prop_assert_eq!(exact_sum, exact);
    }
}
