//! Where the contract that is settled prints what a statement speaks of.

use jcm_statement::ContractPage;
use std::collections::BTreeSet;
use std::path::Path;

/// The places in a contract that a link can lead to; none where only its settlement specification was there.
#[derive(Debug, Default)]
pub(super) struct Places {
    anchors: BTreeSet<String>,
}

impl Places {
    /// Those of a contract.
    pub(super) fn of(document: &jcm::Document) -> Places {
        Places { anchors: document.anchors().into_iter().map(str::to_owned).collect() }
    }

    /// The page of the contract, as a link from a folder.
    pub(super) fn page(&self, path: &Path, folder: &Path) -> ContractPage {
        ContractPage { address: address(path, folder), anchors: self.anchors.clone() }
    }
}

/// A path as a link from a folder: both seen from where the command runs.
fn address(path: &Path, folder: &Path) -> String {
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    if path.is_absolute() || text(path).contains("://") {
        return text(path);
    }
    let parts = |path: &Path| -> Vec<String> {
        text(path).split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let (to, from) = (parts(path), parts(folder));
    let shared = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let mut steps: Vec<String> = from.iter().skip(shared).map(|_| "..".to_owned()).collect();
    steps.extend(to.into_iter().skip(shared));
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_from_the_folder_of_the_statements() {
        let link = |path: &str, folder: &str| address(Path::new(path), Path::new(folder));
        assert_eq!(link("out/contract.html", "statements"), "../out/contract.html");
        assert_eq!(link("contract.html", "./a/b/"), "../../contract.html");
        assert_eq!(link("out/contract.html", "out"), "contract.html");
        assert_eq!(
            link("https://alliance.example/contract.html", "out"),
            "https://alliance.example/contract.html"
        );
    }
}
