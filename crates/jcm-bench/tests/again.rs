//! After any edits, a contract that was read again and again is the contract that is read for the first time.
#![expect(clippy::disallowed_methods, reason = "the law is tried on the files of the repository")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

use jcm::{InMemory, Memory, read_again};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Numbers that look like any, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Holds the reading with a memory to the one without.
fn same(world: &InMemory, memory: &mut Memory, what: &str) {
    let again = read_again(world, &[], memory);
    let fresh = read_again(world, &[], &mut Memory::default());
    assert_eq!(again.diagnostics, fresh.diagnostics, "{what}");
    assert!(again.program() == fresh.program(), "{what}: another program");
    if again.program().is_some() {
        assert_eq!(again.examples_and_criteria(), fresh.examples_and_criteria(), "{what}");
    }
}

/// Changes a contract here and there, as people do: a word or figure for another, a line less or twice, a letter more; each
/// change is taken back after a while, so that the contract is whole again and again.
fn edited(text: &str, seed: u64, edits: usize, keep: impl Fn(&str) -> InMemory, what: &str) {
    let mut dice = Dice(seed);
    let mut memory = Memory::default();
    same(&keep(text), &mut memory, what);
    let words: Vec<&str> = text.split_whitespace().collect::<BTreeSet<_>>().into_iter().collect();
    let mut now = text.to_owned();
    for edit in 0..edits {
        if edit % 3 == 2 {
            text.clone_into(&mut now);
        } else {
            now = changed(&now, &mut dice, &words);
        }
        same(&keep(&now), &mut memory, &format!("{what}, seed {seed}, edit {edit}\n{now}"));
    }
}

fn changed(text: &str, dice: &mut Dice, words: &[&str]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = dice.below(lines.len());
    let line = lines[at];
    let parts: Vec<&str> = line.split(' ').collect();
    let part = dice.below(parts.len());
    let with = |new: &str| {
        let mut parts = parts.clone();
        parts[part] = new;
        parts.join(" ")
    };
    let new = match dice.below(7) {
        0 => String::new(),
        1 => format!("{line}\n{line}"),
        2 => with(words[dice.below(words.len())]),
        3 => with(""),
        4 => line.replacen(char::is_alphabetic, "q", 1),
        5 => line.replace(|letter: char| letter.is_ascii_digit(), "3"),
        _ => format!("{line} // seen"),
    };
    let mut lines = lines;
    lines[at] = &new;
    lines.join("\n") + "\n"
}

#[test]
fn a_long_contract_read_again_is_as_if_read_anew() {
    let text = jcm_bench::contract(260);
    for seed in 0..6 {
        edited(&text, seed * 7919 + 1, 45, |text| InMemory::new("long.jcm", text), "a long contract");
    }
}

#[test]
fn a_key_leads_to_the_reading_of_a_few_declarations() {
    let text = jcm_bench::contract(2_000);
    let text = text.replace("    residue:  largest", "    basis:    by_moonlight\n    residue:  largest");
    let mut memory = Memory::default();
    same(&InMemory::new("long.jcm", &text), &mut memory, "the first reading");
    let all = memory.declarations_read();
    assert!(all > 200, "{all}");
    for (from, to) in [
        // The target of a measure, which a score, an incentive, an example and a clause rest on.
        ("target:      23,800 in 2026/27", "target:      23,900 in 2026/27"),
        // Half a name, and the whole name again.
        ("otherwise share\n", "otherwise shar\n "),
        ("otherwise shar\n ", "otherwise share\n"),
        // A line above everything, which moves everything.
        ("jcm 1\n", "jcm 1\n// agreed in spring\n"),
        ("jcm 1\n", "jcm 1\n\n"),
    ] {
        let changed = text.replacen(from, to, 1);
        let changed = if changed == text { text.clone() } else { changed };
        let world = InMemory::new("long.jcm", &changed);
        let _ = read_again(&world, &[], &mut memory);
        assert!(memory.declarations_read() <= 12, "{to}: {}", memory.declarations_read());
    }
    let moved = text.replacen("jcm 1\n", "jcm 1\n\n\n", 1);
    same(&InMemory::new("long.jcm", &moved), &mut memory, "all moved");
    same(&InMemory::new("long.jcm", &text), &mut memory, "the last reading");
}

