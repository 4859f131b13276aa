//! An example with given words in the place of its own, and all that the command line makes of it.

use crate::Outputs;
use libtest_mimic::Failed;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Kinds and fields whose words in quotation marks are for people and are read by no other part of the contract.
const FOR_PEOPLE: [&str; 32] = [
    "contract",
    "partner",
    "board",
    "population",
    "outcome",
    "measure",
    "pool",
    "service",
    "payment",
    "open_term",
    "knob",
    "scale",
    "score",
    "incentive",
    "input",
    "line",
    "example",
    "dataset",
    "locality",
    "definition",
    "clause",
    "ladder",
    "obligation",
    "statement:",
    "numerator:",
    "denominator:",
    "exclusions:",
    "description:",
    "overspend:",
    "underspend:",
    "source:",
    "simulation",
];

/// How often an output writes all the words: enough for each to be there, few enough to be quick.
const RUNS: &str = "60";

/// Everything that the command line makes of the example with `text` in its contract and `in_data` in its data.
pub(crate) fn outputs(text: &str, in_data: &str) -> Result<Outputs, Failed> {
    let folder = tempfile::tempdir()?;
    let bench = Bench { folder: folder.path().to_owned() };
    bench.write("contract.jcm", &contract(text)?)?;
    bench.write("other.jcm", &contract(text)?.replace("= 50%, from 30%", "= 45%, from 30%"))?;
    bench.write("data.csv", &data(in_data)?)?;
    bench.write("awards.csv", &awards(in_data))?;
    bench.write("places.csv", &places(in_data))?;
    bench.run(&["build", "contract.jcm", "--out", "made"])?;
    bench.run(&["build", "contract.jcm", "--for", "icb", "--out", "made"])?;
    bench.run(&["build", "contract.jcm", "--plain", "--out", "made"])?;
    let settle = ["settle", "contract.jcm", "--data", "data.csv", "--period", "2027/28"];
    let written = ["--overrides", "awards.csv", "--out", "made/settled.csv", "--statement", "statements"];
    bench.run(&[&settle[..], &written[..]].concat())?;
    bench.simulated(in_data)?;
    for redline in ["made/redline.docx", "made/redline.html"] {
        bench.run(&["diff", "contract.jcm", "other.jcm", "--out", redline])?;
    }
    let mut outputs = bench.files()?;
    bench.printed(&mut outputs)?;
    Ok(outputs)
}

