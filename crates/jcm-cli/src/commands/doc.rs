//! `jcm doc`: print what the language reference says of a word.
//!
//! The pages are the index: a word is found as a page, as the kind whose fields a page lists, as the first cell of a
//! table, or in a heading.

mod book;
mod library;
mod pages;
mod usage;

use crate::exchange::{Output, write_all_or_none};
use crate::failure::Failure;
use crate::project::shown;
use crate::terminal::Terminal;
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  jcm doc                every page, one line each
  jcm doc incentive      the page of a kind of declaration
  jcm doc baseline       a field, and the page of its kind
  jcm doc at least       what words in a calculation say
  jcm doc progress       a function
  jcm doc std.measures   what the standard library has
  jcm doc joint_outcomes.O07
                         a criterion, measure or clause of it
  jcm doc --book site    everything as texts for mdBook";

/// What begins a generated list of fields; the kind follows.
const FIELDS: &str = "<!-- generated:fields ";

/// The page with every word, for those that no other page speaks of.
const WORDS: &str = "words";

/// The page of the words that people bring with them.
const IN_OTHER_WORDS: &str = "in-other-words";

/// Print what the language reference says of a word
///
/// The word may be a kind of declaration, a field, a function, an operator, another word of the language, or the name
/// of a page.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A word, or several that belong together; without one, every page is listed
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    /// Write the reference and the library as texts that mdBook makes a site of
    #[arg(long, value_name = "DIR", conflicts_with = "words")]
    book: Option<PathBuf>,
}

/// A page of the reference.
struct Page {
    name: &'static str,
    text: &'static str,
}

/// What a page says of a word in a row of a table.
struct Entry {
    page: &'static Page,
    /// The kind whose field it is.
    field_of: Option<&'static str>,
    /// The heading above it.
    section: &'static str,
    /// Each further cell with the head of its column.
    cells: Vec<(&'static str, &'static str)>,
    term: &'static str,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(folder) = &arguments.book {
        return write_book(folder, terminal);
    }
    let wanted = arguments.words.join(" ").trim().trim_matches('`').to_owned();
    if wanted.is_empty() {
        terminal.say(&format!("{}\nThe standard library:\n\n{}", list(), library::list()));
        return Ok(());
    }
    let found = look_up(&wanted).or_else(|| mentioned(&wanted));
    terminal.say(&found.ok_or_else(|| unknown(&wanted))?);
    Ok(())
}

fn write_book(folder: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let files = book::files();
    let mut folders: BTreeMap<&str, Vec<Output<'_>>> = BTreeMap::new();
    for (path, text) in &files {
        let (inner, name) = path.rsplit_once('/').unwrap_or(("", path));
        folders.entry(inner).or_default().push(Output { name, bytes: text.as_bytes() });
    }
    for (inner, outputs) in &folders {
        write_all_or_none(&folder.join(inner), outputs, |_| Ok(()))?;
    }
    terminal.note(&format!("wrote {} files in {}\n", files.len(), shown(folder)));
    Ok(())
}

fn list() -> String {
    let width = pages::PAGES.iter().map(|page| page.topic().len()).max().unwrap_or_default();
    pages::PAGES.iter().fold(String::new(), |mut list, page| {
        let _ = writeln!(list, "{:width$}  {}", page.topic(), page.gist());
        list
    })
}

/// What the reference and the library say of a word, as text; the word may be written as people write it elsewhere.
pub(crate) fn look_up(wanted: &str) -> Option<String> {
    if wanted.contains('.')
        && let Some(found) = library::look_up(wanted)
    {
        return Some(found);
    }
    let spellings = spellings(wanted);
    let in_reference = spellings.iter().find_map(|spelling| of_spelling(spelling));
    in_reference.or_else(|| spellings.iter().find_map(|spelling| library::look_up(spelling)))
}

/// A word as it stands, in small letters, and without what a plural has.
fn spellings(wanted: &str) -> Vec<String> {
    let small = wanted.to_lowercase();
    let spaced = small.replace(['-', '_'], " ");
    let joined = spaced.replace(' ', "_");
    let mut all = vec![wanted.to_owned(), small, spaced, joined];
    let singular: Vec<String> =
        all.iter().filter_map(|word| Some(word.strip_suffix('s')?.to_owned())).collect();
    all.extend(singular);
    let mut seen = Vec::new();
    all.into_iter().for_each(|word| {
        if !word.is_empty() && !seen.contains(&word) {
            seen.push(word);
        }
    });
    seen
}

