//! Writing the files of a folder whole or not at all, also when the process is killed on the way.
//!
//! New files are made in the hidden folder `.jcm-writing` of the folder that they are for. When all of them are there,
//! a mark says so, and they are moved to their places. The next run that writes into the folder finishes what has the
//! mark, and throws away what has not.

use crate::failure::Failure;
use crate::files::in_words;
use crate::project::folder_of;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write as _};
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

/// Files for one folder.
pub(crate) struct Batch<'a> {
    /// The folder; it is made if there is none.
    pub(crate) folder: PathBuf,
    /// Each by its name in the folder, and the whole of it.
    pub(crate) files: Vec<NewFile<'a>>,
    /// Asked about each file that is already there.
    pub(crate) may_replace: &'a dyn Fn(&Path) -> Result<(), Failure>,
}

/// The name in its folder, and the whole of it.
type NewFile<'a> = (OsString, Content<'a>);

/// The whole of a file.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    /// As it is.
    Bytes(&'a [u8]),
    /// Told piece by piece while it is written, so that nobody holds all of it.
    Told(&'a Telling),
}

/// Tells a text piece by piece.
pub(crate) type Telling = dyn Fn(&mut dyn FnMut(&str));

impl Content<'_> {
    fn write(self, file: &mut File) -> io::Result<()> {
        let tell = match self {
            Content::Bytes(bytes) => return file.write_all(bytes),
            Content::Told(tell) => tell,
        };
        let mut buffer = BufWriter::new(file);
        let mut written = Ok(());
        tell(&mut |piece| {
            if written.is_ok() {
                written = buffer.write_all(piece.as_bytes());
            }
        });
        written.and_then(|()| buffer.flush())
    }
}

impl<'a> Batch<'a> {
    /// One file; where its path is a link, the file that the link leads to.
    pub(crate) fn of_one(
        path: &Path,
        bytes: &'a [u8],
        may_replace: &'a dyn Fn(&Path) -> Result<(), Failure>,
    ) -> Result<Batch<'a>, Failure> {
        let path = if path.is_symlink() {
            fs::canonicalize(path)
                .map_err(|_| Failure::of_path(path, "this is a link that leads to no file"))?
        } else {
            path.to_owned()
        };
        let name = path.file_name().ok_or_else(|| Failure::of_path(&path, "this is no name of a file"))?;
        Ok(Batch {
            folder: folder_of(&path),
            files: vec![(name.to_owned(), Content::Bytes(bytes))],
            may_replace,
        })
    }
}

