//! Writing the files of a folder whole or not at all, also when the process is killed on the way.
//!
//! New files are made in the hidden folder `.jcm-writing` of the folder that they are for. When all of them are there,
//! a mark says so, and they are moved to their places. The next run that writes into the folder finishes what has the
//! mark, and throws away what has not.

use crate::failure::Failure;
use crate::files::in_words;
use crate::project::folder_of;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const STAGING: &str = ".jcm-writing";
/// In the staging folder: the new files, and the old ones that they replace.
const NEW: &str = "new";
const OLD: &str = "old";
/// In the staging folder: a file that says that every new file is whole.
const MARK: &str = "complete";

/// A file to be written.
pub(crate) struct Output<'a> {
    /// Its name in the folder.
    pub(crate) name: &'a str,
    /// The whole of it.
    pub(crate) bytes: &'a [u8],
}

/// Writes every file into the folder, or none of them. `may_replace` is asked about each file that is already
/// there.
pub(crate) fn write_all_or_none(
    folder: &Path,
    outputs: &[Output<'_>],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let files: Vec<NewFile<'_>> =
        outputs.iter().map(|output| (OsStr::new(output.name), output.bytes)).collect();
    write_into(folder, &files, may_replace)
}

/// Writes one file whole or not at all; where its path is a link, the file that the link leads to.
pub(crate) fn write_one(
    path: &Path,
    bytes: &[u8],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let path = if path.is_symlink() {
        fs::canonicalize(path).map_err(|_| Failure::of_path(path, "this is a link that leads to no file"))?
    } else {
        path.to_owned()
    };
    let name = path.file_name().ok_or_else(|| Failure::of_path(&path, "this is no name of a file"))?;
    write_into(&folder_of(&path), &[(name, bytes)], may_replace)
}

/// The name in its folder, and the whole of it.
type NewFile<'a> = (&'a OsStr, &'a [u8]);

/// A folder that is made for files which then cannot be written is taken away again.
fn write_into(
    folder: &Path,
    files: &[NewFile<'_>],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    let written = fs::create_dir_all(folder)
        .map_err(|error| Failure::of_path(folder, in_words(&error)))
        .and_then(|()| write_alone(folder, files, may_replace));
    if written.is_err() {
        for folder in made {
            // Only an empty folder goes; what others put there meanwhile stays.
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

/// Two runs at once write into a folder one after the other.
fn write_alone(
    folder: &Path,
    files: &[NewFile<'_>],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let _lock = lock(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    finish_interrupted(folder).map_err(|error| {
        let reason = format!("what an interrupted run left cannot be put in its place: {}", in_words(&error));
        Failure::of_path(&folder.join(STAGING), format!("{reason}; remove this folder to give it up"))
    })?;
    for (name, _) in files {
        may_be_written(&folder.join(name), files.len(), &may_replace)?;
    }
    let exchange = Exchange::begin(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    for (name, bytes) in files {
        exchange
            .prepare(name, bytes)
            .map_err(|error| Failure::of_path(&folder.join(name), in_words(&error)))?;
    }
    let names: Vec<&OsStr> = files.iter().map(|(name, _)| *name).collect();
    exchange.commit(&names)
}

/// The folder itself is locked, so that no file of a lock is left behind, whatever happens to the process.
#[cfg(unix)]
fn lock(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    match folder.lock() {
        // Some disks of a network have no locks.
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(folder),
        locked => locked.map(|()| folder),
    }
}

/// Where a folder cannot be opened, a file that goes when it is closed or is written over by the next run.
#[cfg(not(unix))]
fn lock(folder: &Path) -> io::Result<LockFile> {
    let path = folder.join(".jcm-lock");
    let file = File::create(&path)?;
    file.lock()?;
    Ok(LockFile { path, _file: file })
}

#[cfg(not(unix))]
struct LockFile {
    path: PathBuf,
    _file: File,
}

#[cfg(not(unix))]
impl Drop for LockFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Moves the new files of a run that was interrupted to their places if all of them are there, and removes its
/// staging folder.
fn finish_interrupted(folder: &Path) -> io::Result<()> {
    let staging = folder.join(STAGING);
    match fs::symlink_metadata(&staging) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_dir() => return fs::remove_file(&staging),
        Ok(_) => {}
    }
    let new = staging.join(NEW);
    if let Ok(mark) = fs::metadata(staging.join(MARK))
        && new.is_dir()
    {
        let interrupted = mark.modified()?;
        for entry in fs::read_dir(&new)? {
            let entry = entry?;
            let place = folder.join(entry.file_name());
            // What somebody wrote since then counts more than what the run would have written.
            if !is_changed_since(&place, interrupted) {
                fs::rename(entry.path(), place)?;
            }
        }
    }
    fs::remove_dir_all(staging)
}

fn is_changed_since(place: &Path, time: SystemTime) -> bool {
    fs::metadata(place).and_then(|metadata| metadata.modified()).is_ok_and(|modified| modified > time)
}

/// Whether nothing stands in the way at the place, or something that may be replaced.
fn may_be_written(
    place: &Path,
    files: usize,
    may_replace: &impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let reason = match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::of_path(place, in_words(&error))),
        Ok(old) if old.is_dir() => "a folder of this name stands in the way",
        Ok(old) if old.is_symlink() && files > 1 => {
            "a link of this name stands in the way; remove it, or write into another folder"
        }
        Ok(old) if !old.is_file() => "this is no ordinary file, and is not replaced",
        Ok(old) if old.permissions().readonly() => "this file is write-protected",
        Ok(_) => return may_replace(place),
    };
    Err(Failure::of_path(place, reason))
}

/// New files in the staging folder, until all of them are complete. Dropped before that, it leaves everything as it was.
struct Exchange<'a> {
    folder: &'a Path,
    staging: PathBuf,
}

impl<'a> Exchange<'a> {
    fn begin(folder: &'a Path) -> io::Result<Exchange<'a>> {
        let staging = folder.join(STAGING);
        fs::create_dir(&staging)?;
        let exchange = Exchange { folder, staging };
        fs::create_dir(exchange.staging.join(NEW))?;
        fs::create_dir(exchange.staging.join(OLD))?;
        Ok(exchange)
    }

    fn prepare(&self, name: &OsStr, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.staging.join(NEW).join(name))?;
        file.write_all(bytes)?;
        if let Ok(old) = fs::metadata(self.folder.join(name)) {
            // A disk that keeps no permissions does no harm.
            let _ = file.set_permissions(old.permissions());
        }
        file.sync_all()
    }

    fn commit(self, names: &[&OsStr]) -> Result<(), Failure> {
        // One file is exchanged in one step, which needs no mark.
        if names.len() > 1 {
            self.mark().map_err(|error| Failure::of_path(self.folder, in_words(&error)))?;
        }
        for (at, name) in names.iter().enumerate() {
            if let Err(error) = self.put_in_place(name) {
                self.take_back(names.get(..at).unwrap_or_default());
                return Err(Failure::of_path(&self.folder.join(name), in_words(&error)));
            }
        }
        Ok(())
    }

    fn mark(&self) -> io::Result<()> {
        File::create(self.staging.join(MARK))?.sync_all()
    }

    fn put_in_place(&self, name: &OsStr) -> io::Result<()> {
        let (new, old, place) = self.paths(name);
        // A second name for the old file leaves no moment without a file; some disks have no second names.
        match fs::hard_link(&place, &old).or_else(|_| fs::rename(&place, &old)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::rename(&new, &place).inspect_err(|_| {
            let _ = fs::rename(&old, &place);
        })
    }

    /// Each new file goes back before the old one takes its place: killed on the way, the next run can still finish.
    fn take_back(&self, names: &[&OsStr]) {
        for name in names.iter().rev() {
            let (new, old, place) = self.paths(name);
            let _ = fs::rename(&place, &new).and_then(|()| fs::rename(&old, &place));
        }
        let _ = fs::remove_file(self.staging.join(MARK));
    }

    /// Where the new file is made, where the old one is kept, and the place of both.
    fn paths(&self, name: &OsStr) -> (PathBuf, PathBuf, PathBuf) {
        (self.staging.join(NEW).join(name), self.staging.join(OLD).join(name), self.folder.join(name))
    }
}

impl Drop for Exchange<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

#[cfg(test)]
mod tests;
