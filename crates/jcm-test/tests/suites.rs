//! Every suite of `tests/`, one test for each file: `cargo test -p jcm-test`, `cargo test -p jcm-test -- errors/E0301`.
//!
//! `JCM_BLESS=1` rewrites what broken contracts are expected to give and the golden outputs; read the difference
//! before you keep it.

#![expect(clippy::disallowed_methods, reason = "the runner reads and blesses the files of the suites")]

mod suites {
    pub(crate) mod analyse;
    pub(crate) mod clause_bank;
    pub(crate) mod criteria;
    pub(crate) mod documents;
    pub(crate) mod errors;
    pub(crate) mod extract;
    pub(crate) mod files;
    pub(crate) mod generated;
    pub(crate) mod golden;
    pub(crate) mod lang;
    pub(crate) mod library;
    pub(crate) mod lints;
    pub(crate) mod pages;
    pub(crate) mod pages_set;
    pub(crate) mod post_mortems;
    pub(crate) mod profiles;
    mod reading_pages;
    pub(crate) mod readmes;
    pub(crate) mod redlines;
    pub(crate) mod reference;
    pub(crate) mod rewards;
    pub(crate) mod robustness;
    pub(crate) mod simulation;
    pub(crate) mod templates;
    pub(crate) mod unsafe_texts;
}

use libtest_mimic::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut trials = suites::reference::trials();
    trials.extend(suites::pages::trials());
    trials.extend(suites::errors::trials());
    trials.extend(suites::lang::trials());
    trials.extend(suites::lints::trials());
    trials.extend(suites::analyse::trials());
    trials.extend(suites::clause_bank::trials());
    trials.extend(suites::criteria::trials());
    trials.extend(suites::post_mortems::trials());
    trials.extend(suites::profiles::trials());
    trials.extend(suites::readmes::trials());
    trials.extend(suites::library::trials());
    trials.extend(suites::rewards::trials());
    trials.extend(suites::robustness::trials());
    trials.extend(suites::golden::trials());
    trials.extend(suites::documents::trials());
    trials.extend(suites::templates::trials());
    trials.extend(suites::unsafe_texts::trials());
    trials.extend(suites::simulation::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