#[test]
fn what_is_wrong_elsewhere_is_not_read_again() {
    let text = jcm_bench::contract(800);
    // Targets in the wrong direction, of half of the measures.
    let wrong = text.replace("23,800 in 2026/27", "29,800 in 2026/27").replacen("29,800", "23,800", 8);
    let mut memory = Memory::default();
    let world = InMemory::new("long.jcm", &wrong);
    let found = read_again(&world, &[], &mut memory).diagnostics.len();
    assert!(found > 1, "{found} problems, so that nothing is shown of those elsewhere");
    same(&world, &mut memory, "the first reading");
    for (from, to) in [
        ("23,800", "23,801"),
        ("jcm 1\n", "jcm 1\n\n// a line more\n"),
        ("= saving when", "= saviqng when"),
        ("29,800", "23,000"),
    ] {
        let changed = wrong.replacen(from, to, 1);
        let world = InMemory::new("long.jcm", &changed);
        let _ = read_again(&world, &[], &mut memory);
        assert!(memory.declarations_read() <= 12, "{to}: {}", memory.declarations_read());
        same(&world, &mut memory, to);
    }
}

#[test]
fn a_contract_of_several_files_read_again_is_as_if_read_anew() {
    let files = jcm_bench::contract_of_files(4, 70);
    for seed in 0..6 {
        let world = |text: &str| {
            let main = InMemory::new("contract.jcm", &files[0].1);
            let main = main.with("part_1", text);
            files[2..]
                .iter()
                .fold(main, |world, (name, text)| world.with(name.trim_end_matches(".jcm"), text))
        };
        edited(&files[1].1, seed * 104_729 + 5, 45, world, "a file of a contract");
    }
}

/// Of most files of such a contract, no trees are kept.
#[test]
fn a_large_contract_of_several_files_read_again_is_as_if_read_anew() {
    let files = jcm_bench::contract_of_files(14, 140);
    assert!(files.iter().map(|(_, text)| text.len()).sum::<usize>() > 64 * 1024);
    let main = InMemory::new("contract.jcm", &files[0].1);
    let mut memory = Memory::default();
    let world = |edited: usize, text: &str| {
        files.iter().enumerate().skip(1).fold(main.clone(), |world, (at, (name, known))| {
            world.with(name.trim_end_matches(".jcm"), if at == edited { text } else { known })
        })
    };
    same(&world(0, ""), &mut memory, "the first reading");
    let mut dice = Dice(271_828);
    for edited in [5, 5, 9, 2] {
        let text = &files[edited].1;
        let words: Vec<&str> = text.split_whitespace().collect();
        same(&world(edited, &changed(text, &mut dice, &words)), &mut memory, "an edit");
        let moved = text.replacen("jcm 1\n", "jcm 1\n\n", 1);
        let _ = read_again(&world(edited, text), &[], &mut memory);
        let _ = read_again(&world(edited, &moved), &[], &mut memory);
        assert!(memory.declarations_read() <= 12, "{}", memory.declarations_read());
        same(&world(edited, &moved), &mut memory, "a line more");
    }
}

#[test]
fn a_file_of_clauses_read_again_is_as_if_read_anew() {
    let main =
        jcm_bench::contract(100).replacen("jcm 1\n", "jcm 1\n\ninclude terms {\n    sides: two\n}\n", 1);
    let terms = fs::read_to_string(root().join("stdlib/clauses/problems.jcm")).unwrap();
    for seed in 0..3 {
        let world = |text: &str| InMemory::new("contract.jcm", &main).with("terms", text);
        edited(&terms, seed * 6_700_417 + 3, 45, world, "a file of clauses");
        let world = |text: &str| InMemory::new("contract.jcm", text).with("terms", &terms);
        edited(&main, seed * 6_700_417 + 9, 30, world, "a contract with a file of clauses");
    }
}

