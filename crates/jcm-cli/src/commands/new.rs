//! `jcm new`: write a small contract to start from, or a whole one after a model of the library.

mod answers;
mod template;

use crate::exchange::{Output, write_all_or_none};
use crate::failure::Failure;
use crate::project::shown;
use crate::terminal::Terminal;
use answers::{Answers, Given, Question};
use clap::Args;
use jcm::Template;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use template::Form;

const EXAMPLES: &str = "\
Examples:
  jcm new                                        in this folder
  jcm new my-contract                            in a new folder
  jcm new north --name \"North Stour Alliance\"    with the contract's title
  jcm new north --model alliance                 a whole contract; asks for names and figures
  jcm new north --model alliance --yes           the same with invented names and figures
  jcm new north --model alliance --commissioner \"NHS North ICB\" --provider \"North Trust\" \\
      --provider \"North Care Ltd\" --place \"North Stour\" --start 2027-04-01 --years 5 --budget \"£80,000,000\"";

/// The files, with the name and title that stand in for those of the new contract.
const FILES: [(&str, &str); 3] = [
    ("contract.jcm", include_str!("../../templates/contract.jcm")),
    ("data.csv", include_str!("../../templates/data.csv")),
    ("README.md", include_str!("../../templates/README.md")),
];
const NAME: &str = "my_contract";
const TITLE: &str = "My Contract";

/// Write a small contract to start from
///
/// Writes a complete contract with invented figures, a data file that it settles, and a README with the commands to
/// try. With --model it is one to negotiate from: what a contract of that model needs, with its legal text, its
/// outcomes and its money, for the names and figures that you give. Nothing that is already there is overwritten.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder; it is made if there is none
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// The contract's title [default: from the name of the folder]
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,

    /// A model of the library to begin from; without a name that it knows, lists them
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,

    /// Who commissions the services
    #[arg(long, value_name = "NAME", requires = "model")]
    commissioner: Option<String>,

    /// Who provides them; given twice, the second is the other provider
    #[arg(long, value_name = "NAME", requires = "model")]
    provider: Vec<String>,

    /// The place for which it is
    #[arg(long, value_name = "NAME", requires = "model")]
    place: Option<String>,

    /// Its first day
    #[arg(long, value_name = "DATE", requires = "model")]
    start: Option<String>,

    /// For how many years
    #[arg(long, value_name = "NUMBER", requires = "model")]
    years: Option<String>,

    /// In which currency: GBP, EUR or USD
    #[arg(long, value_name = "CODE", requires = "model")]
    currency: Option<String>,

    /// The budget of a year, in whole hundreds
    #[arg(long, value_name = "AMOUNT", requires = "model")]
    budget: Option<String>,

    /// Take invented names and figures for what is not given
    #[arg(long, requires = "model")]
    yes: bool,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    match &arguments.model {
        Some(model) => from_model(arguments, model, terminal),
        None => smallest(arguments, terminal),
    }
}

/// A whole contract after a model of the library.
fn from_model(arguments: &Arguments, model: &str, terminal: &Terminal) -> Result<(), Failure> {
    let template = template_named(model)?;
    let form = Form::read(template).map_err(Failure::World)?;
    let answers = answered(arguments, &form, terminal)?;
    let title = arguments.name.as_ref().map_or_else(|| form.title(&answers), |title| title.trim().to_owned());
    if title.is_empty() || title.chars().any(char::is_control) {
        return Err(Failure::Usage(format!("{title:?} cannot be a title: a title is one line")));
    }
    let files = form.filled(&answers, &name_of(&title), &title);
    let files =
        files.ok_or_else(|| Failure::Usage("the calendar ends before the contract does".to_owned()))?;
    let outputs = [
        Output { name: "contract.jcm", bytes: files.contract.as_bytes() },
        Output { name: "data.csv", bytes: files.data.as_bytes() },
        Output { name: "README.md", bytes: files.readme.as_bytes() },
    ];
    written(&arguments.folder, &outputs, terminal)?;
    if let Some(note) = template::counted_years(&answers) {
        terminal.say(&note);
    }
    Ok(())
}

fn template_named(model: &str) -> Result<&'static Template, Failure> {
    jcm::templates().iter().find(|template| template.name == model.replace('-', "_")).ok_or_else(|| {
        let known: Vec<&str> = jcm::templates().iter().map(|template| template.name).collect();
        Failure::Usage(format!("there is no model `{model}` to begin from; there is {}", known.join(", ")))
    })
}

