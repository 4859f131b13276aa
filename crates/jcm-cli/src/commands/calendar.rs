//! `jcm calendar`: what is due when, from whom and to whom.

use crate::arguments::{Format, partner_named};
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use clap::{Args, ValueEnum};
use jcm_quantity::{Date, parse_date};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm calendar .                                     every date of this folder's contract
  jcm calendar . --for council --from 2026-04-01 --to 2027-03-31
  jcm calendar . --format ics > contract.ics          for Outlook and other calendars";

/// Show what is due when, from whom and to whom
///
/// Prints every date that follows from the contract: deadlines of obligations, payments and reports, settlements, open
/// terms and waivers. What is counted from something that happens is listed without a date.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Leave out what lies before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,

    /// Leave out what lies after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,

    /// Leave out what does not concern this partner, by its name
    #[arg(long = "for", value_name = "PARTNER")]
    partner: Option<String>,

    /// How the dates are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Printed,
}

/// How the dates are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// For people
    Text,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
    /// For calendars: iCalendar
    Ics,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), Format::Human, Stream::Err);
        return Err(Failure::Contract);
    };
    let partner = match &arguments.partner {
        Some(name) => Some(partner_named(program, name)?),
        None => None,
    };
    let agenda = jcm::agenda(program).only(arguments.from, arguments.to, partner);
    terminal.say(&match arguments.format {
        Printed::Text => jcm::agenda_text(&agenda),
        Printed::Csv => jcm::agenda_csv(&agenda),
        Printed::Json => jcm::agenda_json(&agenda),
        Printed::Ics => jcm::agenda_icalendar(&agenda, program.contract.start, jcm::COMPILER),
    });
    Ok(())
}

fn day(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write a day of the calendar as 2026-04-01".to_owned())
}
