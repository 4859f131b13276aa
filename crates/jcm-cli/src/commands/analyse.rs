//! `jcm analyse`: what a contract rewards, in exact statements.

use crate::arguments::{Format, FormatArgument, LocalityArgument};
use crate::failure::Failure;
use crate::project::Folder;
use crate::report::Report;
use crate::terminal::{Stream, Terminal};
use crate::today::today;
use clap::{Args, ValueEnum};
use jcm::{Analysed, Between, Denial, Program};
use jcm_quantity::{Currency, Date, Exact, Unit, parse_date, with_commas};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  jcm analyse                                   what the contract in this folder rewards
  jcm analyse --as html > rewards.html          as a page
  jcm analyse --between actual_cost=£9,000,000..£15,000,000
  jcm analyse --deny 'perverse,cliff>£50,000'   these stand in the way; for checks that run by themselves. Without the
                                                quotation marks a shell takes `>` for the name of a file";

/// Say exactly what a contract rewards: ranges, cliffs, and where a better figure earns less
///
/// Follows every payment over all figures that can be reported. Each statement is proved, refuted by figures that settle
/// so, or not decided, with the reason. A comment `// jcm: allow NAME until DATE because REASON` accepts what `--deny`
/// would not.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A .jcm file, or a folder with one contract in it
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Take this as an error: names, each with `>` and an amount where small ones do not matter
    #[arg(long, value_name = "NAMES")]
    deny: Option<String>,

    /// Take an input to lie between two figures: NAME=FROM..TO; may be given several times
    #[arg(long, value_name = "RANGE")]
    between: Vec<String>,

    /// The day on which comments accept what they accept; today where it is not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,

    /// How the statements are printed
    #[arg(long = "as", value_name = "FORM", default_value = "text")]
    form: Form,

    #[command(flatten)]
    format: FormatArgument,

    #[command(flatten)]
    locality: LocalityArgument,
}

/// How the statements are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For programs
    Json,
    /// A page
    Html,
}

fn day(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "this is not a day such as 2027-04-01".to_owned())
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let checked = Folder::open(&arguments.path)?.checked(jcm::check_without_examples)?;
    let Some(program) = checked.program() else {
        terminal.report(&Report::of(&checked), arguments.format.format, Stream::Err);
        return Err(Failure::Contract);
    };
    let denials = arguments.deny.as_deref().map(|names| denials(names, &program.contract.currency));
    let denials = denials.transpose()?;
    let between = arguments.between.iter().map(|text| between(text, program));
    let between = between.collect::<Result<Vec<Between>, Failure>>()?;
    let locality = arguments.locality.id_in(program)?;
    let analysed = jcm::analysis(program, locality, &checked.sources, &between);
    let Some(denials) = denials else {
        terminal.say(&printed(&analysed, arguments.form));
        return Ok(());
    };
    let on = arguments.on.unwrap_or_else(today);
    let (found, open) = jcm::analysis_denied(&analysed, &denials, &checked.sources, on);
    let format = arguments.format.format;
    let report = Report::new(checked.sources.clone(), found);
    terminal.report(&report, format, Stream::Out);
    if open > 0 && format == Format::Human {
        let what = if open == 1 { "1 statement is" } else { &format!("{open} statements are") };
        terminal.note(&format!("{what} not decided; without --deny, `jcm analyse` says why\n"));
    }
    if report.has_errors() { Err(Failure::Contract) } else { Ok(()) }
}

fn printed(analysed: &Analysed, form: Form) -> String {
    match form {
        Form::Text => jcm::analysis_text(analysed),
        Form::Json => jcm::analysis_json(analysed),
        Form::Html => jcm::analysis_html(analysed),
    }
}

