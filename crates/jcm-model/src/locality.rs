//! Localities: the same contract with other figures where the contract lets a place choose.

use crate::{Head, LocalityId, ParameterId, ParameterRow, Program};
use jcm_source::Span;

/// A place that uses the contract with figures of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locality {
    /// Name, title, place.
    pub head: Head,
    /// What it sets.
    pub sets: Vec<Setting>,
}

/// One figure that a locality sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The figure.
    pub parameter: ParameterId,
    /// Its rows in this locality.
    pub rows: Vec<ParameterRow>,
    /// Where it stands.
    pub span: Span,
}

impl Program {
    /// The contract as it holds in a locality: the template with the locality's figures, under a title that says so.
    /// `None` for an id of another program.
    pub fn at(&self, locality: LocalityId) -> Option<Program> {
        let locality = self.localities.get(locality.index())?;
        Some(self.clone().set_in(locality))
    }

    /// The contract without its localities, to be copied for each of thousands.
    #[must_use]
    pub fn without_localities(&self) -> Program {
        Program { localities: Vec::new(), ..self.clone() }
    }

    /// The same as [`Self::at`] for a copy of the template.
    #[must_use]
    pub fn set_in(self, locality: &Locality) -> Program {
        let mut program = self;
        program.contract.head.title = format!("{}: {}", program.contract.head.title, locality.head.title);
        for setting in &locality.sets {
            if let Some(parameter) = program.parameters.get_mut(setting.parameter.index()) {
                parameter.rows.clone_from(&setting.rows);
            }
        }
        // A figure that is the place's own is not what the partners of the template varied, nor was it counted then.
        let own = |parameter| locality.sets.iter().any(|setting| setting.parameter == parameter);
        for population in &mut program.populations {
            population.counted = population.counted.filter(|_| !population.size.is_some_and(own));
        }
        for variation in &mut program.variations {
            variation.figures.retain(|figure| !own(figure.parameter));
        }
        // The examples were worked with the figures of the template.
        program.examples.clear();
        program
    }

    /// The locality of a name.
    pub fn locality_named(&self, name: &str) -> Option<LocalityId> {
        let place = self.localities.iter().position(|locality| locality.head.name == name)?;
        u32::try_from(place).ok().map(LocalityId)
    }
}
