//! Other programs: found, run and waited for, but not for ever.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const TICK: Duration = Duration::from_millis(50);
/// No package takes longer to install.
const INSTALLING: Duration = Duration::from_secs(10 * 60);

/// Prints a line for people.
pub(crate) fn say(line: &str) {
    // A closed terminal is no reason to report an outcome differently.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The cargo that runs this, in a folder.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).args(arguments);
    command
}

/// Runs a program to its end, which must come within `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<(), String> {
    let name = words(command);
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|e| format!("{name}: {e}"))?;
    loop {
        match child.try_wait().map_err(|e| format!("{name}: {e}"))? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("{name}: {status}")),
            None if started.elapsed() > limit => {
                child.kill().and_then(|()| child.wait()).map_err(|e| format!("{name}: {e}"))?;
                return Err(format!("{name}: stopped, it took longer than {} minutes", limit.as_secs() / 60));
            }
            None => std::thread::sleep(TICK),
        }
    }
}

/// The same, and what it writes is shown to nobody unless it fails.
pub(crate) fn quietly(command: &mut Command, limit: Duration) -> Result<(), String> {
    run(command.stdout(Stdio::null()), limit)
}

/// Runs a program to its end and gives what it writes.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let name = words(command);
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{name}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{name}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{name}: {e}"))
}

/// Where a program of one of these names is, by `PATH`.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    find_in(&folders_of_path(), names)
}

/// The same in some folders.
pub(crate) fn find_in(folders: &[PathBuf], names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// The folders in which programs are looked for.
pub(crate) fn folders_of_path() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// Where cargo puts what it makes.
pub(crate) fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into)
}

/// The name of this machine's kind, as the Rust compiler says it.
pub(crate) fn host(root: &Path) -> Result<String, String> {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let said = output(rustc.current_dir(root).arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what this machine is".to_owned())
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

/// A program, installed from the Debian package if it is missing and this system has such packages.
pub(crate) fn find_or_install(names: &[&str], package: &str) -> Result<PathBuf, String> {
    if let Some(found) = find(names) {
        return Ok(found);
    }
    install(package)?;
    find(names).ok_or(format!("{package} is not installed"))
}

/// Installs a package of the system.
pub(crate) fn install(package: &str) -> Result<(), String> {
    let missing = format!("{package} is not installed");
    let apt = find(&["apt-get"]).ok_or_else(|| format!("{missing}, and there is no apt-get"))?;
    say(&format!("{missing}: installing it with apt-get"));
    for arguments in [&["update", "-qq"][..], &["install", "-y", "-qq", "--no-install-recommends", package]] {
        let mut command = Command::new(&apt);
        // Another installation may be under way on a machine that has just been started.
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-o", "DPkg::Lock::Timeout=300"])
            .args(arguments);
        run(&mut command, INSTALLING).map_err(|e| format!("{missing}, and {e}"))?;
    }
    Ok(())
}

/// Whether nobody is there to read what was left out.
pub(crate) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_or_does_not_end_is_an_error_that_names_it() {
        let soon = Duration::from_millis(200);
        assert_eq!(run(&mut Command::new("true"), soon), Ok(()));
        assert_eq!(run(&mut Command::new("false"), soon), Err("false: exit status: 1".to_owned()));
        let endless = run(Command::new("sleep").arg("60"), soon);
        assert_eq!(endless, Err("sleep 60: stopped, it took longer than 0 minutes".to_owned()));
    }

    #[test]
    fn programs_are_found_by_the_first_name_that_is_there() {
        let shell = find(&["no-such-program", "sh"]).unwrap();
        assert!(shell.ends_with("sh"));
        assert_eq!(find(&["no-such-program"]), None);
    }
}
