//! The ids in what a declaration becomes, for a compiler that reads declarations side by side and then puts what they
//! bring into the lists of the program.
//!
//! Every field is named here, so that none that comes later can be forgotten.

use crate::{
    Balance, BalanceId, BalanceKind, Clause, Combined, Def, Definition, Doubt, Example, ExamplePeriod,
    Expect, Expected, Expr, ExprKind, Flow, FlowId, Incentive, Input, InputId, Line, LineId, Measure,
    Paragraph, Parameter, ParameterId, Piece, Possible, Score,
};

/// How the places of one list have moved: from one place on, all by as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shift {
    from: u32,
    to: u32,
}

impl Shift {
    /// What stood at `from` stands at `to`, and what came after it follows.
    pub fn new(from: usize, to: usize) -> Self {
        let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self { from: place(from), to: place(to) }
    }

    fn put(self, id: &mut u32) {
        if let Some(behind) = id.checked_sub(self.from) {
            *id = self.to.saturating_add(behind);
        }
    }
}

/// How the places of the lists have moved to which readings of declarations add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renumbering {
    /// Those of [`crate::Program::inputs`].
    pub inputs: Shift,
    /// Those of [`crate::Program::lines`].
    pub lines: Shift,
    /// Those of [`crate::Program::balances`].
    pub balances: Shift,
    /// Those of [`crate::Program::flows`].
    pub flows: Shift,
    /// Those of [`crate::Program::parameters`].
    pub parameters: Shift,
}

/// Something that names places of the lists of the program.
pub trait Numbered {
    /// Puts each id where its thing stands now.
    fn renumber(&mut self, by: &Renumbering);
}

macro_rules! ids {
    ($($id:ident: $list:ident;)*) => {$(
        impl Numbered for $id {
            fn renumber(&mut self, by: &Renumbering) {
                by.$list.put(&mut self.0);
            }
        }
    )*};
}

ids! {
    InputId: inputs;
    LineId: lines;
    BalanceId: balances;
    FlowId: flows;
    ParameterId: parameters;
}

impl Numbered for () {
    fn renumber(&mut self, _: &Renumbering) {}
}

impl<T: Numbered> Numbered for Option<T> {
    fn renumber(&mut self, by: &Renumbering) {
        self.iter_mut().for_each(|one| one.renumber(by));
    }
}

impl<T: Numbered> Numbered for Box<T> {
    fn renumber(&mut self, by: &Renumbering) {
        self.as_mut().renumber(by);
    }
}

impl<T: Numbered> Numbered for Vec<T> {
    fn renumber(&mut self, by: &Renumbering) {
        self.iter_mut().for_each(|one| one.renumber(by));
    }
}

impl Numbered for Def {
    fn renumber(&mut self, by: &Renumbering) {
        match self {
            Def::Parameter(id) => id.renumber(by),
            Def::Input(id) => id.renumber(by),
            Def::Line(id) => id.renumber(by),
            Def::Balance(id) => id.renumber(by),
            // The places of what is declared are those of the declarations.
            Def::Contract
            | Def::Partner(_)
            | Def::Population(_)
            | Def::Outcome(_)
            | Def::Measure(_)
            | Def::Service(_)
            | Def::Choice(_)
            | Def::Pool(_)
            | Def::Table(_)
            | Def::Score(_)
            | Def::Incentive(_)
            | Def::Payment(_)
            | Def::Clause(_)
            | Def::Definition(_)
            | Def::Board(_)
            | Def::Obligation(_)
            | Def::Ladder(_)
            | Def::OpenTerm(_)
            | Def::Variation(_)
            | Def::ConditionPrecedent(_)
            | Def::Decision(_)
            | Def::Power(_)
            | Def::Subcontract(_)
            | Def::Document(_) => {}
        }
    }
}

impl Numbered for (Expr, Expr) {
    fn renumber(&mut self, by: &Renumbering) {
        self.0.renumber(by);
        self.1.renumber(by);
    }
}

