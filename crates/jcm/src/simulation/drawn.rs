//! What is drawn, in words.

use jcm_model::{Change, Program, Simulation, Vary};
use jcm_quantity::Unit;

/// The titles of what is drawn, with their units: the figures, and then what happens to them, in the order of
/// [`jcm_simulate::happenings`].
pub(super) fn titles(program: &Program, simulation: &Simulation) -> Vec<(String, Unit)> {
    let figures = simulation.vary.iter().map(|vary| (title(program, vary), vary.unit.clone()));
    let mut titles: Vec<(String, Unit)> = figures.collect();
    for vary in &simulation.vary {
        let of = title(program, vary);
        for (number, change) in (1..).zip(&vary.changes) {
            let named = match change {
                Change::Effect { name, .. } | Change::Shock { name, .. } => name.as_deref(),
                _ => None,
            };
            let is_several = vary.changes.len() > 1;
            let name = match named {
                Some(name) => name.replace('_', " "),
                None if is_several => format!("{number} on {of}"),
                None => format!("on {of}"),
            };
            for words in of_change(change, &name) {
                // Those of one name are one.
                if named.is_none() || titles.iter().all(|(known, _)| *known != words) {
                    titles.push((words, Unit::none()));
                }
            }
        }
    }
    titles
}

/// The title of what is drawn, or its name where it has none.
fn title(program: &Program, vary: &Vary) -> String {
    let head = program.drawn(vary);
    head.map_or_else(
        String::new,
        |head| if head.title.is_empty() { head.name.clone() } else { head.title.clone() },
    )
}

fn of_change(change: &Change, name: &str) -> Vec<String> {
    match change {
        Change::Effect { by, after: (least, _, most), .. } => {
            let strong = by.most.is_some().then(|| format!("Effect {name}: how strong"));
            let when = (most != least).then(|| format!("Effect {name}: when it begins"));
            strong.into_iter().chain(when).collect()
        }
        Change::Shock { .. } => vec![format!("Shock {name}")],
        Change::Trend { .. } | Change::Missing { .. } | Change::Disputed { .. } => Vec::new(),
    }
}
