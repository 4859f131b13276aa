//! What is made from the grammar: the kinds and words of `jcm-syntax`, the editor's grammar, the reference.

mod editor;
mod reference;
mod tables;
mod words;

use crate::grammar::Grammar;
use std::path::Path;

/// Whether to write the files or to compare them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what differs.
    Write,
    /// Fail where a file differs.
    Check,
}

/// Makes every generated file from `grammar/jcm.pest` under `root`.
pub(crate) fn run(root: &Path, mode: Mode) -> Result<String, String> {
    let grammar = Grammar::read(&read(&root.join("grammar/jcm.pest"))?)?;
    let files = [
        ("crates/jcm-syntax/src/generated.rs", tables::rust(&grammar)),
        ("editors/vscode/syntaxes/jcm.tmLanguage.json", editor::textmate(&grammar)?),
        ("editors/tree-sitter-jcm/words.json", words::json(&grammar)?),
        ("editors/tree-sitter-jcm/queries/highlights.scm", words::highlights(&grammar)),
        ("tests/reference/grammar.md", reference::markdown(&grammar)),
    ];
    let mut changed = Vec::new();
    for (path, text) in files {
        let file = root.join(path);
        if read(&file).is_ok_and(|old| old == text) {
            continue;
        }
        changed.push(path);
        if mode == Mode::Write {
            write(&file, &text)?;
        }
    }
    match (mode, changed.is_empty()) {
        (_, true) => Ok("codegen: every file is up to date".to_owned()),
        (Mode::Write, false) => Ok(format!("codegen: wrote {}", changed.join(", "))),
        (Mode::Check, false) => Err(format!(
            "codegen: {} differ from grammar/jcm.pest; run `cargo run -p xtask -- codegen`",
            changed.join(", ")
        )),
    }
}

#[expect(clippy::disallowed_methods, reason = "xtask is a command line of its own and reads the grammar")]
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "generated sources are under version control, so a torn one is seen"
)]
fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().ok_or_else(|| format!("{}: no folder", path.display()))?;
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_from_the_grammar_is_up_to_date() {
        assert_eq!(run(&crate::root(), Mode::Check), Ok("codegen: every file is up to date".to_owned()));
    }
}
