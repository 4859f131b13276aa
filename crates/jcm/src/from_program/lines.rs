//! Lines become steps.

use super::expressions::expression;
use super::origins::Origins;
use super::type_of;
use jcm_calculus::{Level, Step};
use jcm_doc::Wording;
use jcm_model::{Head, Line, LineId, LineOwner, Program};

pub(super) fn steps(program: &Program, origins: &Origins<'_>) -> Vec<Step> {
    let wording = Wording::new(program);
    (0u32..)
        .map(LineId)
        .zip(&program.lines)
        .map(|(id, line)| step(program, id, line, origins, &wording))
        .collect()
}

fn step(program: &Program, id: LineId, line: &Line, origins: &Origins<'_>, wording: &Wording<'_>) -> Step {
    Step {
        name: line.head.name.clone(),
        title: line.head.title.clone(),
        group: owner(program, line.owner).map_or_else(String::new, |head| head.name.clone()),
        ty: type_of(&line.ty),
        level: level(line.per_row),
        expr: expression(program, &line.expr),
        words: jcm_doc::plain(&wording.sentence(line, Some(id))),
        origin: origins.of(origins.line_clause(line, &line.head.name), &line.head),
    }
}

/// What a line belongs to.
pub(super) fn owner(program: &Program, owner: LineOwner) -> Option<&Head> {
    match owner {
        LineOwner::Incentive(id) => program.incentive(id).map(|owner| &owner.head),
        LineOwner::Score(id) => program.score(id).map(|owner| &owner.head),
        LineOwner::Pool(id) => program.pool(id).map(|owner| &owner.head),
        LineOwner::Payment(id) => program.payment(id).map(|owner| &owner.head),
        LineOwner::OpenTerm(id) => program.open_term(id).map(|owner| &owner.head),
        LineOwner::Measure(id) => program.measure(id).map(|owner| &owner.head),
    }
}

/// Whether a thing is known once a case or once a row.
pub(super) fn level(per_row: bool) -> Level {
    if per_row { Level::Row } else { Level::Case }
}
