//! What the document of a contract says where a form of words depends on what else the contract holds.
#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use jcm::{InMemory, Target, check, emit, settlement};

/// A contract that is settled by quarters and pays by outcome, at the end of the year.
const QUARTERS: &str = r#"jcm 1

contract vale "Vale" {
    term:      2027-04-01 to 2029-03-31
    currency:  GBP
    settled:   every quarter, provisional within 1 month, final within 3 months
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

pool fund "The Fund" {
    host: council
    contributes { council : £50,000 per month }
    uplift: 3% every 1 April from 2028
}

incentive courses_paid "Payment for completed courses" {
    input completed "Visits made in the town" : visits
    line price   "Price"    = £100 per visit * completed.year_to_date
    line kept    "Withheld" = 8% of price
    line settled "Released for quality" = price - kept
    pays settled from fund to charity
    due: within 30 days after the final settlement
}

dataset returns "Returns" {
    key:    "Place"
    period: "Quarter"
    columns {
        "Cost"   : cost
        "Visits" : completed
    }
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
    let row = "| Incentive | [Advice line, with a retention](#incentive-advice_paid) (Schedule 3C) |";
    assert!(text.contains(row), "{text}");
}

#[test]
fn a_file_of_several_periods_names_the_column_that_says_which() {
    let text = markdown(QUARTERS);
    let shape = "The file has one row for each case of a period; “Place” names the case. “Quarter” says which period a \
                 row is of, such as Q1 2027/28.";
    assert!(text.contains(shape), "{text}");
}

#[test]
fn a_monthly_contribution_is_said_per_month() {
    let text = markdown(QUARTERS);
    assert!(text.contains("| Q1 2027/28 | £50,000.00 per month | £150,000.00 |"), "{text}");
    assert!(text.contains("| Q1 2028/29 | £51,500.00 per month | £154,500.00 |"), "{text}");
    assert!(text.contains("Vale Council (£50,000.00 per month at first) pays into the Fund."), "{text}");
    // Without an uplift it stays as it is, though the contract has a figure for each quarter.
    let same = markdown(&QUARTERS.replace("    uplift: 3% every 1 April from 2028\n", ""));
    assert!(same.contains("Vale Council (£50,000.00 per month) pays into the Fund."), "{same}");
    // A twelfth of it is no whole number of pence after the uplift.
    let odd = markdown(&QUARTERS.replace("£50,000 per month", "£50,000.01 per month"));
    assert!(odd.contains("| Q1 2027/28 | £600,000.12 per year |"), "{odd}");
}

#[test]
fn a_title_that_begins_with_a_participle_is_an_amount_and_one_that_ends_with_one_keeps_its_number() {
    let text = markdown(QUARTERS);
    assert!(text.contains("The amount withheld is 8% of"), "{text}");
    assert!(text.contains("The amount released for quality is"), "{text}");
    assert!(text.contains("The visits made in the town in the year to date are the sum"), "{text}");
}

#[test]
fn a_payment_among_the_dates_is_said_to_be_one_once() {
    let text = markdown(QUARTERS);
    assert!(text.contains("| Payment for completed courses | The Fund |"), "{text}");
    assert!(!text.contains("Payment: Payment"), "{text}");
}

/// A part that is not there leaves the figure of the period unknown; nothing says that the part is left out.
#[test]
fn a_missing_part_is_said_to_leave_the_whole_unknown() {
    let text = markdown(include_str!("../../../tests/lang/measure/combined-from-parts.jcm"));
    let rows: Vec<&str> =
        text.lines().filter(|line| line.starts_with("| If a figure of a part is missing")).collect();
    assert!(rows.iter().any(|row| row.contains("The figure of the period is then")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("0 visits stands in for it")), "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("missing | It is left out")), "{rows:?}");
}
