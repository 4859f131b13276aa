//! `jcm new`: write a small contract to start from.

use crate::failure::Failure;
use crate::files::{Output, write_all_or_none};
use crate::project::shown;
use crate::terminal::Terminal;
use clap::Args;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm new                                        in this folder
  jcm new my-contract                            in a new folder
  jcm new north --name \"North Stour Alliance\"    with the contract's title";

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
/// try. Nothing that is already there is overwritten.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder; it is made if there is none
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// The contract's title [default: from the name of the folder]
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
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
    write_all_or_none(&arguments.folder, &outputs, |path| {
        Err(Failure::of_path(path, "this file is already there, and nothing is overwritten"))
    })?;
    for output in &outputs {
        terminal.say(&format!("wrote {}\n", shown(&arguments.folder.join(output.name))));
    }
    terminal.say(&format!("next: jcm check {}\n", quoted(&arguments.folder)));
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
