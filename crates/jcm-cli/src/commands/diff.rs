//! `jcm diff`: what changed from one contract to another, in words and in money.

mod json;
mod redline;

use crate::arguments::{Format, FormatArgument, day, locality_of};
use crate::data_problems;
use crate::failure::Failure;
use crate::files::read_bytes;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use jcm::{
    BoundEffect, Checked, Date, Effect, ExampleEffect, PartnerEffect, PartnerId, Program, Settlement, World,
};
use jcm_diff::{Difference, What};
use jcm_settle::{Engine, Problems, State};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm diff signed.jcm contract.jcm
      what changed, and what each example of the old contract comes to by both
  jcm diff 2026 2027 --data activity.csv
      the same, and what a data file comes to by both
  jcm diff HEAD~1:contract.jcm contract.jcm
      against the contract as it was kept in git: REVISION:PATH, with every module that it uses
  jcm diff . --as-at 2027-03-31
      what the variations agreed since that date change
  jcm diff signed.jcm contract.jcm --out redline.docx
      for Word: changes to accept or reject, behind a page of what they mean for each partner

Exit codes of this command:
  0  the two contracts say the same
  1  they differ
  2  the command was not understood
  3  a contract with problems, a file or its data stands in the way";

/// Show what changed from one contract to another, in words and in money
///
/// Compares by name what the two contracts say: partners, figures with their dates, lines, shares, clauses word by
/// word. Then settles the figures of each example of the old contract by both, and shows who receives what. Neither
/// contract has to meet what its own examples expect.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The contract as it was: a .jcm file, a folder with one contract in it, or REVISION:PATH of either in git
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The contract as it is now [default: OLD, where --as-at says which it was]
    #[arg(value_name = "NEW", required_unless_present = "as_at")]
    new: Option<PathBuf>,

    /// Take OLD as it was agreed on this date: without the variations agreed after it
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<Date>,

    /// Compare what holds in this locality, by its name, in both contracts
    #[arg(long, value_name = "NAME")]
    locality: Option<String>,

    /// Settle this data file, a CSV with a header, by both contracts
    #[arg(long, value_name = "FILE.csv")]
    data: Option<PathBuf>,

    /// The dataset that the file is, in both contracts [default: the one whose columns it has]
    #[arg(long, value_name = "NAME", requires = "data")]
    dataset: Option<String>,

    /// The period to settle the file for, such as 2027/28 [default: the dataset's, or all in the file]
    #[arg(long, value_name = "PERIOD", requires = "data")]
    period: Option<String>,

    /// What the period before the first in the data left, as `jcm settle --closing` wrote it
    #[arg(long, value_name = "FILE.csv", requires = "data")]
    opening: Option<PathBuf>,

    /// Write the new contract with what changed marked: tracked changes in a .docx file, or an .html page
    #[arg(long, value_name = "FILE", value_parser = redline::destination)]
    out: Option<redline::Destination>,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let old = Contract::read(&arguments.old, arguments.as_at)?;
    let new = Contract::read(arguments.new.as_ref().unwrap_or(&arguments.old), None)?;
    let locality = arguments.locality.as_deref();
    let sides = (old.settling(locality, "old")?, new.settling(locality, "new")?);
    let (Some((before, old_settlement)), Some((after, new_settlement))) = sides else {
        let mut report = Report::of(&old.checked);
        report.absorb(Report::of(&new.checked));
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        // Code 1 says that contracts differ, and of these nobody can say.
        return Err(Failure::Data);
    };
    let documents = arguments
        .out
        .as_ref()
        .map(|_| (jcm::document(&before, &old_settlement), jcm::document(&after, &new_settlement)));
    let sides = ((&*before, &old_settlement), (&*after, &new_settlement));
    let (changes, effect) = (jcm_diff::diff(&before, &after), jcm::effect(sides.0, sides.1));
    let without_data = untried(&changes, &effect);
    let without_data = without_data.filter_map(|title| jcm::effect_without_data(sides.0, sides.1, title));
    let without_data: Vec<ExampleEffect> = without_data.collect();
    // Only what moves money can move what is payable, and words alone need no search for it.
    let bounds = match changes.changes.iter().any(|change| moves_figures(change.kind)) {
        true => jcm::bounds_effect(sides.0, sides.1),
        false => Vec::new(),
    };
    let found = Found {
        bounds,
        without_data,
        changes,
        effect,
        data: match &arguments.data {
            Some(data) => {
                let sides = ((&*before, old_settlement), (&*after, new_settlement));
                Some(by_data(arguments, data, sides.0, sides.1, terminal)?)
            }
            None => None,
        },
    };
    terminal.say(&match arguments.format.format {
        Format::Json => json::text(&found, &after),
        _ => found.text(&after),
    });
    if let (Some(out), Some((old, new))) = (&arguments.out, &documents) {
        let wrote = redline::write(out, &found, (&before, old), (&after, new))?;
        terminal.tell(arguments.format.format, &wrote);
    }
    if found.differs() { Err(Failure::Difference) } else { Ok(()) }
}

