//! References by name to things of one kind.

use crate::checker::Checker;
use crate::problems::{UnknownName, WrongKind};
use crate::typing::kind_words;
use jcm_model::{Def, OutcomeId, PartnerId, PopulationId, ServiceId};
use jcm_syntax::ast::Name;

/// The thing of a name, if it is of the kind that `pick` wants.
pub(super) fn refer<T>(
    cx: &mut Checker<'_>,
    name: &Name,
    wanted: &str,
    pick: impl Fn(Def) -> Option<T>,
) -> Option<T> {
    let suits = |def: Option<Def>| def.is_some_and(|def| pick(def).is_some());
    let found = cx.names.get(&name.text).and_then(|symbol| symbol.def);
    if let Some(def) = found {
        if let Some(picked) = pick(def) {
            return Some(picked);
        }
        let near = cx.names.near(&name.text, |symbol| suits(symbol.def));
        return cx.report(WrongKind {
            name: name.text.clone(),
            span: name.span,
            found: kind_words(def).to_owned(),
            wanted: crate::problems::a(wanted),
            near,
        });
    }
    let near = cx.names.near(&name.text, |symbol| suits(symbol.def));
    cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted: wanted.to_owned(), near })
}

pub(super) fn partner(cx: &mut Checker<'_>, name: &Name) -> Option<PartnerId> {
    refer(cx, name, "partner", |def| match def {
        Def::Partner(id) => Some(id),
        _ => None,
    })
}

pub(super) fn population(cx: &mut Checker<'_>, name: &Name) -> Option<PopulationId> {
    refer(cx, name, "population", |def| match def {
        Def::Population(id) => Some(id),
        _ => None,
    })
}

pub(super) fn outcome(cx: &mut Checker<'_>, name: &Name) -> Option<OutcomeId> {
    refer(cx, name, "outcome", |def| match def {
        Def::Outcome(id) => Some(id),
        _ => None,
    })
}

pub(super) fn service(cx: &mut Checker<'_>, name: &Name) -> Option<ServiceId> {
    refer(cx, name, "service", |def| match def {
        Def::Service(id) => Some(id),
        _ => None,
    })
}
