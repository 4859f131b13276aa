//! How fast a text becomes a tree and a tree becomes a view, on a generated contract of 10,000 lines.

use divan::counter::BytesCount;
use jcm_source::FileId;
use jcm_syntax::{DeclarationCache, ast, parse, parse_with};
use std::fmt::Write;

fn main() {
    divan::main();
}

/// A contract of at least 10,000 lines: measures, incentives and clauses in turn.
fn contract() -> String {
    let mut text = String::from("jcm 1\n\n");
    for n in 0..385 {
        let _ = write!(
            text,
            r#"/// Ages are at the date of admission.
measure emergency_{n} "Emergency admissions of people aged 65 and over" {{
    outcome:     at_home
    unit:        admissions per 100,000 people per year
    source:      "SUS+ admitted patient care", version "2026.1"
    baseline:    24,310 in 2024/25
    target:      23,800 in 2026/27, 23,100 in 2027/28, 22,400 from 2028/29
    missing:     carry_forward for 1 quarter, then neutral
}}

incentive share_{n} "Sharing of savings and overspends" {{
    // what the partners keep
    line saving       "Saving"                   = fund_{n}.budget - actual_cost
    line shareable    "Saving to be shared"      = saving  when abs(saving_rate) >= 2%,  otherwise £0
    line payable      "Payable"                  = earned, at least -5% of fund_{n}.budget,
                                                           at most  10% of fund_{n}.budget
    pays payable from fund_{n} to {{
        acute        40%
        community    60%   losing at most £50,000
    }}
}}

clause purpose_{n} "Purpose" {{
    The partners shall together secure the Outcomes for {{older_people}}, and shall share, under
    {{share_{n}}}, what they save within {{15 operational days}}.
}}

"#
        );
    }
    text
}

#[divan::bench]
fn text_to_tree_on_one_core(bencher: divan::Bencher<'_, '_>) {
    let text = contract();
    assert!(text.lines().count() >= 10_000 && parse(&text).problems.is_empty());
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| parse_with(&text, &mut DeclarationCache::new()));
}

#[divan::bench]
fn text_to_tree_on_all_cores(bencher: divan::Bencher<'_, '_>) {
    let text = contract();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| parse(&text));
}

#[divan::bench]
fn tree_to_view(bencher: divan::Bencher<'_, '_>) {
    let text = contract();
    let parsed = parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| ast(&parsed, FileId(0)));
}

#[divan::bench]
fn one_key_in_an_editor(bencher: divan::Bencher<'_, '_>) {
    let text = contract();
    let edited = text.replacen("24,310", "24,311", 1);
    let mut cache = DeclarationCache::new();
    parse_with(&text, &mut cache);
    let mut turn = false;
    bencher.bench_local(|| {
        turn = !turn;
        parse_with(if turn { &edited } else { &text }, &mut cache)
    });
}
