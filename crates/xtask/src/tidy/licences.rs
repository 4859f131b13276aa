//! Licences: everything that is built in can be passed on under this project's own.

use super::metadata::Packages;

/// Licences that ask for no more than to be named.
const ALLOWED: &[&str] = &[
    "0BSD",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The packages whose licence is not one of those.
pub(crate) fn problems(packages: &Packages) -> Vec<String> {
    packages
        .all()
        .filter(|(_, package)| !is_allowed(&package.licence))
        .map(|(name, package)| format!("{name} has the licence `{}`, which is not allowed", package.licence))
        .collect()
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` can be met. Deeper nesting is refused rather
/// than misread.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    expression.split(" AND ").all(|part| {
        part.split(" OR ").any(|licence| ALLOWED.contains(&licence.trim().trim_matches(['(', ')'])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_is_enough_and_every_part_is_needed() {
        for allowed in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR AGPL-3.0) AND MIT"] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }

    #[test]
    fn a_package_with_another_licence_is_named() {
        let packages = Packages::made_of(&[("a", true, "MIT", &[], &[]), ("b", false, "GPL-3.0", &[], &[])]);
        assert_eq!(problems(&packages), ["b has the licence `GPL-3.0`, which is not allowed"]);
    }
}