/// Everything that differs.
struct Found {
    /// In words.
    changes: Difference,
    /// In money, by the examples of the old contract.
    effect: Effect,
    /// In money, for what changed without an example and needs no data.
    without_data: Vec<ExampleEffect>,
    /// The least and the most that is payable, where that changed.
    bounds: Vec<BoundEffect>,
    /// In money, by a data file.
    data: Option<ByData>,
}

/// What a data file comes to by both contracts.
struct ByData {
    /// Its name.
    file: String,
    /// The periods settled.
    periods: Vec<String>,
    /// What each partner and fund is paid or pays, over all of them.
    partners: Vec<PartnerEffect>,
}

impl ByData {
    /// The file, and which periods of it are added up where it holds several.
    fn named(&self) -> String {
        match self.periods.as_slice() {
            [first, .., last] => format!("{}, {first} to {last} added up", self.file),
            _ => self.file.clone(),
        }
    }
}

impl Found {
    fn differs(&self) -> bool {
        let partners = self.data.iter().flat_map(|data| &data.partners);
        !self.changes.is_empty()
            || !self.effect.is_empty()
            || partners.into_iter().any(|partner| partner.before != partner.after)
    }

    fn text(&self, program: &Program) -> String {
        let mut text = jcm_diff::text(&self.changes);
        if !self.changes.is_empty() || !self.effect.is_empty() {
            text.push_str("\nMoney, by the examples of the old contract\n\n");
            text.push_str(&jcm::effect_text(program, &self.effect));
            for example in &self.without_data {
                text.push('\n');
                text.push_str(&jcm::example_text(program, example));
            }
            if !self.bounds.is_empty() {
                text.push_str("Whatever the data:\n");
            }
            for bound in &self.bounds {
                text.push_str(&format!("  {}\n", bound.said()));
            }
            for title in self.unknown() {
                text.push_str(&format!(
                    "What “{title}” comes to changed, and no example of the old contract is of it: settle a data file \
                     by both contracts to see it in money, with --data\n"
                ));
            }
        }
        if let Some(data) = &self.data {
            text.push_str(&format!("\nMoney, by {}\n\n", data.named()));
            text.push_str(&jcm::partner_table(program, &data.partners));
        }
        text
    }
}

impl Found {
    /// The titles of the payments and incentives that changed with nothing to show what that comes to.
    fn unknown(&self) -> impl Iterator<Item = &str> {
        let known = |title: &str| self.without_data.iter().any(|example| example.of == title);
        untried(&self.changes, &self.effect).filter(move |title| !known(title))
    }

    /// Everything that was settled by both contracts, without a data file.
    fn settled(&self) -> impl Iterator<Item = &ExampleEffect> {
        self.effect.examples.iter().chain(&self.without_data)
    }
}

/// Whether a change of this kind of thing can change an amount.
fn moves_figures(kind: &str) -> bool {
    !matches!(kind, "clause" | "example" | "partner" | "dataset" | "contact")
}

/// The titles of the payments and incentives that changed, or are worked out from a figure that did, without an example
/// to show what that comes to.
fn untried<'a>(changes: &'a Difference, effect: &'a Effect) -> impl Iterator<Item = &'a str> {
    let tried = |title: &str| effect.examples.iter().any(|example| example.of == title);
    let changed = changes.changes.iter().filter(|change| matches!(change.what, What::Changed(_)));
    let mut moved: Vec<&str> = Vec::new();
    for change in changed {
        let own = matches!(change.kind, "payment" | "incentive").then_some(&change.title);
        let is_figure = matches!(change.kind, "parameter" | "knob" | "scale" | "bands" | "score");
        let through = change.moves.iter().filter(|_| is_figure);
        for title in own.into_iter().chain(through).filter(|title| !tried(title)) {
            if !moved.contains(&title.as_str()) {
                moved.push(title);
            }
        }
    }
    moved.into_iter()
}