/// Every contract of a folder, with its name.
fn contracts_in(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "jcm") && jcm::declares_contract(&text) {
                found.push((path.to_str().unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// Holds what is read on several cores, whatever waits for whatever, to what is read in order.
fn as_in_order(world: &InMemory, many: usize, what: &str) {
    let mut memory = Memory::default();
    memory.read_ahead_from(many);
    let ahead = read_again(world, &[], &mut memory);
    let in_order = jcm::check_without_examples(world);
    if let (Some(ahead), Some(in_order)) = (ahead.program(), in_order.program()) {
        let ahead = jcm::Program { source_hash: in_order.source_hash.clone(), ..ahead.clone() };
        assert!(ahead == *in_order, "{what}: another program");
    }
    let mut memory = Memory::default();
    memory.read_ahead_from(usize::MAX);
    let one_core = read_again(world, &[], &mut memory);
    assert_eq!(ahead.diagnostics, one_core.diagnostics, "{what}");
    assert!(ahead.program() == one_core.program(), "{what}: another program than on one core");
}

#[test]
fn what_is_read_on_several_cores_is_as_if_read_in_order() {
    let (mut tried, mut whole) = (0, 0);
    for (name, text) in ["examples", "tests/lang", "tests/errors"].into_iter().flat_map(contracts_in) {
        let world = InMemory::new(&name, &text);
        as_in_order(&world, 1, &name);
        tried += 1;
        whole += usize::from(jcm::check_without_examples(&world).program().is_some());
    }
    assert!(tried > 150 && whole > 100, "{tried} contracts, {whole} without an error");
}

/// Each thread takes several declarations at a time here, so that ids are given out in the middle of its work.
#[test]
fn a_long_contract_read_on_several_cores_is_as_if_read_in_order() {
    let text = jcm_bench::contract(4_000);
    as_in_order(&InMemory::new("long.jcm", &text), 32, "a long contract");
    // Some incentives use others, and several ask for the figure of one measure.
    let mut linked = text.clone();
    for at in (3..60).step_by(4) {
        let line = format!("    line payable      \"Amount payable {at}\"");
        let (other, measure) = ((at * 7) % 50 + 1, at % 9 + 1);
        let more = format!(
            "    line other \"Other\" = share_{other}.payable\n    line figure \"Figure\" = admissions_{measure}\n{line}"
        );
        linked = linked.replacen(&line, &more, 1);
    }
    assert!(linked.len() > text.len() + 500);
    as_in_order(&InMemory::new("long.jcm", &linked), 32, "incentives that use others");
    // A slip in some declarations of each kind.
    let wrong = linked
        .replace("_7 {", "_7 { wrong")
        .replace("target:      23,800", "target: 23.8,00")
        .replace("50%, from 30%", "50% from 30%");
    as_in_order(&InMemory::new("long.jcm", &wrong), 32, "slips");
    let wrong = linked.replace("_11", "_12").replace("otherwise share\n", "otherwise shared\n");
    as_in_order(&InMemory::new("long.jcm", &wrong), 32, "slips of names");
    // What is read again after that is as if read anew.
    let mut memory = Memory::default();
    for text in [&text, &linked, &text.replace("role:  provider", "role:  commissioner"), &linked] {
        same(&InMemory::new("long.jcm", text), &mut memory, "one after the other");
    }
}

#[test]
fn every_example_read_again_is_as_if_read_anew() {
    let contracts = contracts_in("examples");
    for (seed, (name, text)) in (1..).zip(&contracts) {
        edited(text, seed * 31, 6, |text| InMemory::new(name, text), name);
    }
    let tried = contracts.len();
    assert!(tried > 10, "{tried} contracts");
}
