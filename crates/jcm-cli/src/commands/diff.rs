//! `jcm diff`: what changed from one contract to another, in words and in money.

use crate::arguments::FormatArgument;
use crate::data_problems;
use crate::failure::Failure;
use crate::files::read_bytes;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::Args;
use jcm::{Checked, PartnerEffect, Program, Settlement};
use jcm_quantity::Exact;
use jcm_settle::{Engine, Problems};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm diff signed.jcm contract.jcm
      what changed, and what each example of the old contract comes to by both
  jcm diff 2026 2027 --data activity.csv
      the same, and what a data file comes to by both

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
    /// The contract as it was: a .jcm file, or a folder with one contract in it
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The contract as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Settle this data file, a CSV with a header, by both contracts
    #[arg(long, value_name = "FILE.csv")]
    data: Option<PathBuf>,

    /// The dataset that the file is, in both contracts [default: the one whose columns it has]
    #[arg(long, value_name = "NAME", requires = "data")]
    dataset: Option<String>,

    /// The period to settle the file for, such as 2027/28 [default: the dataset's]
    #[arg(long, value_name = "PERIOD", requires = "data")]
    period: Option<String>,

    #[command(flatten)]
    format: FormatArgument,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let (old, new) = (Contract::read(&arguments.old)?, Contract::read(&arguments.new)?);
    let (Some(before), Some(after)) = (old.settling(), new.settling()) else {
        let mut report = Report::of(&old.checked);
        report.absorb(Report::of(&new.checked));
        terminal.report(&report, arguments.format.format, arguments.format.stream());
        // Code 1 says that contracts differ, and of these nobody can say.
        return Err(Failure::Data);
    };
    let difference = jcm_diff::diff(before.0, after.0);
    let effect = jcm::effect((before.0, &before.1), (after.0, &after.1));
    let mut differs = !difference.is_empty() || !effect.is_empty();
    let mut text = jcm_diff::text(&difference);
    if differs {
        text.push_str("\nMoney, by the examples of the old contract\n\n");
        text.push_str(&jcm::effect_text(after.0, &effect));
    }
    if let Some(data) = &arguments.data {
        let title = format!("\nMoney, by {}\n\n", shown(data));
        let partners = by_data(arguments, data, (before.0, before.1), (after.0, after.1), terminal)?;
        differs |= partners.iter().any(|partner| partner.before != partner.after);
        text.push_str(&title);
        text.push_str(&jcm::partner_table(after.0, &partners));
    }
    terminal.say(&text);
    if differs { Err(Failure::Difference) } else { Ok(()) }
}

/// A contract as it was read.
struct Contract {
    checked: Checked,
}

impl Contract {
    fn read(path: &Path) -> Result<Contract, Failure> {
        let checked = Folder::open(path)?.checked(jcm::check_without_examples)?;
        Ok(Contract { checked })
    }

    fn settling(&self) -> Option<(&Program, Settlement)> {
        let program = self.checked.program()?;
        Some((program, jcm::settlement(program, &self.checked.sources)))
    }
}

/// Which of the two amounts of a partner.
type Amount = fn(&mut PartnerEffect) -> &mut Exact;

/// What each partner is paid in all by both contracts, in the order of the new one and then of the old one.
fn by_data(
    arguments: &Arguments,
    data: &Path,
    (old, before): (&Program, Settlement),
    (new, after): (&Program, Settlement),
    terminal: &Terminal,
) -> Result<Vec<PartnerEffect>, Failure> {
    if old.contract.currency.code != new.contract.currency.code {
        return Err(Failure::Usage("the two contracts pay in different currencies".to_owned()));
    }
    let bytes = read_bytes(data)?;
    let name = shown(data);
    let mut partners: Vec<PartnerEffect> = Vec::new();
    let sides: [(Settlement, &str, Amount); 2] = [
        (after, "the new contract", |partner| &mut partner.after),
        (before, "the old contract", |partner| &mut partner.before),
    ];
    for (settlement, which, amount) in sides {
        let engine = Engine::new(settlement);
        let totals = totals(arguments, &engine, &name, &bytes).map_err(|problems| {
            terminal.note(&format!("{which} cannot settle {name}:\n"));
            let report = data_problems::report(&name, &bytes, &problems);
            terminal.report(&report, arguments.format.format, Stream::Err);
            Failure::Data
        })?;
        for total in totals {
            let Some(party) = engine.settlement().parties.get(total.party.index()) else { continue };
            let place = partners.iter().position(|known| known.name == party.name).unwrap_or_else(|| {
                let (before, after) = (Exact::from_int(0), Exact::from_int(0));
                let (name, title) = (party.name.clone(), party.title.clone());
                partners.push(PartnerEffect { name, title, before, after });
                partners.len() - 1
            });
            if let Some(partner) = partners.get_mut(place) {
                let amount = amount(partner);
                *amount = &*amount + &total.amount;
            }
        }
    }
    Ok(partners)
}

fn totals(
    arguments: &Arguments,
    engine: &Engine,
    name: &str,
    bytes: &[u8],
) -> Result<Vec<jcm_settle::Total>, Problems> {
    let table = engine.read(arguments.dataset.as_deref(), arguments.period.as_deref(), name, bytes)?;
    let results = engine.settle(&table, &|_, _| {})?;
    Ok(engine.totals(&results))
}
