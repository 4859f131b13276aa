//! Problems of suppressions and of `jcm.toml`.

use crate::lints::LINTS;
use crate::suppression::Suppression;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Date, show_date};
use jcm_source::Span;

const MALFORMED: Code = Code("L0122");
const UNKNOWN: Code = Code("L0123");
const EXPIRED: Code = Code("L0124");
const UNUSED: Code = Code("L0125");
const NOT_TOML: Code = Code("L0126");
const SETTING: Code = Code("L0127");

/// Every code of suppressions and settings with its meaning in a few words.
pub const CODES: &[(Code, &str)] = &[
    (MALFORMED, "a `// jcm:` comment is not written as it should be"),
    (UNKNOWN, "a `// jcm:` comment names no lint"),
    (EXPIRED, "what a comment accepts is accepted no longer"),
    (UNUSED, "a comment accepts what is not there"),
    (NOT_TOML, "`jcm.toml` cannot be read"),
    (SETTING, "`jcm.toml` sets what cannot be set"),
];

/// A line that shows how a suppression is written.
const SHAPE: &str =
    "Write `// jcm: allow cliff until 2027-03-31 because the board accepted the step on 2026-05-04`";

pub(crate) fn suppression_malformed(span: Span, lacks: &str) -> Diagnostic {
    Diagnostic::error(MALFORMED, format!("this comment {lacks}"), span, "it accepts nothing as it stands")
        .help(SHAPE)
        .help("Without an end and a reason nobody knows later why it is there")
}

pub(crate) fn suppression_unknown(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(UNKNOWN, format!("there is no lint `{name}`"), span, "not the name of a lint")
        .help(known_lints(name))
}

pub(crate) fn suppression_expired(span: Span, name: &str, until: Date, on: Date) -> Diagnostic {
    let said = format!("`{name}` was accepted until {}, and it is {}", show_date(until), show_date(on));
    Diagnostic::warning(EXPIRED, said, span, "accepted no longer")
        .help("Mend what was accepted and remove the comment, or have it accepted again until a later day")
}

pub(crate) fn suppression_unused(suppression: &Suppression) -> Diagnostic {
    let name = suppression.name;
    let said = format!("nothing here is found by `{name}`");
    Diagnostic::warning(UNUSED, said, suppression.span, "this accepts nothing")
        .help("Remove the comment, or move it to the line above the declaration or line that it means")
}

pub(crate) fn settings_unreadable(span: Span, why: &str) -> Diagnostic {
    let said = format!("`jcm.toml` cannot be read: {}", why.trim_end_matches('.'));
    Diagnostic::error(NOT_TOML, said, span, "here")
        .help("Write `[lint]`, and below it lines such as `cliff = \"deny\"`")
}

pub(crate) fn setting_unknown(span: Span, said: String, help: String) -> Diagnostic {
    Diagnostic::error(SETTING, said, span, "this cannot be set").help(help)
}

/// Names that are meant, perhaps.
pub(crate) fn known_lints(name: &str) -> String {
    let shared = |lint: &str| {
        lint.split('-').filter(|word| name.split(['-', '_']).any(|wanted| wanted == *word)).count()
    };
    let best = LINTS.iter().max_by_key(|lint| (shared(lint.name), std::cmp::Reverse(lint.code)));
    match best.filter(|lint| shared(lint.name) > 0) {
        Some(lint) => format!("Perhaps `{}` is meant; `jcm lint --list` lists them all", lint.name),
        None => "List them all with `jcm lint --list`".to_owned(),
    }
}
