//! The first page of a redline: what changes, and what changes for each partner, in words and in money.

mod table;

use crate::first_page::table::{came_or_went, changes, sides};
use crate::{Change, Difference, Part, What};
use jcm_doc::{Align, Block, Inline, Role, Section, Table, TableRow, Text, lower_first};

/// What one example pays a partner by both contracts, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerAmount {
    /// The title of the partner.
    pub partner: String,
    /// The title of the example.
    pub example: String,
    /// By the old contract.
    pub before: String,
    /// By the new contract.
    pub after: String,
    /// After less before, with its sign.
    pub difference: String,
    /// Whether it is another amount.
    pub differs: bool,
}

/// What becomes of the least or the most that is payable by a line, whatever the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// What it is in words, as `the least that is payable by “Share”`.
    pub what: String,
    /// The labels of the periods in which it is so.
    pub periods: String,
    /// By the old contract.
    pub before: String,
    /// By the new contract.
    pub after: String,
    /// The titles of those who pay and are paid.
    pub partners: Vec<String>,
}

/// The first page: `partners` are the titles of those of either contract, and of the funds that pay, in order; `unknown`
/// are the titles of what changed with nothing to show what that comes to, and `bounds` say what becomes of the least and
/// the most that is payable: they stand in one table, which partners are referred to.
pub fn first_page(
    difference: &Difference,
    partners: &[String],
    amounts: &[PartnerAmount],
    unknown: &[&str],
    bounds: &[Bound],
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if difference.is_empty() {
        blocks.push(paragraph("The two contracts say the same."));
    } else {
        blocks.push(paragraph(
            "The pages behind this one are the new contract. What was put in is underlined and what was taken out is \
             struck out.",
        ));
        blocks.push(Block::Table(changes(&difference.changes)));
    }
    for title in unknown {
        blocks.push(paragraph(&format!(
            "What “{title}” comes to changes, and no example of the old contract is of it, so that the change in money \
             does not show here. Settle a data file by both contracts to see it."
        )));
    }
    if !bounds.is_empty() {
        blocks.push(Block::Table(limits(bounds)));
    }
    for (place, partner) in (1usize..).zip(partners) {
        blocks.push(for_partner(place, partner, difference, amounts, unknown, bounds));
    }
    blocks
}

fn for_partner(
    place: usize,
    partner: &str,
    difference: &Difference,
    amounts: &[PartnerAmount],
    unknown: &[&str],
    bounds: &[Bound],
) -> Block {
    let own_changes: Vec<&Change> =
        difference.changes.iter().filter(|change| names(change, partner)).collect();
    let told = own_changes.iter().filter_map(|change| of_partner(change, partner));
    let told: Vec<Text> = told.map(|sentence| said(&sentence)).collect();
    let others: Vec<&Change> =
        own_changes.iter().copied().filter(|change| of_partner(change, partner).is_none()).collect();
    let is_unknown = own_changes.iter().any(|change| {
        let mut titles = change.moves.iter().chain([&change.title]);
        titles.any(|title| unknown.contains(&title.as_str()))
    });
    let mut blocks = Vec::new();
    let own: Vec<&PartnerAmount> = amounts.iter().filter(|amount| amount.partner == partner).collect();
    let differing: Vec<&PartnerAmount> = own.iter().copied().filter(|amount| amount.differs).collect();
    match (own_changes.is_empty(), differing.is_empty()) {
        (false, _) => {
            if !told.is_empty() {
                blocks.push(Block::List(told));
            }
            blocks.extend(besides(&others));
        }
        (true, true) => blocks.push(paragraph("Nothing that changes names it or moves its money.")),
        (true, false) => blocks.push(paragraph(
            "Nothing that changes names it, and yet other amounts come to it by what changes elsewhere.",
        )),
    }
    match (own.len(), differing.len()) {
        (0, _) => {}
        (_, 0) if is_unknown => blocks.push(paragraph(
            "Every example of the old contract gives it what it gave, and none of them is of all that changes here.",
        )),
        (_, 0) => blocks.push(paragraph("Every example of the old contract gives it what it gave.")),
        _ => blocks.push(Block::Table(money(&differing))),
    }
    let mut own: Vec<&str> = Vec::new();
    for bound in bounds.iter().filter(|bound| bound.partners.iter().any(|title| title == partner)) {
        if !own.contains(&bound.what.as_str()) {
            own.push(&bound.what);
        }
    }
    if !own.is_empty() {
        blocks.push(paragraph(&format!(
            "Of what it pays or is paid, alone or with others, the table of the least and the most says before and now: {}.",
            own.join("; ")
        )));
    }
    let title = format!("For {partner}");
    Block::Section(Section {
        role: Role::Item,
        number: String::new(),
        title,
        former_title: None,
        anchor: format!("what-changes-{place}"),
        blocks,
    })
}

