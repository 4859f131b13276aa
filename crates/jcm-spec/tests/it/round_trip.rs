//! Law: what is written is read back as it was, and the same settlement is always written in the same bytes.

use crate::{arbitrary, sample};
use jcm_calculus::{Expr, Settlement};
use jcm_spec::v1::Specification;
use proptest::prelude::*;

/// Through the text, without the check of soundness that [`jcm_spec::read`] adds.
fn there_and_back(settlement: &Settlement) -> Settlement {
    let text = jcm_spec::write(settlement, "jcm test").unwrap();
    let specification: Specification = serde_json::from_str(&text).unwrap();
    Settlement::try_from(specification).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_settlement_is_read_back(settlement in arbitrary::settlement()) {
        prop_assert_eq!(&there_and_back(&settlement), &settlement);
        let again = jcm_spec::write(&there_and_back(&settlement), "jcm test").unwrap();
        prop_assert_eq!(jcm_spec::write(&settlement, "jcm test").unwrap(), again);
    }

    #[test]
    fn any_text_is_refused_without_harm(text in ".{0,200}") {
        prop_assert!(jcm_spec::read(&text).is_err());
    }
}

#[test]
fn samples_are_sound_and_read_back() {
    for settlement in [sample::shared_savings(), sample::points()] {
        let text = jcm_spec::write(&settlement, "jcm test").unwrap();
        assert_eq!(jcm_spec::read(&text), Ok(settlement));
    }
}

#[test]
fn every_base_of_a_unit_is_read_back() {
    let mut settlement = sample::points();
    settlement.steps[0].ty = jcm_calculus::Type::Number(sample::admissions_rate());
    assert_eq!(there_and_back(&settlement), settlement);
}

/// A line as deep as one can be written is read; one level deeper is refused when it is written, not when it is read.
#[test]
fn depth_is_bounded_where_it_is_written() {
    let with_depth = |depth: usize| {
        let mut settlement = sample::points();
        let leaf = settlement.steps[0].expr.clone();
        settlement.steps[0].expr =
            (0..depth).fold(leaf, |x, _| Expr::IfMissing(Box::new(x.clone()), Box::new(x)));
        settlement
    };
    let negated = |depth: usize| {
        let mut settlement = sample::points();
        let leaf = settlement.steps[0].expr.clone();
        settlement.steps[0].expr = (0..depth).fold(leaf, |x, _| Expr::Negate(Box::new(x)));
        settlement
    };
    assert_eq!(there_and_back(&with_depth(5)), with_depth(5));
    let deepest =
        (0..200).take_while(|depth| jcm_spec::write(&negated(*depth), "jcm test").is_ok()).last().unwrap();
    assert!(deepest > 90, "{deepest}");
    assert_eq!(there_and_back(&negated(deepest)), negated(deepest));
    let refused = jcm_spec::write(&negated(deepest + 1), "jcm test").unwrap_err().to_string();
    assert!(refused.contains("line `points.progress`") && refused.contains("nested too deep"), "{refused}");
}

#[test]
fn a_long_sum_stays_shallow() {
    let mut settlement = sample::points();
    let term = settlement.steps[1].expr.clone();
    let sum = (0..150).fold(term.clone(), |left, _| Expr::Arithmetic {
        op: jcm_calculus::Arithmetic::Add,
        left: Box::new(left),
        right: Box::new(term.clone()),
    });
    settlement.steps[1].expr = sum;
    assert_eq!(there_and_back(&settlement), settlement);
}
