//! `population older_people "…" { size: 128,400 people at 2026-04-01 }`

use crate::checker::Checker;
use crate::constants;
use crate::fields::{Fields, head};
use crate::units::date;
use jcm_model::{
    Constant, Def, Head, Parameter, ParameterId, ParameterOwner, ParameterRow, Population, PopulationId, Ty,
};
use jcm_quantity::{Date, Unit};
use jcm_syntax::ast::{Declaration, Word};

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: u32) -> Option<Population> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let (size, counted) = match fields.get("size") {
        Some(_) => size(cx, &fields, &head, PopulationId(id)).map(|(size, counted)| (Some(size), counted))?,
        None => (None, None),
    };
    let attributed = fields.text(cx, "attributed");
    Some(Population { head, attributed, size, counted, source: fields.text(cx, "source") })
}

/// The figure, and the day on which people were counted.
fn size<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    of: &Head,
    id: PopulationId,
) -> Option<(ParameterId, Option<Date>)> {
    let mut reader = fields.reader("size")?;
    let figure = reader.until(&[Word::At]);
    let figure = crate::fields::read_terms(cx, figure)?;
    let ty = Ty::Number(Unit::thing("people"));
    let value = constants::constant(cx, &figure, &ty, "the size of a population")?;
    let counted = if reader.word(Word::At) {
        let span = reader.span_here();
        match reader.date() {
            Some(text) => Some(date(cx, text, span)?),
            None => return fields.shape(cx, "size"),
        }
    } else {
        None
    };
    let row = always(value);
    let parameter = brought(
        of,
        "size",
        "Number of people",
        ty,
        vec![row],
        ParameterOwner::Population(id),
        fields.text(cx, "source"),
    );
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::Population(id), "size".to_owned(), Def::Parameter(parameter));
    Some((parameter, counted))
}

/// A plain parameter that something brings: `owner.part`.
pub(super) fn brought(
    of: &Head,
    part: &str,
    title: &str,
    ty: Ty,
    rows: Vec<ParameterRow>,
    owner: ParameterOwner,
    source: String,
) -> Parameter {
    let head = Head {
        name: format!("{}.{part}", of.name),
        title: format!("{title} for {}", of.title),
        doc: String::new(),
        span: of.span,
        name_span: of.name_span,
    };
    Parameter { head, owner, keys: Vec::new(), columns: vec![(String::new(), ty)], rows, source }
}

/// A row in force at all times.
pub(super) fn always(value: Constant) -> ParameterRow {
    ParameterRow { keys: Vec::new(), from: None, until: None, values: vec![value] }
}
