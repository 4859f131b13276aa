//! What the standard library declares, found by name.

use super::usage::usage;
use jcm::{LibraryEntry, LibraryModule};
use std::fmt::Write as _;
use std::sync::OnceLock;

/// The library, read once.
fn library() -> &'static [LibraryModule] {
    static LIBRARY: OnceLock<Vec<LibraryModule>> = OnceLock::new();
    LIBRARY.get_or_init(jcm::library)
}

/// What the library has under a name: one declaration, several of one name, or a module.
pub(super) fn look_up(wanted: &str) -> Option<String> {
    let library = library();
    if let Some(module) = library.iter().find(|module| is_path(module.path, wanted) && wanted.contains('.')) {
        return Some(contents(module));
    }
    let entries = library.iter().flat_map(|module| module.entries.iter().map(move |entry| (module, entry)));
    let mut found: Vec<(&LibraryModule, &LibraryEntry)> =
        entries.filter(|(_, entry)| is_path(&entry.path, wanted)).collect();
    if found.is_empty() {
        let module = library.iter().find(|module| is_path(module.path, wanted))?;
        return Some(contents(module));
    }
    found.sort_by_key(|(_, entry)| entry.path.len());
    let shown: Vec<String> = found.iter().map(|(module, entry)| shown(module, entry)).collect();
    Some(shown.join("\n"))
}

/// One line for each entry that has a name.
pub(super) fn titles(name: &str) -> String {
    lines(|entry| is_path(&entry.path, name))
}

/// One line for each of the first entries whose title holds a text in small letters.
pub(super) fn with_title(text: &str) -> String {
    lines(|entry| entry.title.to_lowercase().contains(text))
}

fn lines(is_wanted: impl Fn(&LibraryEntry) -> bool) -> String {
    const MOST: usize = 8;
    let library = library();
    let found = library.iter().flat_map(|module| &module.entries).filter(|entry| is_wanted(entry));
    found.take(MOST).fold(String::new(), |mut text, entry| {
        let _ = writeln!(text, "  jcm doc {}  {}", entry.path, entry.title);
        text
    })
}

/// One line for each module.
pub(super) fn list() -> String {
    let library = library();
    let width = library.iter().map(|module| module.path.len()).max().unwrap_or_default();
    library.iter().fold(String::new(), |mut list, module| {
        let _ = writeln!(list, "{:width$}  {}", module.path, gist(&module.about));
        list
    })
}

/// Every name by which something of the library can be asked for.
pub(super) fn names() -> Vec<String> {
    let library = library();
    let entries = library.iter().flat_map(|module| &module.entries);
    let names = entries.filter_map(|entry| entry.path.rsplit('.').next()).map(str::to_owned);
    names.chain(library.iter().map(|module| module.path.to_owned())).collect()
}

/// Whether a dotted path is what is wanted, or ends in it.
fn is_path(path: &str, wanted: &str) -> bool {
    path.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn contents(module: &LibraryModule) -> String {
    let mut text = format!("# {}\n\n{}\n\n", module.path, module.about);
    let width = module.entries.iter().map(|entry| label(entry).chars().count()).max().unwrap_or_default();
    for entry in &module.entries {
        let _ = writeln!(text, "{:width$}  {}", label(entry), entry.title);
    }
    let _ = writeln!(text, "\nmore: jcm doc {}.NAME", module.path);
    text
}

/// `measure reablement_91_days`
pub(super) fn label(entry: &LibraryEntry) -> String {
    format!("{} {}", entry.kind, entry.path.rsplit('.').next().unwrap_or_default())
}

fn shown(module: &LibraryModule, entry: &LibraryEntry) -> String {
    format!("# {}: {}\n\n{}\n\n{}", label(entry), entry.title, entry.path, body(module, entry))
}

/// What is noted of it, the declaration itself, and how a contract takes it in.
pub(super) fn body(module: &LibraryModule, entry: &LibraryEntry) -> String {
    let mut text = String::new();
    if !entry.doc.is_empty() {
        let _ = write!(text, "{}\n\n", entry.doc);
    }
    let _ = write!(text, "```jcm\n{}\n```\n", entry.text);
    if let Some(lines) = usage(module, entry) {
        let _ = write!(text, "\nIn a contract:\n\n```jcm\n{lines}\n```\n");
    }
    text
}

/// The first sentence.
fn gist(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_by_its_name_alone_and_by_any_part_of_its_path() {
        for module in library() {
            assert!(look_up(module.path).unwrap().contains(module.path));
            for entry in &module.entries {
                let paths: Vec<&str> =
                    entry.path.match_indices('.').filter_map(|(at, _)| entry.path.get(at + 1..)).collect();
                for path in paths.into_iter().chain([entry.path.as_str()]) {
                    assert!(look_up(path).is_some(), "{path}");
                }
            }
        }
        assert_eq!(look_up("no_such_thing"), None);
    }
}
