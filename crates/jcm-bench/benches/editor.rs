//! How long an analyst waits for the language server, told over the protocol by the real command: from a key to the
//! problems, from a question to what can be written there, and from the start to the first problems; and what it holds in
//! memory.
//!
//! The figures are those that 50 and 95 of 100 waits do not pass; a run that misses a limit fails. As others use the
//! machine too, the load is told, and how long a key kept the processor. The number of keys, a command that has been
//! built already, and a word of the names of the sessions that are wanted may be given as arguments.

#![expect(clippy::disallowed_methods, reason = "the bench writes the contracts that the server reads")]

use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

type Failure = Box<dyn Error>;

/// How many keys are pressed in the contract of 2,000 lines, if nothing else is asked for.
const KEYS: usize = 1_000;
/// What no answer takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is held to a limit.
struct Limits {
    key: Duration,
    completion: Duration,
    start: Duration,
    kibibytes: u64,
}

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<bool, Failure> {
    let keys = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(KEYS);
    let given = std::env::args().skip(1).map(PathBuf::from).find(|argument| argument.is_file());
    let jcm = given.map_or_else(built_command, Ok)?;
    let folder = std::env::temp_dir().join(format!("jcm-bench-editor-{}", std::process::id()));
    let limit = Duration::from_millis;
    let tight = Limits { key: limit(10), completion: limit(10), start: limit(300), kibibytes: 200 * 1024 };
    let wide = Limits { key: limit(50), completion: limit(50), start: limit(300), kibibytes: 200 * 1024 };

    let long = folder.join("long");
    write(&long.join("contract.jcm"), &with_library(&jcm_bench::contract(2_000)))?;
    let many = folder.join("many");
    for contract in 0..25 {
        for (name, text) in jcm_bench::contract_of_files(8, 250) {
            write(&many.join(format!("contract_{contract}")).join(name), &text)?;
        }
    }
    let one = folder.join("one");
    for (name, text) in jcm_bench::contract_of_files(200, 250) {
        write(&one.join(name), &text)?;
    }
    let few = keys.div_ceil(10);
    let runs = [
        ("2,000 lines and the whole library", &long, long.join("contract.jcm"), keys, &tight),
        ("200 files, 25 contracts", &many, many.join("contract_12").join("part_3.jcm"), keys, &wide),
        ("200 files, 1 contract", &one, one.join("part_77.jcm"), few, &wide),
    ];
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_name = |word: &&String| runs.iter().any(|run| run.0.contains(word.as_str()));
    let wanted: Vec<&String> = words.iter().filter(is_name).collect();
    let mut met = Vec::new();
    for (what, root, file, keys, limits) in &runs {
        if wanted.is_empty() || wanted.iter().any(|word| what.contains(word.as_str())) {
            met.push(session(&jcm, what, root, file, *keys, limits));
        }
    }
    std::fs::remove_dir_all(&folder)?;
    met.into_iter().try_fold(true, |all, met| Ok(met? && all))
}

/// Names every module of the library in a contract.
fn with_library(text: &str) -> String {
    let modules = jcm::library();
    let uses: String = modules
        .iter()
        .filter(|module| module.path != "std.prelude")
        .map(|module| format!("use {}\n", module.path))
        .collect();
    text.replacen("jcm 1\n", &format!("jcm 1\n\n{uses}"), 1)
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    std::fs::create_dir_all(file.parent().ok_or("the file lies in no folder")?)?;
    Ok(std::fs::write(file, text)?)
}

