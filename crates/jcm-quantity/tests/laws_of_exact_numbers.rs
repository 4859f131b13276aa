//! The laws of exact numbers, checked against big rationals from outside.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use jcm_quantity::{Exact, RoundingMode, split_by_largest_remainder};
use proptest::prelude::*;

/// Numbers around every edge: small, at the end of 128 bits, and far beyond.
fn numbers() -> impl Strategy<Value = Exact> {
    let whole = prop_oneof![
        4 => (-10_000i128..10_000).prop_map(Exact::from_i128),
        2 => any::<i128>().prop_map(Exact::from_i128),
        1 => prop_oneof![Just(i128::MAX), Just(i128::MIN), Just(i128::MIN + 1)].prop_map(Exact::from_i128),
        1 => (any::<i128>(), any::<i128>()).prop_map(|(a, b)| Exact::from_i128(a) * Exact::from_i128(b)),
    ];
    let below = prop_oneof![
        3 => Just(Exact::one()),
        3 => (1i128..1000).prop_map(Exact::from_i128),
        2 => (1i128..=i128::MAX).prop_map(Exact::from_i128),
        1 => (0i32..60).prop_map(Exact::ten_to),
    ];
    (whole, below).prop_map(|(num, den)| num.checked_div(&den).unwrap())
}

fn modes() -> impl Strategy<Value = RoundingMode> {
    prop::sample::select(RoundingMode::ALL.to_vec())
}

fn oracle(x: &Exact) -> RBig {
    let num: IBig = x.numerator_text().parse().unwrap();
    let den: UBig = x.denominator_text().parse().unwrap();
    RBig::from_parts(num, den)
}

/// The definition of rounding by search: both neighbours, then the rule of the mode in words.
fn slow_round(x: &RBig, grain: &RBig, mode: RoundingMode) -> RBig {
    let steps = x / grain;
    let (lesser, greater) = (steps.floor(), steps.ceil());
    if lesser == greater {
        return x.clone();
    }
    let (low, high) = (RBig::from(lesser.clone()), RBig::from(greater.clone()));
    let zero = RBig::ZERO;
    let (nearer_zero, further) =
        if steps > zero { (low.clone(), high.clone()) } else { (high.clone(), low.clone()) };
    let (to_low, to_high) = (&steps - &low, &high - &steps);
    let nearest = |tie: RBig| {
        if to_low < to_high {
            low.clone()
        } else if to_high < to_low {
            high.clone()
        } else {
            tie
        }
    };
    let chosen = match mode {
        RoundingMode::Floor => low.clone(),
        RoundingMode::Ceiling => high.clone(),
        RoundingMode::Up => further,
        RoundingMode::Down => nearer_zero,
        RoundingMode::HalfUp => nearest(further),
        RoundingMode::HalfDown => nearest(nearer_zero),
        RoundingMode::HalfEven => nearest(if lesser % 2i8 == 0 { low.clone() } else { high.clone() }),
    };
    chosen * grain
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arithmetic_and_order_agree_with_big_rationals(a in numbers(), b in numbers()) {
        prop_assert_eq!(oracle(&(&a + &b)), oracle(&a) + oracle(&b));
        prop_assert_eq!(oracle(&(&a - &b)), oracle(&a) - oracle(&b));
        prop_assert_eq!(oracle(&(&a * &b)), oracle(&a) * oracle(&b));
        prop_assert_eq!(a.cmp(&b), oracle(&a).cmp(&oracle(&b)));
        prop_assert_eq!(oracle(&a.floor()), RBig::from(oracle(&a).floor()));
        match a.checked_div(&b) {
            Some(quotient) => prop_assert_eq!(oracle(&quotient), oracle(&a) / oracle(&b)),
            None => prop_assert!(b.is_zero()),
        }
    }

    #[test]
    fn the_field_laws_hold_and_equal_numbers_have_one_form(a in numbers(), b in numbers(), c in numbers()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!((&a + &b) + &c, &a + (&b + &c));
        prop_assert_eq!((&a * &b) * &c, &a * (&b * &c));
        prop_assert_eq!(&a * (&b + &c), &a * &b + &a * &c);
        prop_assert_eq!(&a - &a, Exact::zero());
        // Out to the big numbers and back: equality goes by structure, so the way must not show.
        prop_assert_eq!((&a + &b) - &b, a.clone());
        if let Some(inverse) = b.recip() {
            prop_assert_eq!((&a * &b) * inverse, a.clone());
        }
        prop_assert_eq!(-(-&a), a.clone());
        prop_assert_eq!(a.abs().is_negative(), false);
    }

    #[test]
    fn the_wire_form_reads_back(a in numbers()) {
        let text = a.text();
        let back = Exact::parse(&text);
        prop_assert_eq!(back, Some(a.clone()), "{}", text);
        if let Some(decimal) = a.decimal() {
            prop_assert_eq!(Exact::parse(&decimal), Some(a));
        }
    }

    #[test]
    fn rounding_follows_its_definition(x in numbers(), n in 1i64..500, d in 1i64..500, mode in modes()) {
        let grain = Exact::ratio(n, d).unwrap();
        prop_assert_eq!(oracle(&x.round(&grain, mode)), slow_round(&oracle(&x), &oracle(&grain), mode));
    }

    #[test]
    fn ties_follow_their_mode(k in -1000i64..1000, n in 1i64..50, mode in modes()) {
        let grain = Exact::ratio(n, 100).unwrap();
        let x = Exact::ratio(2 * k + 1, 2).unwrap() * &grain;
        prop_assert_eq!(oracle(&x.round(&grain, mode)), slow_round(&oracle(&x), &oracle(&grain), mode));
    }

    #[test]
    fn fixed_places_are_the_rounded_number(x in numbers(), places in 0u32..12, mode in modes()) {
        let text = x.fixed(places, mode);
        let grain = Exact::ten_to(-i32::try_from(places).unwrap());
        prop_assert_eq!(Exact::parse(&text), Some(x.round(&grain, mode)));
        prop_assert_eq!(text.split_once('.').map_or(0, |(_, f)| f.len()), usize::try_from(places).unwrap());
        if Exact::parse(&text).unwrap().is_zero() {
            prop_assert!(!text.starts_with('-'));
        }
    }

    #[test]
    fn a_split_sums_to_its_total_and_keeps_within_a_grain(
        units in any::<i64>(), shares in prop::collection::vec(0i64..1000, 1..8), n in 1i64..100,
    ) {
        let grain = Exact::ratio(n, 100).unwrap();
        let total = Exact::from_int(units) * &grain;
        let shares: Vec<Exact> = shares.into_iter().map(Exact::from_int).collect();
        let parts = split_by_largest_remainder(&total, &grain, &shares);
        prop_assert_eq!(parts.len(), shares.len());
        prop_assert_eq!(parts.iter().sum::<Exact>(), total.clone());
        let sum: Exact = shares.iter().sum();
        prop_assume!(!sum.is_zero());
        for (part, share) in parts.iter().zip(&shares) {
            let exact = (&total * share).checked_div(&sum).unwrap();
            prop_assert!((part - &exact).abs() < grain);
            prop_assert!(part.checked_div(&grain).unwrap().is_integer());
            prop_assert!(part.is_zero() || part.is_negative() == total.is_negative());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-0-9./, e+]{0,30}") {
        if let Some(x) = Exact::parse(&text) {
            prop_assert_eq!(Exact::parse(&x.text()), Some(x));
        }
    }
}