/// The example with other words for people. Numbers are the same, and so are all names.
fn contract(text: &str) -> Result<String, Failed> {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    let mut out = String::new();
    let mut place = 0;
    for line in read("examples/stour-valley/contract.jcm")?.lines() {
        let is_for_people = line.split_whitespace().next().is_some_and(|word| FOR_PEOPLE.contains(&word));
        let parts: Vec<&str> = line.splitn(3, '"').collect();
        match parts.as_slice() {
            [before, _, after] if is_for_people => {
                place += 1;
                out.push_str(&format!("{before}\"{text} {place}\"{after}\n"));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    if place < 60 {
        return Err(format!("only {place} words of the example are for people").into());
    }
    Ok(out)
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The example's data with another name for its case.
fn data(text: &str) -> Result<String, Failed> {
    Ok(read("examples/stour-valley/year-end.csv")?.replace("Stour Valley", &cell(&named(text))))
}

/// A name that ends in a word, so that it is no figure and no blank.
fn named(text: &str) -> String {
    format!("{text} case")
}

/// One figure awarded in the place of the computed one.
fn awards(text: &str) -> String {
    let (case, said) = (cell(&named(text)), cell(text));
    format!(
        "case,line,value,reason,author,date,reference\n{case},gain_share.earned,\"£100,000.00\",{said},{said},2028-06-01,{said}\n"
    )
}

fn places(text: &str) -> String {
    let rows = ["40%", "50%"].iter().enumerate();
    let rows =
        rows.map(|(place, rate)| format!("place_{place},{},{rate}\n", cell(&format!("{text} {place}"))));
    format!("locality,title,sharing_rate\n{}", rows.collect::<String>())
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn read(path: &str) -> Result<String, Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A folder in which commands run.
pub(crate) struct Bench {
    /// Where it is.
    pub(crate) folder: PathBuf,
}

impl Bench {
    #[expect(clippy::disallowed_methods, reason = "a test writes to a folder of its own")]
    pub(crate) fn write(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write(self.folder.join(name), text)
    }

    /// What a command prints; an error where it finds a problem.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Failed> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jcm"));
        let command = command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        let output = command.env_remove("CLICOLOR_FORCE").output()?;
        // A difference that is found is told by the exit code too.
        let differs = arguments.first() == Some(&"diff") && output.stderr.is_empty();
        if output.status.success() || differs {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).chars().take(2000).collect::<String>();
        Err(format!("jcm {}: {said}", arguments.join(" ")).into())
    }

    /// Simulates the example in two places; a name of a place that could end the value in its cell is refused first.
    fn simulated(&self, text: &str) -> Result<(), Failed> {
        let arguments = ["--localities", "places.csv", "--runs", RUNS, "--out", "made/simulated"];
        let arguments = [&["simulate", "contract.jcm"][..], &arguments[..]].concat();
        let ends = |c: char| matches!(c, '"' | '=' | '\u{2028}' | '\u{202E}') || c.is_control();
        if text.contains(ends) {
            let said = self.run(&arguments).err().ok_or("an odd name of a place is taken")?;
            let said = said.message().unwrap_or_default().to_owned();
            if !said.contains("E0743") || self.folder.join("made/simulated").exists() {
                return Err(format!("an odd name of a place is not refused: {said}").into());
            }
            self.write("places.csv", &places("Plain"))?;
        }
        self.run(&arguments).map(|_| ())
    }

    /// What commands print for other programs and for people.
    fn printed(&self, outputs: &mut Outputs) -> Result<(), Failed> {
        let commands = [
            ("money.svg", "graph contract.jcm --what money"),
            ("governance.svg", "graph contract.jcm --what governance"),
            ("waterfall.svg", "graph contract.jcm --what waterfall"),
            ("ladder.svg", "graph contract.jcm --what ladder"),
            ("money.dot", "graph contract.jcm --what money --format dot"),
            ("money.mmd", "graph contract.jcm --what money --format mermaid"),
            ("calendar.csv", "calendar contract.jcm --format csv"),
            ("calendar.json", "calendar contract.jcm --format json"),
            ("calendar.ics", "calendar contract.jcm --format ics"),
            ("assured.json", "assure contract.jcm --format json"),
            ("analysed.html", "analyse contract.jcm --as html"),
            ("analysed.json", "analyse contract.jcm --as json"),
            ("diff.json", "diff contract.jcm other.jcm --format json"),
            ("localities.csv", "localities contract.jcm --csv"),
            ("check.sarif.json", "check contract.jcm --format sarif"),
            ("assured.txt", "assure contract.jcm"),
            ("calendar.txt", "calendar contract.jcm"),
            ("settled.txt", "settle contract.jcm --data data.csv --period 2027/28"),
        ];
        for (name, command) in commands {
            let arguments: Vec<&str> = command.split(' ').collect();
            outputs.insert(format!("printed/{name}"), self.run(&arguments)?);
        }
        Ok(())
    }

    /// Every file that was written, by its path; the name of the case in a path is `CASE`.
    #[expect(clippy::disallowed_methods, reason = "a test reads what it has made")]
    pub(crate) fn files(&self) -> Result<Outputs, Failed> {
        let mut found = Outputs::new();
        for folder in ["made", "made/simulated", "statements"] {
            for entry in fs::read_dir(self.folder.join(folder))? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if !entry.file_type()?.is_file() {
                    continue;
                }
                safe(&name)?;
                let of_a_case =
                    folder == "statements" && !matches!(name.as_str(), "index.html" | "journal.csv");
                let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
                let name = if of_a_case { format!("CASE.{ending}") } else { name };
                let before = found.insert(format!("{folder}/{name}"), fs::read(entry.path())?);
                if before.is_some() {
                    return Err(format!("two files are {folder}/{name}").into());
                }
            }
        }
        let all: Vec<_> = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.file_name()).collect();
        if all.len() != 7 {
            return Err(format!("something is written elsewhere: {all:?}").into());
        }
        Ok(found)
    }
}

/// A name that every file system takes, and that leads nowhere else.
fn safe(name: &str) -> Result<(), Failed> {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let reserved = ["CON", "PRN", "AUX", "NUL", "COM1", "LPT1"].contains(&stem.as_str());
    let odd = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let ends = name.ends_with([' ', '.']) || name.starts_with(['.', '-']);
    if reserved || ends || stem.is_empty() || name.contains(odd) || name.len() > 200 {
        return Err(format!("{name:?} is no safe name of a file").into());
    }
    Ok(())
}
