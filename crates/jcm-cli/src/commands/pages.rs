//! The tables of pages that `doc` and `explain` hold, made from the folders of the reference.

use std::path::{Path, PathBuf};

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of a folder of `tests/reference`, by name, in order.
pub(super) fn of_folder(folder: &str) -> Vec<String> {
    let folder: PathBuf = manifest().join("../../tests/reference").join(folder);
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

/// Holds the table of a command to what it should be, or with `JCM_BLESS` writes it.
pub(super) fn hold(command: &str, expected: &str) {
    let table = manifest().join("src/commands").join(command).join("pages.rs");
    if std::env::var_os("JCM_BLESS").is_some() {
        std::fs::File::create(&table)
            .and_then(|mut file| std::io::Write::write_all(&mut file, expected.as_bytes()))
            .unwrap();
        return;
    }
    let actual = std::io::read_to_string(std::fs::File::open(&table).unwrap()).unwrap();
    assert_eq!(actual, expected, "run JCM_BLESS=1 cargo test -p jcm-cli");
}
