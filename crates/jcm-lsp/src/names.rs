//! Names of files: addresses in the protocol, paths and library names for the host.

use jcm_ide::LIBRARY;
use std::path::Path;
use tower_lsp::ls_types::Uri;

/// The host's name of an address: a path, or the address itself where it is none.
pub(crate) fn name_of(uri: &Uri) -> String {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    match uri.to_file_path() {
        Some(path) if is_file => path.to_string_lossy().replace('\\', "/"),
        _ => uri.as_str().to_owned(),
    }
}

/// The address of a host's name.
pub(crate) fn uri_of(name: &str) -> Option<Uri> {
    if name.starts_with(LIBRARY) || !Path::new(name).is_absolute() {
        return name.parse().ok();
    }
    Uri::from_file_path(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_goes_to_an_address_and_back() {
        for name in ["/tmp/a b/café.jcm", "jcm-std:/std/prelude.jcm", "untitled:Untitled-1"] {
            assert_eq!(name_of(&uri_of(name).unwrap()), name);
        }
    }
}