/// A contract as it was read.
struct Contract {
    checked: Checked,
}

impl Contract {
    fn read(path: &Path, as_at: Option<Date>) -> Result<Contract, Failure> {
        let check = |world: &dyn World| jcm::check_without_examples_as_at(world, as_at);
        Ok(Contract { checked: Folder::open_at_any_time(path)?.checked(check)? })
    }

    /// The contract as it holds in a locality, if one is asked for, with its settlement. The examples stay: their data
    /// is settled by the figures of the locality.
    fn settling(
        &self,
        locality: Option<&str>,
        which: &str,
    ) -> Result<Option<(Cow<'_, Program>, Settlement)>, Failure> {
        let Some(template) = self.checked.program() else { return Ok(None) };
        let program = match locality {
            None => Cow::Borrowed(template),
            Some(name) => {
                let id = locality_of(template, name, &format!("the {which} contract"))?;
                let mut local = template.at(id).unwrap_or_else(|| template.clone());
                local.examples.clone_from(&template.examples);
                Cow::Owned(local)
            }
        };
        let settlement = jcm::settlement(&program, &self.checked.sources);
        Ok(Some((program, settlement)))
    }
}

/// What each partner and fund is paid in all by both contracts, and what those who pay are out by.
fn by_data(
    arguments: &Arguments,
    data: &Path,
    (old, before): (&Program, Settlement),
    (new, after): (&Program, Settlement),
    terminal: &Terminal,
) -> Result<ByData, Failure> {
    if old.contract.currency.code != new.contract.currency.code {
        return Err(Failure::Usage("the two contracts pay in different currencies".to_owned()));
    }
    let read = |path: &Path| Ok((shown(path), read_bytes(path)?));
    let data = read(data)?;
    let opening = arguments.opening.as_deref().map(read).transpose()?;
    let of = |settlement: Settlement, which: &str| {
        totals(arguments, &Engine::new(settlement), &data, opening.as_ref()).map_err(|mut problems| {
            let first = problems.list.first().map(|problem| problem.file.clone());
            let blamed = opening.as_ref().filter(|(name, _)| Some(name) == first.as_ref());
            let (name, bytes) = blamed.unwrap_or(&data);
            problems.list.retain(|problem| problem.file == *name);
            terminal.note(&format!("{which} cannot settle {name}:\n"));
            let report = data_problems::report(name, bytes, &problems);
            terminal.report(&report, arguments.format.format, Stream::Err);
            Failure::Data
        })
    };
    let ((_, after), (periods, before)) = (of(after, "the new contract")?, of(before, "the old contract")?);
    let partners = jcm::partner_effects((old, &paid(&before)), (new, &paid(&after)));
    Ok(ByData { file: data.0, periods, partners })
}

fn paid(totals: &[jcm_settle::Total]) -> Vec<jcm::Paid<'_>> {
    totals.iter().map(|total| (total.allocation, PartnerId(total.party.0), &total.amount)).collect()
}

/// What is paid for each period of a file, settled in their order, and which periods these are.
fn totals(
    arguments: &Arguments,
    engine: &Engine,
    (name, bytes): &(String, Vec<u8>),
    opening: Option<&(String, Vec<u8>)>,
) -> Result<(Vec<String>, Vec<jcm_settle::Total>), Problems> {
    let (dataset, period) = (arguments.dataset.as_deref(), arguments.period.as_deref());
    let mut tables = engine.read_periods(dataset, period, name, bytes)?;
    let mut state = match (opening, tables.first()) {
        (Some((name, bytes)), Some(first)) => engine.read_state(first, name, bytes)?,
        _ => State::default(),
    };
    let results = engine.settle_in_order(&mut tables, &mut state, &|_, _| {})?;
    let periods = &engine.settlement().periods;
    let labels = tables.iter().filter_map(|table| Some(periods.get(table.period())?.label.clone()));
    Ok((labels.collect(), results.iter().flat_map(|results| engine.totals(results)).collect()))
}
