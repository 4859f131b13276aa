//! What `jcm analyse` says of incentives that are made up, from shapes that contracts use: every witness settles to what it
//! shows, and figures at random contradict no proof. And it comes to an end with every contract of the other suites.

use super::files;
use jcm_test::Project;
use libtest_mimic::{Failed, Trial};
use std::fmt::Write as _;

/// Tests, each with so many contracts.
const TESTS: u64 = 8;
const CONTRACTS: u64 = 12;

/// Cases for each proof and period.
const CASES: usize = 40;

/// Of the contracts of other suites one in so many is analysed in each run of the tests.
const ONE_IN: usize = 6;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> =
        (0..TESTS).map(|nth| Trial::test(format!("analyse/made-up-{nth}"), move || made_up(nth))).collect();
    trials.extend(
        (0..ONE_IN / 2)
            .map(|part| Trial::test(format!("analyse/of-other-suites-{part}"), move || others(part))),
    );
    trials
}

fn made_up(nth: u64) -> Result<(), Failed> {
    let mut analysed = 0;
    for contract in 0..CONTRACTS {
        let text = Maker(nth * 1_000 + contract + 1).contract();
        let project = Project::whole(&text);
        let Some((found, sources)) = project.analysed() else {
            return Err(format!("it does not check: {:?}\n{text}", project.check().findings).into());
        };
        analysed += 1;
        let (all, good) = found.confirmed();
        if all != good {
            return Err(format!("{} of {all} witnesses do not settle so:\n{text}", all - good).into());
        }
        if let Some(first) = found.contradictions(&sources, nth + 7, CASES).first() {
            return Err(format!("a case contradicts: {first}\n{text}").into());
        }
    }
    if analysed == CONTRACTS { Ok(()) } else { Err("not every contract was analysed".into()) }
}

fn others(part: usize) -> Result<(), Failed> {
    let base = files::base()?;
    let all = ["tests/errors", "tests/lang", "tests/lints"]
        .into_iter()
        .flat_map(|folder| files::under(folder, "jcm"));
    let mut analysed = 0;
    for (name, path) in all.skip(part).step_by(ONE_IN) {
        // What is never wrong of a text that cannot be read is not asked.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if let Some((found, _)) = Project::of(&text, &base).analysed() {
            analysed += 1;
            let (all, good) = found.confirmed();
            if all != good {
                return Err(format!("{name}: {} of {all} witnesses do not settle so", all - good).into());
            }
        }
    }
    if analysed > 20 { Ok(()) } else { Err(format!("only {analysed} contracts could be analysed").into()) }
}

/// Contracts at random, the same from the same beginning.
struct Maker(u64);

impl Maker {
    fn roll(&mut self, of: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % of
    }

    fn money(&mut self) -> String {
        let thousands = self.roll(900) + 1;
        format!("£{thousands},000")
    }

    fn share(&mut self) -> String {
        format!("{}%", self.roll(99) + 1)
    }

