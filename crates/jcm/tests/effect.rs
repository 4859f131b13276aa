//! The examples of one contract settled by another.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test whose contract does not check has failed")]

use jcm::{Checked, Effect, InMemory, check_without_examples, effect, effect_text, settlement};

const CONTRACT: &str = r#"jcm 1

contract vale "The Vale" {
    term:      2026-04-01 to 2029-03-31
    currency:  GBP
    settled:   every financial_year
    rounding:  half_even to £0.01
}

partner council "Vale Council" { role: commissioner }
partner trust "Vale Trust" { role: provider }
partner care "Vale Care" { role: provider }

incentive gain_share "Sharing of savings" {
    input saving "Saving" : £
    line half "Half" = 50% of saving
    line share "Share" = half, at most £100,000
    pays share from council to {
        trust   60%
        care    40%
    }
    residue: largest_remainder
}

example "A saving" of gain_share in 2028/29 {
    given   saving = £100,000
    expect  share  = £50,000
    expect  trust  receives £30,000.00
}
"#;

fn checked(text: &str) -> Checked {
    let checked = check_without_examples(&InMemory::new("contract.jcm", text));
    assert!(checked.program().is_some(), "{:#?}", checked.diagnostics);
    checked
}

/// The effect of replacing some texts of the contract, and how it is told.
fn changed(changes: &[(&str, &str)]) -> (Effect, String) {
    let text = changes.iter().fold(CONTRACT.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let (old, new) = (checked(CONTRACT), checked(&text));
    let (before, after) = (old.program().unwrap(), new.program().unwrap());
    let found =
        effect((before, &settlement(before, &old.sources)), (after, &settlement(after, &new.sources)));
    let told = effect_text(after, &found);
    (found, told)
}

/// Why the one example is not compared.
fn refused(changes: &[(&str, &str)]) -> String {
    match changed(changes).0.examples.remove(0).outcome {
        Err(reason) => reason,
        Ok(settled) => panic!("{settled:#?}"),
    }
}

#[test]
fn a_contract_that_pays_the_same_has_no_effect() {
    let (same, told) =
        changed(&[("\"Sharing of savings\"", "\"Shares\""), ("at most £100,000", "at most £90,000")]);
    assert!(same.is_empty());
    assert_eq!(told, "1 of 1 examples of the old contract give what they gave\n");
}

#[test]
fn the_first_line_that_differs_is_named_and_every_partner_told() {
    let (found, told) = changed(&[("50% of saving", "40% of saving")]);
    assert!(!found.is_empty());
    assert_eq!(
        told,
        "A saving  (Sharing of savings, 2028/29)\n  the first line that differs: Half, £50,000.00 → £40,000.00\n\
         \x20                    before        after   difference\n\
         \x20 Vale Trust     £30,000.00   £24,000.00   -£6,000.00\n\
         \x20 Vale Care      £20,000.00   £16,000.00   -£4,000.00\n\
         \x20 Vale Council  -£50,000.00  -£40,000.00  +£10,000.00\n\
         0 of 1 examples of the old contract give what they gave\n"
    );
}

#[test]
fn shares_alone_can_differ() {
    let (found, _) = changed(&[("trust   60%", "trust   70%"), ("care    40%", "care    30%")]);
    let settled = found.examples[0].outcome.as_ref().unwrap();
    assert_eq!(settled.first_line, None);
    let amounts: Vec<String> = settled.partners.iter().map(|p| format!("{} {}", p.before, p.after)).collect();
    assert_eq!(amounts, ["30000 35000", "20000 15000", "-50000 -50000"]);
}

#[test]
fn what_only_the_new_contract_asks_for_its_own_example_gives() {
    let asked = [
        ("input saving \"Saving\" : £", "input saving \"Saving\" : £\n    input credit \"Credit\" : percent"),
        ("50% of saving", "50% of saving * credit"),
    ];
    let given = ("given   saving = £100,000", "given   saving = £200,000, credit = 50%");
    let renamed = ("example \"A saving\"", "example \"Another saving\"");
    let reason = refused(&[asked[0], asked[1], given, renamed]);
    assert!(
        reason.starts_with("the new contract cannot settle it: ") && reason.contains("Credit"),
        "{reason}"
    );
    let (found, _) = changed(&[asked[0], asked[1], given]);
    let settled = found.examples[0].outcome.as_ref().unwrap();
    // The saving stays that of the old example; only the credit is taken from the new one.
    assert_eq!(settled.partners[0].after.to_string(), "15000");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let cases: [(&[(&str, &str)], &str); 3] = [
        (
            &[("to 2029-03-31", "to 2028-03-31"), ("in 2028/29", "in 2027/28")],
            "the new contract has no settlement period 2028/29",
        ),
        (
            &[("incentive gain_share", "incentive sharing"), ("of gain_share", "of sharing")],
            "the new contract has no incentive `gain_share`",
        ),
        (
            &[
                ("currency:  GBP", "currency:  EUR"),
                ("half_even to £0.01", "half_even to €0.01"),
                (": £\n", ": €\n"),
                ("at most £100,000", "at most €100,000"),
                ("saving = £100,000", "saving = €100,000"),
                ("share  = £50,000", "share  = €50,000"),
                ("receives £30,000.00", "receives €30,000.00"),
            ],
            "“Saving” is not in the unit that it was",
        ),
    ];
    for (changes, expected) in cases {
        assert_eq!(refused(changes), expected);
    }
}

#[test]
fn an_example_over_several_periods_is_compared_in_all_of_them() {
    let example = r#"in 2028/29 {
    given   saving = £100,000
    expect  share  = £50,000
    expect  trust  receives £30,000.00
}"#;
    let over = r#"over 2026/27 to 2028/29 {
    given   saving         : £100,000, £100,000, £300,000
    expect  share          : £50,000, £50,000, £100,000
    expect  trust receives : £30,000.00, £30,000.00, £60,000.00
}"#;
    let (old, new) = (CONTRACT.replace(example, over), CONTRACT.replace(example, over));
    let old = checked(&old);
    // The limit is reached in the last year only.
    let new = checked(&new.replace("at most £100,000", "at most £90,000"));
    let (before, after) = (old.program().unwrap(), new.program().unwrap());
    let found =
        effect((before, &settlement(before, &old.sources)), (after, &settlement(after, &new.sources)));
    let told = effect_text(after, &found);
    assert!(told.starts_with("A saving  (Sharing of savings, 2026/27 to 2028/29)\n"), "{told}");
    assert!(told.contains("Share, £100,000.00 → £90,000.00"), "{told}");
    // 120,000 and 80,000 in three years, and 6,000 and 4,000 less, which the council keeps.
    assert!(told.contains("£120,000.00   £114,000.00   -£6,000.00"), "{told}");
    assert!(told.contains("£80,000.00    £76,000.00   -£4,000.00"), "{told}");
    assert!(told.contains("-£200,000.00  -£190,000.00  +£10,000.00"), "{told}");
}
