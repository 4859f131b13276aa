//! Caps and floors that can never bind, cases and rows that can never be reached.

use crate::asking::Asking;
use crate::drawn;
use crate::engine::truth;
use crate::probes::{Asks, Probe};
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
use jcm_calculus::Value;

pub(super) fn ask(asking: &Asking<'_>, probe: &Probe) -> Statement {
    let title = asking.settlement().steps.get(probe.of.index()).map_or("", |step| &step.title);
    let (kind, [never_word, word]) = match probe.asks {
        Asks::Cap | Asks::Floor => (Kind::IdleLimit, ["never binds", "binds"]),
        Asks::Case | Asks::Otherwise | Asks::Row | Asks::Band => {
            (Kind::DeadGate, ["is never reached", "is reached"])
        }
    };
    let say = |verdict, never: bool, witnesses| Statement {
        kind,
        verdict,
        said: if never {
            format!("“{title}”: {} {never_word}", probe.words)
        } else {
            format!("“{title}”: {} {word} for some figures", probe.words)
        },
        about: format!("{} {never}", probe.step.0),
        given: String::new(),
        claim: if never { Claim::Never(probe.step) } else { Claim::None },
        periods: asking.periods.clone(),
        place: Place::Step(probe.of),
        size: None,
        to_look_at: never,
        witnesses,
    };
    let bench = match asking.bench(&[probe.step], &[]) {
        Ok(bench) => bench,
        Err(open) => {
            return drawn_witness(asking, probe).map_or_else(
                || say(Verdict::NotDecided(open.words()), false, Vec::new()),
                |witness| say(Verdict::Proved, false, vec![witness]),
            );
        }
    };
    let sampler = bench.sampler();
    if let Some(shown) = sampler.each().find(|case| case.truth(probe.step) == Some(true)) {
        let witness = bench.witness(&shown, Of::Step, Value::Truth(true));
        return say(Verdict::Proved, false, vec![witness]);
    }
    let never = bench.engine.holds(&bench.engine.whole, &bench.steps, |_, view| {
        view.ways.iter().all(|way| way.values.first().and_then(truth) == Some(false))
    });
    match never {
        Ok(()) => say(Verdict::Proved, true, Vec::new()),
        Err(open) => drawn_witness(asking, probe).map_or_else(
            || say(Verdict::NotDecided(open.words()), false, Vec::new()),
            |witness| say(Verdict::Proved, false, vec![witness]),
        ),
    }
}

/// A drawn case in which something is reached.
fn drawn_witness(asking: &Asking<'_>, probe: &Probe) -> Option<Witness> {
    let reached = |case: &Settled| case.truth(probe.step) == Some(true);
    let shown = asking.drawn().iter().find(|case| reached(case))?;
    Some(drawn::shown(asking, shown, (&[probe.step], &[]), reached, (Of::Step, Value::Truth(true))))
}
