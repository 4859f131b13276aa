//! What a program needs to work a statement out again without the contract: every formula, every figure that it uses, and
//! every exact result.

use jcm_settle::{Engine, Settled, SpecError};
use jcm_spec::v1::{Quotation, Specification};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The formulas of one contract, quoted once for all of its statements.
pub(crate) struct Working {
    pub(crate) quotation: Quotation,
    specification: Specification,
    /// The figures that lines use.
    parameters: Vec<Value>,
}

impl Working {
    pub(crate) fn of(settlement: &jcm_calculus::Settlement) -> Result<Self, SpecError> {
        let specification = Specification::of(settlement, "")?;
        let mut named = BTreeSet::new();
        for step in &specification.steps {
            parameters_in(&json!(step.expression), &mut named);
        }
        let used = specification.parameters.iter().filter(|parameter| named.contains(&parameter.name));
        let parameters = used.map(|parameter| json!(parameter)).collect();
        Ok(Self { quotation: Quotation::of(settlement)?, specification, parameters })
    }

    /// One case, worked out.
    pub(crate) fn of_case(
        &self,
        engine: &Engine,
        settled: &Settled<'_>,
        place: usize,
    ) -> Result<Value, SpecError> {
        let spec = &self.specification;
        let case = engine.case_at(settled.table, place);
        let Some(outcome) = settled.results.outcomes.get(place) else { return Ok(Value::Null) };
        let given = |inputs: &std::collections::BTreeMap<jcm_calculus::InputId, jcm_calculus::Value>| {
            let named = inputs.iter().filter_map(|(id, value)| Some((spec.inputs.get(id.index())?, value)));
            let named = named.map(|(input, value)| {
                Ok(json!({ "name": input.name, "value": self.quotation.value(value)?, "missing": input.missing }))
            });
            named.collect::<Result<Vec<Value>, SpecError>>()
        };
        let rows = case.rows.iter().map(given).collect::<Result<Vec<_>, _>>()?;
        let row_lines = outcome.rows.iter().map(|lines| self.lines(lines)).collect::<Result<Vec<_>, _>>()?;
        let over_all = outcome.over_all.iter().map(|(expression, value)| {
            Ok(json!({
                "expression": self.quotation.expression(expression)?,
                "value": self.quotation.value(value)?,
            }))
        });
        let carried =
            case.carried.iter().filter_map(|(id, value)| Some((spec.balances.get(id.index())?, value)));
        let carried = carried.map(|(balance, value)| {
            Ok(json!({ "name": balance.name, "value": self.quotation.value(value)? }))
        });
        Ok(json!({
            "currency": spec.contract.currency,
            "period": spec.periods.get(settled.table.period()),
            "calendar": spec.calendar,
            "parameters": self.parameters,
            "missing": spec.inputs.iter().map(|i| json!({ "name": i.name, "rule": i.missing })).collect::<Vec<_>>(),
            "balances": spec.balances,
            "carried": carried.collect::<Result<Vec<_>, SpecError>>()?,
            "inputs": given(&case.inputs)?,
            "rows": rows.into_iter().zip(row_lines).map(|(inputs, lines)| json!({ "inputs": inputs, "lines": lines }))
                .collect::<Vec<_>>(),
            "over_all": over_all.collect::<Result<Vec<_>, SpecError>>()?,
            "lines": self.lines(&outcome.lines)?,
            "payments": self.payments(settled, place),
        }))
    }

    fn lines(&self, lines: &[jcm_eval::Line]) -> Result<Vec<Value>, SpecError> {
        let one = |line: &jcm_eval::Line| {
            let quoted = |value: &Option<jcm_calculus::Value>| {
                value.as_ref().map(|value| self.quotation.value(value)).transpose()
            };
            let step = self.specification.steps.get(line.step.index());
            Ok(json!({
                "name": step.map(|step| &step.name),
                "level": step.map(|step| step.level),
                "expression": step.map(|step| &step.expression),
                "value": self.quotation.value(&line.value)?,
                "before_rounding": quoted(&line.before_rounding)?,
                "computed": quoted(&line.computed)?,
            }))
        };
        lines.iter().map(one).collect()
    }

    /// What is paid, by which terms, to the last fraction.
    fn payments(&self, settled: &Settled<'_>, place: usize) -> Vec<Value> {
        let Some(outcome) = settled.results.outcomes.get(place) else { return Vec::new() };
        let spec = &self.specification;
        let party = |place: usize| spec.parties.get(place).map(|party| party.name.as_str());
        let label = spec.periods.get(settled.table.period()).map(|period| &period.label);
        let mut payments = Vec::new();
        for (number, (terms, paid)) in spec.payments.iter().zip(&outcome.allocations).enumerate() {
            let own = outcome.payments.iter().enumerate().filter(|(_, part)| part.allocation == number);
            let parts = own.map(|(at, part)| {
                let computed = settled.results.computed_parts.get(&(place, at));
                json!({
                    "party": party(part.to.index()),
                    "exact": part.exact.text(),
                    "amount": part.amount.text(),
                    "computed": computed.map(jcm_quantity::Exact::text),
                })
            });
            let mut terms = terms.clone();
            terms.due.retain(|due| Some(&due.period) == label);
            payments.push(json!({
                "terms": terms,
                "amount_exact": paid.amount_exact.text(),
                "amount": paid.amount.text(),
                "borne_by_payer": paid.borne_by_payer.text(),
                "parts": parts.collect::<Vec<_>>(),
            }));
        }
        payments
    }
}

/// The names of the parameters that an expression uses.
fn parameters_in(expression: &Value, named: &mut BTreeSet<String>) {
    match expression {
        Value::Object(fields) => {
            if fields.get("op").and_then(Value::as_str) == Some("parameter") {
                named.extend(fields.get("name").and_then(Value::as_str).map(str::to_owned));
            }
            fields.values().for_each(|field| parameters_in(field, named));
        }
        Value::Array(parts) => parts.iter().for_each(|part| parameters_in(part, named)),
        _ => {}
    }
}
