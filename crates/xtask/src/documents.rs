//! The Word documents of the examples in LibreOffice: it makes pages of them, counts the numbers that they say, works
//! out the references, and keeps both when it saves them.
//!
//! LibreOffice is installed by `apt-get` when it is missing. Where that cannot be done the check is left out and says
//! so; with `CI=true` that is a failure.

use crate::program::{self, cargo, find_or_install, is_ci, say};
use std::path::Path;
use std::time::Duration;

const OFFICE: &[&str] = &["soffice", "libreoffice"];
const PACKAGE: &str = "libreoffice-writer-nogui";
/// What sets formulas; a part of LibreOffice that has a package of its own.
const MATHEMATICS: &str = "libreoffice-math-nogui";
const MATHEMATICS_IS_THERE: &str = "libsmlo.so";
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Runs the suite that compares the formats, with LibreOffice.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let office = match find_or_install(OFFICE, PACKAGE) {
        Ok(office) => office,
        Err(reason) if is_ci() => return Err(format!("no LibreOffice to read the documents with: {reason}")),
        Err(reason) => return Ok(format!("LEFT OUT, no LibreOffice to read the documents with: {reason}")),
    };
    let folder = office.canonicalize().ok().and_then(|office| Some(office.parent()?.to_owned()));
    let sets_formulas = |folder: &std::path::PathBuf| folder.join(MATHEMATICS_IS_THERE).is_file();
    if !folder.as_ref().is_some_and(sets_formulas) {
        match program::install(MATHEMATICS) {
            Ok(()) => {}
            Err(reason) if is_ci() => return Err(format!("LibreOffice sets no formulas: {reason}")),
            Err(reason) => say(&format!("LEFT OUT, formulas in LibreOffice: {reason}")),
        }
    }
    let arguments = ["test", "--quiet", "--package", "jcm-test", "--test", "suites", "--", "documents/"];
    let mut command = cargo(root, &arguments);
    program::run(command.env("JCM_SOFFICE", office), LIMIT)?;
    Ok("LibreOffice counts and refers as the documents say".to_owned())
}
