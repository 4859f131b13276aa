//! What is refused, and in which words.

use crate::sample;
use jcm_spec::SpecError;
use serde_json::{Value, json};

fn refused(path: &str, value: Value) -> String {
    let mut spec: Value =
        serde_json::from_str(&jcm_spec::write(&sample::shared_savings(), "jcm test").unwrap()).unwrap();
    *spec.pointer_mut(path).unwrap() = value;
    jcm_spec::read(&spec.to_string()).unwrap_err().to_string()
}

#[test]
fn another_version_is_named_before_anything_else_is_looked_at() {
    let text = r#"{ "jcm": "settlement", "version": 2, "something": "new" }"#;
    assert_eq!(
        jcm_spec::read(text).unwrap_err().to_string(),
        "this specification is version 2; this program reads version 1"
    );
}

#[test]
fn another_kind_of_file_is_refused() {
    for text in [
        "{}",
        "[]",
        "3",
        r#"{ "jcm": "assurance", "version": 1 }"#,
        r#"{ "jcm": "settlement", "version": "1" }"#,
    ] {
        assert_eq!(jcm_spec::read(text), Err(SpecError::NotASettlement), "{text}");
    }
    let error = jcm_spec::read("{\n  \"jcm\": }").unwrap_err();
    assert!(matches!(error, SpecError::NotJson { line: 2, .. }), "{error}");
}

#[test]
fn unknown_operations_and_fields_are_named_with_their_place() {
    let said = refused("/steps/1/expression/op", json!("modulo"));
    assert!(
        said.starts_with("in line `shared.rate`: version 1 has no `modulo`; it has `literal`, `input`"),
        "{said}"
    );
    let said = refused("/steps/4/origin", json!({ "cause": "2.1" }));
    assert!(
        said.starts_with("in line `shared.earned`: version 1 has no field `cause` here; it has `clause`"),
        "{said}"
    );
    let said = refused("/inputs/2", json!({ "name": "x" }));
    assert_eq!(said, "in input `x`: the field `title` is missing");
    let said = refused("/compiler", json!(3));
    assert!(said.starts_with("in the specification: "), "{said}");
}

#[test]
fn figures_that_are_not_exact_texts_are_refused() {
    let figure = "/parameters/1/rows/0/values/0/number";
    let said = refused(figure, json!(0.98));
    assert!(said.starts_with("in parameter `after_withholding`: "), "{said}");
    assert!(said.ends_with("exact figures are written as texts, such as \"0.0246\""), "{said}");
    let said = refused(figure, json!("1e3"));
    assert!(said.contains("`1e3` is not an exact figure"), "{said}");
    let said = refused(figure, json!("1/0"));
    assert!(said.contains("`1/0` is not an exact figure"), "{said}");
}

#[test]
fn names_that_lead_nowhere_are_refused() {
    let said = refused("/payments/0/amount", json!("shared.earnd"));
    assert_eq!(said, "in payment `shared`: there is no line `shared.earnd`");
    let said = refused("/datasets/0/period", json!("2030"));
    assert_eq!(said, "in dataset `results`: there is no period `2030`");
    let said = refused("/steps/1/name", json!("shared.saving"));
    assert_eq!(said, "in the settlement: the line `shared.saving` is there twice");
}

#[test]
fn a_settlement_that_is_not_sound_is_refused_with_its_flaws() {
    // A line that refers to itself can never be computed.
    let said = refused("/steps/0/expression", json!({ "op": "step", "name": "shared.saving" }));
    assert!(said.starts_with("this specification cannot be settled:\n- "), "{said}");
}

#[test]
fn deep_and_long_texts_are_refused_without_harm() {
    let deep = format!("{{\"jcm\": {}", "[".repeat(1_000_000));
    assert!(matches!(jcm_spec::read(&deep), Err(SpecError::NotJson { .. })));
    let long = " ".repeat(jcm_spec::MAX_BYTES + 1);
    assert!(matches!(jcm_spec::read(&long), Err(SpecError::TooLarge { .. })));
}

#[test]
fn a_settlement_that_could_not_be_read_back_is_not_written() {
    let mut settlement = sample::points();
    settlement.allocations[0].amount = jcm_calculus::StepId(99);
    let said = jcm_spec::write(&settlement, "jcm test").unwrap_err().to_string();
    assert_eq!(said, "in payment `points`: there is no line number 100");
}
