//! The expressions that an expression is made of, for readers that need not know every operator.

use crate::{Expr, ExprKind};

macro_rules! parts {
    ($kind:expr, $iter:ident, $as:ident) => {
        match $kind {
            ExprKind::Constant(_) | ExprKind::Input(_) | ExprKind::Line(_) => Vec::new(),
            ExprKind::Balance(_) | ExprKind::At(_) => Vec::new(),
            ExprKind::Parameter { keys, .. } => keys.$iter().collect(),
            ExprKind::Arithmetic { left, right, .. } | ExprKind::Compare { left, right, .. } => {
                vec![left, right]
            }
            ExprKind::Negate(inner)
            | ExprKind::Absolute(inner)
            | ExprKind::Not(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::SumOfRows(inner)
            | ExprKind::CountOfRows(inner) => vec![inner],
            ExprKind::Smallest(list)
            | ExprKind::Greatest(list)
            | ExprKind::Statistic { values: list, .. } => list.$iter().collect(),
            ExprKind::WeightedMean(list) => {
                list.$iter().flat_map(|(value, weight)| [value, weight]).collect()
            }
            ExprKind::OverAll { value, same, .. } | ExprKind::CountOfCases { condition: value, same } => {
                [value].into_iter().chain(same).map(|part| part.$as()).collect()
            }
            ExprKind::AtLeast { value, limit } | ExprKind::AtMost { value, limit } => vec![value, limit],
            ExprKind::Round { value, .. }
            | ExprKind::RoundToFigures { value, .. }
            | ExprKind::Irrational { value, .. }
            | ExprKind::Power { value, .. }
            | ExprKind::StatisticOfRows { value, .. }
            | ExprKind::Table { value, .. } => vec![value],
            ExprKind::And(left, right) | ExprKind::Or(left, right) => vec![left, right],
            ExprKind::When { cases, otherwise } => {
                let cases = cases.$iter().flat_map(|(value, condition)| [value, condition]);
                cases.chain([otherwise.$as()]).collect()
            }
            ExprKind::Cases { rows, otherwise, .. } => {
                let rows = rows.$iter().flat_map(|(value, condition)| [value, condition]);
                rows.chain(otherwise.$iter().map(|other| other.$as())).collect()
            }
            ExprKind::Progress { value, from, to } => vec![value, from, to],
            ExprKind::MoveDate { date, by, .. } => vec![date, by],
            ExprKind::CountBetween { from, to, .. } => vec![from, to],
            ExprKind::MarkDate { date, .. } => vec![date],
            ExprKind::Weighted { parts, .. } => parts.$iter().map(|(_, part)| part).collect(),
            ExprKind::IfMissing { value, default } => vec![value, default],
        }
    };
}

impl Expr {
    /// The expressions directly inside this one: of `value when condition`, the value first.
    pub fn parts(&self) -> Vec<&Expr> {
        parts!(&self.kind, iter, as_ref)
    }

    /// The same expressions, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Expr> {
        parts!(&mut self.kind, iter_mut, as_mut)
    }
}
