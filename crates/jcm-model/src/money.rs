//! Figures, pools, tables, scores, incentives and payments.

use crate::{
    Constant, Def, Due, Expr, FlowId, Head, IncentiveId, InputId, Instalments, LineId, OpenTermId,
    ParameterId, PartnerId, PaymentId, PoolId, PopulationId, ScoreId, ServiceId, Ty, WeightRule,
};
use jcm_quantity::{Date, Exact, Unit};

/// A closed list of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Name, title, place.
    pub head: Head,
    /// `(name, title)` of each, in order.
    pub members: Vec<(String, String)>,
}

/// Who brings a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterOwner {
    /// A `parameter` declaration.
    Declared,
    /// A `knob`, with its range.
    Knob {
        /// Smallest a locality may set.
        from: Exact,
        /// Greatest a locality may set.
        to: Exact,
    },
    /// A pool: a partner's contribution.
    Pool(PoolId),
    /// A measure: its baseline or target.
    Measure(crate::MeasureId),
    /// A population: its size.
    Population(PopulationId),
    /// A payment: its amount, price or rate.
    Payment(PaymentId),
    /// A term left open: the amount that holds until it is settled.
    OpenTerm(OpenTermId),
}

/// A named figure or table of figures, dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name (dotted where something brings it), title, place.
    pub head: Head,
    /// Who brings it.
    pub owner: ParameterOwner,
    /// `(name, type)` of each key; none for a plain figure.
    pub keys: Vec<(String, Ty)>,
    /// `(name, type)` of each column; one without a name for a plain figure.
    pub columns: Vec<(String, Ty)>,
    /// Rows in the order of the source.
    pub rows: Vec<ParameterRow>,
    /// The source, in words.
    pub source: String,
}

/// A row of a parameter, in force on the dates of its period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterRow {
    /// One for each key.
    pub keys: Vec<Constant>,
    /// First day in force; `None` from the beginning.
    pub from: Option<Date>,
    /// First day no longer in force; `None` for ever.
    pub until: Option<Date>,
    /// One for each column.
    pub values: Vec<Constant>,
}

/// A pooled fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Name, title, place.
    pub head: Head,
    /// The statutory power, by name; empty if not stated.
    pub under: String,
    /// Who hosts it and pays from it.
    pub host: PartnerId,
    /// Who contributes, with the figure in force in each period.
    pub contributions: Vec<(PartnerId, ParameterId)>,
    /// The contributions that are written for a part of a year, `month` or `quarter`; the figures are of a year.
    pub written_per: Vec<(ParameterId, &'static str)>,
    /// Whose contributions stay as they are, whatever is spent.
    pub fixed: Vec<PartnerId>,
    /// Whose contributions follow what is spent.
    pub variable: Vec<PartnerId>,
    /// Yearly uplift with the date from which it applies, for the document; already in the contributions.
    pub uplift: Option<(Exact, Date)>,
    /// The line that sums the contributions of a period.
    pub budget: LineId,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// What is provided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Name, title, place.
    pub head: Head,
    /// Who provides it.
    pub providers: Vec<PartnerId>,
    /// Whom it is for.
    pub population: Option<PopulationId>,
    /// Whether the contract pays for it.
    pub in_scope: bool,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// A scale or bands: rows over a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name, title, place.
    pub head: Head,
    /// Whether the whole amount falls into one row, or each band takes its part.
    pub kind: TableKind,
    /// The unit that is looked up.
    pub of: Unit,
    /// The unit of the result (a rate for bands).
    pub gives: Unit,
    /// Rows in ascending order.
    pub rows: Vec<TableRow>,
    /// The source, in words.
    pub source: String,
}

impl Table {
    /// Whether each row begins where the one before it ends, so that every value falls into just one.
    pub fn is_tiled(&self) -> bool {
        let meets = |before: &TableRow, after: &TableRow| match (&before.upper, &after.lower) {
            (Some(end), Some(begin)) => end.value == begin.value && end.included != begin.included,
            _ => false,
        };
        self.rows.iter().zip(self.rows.iter().skip(1)).all(|(before, after)| meets(before, after))
    }

    /// Whether the result never falls after it has risen, nor rises after it has fallen.
    pub fn goes_one_way(&self) -> bool {
        let results: Vec<&Exact> =
            self.rows.iter().flat_map(|row| [Some(&row.from), row.to.as_ref()]).flatten().collect();
        let steps = || results.iter().zip(results.iter().skip(1));
        steps().all(|(a, b)| a <= b) || steps().all(|(a, b)| a >= b)
    }
}

/// How a table is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// The row that holds the whole amount gives the result.
    Scale,
    /// Each band's rate applies to the part of the amount inside it.
    Bands,
}

/// An end of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The value, in the base of the unit.
    pub value: Exact,
    /// Whether the row holds it.
    pub included: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Lower end; `None` without limit.
    pub lower: Option<End>,
    /// Upper end; `None` without limit.
    pub upper: Option<End>,
    /// The result at the lower end.
    pub from: Exact,
    /// The result at the upper end, where it changes evenly; `None` where it is the same in the whole row.
    pub to: Option<Exact>,
}

