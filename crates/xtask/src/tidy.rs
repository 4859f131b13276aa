//! What must hold of the repository besides its tests; `ARCHITECTURE.md` says it, and these checks read it there.

mod layers;
mod licences;
mod metadata;
mod sources;
mod tables;

use crate::repository;
use std::path::Path;

/// Checks everything, and lists everything that does not hold.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let architecture = repository::read(&root.join("ARCHITECTURE.md"))?;
    let packages = metadata::Packages::read(root)?;
    let mut problems = layers::problems(&architecture, &packages);
    problems.extend(licences::problems(&packages));
    problems.extend(sources::problems(root)?);
    if problems.is_empty() {
        let count = packages.workspace().count();
        return Ok(format!("tidy: {count} crates hold to ARCHITECTURE.md, every source is in order"));
    }
    Err(format!("tidy:\n  {}", problems.join("\n  ")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        if let Err(problems) = super::run(&crate::root()) {
            panic!("{problems}");
        }
    }
}
