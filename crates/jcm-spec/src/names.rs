//! Names for ids and ids for names: the wire refers to everything by name.

use std::collections::BTreeMap;

/// The names of one kind of thing, in the order of the settlement.
#[derive(Debug)]
pub(crate) struct Index {
    kind: &'static str,
    names: Vec<String>,
    ids: BTreeMap<String, usize>,
}

impl Index {
    /// Refuses two things of one name, which could not be told apart.
    pub(crate) fn new(kind: &'static str, names: impl Iterator<Item = String>) -> Result<Self, String> {
        let names: Vec<String> = names.collect();
        let mut ids = BTreeMap::new();
        for (i, name) in names.iter().enumerate() {
            if ids.insert(name.clone(), i).is_some() {
                return Err(format!("the {kind} `{name}` is there twice"));
            }
        }
        Ok(Self { kind, names, ids })
    }

    pub(crate) fn name(&self, id: usize) -> Result<String, String> {
        self.names.get(id).cloned().ok_or_else(|| format!("there is no {} number {}", self.kind, id + 1))
    }

    pub(crate) fn find(&self, name: &str) -> Result<usize, String> {
        self.ids.get(name).copied().ok_or_else(|| format!("there is no {} `{name}`", self.kind))
    }

    /// As [`Index::find`], for the ids that are `u32`.
    pub(crate) fn id(&self, name: &str) -> Result<u32, String> {
        u32::try_from(self.find(name)?)
            .map_err(|_| format!("the {} `{name}` stands too far down the list", self.kind))
    }
}

/// The names of everything that is referred to.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) parties: Index,
    pub(crate) periods: Index,
    pub(crate) choices: Index,
    pub(crate) inputs: Index,
    pub(crate) parameters: Index,
    /// The columns of each parameter.
    pub(crate) columns: Vec<Index>,
    pub(crate) steps: Index,
    pub(crate) balances: Index,
    pub(crate) payments: Index,
}

impl Names {
    /// The names in a settlement of the calculus, or in a specification: both have the same lists.
    pub(crate) fn of(lists: &dyn Named) -> Result<Self, String> {
        let parameters = lists.parameters();
        let column_names =
            parameters.iter().map(|(_, columns)| Index::new("column", columns.iter().cloned()));
        Ok(Self {
            parties: Index::new("party", lists.parties().into_iter())?,
            periods: Index::new("period", lists.periods().into_iter())?,
            choices: Index::new("list of choices", lists.choices().into_iter())?,
            inputs: Index::new("input", lists.inputs().into_iter())?,
            columns: column_names.collect::<Result<_, _>>()?,
            parameters: Index::new("parameter", parameters.into_iter().map(|(name, _)| name))?,
            steps: Index::new("line", lists.steps().into_iter())?,
            balances: Index::new("balance", lists.balances().into_iter())?,
            payments: Index::new("payment", lists.payments().into_iter())?,
        })
    }
}

/// What has lists of named things.
pub(crate) trait Named {
    fn parties(&self) -> Vec<String>;
    fn periods(&self) -> Vec<String>;
    fn choices(&self) -> Vec<String>;
    fn inputs(&self) -> Vec<String>;
    /// Each with the names of its columns.
    fn parameters(&self) -> Vec<(String, Vec<String>)>;
    fn steps(&self) -> Vec<String>;
    fn balances(&self) -> Vec<String>;
    fn payments(&self) -> Vec<String>;
}

macro_rules! named {
    ($ty:ty, $column:ty, $payments:ident, $balances:ident) => {
        impl Named for $ty {
            fn parties(&self) -> Vec<String> {
                self.parties.iter().map(|p| p.name.clone()).collect()
            }
            fn periods(&self) -> Vec<String> {
                self.periods.iter().map(|p| p.label.clone()).collect()
            }
            fn choices(&self) -> Vec<String> {
                self.choices.iter().map(|c| c.name.clone()).collect()
            }
            fn inputs(&self) -> Vec<String> {
                self.inputs.iter().map(|i| i.name.clone()).collect()
            }
            fn parameters(&self) -> Vec<(String, Vec<String>)> {
                let columns = |list: &[$column]| list.iter().map(|c| c.name.clone()).collect();
                self.parameters.iter().map(|p| (p.name.clone(), columns(&p.columns))).collect()
            }
            fn steps(&self) -> Vec<String> {
                self.steps.iter().map(|s| s.name.clone()).collect()
            }
            fn balances(&self) -> Vec<String> {
                self.$balances.iter().map(|b| b.name.clone()).collect()
            }
            fn payments(&self) -> Vec<String> {
                self.$payments.iter().map(|a| a.name.clone()).collect()
            }
        }
    };
}

named!(jcm_calculus::Settlement, jcm_calculus::ParameterColumn, allocations, carried);
named!(crate::v1::Specification, crate::v1::ParameterColumn, payments, balances);
