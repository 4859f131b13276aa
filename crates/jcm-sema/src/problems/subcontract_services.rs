//! E0537: a sub-contract passes on what its partner does not have to pass on.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0537");

/// The facts of E0537.
pub(crate) struct SubcontractServices {
    /// The sub-contract.
    pub(crate) name: String,
    /// Where.
    pub(crate) span: Span,
    /// What does not fit.
    pub(crate) misfit: Misfit,
}

/// What does not fit.
pub(crate) enum Misfit {
    /// The partner neither provides the service nor is paid for it nor takes it on.
    NotHeld {
        /// The partner.
        partner: String,
        /// The service.
        service: String,
        /// The service's declaration.
        declared: Span,
    },
    /// The partner has passed the service on already, for some of the same days.
    Twice {
        /// The partner.
        partner: String,
        /// The service.
        service: String,
        /// The other sub-contract.
        first: Span,
    },
    /// The service comes back to a partner that has passed it on.
    Circle {
        /// The service.
        service: String,
        /// The sub-contract that it comes back by.
        other: Span,
    },
    /// The payment is between others, or for other services.
    Payment {
        /// The payment.
        payment: String,
        /// What it does instead.
        does: String,
        /// The payment's declaration.
        declared: Span,
    },
}

impl Problem for SubcontractServices {
    fn describe(self) -> Diagnostic {
        let (name, span) = (self.name, self.span);
        match self.misfit {
            Misfit::NotHeld { partner, service, declared } => Diagnostic::error(
                CODE,
                format!("`{partner}` cannot pass on `{service}`: it does not have it"),
                span,
                format!("by the sub-contract `{name}`"),
            )
            .also(declared, format!("`{partner}` neither provides it nor is paid for it"))
            .help("Name the partner that provides the service first in `between:`, or name it in `by:` of the service"),
            Misfit::Twice { partner, service, first } => Diagnostic::error(
                CODE,
                format!("`{partner}` passes on `{service}` twice"),
                span,
                format!("by the sub-contract `{name}`"),
            )
            .also(first, "and by this one, for some of the same days")
            .help("Leave it in one of the two, let one begin when the other ends, or declare two services"),
            Misfit::Circle { service, other } => Diagnostic::error(
                CODE,
                format!("`{service}` is passed on in a circle"),
                span,
                format!("by the sub-contract `{name}`"),
            )
            .also(other, "which leads back to the same partner")
            .help("Leave out the sub-contract by which the service comes back"),
            Misfit::Payment { payment, does, declared } => Diagnostic::error(
                CODE,
                format!("the payment `{payment}` is not the payment of the sub-contract `{name}`"),
                span,
                does,
            )
            .also(declared, "the payment")
            .help("Name a payment from the partner that passes on to the one that takes on, or state a `price:`"),
        }
    }
}
