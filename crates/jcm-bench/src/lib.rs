//! A contract as long as one likes, without a problem, to measure the compiler with (development only).
//!
//! `cargo bench -p jcm-bench` runs the `jcm` command on it.

use std::fmt::Write as _;

/// A contract of at least `lines` lines: measures, scores, incentives, examples and clauses in turn.
pub fn contract(lines: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut written = HEAD.lines().count();
    let mut number = 0_u32;
    while written < lines {
        number = number.saturating_add(1);
        let block = BLOCK.replace("{n}", &number.to_string());
        written = written.saturating_add(block.lines().count());
        // Writing to a text does not fail.
        let _ = write!(text, "{block}");
    }
    text
}

/// A contract over several files, each of about `lines` lines: the name of each and its text, the main file first.
pub fn contract_of_files(files: u32, lines: usize) -> Vec<(String, String)> {
    let mut number = 0_u32;
    let mut head = String::new();
    let mut written = Vec::new();
    for file in 1..files {
        let _ = writeln!(head, "use part_{file}");
        let mut text = "jcm 1\n".to_owned();
        while text.lines().count() < lines {
            number = number.saturating_add(1);
            let _ = write!(text, "{}", BLOCK.replace("{n}", &number.to_string()));
        }
        written.push((format!("part_{file}.jcm"), text));
    }
    let main = HEAD.replacen("jcm 1\n", &format!("jcm 1\n\n{head}"), 1);
    written.insert(0, ("contract.jcm".to_owned(), main));
    written
}

const HEAD: &str = r#"jcm 1

contract long_agreement "Long Agreement" {
    term:      2026-04-01 to 2029-03-31
    currency:  GBP
    settled:   every financial_year, provisional within 2 months, final within 6 months
    rounding:  half_even to £0.01
}

partner council "County Council" {
    role:  commissioner
}

partner acute "Hospitals Trust" {
    role:  provider
}

partner community "Community Trust" {
    role:  provider
}

population older_people "People aged 65 and over" {
    attributed:  by registered_list
}

outcome at_home "Living at home for longer" {
    statement:  "I am supported to stay in my own home."
    for:        older_people
    owners:     acute, community
}

pool fund "The Fund" {
    host:  council
    contributes {
        council : £120,000,000 per year
    }
}

scale progress_credit "Credit for progress" of percent : percent {
    below 0%         : 0%
    0% to below 100% : rising evenly from 0% to 100%
    100% or more     : 100%
}
"#;

const BLOCK: &str = r#"
/// Ages are at the date of admission.
measure admissions_{n} "Emergency admissions in locality {n}" {
    outcome:     at_home
    use:         payment
    unit:        admissions per 100,000 people per year
    better:      lower
    numerator:   "Emergency admissions, all specialties, of residents aged 65 and over"
    denominator: "Residents aged 65 and over, mid-year estimate"
    source:      "Admitted patient care", version "2026.1"
    baseline:    24,310 in 2024/25
    target:      23,800 in 2026/27, 23,100 in 2027/28, 22,400 from 2028/29
    reported:    every quarter, 2 months after it ends
    missing:     neutral
}

knob sharing_rate_{n} "Sharing rate in locality {n}" : percent = 50%, from 30% to 60%

score quality_{n} "Quality score of locality {n}" : percent {
    admissions_{n}  100%  by progress_credit of progress from baseline to target
    missing:        reweight the rest
}

incentive share_{n} "Sharing in locality {n}" {
    residue:  largest_remainder
    input actual_cost "Actual cost in locality {n}" : £ from open_book of council

    line saving       "Saving in locality {n}"            = fund.budget - actual_cost
    line saving_rate  "Saving rate in locality {n}" : percent = saving / fund.budget
    line shareable    "Saving to be shared {n}"           = saving when abs(saving_rate) >= 2%, otherwise £0
    line share        "The providers' share {n}"          = sharing_rate_{n} of shareable
    line earned       "Share after the quality score {n}" = quality_{n} of share when share > £0, otherwise share
    line payable      "Amount payable {n}"                = earned, at least -5% of fund.budget,
                                                                    at most  10% of fund.budget

    // what the partners receive
    pays payable from fund to {
        acute      40%
        community  60%
    }
}

example "Saving of 3 % in locality {n}" of share_{n} in 2027/28 {
    given   actual_cost = £116,400,000, quality_{n} = 90%
    expect  saving      = £3,600,000
    expect  payable     = £1,620,000
    expect  acute       receives £648,000.00
    expect  community   receives £972,000.00
}

definition locality_{n} "Locality {n}" {
    the registered population of the practices of locality {n}, for {older_people}.
}

clause purpose_{n} "Purpose in locality {n}" in commitment {
    The partners shall together secure {at_home} in {locality_{n}}, and shall share, under
    {share_{n}}, what they save within {15 operational days}.
}
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use jcm::InMemory;

    #[test]
    fn the_contract_is_as_long_as_asked_and_has_no_problem() {
        let text = contract(400);
        assert!((400..470).contains(&text.lines().count()), "{} lines", text.lines().count());
        let checked = jcm::check(&InMemory::new("long.jcm", &text));
        assert_eq!(checked.diagnostics, []);
        assert!(checked.program().is_some());
    }

    #[test]
    fn a_contract_of_several_files_has_no_problem() {
        let files = contract_of_files(4, 150);
        let main = InMemory::new("contract.jcm", &files[0].1);
        let world = files[1..]
            .iter()
            .fold(main, |world, (name, text)| world.with(name.trim_end_matches(".jcm"), text));
        let checked = jcm::check(&world);
        assert_eq!(checked.diagnostics, []);
        assert!(checked.program().is_some_and(|program| program.incentives.len() >= 6));
    }
}
