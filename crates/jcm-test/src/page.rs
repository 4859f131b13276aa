//! A page of `jcm explain`: what a code means, why it matters, an example that gives it, and a mend that does not.

use crate::{Outcome, Project};
use std::collections::BTreeMap;

/// The sections of a page, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What it means.
    Meaning,
    /// Why it matters.
    Reason,
    /// An example.
    Example,
    /// How to mend it.
    Mend,
}

impl Section {
    const ALL: [(Section, &'static str); 4] = [
        (Section::Meaning, "What it means"),
        (Section::Reason, "Why it matters"),
        (Section::Example, "Example"),
        (Section::Mend, "How to mend it"),
    ];
}

/// A fenced block: its language, the options after it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `jcm` or `csv`.
    pub language: String,
    /// What stands after the language.
    pub options: Vec<String>,
    /// The lines between the fences.
    pub text: String,
}

impl Block {
    /// Whether it is a table of localities.
    fn is_places(&self) -> bool {
        self.language == "csv" && self.options.iter().any(|option| option == "localities")
    }
}

/// A page that has been read.
#[derive(Debug, Clone)]
pub struct Page {
    /// Such as `E0301`.
    pub code: String,
    /// What stands after the code in the first line.
    pub title: String,
    prose: BTreeMap<Section, String>,
    blocks: BTreeMap<Section, Vec<Block>>,
}

impl Page {
    /// Reads a page, or says what it lacks.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let heading = first.strip_prefix("# ").and_then(|heading| heading.split_once(": "));
        let Some((code, title)) = heading else {
            return Err(format!("the first line is `{first}`, not `# CODE: title`"));
        };
        let mut page = Self {
            code: code.to_owned(),
            title: title.to_owned(),
            prose: BTreeMap::new(),
            blocks: BTreeMap::new(),
        };
        let mut section = None;
        while let Some(line) = lines.next() {
            if let Some(heading) = line.strip_prefix("## ") {
                section = Some(page.section(heading)?);
            } else if let Some(info) = line.strip_prefix("```") {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                let section = section.ok_or("a block stands before the first section")?;
                page.blocks.entry(section).or_default().push(read_block(info, &block));
            } else if let Some(prose) = section.and_then(|section| page.prose.get_mut(&section)) {
                prose.push_str(line);
            }
        }
        page.is_complete().map(|()| page)
    }

    /// The section of a heading, which must come after those before it. A page whose code no contract can be made to
    /// give has no example.
    fn section(&mut self, heading: &str) -> Result<Section, String> {
        let named = Section::ALL.iter().find(|(_, name)| *name == heading);
        let last = self.prose.keys().next_back();
        let Some((section, _)) = named.filter(|(section, _)| last.is_none_or(|last| last < section)) else {
            return Err(format!("the section `{heading}` is not one that comes here"));
        };
        self.prose.insert(*section, String::new());
        Ok(*section)
    }

    fn is_complete(&self) -> Result<(), String> {
        let lacks = |section: &Section| self.prose.get(section).is_none_or(|prose| prose.trim().is_empty());
        match Section::ALL.iter().find(|(section, _)| *section != Section::Example && lacks(section)) {
            Some((_, name)) => Err(format!("nothing is said under `{name}`")),
            None => Ok(()),
        }
    }

    /// The blocks of a section.
    pub fn blocks(&self, section: Section) -> &[Block] {
        self.blocks.get(&section).map_or(&[], Vec::as_slice)
    }

    /// The codes that a section gives: of its contract, and of its data file settled by it. A mend without a contract
    /// of its own is settled by that of the example. The second part is everything that was said.
    pub fn run(&self, section: Section, base: &str) -> Result<(Vec<String>, String), String> {
        let of =
            |language: &str, section| self.blocks(section).iter().find(|block| block.language == language);
        let contract = of("jcm", section).or_else(|| of("jcm", Section::Example));
        let data = of("csv", section);
        let project = contract.map(|contract| Project::of(&with_edition(&contract.text), base));
        let outcome = match (project, data.filter(|data| data.is_places())) {
            (project, Some(places)) => {
                let project = project.unwrap_or_else(|| Project::whole(base));
                project.with_places(&places.text).check()
            }
            (Some(project), None) => project.check_for(&self.code),
            (None, None) => return Err("there is no ```jcm block".to_owned()),
        };
        let mut codes: Vec<String> = outcome.codes().into_iter().map(str::to_owned).collect();
        let mut said = outcome.shown();
        let data = |section| self.blocks(section).iter().find(|block| block.is_data());
        let beside: Vec<&Block> =
            self.blocks(section).iter().filter(|block| block.role().is_some()).collect();
        let own = data(section);
        if own.is_some() || !beside.is_empty() {
            let data = own.or_else(|| data(Section::Example)).ok_or("there is no ```csv block")?;
            settle(&outcome, data, &beside, &mut codes, &mut said);
        }
        Ok((codes, said))
    }
}

