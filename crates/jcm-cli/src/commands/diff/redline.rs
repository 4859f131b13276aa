//! `jcm diff --out`: the new contract with what changed marked, as a file.

use super::Found;
use crate::exchange::write_one;
use crate::failure::Failure;
use crate::files::read_bytes;
use crate::project::shown;
use jcm::{BoundEffect, Document, DocumentFormat, ExampleEffect, PartnerEffect, Program};
use jcm_diff::{Bound, PartnerAmount};
use jcm_quantity::{Unit, show};
use std::path::{Path, PathBuf};

/// Where a redline goes, and what it becomes by the end of that name.
#[derive(Debug, Clone)]
pub(super) struct Destination {
    path: PathBuf,
    format: DocumentFormat,
}

/// The value of `--out`.
pub(super) fn destination(value: &str) -> Result<Destination, String> {
    let path = PathBuf::from(value);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let formats = [DocumentFormat::Docx, DocumentFormat::Html, DocumentFormat::Pdf];
    let format = formats.into_iter().find(|format| ending.as_deref() == Some(format.extension()));
    let format = format.ok_or("a redline is a .docx, an .html or a .pdf file: write --out redline.docx")?;
    Ok(Destination { path, format })
}

/// Writes the redline and says what it is called.
pub(super) fn write(
    destination: &Destination,
    found: &Found,
    (before, old): (&Program, &Document),
    (after, new): (&Program, &Document),
) -> Result<String, Failure> {
    let partners = partners(before, after);
    let unknown: Vec<&str> = found.unknown().collect();
    let bounds: Vec<Bound> = found.bounds.iter().map(bound).collect();
    let first = jcm_diff::first_page(&found.changes, &partners, &amounts(found, after), &unknown, &bounds);
    let document = jcm_diff::redline(old, new, first);
    let path = &destination.path;
    let bytes = jcm::rendered(&document, destination.format)
        .map_err(|reason| Failure::of_path(path, reason.as_str()))?;
    write_one(path, &bytes, may_replace)?;
    Ok(format!("wrote {}\n", shown(path)))
}

/// What somebody else wrote under the same name is not lost.
fn may_replace(path: &Path) -> Result<(), Failure> {
    if jcm::made_by_jcm(&read_bytes(path)?) {
        return Ok(());
    }
    Err(Failure::of_path(path, "this file was not made by jcm; move it away, or write under another name"))
}

/// The partners of the new contract, then those that only the old one has, and the funds from which either pays.
fn partners(before: &Program, after: &Program) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for partner in after.partners.iter().chain(&before.partners) {
        let known = after.partners.iter().any(|own| own.head.name == partner.head.name);
        if !titles.contains(&partner.head.title)
            && (!known || after.partners.iter().any(|own| own.head.title == partner.head.title))
        {
            titles.push(partner.head.title.clone());
        }
    }
    for pool in after.pools.iter().chain(&before.pools) {
        if !titles.contains(&pool.head.title) {
            titles.push(pool.head.title.clone());
        }
    }
    titles
}

/// What each example, and a data file if there is one, pays each partner by both contracts.
fn amounts(found: &Found, program: &Program) -> Vec<PartnerAmount> {
    let mut all = Vec::new();
    for ExampleEffect { title, of, period, outcome } in found.settled() {
        let Ok(settled) = outcome else { continue };
        let is_example = found.effect.examples.iter().any(|example| example.title == *title);
        let title = if is_example { title.clone() } else { format!("{of} in {period}") };
        all.extend(settled.partners.iter().map(|partner| amount(&title, partner, program)));
    }
    if let Some(data) = &found.data {
        let title = format!("the data of {}", data.named());
        all.extend(data.partners.iter().map(|partner| amount(&title, partner, program)));
    }
    all
}

fn bound(effect: &BoundEffect) -> Bound {
    Bound {
        what: effect.what(),
        periods: effect.periods.join(", "),
        before: effect.before.clone(),
        after: effect.after.clone(),
        partners: effect.partners.clone(),
    }
}

fn amount(example: &str, partner: &PartnerEffect, program: &Program) -> PartnerAmount {
    let unit = Unit::money(&program.contract.currency.code);
    let change = &partner.after - &partner.before;
    let sign = if change.is_positive() { "+" } else { "" };
    PartnerAmount {
        partner: partner.title.clone(),
        example: example.to_owned(),
        before: show(&partner.before, &unit),
        after: show(&partner.after, &unit),
        difference: format!("{sign}{}", show(&change, &unit)),
        differs: partner.before != partner.after,
    }
}
