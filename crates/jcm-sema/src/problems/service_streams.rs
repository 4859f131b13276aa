//! E0507: a service is not paid by exactly one stream.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0507");

/// The facts of E0507.
pub(crate) struct ServiceStreams {
    /// The service.
    pub(crate) service: String,
    /// Where.
    pub(crate) span: Span,
    /// Each payment that pays for it.
    pub(crate) streams: Vec<(Span, String)>,
}

impl Problem for ServiceStreams {
    fn describe(self) -> Diagnostic {
        let message = if self.streams.is_empty() {
            format!("nothing pays for the service `{}`", self.service)
        } else {
            format!("the service `{}` is paid for more than once", self.service)
        };
        let mut found =
            Diagnostic::error(CODE, message, self.span, "every service in scope has exactly one payment");
        for (span, text) in self.streams {
            found = found.also(span, text);
        }
        found
            .help("Name the service in the `for:` of exactly one payment, or say `scope: out` in the service")
    }
}
