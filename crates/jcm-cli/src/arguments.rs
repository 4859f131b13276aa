//! What can be asked for on the command line.

use crate::commands::{
    analyse, assure, build, calendar, check, completions, diff, doc, explain, fmt, graph, lint, localities,
    lsp, new, settle, simulate, test,
};
use crate::failure::Failure;
use crate::terminal::Stream;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jcm::{Date, LocalityId, PartnerId, Program};
use std::borrow::Cow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

/// The exit codes, for every page of help.
const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  there are problems in the contract
  2  the command was not understood
  3  a file or its data stands in the way";

const EXAMPLES: &str = "\
Start here:
  jcm new my-contract                                  write a small contract to start from
  jcm check my-contract                                look for problems
  jcm build my-contract --out out                      make the contract to sign
  jcm settle my-contract --data activity.csv           work out who is paid what
  jcm explain E0301                                    explain the code of a problem";

/// Joint outcomes contracts, written once: checked, printed and settled from one text.
#[derive(Debug, Parser)]
#[command(name = "jcm", version = VERSION.as_str(), max_term_width = 100, subcommand_required = true)]
#[command(arg_required_else_help = true)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Colour: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    #[arg(hide_default_value = true, hide_possible_values = true, display_order = 900)]
    pub(crate) color: Color,
}

/// The program's version, and those of the language and the specification that it knows.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let (program, language, specification) = (env!("CARGO_PKG_VERSION"), jcm::EDITION, jcm::SPECIFICATION);
    format!("{program} (language {language}, settlement specification {specification})")
});

/// The commands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Fmt(fmt::Arguments),
    Assure(assure::Arguments),
    Lint(lint::Arguments),
    Build(build::Arguments),
    Calendar(calendar::Arguments),
    Graph(graph::Arguments),
    Settle(Box<settle::Arguments>),
    Simulate(simulate::Arguments),
    Analyse(analyse::Arguments),
    Test(test::Arguments),
    Diff(diff::Arguments),
    Localities(localities::Arguments),
    Explain(explain::Arguments),
    Doc(doc::Arguments),
    Lsp(lsp::Arguments),
    Completions(completions::Arguments),
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines of the contract that matter
    Human,
    /// One line for each problem, for logs
    Short,
    /// One JSON object for each problem, for tools
    Json,
    /// One SARIF document, for code scanners
    Sarif,
}

impl Format {
    /// Whether a program reads it, so that nothing else may be printed beside it.
    pub(crate) fn is_for_programs(self) -> bool {
        matches!(self, Format::Json | Format::Sarif)
    }
}

/// The format, for every command that prints problems.
#[derive(Debug, Args)]
pub(crate) struct FormatArgument {
    /// How problems are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

impl FormatArgument {
    /// Where a command that makes something prints its problems: what a program reads can be redirected, what people
    /// read stays beside what was made.
    pub(crate) fn stream(&self) -> Stream {
        if self.format.is_for_programs() { Stream::Out } else { Stream::Err }
    }
}

/// The place whose figures are used, for every command that uses the contract's figures.
#[derive(Debug, Args)]
pub(crate) struct LocalityArgument {
    /// Use the figures of this locality of the contract, by its name
    #[arg(long, value_name = "NAME")]
    pub(crate) locality: Option<String>,

    #[command(flatten)]
    pub(crate) table: TableArgument,
}

/// A table of localities, for every command that reads a contract with its places.
#[derive(Debug, Default, Args)]
pub(crate) struct TableArgument {
    /// Read localities from this .csv file too: a row for each place, a column for each figure
    #[arg(long, value_name = "FILE")]
    pub(crate) localities: Option<PathBuf>,
}

impl LocalityArgument {
    /// The contract as it holds in the locality that was asked for; as it stands where none was.
    pub(crate) fn of<'a>(&self, program: &'a Program) -> Result<Cow<'a, Program>, Failure> {
        let there = self.id_in(program)?.and_then(|id| program.at(id));
        Ok(there.map_or(Cow::Borrowed(program), Cow::Owned))
    }

    /// The locality that was asked for; nothing where none was.
    pub(crate) fn id_in(&self, program: &Program) -> Result<Option<LocalityId>, Failure> {
        self.locality.as_ref().map(|name| locality_of(program, name, "the contract")).transpose()
    }
}

/// The locality of a name; `contract` is what messages call the contract.
pub(crate) fn locality_of(program: &Program, name: &str, contract: &str) -> Result<LocalityId, Failure> {
    program.locality_named(name).ok_or_else(|| {
        let known: Vec<&str> =
            program.localities.iter().map(|locality| locality.head.name.as_str()).collect();
        let known = match known.as_slice() {
            [] => "it has none".to_owned(),
            [..] if known.len() > 12 => format!("it has {} others", known.len()),
            _ => format!("it has {}", known.join(", ")),
        };
        Failure::Usage(format!("{contract} has no locality `{name}`; {known}"))
    })
}

/// A partner of the contract, by its name.
pub(crate) fn partner_named(program: &Program, name: &str) -> Result<PartnerId, Failure> {
    program.partner_named(name).ok_or_else(|| {
        let known: Vec<&str> = program.partners.iter().map(|partner| partner.head.name.as_str()).collect();
        Failure::Usage(format!("the contract has no partner `{name}`; it has {}", known.join(", ")))
    })
}

/// The date of the contract, for every command that reads a contract with its variations.
#[derive(Debug, Args)]
pub(crate) struct AsAtArgument {
    /// The contract as it was agreed on this date: without the variations agreed after it
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_at: Option<Date>,
}

/// A date as it is written in a contract.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    jcm_quantity::parse_date(text).ok_or_else(|| "a date is written like 2027-03-31".to_owned())
}

/// Says why the arguments were not understood, or gives the help or version that was asked for.
pub(crate) fn refuse(refusal: &clap::Error) -> ExitCode {
    // Printing can only fail where nobody listens any more.
    let _ = refusal.print();
    ExitCode::from(if refusal.use_stderr() { 2 } else { 0 })
}
