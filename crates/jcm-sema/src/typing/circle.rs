//! Lines of an incentive that need each other, so that no order of them is right.

use crate::reach;
use jcm_source::Span;
use jcm_syntax::ast::{Member, Name};
use std::collections::{BTreeMap, BTreeSet};

/// What each line of an incentive uses, read before any of them is worked out.
#[derive(Clone, Default)]
pub(crate) struct Uses {
    lines: BTreeMap<String, (Span, BTreeSet<String>)>,
}

impl Uses {
    /// Notes a line with all that it names.
    pub(crate) fn add(&mut self, name: &str, member: &Member) {
        let mut named = BTreeSet::new();
        let mut note = |path: &[Name]| named.extend(path.first().map(|first| first.text.clone()));
        reach::paths_in(std::slice::from_ref(member), &mut note);
        self.lines.insert(name.to_owned(), (member.span, named));
    }

    /// The line that a place stands in, if the line `used` there needs that line in turn.
    pub(crate) fn closed_at(&self, place: Span, used: &str) -> Option<&str> {
        let holds = |span: &Span| {
            let (outer, inner) = (span.range(), place.range());
            span.file == place.file && outer.start <= inner.start && inner.end <= outer.end
        };
        let (own, _) = self.lines.iter().find(|(_, (span, _))| holds(span))?;
        let (mut open, mut seen) = (vec![used], BTreeSet::new());
        while let Some(name) = open.pop() {
            if name == own {
                return Some(own);
            }
            if seen.insert(name) {
                open.extend(
                    self.lines.get(name).into_iter().flat_map(|(_, named)| named).map(String::as_str),
                );
            }
        }
        None
    }
}
