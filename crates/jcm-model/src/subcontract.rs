//! What a partner passes on: services, duties and a part of its risk, to a sub-contractor.

use crate::{ClauseId, Def, Head, IncentiveId, ObligationId, PartnerId, PaymentId, Program, ServiceId};
use jcm_quantity::{Date, Exact};

/// A sub-contract under the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subcontract {
    /// Name, title, place.
    pub head: Head,
    /// Who passes on.
    pub from: PartnerId,
    /// Who takes on.
    pub to: PartnerId,
    /// What is passed on.
    pub services: Vec<ServiceId>,
    /// First day.
    pub start: Date,
    /// First day after the last.
    pub end: Date,
    /// When it is signed, if that is stated.
    pub signing: Option<Signing>,
    /// What it costs in a year, in the contract's currency, if that is stated.
    pub price: Option<Exact>,
    /// The payment of the contract by which it is paid, if there is one.
    pub payment: Option<PaymentId>,
    /// Which clauses, obligations and measures bind the sub-contractor too.
    pub flows_down: FlowDown,
    /// Which part of an incentive's result the sub-contractor bears.
    pub passes: Vec<Passed>,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// When a sub-contract is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// It was signed on this day.
    On(Date),
    /// It must be signed by this day: a condition of the start of its services.
    By(Date),
}

impl Signing {
    /// The day by which it is signed.
    pub fn date(self) -> Date {
        match self {
            Signing::On(date) | Signing::By(date) => date,
        }
    }
}

/// What binds the sub-contractor too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowDown {
    /// These clauses, obligations and measures.
    Only(Vec<Def>),
    /// Every clause, and every obligation of the partner that passes on, but for these.
    EverythingExcept(Vec<Def>),
}

/// A part of an incentive's result that is passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Of which incentive.
    pub incentive: IncentiveId,
    /// How much of what the incentive pays, as a fraction.
    pub share: Exact,
    /// The most that the sub-contractor can lose.
    pub losing_at_most: Option<Exact>,
    /// The most that the sub-contractor can gain.
    pub gaining_at_most: Option<Exact>,
}

impl Program {
    /// The clauses, obligations and measures that bind a sub-contractor, in the order of the contract.
    pub fn flowed_down(&self, of: &Subcontract) -> Vec<Def> {
        let except = match &of.flows_down {
            FlowDown::Only(things) => return things.clone(),
            FlowDown::EverythingExcept(things) => things,
        };
        let clauses = (0u32..).zip(&self.clauses).map(|(id, _)| Def::Clause(ClauseId(id)));
        let own = (0u32..).zip(&self.obligations).filter(|(_, obligation)| obligation.party == of.from);
        let obligations = own.map(|(id, _)| Def::Obligation(ObligationId(id)));
        clauses.chain(obligations).filter(|def| !except.contains(def)).collect()
    }

    /// What a partner is paid in a year for exactly the services of a sub-contract, where that is a fixed amount.
    pub fn received_for(&self, of: &Subcontract) -> Option<Exact> {
        let mut services = of.services.clone();
        let mut sum = Exact::zero();
        let paid =
            |payment: &&crate::Payment| payment.payees.contains(&of.from) && !payment.services.is_empty();
        for (id, payment) in (0u32..).zip(&self.payments).filter(|(_, payment)| paid(payment)) {
            if payment.services.iter().all(|service| services.contains(service)) {
                services.retain(|service| !payment.services.contains(service));
                sum = sum + self.fixed_amount(PaymentId(id))? * &self.fixed_share(payment, of.from)?;
            }
        }
        (services.is_empty() && !of.services.is_empty()).then_some(sum)
    }

    /// The part of a payment that a partner has, where it is the same part of every amount.
    fn fixed_share(&self, payment: &crate::Payment, partner: PartnerId) -> Option<Exact> {
        let flow = self.flow(payment.flow?)?;
        let same = |share: &crate::Share| share.losing_at_most.is_none() && share.gaining_at_most.is_none();
        if !flow.first.is_empty() || !flow.shares.iter().all(same) {
            return None;
        }
        flow.shares.iter().find(|share| share.partner == partner).map(|share| share.share.clone())
    }

    /// The yearly amount of a block payment.
    fn fixed_amount(&self, id: PaymentId) -> Option<&Exact> {
        let owner = crate::ParameterOwner::Payment(id);
        let block = self.payment(id).filter(|payment| payment.form == crate::PaymentForm::Block)?;
        let amount = self.parameters.iter().find(|parameter| {
            parameter.owner == owner && parameter.head.name == format!("{}.amount", block.head.name)
        })?;
        match amount.rows.as_slice() {
            [row] => match row.values.as_slice() {
                [crate::Constant::Number(value)] => Some(value),
                _ => None,
            },
            _ => None,
        }
    }
}

impl crate::Partner {
    /// Whether the partner is party to the contract itself, and not only to a sub-contract under it.
    pub fn is_party(&self) -> bool {
        self.roles.is_empty() || self.roles.iter().any(|role| role != SUBCONTRACTOR)
    }
}

/// The role of an organisation that is party to a sub-contract only.
pub const SUBCONTRACTOR: &str = "subcontractor";
