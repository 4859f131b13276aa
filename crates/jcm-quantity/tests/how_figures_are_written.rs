//! Figures, units, dates and periods as people read them.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use jcm_quantity::{
    Base, Currency, Date, Exact, Period, Shown, Unit, add_months, parse_date, parse_period, show, show_date,
    with_commas,
};

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn shown(text: &str, unit: &Unit) -> String {
    show(&number(text), unit)
}

fn admissions_rate() -> Unit {
    let people = Unit::thing("people");
    Unit::thing("admissions").over(&people).over(&Unit::years()).shown_as(Shown::Per(100_000))
}

fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

#[test]
fn money_is_written_to_the_penny_and_never_rounded() {
    let pounds = Unit::money("GBP");
    assert_eq!(shown("1658880", &pounds), "£1,658,880.00");
    assert_eq!(shown("-50000", &pounds), "-£50,000.00");
    assert_eq!(shown("0.5", &pounds), "£0.50");
    assert_eq!(shown("12.3456", &pounds), "£12.3456");
    assert_eq!(shown("1/3", &pounds), "£0.333333…");
    assert_eq!(shown("-2/3", &pounds), "-£0.666666…");
    assert_eq!(shown("1234567", &Unit::money("JPY")), "¥1,234,567");
    assert_eq!(shown("12", &Unit::money("XYZ")), "12.00 XYZ");
    assert_eq!(shown("-12", &Unit::money("SEK")), "-12.00 SEK");
    assert_eq!(shown("1250", &pounds.over(&Unit::thing("point"))), "£1,250.00 per point");
    assert_eq!(shown("84000000", &pounds.over(&Unit::years())), "£84,000,000.00 per year");
}

#[test]
fn shares_counts_and_rates_carry_their_unit() {
    assert_eq!(shown("0.028148630", &Unit::percent()), "2.814863%");
    assert_eq!(shown("1/3", &Unit::percent()), "33.333333…%");
    assert_eq!(shown("-0.02", &Unit::percent()), "-2%");
    assert_eq!(shown("0.02", &Unit::percentage_points()), "2 percentage points");
    assert_eq!(shown("0.01", &Unit::percentage_points()), "1 percentage point");
    assert_eq!(shown("12", &Unit::thing("points")), "12 points");
    assert_eq!(shown("1", &Unit::thing("points")), "1 point");
    assert_eq!(shown("1", &Unit::thing("people")), "1 person");
    assert_eq!(shown("128400", &Unit::thing("people")), "128,400 people");
    assert_eq!(shown("3", &Unit::thing("bed_day")), "3 bed days");
    assert_eq!(shown("1234.5", &Unit::none()), "1,234.5");
    assert_eq!(shown("0.2431", &admissions_rate()), "24,310 admissions per 100,000 people per year");
    let per_people = Unit::of([(Base::Thing("people".into()), -1)], Shown::Per(100_000));
    assert_eq!(shown("0.2431", &per_people), "24,310 per 100,000 people");
    assert_eq!(shown("3", &Unit::of([], Shown::Per(1000))), "3,000 per 1,000");
}

#[test]
fn units_are_described_in_words() {
    let pounds = Unit::money("GBP");
    assert_eq!(pounds.describe(), "£");
    assert_eq!(Unit::percent().describe(), "%");
    assert_eq!(Unit::percentage_points().describe(), "percentage points");
    assert_eq!(Unit::none().describe(), "a plain number");
    assert_eq!(Unit::thing("person").describe(), "people");
    assert_eq!(admissions_rate().describe(), "admissions per 100,000 people per year");
    assert_eq!(pounds.over(&Unit::thing("points")).describe(), "£ per point");
    assert_eq!(Unit::none().over(&Unit::years()).describe(), "per year");
    assert_eq!(Unit::thing("bed_days").times(&pounds).describe(), "£ × bed days");
    assert_eq!(pounds.times(&pounds).describe(), "£ squared");
}

#[test]
fn units_combine_as_their_figures_do() {
    let (pounds, points, percent) = (Unit::money("GBP"), Unit::thing("points"), Unit::percent());
    assert_eq!(percent.times(&pounds), pounds);
    assert_eq!(pounds.over(&pounds), percent);
    assert_eq!(pounds.over(&points).times(&points), pounds);
    assert_eq!(Unit::none().times(&percent), percent);
    assert_eq!(percent.times(&percent), percent);
    assert_eq!(percent.times(&Unit::percentage_points()), Unit::percentage_points());
    assert_eq!(Unit::percentage_points().over(&Unit::percentage_points()), percent);
    assert_eq!(admissions_rate().times(&percent), admissions_rate());
    assert_eq!(admissions_rate().times(&Unit::thing("people")).describe(), "admissions per year");
    assert!(Unit::none().same_kind(&percent));
    assert!(!percent.same_kind(&Unit::percentage_points()));
    assert!(!pounds.same_kind(&Unit::money("EUR")));
    assert!(admissions_rate().same_kind(&admissions_rate().shown_as(Shown::Plain)));
    assert_eq!(pounds.is_money(), Some("GBP"));
    assert_eq!(pounds.over(&points).is_money(), None);
    assert_eq!(points.grain(), Some(Exact::one()));
    assert_eq!(pounds.grain(), None);
}

