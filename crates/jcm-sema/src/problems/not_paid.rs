//! E0204: an example expects a payment of a partner that is paid nothing by what it is an example of.

use super::Problem;
use jcm_diagnostics::Diagnostic;
use jcm_source::Span;

/// The facts of E0204.
pub(crate) struct NotPaid {
    /// The partner as the example names it.
    pub(crate) partner: String,
    /// Where.
    pub(crate) span: Span,
    /// Whether it is who pays.
    pub(crate) pays: bool,
    /// Who is paid.
    pub(crate) payees: Vec<String>,
    /// Whether the example says `receives`, and not `pays`.
    pub(crate) receives: bool,
    /// The amount as it is written, with the place of all that is expected; none in a row over several periods.
    pub(crate) amount: Option<(String, Span)>,
}

impl Problem for NotPaid {
    fn describe(self) -> Diagnostic {
        let Self { partner, span, pays, payees, receives, amount } = self;
        let (message, label) = match pays {
            true => ("pays here and is not paid", "who pays"),
            false => ("is not paid here", "no payment goes to it"),
        };
        let message = format!("`{partner}` {message}, and an example says what those who are paid get");
        let found = Diagnostic::error(super::wrong_kind::CODE, message, span, label);
        let found = payees.iter().fold(found, |found, payee| found.fact(payee));
        // What the payer is expected to pay is received at the other end, and the other way round.
        let does = if receives == pays { "pays" } else { "receives" };
        let said = |payee: &str| match &amount {
            Some((amount, _)) => format!("{payee} {does} {amount}"),
            None => format!("{payee} {does}"),
        };
        match (payees.as_slice(), &amount) {
            ([], _) => {
                found.help("Expect a line instead, such as `expect payable = £6,000`: nobody is paid here")
            }
            ([payee], Some((_, whole))) if pays => {
                let mended = said(payee);
                let (help, title) = (format!("Write `expect {mended}`"), format!("Change to `{mended}`"));
                found.help(help).fix(title, *whole, mended)
            }
            ([payee], _) => found.help(format!("`{payee}` is paid: `expect {}`", said(payee))),
            ([first, ..], _) => {
                let all: Vec<String> = payees.iter().map(|payee| format!("`{payee}`")).collect();
                let all = all.join(", ");
                found.help(format!("These are paid: {all}. Say what each gets: `expect {first} receives …`"))
            }
        }
    }
}
