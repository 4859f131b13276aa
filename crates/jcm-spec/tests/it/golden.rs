//! The files that other programs rely on: the schema and two specifications. `JCM_BLESS=1` rewrites them.

use crate::sample;
use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "this test keeps files in the repository current")]
fn is_current(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("JCM_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "{file} is not current; JCM_BLESS=1 rewrites it");
}

#[test]
fn schema_is_current() {
    is_current("schema/settlement-v1.schema.json", &jcm_spec::schema());
}

#[test]
fn schema_of_runs_is_current() {
    is_current("schema/run-v1.schema.json", &jcm_spec::run::schema());
}

#[test]
fn specifications_are_written_as_ever() {
    is_current(
        "tests/golden/shared_savings.json",
        &jcm_spec::write(&sample::shared_savings(), "jcm test").unwrap(),
    );
    is_current("tests/golden/points.json", &jcm_spec::write(&sample::points(), "jcm test").unwrap());
}

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&serde_json::from_str(&jcm_spec::schema()).unwrap()).unwrap()
}

fn json(settlement: &jcm_calculus::Settlement) -> serde_json::Value {
    serde_json::from_str(&jcm_spec::write(settlement, "jcm test").unwrap()).unwrap()
}

#[test]
fn what_is_written_follows_the_schema() {
    for settlement in [sample::shared_savings(), sample::points()] {
        let errors: Vec<String> =
            validator().iter_errors(&json(&settlement)).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let spoilt = |path: &str, value: serde_json::Value| {
        let mut json = json(&sample::shared_savings());
        *json.pointer_mut(path).unwrap() = value;
        json
    };
    let validator = validator();
    for wrong in [
        spoilt("/version", 2.into()),
        spoilt("/steps/0/expression/op", "modulo".into()),
        spoilt("/steps/0/expression/args", serde_json::json!([])),
        spoilt("/parameters/1/rows/0/values/0/number", 0.98.into()),
        spoilt("/parameters/1/rows/0/values/0/number", "98%".into()),
        spoilt("/periods/0/from", "1 January 2021".into()),
        spoilt("/payments/0/excess", "nobody".into()),
        spoilt("/inputs/0", serde_json::json!({ "name": "x" })),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
        assert!(jcm_spec::read(&wrong.to_string()).is_err(), "{wrong}");
    }
}
