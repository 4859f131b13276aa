//! The only reader of files, which reads each whole; what writes them is `exchange`.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

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

/// The first bytes of a file, at most so many: enough to see what it is.
pub(crate) fn read_beginning(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::of_path(path, in_words(&error));
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
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

/// What the operating system says, in words.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission is missing to read or write this".to_owned(),
        ErrorKind::AlreadyExists => "a file of this name stands in the way".to_owned(),
        ErrorKind::NotADirectory => "part of this path is a file, not a folder".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, and a file is needed here".to_owned(),
        ErrorKind::StorageFull => "there is no space left on this disk".to_owned(),
        ErrorKind::QuotaExceeded => {
            "nothing more may be written to this disk: its quota is used up".to_owned()
        }
        ErrorKind::FileTooLarge => {
            "a file may not be as large as this on this disk, or for this user".to_owned()
        }
        ErrorKind::ReadOnlyFilesystem => "this disk can only be read".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

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
