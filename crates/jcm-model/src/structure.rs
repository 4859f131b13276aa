//! Who is paid by whom, for what, and through which sub-contracts: the structure by which contracting models differ.

use crate::{
    Def, Expr, ExprKind, FlowId, Incentive, IncentiveId, LineOwner, Partner, PartnerId, Payment, PaymentId,
    PoolId, Program, ScoreId, Service, ServiceId, Subcontract, SubcontractId, TableId,
};
use jcm_quantity::add_months;
use std::collections::BTreeSet;

/// The longest term that is counted in months.
const LONGEST: i32 = 1200;

impl Program {
    /// The whole months of the contract's term.
    pub fn months(&self) -> usize {
        let within = |months: &i32| {
            add_months(self.contract.start, *months).is_some_and(|date| date <= self.contract.end)
        };
        (1..=LONGEST).take_while(within).count()
    }

    /// The services that a partner provides and does not pass on to a sub-contractor.
    pub(crate) fn own_services(&self, partner: &Partner) -> Vec<ServiceId> {
        let passed_on = |id: ServiceId| {
            self.subcontracts
                .iter()
                .any(|subcontract| self.is(subcontract.from, partner) && subcontract.services.contains(&id))
        };
        let services = (0u32..).zip(&self.services).map(|(id, service)| (ServiceId(id), service));
        let own = |(id, service): &(ServiceId, &Service)| {
            service.providers.iter().any(|provider| self.is(*provider, partner)) && !passed_on(*id)
        };
        services.filter(own).map(|(id, _)| id).collect()
    }

    /// The regular payments to a partner.
    pub(crate) fn payments_to(&self, partner: &Partner) -> Vec<Def> {
        self.payments_where(|payment| payment.payees.iter().any(|payee| self.is(*payee, partner)))
    }

    /// The regular payments for a service.
    pub(crate) fn payments_for(&self, service: &Service) -> Vec<Def> {
        let paid = |id: &ServiceId| self.service(*id).is_some_and(|other| std::ptr::eq(other, service));
        self.payments_where(|payment| payment.services.iter().any(paid))
    }

    fn payments_where(&self, suits: impl Fn(&Payment) -> bool) -> Vec<Def> {
        let found = (0u32..).zip(&self.payments).filter(|(_, payment)| suits(payment));
        found.map(|(id, _)| Def::Payment(PaymentId(id))).collect()
    }

    /// The incentives that pay a partner.
    pub(crate) fn incentives_to(&self, partner: &Partner) -> Vec<Def> {
        let pays = |flow: &FlowId| {
            self.flow(*flow).is_some_and(|flow| flow.payees().iter().any(|payee| self.is(*payee, partner)))
        };
        let found = (0u32..).zip(&self.incentives).filter(|(_, incentive)| incentive.flows.iter().any(pays));
        found.map(|(id, _)| Def::Incentive(IncentiveId(id))).collect()
    }

    /// The sub-contracts of which something holds.
    pub(crate) fn subcontracts_where(&self, suits: impl Fn(&Subcontract) -> bool) -> Vec<Def> {
        let found = (0u32..).zip(&self.subcontracts).filter(|(_, subcontract)| suits(subcontract));
        found.map(|(id, _)| Def::Subcontract(SubcontractId(id))).collect()
    }

    /// The pools from which an incentive pays.
    pub(crate) fn pools_of(&self, incentive: &Incentive) -> BTreeSet<PoolId> {
        incentive.flows.iter().filter_map(|id| self.flow(*id)?.pool).collect()
    }

    /// The scores on which the payments of an incentive depend.
    pub(crate) fn scores_of(&self, incentive: &Incentive) -> BTreeSet<ScoreId> {
        let score = |line: &crate::LineId| match self.line(*line)?.owner {
            LineOwner::Score(id) => Some(id),
            _ => None,
        };
        self.behind(incentive).0.iter().filter_map(score).collect()
    }

    /// The scales and bands that the payments of an incentive are looked up in.
    pub(crate) fn tables_of(&self, incentive: &Incentive) -> BTreeSet<TableId> {
        let mut found = BTreeSet::new();
        for line in self.behind(incentive).0 {
            if let Some(line) = self.line(line) {
                visit(&line.expr, &mut |expr| {
                    if let ExprKind::Table { table, .. } = &expr.kind {
                        found.insert(*table);
                    }
                });
            }
        }
        found
    }

    /// Whether an incentive has a threshold, gate or other case in which it is worked out differently.
    pub(crate) fn has_conditions(&self, incentive: &Incentive) -> bool {
        let mut found = false;
        for line in self.behind(incentive).0 {
            if let Some(line) = self.line(line) {
                visit(&line.expr, &mut |expr| {
                    found |= matches!(expr.kind, ExprKind::When { .. } | ExprKind::Cases { .. });
                });
            }
        }
        found
    }

    /// Whether an id is that of a partner.
    pub(crate) fn is(&self, id: PartnerId, partner: &Partner) -> bool {
        self.partner(id).is_some_and(|other| std::ptr::eq(other, partner))
    }
}

fn visit(expr: &Expr, see: &mut impl FnMut(&Expr)) {
    see(expr);
    for part in expr.parts() {
        visit(part, see);
    }
}