/// One session: opens a file, changes and mends it key by key, asks what can be written, and prints what it took.
fn session(
    jcm: &Path,
    what: &str,
    folder: &Path,
    file: &Path,
    keys: usize,
    limits: &Limits,
) -> Result<bool, Failure> {
    let text = std::fs::read_to_string(file)?;
    let started = Instant::now();
    let mut server = Server::start(jcm, folder)?;
    let uri = format!("file://{}", file.display());
    server.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "jcm", "version": 0, "text": text}}),
    )?;
    server.problems(&uri, 0)?;
    let start = started.elapsed();
    let (mut waits, mut questions) = (Vec::new(), Vec::new());
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let busy = server.busy();
    for key in 1..=keys {
        let Some((line, column, old, new)) = next_key(&lines, key) else { continue };
        let range = json!({"start": {"line": line, "character": column}, "end": {"line": line, "character": column + old}});
        let change = json!({"range": range, "text": new});
        if let Some(changed) = lines.get_mut(line) {
            changed.replace_range(column..column + old, new);
        }
        let asked = Instant::now();
        server.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": key}, "contentChanges": [change]}),
        )?;
        server.problems(&uri, i64::try_from(key)?)?;
        waits.push(asked.elapsed());
        if key.is_multiple_of(5) {
            let asked = Instant::now();
            let at = json!({"line": line, "character": column});
            server.ask("textDocument/completion", json!({"textDocument": {"uri": uri}, "position": at}))?;
            questions.push(asked.elapsed());
        }
        // As a person types, so that examples are worked out between keys.
        thread::sleep(Duration::from_millis(15));
    }
    let memory = server.kibibytes();
    let busy = server.busy().zip(busy).map(|(after, before)| (after.0 - before.0, after.1 - before.1));
    server.end()?;
    let count = std::cmp::max(lines.len(), 1);
    say(&format!("{what}: a file of {count} lines, {} keys{}", waits.len(), load()));
    if let (Some((desk, all)), Ok(keys)) = (busy, u32::try_from(waits.len())) {
        let of = |time: Duration| tenths(time / keys.max(1));
        say(&format!(
            "  of the processor for a key: {} ms before the problems are told, {} ms with what follows",
            of(desk),
            of(all)
        ));
    }
    let met = [
        told("from a key to the problems", waits, limits.key),
        told("what can be written there", questions, limits.completion),
        told("from the start to the first problems", vec![start], limits.start),
    ];
    let fits = memory.is_none_or(|memory| memory <= limits.kibibytes);
    let mebibytes = memory.map_or("unknown".to_owned(), |memory| format!("{} MiB", memory / 1024));
    say(&format!("  memory: {mebibytes}, at most {} MiB: {}", limits.kibibytes / 1024, verdict(fits)));
    Ok(met.into_iter().all(|met| met) && fits)
}

/// What is typed next: place, how many letters it replaces, and by what. Every fourth key is a letter, which a later one
/// takes back; the others change a digit of a figure.
fn next_key(lines: &[String], key: usize) -> Option<(usize, usize, usize, &'static str)> {
    if key.is_multiple_of(4) {
        let typed = lines.iter().position(|line| line.contains("Hospiqtals") || line.contains("saviqng"));
        if let Some(line) = typed {
            let text = lines.get(line)?;
            return Some((line, text.find("iq")? + 1, 1, ""));
        }
        let line = (key * 7919) % lines.len();
        let near = (line..lines.len()).chain(0..line);
        let line =
            near.into_iter().find(|line| lines.get(*line).is_some_and(|text| text.contains("= saving")))?;
        return Some((line, lines.get(line)?.find("= saving")? + "= savi".len(), 0, "q"));
    }
    let from = (key * 104_729) % lines.len();
    let is_target =
        |line: &usize| lines.get(*line).is_some_and(|text| text.contains("target:") && text.is_ascii());
    let line = (from..lines.len()).chain(0..from).find(is_target)?;
    let column = lines.get(line)?.find(|letter: char| letter.is_ascii_digit())? + 1;
    Some((line, column, 1, if key.is_multiple_of(2) { "3" } else { "4" }))
}

/// Prints what half and nearly all of the waits do not pass, and says whether the limit is met.
fn told(what: &str, mut times: Vec<Duration>, limit: Duration) -> bool {
    times.sort();
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    let (half, most) = (at(50).copied().unwrap_or_default(), at(95).copied().unwrap_or_default());
    let met = most <= limit;
    let verdict = verdict(met);
    say(&format!(
        "  {what}: half {} ms, 95 of 100 {} ms, at most {} ms: {verdict}",
        tenths(half),
        tenths(most),
        limit.as_millis()
    ));
    met
}

