//! L0120: two things of a kind whose titles differ in nothing, or only in case.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::Head;
use std::collections::BTreeMap;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let program = view.program;
    let mut found = Vec::new();
    found.extend(alike("partner", program.partners.iter().map(|x| &x.head)));
    found.extend(alike("outcome", program.outcomes.iter().map(|x| &x.head)));
    found.extend(alike("measure", program.measures.iter().map(|x| &x.head)));
    found.extend(alike("service", program.services.iter().map(|x| &x.head)));
    found.extend(alike("incentive", program.incentives.iter().map(|x| &x.head)));
    found.extend(alike("payment", program.payments.iter().map(|x| &x.head)));
    found.extend(alike("definition", program.definitions.iter().map(|x| &x.head)));
    found.extend(alike("clause", program.clauses.iter().map(|x| &x.head)));
    found.extend(alike("example", program.examples.iter().map(|x| &x.head)));
    for incentive in &program.incentives {
        let lines = incentive.lines.iter().filter_map(|id| program.line(*id));
        found.extend(alike("line", lines.map(|line| &line.head)));
    }
    found
}

fn alike<'a>(kind: &str, heads: impl Iterator<Item = &'a Head>) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, &Head> = BTreeMap::new();
    let mut found = Vec::new();
    for head in heads {
        let key = head.title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        match known.get(&key) {
            Some(first) => {
                let said = format!("two {kind}s have one title: “{}” and “{}”", first.title, head.title);
                found.push(
                    finding(said, head.name_span, "a reader cannot tell them apart")
                        .also(first.name_span, "it stands here first")
                        .help("Give each a title that says in what it differs"),
                );
            }
            None => drop(known.insert(key, head)),
        }
    }
    found
}