fn of_spelling(wanted: &str) -> Option<String> {
    let elsewhere: Vec<Entry> = pages::PAGES
        .iter()
        .filter(|page| page.name == IN_OTHER_WORDS)
        .flat_map(|page| page.entries(wanted))
        .collect();
    let reference = of_reference(wanted);
    if elsewhere.is_empty() && reference.is_none() {
        return None;
    }
    let mut text: String = elsewhere.iter().map(Entry::shown).collect();
    if let Some(more) = more(elsewhere.iter().flat_map(Entry::linked).collect()) {
        let _ = write!(text, "{more}");
    }
    if let Some(reference) = reference {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{gap}{reference}");
    }
    let mut library = library::titles(wanted);
    if library.is_empty() && !pages::PAGES.iter().any(|page| page.is_of(wanted)) {
        library = library::with_title(wanted);
    }
    if !library.is_empty() {
        let _ = write!(text, "\nin the library:\n{library}");
    }
    Some(text)
}

/// What the reference says of a word of the language.
pub(crate) fn of_reference(wanted: &str) -> Option<String> {
    let pages = || pages::PAGES.iter().filter(|page| page.name != IN_OTHER_WORDS);
    let mut entries: Vec<Entry> = pages().flat_map(|page| page.entries(wanted)).collect();
    if let Some(page) = pages::PAGES.iter().find(|page| page.is_of(wanted)) {
        // `use` begins a declaration, and is a field of a measure besides.
        let fields = entries.iter().filter(|entry| entry.field_of.is_some());
        let fields: String = fields.map(Entry::shown).collect();
        return Some(if fields.is_empty() { page.shown() } else { format!("{}\n{fields}", page.shown()) });
    }
    if entries.iter().any(|entry| entry.page.name != WORDS) {
        entries.retain(|entry| entry.page.name != WORDS);
    }
    let first = entries.first()?;
    let one_page = entries.iter().all(|entry| entry.page.name == first.page.name);
    let mut text: String = entries.iter().map(Entry::shown).collect();
    if one_page && first.field_of.is_some() {
        let _ = write!(text, "\n{}", first.page.shown());
    } else if let Some(more) = more(entries.iter().map(|entry| entry.page.topic()).collect()) {
        let _ = write!(text, "\n{more}");
    }
    Some(text)
}

/// A line with the commands that say more.
fn more(topics: Vec<&str>) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    topics.into_iter().filter(|topic| *topic != WORDS).for_each(|topic| {
        if !seen.contains(&topic) {
            seen.push(topic);
        }
    });
    let commands: Vec<String> = seen.iter().map(|topic| format!("jcm doc {topic}")).collect();
    (!commands.is_empty()).then(|| format!("more: {}\n", commands.join(", ")))
}

/// The places where the text of the reference speaks of a word that has no entry.
fn mentioned(wanted: &str) -> Option<String> {
    const MOST: usize = 12;
    let wanted = wanted.to_lowercase();
    if wanted.chars().count() < 3 {
        return None;
    }
    let mut found = lines_with(&[&wanted]);
    if found.is_empty() {
        // Several words as people ask for them stand in any order, and in the singular or the plural.
        let words: Vec<&str> = wanted.split_whitespace().map(|word| word.trim_end_matches('s')).collect();
        if words.len() > 1 && words.iter().all(|word| word.chars().count() > 2) {
            found = lines_with(&words);
        }
    }
    let library = library::with_title(&wanted);
    if found.is_empty() && library.is_empty() {
        return None;
    }
    let mut text = format!("`{wanted}` has no entry of its own.\n");
    if !found.is_empty() {
        text.push_str("\nthe pages that speak of it:\n");
        let width = found.iter().take(MOST).map(|(topic, _)| topic.len()).max().unwrap_or_default();
        for (topic, line) in found.iter().take(MOST) {
            let _ = writeln!(text, "  jcm doc {topic:width$}  {}", shortened(line));
        }
    }
    if !library.is_empty() {
        let _ = write!(text, "\nin the library:\n{library}");
    }
    Some(text)
}

/// The first line of each page that holds all of some words, with the topic of the page.
fn lines_with(words: &[&str]) -> Vec<(&'static str, &'static str)> {
    let of_page = |page: &'static Page| {
        let mut in_example = false;
        let line = page.text.lines().find(|line| {
            in_example ^= line.starts_with("```");
            let line = line.to_lowercase();
            !in_example && words.iter().all(|word| holds_word(&line, word))
        });
        line.map(|line| (page.topic(), line.trim()))
    };
    pages::PAGES.iter().filter(|page| page.name != "grammar").filter_map(of_page).collect()
}

/// Whether a line holds a word that begins with the wanted one.
fn holds_word(line: &str, wanted: &str) -> bool {
    line.match_indices(wanted).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    })
}

