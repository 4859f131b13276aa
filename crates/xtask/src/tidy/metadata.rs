//! The crates of the workspace and of everything that it depends on, as cargo resolves them.

use crate::program::{cargo, host, output};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every package, by name. Where two versions of one name are there, their dependencies count together.
#[derive(Default)]
pub(crate) struct Packages {
    by_name: BTreeMap<String, Package>,
}

/// A package.
#[derive(Default)]
pub(crate) struct Package {
    /// Whether it is a crate of this workspace.
    pub(crate) ours: bool,
    /// Its licence, as its manifest says it.
    pub(crate) licence: String,
    /// Names of the packages that it is made with.
    pub(crate) uses: BTreeSet<String>,
    /// Names of those that its tests and benches are made with.
    pub(crate) tests_use: BTreeSet<String>,
}

impl Packages {
    /// Asks cargo, for the system this runs on.
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        let arguments =
            ["metadata", "--format-version", "1", "--locked", "--all-features", "--filter-platform"];
        let text = output(cargo(root, &arguments).arg(host(root)?))?;
        let metadata: Value = serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
        Ok(Self::of(&metadata))
    }

    /// The crates of this workspace.
    pub(crate) fn workspace(&self) -> impl Iterator<Item = (&str, &Package)> {
        self.all().filter(|(_, package)| package.ours)
    }

    /// Every package.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &Package)> {
        self.by_name.iter().map(|(name, package)| (name.as_str(), package))
    }

    /// Whether a name is that of a crate of this workspace.
    pub(crate) fn is_ours(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|package| package.ours)
    }

    /// Everything that a package is made with, directly or not.
    pub(crate) fn reached_from(&self, name: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![name];
        while let Some(package) = open.pop().and_then(|next| self.by_name.get(next)) {
            for used in &package.uses {
                if reached.insert(used.as_str()) {
                    open.push(used);
                }
            }
        }
        reached
    }

    fn of(metadata: &Value) -> Self {
        let list = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).to_vec()
        };
        let text =
            |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let ours: BTreeSet<String> = list(metadata, "workspace_members")
            .iter()
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect();
        let names: BTreeMap<String, String> = list(metadata, "packages")
            .iter()
            .map(|package| (text(package, "id"), text(package, "name")))
            .collect();
        let mut packages = Self::default();
        for package in list(metadata, "packages") {
            let entry = packages.by_name.entry(text(&package, "name")).or_default();
            entry.ours = ours.contains(&text(&package, "id"));
            entry.licence = text(&package, "license");
        }
        for node in list(metadata.get("resolve").unwrap_or(&Value::Null), "nodes") {
            let entry = names.get(&text(&node, "id")).and_then(|name| packages.by_name.get_mut(name));
            let Some(entry) = entry else { continue };
            for dependency in list(&node, "deps") {
                let Some(used) = names.get(&text(&dependency, "pkg")) else { continue };
                let kinds = list(&dependency, "dep_kinds");
                let for_tests = |kind: &Value| text(kind, "kind") == "dev";
                if kinds.iter().any(for_tests) {
                    entry.tests_use.insert(used.clone());
                }
                if !kinds.iter().all(for_tests) {
                    entry.uses.insert(used.clone());
                }
            }
        }
        packages
    }

    /// Packages for tests.
    #[cfg(test)]
    pub(crate) fn made_of(list: &[Made<'_>]) -> Self {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let package = |(name, ours, licence, uses, tests_use): &Made<'_>| {
            let package = Package {
                ours: *ours,
                licence: (*licence).to_owned(),
                uses: names(uses),
                tests_use: names(tests_use),
            };
            ((*name).to_owned(), package)
        };
        Self { by_name: list.iter().map(package).collect() }
    }
}

/// `(name, ours, licence, uses, tests use)`.
#[cfg(test)]
pub(crate) type Made<'a> = (&'a str, bool, &'a str, &'a [&'a str], &'a [&'a str]);
