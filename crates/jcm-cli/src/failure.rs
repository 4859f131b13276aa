//! Why a command ends without having done its work. Problems in a contract are not failures: they are reports.

use std::path::Path;
use std::process::ExitCode;

/// Why a command did not do its work; each kind has its exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// There are problems in the contract, and they have been printed.
    Contract,
    /// Two contracts differ, and how has been printed.
    Difference,
    /// There are problems in the data, and they have been printed.
    Data,
    /// The command was asked for something that it cannot do; a full sentence without its stop.
    Usage(String),
    /// A file or folder stands in the way; a full sentence without its stop.
    World(String),
}

impl Failure {
    /// A file or folder that stands in the way, and how.
    pub(crate) fn of_path(path: &Path, reason: impl std::fmt::Display) -> Failure {
        match path.as_os_str().is_empty() {
            true => Failure::World("the name of a file or folder is empty".to_owned()),
            false => Failure::World(format!("{}: {reason}", path.display())),
        }
    }

    /// What is still to be said.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Failure::Contract | Failure::Difference | Failure::Data => None,
            Failure::Usage(message) | Failure::World(message) => Some(message),
        }
    }

    /// 1 problems in the contract or a difference, 2 usage, 3 the world: files and data.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Contract | Failure::Difference => 1,
            Failure::Usage(_) => 2,
            Failure::Data | Failure::World(_) => 3,
        })
    }
}
