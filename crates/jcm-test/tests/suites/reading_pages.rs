//! What a contract means for one partner is read in two pages, as LibreOffice sets them.

use super::documents::{convert_all, pages, program};
use libtest_mimic::Failed;
use std::path::{Path, PathBuf};

const MOST: usize = 2;

/// Every partner of an example, with the pages of its reading.
pub(super) fn two_at_most(example: &str, office: &Path) -> Result<(), Failed> {
    let (program, settlement) = program(example)?;
    let folder = tempfile::tempdir()?;
    let mut files: Vec<PathBuf> = Vec::new();
    for (place, partner) in (0u32..).zip(&program.partners) {
        let Some(reading) = jcm::document_for(&program, &settlement, jcm_model::PartnerId(place)) else {
            continue;
        };
        let file = folder.path().join(format!("{}.docx", partner.head.name));
        std::fs::write(&file, jcm_docx::docx(&reading)?)?;
        files.push(file);
    }
    if files.len() != program.partners.len() {
        return Err("a partner has no reading".into());
    }
    convert_all(office, &files, "pdf", folder.path())?;
    let mut too_long = Vec::new();
    for file in files {
        let own = file.with_extension("pdf");
        let bytes = std::fs::read(&own).map_err(|reason| format!("{}: {reason}", own.display()))?;
        match pages(&bytes) {
            0 => return Err(format!("LibreOffice makes no page of {}", file.display()).into()),
            1..=MOST => {}
            more => too_long
                .push(format!("{}: {more} pages", file.file_stem().unwrap_or_default().to_string_lossy())),
        }
    }
    if too_long.is_empty() { Ok(()) } else { Err(too_long.join("; ").into()) }
}
