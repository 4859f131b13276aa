//! The Word documents of the examples in LibreOffice: it makes pages of them, counts the numbers that they say, works
//! out the references, and keeps both when it saves them.
//!
//! Their PDFs are made by a command that was built with the feature `pdf`, read by poppler, and held by pikepdf to what
//! PDF/A-2a and PDF/UA-1 ask of their structure.
//!
//! LibreOffice also accepts, and rejects, every tracked change of redlines, which leaves the new and the old contract.
//!
//! LibreOffice, its bridge to Python and poppler are installed by `apt-get` when they are missing, pikepdf by `pip` into
//! `.tools`. Where that cannot be done the check is left out and says so; with `CI=true` that is a failure.

use crate::program::{self, cargo, find_or_install, is_ci};
use crate::{pages, python};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const OFFICE: &[&str] = &["soffice", "libreoffice"];
const PACKAGE: &str = "libreoffice-writer-nogui";
const READER: &[&str] = &["pdfinfo"];
const READER_PACKAGE: &str = "poppler-utils";
/// What sets formulas; a part of LibreOffice that has a package of its own.
const MATHEMATICS: &str = "libreoffice-math-nogui";
const MATHEMATICS_IS_THERE: &str = "libsmlo.so";
/// What reads the structure of a PDF, exactly this.
const STRUCTURE: &str = "pikepdf==10.17.0";
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Runs the suite that compares the formats, with LibreOffice and with the PDFs.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let arguments = ["test", "--quiet", "--package", "jcm-test", "--test", "suites", "--", "documents/"];
    let mut command = cargo(root, &arguments);
    let mut said = Vec::new();
    match find_or_install(OFFICE, PACKAGE) {
        Ok(office) => {
            let folder = office.canonicalize().ok().and_then(|office| Some(office.parent()?.to_owned()));
            let sets_formulas = folder.is_some_and(|folder| folder.join(MATHEMATICS_IS_THERE).is_file());
            if let Err(reason) = if sets_formulas { Ok(()) } else { program::install(MATHEMATICS) } {
                said.push(left_out("LibreOffice sets no formulas", &reason)?);
            }
            command.env("JCM_SOFFICE", office);
            match python::that_knows("uno", "python3-uno") {
                Ok(python) => {
                    command.env("JCM_PYTHON", python);
                    said.push("LibreOffice takes the changes of redlines".to_owned());
                }
                Err(reason) => {
                    said.push(left_out("nothing to tell LibreOffice with to take changes", &reason)?)
                }
            }
            said.push("LibreOffice counts and refers as the documents say".to_owned());
        }
        Err(reason) => said.push(left_out("no LibreOffice to read the documents with", &reason)?),
    }
    match find_or_install(READER, READER_PACKAGE) {
        Ok(reader) => {
            let folder = pages::make(root)?;
            let typeset = ["test", "--quiet", "--package", "jcm-pdf", "--features", "typeset"];
            program::run(&mut cargo(root, &typeset), LIMIT)?;
            said.push(structure(root, &folder)?);
            command.env("JCM_PDFINFO", reader).env("JCM_PAGES", folder);
            said.push("every PDF says what its document says".to_owned());
        }
        Err(reason) => said.push(left_out("no poppler to read PDFs with", &reason)?),
    }
    program::run(&mut command, LIMIT)?;
    Ok(said.join("; "))
}

/// Holds the PDFs of a folder to the structure that their standards ask for.
fn structure(root: &Path, folder: &Path) -> Result<String, String> {
    let packages = match python::package(root, STRUCTURE) {
        Ok(packages) => packages,
        Err(reason) => return left_out("nothing to read the structure of PDFs with", &reason),
    };
    let mut command = Command::new("python3");
    command.current_dir(root).arg("tests/pdf/structure.py").arg(packages);
    command.args(pages::examples(root)?.iter().filter_map(|example| {
        let name = example.file_name()?;
        Some(folder.join(name).join("contract.pdf"))
    }));
    program::run(&mut command, LIMIT)?;
    Ok("every PDF has the structure of PDF/A-2a and PDF/UA-1".to_owned())
}

/// What is left out is said; where nobody would read that, it is an error.
pub(crate) fn left_out(what: &str, reason: &str) -> Result<String, String> {
    if is_ci() { Err(format!("{what}: {reason}")) } else { Ok(format!("LEFT OUT, {what}: {reason}")) }
}
