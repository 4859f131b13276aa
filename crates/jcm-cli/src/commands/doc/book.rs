//! The reference and the library as the folder of texts that mdBook makes a searchable site of.

use super::library::{body, label};
use super::pages;
use crate::commands::explain;
use jcm::{LibraryEntry, LibraryModule};
use std::fmt::Write as _;

/// The first page, whose headings and links give the order of the others.
const README: &str = include_str!("../../../../../tests/reference/README.md");

/// What mdBook is told. Nothing is asked of the network.
const SETTINGS: &str = r#"[book]
title = "JCM: the language reference"
language = "en"
src = "src"

[output.html]
default-theme = "light"
preferred-dark-theme = "navy"
no-section-label = true
additional-js = ["highlight-jcm.js"]
additional-css = ["jcm.css"]

[output.html.print]
enable = true

[output.html.search]
limit-results = 30
"#;

/// A criterion's sentences are longer than a line of code.
const STYLE: &str = "pre > code.language-jcm { white-space: pre-wrap; }\n";

/// Every file of the book with its path.
pub(super) fn files() -> Vec<(String, String)> {
    let library = jcm::library();
    let mut files = vec![
        ("book.toml".to_owned(), SETTINGS.to_owned()),
        ("highlight-jcm.js".to_owned(), highlighting()),
        ("jcm.css".to_owned(), STYLE.to_owned()),
        ("src/SUMMARY.md".to_owned(), summary(&library)),
        ("src/README.md".to_owned(), inside(README)),
    ];
    files.extend(pages::PAGES.iter().map(|page| (format!("src/{}.md", page.name), inside(page.text))));
    files.extend(explain::pages().map(|(code, text)| (format!("src/errors/{code}.md"), inside(text))));
    files.extend(library.iter().map(|module| (format!("src/library/{}.md", module.path), of_module(module))));
    files
}

/// The contents: the parts and links of the first page, the codes below their part, and the library.
fn summary(library: &[LibraryModule]) -> String {
    let mut text = "# Contents\n\n[JCM](README.md)\n[A tutorial](tutorial.md)\n".to_owned();
    let mut listed = vec!["tutorial".to_owned()];
    for line in README.lines() {
        if let Some(part) = line.strip_prefix("## ") {
            let _ = write!(text, "\n# {part}\n\n");
        } else if line.starts_with("- ") {
            for name in links(line) {
                if let Some(page) = pages::PAGES.iter().find(|page| page.name == name) {
                    let _ = writeln!(text, "- [{}]({name}.md)", heading(page.text));
                    listed.push(name.to_owned());
                }
            }
        }
    }
    for (code, page) in explain::pages() {
        let _ = writeln!(text, "- [{}](errors/{code}.md)", heading(page));
    }
    for page in pages::PAGES.iter().filter(|page| !listed.iter().any(|name| name == page.name)) {
        let _ = writeln!(text, "- [{}]({}.md)", heading(page.text), page.name);
    }
    text.push_str("\n# The standard library\n\n");
    for module in library {
        let _ = writeln!(text, "- [{0}](library/{0}.md)", module.path);
    }
    text
}

/// The names of the pages that a line links to.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(".md)").map(|(name, _)| name))
}

fn heading(page: &str) -> &str {
    page.lines().next().unwrap_or_default().trim_start_matches("# ")
}

/// A page without the marks of generated parts, and without links to what is not in the book.
fn inside(page: &str) -> String {
    let mut text = String::new();
    for line in page.lines().filter(|line| !line.starts_with("<!--")) {
        text.push_str(&without_outside_links(line));
        text.push('\n');
    }
    text
}

fn without_outside_links(line: &str) -> String {
    let Some((before, rest)) = line.split_once("](../../") else { return line.to_owned() };
    let (Some((start, words)), Some((_, after))) = (before.rsplit_once('['), rest.split_once(')')) else {
        return line.to_owned();
    };
    without_outside_links(&format!("{start}{words}{after}"))
}

fn of_module(module: &LibraryModule) -> String {
    let mut text = format!("# {}\n\n{}\n\n", module.path, module.about);
    let has_clauses = module.entries.iter().any(|entry| entry.kind == "clause");
    if has_clauses {
        let _ = write!(
            text,
            "`include {}` takes its clauses into a contract, with what they leave blank.\n\n",
            module.path
        );
    } else if module.path.starts_with("std.") {
        let _ = write!(text, "`use {}` makes its names known to a contract.\n\n", module.path);
    }
    module.entries.iter().for_each(|entry| text.push_str(&of_entry(module, entry)));
    text
}

fn of_entry(module: &LibraryModule, entry: &LibraryEntry) -> String {
    format!("## `{}` {}\n\n{}\n", label(entry), entry.title, body(module, entry))
}

/// What tells the site's highlighter the words of the language.
fn highlighting() -> String {
    let words: Vec<&str> = jcm::keywords().collect();
    format!(
        "// Made by jcm from the words of the language.\n\
         hljs.registerLanguage('jcm', function (hljs) {{\n\
         \x20 return {{\n\
         \x20   keywords: {{ $pattern: /[a-z_]+/, keyword: '{}' }},\n\
         \x20   contains: [\n\
         \x20     hljs.COMMENT('//', '$'),\n\
         \x20     {{ className: 'string', begin: /[\"\\u201c]/, end: /[\"\\u201d]/ }},\n\
         \x20     {{ className: 'number', begin: /(?<![a-z_\\d])[£$€]?\\d[\\d,.]*(-\\d\\d-\\d\\d|\\/\\d\\d)?%?/ }},\n\
         \x20     {{ className: 'attr', begin: /^\\s+[a-z_]+(?=:)/ }}\n\
         \x20   ]\n\
         \x20 }};\n\
         }});\n\
         document.querySelectorAll('code.language-jcm').forEach(function (block) {{\n\
         \x20 hljs.highlightBlock(block);\n\
         }});\n",
        words.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_contents_name_every_page_once_and_only_pages() {
        let files = files();
        let (_, summary) = files.iter().find(|(path, _)| path.ends_with("SUMMARY.md")).unwrap();
        let named: Vec<String> =
            summary.lines().flat_map(links).map(|name| format!("src/{name}.md")).collect();
        let pages: BTreeSet<&String> = files
            .iter()
            .map(|(path, _)| path)
            .filter(|path| path.ends_with(".md") && !path.ends_with("SUMMARY.md"))
            .collect();
        assert_eq!(named.len(), pages.len(), "{named:?}");
        assert_eq!(named.iter().collect::<BTreeSet<_>>(), pages);
    }

    #[test]
    fn links_out_of_the_book_become_words() {
        let line = "See [the schema](../../crates/x.json) and [time](time.md).";
        assert_eq!(without_outside_links(line), "See the schema and [time](time.md).");
    }
}
