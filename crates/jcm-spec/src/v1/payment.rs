//! Payments: who is paid what, and how it is rounded.

use super::quantity::{figure_from, figure_of};
use super::{Figure, Origin, PaymentDue, Rounding};
use crate::names::Names;
use jcm_calculus as c;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Money from one payer to one or more payees. A negative amount flows the other way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// The line that is paid.
    pub amount: String,
    /// The party that pays.
    pub payer: String,
    /// The pool that the money comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pool: String,
    /// How the amount and its parts are rounded.
    pub rounding: Rounding,
    /// Who is paid before the others, in order, each up to an amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<Tranche>,
    /// Who is paid which share of what is left.
    pub shares: Vec<Share>,
    /// Who takes what rounding leaves over.
    pub residue: Residue,
    /// Who bears what a limit cuts off; absent where no share has a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excess: Option<Excess>,
    /// When it is paid, for each period at most once, in order; absent where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<PaymentDue>,
    /// Where it stands in the contract.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
}

/// What one payee takes before the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tranche {
    /// The payee.
    pub party: String,
    /// The most of the amount, or of the loss, that it takes.
    pub up_to: Figure,
}

/// One payee's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The payee.
    pub party: String,
    /// The share of the amount.
    pub share: Figure,
    /// The most this party can lose, as a positive amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub losing_at_most: Option<Figure>,
    /// The most this party can gain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaining_at_most: Option<Figure>,
}

/// Who takes what rounding leaves over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Residue {
    /// One grain each to the parts that rounding down cut most, ties to the first named.
    LargestRemainder,
    /// All of it to one party.
    To(String),
}

/// Who bears what a party's limit cuts off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// The parties without a reached limit, in proportion to their shares.
    Others,
    /// One party.
    To(String),
    /// The payer.
    Payer,
}

impl Payment {
    pub(super) fn of(a: &c::Allocation, names: &Names) -> Result<Self, String> {
        let residue = match &a.residue {
            c::Residue::LargestRemainder => Residue::LargestRemainder,
            c::Residue::To(party) => Residue::To(names.parties.name(party.index())?),
        };
        let excess = match &a.excess {
            None => None,
            Some(c::Excess::Others) => Some(Excess::Others),
            Some(c::Excess::To(party)) => Some(Excess::To(names.parties.name(party.index())?)),
            Some(c::Excess::Payer) => Some(Excess::Payer),
        };
        Ok(Self {
            name: a.name.clone(),
            title: a.title.clone(),
            amount: names.steps.name(a.amount.index())?,
            payer: names.parties.name(a.payer.index())?,
            pool: a.pool.clone(),
            rounding: Rounding::of(&a.rounding)?,
            first: a.first.iter().map(|tranche| Tranche::of(tranche, names)).collect::<Result<_, _>>()?,
            shares: a.shares.iter().map(|share| Share::of(share, names)).collect::<Result<_, _>>()?,
            residue,
            excess,
            due: a.due.iter().map(|due| PaymentDue::of(due, names)).collect::<Result<_, _>>()?,
            origin: Origin::of(&a.origin),
        })
    }

    pub(super) fn calculus(&self, names: &Names) -> Result<c::Allocation, String> {
        let party = |name: &String| names.parties.id(name).map(c::PartyId);
        let residue = match &self.residue {
            Residue::LargestRemainder => c::Residue::LargestRemainder,
            Residue::To(name) => c::Residue::To(party(name)?),
        };
        let excess = match &self.excess {
            None => None,
            Some(Excess::Others) => Some(c::Excess::Others),
            Some(Excess::To(name)) => Some(c::Excess::To(party(name)?)),
            Some(Excess::Payer) => Some(c::Excess::Payer),
        };
        Ok(c::Allocation {
            name: self.name.clone(),
            title: self.title.clone(),
            amount: c::StepId(names.steps.id(&self.amount)?),
            payer: party(&self.payer)?,
            pool: self.pool.clone(),
            rounding: self.rounding.calculus()?,
            first: self.first.iter().map(|tranche| tranche.calculus(names)).collect::<Result<_, _>>()?,
            shares: self.shares.iter().map(|share| share.calculus(names)).collect::<Result<_, _>>()?,
            residue,
            excess,
            due: self.due.iter().map(|due| due.calculus(names)).collect::<Result<_, _>>()?,
            origin: self.origin.calculus(),
        })
    }
}

impl Tranche {
    fn of(tranche: &c::Tranche, names: &Names) -> Result<Self, String> {
        Ok(Self { party: names.parties.name(tranche.party.index())?, up_to: Figure::of(&tranche.up_to)? })
    }

    fn calculus(&self, names: &Names) -> Result<c::Tranche, String> {
        Ok(c::Tranche { party: c::PartyId(names.parties.id(&self.party)?), up_to: self.up_to.calculus()? })
    }
}

impl Share {
    fn of(share: &c::AllocationShare, names: &Names) -> Result<Self, String> {
        Ok(Self {
            party: names.parties.name(share.party.index())?,
            share: Figure::of(&share.share)?,
            losing_at_most: figure_of(share.losing_at_most.as_ref())?,
            gaining_at_most: figure_of(share.gaining_at_most.as_ref())?,
        })
    }

    fn calculus(&self, names: &Names) -> Result<c::AllocationShare, String> {
        Ok(c::AllocationShare {
            party: c::PartyId(names.parties.id(&self.party)?),
            share: self.share.calculus()?,
            losing_at_most: figure_from(self.losing_at_most.as_ref())?,
            gaining_at_most: figure_from(self.gaining_at_most.as_ref())?,
        })
    }
}
