//! How a contract stands to each profile, as a page of its own.

use super::html::sheet;
use super::json::gravity;
use crate::fit::said;
use crate::{Fit, Where};
use jcm_model::Program;
use maud::{Markup, html as page};

/// The page: a heading for each profile, and under it the rules that the contract does not meet.
pub fn fits_html(program: &Program, fits: &[Fit<'_>], place: Where<'_>, compiler: &str) -> String {
    let fitting = fits.iter().filter(|fit| fit.fits()).count();
    let body = page! {
        p { "The structure of the contract fits " (fitting) " of " (fits.len()) " profiles." }
        @for fit in fits { (profile(fit, place)) }
    };
    sheet(&format!("Profiles of {}", program.contract.head.title), &body, program, compiler)
}

/// The answer is said by words and a sign.
fn profile(fit: &Fit<'_>, place: Where<'_>) -> Markup {
    let (sign, verdict) = if fit.fits() { ("✓", "Fits") } else { ("✗", "Does not fit") };
    page! {
        h2 { (fit.standard.head.title) }
        p {
            span aria-hidden="true" { (sign) " " } (verdict)
            @if fit.followed { "; the contract says that it follows it" }
            ". " (fit.said()) "."
        }
        @if !fit.failing.is_empty() {
            div.scroll role="group" aria-label=(fit.standard.head.title) tabindex="0" { table {
                thead { tr {
                    th scope="col" { "Rule" }
                    th scope="col" { "What it asks" }
                    th scope="col" { "Why it is not met" }
                } }
                tbody { @for row in &fit.failing { tr.not {
                    th scope="row" { (row.criterion.head.name) " " (row.criterion.head.title) }
                    td { (row.criterion.asks) " (" (gravity(row.criterion.gravity)) ")" }
                    td { (said(row, place)) }
                } } }
            } }
        }
    }
}