#[test]
fn a_split_with_odd_shares_still_sums() {
    let grain = Exact::one();
    for shares in [vec![0, 0], vec![-1, 3], vec![5, -5], vec![]] {
        let parts: Vec<Exact> = split_by_largest_remainder(
            &Exact::from_int(7),
            &grain,
            &shares.into_iter().map(Exact::from_int).collect::<Vec<_>>(),
        );
        assert!(parts.is_empty() || parts.iter().sum::<Exact>() == Exact::from_int(7), "{parts:?}");
    }
    // £100.00 over three: the odd penny to the first; a repayment mirrors it.
    let penny = Exact::ten_to(-2);
    let thirds = vec![Exact::one(); 3];
    let text = |parts: Vec<Exact>| parts.iter().map(|p| p.fixed(2, RoundingMode::Down)).collect::<Vec<_>>();
    assert_eq!(
        text(split_by_largest_remainder(&Exact::from_int(100), &penny, &thirds)),
        ["33.34", "33.33", "33.33"]
    );
    assert_eq!(
        text(split_by_largest_remainder(&Exact::from_int(-100), &penny, &thirds)),
        ["-33.34", "-33.33", "-33.33"]
    );
}

#[test]
fn what_is_not_a_number_is_refused() {
    for text in [
        "", "-", ".", ".5", "5.", "1e3", "1,000", "+1", "--1", "1/0", "1/-2", "1.5/2", "1/2/3", "٣", " 1",
        "1_000",
    ] {
        assert_eq!(Exact::parse(text), None, "{text}");
    }
    assert_eq!(Exact::parse(&"9".repeat(401)), None);
    assert!(Exact::parse(&"9".repeat(400)).is_some());
    assert_eq!(Exact::parse("2/4"), Exact::ratio(1, 2));
    assert_eq!(Exact::parse("-0.50"), Exact::ratio(-1, 2));
    assert_eq!(Exact::ratio(1, -2), Exact::ratio(-1, 2));
    assert_eq!(Exact::ratio(i64::MIN, i64::MIN), Some(Exact::one()));
    assert_eq!(Exact::ratio(1, 0), None);
}

#[test]
fn powers_of_ten_stay_within_their_bounds() {
    assert_eq!(Exact::ten_to(3).text(), "1000");
    assert_eq!(Exact::ten_to(-3).text(), "0.001");
    assert_eq!(Exact::ten_to(i32::MIN), Exact::ten_to(-400));
    assert_eq!(Exact::parse(&Exact::ten_to(-400).text()), Some(Exact::ten_to(-400)));
    assert_eq!(Exact::ratio(1, 3).unwrap().decimal(), None);
    assert_eq!(Exact::from_int(2).pow(200).recip().unwrap().decimal_places(), Some(200));
    assert_eq!(Exact::from_int(2).pow(2000).recip().unwrap().decimal(), None);
}

#[test]
fn modes_have_one_name_each() {
    for mode in RoundingMode::ALL {
        assert_eq!(RoundingMode::from_name(mode.name()), Some(mode));
    }
    assert_eq!(RoundingMode::from_name("bankers"), None);
}
