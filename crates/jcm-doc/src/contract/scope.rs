//! Schedule 2: whom the contract is for, and what is provided.

use super::{documentation, heading, other_particulars, particular, particulars, schedule_part};
use crate::document::{Block, said};
use crate::english::{Wording, tidy};
use crate::places::ScopePart;
use jcm_model::{Def, Population, Service};
use jcm_quantity::show_date;

/// The schedule, if there is a population or a service.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let parts = w.places.scope.iter().enumerate().filter_map(|(place, part)| {
        let (def, doc, blocks) = match part {
            ScopePart::Population(id) => {
                let population = w.program.population(*id)?;
                (Def::Population(*id), &population.head.doc, population_table(w, population))
            }
            ScopePart::Service(id) => {
                let service = w.program.service(*id)?;
                (Def::Service(*id), &service.head.doc, service_table(w, service))
            }
        };
        let mut all = documentation(doc);
        all.push(blocks);
        Some(schedule_part(2, place, &heading(w, def), &w.anchor(def), all))
    });
    let parts: Vec<Block> = parts.collect();
    (!parts.is_empty()).then(|| super::schedule(2, "Services and population", parts))
}

fn population_table(w: &Wording<'_>, population: &Population) -> Block {
    let mut table = particulars("Particulars of the population");
    let attributed = tidy(&population.attributed);
    particular(&mut table, "How people are attributed", said(&attributed));
    if let Some(size) = population.size {
        let cells = vec![said("Number"), super::figures::dated_values(w, size)];
        table.row_at(Some(w.anchor(Def::Parameter(size))), cells);
    }
    let counted = population.counted.map(show_date).unwrap_or_default();
    particular(&mut table, "Counted on", said(&counted));
    particular(&mut table, "Source of the number", said(&tidy(&population.source)));
    Block::Table(table)
}

fn service_table(w: &Wording<'_>, service: &Service) -> Block {
    let mut table = particulars("Particulars of the service");
    particular(&mut table, "Provided by", w.partners(&service.providers));
    if let Some(population) = service.population {
        particular(&mut table, "For", crate::document::capitalised(w.name(Def::Population(population)).text));
    }
    let scope =
        if service.in_scope { "Yes" } else { "No: it is named, and the contract does not pay for it" };
    particular(&mut table, "Paid for by this contract", said(scope));
    other_particulars(w, &mut table, &service.particulars);
    Block::Table(table)
}
