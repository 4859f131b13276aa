//! The only reader and writer of files. Everything is read whole, and written whole or not at all.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The largest file that is read. Nothing that people write comes near it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The whole content of a file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::of_path(path, in_words(&error));
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(Failure::of_path(path, "this is a folder, and a file is needed here"));
    }
    let file = File::open(path).map_err(failed)?;
    bytes_of(path, file)
}

/// All that comes in before the end of the input; `path` is what messages call it.
pub(crate) fn read_input(path: &Path) -> Result<String, Failure> {
    text_of(path, bytes_of(path, io::stdin().lock())?)
}

/// The size may change while a file is read, and a pipe has none: so the limit is held while reading.
fn bytes_of(path: &Path, source: impl io::Read) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::of_path(path, in_words(&error));
    let mut bytes = Vec::new();
    let read = source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > LARGEST {
        return Err(Failure::of_path(path, "this file is larger than 64 MB, which is more than jcm reads"));
    }
    Ok(bytes)
}

/// The whole text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    text_of(path, read_bytes(path)?)
}

/// The text that bytes are, whose file is called `path`.
pub(crate) fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let reason = match bytes {
            [b'P', b'K', 3, 4, ..] => "this is a Word document, a workbook or an archive, not a text".to_owned(),
            [b'%', b'P', b'D', b'F', ..] => "this is a PDF, not a text".to_owned(),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "this file is in UTF-16; save it as UTF-8".to_owned(),
            _ => {
                let before = bytes.get(..error.utf8_error().valid_up_to()).unwrap_or(bytes);
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                format!("this file is not UTF-8 text: line {line} holds a character in another encoding; save it as UTF-8")
            }
        };
        Failure::of_path(path, reason)
    })
}

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
    fs::create_dir_all(folder).map_err(|error| Failure::of_path(folder, in_words(&error)))?;
    for output in outputs {
        let path = folder.join(output.name);
        match fs::metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::of_path(&path, in_words(&error))),
            Ok(old) if old.is_dir() => {
                return Err(Failure::of_path(&path, "a folder of this name stands in the way"));
            }
            Ok(_) => may_replace(&path)?,
        }
    }
    let mut exchange = Exchange::default();
    for output in outputs {
        exchange.prepare(folder.join(output.name), output.bytes)?;
    }
    exchange.commit()
}

/// New files beside the old ones, until all of them are complete. Dropped before that, it leaves everything as it was.
#[derive(Default)]
struct Exchange {
    /// `(new file under a temporary name, its place)`, not yet in place.
    prepared: Vec<(PathBuf, PathBuf)>,
    /// `(place, old file under a temporary name, if there was one)`, already exchanged.
    exchanged: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Exchange {
    fn prepare(&mut self, place: PathBuf, bytes: &[u8]) -> Result<(), Failure> {
        let temporary = beside(&place, "new");
        self.prepared.push((temporary.clone(), place.clone()));
        let written = File::create(&temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| Failure::of_path(&place, in_words(&error)))
    }

    fn commit(mut self) -> Result<(), Failure> {
        for (temporary, place) in std::mem::take(&mut self.prepared) {
            if let Err(error) = self.put_in_place(&temporary, &place) {
                let _ = fs::remove_file(&temporary);
                return Err(Failure::of_path(&place, in_words(&error)));
            }
        }
        for (_, old) in std::mem::take(&mut self.exchanged) {
            // An old file that cannot be removed under its temporary name does no harm to the new ones.
            let _ = old.map(fs::remove_file);
        }
        Ok(())
    }

    fn put_in_place(&mut self, temporary: &Path, place: &Path) -> io::Result<()> {
        let old = beside(place, "old");
        let old = match fs::rename(place, &old) {
            Ok(()) => Some(old),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        self.exchanged.push((place.to_owned(), old));
        fs::rename(temporary, place)
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        for (temporary, _) in &self.prepared {
            let _ = fs::remove_file(temporary);
        }
        for (place, old) in self.exchanged.iter().rev() {
            let _ = match old {
                Some(old) => fs::rename(old, place),
                None => fs::remove_file(place),
            };
        }
    }
}

/// A temporary name in the same folder, so that the exchange is a rename and never a copy.
fn beside(place: &Path, what: &str) -> PathBuf {
    let name = place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    place.with_file_name(format!(".{name}.jcm-{what}-{}", std::process::id()))
}

/// What the operating system says, in words.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission is missing to read or write this".to_owned(),
        ErrorKind::AlreadyExists => "a file of this name stands in the way".to_owned(),
        ErrorKind::NotADirectory => "part of this path is a file, not a folder".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, and a file is needed here".to_owned(),
        ErrorKind::StorageFull => "there is no space left on this disk".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "this disk can only be read".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
        let outputs: Vec<Output<'_>> =
            files.iter().map(|(name, text)| Output { name, bytes: text.as_bytes() }).collect();
        write_all_or_none(folder, &outputs, |_| Ok(()))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_replaced_and_nothing_else_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a", "1"), ("b", "1")]).unwrap();
        write(folder.path(), &[("a", "2"), ("b", "2")]).unwrap();
        assert_eq!(names(folder.path()), ["a", "b"]);
        assert_eq!(read_text(&folder.path().join("b")).unwrap(), "2");
    }

    #[test]
    fn if_one_file_cannot_be_written_the_others_stay_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a", "1")]).unwrap();
        assert!(write(folder.path(), &[("a", "2"), ("b", "2"), ("no/such/folder", "2")]).is_err());
        assert_eq!(names(folder.path()), ["a"]);
        assert_eq!(read_text(&folder.path().join("a")).unwrap(), "1");
    }

    #[test]
    fn an_exchange_that_fails_half_way_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        write(folder.path(), &[("a", "1")]).unwrap();
        let mut exchange = Exchange::default();
        exchange.prepare(a.clone(), b"2").unwrap();
        exchange.prepare(b.clone(), b"2").unwrap();
        fs::remove_file(beside(&b, "new")).unwrap();
        assert!(exchange.commit().is_err());
        assert_eq!(names(folder.path()), ["a"]);
        assert_eq!(read_text(&a).unwrap(), "1");
    }

    #[test]
    fn a_file_that_is_no_text_says_which_encoding_and_which_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let refused = |bytes: &[u8]| {
            File::create(&path).unwrap().write_all(bytes).unwrap();
            read_text(&path).unwrap_err().message().unwrap().to_owned()
        };
        assert!(refused(b"\xff\xfej\0").contains("UTF-16"));
        assert!(refused(b"ok\n\xa35\n").contains("line 2"));
        assert!(refused(b"PK\x03\x04\xff").contains("Word document"));
        assert!(refused(b"%PDF-1.7\n\xff").contains("PDF"));
        assert!(read_text(folder.path()).unwrap_err().message().unwrap().contains("folder"));
        assert!(read_text(&folder.path().join("y")).unwrap_err().message().unwrap().contains("no such file"));
    }
}