impl Numbered for Expr {
    fn renumber(&mut self, by: &Renumbering) {
        let Expr { kind, ty: _, span: _ } = self;
        match kind {
            ExprKind::Constant(_) | ExprKind::At(_) => {}
            ExprKind::Input(id) => id.renumber(by),
            ExprKind::Line(id) => id.renumber(by),
            ExprKind::Balance(id) => id.renumber(by),
            ExprKind::Parameter { parameter, column: _, keys } => {
                parameter.renumber(by);
                keys.renumber(by);
            }
            ExprKind::Arithmetic { op: _, left, right }
            | ExprKind::Compare { op: _, left, right }
            | ExprKind::And(left, right)
            | ExprKind::Or(left, right) => {
                left.renumber(by);
                right.renumber(by);
            }
            ExprKind::Negate(one)
            | ExprKind::Absolute(one)
            | ExprKind::Not(one)
            | ExprKind::IsMissing(one)
            | ExprKind::SumOfRows(one)
            | ExprKind::CountOfRows(one) => one.renumber(by),
            ExprKind::Smallest(list)
            | ExprKind::Greatest(list)
            | ExprKind::Statistic { statistic: _, values: list } => list.renumber(by),
            ExprKind::WeightedMean(list) => list.renumber(by),
            ExprKind::Round { value, rounding: _ }
            | ExprKind::RoundToFigures { value, mode: _, figures: _ }
            | ExprKind::Irrational { function: _, value, decimals: _ }
            | ExprKind::Power { value, exponent: _ }
            | ExprKind::StatisticOfRows { statistic: _, value }
            | ExprKind::Table { table: _, value }
            | ExprKind::MarkDate { date: value, mark: _ } => value.renumber(by),
            ExprKind::OverAll { function: _, value, same }
            | ExprKind::CountOfCases { condition: value, same } => {
                value.renumber(by);
                same.renumber(by);
            }
            ExprKind::AtLeast { value, limit: other }
            | ExprKind::AtMost { value, limit: other }
            | ExprKind::IfMissing { value, default: other }
            | ExprKind::MoveDate { date: value, by: other, earlier: _, count: _ }
            | ExprKind::CountBetween { from: value, to: other, count: _ } => {
                value.renumber(by);
                other.renumber(by);
            }
            ExprKind::When { cases, otherwise } => {
                cases.renumber(by);
                otherwise.renumber(by);
            }
            ExprKind::Cases { of, keys: _, rows, otherwise } => {
                of.renumber(by);
                rows.renumber(by);
                otherwise.renumber(by);
            }
            ExprKind::Progress { value, from, to } => {
                value.renumber(by);
                from.renumber(by);
                to.renumber(by);
            }
            ExprKind::Weighted { parts, missing: _ } => {
                parts.iter_mut().for_each(|(_, part)| part.renumber(by));
            }
        }
    }
}

impl Numbered for Doubt {
    fn renumber(&mut self, by: &Renumbering) {
        let Doubt { disputed: _, suppressed: _, late: _, possible: Possible { least: _, most: _, over } } =
            self;
        over.iter_mut().for_each(|(input, _)| input.renumber(by));
    }
}

impl Numbered for Measure {
    #[rustfmt::skip]
    fn renumber(&mut self, by: &Renumbering) {
        let Measure {
            head: _, outcome: _, used_for: _, unit: _, choice: _, better: _, numerator: _, denominator: _, source: _,
            version: _, baseline, target, collected_by: _, verified_by: _, input, combined, missing: _, deadline: _,
            doubt, particulars: _,
        } = self;
        baseline.iter_mut().for_each(|(figure, _)| figure.renumber(by));
        target.renumber(by);
        input.renumber(by);
        if let Some(Combined { rule: _, part: _, inputs, line }) = combined {
            inputs.renumber(by);
            line.renumber(by);
        }
        doubt.renumber(by);
    }
}

