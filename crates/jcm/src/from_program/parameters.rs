//! Named figures and tables of figures, dated.

use super::origins::Origins;
use super::type_of;
use crate::value::value_of;
use jcm_calculus::{Parameter, ParameterColumn, ParameterKey, ParameterRow, Value};
use jcm_model::{Constant, Program};
use jcm_quantity::show_date;

pub(super) fn parameters(program: &Program, origins: &Origins<'_>) -> Vec<Parameter> {
    let parameter = |(id, parameter): (jcm_model::ParameterId, &jcm_model::Parameter)| Parameter {
        name: parameter.head.name.clone(),
        title: parameter.head.title.clone(),
        keys: parameter
            .keys
            .iter()
            .map(|(name, ty)| ParameterKey { name: name.clone(), ty: type_of(ty) })
            .collect(),
        columns: parameter
            .columns
            .iter()
            .map(|(name, ty)| ParameterColumn { name: name.clone(), ty: type_of(ty) })
            .collect(),
        rows: parameter.rows.iter().map(row).collect(),
        source: source(program, id, parameter),
        origin: origins.of(origins.parameter_clause(&parameter.owner, &parameter.head), &parameter.head),
    };
    (0u32..).map(jcm_model::ParameterId).zip(&program.parameters).map(parameter).collect()
}

/// The source, and each variation that has set the figure since.
fn source(program: &Program, id: jcm_model::ParameterId, parameter: &jcm_model::Parameter) -> String {
    let mut source = parameter.source.clone();
    for (_, variation) in program.variations_as_agreed() {
        let set = variation.figures.iter().filter(|figure| figure.parameter == id);
        let Some(from) = set.map(|figure| figure.from).min() else { continue };
        let start = if source.is_empty() { "" } else { "; " };
        source.push_str(&format!("{start}{} from {}", variation.head.title, show_date(from)));
    }
    source
}

fn row(row: &jcm_model::ParameterRow) -> ParameterRow {
    let values = |constants: &[Constant]| constants.iter().map(value_of).collect::<Vec<Value>>();
    ParameterRow { keys: values(&row.keys), from: row.from, until: row.until, values: values(&row.values) }
}
