//! Funds that payments come from.

use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fund that several pay into. What is paid from it names it by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// The party that holds it and pays from it.
    pub host: String,
    /// Who pays into it.
    pub contributions: Vec<Contribution>,
    /// The line that is the sum of the contributions over the period.
    pub budget: String,
}

/// What one party pays into a fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The party.
    pub party: String,
    /// The figure that it pays: money for a length of time.
    pub parameter: String,
}

impl Pool {
    pub(super) fn of(pool: &c::Pool, names: &Names) -> Result<Self, String> {
        let contribution = |(party, parameter): &(c::PartyId, c::ParameterId)| {
            Ok(Contribution {
                party: names.parties.name(party.index())?,
                parameter: names.parameters.name(parameter.index())?,
            })
        };
        Ok(Self {
            name: pool.name.clone(),
            title: pool.title.clone(),
            host: names.parties.name(pool.host.index())?,
            contributions: pool.contributions.iter().map(contribution).collect::<Result<_, String>>()?,
            budget: names.steps.name(pool.budget.index())?,
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Pool, String> {
        let contribution = |own: &Contribution| {
            let party = c::PartyId(names.parties.id(&own.party)?);
            Ok((party, c::ParameterId(names.parameters.id(&own.parameter)?)))
        };
        Ok(c::Pool {
            name: self.name.clone(),
            title: self.title.clone(),
            host: c::PartyId(names.parties.id(&self.host)?),
            contributions: self.contributions.iter().map(contribution).collect::<Result<_, String>>()?,
            budget: c::StepId(names.steps.id(&self.budget)?),
        })
    }
}