fn shortened(line: &str) -> String {
    const MOST_CHARS: usize = 90;
    let mut letters = line.chars();
    let start: String = letters.by_ref().take(MOST_CHARS).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

impl Page {
    /// The name without the number that orders the first pages.
    fn topic(&self) -> &'static str {
        self.name.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches('-')
    }

    /// The first sentence below the heading.
    fn gist(&self) -> &'static str {
        let first = self.text.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
        first.split_inclusive(". ").next().unwrap_or(first).trim_end()
    }

    /// Whether the page is the one of a topic, or lists the fields of a kind.
    fn is_of(&self, wanted: &str) -> bool {
        self.name == wanted || self.topic() == wanted || self.kinds().any(|kind| kind == wanted)
    }

    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().filter_map(|line| line.strip_prefix(FIELDS)?.strip_suffix(" -->"))
    }

    /// The text for people: without the marks of generated parts and the empty lines that they leave.
    fn shown(&self) -> String {
        let mut text = String::new();
        let mut after_empty = false;
        for line in self.text.lines().filter(|line| !line.starts_with("<!--")) {
            if line.is_empty() && after_empty {
                continue;
            }
            after_empty = line.is_empty();
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The rows of tables that are about a word.
    fn entries(&'static self, wanted: &str) -> Vec<Entry> {
        let mut found = Vec::new();
        let (mut section, mut field_of, mut heads): (&str, Option<&str>, Vec<&str>) = ("", None, Vec::new());
        for line in self.text.lines() {
            if let Some(heading) =
                line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))
            {
                section = heading;
            } else if line.starts_with("<!--") {
                field_of = line.strip_prefix(FIELDS).and_then(|kind| kind.strip_suffix(" -->"));
            }
            let Some(cells) = cells(line) else {
                heads.clear();
                continue;
            };
            let Some((first, rest)) = cells.split_first() else { continue };
            if heads.is_empty() {
                heads = rest.to_vec();
            } else if speaks_of(first, wanted)
                || rest.first().is_some_and(|cell| *cell == format!("`{wanted}`"))
            {
                let cells = heads.iter().copied().zip(rest.iter().copied()).collect();
                found.push(Entry { page: self, field_of, section, cells, term: first });
            }
        }
        found
    }
}

impl Entry {
    /// The topics of the pages that its cells link to.
    fn linked(&self) -> Vec<&'static str> {
        let targets = self.cells.iter().flat_map(|(_, cell)| cell.split("](").skip(1));
        let names = targets.filter_map(|target| target.split_once(".md")).map(|(name, _)| name);
        names.filter_map(|name| pages::PAGES.iter().find(|page| page.name == name)).map(Page::topic).collect()
    }

    fn shown(&self) -> String {
        let place = match self.field_of {
            Some(kind) => format!("a field of `{kind}`"),
            None if self.section.is_empty() => format!("page {}", self.page.topic()),
            None => format!("{}: {}", self.page.topic(), self.section),
        };
        let mut text = format!("{}  ({place})\n", self.term);
        let is_link = |head: &str| self.page.name == IN_OTHER_WORDS && head == "Read";
        for (head, cell) in self.cells.iter().filter(|(head, cell)| !cell.is_empty() && !is_link(head)) {
            let _ = writeln!(text, "    {head}: {cell}");
        }
        text
    }
}

/// The cells of a row of a table.
fn cells(line: &'static str) -> Option<Vec<&'static str>> {
    let inside = line.strip_prefix("| ")?.strip_suffix('|')?;
    Some(inside.split(" | ").map(str::trim).collect())
}

/// Whether a cell begins with words in backticks and holds the wanted one among them: alone, before the brackets of a
/// call, or before other words.
fn speaks_of(cell: &str, wanted: &str) -> bool {
    let is_meant = |term: &str| {
        let rest = term.strip_prefix(wanted);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('(') || rest.starts_with(' '))
    };
    terms(cell).any(is_meant)
}

/// The words in backticks of a cell that begins with some; a sentence has none.
fn terms(cell: &str) -> impl Iterator<Item = &str> {
    cell.strip_prefix('`').unwrap_or_default().split('`').step_by(2)
}