fn tenths(time: Duration) -> String {
    format!("{}.{}", time.as_micros() / 1_000, time.as_micros() / 100 % 10)
}

/// How many tasks wanted a processor in the last minute, where the system tells it.
fn load() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").ok();
    let load = told.as_deref().and_then(|told| told.split(' ').next());
    let cores = thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    load.map_or_else(String::new, |load| format!(", at a load of {load} on {cores} cores"))
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}

/// The command as an editor runs it.
struct Server {
    process: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    asked: i64,
}

impl Server {
    fn start(jcm: &Path, folder: &Path) -> Result<Self, Failure> {
        let mut process = Command::new(jcm)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let to = process.stdin.take().ok_or("the server takes no messages")?;
        let mut output = BufReader::new(process.stdout.take().ok_or("the server gives no messages")?);
        let (sender, from) = channel();
        thread::spawn(move || {
            while let Some(message) = message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { process, to, from, asked: 0 };
        let root = format!("file://{}", folder.display());
        let snippets = json!({"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}}});
        server.ask(
            "initialize",
            json!({"processId": null, "rootUri": root, "capabilities": snippets,
                   "workspaceFolders": [{"uri": root, "name": "bench"}]}),
        )?;
        server.tell("initialized", json!({}))?;
        Ok(server)
    }

    fn send(&mut self, message: &Value) -> Result<(), Failure> {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.to.flush()?)
    }

    fn tell(&mut self, method: &str, params: Value) -> Result<(), Failure> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        self.asked += 1;
        let asked = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": asked, "method": method, "params": params}))?;
        self.until(|message| message["id"] == asked && message.get("method").is_none())
    }

    /// Waits until the problems of a version have been told.
    fn problems(&mut self, uri: &str, version: i64) -> Result<Value, Failure> {
        self.until(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message.pointer("/params/uri").is_some_and(|told| told == uri)
                && message.pointer("/params/version").is_some_and(|told| *told == version)
        })
    }

    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value, Failure> {
        loop {
            let message = self.from.recv_timeout(PATIENCE)?;
            if let (Some(id), true) = (message.get("id"), message.get("method").is_some()) {
                let answer = json!({"jsonrpc": "2.0", "id": id, "result": null});
                self.send(&answer)?;
            }
            if wanted(&message) {
                return Ok(message);
            }
        }
    }

    /// What the server holds in memory, where the system tells it.
    fn kibibytes(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// How long the thread that reads contracts, and all threads, have kept a processor, where the system tells it.
    fn busy(&self) -> Option<(Duration, Duration)> {
        let (mut desk, mut all) = (Duration::ZERO, Duration::ZERO);
        for task in std::fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()? {
            let folder = task.ok()?.path();
            let told = std::fs::read_to_string(folder.join("schedstat")).ok()?;
            let time = Duration::from_nanos(told.split(' ').next()?.parse().ok()?);
            all += time;
            if std::fs::read_to_string(folder.join("comm")).ok()?.trim() == "jcm-desk" {
                desk += time;
            }
        }
        Some((desk, all))
    }

    fn end(mut self) -> Result<(), Failure> {
        self.ask("shutdown", Value::Null)?;
        self.tell("exit", Value::Null)?;
        self.process.wait()?;
        Ok(())
    }
}

fn message(output: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.to_ascii_lowercase().strip_prefix("content-length:") {
            Some(stated) => length = stated.trim().parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Builds the command as it is released. This bench lies in `release/deps`, the command above it.
fn built_command() -> Result<PathBuf, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--profile", "dist", "--package", "jcm-cli"])
        .status()?;
    let bench = std::env::current_exe()?;
    let made = bench.ancestors().nth(3).ok_or("the bench lies in no folder")?.join("dist");
    if built.success() {
        Ok(made.join(format!("jcm{}", std::env::consts::EXE_SUFFIX)))
    } else {
        Err("the command does not build".into())
    }
}

fn say(line: &str) {
    // A closed terminal is no failure.
    let _ = writeln!(std::io::stdout(), "{line}");
}
