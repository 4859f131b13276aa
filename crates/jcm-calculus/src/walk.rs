//! The parts of an expression, for readers that need not know every operator.

use crate::{CarriedId, Expr};
use jcm_quantity::{DayCount, DayMark};

impl Expr {
    /// The expressions directly inside this one, in the order of the contract.
    pub fn parts(&self) -> Vec<&Expr> {
        match self {
            Expr::Literal { .. } | Expr::Input(_) | Expr::Step(_) => Vec::new(),
            Expr::Carried(_) | Expr::InPeriods(_) => Vec::new(),
            Expr::Parameter { keys, .. } => keys.iter().collect(),
            Expr::Arithmetic { left, right, .. } | Expr::Compare { left, right, .. } => vec![left, right],
            Expr::IfMissing(value, otherwise) => vec![value, otherwise],
            Expr::Negate(part)
            | Expr::Absolute(part)
            | Expr::Not(part)
            | Expr::IsMissing(part)
            | Expr::SumOfRows(part)
            | Expr::CountOfRows(part) => vec![part],
            Expr::Round { value, .. }
            | Expr::RoundToFigures { value, .. }
            | Expr::Irrational { value, .. }
            | Expr::Power { value, .. }
            | Expr::StatisticOfRows { value, .. }
            | Expr::Scale { value, .. }
            | Expr::Bands { value, .. } => vec![value],
            Expr::MoveDate { date, by, .. } => vec![date, by],
            Expr::CountBetween { from, to, .. } => vec![from, to],
            Expr::MarkDate { date, .. } => vec![date],
            Expr::Least(parts)
            | Expr::Greatest(parts)
            | Expr::Statistic { parts, .. }
            | Expr::All(parts)
            | Expr::Any(parts) => parts.iter().collect(),
            Expr::OverAll { value, same, .. } => {
                [value].into_iter().chain(same).map(|part| part.as_ref()).collect()
            }
            Expr::Choose { cases, otherwise } => {
                let cases = cases.iter().flat_map(|(condition, value)| [condition, value]);
                cases.chain([otherwise.as_ref()]).collect()
            }
            Expr::Weighted { parts, .. } => parts.iter().map(|(_, part)| part).collect(),
        }
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Expr::Literal { .. } | Expr::Input(_) | Expr::Step(_) => Vec::new(),
            Expr::Carried(_) | Expr::InPeriods(_) => Vec::new(),
            Expr::Parameter { keys, .. } => keys.iter_mut().collect(),
            Expr::Arithmetic { left, right, .. } | Expr::Compare { left, right, .. } => vec![left, right],
            Expr::IfMissing(value, otherwise) => vec![value, otherwise],
            Expr::Negate(part)
            | Expr::Absolute(part)
            | Expr::Not(part)
            | Expr::IsMissing(part)
            | Expr::SumOfRows(part)
            | Expr::CountOfRows(part) => vec![part],
            Expr::Round { value, .. }
            | Expr::RoundToFigures { value, .. }
            | Expr::Irrational { value, .. }
            | Expr::Power { value, .. }
            | Expr::StatisticOfRows { value, .. }
            | Expr::Scale { value, .. }
            | Expr::Bands { value, .. } => vec![value],
            Expr::MoveDate { date, by, .. } => vec![date, by],
            Expr::CountBetween { from, to, .. } => vec![from, to],
            Expr::MarkDate { date, .. } => vec![date],
            Expr::Least(parts)
            | Expr::Greatest(parts)
            | Expr::Statistic { parts, .. }
            | Expr::All(parts)
            | Expr::Any(parts) => parts.iter_mut().collect(),
            Expr::OverAll { value, same, .. } => {
                [value].into_iter().chain(same).map(|part| part.as_mut()).collect()
            }
            Expr::Choose { cases, otherwise } => {
                let cases = cases.iter_mut().flat_map(|(condition, value)| [condition, value]);
                cases.chain([otherwise.as_mut()]).collect()
            }
            Expr::Weighted { parts, .. } => parts.iter_mut().map(|(_, part)| part).collect(),
        }
    }

    /// Every figure carried from the period before that the expression uses, in the order of the contract.
    pub fn carried(&self) -> Vec<CarriedId> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            if let Expr::Carried(id) = expr
                && !found.contains(id)
            {
                found.push(*id);
            }
            open.extend(expr.parts().into_iter().rev());
        }
        found
    }

    /// Whether this or a part of it asks which days are operational.
    pub fn needs_calendar(&self) -> bool {
        let own = match self {
            Expr::MoveDate { count, .. } | Expr::CountBetween { count, .. } => {
                *count == DayCount::OperationalDays
            }
            Expr::MarkDate { mark, .. } => *mark == DayMark::NextOperationalDay,
            _ => false,
        };
        own || self.parts().into_iter().any(Expr::needs_calendar)
    }

    /// Every part that is worked out over all cases, in the order of the contract.
    pub fn over_all(&self) -> Vec<&Expr> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            if let Expr::OverAll { .. } = expr {
                found.push(expr);
            } else {
                open.extend(expr.parts().into_iter().rev());
            }
        }
        found
    }
}
