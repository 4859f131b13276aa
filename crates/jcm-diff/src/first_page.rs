//! The first page of a redline: what changes, and what changes for each partner, in words and in money.

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

/// From here on a change is not said again for each partner, only named.
const LONG: usize = 160;

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
        blocks.push(Block::List(difference.changes.iter().map(|change| said(&sentence(change))).collect()));
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
    let named: Vec<Text> = own_changes.iter().map(|change| said(&again(change))).collect();
    let is_unknown = own_changes.iter().any(|change| {
        let mut titles = change.moves.iter().chain([&change.title]);
        titles.any(|title| unknown.contains(&title.as_str()))
    });
    let mut blocks = Vec::new();
    let own: Vec<&PartnerAmount> = amounts.iter().filter(|amount| amount.partner == partner).collect();
    let differing: Vec<&PartnerAmount> = own.iter().copied().filter(|amount| amount.differs).collect();
    match (named.is_empty(), differing.is_empty()) {
        (false, _) => blocks.push(Block::List(named)),
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
            "Of what it pays or is paid, alone or with others, the first table says before and now: {}.",
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

/// Whether a change is of a partner, or says its name.
fn names(change: &Change, partner: &str) -> bool {
    let in_part = |part: &Part| {
        let said = [Some(&part.label), part.before.as_ref(), part.after.as_ref()];
        said.into_iter().flatten().any(|text| text.contains(partner))
    };
    match &change.what {
        _ if change.title == partner || change.concerns.iter().any(|title| title == partner) => true,
        What::Changed(parts) => parts.iter().any(in_part),
        What::Added | What::Removed => false,
    }
}

/// A change for the second time: a long one is only named.
fn again(change: &Change) -> String {
    let whole = sentence(change);
    let What::Changed(parts) = &change.what else { return whole };
    if whole.chars().count() <= LONG {
        return whole;
    }
    let labels: Vec<String> = parts.iter().map(|part| lower_first(&part.label)).collect();
    format!("{}, as said above: {}.", named(change), labels.join("; "))
}

fn sentence(change: &Change) -> String {
    let what = named(change);
    match &change.what {
        What::Added => format!("{what} is new."),
        What::Removed => format!("{what} is taken out."),
        What::Changed(parts) => {
            if let [Part { label, before: Some(was), after: Some(is), .. }] = parts.as_slice()
                && label == "figure"
            {
                return format!("{what} was {was} and is {is}.");
            }
            let parts: Vec<String> = parts.iter().map(part).collect();
            format!("{what}: {}.", parts.join("; ").trim_end_matches('.'))
        }
    }
}

/// A change by what it is of, in words that are not those of the source.
fn named(change: &Change) -> String {
    let kind = match change.kind {
        "knob" | "parameter" => "figure".to_owned(),
        kind => kind.replace('_', " "),
    };
    let title = if change.title.is_empty() { &change.name } else { &change.title };
    format!("{} “{title}”", capital(&kind))
}

fn part(part: &Part) -> String {
    let label = lower_first(&part.label);
    match (&part.before, &part.after) {
        _ if !part.words.is_empty() => format!("{label} is reworded"),
        (None, Some(_)) if label.starts_with("paragraph") => format!("{label} is new"),
        (Some(_), None) if label.starts_with("paragraph") => format!("{label} is taken out"),
        (Some(was), Some(is)) => format!("{label} was {} and is {}", quoted(was), quoted(is)),
        (None, Some(is)) => format!("{label} is {}, which is new", quoted(is)),
        (Some(was), None) => format!("{label} was {} and is taken out", quoted(was)),
        (None, None) => label,
    }
}

/// A whole sentence inside another one is put in quotation marks, without its full stop.
fn quoted(text: &str) -> String {
    text.strip_suffix('.').map_or_else(|| text.to_owned(), |sentence| format!("“{sentence}”"))
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
