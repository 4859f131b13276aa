//! What the document of a contract says where a form of words depends on what else the contract holds.
#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use jcm::{InMemory, Target, check, emit, settlement};

/// A contract that is settled by quarters and pays by outcome, at the end of the year.
const QUARTERS: &str = r#"jcm 1

contract vale "Vale" {
    term:      2027-04-01 to 2028-03-31
    currency:  GBP
    settled:   every quarter
    rounding:  half_even to £0.01
}

partner council "Vale Council" { role: commissioner }
partner charity "Carers Together" { role: provider }

incentive advice_paid "Advice line, with a retention" {
    input cost "Cost" : £
    line released "Released" = cost.year_to_date when end_of_year, otherwise £0
    pays released from council to charity
}

payment advice_payment "Advice line" {
    form:      outcome
    to:        charity
    incentive: advice_paid
}

dataset returns "Returns" {
    key:    "Place"
    period: "Quarter"
    columns { "Cost" : cost }
}
"#;

fn markdown(source: &str) -> String {
    let checked = check(&InMemory::new("contract.jcm", source));
    let program = checked.program().unwrap();
    let made = emit(program, &settlement(program, &checked.sources)).unwrap();
    let found = made.iter().find(|made| made.target == Target::Markdown).unwrap();
    String::from_utf8(found.bytes.clone()).unwrap()
}

#[test]
fn a_gate_at_the_end_of_a_year_is_a_condition() {
    let text = markdown(QUARTERS);
    assert!(text.contains("| Gate | The period is the last of a year |"), "{text}");
    assert!(text.contains("only where the period is the last of a year"), "{text}");
    assert!(!text.contains("here whether"), "{text}");
}

#[test]
fn a_payment_by_outcome_leads_to_its_incentive() {
    let text = markdown(QUARTERS);
    let row = "| Incentive | [Advice line, with a retention](#incentive-advice_paid) (Schedule 3B) |";
    assert!(text.contains(row), "{text}");
}

#[test]
fn a_file_of_several_periods_names_the_column_that_says_which() {
    let text = markdown(QUARTERS);
    let shape = "The file has one row for each case of a period; “Place” names the case. “Quarter” says which period a \
                 row is of, such as Q1 2027/28.";
    assert!(text.contains(shape), "{text}");
}
