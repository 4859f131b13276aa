//! How cells are read: what is taken, and what is refused with which hint.

use crate::{SHARED_SAVINGS, engine_with, read};
use jcm_settle::By;
use serde_json::json;

/// What a cell of one reading comes to when the only line is the input itself, or what is said about it.
fn cell(reading: serde_json::Value, ty: serde_json::Value, text: &str) -> Result<String, String> {
    let pounds = json!({ "code": "GBP", "symbol": "£", "minor": 2 });
    cell_in(pounds, reading, ty, text)
}

/// The same in a contract in a currency.
fn cell_in(
    currency: serde_json::Value,
    reading: serde_json::Value,
    ty: serde_json::Value,
    text: &str,
) -> Result<String, String> {
    let engine = engine_with(
        SHARED_SAVINGS,
        &[
            ("/contract/currency", currency),
            ("/inputs/1/type", ty.clone()),
            ("/inputs/1/missing", json!("neutral")),
            (
                "/steps",
                json!([{
                    "name": "it", "title": "It", "type": ty, "level": "case", "words": "",
                    "expression": { "op": "input", "name": "benchmark" }
                }]),
            ),
            ("/payments", json!([])),
            ("/vectors", json!([])),
            ("/datasets/0/published", json!([])),
            ("/datasets/0/leave_out", json!([])),
            (
                "/datasets/0/columns",
                json!([
                    { "header": "It", "input": "benchmark", "reading": reading, "rounded": false }
                ]),
            ),
        ],
    );
    let quoted = text.replace('"', "\"\"");
    match read(&engine, &format!("ID,It\nA,\"{quoted}\"\n")) {
        Ok(table) => {
            let results = engine.settle(&table, &|_, _| ()).unwrap();
            let csv = engine.results_csv(&table, &results, By::Case);
            Ok(csv.lines().nth(1).unwrap().strip_prefix("A,").unwrap().to_owned())
        }
        Err(problems) => {
            assert_eq!((problems.list.len(), problems.list[0].code), (1, "E0705"), "{problems}");
            let problem = &problems.list[0];
            Err(format!("{}; {}", problem.message, problem.help))
        }
    }
}

fn number(shown: &str, dims: serde_json::Value) -> serde_json::Value {
    json!({ "number": { "dims": dims, "shown": shown } })
}

fn pounds(text: &str) -> Result<String, String> {
    cell(json!("number"), number("plain", json!({ "money GBP": 1 })), text)
}

fn plain(text: &str) -> Result<String, String> {
    cell(json!("number"), number("plain", json!({})), text)
}

fn percent(reading: &str, text: &str) -> Result<String, String> {
    cell(json!(reading), number("percent", json!({})), text)
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, value) in [
        ("1,234", "1234"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (" 5 ", "5"),
        (".5", "0.5"),
        ("0.10", "0.1"),
        ("1,234,567.25", "1234567.25"),
        ("007", "7"),
        ("0.1234567890123456789", "0.1234567890123456789"),
    ] {
        assert_eq!(plain(text), Ok(value.to_owned()), "{text}");
    }
    for (text, value) in [
        ("(£1,234.50)", "-1234.50"),
        ("£(500)", "-500.00"),
        ("£ (500.00)", "-500.00"),
        ("( 500 )", "-500.00"),
        ("(GBP 5)", "-5.00"),
        ("£1,234.50", "1234.50"),
        ("-£1,234.50", "-1234.50"),
        ("£-5", "-5.00"),
        ("£ 5", "5.00"),
        ("GBP 5", "5.00"),
        ("5 GBP", "5.00"),
        ("5.125", "5.125"),
    ] {
        assert_eq!(pounds(text), Ok(value.to_owned()), "{text}");
    }
}

#[test]
fn numbers_that_could_mean_something_else_are_refused_with_a_hint() {
    for (text, hint) in [
        ("(-5)", "write the one or the other"),
        ("((5))", "this is not a number"),
        ("5 (2)", "this is not a number"),
        ("()", "this is not a number"),
        ("5-", "write -5"),
        ("1.234,50", "write 1234.50"),
        ("1234,50", "write 1234.50 or 123450"),
        ("12,34,567", "write 1234567"),
        ("1,2345", "write 1.2345 or 12345"),
        ("1.2E+05", "scientific notation"),
        ("1e5", "scientific notation"),
        ("1 234", "write 1234"),
        ("5.", "write 5"),
        ("--5", "this is not a number"),
        ("five", "this is not a number"),
        ("#REF!", "this is not a number"),
        ("1/2", "this is not a number"),
        ("٣", "this is not a number"),
        ("5%", "this has a % sign, and a plain number is expected"),
        (",", "this is not a number"),
        ("NaN", "this is not a number"),
    ] {
        let said = plain(text).unwrap_err();
        assert!(said.contains(hint), "{text}: {said}");
    }
    for (text, hint) in [
        ("€5", "this is in EUR, and £ is expected"),
        ("$5", "this is in USD"),
        ("-£-5", "this is not a number"),
    ] {
        let said = pounds(text).unwrap_err();
        assert!(said.contains(hint), "{text}: {said}");
    }
    assert!(plain(&"9".repeat(401)).unwrap_err().contains("too many digits"));
}

