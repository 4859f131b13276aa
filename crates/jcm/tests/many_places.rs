//! Many places: the report says how they spread and shows the worst, and the tables have all of them.

use jcm::{
    Checked, InMemory, Simulating, SourceFile, check_with_places, simulate, simulation_csv, simulation_html,
    simulation_text,
};
use std::fmt::Write as _;

const CONTRACT: &str = include_str!("../../../examples/stour-valley/contract.jcm");

/// The flagship in the places of a table.
fn checked(table: &str) -> Checked {
    let table = SourceFile::new("places.csv", table);
    check_with_places(&InMemory::new("contract.jcm", CONTRACT), table, None)
}

/// So many places, each with a greater fund than the one before.
fn table(places: u32) -> String {
    let mut table = "locality,title,alliance_fund.icb,alliance_fund.council\n".to_owned();
    for number in 1..=places {
        let _ = writeln!(
            table,
            "p{number},Place {number},\"£{number},000,000 per year\",\"£1,000,000 per year\""
        );
    }
    table
}

#[test]
fn of_many_places_the_report_shows_the_spread_and_the_worst() {
    let checked = checked(&table(61));
    let program = checked.program().unwrap();
    let simulation = program.simulations.first().unwrap();
    let of_the_table = (0u32..).map(jcm::LocalityId).zip(&program.localities);
    let places: Vec<_> =
        of_the_table.filter(|(_, place)| place.head.title.starts_with("Place")).map(|(id, _)| id).collect();
    let asked = Simulating { runs: Some(40), places: Some(&places), ..Simulating::default() };
    let simulated = simulate(program, &checked.sources, simulation, &asked).unwrap();
    let text = simulation_text(&simulated);
    assert!(text.contains("over 61 places"), "{text}");
    let worst = text.split_once("the worst places").unwrap().1.split_once("\n\n").unwrap().0;
    assert_eq!(worst.lines().filter(|line| line.trim_start().starts_with("Place ")).count(), 10, "{text}");
    // All have the same chance of loss, so the greatest fund is the worst.
    assert!(worst.lines().nth(1).unwrap().trim_start().starts_with("Place 61 "), "{worst}");
    assert!(text.contains("in 61 of 61 places"), "{text}");
    assert_eq!(simulation_html(&simulated).matches("<details").count(), 10);
    let csv = simulation_csv(&simulated);
    assert!(places.iter().zip(1..).all(|(_, number)| csv.contains(&format!(",Place {number},"))));
}

#[test]
fn a_draw_that_cannot_be_settled_names_its_place_and_the_line() {
    // In the last year the target is the baseline: there is no way from one to the other.
    let table = "locality,emergency_admissions.baseline\nup,\"24,000\"\ndown,\"22,400\"\n";
    let checked = checked(table);
    let program = checked.program().unwrap();
    let simulation = program.simulations.first().unwrap();
    let ids = (0u32..).map(jcm::LocalityId).zip(&program.localities);
    let places: Vec<_> =
        ids.filter(|(_, place)| ["up", "down"].contains(&&*place.head.name)).map(|(id, _)| id).collect();
    let asked = Simulating { runs: Some(20), places: Some(&places), ..Simulating::default() };
    let problem = simulate(program, &checked.sources, simulation, &asked).unwrap_err().problem;
    assert_eq!(problem.code.0, "E0564");
    assert!(problem.message.contains("in 2028/29 in down with"), "{}", problem.message);
    assert!(problem.help.first().unwrap().contains("Emergency admissions"), "{:?}", problem.help);
}

#[test]
fn of_a_column_that_is_wrong_in_every_row_the_first_problems_are_told() {
    let mut table = "locality,sharing_rate\n".to_owned();
    for number in 1..=300 {
        let _ = writeln!(table, "p{number},75%");
    }
    let problems = checked(&table).diagnostics;
    assert_eq!(problems.len(), 20);
    assert!(problems.last().unwrap().help.iter().any(|help| help.contains("280 more problems")));
}

#[test]
fn a_cell_with_a_comma_that_groups_no_digits_is_not_one_value() {
    for cell in ["9,8o0 people", "9,80 people", "9,8000 people", "9, 800 people"] {
        let problems = checked(&format!("locality,older_people.size\nnorth,\"{cell}\"\n")).diagnostics;
        assert_eq!(problems.first().unwrap().code.0, "E0743", "{cell}");
    }
    let whole = "locality,title,older_people.size\nnorth,\"North, upper\",\"19,800 people\"\n";
    assert!(checked(whole).diagnostics.is_empty());
}

/// Two places of which one gains what the other loses, run by run.
const TWO_SIDES: &str = r#"jcm 1

contract vale "Vale" {
    term:      2026-04-01 to 2027-03-31
    currency:  GBP
    settled:   every financial_year
    rounding:  half_even to £0.01
}

partner icb       "NHS Vale ICB"    { role: commissioner }
partner hospital  "Vale Hospitals"  { role: provider }

knob side "Side" : number = 1, from -1 to 1

incentive swing "Swing" {
    input saving "Saving" : £
    line paid "Paid" = saving * side
    pays paid from icb to hospital
}

locality up "Up" of vale {
    side = 1
}
locality down "Down" of vale {
    side = -1
}

simulation swings of up, down {
    runs:  400
    seed:  2026
    vary saving ~ uniform from -£300,000 to £100,000
}
"#;

#[test]
fn what_one_place_gains_and_another_loses_is_nothing_in_both_together() {
    let checked = jcm::check(&InMemory::new("contract.jcm", TWO_SIDES));
    let program = checked.program().unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let simulation = program.simulations.first().unwrap();
    let simulated = simulate(program, &checked.sources, simulation, &Simulating::default()).unwrap();
    let of_places: Vec<_> = simulated.places.iter().map(|place| &place.parties[1].whole).collect();
    assert!(of_places.iter().all(|range| range.percentiles.first() < range.percentiles.last()));
    let (_, hospital) = simulated.together.iter().find(|(name, _)| name == "hospital").unwrap();
    assert!(hospital.percentiles.iter().all(|figure| figure.is_zero()));
    assert!(hospital.mean.is_zero() && hospital.loss.is_zero() && hospital.shortfall.is_zero());
}
