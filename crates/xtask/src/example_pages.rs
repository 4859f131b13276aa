//! Every page that the command makes of the examples: contracts, their readings, statements, a redline, simulations,
//! analyses and assurance.

use crate::pages::examples;
use crate::program::{self, cargo, target};
use crate::repository::read;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const BUILDING: Duration = Duration::from_secs(10 * 60);
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// The example every page of which is looked at in the browser; of the others that is the contract.
const FLAGSHIP: &str = "stour-valley";

/// Statements of these: the example, the data file and its period. One has a loss and a limit, one has rows, one funds.
const SETTLED: [(&str, &str, &str); 3] = [
    ("stour-valley", "year-end.csv", "2027/28"),
    ("rate-card", "quarter.csv", "Q4 2026/27"),
    ("pooled-fund", "schemes.csv", "2026/27"),
];

/// Two contracts of which a redline is made.
const REDLINE: [&str; 2] = ["examples/stour-valley-models/block", "examples/stour-valley-models/capitation"];

/// The pages, freshly made.
pub(crate) struct Pages {
    /// Every page.
    pub(crate) all: Vec<PathBuf>,
    /// Those of which a page of each sort is there.
    pub(crate) looked_at: Vec<PathBuf>,
}

/// Makes the pages below `target/pages`.
pub(crate) fn make(root: &Path) -> Result<Pages, String> {
    program::run(&mut cargo(root, &["build", "--quiet", "--package", "jcm-cli"]), BUILDING)?;
    let maker =
        Maker { root, jcm: target(root).join("debug").join("jcm"), folder: target(root).join("html") };
    let mut pages = Pages { all: Vec::new(), looked_at: Vec::new() };
    let examples = examples(root)?;
    let made: Result<Vec<_>, String> = examples.par_iter().map(|example| maker.of_example(example)).collect();
    for (example, made) in examples.iter().zip(made?) {
        let most = if example.ends_with(FLAGSHIP) { made.len() } else { 1 };
        pages.looked_at.extend(made.iter().take(most).cloned());
        pages.all.extend(made);
    }
    let redline = maker.folder.join("redline.html");
    maker.run(&["diff", REDLINE[0], REDLINE[1], "--out", &text(&redline)])?;
    pages.looked_at.push(redline.clone());
    pages.all.push(redline);
    for (example, data, period) in SETTLED {
        let out = maker.folder.join("statements").join(example);
        let (contract, data) = (format!("examples/{example}"), format!("examples/{example}/{data}"));
        let wanted =
            ["settle", &contract, "--data", &data, "--period", period, "--force", "--statement", &text(&out)];
        maker.run(&wanted)?;
        let made = html_of(&out)?;
        pages.looked_at.extend(made.iter().take(1).cloned());
        pages.all.extend(made);
    }
    if pages.all.is_empty() { Err("there is no example".to_owned()) } else { Ok(pages) }
}

struct Maker<'r> {
    root: &'r Path,
    jcm: PathBuf,
    folder: PathBuf,
}

impl Maker<'_> {
    /// The contract first, then what else is made of it.
    fn of_example(&self, example: &Path) -> Result<Vec<PathBuf>, String> {
        let (path, out) = (text(example), self.folder.join(example.file_name().unwrap_or_default()));
        let build = |more: &[&str]| {
            self.run(&[&["build", &path, "--force", "--out", &text(&out)][..], more].concat())
        };
        build(&[])?;
        build(&["--plain"])?;
        let contract = read(&example.join("contract.jcm"))?;
        let partner = contract.lines().find_map(|line| line.strip_prefix("partner ")?.split(' ').next());
        let partner = partner.ok_or_else(|| format!("{path} has no partner"))?;
        build(&["--for", partner])?;
        self.print(&["analyse", &path, "--as", "html"], &out.join("analysis.html"))?;
        self.print(&["assure", &path, "--format", "html"], &out.join("assurance.html"))?;
        if contract.lines().any(|line| line.starts_with("simulation ")) {
            self.print(
                &["simulate", &path, "--runs", "200", "--format", "html"],
                &out.join("simulation.html"),
            )?;
        }
        let mut made = html_of(&out)?;
        made.sort_by_key(|page| page.file_name().is_none_or(|name| name != "contract.html"));
        Ok(made)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.jcm);
        command.current_dir(self.root).args(arguments);
        command
    }

    /// A difference that was found, or an expectation that so few runs do not meet, is no failure to make the page.
    fn run(&self, arguments: &[&str]) -> Result<(), String> {
        let done = program::quietly(&mut self.command(arguments), LIMIT);
        if arguments.first() == Some(&"diff") { Ok(()) } else { done }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "xtask is a command line of its own and keeps what was printed"
    )]
    fn print(&self, arguments: &[&str], file: &Path) -> Result<(), String> {
        let output = self.command(arguments).output().map_err(|e| format!("{arguments:?}: {e}"))?;
        if output.stdout.is_empty() {
            return Err(format!("{arguments:?} prints nothing: {}", String::from_utf8_lossy(&output.stderr)));
        }
        fs::write(file, output.stdout).map_err(|e| format!("{}: {e}", file.display()))
    }
}

/// The pages of a folder, in order.
fn html_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut pages: Vec<PathBuf> = entries.map_err(failed)?.iter().map(fs::DirEntry::path).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    Ok(pages)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
