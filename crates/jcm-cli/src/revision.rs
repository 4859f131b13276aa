//! A project as it is kept in git: the files of one revision, read through the command `git`, which nothing else runs.

use crate::failure::Failure;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The files of one revision below a folder. Paths are as git lists them: from the current folder, without `.` in them.
#[derive(Debug)]
pub(crate) struct Revision {
    /// As it was written: `HEAD~1`, `v2`, `main`.
    name: String,
    files: BTreeSet<PathBuf>,
}

/// `HEAD~1:contract.jcm`: the revision and the path. A file of that very name, and a drive such as `C:`, are paths.
pub(crate) fn parts(argument: &Path) -> Option<(&str, &Path)> {
    let (name, path) = argument.to_str()?.split_once(':')?;
    let is_drive = name.len() == 1 && name.chars().all(|letter| letter.is_ascii_alphabetic());
    if name.is_empty() || is_drive || argument.exists() {
        return None;
    }
    Some((name, if path.is_empty() { Path::new(".") } else { Path::new(path) }))
}

impl Revision {
    /// The revision of a name, with the files of a folder.
    pub(crate) fn open(name: &str, folder: &Path) -> Result<Revision, Failure> {
        git(&["rev-parse", "--is-inside-work-tree"])?.map_err(|reason| {
            let not_kept = reason.contains("not a git repository");
            let reason = if not_kept { "this folder is not kept in git".to_owned() } else { reason };
            Failure::World(format!("`{name}` is to be read from git: {reason}"))
        })?;
        let commit = format!("{name}^{{commit}}");
        git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.map_err(|_| {
            Failure::World(format!("git knows no revision `{name}`; `git log --oneline` lists them"))
        })?;
        let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", name];
        let below = folder.to_string_lossy().into_owned();
        if !below.is_empty() {
            arguments.extend(["--", below.as_str()]);
        }
        let listed = git(&arguments)?.map_err(|reason| Failure::World(format!("git: {reason}")))?;
        let names = String::from_utf8_lossy(&listed).into_owned();
        let files = names.split('\0').filter(|file| !file.is_empty()).map(PathBuf::from).collect();
        Ok(Revision { name: name.to_owned(), files })
    }

    /// Whether a path is a folder with something in it.
    pub(crate) fn is_folder(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file != path && file.starts_with(path))
    }

    /// Whether a path is a file.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.files.contains(path)
    }

    /// Every file of a folder and its subfolders, in order.
    pub(crate) fn files(&self, folder: &Path) -> Vec<PathBuf> {
        self.files.iter().filter(|file| file.starts_with(folder)).cloned().collect()
    }

    /// The content of a file.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let object = format!("{}:./{}", self.name, path.display());
        git(&["cat-file", "blob", &object])?.map_err(|_| {
            Failure::World(format!("{}: there is no such file in this revision", self.shown(path)))
        })
    }

    /// A path as messages show it: `HEAD~1:contract.jcm`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        format!("{}:{}", self.name, path.display())
    }
}

/// A path without `.` in it, as git lists files.
pub(crate) fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// What git prints, or what it says is wrong.
fn git(arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Failure> {
    match Command::new("git").env("LC_ALL", "C").args(arguments).output() {
        Ok(output) if output.status.success() => Ok(Ok(output.stdout)),
        Ok(output) => Ok(Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::World(
            "a revision is read through git, and there is no git on this computer".to_owned(),
        )),
        Err(error) => Err(Failure::World(format!("git: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_and_a_path_are_told_from_a_path() {
        let told = |argument: &'static str| parts(Path::new(argument));
        assert_eq!(told("HEAD~1:contract.jcm"), Some(("HEAD~1", Path::new("contract.jcm"))));
        assert_eq!(told("origin/main:"), Some(("origin/main", Path::new("."))));
        assert_eq!(told("C:/contracts/vale.jcm"), None);
        assert_eq!(told("contract.jcm"), None);
        assert_eq!(told(":contract.jcm"), None);
    }

    #[test]
    fn paths_are_those_that_git_lists() {
        assert_eq!(plain(Path::new("./north/./a.jcm")), Path::new("north/a.jcm"));
        assert_eq!(plain(Path::new(".")), Path::new(""));
    }
}