/// The word is not known; those that differ in the fewest letters may be meant.
fn unknown(wanted: &str) -> Failure {
    let terms = pages::PAGES.iter().flat_map(|page| {
        let first_cells = page.text.lines().filter_map(cells).filter_map(|cells| cells.first().copied());
        let names = first_cells.flat_map(terms).filter_map(|term| term.split(['(', ' ']).next());
        names.chain(page.kinds()).chain([page.topic()])
    });
    let terms = terms.map(str::to_owned).chain(library::names());
    let terms = terms.filter(|term| term.starts_with(|letter: char| letter.is_alphabetic()));
    let mut near: Vec<(usize, String)> =
        terms.map(|term| (strsim::damerau_levenshtein(&term, wanted), term)).collect();
    near.retain(|(distance, _)| *distance <= 1 + wanted.len() / 4);
    near.sort_unstable();
    near.dedup();
    let near: Vec<&str> = near.iter().take(3).map(|(_, term)| term.as_str()).collect();
    let advice = match near.as_slice() {
        [] => "`jcm doc` lists every page".to_owned(),
        [near @ .., last] if !near.is_empty() => format!("did you mean {} or {last}?", near.join(", ")),
        near => format!("did you mean {}?", near.concat()),
    };
    Failure::Usage(format!("the reference has nothing on `{wanted}`; {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_table_holds_exactly_the_pages_of_the_folder() {
        let names = crate::commands::pages::of_folder("");
        let names = names.iter().filter(|name| *name != "README");
        let mut expected = String::from(
            "//! Every page of `tests/reference`. Written by `JCM_BLESS=1 cargo test -p jcm-cli`.\n\n\
             use super::Page;\n\n#[rustfmt::skip]\npub(super) const PAGES: &[Page] = &[\n",
        );
        for name in names {
            let include = format!("include_str!(\"../../../../../tests/reference/{name}.md\")");
            writeln!(expected, "    Page {{ name: \"{name}\", text: {include} }},").unwrap();
        }
        expected.push_str("];\n");

        crate::commands::pages::hold("doc", &expected);
    }

    #[test]
    fn kinds_and_pages_are_found_by_name() {
        let pages =
            [("ladder", "# `ladder`"), ("figures", "# Figures"), ("knob", "# `knob`"), ("laws", "# The ten")];
        for (word, heading) in pages {
            assert!(look_up(word).unwrap().starts_with(heading), "{word}");
        }
        let both = look_up("use").unwrap();
        assert!(
            both.starts_with("# `use` and `include`") && both.contains("\n`use`  (a field of `measure`)"),
            "{both}"
        );
    }

    #[test]
    fn a_field_of_one_kind_brings_its_page_and_of_several_their_names() {
        let baseline = look_up("baseline").unwrap();
        assert!(baseline.contains("\n`baseline`  (a field of `measure`)\n"), "{baseline}");
        assert!(baseline.contains("\n# `measure`\n"), "{baseline}");
        let source = look_up("source").unwrap();
        assert!(source.contains("a field of `pool`") && source.contains("more: jcm doc "), "{source}");
    }

    #[test]
    fn words_signs_functions_and_modes_are_found_where_they_are_explained() {
        let places = [
            ("at least", "calculations: Limits"),
            (">=", "calculations: Comparisons"),
            ("is at most", "calculations: Comparisons"),
            ("progress", "calculations: Functions"),
            ("half_even", "rounding: Modes"),
            ("given", "example: "),
            ("shall", "words: "),
        ];
        for (word, place) in places {
            let text = look_up(word).unwrap_or_default();
            assert!(text.contains(place), "{word}: {text}");
        }
    }

    #[test]
    fn words_that_people_bring_with_them_lead_to_what_says_the_same() {
        let found = [
            ("cap", "more: jcm doc calculations"),
            ("limit", "at most £50,000"),
            ("KPI", "A `measure`"),
            ("gain share", "An `incentive`"),
            ("gain_share", "An `incentive`"),
            ("Risk-Share", "An `incentive`"),
            ("thresholds", "`when` and a condition"),
            ("provider", "`role: provider`"),
            ("pooled", "jcm doc pool"),
            ("minimum", "at least £0"),
            ("minimum", "a field of `measure`"),
            ("penalty", "std.schemes.readmission_reduction.penalty"),
        ];
        for (word, said) in found {
            let text = look_up(word).unwrap_or_default();
            assert!(text.contains(said), "{word}: {text}");
        }
    }

    #[test]
    fn a_word_without_an_entry_leads_to_the_pages_that_speak_of_it() {
        assert!(look_up("signature block").is_none());
        let text = mentioned("signature block").unwrap();
        assert!(text.contains("jcm doc partner"), "{text}");
        assert!(mentioned("qqqqqqqq").is_none());
    }

    #[test]
    fn an_unknown_word_suggests_what_may_be_meant() {
        assert!(look_up("insentive").is_none());
        assert!(unknown("insentive").message().unwrap().contains("incentive"));
        assert!(unknown("qqqqqqqq").message().unwrap().contains("lists every page"));
    }

    #[test]
    fn every_command_has_its_part_of_the_page_of_commands() {
        let page = pages::PAGES.iter().find(|page| page.name == "commands").unwrap();
        for command in crate::arguments::Arguments::command().get_subcommands() {
            let heading = format!("\n## `jcm {}`\n", command.get_name());
            assert!(page.text.contains(&heading), "{heading}");
        }
    }

    #[test]
    fn the_text_has_no_marks_of_generated_parts() {
        assert!(pages::PAGES.iter().all(|page| !page.shown().contains("<!--")));
    }
}
