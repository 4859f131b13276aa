//! The first page of a redline: each change once, limits in one table, and partners referred to it.

#![allow(clippy::panic, reason = "a test says what it found by failing")]

use jcm_diff::{Bound, Change, Difference, Part, Run, What, first_page};
use jcm_doc::{Block, Section, plain};

fn part(label: &str, before: Option<&str>, after: Option<&str>) -> Part {
    let words = |text: Option<&str>| text.map(str::to_owned);
    Part { label: label.to_owned(), before: words(before), after: words(after), words: Vec::new() }
}

fn payment(parts: Vec<Part>) -> Difference {
    let change = Change {
        kind: "payment",
        name: "visits".to_owned(),
        title: "Visits".to_owned(),
        summary: String::new(),
        what: What::Changed(parts),
        concerns: vec!["Vale".to_owned(), "Home".to_owned()],
        moves: Vec::new(),
    };
    Difference { changes: vec![change] }
}

fn bound(period: &str, before: &str, after: &str) -> Bound {
    Bound {
        what: "the least that is payable by “Share”".to_owned(),
        periods: period.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        partners: vec!["Vale".to_owned()],
    }
}

/// Every paragraph, item and row, with the cells of a row apart.
fn lines(blocks: &[Block]) -> Vec<String> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => all.push(plain(text)),
            Block::List(items) => all.extend(items.iter().map(|item| plain(item))),
            Block::Table(table) => all.extend(table.rows.iter().map(|row| {
                let cells: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
                cells.join(" | ")
            })),
            Block::Section(Section { title, blocks, .. }) => {
                all.push(title.clone());
                all.extend(lines(blocks));
            }
            _ => panic!("the first page has no other block"),
        }
    }
    all
}

#[test]
fn each_part_of_a_change_is_a_row() {
    let words = vec![
        Run::Same("one two three four five six seven no more than".to_owned()),
        Run::Out("4%".to_owned()),
        Run::In("3.5%".to_owned()),
        Run::Same("of the budget.".to_owned()),
    ];
    let parts = vec![
        part("Price", Some("£310.00"), Some("£325.00")),
        part("NHS number", None, Some("needed")),
        part("share of Vale", Some("5%"), None),
        Part { words, ..part("line “Payable”", Some("…4%…"), Some("…3.5%…")) },
    ];
    let said = lines(&first_page(&payment(parts), &[], &[], &[], &[]));
    assert_eq!(
        said[1..],
        [
            "Payment “Visits”: price | £310.00 | £325.00",
            "Payment “Visits”: NHS number | None | needed",
            "Payment “Visits”: share of Vale | 5% | Taken out",
            "Payment “Visits”: line “Payable” | “… five six seven no more than 4% of the budget” | “… five six seven no \
             more than 3.5% of the budget”",
        ]
    );
}

#[test]
fn what_comes_or_goes_together_is_one_row() {
    let gone = |name: &str| Change {
        kind: "example",
        name: name.to_owned(),
        title: String::new(),
        summary: String::new(),
        what: What::Removed,
        concerns: Vec::new(),
        moves: Vec::new(),
    };
    let vale = Change {
        kind: "partner",
        title: "Vale".to_owned(),
        summary: "provider".to_owned(),
        what: What::Added,
        ..gone("vale")
    };
    let difference = Difference { changes: vec![vale, gone("a"), gone("b"), gone("c")] };
    let said = lines(&first_page(&difference, &["Vale".to_owned()], &[], &[], &[]));
    assert_eq!(
        said[1..],
        [
            "Partner “Vale” | Not in the contract | New: provider",
            "Examples “a”, “b”, “c” | In the contract | Taken out",
            "For Vale",
            "Partner “Vale” is new: provider.",
        ]
    );
}

#[test]
fn limits_stand_once_and_partners_are_referred_to_what_concerns_them() {
    let bounds = [bound("2026/27", "-£60.00", "-£48.00"), bound("2027/28", "-£61.00", "-£49.00")];
    let partners = ["Vale".to_owned(), "Home".to_owned()];
    let shares =
        vec![part("Price", Some("£1.00"), Some("£2.00")), part("share of Home", Some("5%"), Some("4%"))];
    let said = lines(&first_page(&payment(shares), &partners, &[], &[], &bounds));
    assert_eq!(
        said[1..],
        [
            "Payment “Visits”: price | £1.00 | £2.00",
            "Payment “Visits”: share of Home | 5% | 4%",
            "The least that is payable by “Share” | 2026/27 | -£60.00 | -£48.00",
            "The least that is payable by “Share” | 2027/28 | -£61.00 | -£49.00",
            "For Vale",
            "It is concerned by the changes to “Visits”, which the first table lists.",
            "Of what it pays or is paid, alone or with others, the table of the least and the most says before and now: \
             the least that is payable by “Share”.",
            "For Home",
            "Payment “Visits”: share of Home was 5% and is 4%.",
        ]
    );
}
