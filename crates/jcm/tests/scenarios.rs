//! A simulation goes into the contract that was simulated, with every figure that it came to, and into no other.
#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use jcm::{
    Checked, FileId, InMemory, Simulating, SourceFile, Target, check, emit_with, scenarios, settlement,
    simulate, simulation_json,
};

const CONTRACT: &str = include_str!("../../../examples/stour-valley/contract.jcm");

fn checked() -> Checked {
    check(&InMemory::new("contract.jcm", CONTRACT))
}

/// The flagship's simulation, as few runs as say something.
fn simulated(checked: &Checked) -> String {
    let program = checked.program().unwrap();
    let asked = Simulating { runs: Some(50), ..Simulating::default() };
    let simulation = program.simulations.first().unwrap();
    simulation_json(&simulate(program, &checked.sources, simulation, &asked).unwrap())
}

#[test]
fn schedule_13_says_what_each_partner_stands_to_gain_in_each_period_and_names_the_run() {
    let checked = checked();
    let program = checked.program().unwrap();
    let json = simulated(&checked);
    let file = SourceFile::new("scenarios.json", json.as_str());
    let read = scenarios(program, &file, FileId(9)).unwrap();
    let made = emit_with(program, &settlement(program, &checked.sources), read).unwrap();
    let text = |target: Target| {
        let found = made.iter().find(|made| made.target == target).unwrap();
        String::from_utf8(found.bytes.clone()).unwrap()
    };
    let markdown = text(Target::Markdown);
    let (_, schedule) = markdown.split_once("Schedule 13 Simulated scenarios\n").unwrap();
    let hash = json.rsplit_once("\"hash\": \"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    assert!(schedule.contains(&format!("Hash of the simulation: {hash}")), "{schedule}");
    for partner in program.partners.iter().filter(|partner| partner.has_role("provider")) {
        assert!(schedule.contains(&format!("{}, in each period", partner.head.title)), "{schedule}");
    }
    // What the source asks for by names of lines is said in words.
    assert!(schedule.contains("is 2% or more |") && !schedule.contains("saving\\_rate"), "{schedule}");
    let drawings = text(Target::Html).split_once("id=\"schedule-13\"").unwrap().1.matches("<svg").count();
    assert_eq!(
        drawings, 10,
        "a drawing of everybody and one for each partner, in each of two places; what the fund pays is a table"
    );
}

#[test]
fn a_simulation_of_another_text_and_a_file_that_is_none_are_refused() {
    let checked = checked();
    let program = checked.program().unwrap();
    let code = |text: &str| {
        let file = SourceFile::new("scenarios.json", text);
        scenarios(program, &file, FileId(9)).unwrap_err().code.0
    };
    let json = simulated(&checked);
    let other = json.replacen(&program.source_hash, &"0".repeat(64), 1);
    assert_eq!(code(&other), "E0908");
    let half: String = json.chars().take(json.len() / 2).collect();
    assert_eq!(code(&half), "E0909");
    assert_eq!(code(""), "E0909");
    assert_eq!(code("[]"), "E0909");
    assert_eq!(code(&json.replacen("\"expected\"", "\"expectd\"", 1)), "E0909");
    assert_eq!(code(&json.replacen("\"runs\": 50", "\"runs\": -50", 1)), "E0909");
}

#[test]
fn who_pays_everything_is_told_once_and_who_only_pays_has_no_chance_of_loss() {
    let schedule = |more: &str| {
        let text = include_str!("../../../tests/reference/base.jcm")
            .replace("pays payable from fund to {", "pays payable from council to {");
        let text = format!("{text}\n{SIMULATION}\n{more}");
        let checked = check(&InMemory::new("contract.jcm", text.as_str()));
        let program = checked.program().unwrap();
        let simulation = program.simulations.first().unwrap();
        let asked = Simulating::default();
        let json = simulation_json(&simulate(program, &checked.sources, simulation, &asked).unwrap());
        let read = scenarios(program, &SourceFile::new("s.json", json.as_str()), FileId(9)).unwrap();
        let made = emit_with(program, &settlement(program, &checked.sources), read).unwrap();
        let found = made.iter().find(|made| made.target == Target::Markdown).unwrap();
        let markdown = String::from_utf8(found.bytes.clone()).unwrap();
        markdown.split_once("Schedule 13 Simulated scenarios\n").unwrap().1.to_owned()
    };
    let sole = schedule("");
    assert!(!sole.contains("| Vale Council |"), "{sole}");
    assert!(sole.contains("| Vale Hospitals NHS Foundation Trust |"), "{sole}");
    let by_two = schedule(
        r#"incentive fee "Fee" {
            line fee "Fee" = £1,000
            pays fee from board to hospital
        }"#,
    );
    for payer in ["Vale Council", "Vale Health Board"] {
        let row = by_two.lines().find(|line| line.starts_with(&format!("| {payer} |"))).unwrap();
        assert!(row.ends_with("| – |"), "{row}");
    }
}

/// Two commissioners and what is drawn, added to the small contract of the reference.
const SIMULATION: &str = r#"
partner board "Vale Health Board" {
    role:    commissioner
    sector:  health
}

simulation two_years of vale {
    runs:   50
    seed:   2026
    years:  2026/27 to 2027/28
    vary actual_cost          ~ normal, mean 97% of fund.budget, sd 3%
    vary still_at_home        ~ beta from 74% to 90%, mean 82%
    vary admissions_per_head  ~ triangular from 22,500 likely 23,600 to 25,000
}
"#;

#[test]
fn bars_too_small_to_be_read_stand_by_themselves() {
    let one = |size: i64| (jcm_quantity::Exact::from_int(-size), jcm_quantity::Exact::from_int(size));
    let groups = jcm_doc::of_like_size(vec![100, 3, 9, 50, 0], |size: &i64| Some(one(*size)));
    assert_eq!(groups, [vec![100, 9, 50], vec![3], vec![0]]);
}
