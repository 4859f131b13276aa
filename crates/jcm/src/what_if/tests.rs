//! What-if on a small contract whose figures can be worked out by hand.

use super::{Moved, Moves, Reach, WhatIf, what_if};
use crate::{InMemory, check, settlement};

const CONTRACT: &str = r#"jcm 1

contract small "Small" {
    term:      2026-04-01 to 2028-03-31
    currency:  GBP
    law:       england_and_wales
    settled:   every financial_year, provisional within 2 months, final within 6 months
    rounding:  half_even to £0.01
}

partner council "Council" {
    role: commissioner
}

partner trust "Trust" {
    role: provider
}

knob rate "Sharing rate" : percent = 50%, from 30% to 60%

incentive share "Share" {
    input saved "Saving" : £
    line due "Due" = rate of saved
    pays due from council to trust
}

example "A saving" of share in 2026/27 {
    given  saved = £250,000
    expect due = £125,000
}
"#;

fn worked(moves: &[(&str, Moved)]) -> WhatIf {
    let checked = check(&InMemory::new("contract.jcm", CONTRACT));
    let problems = format!("{:?}", checked.diagnostics);
    let program = checked.program().expect(&problems);
    let made = settlement(program, &checked.sources);
    let moves: Moves = moves.iter().map(|(name, moved)| ((*name).to_owned(), moved.clone())).collect();
    let name = &program.examples[0].head.name;
    what_if(program, &made, &checked.sources, name, &moves).expect("the example is there")
}

fn due(found: &WhatIf) -> (String, String, String) {
    let bar = &found.periods[0].lines[0];
    (bar.before.clone(), bar.after.clone(), bar.difference.clone())
}

#[test]
fn nothing_moved_is_what_the_contract_says() {
    let found = worked(&[]);
    assert_eq!(due(&found), ("£125,000.00".into(), "£125,000.00".into(), String::new()));
    let names: Vec<(&str, bool)> = found.levers.iter().map(|l| (l.name.as_str(), l.is_knob)).collect();
    assert_eq!(names, [("rate", true), ("share.saved", false)]);
    let Reach::Stops { at, last, least, most, .. } = &found.levers[0].reach else { panic!("no stops") };
    // A range of thirty percent in steps of 0.1 %.
    assert_eq!((*at, *last, least.as_str(), most.as_str()), (200, 300, "30%", "60%"));
}

#[test]
fn a_knob_and_a_figure_that_are_moved_change_what_comes_out_exactly() {
    let found = worked(&[("rate", Moved::Stop(300))]);
    assert_eq!(due(&found), ("£125,000.00".into(), "£150,000.00".into(), "+£25,000.00".into()));
    assert_eq!(found.periods[0].lines[0].lengths, Some((833, 1000)));
    let trust = &found.periods[0].partners[0];
    assert_eq!((trust.title.as_str(), trust.after.as_str()), ("Trust", "£150,000.00"));
    let written = Moved::Written("£100,000.01".into());
    let found = worked(&[("rate", Moved::Written("30 %".into())), ("share.saved", written)]);
    assert_eq!(due(&found).1, "£30,000.003");
    assert_eq!(found.periods[0].lines[0].exact, "30000.003");
    assert_eq!(found.periods[0].partners[0].after, "£30,000.00");
}

#[test]
fn what_lies_outside_the_range_or_is_no_figure_is_refused_and_moves_nothing() {
    let found =
        worked(&[("rate", Moved::Written("75%".into())), ("share.saved", Moved::Written("much".into()))]);
    assert_eq!(found.levers[0].refused.as_deref(), Some("it goes from 30% to 60%"));
    assert_eq!(found.levers[1].refused.as_deref(), Some("write a figure, such as £1.00"));
    assert_eq!(due(&found).2, "");
}
