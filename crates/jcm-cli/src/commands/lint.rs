//! `jcm lint`: advice on contracts that check.

use crate::arguments::{FormatArgument, LocalityArgument};
use crate::failure::Failure;
use crate::project::{Folder, shown};
use crate::report::Report;
use crate::settings::Settings;
use crate::terminal::{Stream, Terminal};
use crate::today::today;
use clap::Args;
use jcm::{LINTS, Level, Levels, Lint};
use jcm_quantity::{Date, parse_date};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm lint                                      the contract in this folder
  jcm lint --list                               every lint with its code, level and what it finds
  jcm lint --deny cliff --allow flat-zone       cliffs stand in the way, flat zones are not looked for
  jcm lint --on 2027-04-01                      what a comment accepts on that day
  jcm lint --format sarif > advice.sarif        for a code scanner";

/// Look for what will surprise the partners: cliffs, unlimited losses, what is declared and never used
///
/// Reads a contract that checks, works out its examples at every step of its scales and conditions, and says what it
/// finds, with the money. A `jcm.toml` beside the contract or above it sets how serious each lint is taken; a comment
/// `// jcm: allow NAME until DATE because REASON` accepts what one finds.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Take what a lint finds as an error; may be given several times
    #[arg(long, value_name = "NAME")]
    deny: Vec<String>,

    /// Do not look for what a lint finds; may be given several times
    #[arg(long, value_name = "NAME")]
    allow: Vec<String>,

    /// The day on which comments accept what they accept; today where it is not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,

    /// List every lint
    #[arg(long)]
    list: bool,

    #[command(flatten)]
    format: FormatArgument,

    #[command(flatten)]
    locality: LocalityArgument,
}

fn day(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "this is not a day such as 2027-04-01".to_owned())
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let asked = asked(arguments)?;
    if arguments.list {
        terminal.say(&list(&usual(&asked)?));
        return Ok(());
    }
    let on = arguments.on.unwrap_or_else(today);
    let mut report = Report::with_rules(LINTS);
    let mut looked_at = Vec::new();
    for path in &arguments.paths {
        let folder = Folder::open(path)?;
        report.absorb(of_contract(arguments, &folder, &asked, on)?);
        looked_at.push(shown(folder.main_path()));
    }
    let format = arguments.format.format;
    terminal.report(&report, format, Stream::Out);
    if report.has_errors() {
        return Err(Failure::Contract);
    }
    if !format.is_for_programs() && report.diagnostics.is_empty() {
        terminal.note(&format!("{}: no advice\n", looked_at.join(", ")));
    }
    Ok(())
}

/// What is found in one contract; the problems of one that does not check.
fn of_contract(
    arguments: &Arguments,
    folder: &Folder,
    asked: &[(&str, Level)],
    on: Date,
) -> Result<Report, Failure> {
    let checked = folder.checked(jcm::check)?;
    let Some(program) = checked.program() else { return Ok(Report::of(&checked)) };
    let mut report = Report::default();
    let mut levels = Levels::default();
    if let Some(settings) = Settings::above(folder.main_path())? {
        let (set, problems) = settings.levels(&program.contract.currency);
        levels = set;
        report.absorb(problems);
    }
    put(&mut levels, asked)?;
    let locality = arguments.locality.id_in(program)?;
    let found = jcm::lint(program, locality, &checked.sources, &levels, on);
    report.absorb(Report::new(checked.sources.clone(), found));
    Ok(report)
}

/// The levels that the command line asks for; `--allow` and `--deny` of one lint contradict each other.
fn asked(arguments: &Arguments) -> Result<Vec<(&str, Level)>, Failure> {
    if let Some(name) = arguments.deny.iter().find(|name| arguments.allow.contains(name)) {
        return Err(Failure::Usage(format!("`{name}` cannot be denied and allowed at once")));
    }
    let deny = arguments.deny.iter().map(|name| (name.as_str(), Level::Deny));
    Ok(deny.chain(arguments.allow.iter().map(|name| (name.as_str(), Level::Allow))).collect())
}

fn usual(asked: &[(&str, Level)]) -> Result<Levels, Failure> {
    let mut levels = Levels::default();
    put(&mut levels, asked)?;
    Ok(levels)
}

fn put(levels: &mut Levels, asked: &[(&str, Level)]) -> Result<(), Failure> {
    asked.iter().try_for_each(|(name, level)| levels.set(name, *level)).map_err(|unknown| {
        let near = LINTS.iter().map(|lint| (strsim::damerau_levenshtein(lint.name, &unknown.0), lint.name));
        let near = near.min().filter(|(distance, _)| *distance <= 3);
        let advice = match near {
            Some((_, name)) => format!("did you mean {name}?"),
            None => "`jcm lint --list` lists them".to_owned(),
        };
        Failure::Usage(format!("there is no lint `{}`; {advice}", unknown.0))
    })
}

/// One line for each lint.
fn list(levels: &Levels) -> String {
    let width = LINTS.iter().map(|lint| lint.name.len()).max().unwrap_or_default();
    let line = |list: String, lint: &Lint| {
        let level = levels.level(lint).name();
        list + &format!("{}  {:width$}  {level:5}  {}\n", lint.code, lint.name, lint.summary)
    };
    LINTS.iter().fold(String::new(), line)
}