impl Block {
    /// Whether it is a data file.
    fn is_data(&self) -> bool {
        self.language == "csv" && self.role().is_none() && !self.is_places()
    }

    /// What it is beside a data file, if that is what it is.
    fn role(&self) -> Option<&str> {
        let role = self.options.first().map(String::as_str)?;
        ROLES.contains(&role).then_some(role)
    }
}

/// What stands beside a data file: files as the command line takes them.
pub const ROLES: [&str; 4] = ["earlier", "disputes", "overrides", "previous"];

fn settle(outcome: &Outcome, data: &Block, beside: &[&Block], codes: &mut Vec<String>, said: &mut String) {
    // A file beside the data can say which run it is for.
    let options: Vec<String> =
        data.options.iter().chain(beside.iter().flat_map(|block| &block.options)).cloned().collect();
    let files: Vec<(&str, &str)> =
        beside.iter().filter_map(|block| Some((block.role()?, block.text.as_str()))).collect();
    if let Err(problems) = outcome.settle_beside(&data.text, &options, &files) {
        codes.extend(problems.list.iter().map(|problem| problem.code.to_owned()));
        codes.dedup();
        said.push_str(&problems.to_string());
    }
}

/// A whole contract on a page does without its first line.
fn with_edition(text: &str) -> String {
    let lines = || text.lines().map(str::trim_start);
    let contract = text.lines().any(|line| line.starts_with("contract "));
    let edition = lines().any(|line| line == "jcm" || line.starts_with("jcm "));
    if contract && !edition { format!("jcm 1\n\n{text}") } else { text.to_owned() }
}

fn read_block(info: &str, lines: &[&str]) -> Block {
    let mut words = info.split_whitespace().map(str::to_owned);
    let language = words.next().unwrap_or_default();
    let text = lines.iter().map(|line| format!("{line}\n")).collect();
    Block { language, options: words.collect(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# E0301: a unit\n\n## What it means\n\nA.\n\n## Why it matters\n\nB.\n\n## Example\n\n```jcm\nx\n```\n\n## How to mend it\n\nC.\n\n```csv --period 2026/27\na,b\n```\n";

    #[test]
    fn a_page_is_read_into_its_sections_and_blocks() {
        let page = Page::read(PAGE).unwrap();
        assert_eq!((page.code.as_str(), page.title.as_str()), ("E0301", "a unit"));
        assert_eq!(page.blocks(Section::Example)[0].text, "x\n");
        assert_eq!(page.blocks(Section::Mend)[0].options, ["--period", "2026/27"]);
    }

    #[test]
    fn a_page_that_lacks_something_says_what() {
        assert!(Page::read("E0301").unwrap_err().contains("first line"));
        assert!(Page::read(&PAGE.replace("B.", "")).unwrap_err().contains("Why it matters"));
        assert!(Page::read(&PAGE.replace("## Example", "## Sample")).unwrap_err().contains("Sample"));
    }
}
