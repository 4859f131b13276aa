//! `jcm explain`: explain the code of a problem.

mod pages;

use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::Args;
use std::fmt::Write as _;

const EXAMPLES: &str = "\
Examples:
  jcm explain            every code, one line each
  jcm explain E0510      what E0510 means, an example of it, and how to mend it";

/// Explain the code of a problem
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A code such as E0301, or the name of a lint such as cliff; without one, every code is listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Every code with its page, in order.
pub(crate) fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    pages::PAGES.iter().map(|page| (page.code, page.text))
}

/// The page of a code.
pub(crate) fn page(code: &str) -> Option<String> {
    pages().find(|(known, _)| *known == code).map(|(_, text)| text.to_owned())
}

/// The explanation of one code.
struct Page {
    code: &'static str,
    text: &'static str,
}

impl Page {
    /// The first line, without the mark of a heading and the code.
    fn title(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        first.trim_start_matches(['#', ' ']).trim_start_matches(self.code).trim_start_matches([':', ' '])
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    match &arguments.code {
        None => terminal.say(&list()),
        Some(code) => {
            let named = jcm::Lint::named(code.trim()).map(|lint| lint.code.0);
            let wanted = named.map_or_else(|| code.trim().to_ascii_uppercase(), str::to_owned);
            let page = pages::PAGES.iter().find(|page| page.code == wanted);
            terminal.say(page.ok_or_else(|| unlike_any(code.trim(), &wanted))?.text);
        }
    }
    Ok(())
}

fn list() -> String {
    pages::PAGES.iter().fold(String::new(), |mut list, page| {
        let _ = writeln!(list, "{}  {}", page.code, page.title());
        list
    })
}

/// Neither a code nor the name of a lint.
fn unlike_any(written: &str, code: &str) -> Failure {
    let near = jcm::LINTS.iter().map(|lint| (strsim::damerau_levenshtein(lint.name, written), lint.name));
    match near.min().filter(|(slips, _)| *slips <= 3 && written.len() > 5) {
        Some((_, name)) => Failure::Usage(format!("there is no lint {written}; did you mean {name}?")),
        None => unknown(code),
    }
}

/// The code is not known; those that differ in the fewest characters may be meant.
fn unknown(wanted: &str) -> Failure {
    let distance = |code: &str| {
        let differing = code.chars().zip(wanted.chars()).filter(|(a, b)| a != b).count();
        differing + code.len().abs_diff(wanted.len())
    };
    let near = pages::PAGES.iter().map(|page| (distance(page.code), page.code));
    let mut near: Vec<(usize, &str)> = near.filter(|(distance, _)| *distance <= 2).collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, code)| code).collect();
    let advice = match near.as_slice() {
        [] => "`jcm explain` lists every code".to_owned(),
        [near @ .., last] if !near.is_empty() => format!("did you mean {} or {last}?", near.join(", ")),
        near => format!("did you mean {}?", near.concat()),
    };
    Failure::Usage(format!("there is no code {wanted}; {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_exactly_the_pages_of_the_folder() {
        let mut expected = String::from(
            "//! Every page of `tests/reference/errors` and `tests/reference/lints`. Written by `JCM_BLESS=1 cargo test -p jcm-cli`.\n\n\
             use super::Page;\n\n#[rustfmt::skip]\npub(super) const PAGES: &[Page] = &[\n",
        );
        for folder in ["errors", "lints"] {
            for code in crate::commands::pages::of_folder(folder) {
                let include = format!("include_str!(\"../../../../../tests/reference/{folder}/{code}.md\")");
                writeln!(expected, "    Page {{ code: \"{code}\", text: {include} }},").unwrap();
            }
        }
        expected.push_str("];\n");

        crate::commands::pages::hold("explain", &expected);
    }

    #[test]
    fn a_page_begins_with_its_code_and_a_title() {
        for page in pages::PAGES {
            assert!(page.text.starts_with(&format!("# {}", page.code)), "{}", page.code);
            assert!(!page.title().is_empty(), "{}", page.code);
        }
    }
}
