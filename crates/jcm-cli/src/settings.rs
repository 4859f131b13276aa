//! The `jcm.toml` of a contract: beside it, or in a folder above it up to the root of its repository.

use crate::failure::Failure;
use crate::files::read_text;
use crate::project::shown;
use crate::report::Report;
use jcm::{Levels, SourceFile, Sources};
use jcm_quantity::Currency;
use std::path::Path;

const NAME: &str = "jcm.toml";

/// What marks the root of a repository.
const ROOT: &str = ".git";

/// A `jcm.toml` that was found.
pub(crate) struct Settings {
    file: SourceFile,
}

impl Settings {
    /// The nearest `jcm.toml`. Outside of a repository only the folder of the contract counts, so that a file left
    /// anywhere above it changes nothing.
    pub(crate) fn above(main: &Path) -> Result<Option<Settings>, Failure> {
        let folder = main.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let own = folder.join(NAME);
        if own.is_file() {
            return Self::read(&own).map(Some);
        }
        let Ok(whole) = std::path::absolute(folder) else { return Ok(None) };
        let Some(root) = whole.ancestors().find(|folder| folder.join(ROOT).exists()) else { return Ok(None) };
        let between = whole.ancestors().take_while(|folder| folder.starts_with(root));
        let found = between.map(|folder| folder.join(NAME)).find(|path| path.is_file());
        found.map(|path| Self::read(&path)).transpose()
    }

    fn read(path: &Path) -> Result<Settings, Failure> {
        Ok(Settings { file: SourceFile::new(shown(path), read_text(path)?) })
    }

    /// The levels that it sets, and what is wrong with it.
    pub(crate) fn levels(self, currency: &Currency) -> (Levels, Report) {
        let mut sources = Sources::new();
        let id = sources.add(self.file.clone());
        let (levels, problems) = jcm::read_settings(id, &self.file, currency);
        (levels, Report::new(sources, problems))
    }
}
