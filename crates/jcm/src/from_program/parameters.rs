//! Named figures and tables of figures, dated.

use super::origins::Origins;
use super::type_of;
use crate::value::value_of;
use jcm_calculus::{Parameter, ParameterColumn, ParameterKey, ParameterRow, Value};
use jcm_model::{Constant, Program};

pub(super) fn parameters(program: &Program, origins: &Origins<'_>) -> Vec<Parameter> {
    let parameter = |parameter: &jcm_model::Parameter| Parameter {
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
        source: parameter.source.clone(),
        origin: origins.of(origins.parameter_clause(&parameter.owner, &parameter.head), &parameter.head),
    };
    program.parameters.iter().map(parameter).collect()
}

fn row(row: &jcm_model::ParameterRow) -> ParameterRow {
    let values = |constants: &[Constant]| constants.iter().map(value_of).collect::<Vec<Value>>();
    ParameterRow { keys: values(&row.keys), from: row.from, until: row.until, values: values(&row.values) }
}