/// Writes every file into the folder, or none of them. `may_replace` is asked about each file that is already
/// there.
pub(crate) fn write_all_or_none(
    folder: &Path,
    outputs: &[Output<'_>],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let files =
        outputs.iter().map(|output| (OsString::from(output.name), Content::Bytes(output.bytes))).collect();
    write_batches(&[Batch { folder: folder.to_owned(), files, may_replace: &may_replace }])
}

/// The same of files that may be told piece by piece.
pub(crate) fn write_told_all_or_none(
    folder: &Path,
    files: &[(String, Content<'_>)],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let files = files.iter().map(|(name, content)| (OsString::from(name), *content)).collect();
    write_batches(&[Batch { folder: folder.to_owned(), files, may_replace: &may_replace }])
}

/// Writes one file whole or not at all; where its path is a link, the file that the link leads to.
pub(crate) fn write_one(
    path: &Path,
    bytes: &[u8],
    may_replace: impl Fn(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    write_batches(&[Batch::of_one(path, bytes, &may_replace)?])
}

/// Writes the files of every folder, or none of them; killed on the way, each folder has all of its files or none.
///
/// A folder that is made for files which then cannot be written is taken away again.
pub(crate) fn write_batches(batches: &[Batch<'_>]) -> Result<(), Failure> {
    let mut made: Vec<&Path> = Vec::new();
    let written = batches
        .iter()
        .try_for_each(|batch| make(&batch.folder, &mut made))
        .and_then(|()| write_together(batches));
    if written.is_err() {
        // Only an empty folder goes; what others put there meanwhile stays.
        made.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        for folder in made {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

/// Makes a folder, and remembers which of its parents were not there.
fn make<'a>(folder: &'a Path, made: &mut Vec<&'a Path>) -> Result<(), Failure> {
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    if let Some(link) = folder.ancestors().take_while(missing).find(|folder| folder.is_symlink()) {
        return Err(Failure::of_path(link, "this is a link that leads to no folder"));
    }
    made.extend(folder.ancestors().take_while(missing));
    fs::create_dir_all(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))
}

/// All that goes into one folder: as it was named, and its files with who is asked about each.
type Room<'a> = (&'a Path, Vec<(&'a NewFile<'a>, &'a dyn Fn(&Path) -> Result<(), Failure>)>);

/// Everything is made beside its place before anything is put in its place.
fn write_together(batches: &[Batch<'_>]) -> Result<(), Failure> {
    // By what each folder really is, and in one order: two runs at once never wait for each other.
    let mut rooms: BTreeMap<PathBuf, Room<'_>> = BTreeMap::new();
    for batch in batches {
        let known = fs::canonicalize(&batch.folder).unwrap_or_else(|_| batch.folder.clone());
        let (named, files) = rooms.entry(known).or_insert_with(|| (&batch.folder, Vec::new()));
        for file in &batch.files {
            if files.iter().any(|(other, _)| other.0 == file.0) {
                return Err(Failure::of_path(&named.join(&file.0), "two outputs have this name"));
            }
            files.push((file, batch.may_replace));
        }
    }
    let ready = rooms.values().map(prepare).collect::<Result<Vec<_>, _>>()?;
    for (at, room) in ready.iter().enumerate() {
        if let Err(failure) = room.exchange.commit(&room.names) {
            for before in ready.iter().take(at).rev() {
                before.exchange.take_back(&before.names);
            }
            return Err(failure);
        }
    }
    Ok(())
}

/// Files that are whole and not yet in their places. The staging folder goes before the lock does.
struct Ready<'a> {
    exchange: Exchange<'a>,
    names: Vec<&'a OsStr>,
    _lock: Lock,
}

/// Two runs at once write into a folder one after the other.
fn prepare<'a>((folder, files): &Room<'a>) -> Result<Ready<'a>, Failure> {
    let folder = *folder;
    let lock = lock(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    finish_interrupted(folder).map_err(|error| {
        let reason = format!("what an interrupted run left cannot be put in its place: {}", in_words(&error));
        Failure::of_path(&folder.join(STAGING), format!("{reason}; remove this folder to give it up"))
    })?;
    for ((name, _), may_replace) in files {
        may_be_written(&folder.join(name), may_replace)?;
    }
    let exchange = Exchange::begin(folder).map_err(|error| match error.kind() {
        // The folder is there: what is missing is a disk behind it.
        ErrorKind::NotFound => Failure::of_path(folder, "nothing can be written into this folder"),
        _ => Failure::of_path(folder, in_words(&error)),
    })?;
    for ((name, content), _) in files {
        exchange
            .prepare(name, *content)
            .map_err(|error| Failure::of_path(&folder.join(name), in_words(&error)))?;
    }
    let names = files.iter().map(|((name, _), _)| name.as_os_str()).collect();
    Ok(Ready { exchange, names, _lock: lock })
}

/// The folder itself is locked, so that no file of a lock is left behind, whatever happens to the process.
#[cfg(unix)]
type Lock = File;

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
type Lock = LockFile;

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
fn may_be_written(place: &Path, may_replace: &dyn Fn(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let reason = match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::of_path(place, in_words(&error))),
        Ok(old) if old.is_dir() => "a folder of this name stands in the way",
        Ok(old) if old.is_symlink() => {
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

    fn prepare(&self, name: &OsStr, content: Content<'_>) -> io::Result<()> {
        let mut file = File::create(self.staging.join(NEW).join(name))?;
        content.write(&mut file)?;
        if let Ok(old) = fs::metadata(self.folder.join(name)) {
            // A disk that keeps no permissions does no harm.
            let _ = file.set_permissions(old.permissions());
        }
        file.sync_all()
    }

    fn commit(&self, names: &[&OsStr]) -> Result<(), Failure> {
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
