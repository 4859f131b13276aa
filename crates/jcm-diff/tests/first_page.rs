//! The first page of a redline: each change once, limits in one table, and partners referred to it.

#![allow(clippy::panic, reason = "a test says what it found by failing")]

use jcm_diff::{Bound, Change, Difference, Part, What, first_page};
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
fn labels_stand_within_a_sentence() {
    let parts = vec![
        part("Price", Some("£310.00"), Some("£325.00")),
        part("NHS number", None, Some("needed")),
        part("share of Vale", None, Some("5%")),
    ];
    let said = lines(&first_page(&payment(parts), &[], &[], &[], &[]));
    assert_eq!(
        said.last().map(String::as_str),
        Some(
            "Payment “Visits”: price was £310.00 and is £325.00; NHS number is needed, which is new; share of Vale is \
             5%, which is new."
        )
    );
}

#[test]
fn limits_stand_once_and_partners_are_referred_to_them() {
    let bounds = [bound("2026/27", "-£60.00", "-£48.00"), bound("2027/28", "-£61.00", "-£49.00")];
    let partners = ["Vale".to_owned(), "Home".to_owned()];
    let difference = payment(vec![part("Price", Some("£1.00"), Some("£2.00"))]);
    let said = lines(&first_page(&difference, &partners, &[], &[], &bounds));
    let change = "Payment “Visits”: price was £1.00 and is £2.00.";
    assert_eq!(
        said[1..],
        [
            change,
            "The least that is payable by “Share” | 2026/27 | -£60.00 | -£48.00",
            "The least that is payable by “Share” | 2027/28 | -£61.00 | -£49.00",
            "For Vale",
            change,
            "Of what it pays or is paid, alone or with others, the first table says before and now: the least that is \
             payable by “Share”.",
            "For Home",
            change,
        ]
    );
}
