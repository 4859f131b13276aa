//! Every service in scope is paid by exactly one stream.

use crate::checker::Checker;
use crate::problems::ServiceStreams;
use jcm_model::ServiceId;

/// Holds every service of the contract to exactly one payment.
pub(super) fn check(cx: &mut Checker<'_>) {
    let services: Vec<(u32, String, jcm_source::Span)> = (0u32..)
        .zip(&cx.parts.services)
        .filter_map(|(id, service)| {
            let service = service.as_ref().filter(|service| service.in_scope)?;
            Some((id, service.head.name.clone(), service.head.name_span))
        })
        .collect();
    // A payment that could not be read may be the one that pays.
    if cx.parts.payments.iter().any(Option::is_none) || cx.parts.open_terms.iter().any(Option::is_none) {
        return;
    }
    for (id, service, span) in services {
        let open = cx.parts.open_terms.iter().flatten().filter(|term| term.services.contains(&ServiceId(id)));
        let open = open.map(|term| {
            (term.head.name_span, format!("`{}` pays for it until it is settled", term.head.name))
        });
        let streams: Vec<_> = cx
            .parts
            .payments
            .iter()
            .flatten()
            .filter(|payment| payment.services.contains(&ServiceId(id)))
            .map(|payment| (payment.head.name_span, format!("`{}` pays for it", payment.head.name)))
            .chain(open)
            .collect();
        if streams.len() != 1 {
            cx.report::<()>(ServiceStreams { service, span, streams });
        }
    }
}