impl Numbered for Parameter {
    fn renumber(&mut self, _: &Renumbering) {
        let Parameter { head: _, owner: _, keys: _, columns: _, rows: _, source: _ } = self;
    }
}

impl Numbered for Score {
    fn renumber(&mut self, by: &Renumbering) {
        let Score { head: _, parts, missing: _, line } = self;
        parts.iter_mut().for_each(|(_, part)| part.renumber(by));
        line.renumber(by);
    }
}

impl Numbered for Incentive {
    fn renumber(&mut self, by: &Renumbering) {
        let Incentive { head: _, under: _, each: _, inputs, lines, flows, deadline: _, particulars: _ } =
            self;
        inputs.renumber(by);
        lines.renumber(by);
        flows.renumber(by);
    }
}

impl Numbered for Input {
    fn renumber(&mut self, by: &Renumbering) {
        let Input { head: _, owner: _, ty: _, per_row: _, source: _, missing: _, doubt } = self;
        doubt.renumber(by);
    }
}

impl Numbered for Line {
    fn renumber(&mut self, by: &Renumbering) {
        let Line { head: _, owner: _, ty: _, per_row: _, expr } = self;
        expr.renumber(by);
    }
}

impl Numbered for Balance {
    fn renumber(&mut self, by: &Renumbering) {
        let Balance { head: _, owner: _, kind, unit: _, opening: _, every_year: _, closing } = self;
        match kind {
            BalanceKind::Declared { remainder, written_off: _ } => remainder.renumber(by),
            BalanceKind::ToDate | BalanceKind::OnAccount => {}
        }
        closing.renumber(by);
    }
}

impl Numbered for Flow {
    fn renumber(&mut self, by: &Renumbering) {
        let Flow { head: _, amount, payer: _, pool: _, first: _, shares: _, residue: _, excess: _ } = self;
        amount.renumber(by);
    }
}

fn renumber_each<I: Numbered, T>(given: &mut [(I, T)], by: &Renumbering) {
    given.iter_mut().for_each(|(id, _)| id.renumber(by));
}

impl Numbered for Example {
    fn renumber(&mut self, by: &Renumbering) {
        let Example {
            head: _,
            of,
            period: _,
            given,
            given_lines,
            rows,
            others,
            opening,
            expect,
            later,
            source: _,
        } = self;
        of.renumber(by);
        renumber_each(given, by);
        renumber_each(given_lines, by);
        rows.iter_mut().chain(others).for_each(|(_, given)| renumber_each(given, by));
        renumber_each(opening, by);
        expect.renumber(by);
        for ExamplePeriod { given, given_lines, expect } in later {
            renumber_each(given, by);
            renumber_each(given_lines, by);
            expect.renumber(by);
        }
    }
}

impl Numbered for Expect {
    fn renumber(&mut self, by: &Renumbering) {
        let Expect { what, span: _ } = self;
        match what {
            Expected::Line { line, row: _, value: _, to: _ } => line.renumber(by),
            Expected::Receives { flow, partner: _, amount: _ } => flow.renumber(by),
        }
    }
}

impl Numbered for Paragraph {
    fn renumber(&mut self, by: &Renumbering) {
        let Paragraph { pieces, span: _ } = self;
        for piece in pieces {
            match piece {
                Piece::Text(_) | Piece::Figure { value: _, ty: _, written: _, span: _ } => {}
                Piece::Reference { def, span: _ } => def.renumber(by),
            }
        }
    }
}

impl Numbered for Clause {
    fn renumber(&mut self, by: &Renumbering) {
        let Clause { head: _, part: _, covers: _, paragraphs } = self;
        paragraphs.renumber(by);
    }
}

impl Numbered for Definition {
    fn renumber(&mut self, by: &Renumbering) {
        let Definition { head: _, paragraphs } = self;
        paragraphs.renumber(by);
    }
}
