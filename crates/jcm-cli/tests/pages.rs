//! Runs the examples on the pages of `jcm explain`: what is broken has the page's code, what is mended does not.
//!
//! A ```` ```jcm broken ```` block is a whole contract. A ```` ```csv broken ```` block is a data file, settled by the
//! contract of a ```` ```jcm contract ```` block on the page, or else by the one that `jcm new` writes; what follows
//! `broken` is more of the command, and `latin1` saves the file in that encoding.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/errors");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    pages.sort();
    let trials = pages.into_iter().filter_map(|page| {
        let code = page.file_stem()?.to_str()?.to_owned();
        Some(Trial::test(code.clone(), move || run(&page, &code)))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// A fenced block: the words of its info string, and its text.
struct Block {
    info: Vec<String>,
    text: String,
}

fn run(page: &Path, code: &str) -> Result<(), Failed> {
    let blocks = blocks(&io::read_to_string(fs::File::open(page)?)?);
    let contract = blocks.iter().find(|block| block.is("jcm", "contract")).map(|block| block.text.as_str());
    let mut outcomes = (0, 0);
    for block in &blocks {
        let is_broken = block.is("jcm", "broken") || block.is("csv", "broken");
        let is_mended = block.is("jcm", "mended") || block.is("csv", "mended");
        if !is_broken && !is_mended {
            continue;
        }
        let printed = outcome(block, contract)?;
        let has_code =
            printed.contains(&format!("error[{code}]")) || printed.contains(&format!("warning[{code}]"));
        if has_code != is_broken {
            let verdict = if is_broken { "lacks the code" } else { "still has the code" };
            return Err(
                format!("{}: {verdict}\n{}\nprints:\n{printed}", block.info.join(" "), block.text).into()
            );
        }
        if is_mended && printed.contains("error") {
            return Err(format!("what is mended has another problem:\n{printed}").into());
        }
        outcomes = (outcomes.0 + usize::from(is_broken), outcomes.1 + usize::from(is_mended));
    }
    match outcomes {
        (1.., 1..) => Ok(()),
        _ => Err("a page shows what is broken and what is mended".into()),
    }
}

/// What jcm says of a block.
fn outcome(block: &Block, contract: Option<&str>) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let main = folder.path().join("contract.jcm");
    if block.info.first().is_some_and(|language| language == "jcm") {
        write(&main, block.text.as_bytes())?;
        return jcm(&["check", "contract.jcm", "--format", "short"], folder.path());
    }
    match contract {
        Some(contract) => write(&main, contract.as_bytes())?,
        None => jcm(&["new", "."], folder.path()).map(drop)?,
    }
    let mut options: Vec<&str> = block.info.iter().skip(2).map(String::as_str).collect();
    let bytes = if options.contains(&"latin1") {
        options.retain(|option| *option != "latin1");
        block.text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
    } else {
        block.text.clone().into_bytes()
    };
    write(&folder.path().join("data.csv"), &bytes)?;
    let mut command = vec!["settle", ".", "--data", "data.csv", "--format", "short"];
    command.extend(options);
    jcm(&command, folder.path())
}

fn jcm(arguments: &[&str], folder: &Path) -> io::Result<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_jcm")).args(arguments).current_dir(folder).output()?;
    let text = [output.stdout, output.stderr].concat();
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let info = info.split_whitespace().map(str::to_owned).collect();
            blocks.push(Block { info, text: text.join("\n") + "\n" });
        }
    }
    blocks
}

impl Block {
    fn is(&self, language: &str, what: &str) -> bool {
        matches!(self.info.as_slice(), [first, second, ..] if first == language && second == what)
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::File::create(path)?.write_all(bytes)
}
