//! How serious each lint is taken, and its limit where it has one.

use crate::lints::{LINTS, Lint};
use jcm_diagnostics::Severity;
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// How serious a lint is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It stands in the way, as an error does.
    Deny,
    /// Someone should look at it.
    Warn,
    /// Worth knowing.
    Note,
    /// Not looked for.
    Allow,
}

impl Level {
    /// Every level with its name, the most serious first.
    pub const ALL: [(Level, &'static str); 4] =
        [(Level::Deny, "deny"), (Level::Warn, "warn"), (Level::Note, "note"), (Level::Allow, "allow")];

    /// Its name.
    pub fn name(self) -> &'static str {
        Level::ALL.iter().find(|(level, _)| *level == self).map_or("", |(_, name)| name)
    }

    /// The level of a name.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.iter().find(|(_, known)| *known == name).map(|(level, _)| *level)
    }

    /// How serious what is found is; `None` where it is not looked for.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Deny => Some(Severity::Error),
            Level::Warn => Some(Severity::Warning),
            Level::Note => Some(Severity::Note),
            Level::Allow => None,
        }
    }
}

/// What is set for a lint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) level: Level,
    /// The limit in the base of its unit; nought for a lint without one.
    pub(crate) limit: Exact,
}

/// The levels and limits of all lints: the usual ones, but for those that were set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    set: BTreeMap<&'static str, Setting>,
}

/// There is no lint of this name or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLint(pub String);

impl Levels {
    /// Sets the level of a lint, by its name or code.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownLint> {
        let lint = Lint::named(name).ok_or_else(|| UnknownLint(name.to_owned()))?;
        let setting = Setting { level, ..self.of(lint) };
        self.put(lint, setting);
        Ok(())
    }

    /// The level of a lint.
    pub fn level(&self, lint: &Lint) -> Level {
        self.of(lint).level
    }

    pub(crate) fn put(&mut self, lint: &Lint, setting: Setting) {
        self.set.insert(lint.name, setting);
    }

    pub(crate) fn of(&self, lint: &Lint) -> Setting {
        let usual = || Setting {
            level: lint.level,
            limit: lint.limit.as_ref().map_or_else(Exact::zero, |limit| limit.usual()),
        };
        self.set.get(lint.name).cloned().unwrap_or_else(usual)
    }
}

impl Lint {
    /// The lint of a name or code.
    pub fn named(name: &str) -> Option<&'static Lint> {
        LINTS.iter().find(|lint| lint.name == name || lint.code.0.eq_ignore_ascii_case(name))
    }
}
