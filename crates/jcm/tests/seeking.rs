//! Values of knobs that are sought, held against what they are by hand.
//!
//! The saving is £600,000 and the quality 100 % in every run, so with the rate `r` and the fee `f` the hospital gets
//! £600,000 `r`, the community £ `f`, and the fund pays both.

#![expect(
    clippy::unwrap_used,
    reason = "tests that read a contract of their own, and fail where they cannot"
)]

use jcm::{Checked, InMemory, Simulating, Sweeping, Swept, check, sweep, sweep_csv, sweep_html, sweep_text};
use jcm_quantity::Exact;

const CONTRACT: &str = include_str!("seeking/contract.jcm");

fn checked() -> Checked {
    check(&InMemory::new("contract.jcm", CONTRACT))
}

fn read(sweeps: &[&str], goals: &[&str]) -> Result<Sweeping, String> {
    let owned = |words: &[&str]| words.iter().copied().map(str::to_owned).collect::<Vec<_>>();
    Sweeping::read(checked().program().unwrap(), &owned(sweeps), &owned(goals))
}

fn swept(sweeps: &[&str], goals: &[&str]) -> Swept {
    let checked = checked();
    let program = checked.program().unwrap();
    let sweeping = read(sweeps, goals).unwrap();
    let asked = Simulating::default();
    sweep(program, &checked.sources, program.simulations.first().unwrap(), &asked, &sweeping).unwrap()
}

fn best(swept: &Swept) -> Vec<Exact> {
    swept.best.clone().unwrap()
}

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

#[test]
fn of_one_knob_the_ends_and_the_best_are_those_worked_out_by_hand() {
    // Over £200,000 from 33.34 %, and £600,000 r + £50,000 under £320,000 below 45 %. The room is the same to both where
    // 3 r - 1 = (320 - 50 - 600 r) / 320, at r = 590 / 1,560 = 37.82 %.
    let swept = swept(
        &["sharing_rate"],
        &["expected gain of hospital over £200,000", "expected cost under £320,000"],
    );
    assert_eq!(swept.holds, vec![(exact("0.3334"), exact("0.4499"))]);
    assert_eq!(best(&swept), vec![exact("0.3782")]);
    let text = sweep_text(&swept);
    assert!(text.contains("All of it holds from 33.34% to 44.99%."), "{text}");
    assert!(text.contains("There is most room at Sharing rate 37.82%"), "{text}");
    // The values beside the best are told with it.
    assert!(text.contains("\n  37.81% ") && text.contains("\n  37.83% "), "{text}");
}

#[test]
fn of_two_knobs_the_best_has_the_same_room_to_three_goals() {
    // Room t to each: 600,000 r = 200,000 (1 + t), f = 100,000 (1 + t), and both together 400,000 (1 - t): t is a seventh.
    let swept = swept(
        &["sharing_rate", "fee"],
        &[
            "expected gain of hospital over £200,000",
            "expected gain of community over £100,000",
            "expected cost under £400,000",
        ],
    );
    let best = best(&swept);
    let (rate, fee) = (best.first().unwrap(), best.get(1).unwrap());
    assert!((rate - exact("0.38095")).abs() < exact("0.0005"), "{rate:?}");
    assert!((fee - exact("114285.71")).abs() < exact("150"), "{fee:?}");
    let row = swept.rows.iter().find(|row| row.at == best).unwrap();
    let least = row.room.iter().min().unwrap();
    assert!((least - exact("0.142857")).abs() < exact("0.0005"), "{least:?}");
    assert!(sweep_text(&swept).contains("All of it holds at"));
    assert!(sweep_csv(&swept).starts_with("Sharing rate,Fee for coordination,what,statistic,figure\n"));
    assert_eq!(sweep_html(&swept).matches("<svg").count(), 3);
}

#[test]
fn where_no_value_holds_the_nearest_is_told_and_where_nothing_turns_that_is() {
    let none = sweep_text(&swept(&["sharing_rate"], &["expected cost under £100,000"]));
    assert!(none.contains("It holds at none of the"), "{none}");
    assert!(none.contains("The nearest to it is Sharing rate 30%: expected cost £230,000."), "{none}");
    let flat = sweep_text(&swept(&["sharing_rate"], &["chance of loss of each partner under 10%"]));
    assert!(flat.contains("the knob makes no difference that matters here"), "{flat}");
}

#[test]
fn what_cannot_be_swept_is_refused_in_words() {
    let refused = |sweeps: &[&str], goals: &[&str]| read(sweeps, goals).unwrap_err();
    assert!(refused(&["rate"], &[]).contains("has no knob `rate`; it has sharing_rate, fee"));
    assert!(refused(&["sharing_rate=20% to 60%"], &[]).contains("may be from 30% to 60%"));
    assert!(refused(&["sharing_rate", "fee"], &[]).contains("sweep one knob"));
    assert!(refused(&["fee", "fee"], &["expected cost under £1"]).contains("swept twice"));
    assert!(refused(&["fee=£9 to £3"], &[]).contains("a sweep rises"));
}

#[test]
fn a_search_tells_how_far_it_is_and_never_goes_back() {
    use std::cell::RefCell;
    let checked = checked();
    let program = checked.program().unwrap();
    let sweeping = read(
        &["sharing_rate", "fee"],
        &["expected gain of hospital over £200,000", "expected cost under £400,000"],
    )
    .unwrap();
    let heard = RefCell::new(Vec::new());
    let told = |done: usize, of: usize| heard.borrow_mut().push((done, of));
    let asked = Simulating { told: Some(&told), ..Simulating::default() };
    let simulation = program.simulations.first().unwrap();
    let swept = sweep(program, &checked.sources, simulation, &asked, &sweeping).unwrap();
    let heard = heard.into_inner();
    assert_eq!(heard.len(), swept.rows.len());
    assert!(heard.windows(2).all(|pair| pair[0].0 < pair[1].0), "{heard:?}");
    assert!(heard.iter().all(|(done, of)| done <= of), "{heard:?}");
}
