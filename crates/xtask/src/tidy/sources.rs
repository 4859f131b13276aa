//! The sources themselves: sizes, module docs, words that must not stand in them, and links that lead nowhere.

use crate::repository::{SourceText, files, read};
use std::path::Path;

/// A file with more lines than this has more than one subject.
const LONGEST: usize = 600;

/// Made from the grammar, so nobody reads it from top to bottom.
const GENERATED: &[&str] = &["crates/jcm-syntax/src/generated.rs"];

/// Where the names of the float types may stand: here, to be looked for.
const NAMES_FLOATS: &[&str] = &["crates/xtask/src/tidy/sources.rs"];
/// Where distributions are real functions; what leaves it is a whole number of grains.
const REAL_FUNCTIONS: &str = "crates/jcm-simulate/src/real/";
/// Where what was drawn is held against the formulas of those functions.
const REAL_FORMULAS: [&str; 2] =
    ["crates/jcm-simulate/tests/it/closed_forms.rs", "crates/jcm-simulate/tests/it/over_years.rs"];

/// Where what must hold of the sources does not.
pub(crate) fn problems(root: &Path) -> Result<Vec<String>, String> {
    let rust = files(root, "crates", &[".rs"])?;
    let library = files(root, "stdlib", &[".jcm"])?;
    let mut problems = Vec::new();
    // A template is somebody's contract to be: its measures are not the library's.
    let modules = library.iter().filter(|file| !file.path.contains("templates/"));
    let names: Vec<Name<'_>> = modules.flat_map(|file| names(&file.text)).collect();
    for file in &rust {
        problems.extend(of_rust(file, &names));
    }
    let others = ["grammar", "stdlib", "examples", "tests"];
    for folder in others {
        for file in files(root, folder, &[".pest", ".jcm", ".mjs"])? {
            problems.extend(unfinished(&file));
        }
    }
    problems.extend(unfinished_in(&rust));
    for file in files(root, "", &[".md"])? {
        problems.extend(dead_links(root, &file));
    }
    problems.extend(made_up(&read(&root.join("README.md"))?, &files(root, "examples", &[".jcm"])?));
    Ok(problems)
}

/// The kinds of the library's declarations of which the compiler must not know a single one.
const LIBRARY: [&str; 4] = ["measure", "criterion", "model", "profile"];
/// Profiles whose names are words of the language too: forms of a payment.
const FORMS: [&str; 2] = ["block", "capitation"];
/// Where its names may stand: in the list of its files, in what a command's help shows, and where `A1` is a cell.
const NAMES_LIBRARY: [&str; 3] =
    ["crates/jcm-std/src/table.rs", "crates/jcm-cli/src/commands/", "crates/jcm-quantity/src/spreadsheet.rs"];

/// Kind and name of a declaration.
type Name<'a> = (&'a str, &'a str);

/// What a module of the standard library declares.
fn names(text: &str) -> impl Iterator<Item = Name<'_>> {
    let declared = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        words.next().zip(words.next())
    });
    declared.filter(|(kind, name)| LIBRARY.contains(kind) && !FORMS.contains(name))
}

