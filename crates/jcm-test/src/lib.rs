//! The formats of the files in `tests/`, and how each is checked. Development only.
//!
//! ```text
//! tests/reference/errors/E0301.md       a page of `jcm explain`; its example and its mend are run   [`Page`]
//! tests/errors/E0301-…/*.jcm            a contract broken as people break them, with what is found  [`Expected`]
//! tests/lints/L0101-…/*.jcm             a contract that has what a lint finds, or has not            [`linted`]
//! tests/lang/<construct>/*.jcm          a contract without a problem, whose examples pass
//! tests/criteria/O01/{met,broken}.jcm   a change to tests/criteria/base.jcm after which O01 is met, or is not
//! ```
//!
//! A text that declares no contract is a [fragment](Project::of): it is read together with `tests/reference/base.jcm`,
//! and what it declares takes the place of what the base declares under the same name.
//!
//! The library knows texts, not files: `tests/suites.rs` reads and, with `JCM_BLESS=1`, rewrites them.

mod damage;
mod expected;
mod lint;
mod outcome;
mod page;
mod project;

pub use damage::{damaged, losslessly_parsed, noise};
pub use expected::Expected;
pub use lint::{LINTED_ON, linted, linted_at};
pub use outcome::{Finding, Outcome};
pub use page::{Block, Page, ROLES, Section};
pub use project::Project;
