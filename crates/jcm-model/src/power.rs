//! What the law allows partners to do together, and which of them.

use crate::{Def, Head, PartnerId, PowerId, Program};

/// A power that the law gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// Name, title, place.
    pub head: Head,
    /// Who has it.
    pub holders: Vec<Holder>,
    /// Whether a pooled fund under it needs a partner of each.
    pub needs_each: bool,
    /// The kinds of things that it can be used for: `pool`, `incentive`, `payment`; empty for all of them.
    pub used_for: Vec<String>,
    /// What it allows, in words.
    pub allows: String,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// Who has a power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Every partner of a sector.
    Sector(String),
    /// One partner.
    Partner(PartnerId),
}

impl Program {
    /// The power that a thing names in `under`, if it is a declared one. Things keep it by its title.
    pub fn power_of(&self, def: Def) -> Option<PowerId> {
        let under = match def {
            Def::Pool(id) => self.pool(id)?.under.as_str(),
            Def::Incentive(id) => self.incentive(id)?.under.as_str(),
            Def::Payment(id) => {
                let fields = &self.payment(id)?.particulars;
                fields.iter().find(|(field, _)| field == "under").map(|(_, text)| text.as_str())?
            }
            _ => return None,
        };
        (0u32..).zip(&self.powers).find(|(_, power)| power.head.title == under).map(|(id, _)| PowerId(id))
    }

    /// The pools, incentives and payments under a power, in the order of the contract.
    pub fn under(&self, power: PowerId) -> Vec<Def> {
        let pools = (0u32..).zip(&self.pools).map(|(id, _)| Def::Pool(crate::PoolId(id)));
        let incentives = (0u32..).zip(&self.incentives).map(|(id, _)| Def::Incentive(crate::IncentiveId(id)));
        let payments = (0u32..).zip(&self.payments).map(|(id, _)| Def::Payment(crate::PaymentId(id)));
        pools.chain(incentives).chain(payments).filter(|def| self.power_of(*def) == Some(power)).collect()
    }
}