/// A weighted composite of measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Name, title, place.
    pub head: Head,
    /// `(weight, line of the part)`.
    pub parts: Vec<(Exact, LineId)>,
    /// What happens to the weight of a missing part.
    pub missing: WeightRule,
    /// The line that is the score.
    pub line: LineId,
}

/// Who owns a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineOwner {
    /// An incentive.
    Incentive(IncentiveId),
    /// A score.
    Score(ScoreId),
    /// A pool.
    Pool(PoolId),
    /// A payment.
    Payment(PaymentId),
    /// A term left open.
    OpenTerm(OpenTermId),
    /// A measure that is put together from the parts of a period.
    Measure(crate::MeasureId),
}

impl From<LineOwner> for Def {
    fn from(owner: LineOwner) -> Def {
        match owner {
            LineOwner::Incentive(id) => Def::Incentive(id),
            LineOwner::Score(id) => Def::Score(id),
            LineOwner::Pool(id) => Def::Pool(id),
            LineOwner::Payment(id) => Def::Payment(id),
            LineOwner::OpenTerm(id) => Def::OpenTerm(id),
            LineOwner::Measure(id) => Def::Measure(id),
        }
    }
}

/// A named line of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Name (of an incentive's line: `incentive.line`), title, place.
    pub head: Head,
    /// Who owns it.
    pub owner: LineOwner,
    /// Its type.
    pub ty: Ty,
    /// Whether it is computed for each row of a case in long form.
    pub per_row: bool,
    /// How it is computed.
    pub expr: Expr,
}

/// An ordered waterfall of named lines, ending in payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incentive {
    /// Name, title, place.
    pub head: Head,
    /// The statutory power, by name; empty if not stated.
    pub under: String,
    /// What the rows of a case are called in long form, such as `indicator`; empty without rows.
    pub each: String,
    /// Inputs that it asks for, in order.
    pub inputs: Vec<InputId>,
    /// Its lines, in order.
    pub lines: Vec<LineId>,
    /// Its flows of money.
    pub flows: Vec<FlowId>,
    /// When they are paid, where that follows from the contract alone.
    pub deadline: Option<Due>,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

/// Money from a payer to one or more payees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Name, title, place.
    pub head: Head,
    /// What is paid.
    pub amount: LineId,
    /// Who pays.
    pub payer: PartnerId,
    /// The pool it is paid from, if any.
    pub pool: Option<PoolId>,
    /// Who is paid before the others, in order, each up to an amount.
    pub first: Vec<Tranche>,
    /// Who is paid which share of what is left.
    pub shares: Vec<Share>,
    /// Who takes what rounding leaves over.
    pub residue: Residue,
    /// Who bears what a limit cuts off.
    pub excess: Option<Excess>,
}

/// What one payee takes before the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tranche {
    /// The payee.
    pub partner: PartnerId,
    /// The most of the amount, or of the loss, that it takes.
    pub up_to: Exact,
}

/// One payee's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The payee.
    pub partner: PartnerId,
    /// The share, as a fraction.
    pub share: Exact,
    /// The most it can lose.
    pub losing_at_most: Option<Exact>,
    /// The most it can gain.
    pub gaining_at_most: Option<Exact>,
}

/// Who takes what rounding leaves over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residue {
    /// One grain each to the largest remainders.
    LargestRemainder,
    /// One partner.
    To(PartnerId),
}

/// Who bears what a limit cuts off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// The others, in proportion.
    Others,
    /// One partner.
    To(PartnerId),
    /// The payer.
    Payer,
}

/// How a regular payment is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentForm {
    /// A fixed sum whatever the volume.
    Block,
    /// A sum for each person.
    Capitation,
    /// A price for each unit of activity.
    Activity,
    /// Actual cost and a margin.
    CostPlus,
    /// A share of a pooled fund.
    Pooled,
    /// By an incentive only.
    Outcome,
}

/// A regular payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Name, title, place.
    pub head: Head,
    /// Its form.
    pub form: PaymentForm,
    /// What it pays for.
    pub services: Vec<ServiceId>,
    /// Who is paid, in the order of the contract; more than one where they share it.
    pub payees: Vec<PartnerId>,
    /// The flow of money; `None` where an incentive pays.
    pub flow: Option<FlowId>,
    /// Its lines, in order.
    pub lines: Vec<LineId>,
    /// When it is paid, where that follows from the contract alone.
    pub deadline: Option<Due>,
    /// Into how many equal parts its amount of a year is divided, if it is.
    pub instalments: Option<Instalments>,
    /// Every other field, as `(field, text)` in the order of the source.
    pub particulars: Vec<(String, String)>,
}

impl Flow {
    /// Everyone who is paid, each once, in the order of the contract.
    pub fn payees(&self) -> Vec<PartnerId> {
        let mut payees = Vec::new();
        let first = self.first.iter().map(|tranche| tranche.partner);
        for partner in first.chain(self.shares.iter().map(|share| share.partner)) {
            if !payees.contains(&partner) {
                payees.push(partner);
            }
        }
        payees
    }
}
