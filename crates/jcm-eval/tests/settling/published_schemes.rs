//! Tables of published schemes, with the figures that they print.

use crate::build::*;
use jcm_calculus::*;
use jcm_quantity::{RoundingMode, Unit};

/// The minimum savings rate of the one-sided track, 42 CFR 425.604(b): sliding in bands of assigned beneficiaries.
fn minimum_savings_rate() -> Vec<ScaleRow> {
    let rows = [
        ("5,000", "5,999", "3.9%", "3.6%"),
        ("6,000", "6,999", "3.6%", "3.4%"),
        ("7,000", "7,999", "3.4%", "3.2%"),
        ("8,000", "8,999", "3.2%", "3.1%"),
        ("9,000", "9,999", "3.1%", "3.0%"),
        ("10,000", "14,999", "3.0%", "2.7%"),
        ("15,000", "19,999", "2.7%", "2.5%"),
        ("20,000", "49,999", "2.5%", "2.2%"),
        ("50,000", "59,999", "2.2%", "2.0%"),
    ];
    let mut rows: Vec<ScaleRow> =
        rows.iter().map(|(l, u, from, end)| even(to(l), to(u), from, end)).collect();
    rows.push(flat(to("60,000"), None, "2.0%"));
    rows
}

#[test]
fn the_minimum_savings_rate_slides_between_whole_beneficiaries() {
    let mut s = empty();
    let people = s.input("assigned_beneficiaries", Type::Number(Unit::thing("people")));
    let scale = Expr::Scale { value: Box::new(people.clone()), rows: minimum_savings_rate() };
    let rate = s.line("minimum_savings_rate", percent(), scale);
    for (count, printed) in [
        ("13,085", "2.8148630"),
        ("5,000", "3.9000000"),
        ("5,999", "3.6000000"),
        ("6,000", "3.6000000"),
        ("59,999", "2.0000000"),
        ("60,000", "2.0000000"),
        ("250,000", "2.0000000"),
    ] {
        let outcome = run(&s, &[(&people, number(count))]).unwrap();
        let Some(Value::Number(found)) = outcome.value(step_id(&rate), None) else { panic!("no rate") };
        assert_eq!((found * n("100")).fixed(7, RoundingMode::HalfUp), printed, "{count}");
    }
    let stop = run(&s, &[(&people, number("4,999"))]).unwrap_err();
    let words = "The line “minimum savings rate” looks up 4,999 people in a table that has no row for it.";
    assert_eq!(stop.words(&s), words);
    // Between two rows of whole people there is no fraction of one.
    assert!(run(&s, &[(&people, number("5,999.5"))]).is_err());
}

fn band(lower: Option<&str>, upper: Option<&str>, rate: &str) -> BandRow {
    BandRow { lower: lower.map(n), upper: upper.map(n), rate: n(rate) }
}

/// Bands of a share of the benchmark that are the same on both sides of nought.
fn corridors(ends: &[&str], rates: &[&str]) -> Vec<BandRow> {
    let minus = |text: &str| format!("-{text}");
    let mut rows = Vec::new();
    for (i, rate) in rates.iter().enumerate().rev() {
        let lower = ends.get(i).map(|end| minus(end));
        let upper = if i == 0 { "0".to_string() } else { minus(ends[i - 1]) };
        rows.push(band(lower.as_deref(), Some(&upper), rate));
    }
    for (i, rate) in rates.iter().enumerate() {
        rows.push(band(Some(if i == 0 { "0" } else { ends[i - 1] }), ends.get(i).copied(), rate));
    }
    rows
}

#[test]
fn reach_corridors_are_integrated_band_by_band_in_both_directions() {
    let professional = corridors(&["5%", "10%", "15%"], &["50%", "35%", "15%", "5%"]);
    let global = corridors(&["25%", "35%", "50%"], &["100%", "50%", "25%", "10%"]);
    for (rows, gross, shared) in [
        (&professional, "8,000,000", "3550000"),
        (&professional, "12,000,000", "4550000"),
        (&global, "30,000,000", "27500000"),
        (&professional, "-8,000,000", "-3550000"),
        (&professional, "-12,000,000", "-4550000"),
        (&global, "-30,000,000", "-27500000"),
        (&professional, "0", "0"),
        (&professional, "100,000,000", "9250000"),
    ] {
        let mut s = empty();
        let benchmark = s.input("benchmark", pounds());
        let saving = s.input("gross_saving", pounds());
        let part = s.line("saving_rate", percent(), div(&saving, &benchmark));
        let bands = Expr::Bands { value: Box::new(part), rows: rows.clone() };
        let rate = s.line("shared_rate", percent(), bands);
        let line = s.line("shared", pounds(), mul(&rate, &benchmark));
        let outcome = run(&s, &[(&benchmark, number("100,000,000")), (&saving, number(gross))]).unwrap();
        assert_eq!(text(&outcome, &line), shared, "{gross}");
    }
}

#[test]
fn a_corridor_that_starts_above_nought_leaves_out_what_is_below() {
    // Risk corridors pay half of costs between 103 % and 108 % of the target, then 80 %.
    let rows = vec![band(Some("103%"), Some("108%"), "50%"), band(Some("108%"), None, "80%")];
    let mut s = empty();
    let ratio = s.input("cost_of_target", percent());
    let line = s.line("paid", percent(), Expr::Bands { value: Box::new(ratio.clone()), rows });
    for (cost, paid) in [("105%", "0.01"), ("110%", "0.041"), ("90%", "0"), ("-10%", "0")] {
        assert_eq!(text(&run(&s, &[(&ratio, number(cost))]).unwrap(), &line), paid, "{cost}");
    }
}

#[test]
fn rows_of_a_scale_hold_the_ends_that_they_say() {
    let rows = vec![
        flat(None, below("0%"), "0"),
        even(to("0%"), below("100%"), "0", "100"),
        flat(to("100%"), None, "100"),
    ];
    let mut s = empty();
    let progress = s.input("progress", percent());
    let scale = Expr::Scale { value: Box::new(progress.clone()), rows };
    let line = s.line("points", Type::Number(Unit::thing("points")), scale);
    for (at, points) in [("-1%", "0"), ("0%", "0"), ("45.5%", "45.5"), ("99.99%", "99.99"), ("100%", "100")] {
        assert_eq!(text(&run(&s, &[(&progress, number(at))]).unwrap(), &line), points, "{at}");
    }
}

#[test]
fn a_rounded_line_shows_what_it_was_before() {
    let mut s = empty();
    let gross = s.input("gross", pounds());
    let line = s.line("earned", pounds(), round(&mul(&gross, &lit("1/3")), RoundingMode::HalfUp, "1"));
    let outcome = run(&s, &[(&gross, number("100"))]).unwrap();
    let found = &outcome.lines[0];
    assert_eq!(found.before_rounding, Some(number("100/3")));
    assert_eq!(found.value, number("33"));
    assert_eq!(text(&outcome, &line), "33");
}