fn limits(bounds: &[Bound]) -> Table {
    let row = |bound: &Bound| TableRow {
        anchor: None,
        revision: None,
        cells: [&capital(&bound.what), &bound.periods, &bound.before, &bound.after]
            .map(|words| said(words))
            .to_vec(),
    };
    Table {
        caption:
            "The least and the most, whatever the data; a minus sign means that those who are paid pay it"
                .to_owned(),
        header: ["What", "Period", "Before", "Now"].map(str::to_owned).to_vec(),
        anchors: Vec::new(),
        align: vec![Align::Left, Align::Left, Align::Right, Align::Right],
        row_heads: true,
        rows: bounds.iter().map(row).collect(),
    }
}

fn money(amounts: &[&PartnerAmount]) -> Table {
    let row = |amount: &&PartnerAmount| TableRow {
        anchor: None,
        revision: None,
        cells: [&amount.example, &amount.before, &amount.after, &amount.difference]
            .map(|words| said(words))
            .to_vec(),
    };
    Table {
        caption: "What it receives; a minus sign means that it pays".to_owned(),
        header: ["Example", "Before", "Now", "Difference"].map(str::to_owned).to_vec(),
        anchors: Vec::new(),
        align: vec![Align::Left, Align::Right, Align::Right, Align::Right],
        row_heads: true,
        rows: amounts.iter().map(row).collect(),
    }
}

/// Whether a change is of a partner, moves its money, or says its name.
fn names(change: &Change, partner: &str) -> bool {
    of_partner(change, partner).is_some() || change.concerns.iter().any(|title| title == partner)
}

/// What a change says of a partner by name, in a sentence.
fn of_partner(change: &Change, partner: &str) -> Option<String> {
    let what = named(change);
    match &change.what {
        What::Added | What::Removed if change.title == partner => {
            Some(format!("{what} {}.", came_or_went(change)))
        }
        What::Added | What::Removed => None,
        What::Changed(parts) => {
            let says = |part: &&Part| {
                let said = [Some(&part.label), part.before.as_ref(), part.after.as_ref()];
                change.title == partner || said.into_iter().flatten().any(|text| text.contains(partner))
            };
            let told: Vec<String> = parts.iter().filter(says).map(in_a_sentence).collect();
            (!told.is_empty()).then(|| format!("{what}: {}.", told.join("; ").trim_end_matches('.')))
        }
    }
}

/// What else concerns a partner, by its title only: the table says how it changes.
fn besides(changes: &[&Change]) -> Option<Block> {
    let titles: Vec<String> = changes.iter().map(|change| format!("“{}”", title(change))).collect();
    let (last, others) = titles.split_last()?;
    let listed = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(paragraph(&format!("It is concerned by the changes to {listed}, which the first table lists.")))
}

fn in_a_sentence(part: &Part) -> String {
    let label = within(&part.label);
    let (before, after) = sides(part);
    match (&part.before, &part.after) {
        (Some(_), Some(_)) => format!("{label} was {before} and is {after}"),
        (None, Some(_)) => format!("{label} is {after}, which is new"),
        (Some(_), None) => format!("{label} was {before} and is taken out"),
        (None, None) => label,
    }
}

/// A label within a sentence; the days behind a title are no part of it.
fn within(label: &str) -> String {
    match label.split_once(", ") {
        Some((title, days)) => format!("{}, {days}", lower_first(title)),
        None => lower_first(label),
    }
}

/// A change by what it is of, in words that are not those of the source.
fn named(change: &Change) -> String {
    format!("{} “{}”", capital(&kind(change)), title(change))
}

fn kind(change: &Change) -> String {
    match change.kind {
        "knob" | "parameter" => "figure".to_owned(),
        kind => kind.replace('_', " "),
    }
}

fn title(change: &Change) -> &str {
    if change.title.is_empty() { &change.name } else { &change.title }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(said(words))
}

fn said(words: &str) -> Text {
    // What a title or a clause says is cleaned wherever it comes into a document.
    vec![Inline::Text(jcm_doc::plain(&[Inline::Text(words.to_owned())]))]
}