/// What the options say, and for the rest what is answered in the terminal.
fn answered(arguments: &Arguments, form: &Form, terminal: &Terminal) -> Result<Answers, Failure> {
    let mut providers = arguments.provider.iter().cloned();
    let given = Given {
        commissioner: arguments.commissioner.clone(),
        provider: providers.next(),
        other_provider: providers.next(),
        place: arguments.place.clone(),
        start: arguments.start.clone(),
        years: arguments.years.clone(),
        currency: arguments.currency.clone(),
        budget: arguments.budget.clone(),
    };
    let questions = form.questions();
    let most = questions.iter().filter(|q| matches!(q, Question::Provider | Question::OtherProvider)).count();
    if arguments.provider.len() > most {
        return Err(Failure::Usage(format!(
            "this model begins with {most} --provider; add the others in the contract that is written"
        )));
    }
    if arguments.budget.is_some() && !questions.contains(&Question::Budget) {
        return Err(Failure::Usage(
            "the prices of this model are not parts of a budget; leave out --budget".to_owned(),
        ));
    }
    // Without a word about the currency it is pounds; it is asked for where other things are.
    let has_to_be_known =
        |question: &Question| *question != Question::Currency && given.of(*question).is_none();
    let open: Vec<Question> = questions.iter().copied().filter(has_to_be_known).collect();
    let can_ask = io::stdin().is_terminal();
    if !open.is_empty() && !arguments.yes && !can_ask {
        let flags: Vec<&str> = open.iter().map(|question| question.flag()).collect();
        return Err(Failure::Usage(format!(
            "nobody can be asked here; give {}, or --yes for invented names and figures",
            flags.join(", ")
        )));
    }
    let mut answers = form.invented();
    for question in &questions {
        if let Some(text) = given.of(*question) {
            answers
                .take(*question, text, form.least_years)
                .map_err(|problem| Failure::Usage(format!("{}: {problem}", question.flag())))?;
        } else if !arguments.yes && !open.is_empty() {
            let say = |text: &str| terminal.note(text);
            answers::ask(&mut answers, *question, form.least_years, &mut io::stdin().lock(), &say)
                .map_err(|_| Failure::Usage("the answers ended before the questions did".to_owned()))?;
        }
    }
    Ok(answers)
}

/// The smallest contract that has everything in it.
fn smallest(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let (name, title) = match &arguments.name {
        Some(title) => (name_of(title), title.trim().to_owned()),
        None => named_after(&arguments.folder),
    };
    if title.is_empty() || title.contains(['"', '\\']) || title.chars().any(char::is_control) {
        return Err(Failure::Usage(format!(
            "{title:?} cannot be a title: a title is one line without quotation marks"
        )));
    }
    let texts: Vec<String> =
        FILES.iter().map(|(_, text)| text.replace(NAME, &name).replace(TITLE, &title)).collect();
    let outputs: Vec<Output<'_>> =
        FILES.iter().zip(&texts).map(|((name, _), text)| Output { name, bytes: text.as_bytes() }).collect();
    written(&arguments.folder, &outputs, terminal)
}

fn written(folder: &Path, outputs: &[Output<'_>], terminal: &Terminal) -> Result<(), Failure> {
    write_all_or_none(folder, outputs, |path| {
        Err(Failure::of_path(path, "this file is already there, and nothing is overwritten"))
    })?;
    for output in outputs {
        terminal.say(&format!("wrote {}\n", shown(&folder.join(output.name))));
    }
    terminal.say(&format!("next: jcm check {}\n", quoted(folder)));
    Ok(())
}

/// Name and title after the folder: `north-stour` gives `north_stour` and `North Stour`.
fn named_after(folder: &Path) -> (String, String) {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let words = whole
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().replace(['-', '_', '.'], " "));
    let title: Vec<String> = words
        .split_whitespace()
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .map(capitalised)
        .collect();
    let title = if title.is_empty() { TITLE.to_owned() } else { title.join(" ") };
    (name_of(&title), title)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name of the language for a title: its letters and digits in lower case, with `_` between words.
fn name_of(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name = words.join("_");
    match name.chars().next() {
        None => NAME.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("contract_{name}"),
        Some(_) => name,
    }
}

/// A path as it can be typed.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(' ') { format!("\"{path}\"") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_any_title() {
        assert_eq!(name_of("North Stour: older people's care"), "north_stour_older_people_s_care");
        assert_eq!(name_of("2026 plan"), "contract_2026_plan");
        assert_eq!(name_of("Überfahrt"), "berfahrt");
        assert_eq!(name_of("…"), NAME);
    }

    #[test]
    fn a_title_is_made_of_any_folder() {
        assert_eq!(
            named_after(Path::new("/work/north-stour")),
            ("north_stour".to_owned(), "North Stour".to_owned())
        );
        assert_eq!(named_after(Path::new("/")), (NAME.to_owned(), TITLE.to_owned()));
        assert_eq!(named_after(Path::new("/x/\"")).1, TITLE);
    }
}