#[test]
fn singular_and_plural_name_one_unit() {
    for (one, many) in [
        ("person", "people"),
        ("point", "points"),
        ("child", "children"),
        ("bed_day", "bed_days"),
        ("older_person", "older_people"),
        ("body", "bodies"),
        ("bonus", "bonuses"),
        ("class", "classes"),
        ("patient_diagnosis", "patient_diagnoses"),
        ("case", "cases"),
        ("survey", "surveys"),
        ("spouse", "spouses"),
        ("discharge", "discharges"),
        ("year", "years"),
        ("nurse", "nurses"),
    ] {
        assert_eq!(Unit::thing(one), Unit::thing(many));
        assert_eq!(Unit::thing(one).describe(), many.replace('_', " "));
        assert_eq!(
            Unit::none().over(&Unit::thing(many)).describe(),
            format!("per {}", one.replace('_', " "))
        );
    }
    for same in ["staff", "admissions_avoided", "aged_65"] {
        assert_eq!(Unit::thing(same).describe(), same.replace('_', " "));
    }
}

#[test]
fn currencies_are_found_by_code_and_sign() {
    assert_eq!(Currency::named("GBP").unwrap().symbol, "£");
    assert_eq!(Currency::named("JPY").unwrap().minor, 0);
    assert_eq!(Currency::of_symbol("€").unwrap().code, "EUR");
    assert_eq!(Currency::named("gbp"), None);
}

#[test]
fn commas_stand_before_every_third_digit() {
    for (plain, written) in [
        ("0", "0"),
        ("999", "999"),
        ("1000", "1,000"),
        ("-1234567.8901", "-1,234,567.8901"),
        ("-100", "-100"),
        ("", ""),
    ] {
        assert_eq!(with_commas(plain), written);
    }
}

#[test]
fn every_label_of_a_period_reads_back() {
    let periods = [
        Period::financial_year(2027),
        Period::financial_year(1999),
        Period::calendar_year(2022),
        Period::quarter(date("2026-04-01")),
        Period::quarter(date("2027-01-01")),
        Period::month(date("2026-12-01")),
    ];
    let labels = ["2027/28", "1999/00", "2022", "Q1 2026/27", "Q4 2026/27", "December 2026"];
    for (period, label) in periods.into_iter().zip(labels) {
        let period = period.unwrap();
        assert_eq!(period.label, label);
        assert_eq!(parse_period(label), Some(period));
    }
    for bad in [
        "2027/29",
        "2027/2028",
        "27/28",
        "Q5 2026/27",
        "Q1 2026",
        "april 2026",
        "",
        "2027/",
        "٢٠٢٧",
        "9999",
        "9999/00",
    ] {
        assert_eq!(parse_period(bad), None, "{bad}");
    }
    assert_eq!(Period::quarter(date("2026-05-01")), None);
    assert_eq!(Period::month(date("2026-05-02")), None);
    assert_eq!(Period::financial_year(i16::MAX), None);
    assert_eq!(Period::financial_year(-1), None);
}

#[test]
fn a_period_holds_its_first_day_and_not_its_end() {
    let year = Period::financial_year(2027).unwrap();
    assert_eq!(year.describe(), "1 April 2027 to 31 March 2028");
    assert!(year.contains(date("2027-04-01")) && year.contains(date("2028-03-31")));
    assert!(!year.contains(date("2028-04-01")));
    assert!(!year.overlaps(&Period::financial_year(2028).unwrap()));
    assert!(year.overlaps(&Period::calendar_year(2028).unwrap()));
    assert_eq!(Period::between("none", date("2027-04-01"), date("2027-04-01")), None);
}

#[test]
fn months_are_added_to_the_end_of_the_month() {
    assert_eq!(add_months(date("2024-01-31"), 1), Some(date("2024-02-29")));
    assert_eq!(add_months(date("2024-01-31"), 2), Some(date("2024-03-31")));
    assert_eq!(add_months(date("2024-03-31"), -1), Some(date("2024-02-29")));
    assert_eq!(add_months(date("2024-03-31"), i32::MAX), None);
    assert_eq!(show_date(date("2027-04-01")), "1 April 2027");
    for bad in ["2026-4-1", "2026-02-30", "26-04-01", "2026-04-01-", "2026/04/01", ""] {
        assert_eq!(parse_date(bad), None, "{bad}");
    }
}