/// `perverse,cliff>£50,000`: a comma before a digit belongs to an amount.
fn denials(names: &str, currency: &Currency) -> Result<Vec<Denial>, Failure> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in names.split(',') {
        match pieces.last_mut() {
            Some(last) if piece.starts_with(|letter: char| letter.is_ascii_digit()) => {
                last.push(',');
                last.push_str(piece);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.iter().map(|piece| denial(piece.trim(), currency)).collect()
}

fn denial(piece: &str, currency: &Currency) -> Result<Denial, Failure> {
    let (name, above) = match piece.split_once('>') {
        Some((name, amount)) => {
            let plain = amount.trim().trim_start_matches(currency.symbol.as_str());
            let amount = written(plain).filter(|amount| !amount.is_negative()).ok_or_else(|| {
                let symbol = &currency.symbol;
                Failure::Usage(format!("`{piece}`: after `>` stands an amount such as {symbol}50,000"))
            })?;
            (name.trim(), Some(amount))
        }
        None => (piece, None),
    };
    if name.is_empty() {
        let advice = "write names with commas between them, such as `perverse,cliff`";
        return Err(Failure::Usage(format!("--deny has an empty place; {advice}")));
    }
    match jcm::analysis_kind(name) {
        Some(kind) if above.is_some() && !jcm::analysis_has_amount(kind) => {
            Err(Failure::Usage(format!("`{piece}`: {name} is not about an amount; write `{name}` alone")))
        }
        Some(kind) => Ok(Denial { kind, above }),
        None => Err(unknown(name)),
    }
}

/// A number whose commas, if it has any, stand before groups of three.
fn written(text: &str) -> Option<Exact> {
    let whole = text.split('.').next().unwrap_or_default();
    let digits = whole.replace(',', "");
    let grouped = !whole.contains(',') || with_commas(&digits) == whole;
    Exact::parse(&text.replace(',', "")).filter(|_| grouped)
}

fn unknown(name: &str) -> Failure {
    let names = || jcm::analysis_codes().into_iter().map(|(kind, _)| kind.name());
    let near = names().map(|known| (strsim::damerau_levenshtein(known, name), known)).min();
    let advice = match near.filter(|(distance, _)| *distance <= 3) {
        Some((_, near)) => format!("did you mean {near}?"),
        None => format!("it looks for {}", names().collect::<Vec<_>>().join(", ")),
    };
    Failure::Usage(format!("an analysis does not look for `{name}`; {advice}"))
}

/// What can be taken to lie between two figures, with its unit where it is a number: the inputs, and the measures that
/// are put together from some of them.
fn figures(program: &Program) -> Vec<(&str, Option<&Unit>)> {
    let inputs = program.inputs.iter().map(|input| (input.head.name.as_str(), input.ty.unit()));
    let measures = program.measures.iter().filter(|measure| {
        let put_together = measure.combined.as_ref();
        put_together.is_some_and(|combined| combined.line.is_some())
    });
    inputs.chain(measures.map(|measure| (measure.head.name.as_str(), Some(&measure.unit)))).collect()
}

/// `actual_cost=£9,000,000..£15,000,000`
fn between(text: &str, program: &Program) -> Result<Between, Failure> {
    let malformed =
        || Failure::Usage(format!("`{text}` is not written like actual_cost=£9,000,000..£15,000,000"));
    let (name, range) = text.split_once('=').ok_or_else(malformed)?;
    let (from, to) = range.split_once("..").ok_or_else(malformed)?;
    let name = name.trim();
    let figures = figures(program);
    let mut named =
        figures.iter().filter(|(known, _)| *known == name || known.rsplit('.').next() == Some(name));
    let (whole, unit) = named.next().ok_or_else(|| {
        let known: Vec<&str> = figures.iter().map(|(name, _)| *name).collect();
        Failure::Usage(format!("the contract has no input `{name}`; it has {}", known.join(", ")))
    })?;
    if let Some((other, _)) = named.next() {
        return Err(Failure::Usage(format!("`{name}` can be {whole} or {other}; write the whole name")));
    }
    let unit =
        unit.ok_or_else(|| Failure::Usage(format!("`{name}` is no number, so it lies between no two")))?;
    let figure = |text: &str| {
        let symbol = program.contract.currency.symbol.as_str();
        let text = text.trim();
        let (sign, text) = text.strip_prefix('-').map_or((Exact::one(), text), |text| (-Exact::one(), text));
        let plain = text.trim_start_matches(symbol).trim_end_matches('%');
        let shown = written(plain).ok_or_else(malformed)?;
        (shown * sign).checked_div(&unit.scale()).ok_or_else(malformed)
    };
    let (from, to) = (figure(from)?, figure(to)?);
    if from >= to {
        return Err(Failure::Usage(format!("`{text}`: the second figure is not above the first")));
    }
    Ok(Between { input: (*whole).to_owned(), from, to })
}