fn of_rust(file: &SourceText, library: &[Name<'_>]) -> Vec<String> {
    let mut problems = Vec::new();
    let path = &file.path;
    let is_source = path.split('/').nth(2) == Some("src");
    let may_name = NAMES_LIBRARY.iter().any(|place| path.starts_with(place)) || path.ends_with("/tests.rs");
    let lines = file.text.lines().count();
    if lines > LONGEST && !GENERATED.contains(&path.as_str()) {
        problems.push(format!("{path} has {lines} lines; {LONGEST} are enough for one subject"));
    }
    if is_source && !file.text.starts_with("//!") {
        problems.push(format!("{path} does not begin with a `//!` line that says what it is"));
    }
    for (number, line) in (1..).zip(file.text.lines()) {
        let code = line.split("//").next().unwrap_or_default();
        let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let float = ["f32", "f64"].iter().find(|float| words.contains(float));
        if let Some(float) = float.filter(|_| {
            !NAMES_FLOATS.contains(&path.as_str())
                && !path.starts_with(REAL_FUNCTIONS)
                && !REAL_FORMULAS.contains(&path.as_str())
        }) {
            problems.push(format!("{path}:{number}: `{float}`, and a figure is exact"));
        }
        let known = library.iter().find(|(_, name)| is_source && !may_name && words.contains(name));
        if let Some((kind, name)) = known {
            problems.push(format!("{path}:{number}: `{name}` is a {kind} of the standard library"));
        }
    }
    problems
}

fn unfinished_in(files: &[SourceText]) -> Vec<String> {
    files.iter().flat_map(unfinished).collect()
}

/// Lines that say that something is not done.
fn unfinished(file: &SourceText) -> Vec<String> {
    // Put together here, so that this file does not hold them.
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let is_marked = |line: &str| {
        line.split(|c: char| !c.is_alphanumeric()).any(|word| marks.iter().any(|mark| mark == word))
    };
    (1..)
        .zip(file.text.lines())
        .filter(|(_, line)| is_marked(line))
        .map(|(number, line)| format!("{}:{number}: unfinished: {}", file.path, line.trim()))
        .collect()
}

/// Links of a Markdown file to files that are not there. Links to other sites and within the page are not followed.
fn dead_links(root: &Path, file: &SourceText) -> Vec<String> {
    let folder = root.join(&file.path).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut problems = Vec::new();
    for part in file.text.split("](").skip(1) {
        let target = part.split([')', '#', ' ', '\n']).next().unwrap_or_default();
        let is_path = !target.is_empty() && !target.contains(':');
        if is_path && !folder.join(target).exists() {
            problems.push(format!("{}: a link leads to {target}, which is not there", file.path));
        }
    }
    problems
}

/// Excerpts of the README that are in no example, so that nothing checks them.
fn made_up(readme: &str, examples: &[SourceText]) -> Vec<String> {
    readme
        .split("\n```jcm\n")
        .skip(1)
        .filter_map(|part| part.split("```").next())
        .filter(|excerpt| !examples.iter().any(|example| example.text.contains(excerpt)))
        .filter_map(|excerpt| excerpt.lines().next())
        .map(|line| format!("README.md: the excerpt that begins `{line}` is in no example"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceText {
        SourceText { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn floats_and_names_of_the_library_are_found_in_code_and_not_in_comments() {
        let code = "//! Doc.\n// no f64 here, no falls_rate\nlet x: f64 = y.as_secs_f64();\nlet m = \"falls_rate\";\n";
        let falls = [("measure", "falls_rate")];
        let found = of_rust(&file("crates/a/src/a.rs", code), &falls);
        assert_eq!(
            found,
            [
                "crates/a/src/a.rs:3: `f64`, and a figure is exact",
                "crates/a/src/a.rs:4: `falls_rate` is a measure of the standard library",
            ]
        );
        assert_eq!(of_rust(&file("crates/a/tests/a.rs", "let m = \"falls_rate\";\n"), &falls).len(), 0);
        let library =
            "/// Doc.\nmeasure falls_rate \"Falls\" {\n    unit: percent\n}\nprofile block \"Block\" {\n}\n";
        assert_eq!(names(library).collect::<Vec<_>>(), falls);
    }

    #[test]
    fn long_files_and_modules_without_a_doc_are_found() {
        let long = "//! Doc.\n".to_owned() + &"fn f() {}\n".repeat(LONGEST);
        assert_eq!(of_rust(&file("crates/a/src/a.rs", &long), &[]).len(), 1);
        assert_eq!(of_rust(&file(GENERATED[0], &long), &[]).len(), 0);
        assert_eq!(of_rust(&file("crates/a/src/a.rs", "fn f() {}\n"), &[]).len(), 1);
    }

    #[test]
    fn marks_of_unfinished_work_are_found_as_words() {
        let mark = ["TO", "DO"].concat();
        assert_eq!(unfinished(&file("a.pest", &format!("a\n// {mark}: b\n"))).len(), 1);
        assert_eq!(unfinished(&file("a.pest", &format!("{mark}S\n"))).len(), 0);
    }

    #[test]
    fn a_link_to_a_file_that_is_not_there_is_found() {
        let text =
            "[a](ARCHITECTURE.md#crates) [b](https://stour.example/x) [c](#here) [d](nowhere/at-all.md)";
        let found = dead_links(&crate::root(), &file("README.md", text));
        assert_eq!(found, ["README.md: a link leads to nowhere/at-all.md, which is not there"]);
    }

    #[test]
    fn an_excerpt_of_the_readme_stands_in_an_example() {
        let readme = "Words.\n\n```jcm\nknob a\nknob b\n```\n\n```jcm\nknob c\n```\n";
        let examples = [file("examples/a/a.jcm", "jcm 1\nknob a\nknob b\n")];
        assert_eq!(
            made_up(readme, &examples),
            ["README.md: the excerpt that begins `knob c` is in no example"]
        );
    }
}