#[test]
fn three_digits_behind_a_point_may_be_thousands() {
    for text in ["£100.000", "-£100.000", "£-100.000", "(£100.000)", "GBP 100.000", "100.000 GBP"] {
        let said = pounds(text).unwrap_err();
        assert!(
            said.contains("100.000 can be read as") && said.contains("100,000 for thousands"),
            "{text}: {said}"
        );
    }
    for (text, value) in
        [("£100.0000", "100.00"), ("£0.125", "0.125"), ("£1,000.125", "1000.125"), ("5.125", "5.125")]
    {
        assert_eq!(pounds(text), Ok(value.to_owned()), "{text}");
    }
    let dinars = number("plain", json!({ "money KWD": 1 }));
    assert_eq!(cell(json!("number"), dinars, "KWD 100.125"), Ok("100.125".to_owned()));
    assert_eq!(plain("100.125"), Ok("100.125".to_owned()));
    let in_euros = |unit: serde_json::Value, text: &str| {
        let euros = json!({ "code": "EUR", "symbol": "€", "minor": 2 });
        cell_in(euros, json!("number"), unit, text)
    };
    let people = number("plain", json!({ "thing people": 1 }));
    assert!(in_euros(people, "24.310").unwrap_err().contains("write 24,310 for thousands"));
    assert_eq!(in_euros(number("percent", json!({})), "24.310"), Ok("24.31".to_owned()));
}

#[test]
fn percentages_say_what_they_are() {
    assert_eq!(percent("percent", "6.46%"), Ok("6.46".to_owned()));
    assert_eq!(percent("percent", "-6.46 %"), Ok("-6.46".to_owned()));
    assert_eq!(percent("percent", "(6.46%)"), Ok("-6.46".to_owned()));
    assert_eq!(percent("percent", "(6.46)%"), Ok("-6.46".to_owned()));
    assert!(percent("percent", "6.46").unwrap_err().contains("`percent without sign`"));
    assert!(percent("percent", "n/a").unwrap_err().contains("not a number"));
    assert_eq!(percent("percent_without_sign", "6.46"), Ok("6.46".to_owned()));
    assert_eq!(percent("percent_without_sign", "6.46%"), Ok("6.46".to_owned()));
    assert_eq!(percent("number", "6.46"), Ok("6.46".to_owned()));
    assert_eq!(percent("number", "6.46%"), Ok("6.46".to_owned()));
}

#[test]
fn figures_are_read_in_the_unit_in_which_they_are_shown() {
    let rate = json!({ "number": { "dims": { "thing admissions": 1, "thing people": -1 }, "shown": { "per": 100_000 } } });
    assert_eq!(cell(json!("number"), rate, "24,310"), Ok("24310".to_owned()));
}

#[test]
fn dates_are_read_in_the_order_of_the_dataset() {
    let date = |reading: &str, text: &str| cell(json!(reading), json!("date"), text);
    assert_eq!(date("date_year_first", "2026-04-01"), Ok("2026-04-01".to_owned()));
    assert_eq!(date("date_day_first", "1/4/2026"), Ok("2026-04-01".to_owned()));
    assert_eq!(date("date_month_first", "07/01/2019"), Ok("2019-07-01".to_owned()));
    assert!(
        date("date_day_first", "07/13/2019")
            .unwrap_err()
            .contains("there is no such day, read as day/month/year")
    );
    for wrong in ["1/4/26", "2026-04-01 00:00", "1 April 2026", "2026-4", "20260401", "+2026-04-01"] {
        assert!(date("date_year_first", wrong).unwrap_err().contains("such as 2026-04-01"), "{wrong}");
    }
}

#[test]
fn choices_and_truths_are_read_by_name_or_code() {
    let track = |text: &str| cell(json!({ "coded": [] }), json!({ "choice": "track" }), text);
    assert_eq!(track("one_sided"), Ok("one_sided".to_owned()));
    assert!(track("One-sided").unwrap_err().contains("write `one_sided`"));
    assert!(track("onesided").unwrap_err().contains("did you mean `one_sided`?"));
    assert!(track("three").unwrap_err().contains("there are `one_sided`, `two_sided`"));
    let codes = json!({ "coded": [{ "text": "1", "value": { "truth": true } }] });
    assert_eq!(cell(codes, json!("truth"), "1"), Ok("yes".to_owned()));
    assert_eq!(cell(json!("text"), json!("text"), "a \"b\", c"), Ok("\"a \"\"b\"\", c\"".to_owned()));
}