    fn measure(&mut self) -> &'static str {
        match self.roll(3) {
            0 => "still_at_home",
            1 => "readmissions",
            _ => "seen_in_time",
        }
    }

    /// Money made of figures that are reported.
    fn first(&mut self) -> String {
        let (money, share, measure) = (self.money(), self.share(), self.measure());
        match self.roll(5) {
            0 => format!("{money} - cost"),
            1 => format!("{measure} * {money}"),
            2 => format!("{money} - {measure} * £300,000"),
            3 => format!("{share} of ({money} - cost)"),
            _ => format!("{measure} * ({money} - cost)"),
        }
    }

    /// Money made of the line before.
    fn next(&mut self, before: &str) -> String {
        let (money, share, measure) = (self.money(), self.share(), self.measure());
        match self.roll(10) {
            0 => format!("{before}, at least -{money}"),
            1 => format!("{before}, at most {money}"),
            2 => format!("{before}, at least £0, at most {money}"),
            3 => format!("{before} when {measure} >= {share}, otherwise £0"),
            4 => format!("{before} when met and {before} > -{money}, otherwise {share} of {before}"),
            5 => format!("points of {measure} * {money} + {before}"),
            6 => format!("abs({before})"),
            7 => format!("{before}, rounded down to £1,000"),
            8 => format!("max({before}, {money} - cost)"),
            _ => format!("{before} - {money} when {before} > {money}, otherwise £0"),
        }
    }

    fn contract(&mut self) -> String {
        let mut text = BEGINNING.to_owned();
        for name in ["one", "other"].iter().take(1 + usize::from(self.roll(3) == 0)) {
            let mut before = format!("{name}_0");
            let _ = writeln!(
                text,
                "incentive {name} \"Made up {name}\" {{\n    input cost \"Cost of {name}\" : £\n    input met \"Met of {name}\" : yes_no"
            );
            let _ = writeln!(text, "    line {before} \"Line 0 of {name}\" = {}", self.first());
            for nth in 1..=1 + self.roll(3) {
                let made = self.next(&before);
                before = format!("{name}_{nth}");
                let _ = writeln!(text, "    line {before} \"Line {nth} of {name}\" = {made}");
            }
            let to = match self.roll(3) {
                0 => "hospital".to_owned(),
                1 => "{\n        hospital   60%\n        community  40%\n    }".to_owned(),
                _ => "{\n        hospital   70%\n        community  30%  losing at most £50,000\n    }\n    excess: others".to_owned(),
            };
            let from = if self.roll(2) == 0 { "board" } else { "fund" };
            let _ = writeln!(text, "    pays {before} from {from} to {to}\n}}\n");
            if *name == "one" && self.roll(3) == 0 {
                text.push_str(&self.reserve(&before));
            }
        }
        text
    }

    /// What is left after a line, carried from year to year and shared at the end.
    fn reserve(&mut self, line: &str) -> String {
        let (money, part) = (self.money(), self.roll(9) + 1);
        let limit = if self.roll(2) == 0 { ", at least £0" } else { "" };
        format!(
            "incentive left_over \"Made up reserve\" {{\n    balance reserve \"Reserve\" {{ opens: £0, closes: left }}\n    \
             line left \"Left\" = reserve + {money} - one.{line}{limit}\n    pays reserve.remainder from fund to {{\n        \
             hospital   {part}0%\n        community  {}0%\n    }}\n}}\n\n",
            10 - part
        )
    }
}

/// What every made up contract begins with.
const BEGINNING: &str = r#"jcm 1

contract made_up "Vale Made Up Agreement" {
    term:      2026-04-01 to 2028-03-31
    currency:  GBP
    settled:   every financial_year
    rounding:  half_even to £0.01
}

partner board "Vale Integrated Care Board" { role: commissioner }
partner hospital "Vale Hospitals" { role: provider }
partner community "Vale Community Care" { role: provider }

outcome at_home "Living at home for longer" {
    statement:  "I am supported to stay in my own home."
    owners:     hospital, community
}

measure still_at_home "People still at home" {
    outcome:   at_home
    use:       payment
    unit:      percent
    better:    higher
    baseline:  79% in 2024/25
    target:    84% from 2026/27
}

measure readmissions "People readmitted" {
    outcome:   at_home
    use:       payment
    unit:      percent
    better:    lower
    baseline:  14% in 2024/25
    target:    12% from 2026/27
}

measure seen_in_time "People seen within two days" {
    outcome:   at_home
    use:       payment
    unit:      percent
    better:    higher
    baseline:  60% in 2024/25
    target:    75% from 2026/27
    reported:  every quarter, 1 month after it ends
    combined:  mean of the quarters
}

pool fund "The Shared Fund" {
    host: board
    contributes {
        board : £1,000,000 per year
    }
}

scale points "Points" of percent : percent {
    below 20%         : 0%
    20% to below 60%  : rising evenly from 10% to 80%
    60% or more       : 100%
}

"#;
