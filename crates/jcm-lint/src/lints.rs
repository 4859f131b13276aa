//! The table of lints: each with its code, its name, how serious it usually is, and a line that says what it finds.

mod cliff;
mod collected_by_payee;
mod dead_gate;
mod duplicate_title;
mod early_rounding;
mod figure_in_words;
mod figure_without_source;
mod figures_end;
mod flat_zone;
mod idle_limit;
mod long_sentence;
mod loss_exposure;
mod met_at_baseline;
mod more_than_fund;
mod no_payment_day;
mod one_sided;
mod paid_before_data;
mod paid_twice;
mod reported_in_parts;
mod retyped_figure;
mod share_above_whole;
mod target_stands_still;
mod undefined_abbreviation;
mod untried_branch;
mod untried_loss;
mod unused;
mod unusual_word;

use crate::levels::Level;
use crate::view::View;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_quantity::{Currency, Exact};
use jcm_source::Span;

/// A lint.
#[derive(Debug)]
pub struct Lint {
    /// Its code, which `jcm explain` explains.
    pub code: Code,
    /// Its name, in settings and suppressions.
    pub name: &'static str,
    /// How serious it usually is.
    pub level: Level,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// The limit up to which it says nothing, where it has one.
    pub limit: Option<Limit>,
    find: fn(&View<'_>, &Exact) -> Vec<Diagnostic>,
}

impl Lint {
    pub(crate) fn find(&self, view: &View<'_>, limit: &Exact) -> Vec<Diagnostic> {
        (self.find)(view, limit)
    }
}

/// A limit up to which a lint says nothing.
#[derive(Debug)]
pub struct Limit {
    /// Its name in `jcm.toml`.
    pub name: &'static str,
    /// What it is.
    pub of: LimitOf,
    /// What it usually is, as a quotient.
    usual: (i64, i64),
}

impl Limit {
    /// What it usually is, in the base of its unit.
    pub fn usual(&self) -> Exact {
        Exact::ratio(self.usual.0, self.usual.1).unwrap_or_default()
    }
}

/// What a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitOf {
    /// An amount of the contract's currency.
    Money,
    /// A percentage.
    Percent,
    /// A whole number.
    Count,
}

impl LimitOf {
    /// In words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            LimitOf::Money => "an amount in the currency of the contract",
            LimitOf::Percent => "a percentage",
            LimitOf::Count => "a whole number",
        }
    }

    /// One that would do.
    pub(crate) fn example(self, currency: &Currency) -> String {
        match self {
            LimitOf::Money if currency.has_symbol() => format!("\"{}50,000\"", currency.symbol),
            LimitOf::Money => format!("\"50,000 {}\"", currency.code),
            LimitOf::Percent => "\"5%\"".to_owned(),
            LimitOf::Count => "40".to_owned(),
        }
    }
}

macro_rules! lints {
    ($($code:literal $name:literal $level:ident $find:path, $summary:literal $(, $limit:literal $of:ident $num:literal / $den:literal)?;)*) => {
        /// Every lint, in the order of the codes.
        pub const LINTS: &[Lint] = &[$(Lint {
            code: Code($code),
            name: $name,
            level: Level::$level,
            summary: $summary,
            limit: lints!(@limit $($limit $of $num $den)?),
            find: $find,
        }),*];
    };
    (@limit) => { None };
    (@limit $limit:literal $of:ident $num:literal $den:literal) => {
        Some(Limit { name: $limit, of: LimitOf::$of, usual: ($num, $den) })
    };
}

lints! {
    "L0101" "cliff" Warn cliff::find, "a step at which a payment jumps", "above" Money 0/1;
    "L0102" "unused" Warn unused::find, "a declaration that nothing uses";
    "L0103" "retyped-figure" Warn retyped_figure::find, "a clause that spells a figure which the contract holds under a name";
    "L0104" "one-sided" Note one_sided::find, "a gain that is shared without the loss, or a loss without the gain";
    "L0105" "loss-exposure" Warn loss_exposure::find, "a partner that can lose without limit, or too much of its turnover", "above" Percent 5/100;
    "L0106" "dead-gate" Warn dead_gate::find, "a condition that always holds or never does";
    "L0107" "idle-limit" Warn idle_limit::find, "a cap or floor that is never reached";
    "L0108" "paid-twice" Warn paid_twice::find, "a measure that is paid for more than once";
    "L0109" "met-at-baseline" Warn met_at_baseline::find, "a target or a full score that is met at the start";
    "L0110" "target-stands-still" Warn target_stands_still::find, "a target that is no better than the one before";
    "L0111" "flat-zone" Note flat_zone::find, "a stretch of a scale or of bands in which nothing more is earned";
    "L0112" "collected-by-payee" Warn collected_by_payee::find, "a measure whose figures come from whom they pay, and nobody verifies them";
    "L0113" "figure-without-source" Note figure_without_source::find, "a parameter that does not say where it comes from";
    "L0114" "figures-end" Warn figures_end::find, "a table of figures that has none for a part of the term";
    "L0115" "paid-before-data" Warn paid_before_data::find, "a settlement that is due before its figures are reported";
    "L0116" "untried-loss" Warn untried_loss::find, "an incentive that no example tries, or whose loss none does";
    "L0117" "untried-branch" Note untried_branch::find, "a case of a line or a row of a scale that no example reaches";
    "L0118" "early-rounding" Warn early_rounding::find, "a figure that is rounded before the last step";
    "L0119" "undefined-abbreviation" Note undefined_abbreviation::find, "an abbreviation in a clause that nothing explains";
    "L0120" "duplicate-title" Warn duplicate_title::find, "two things whose titles differ in nothing or only in case";
    "L0121" "long-sentence" Allow long_sentence::find, "a sentence of a clause with many words", "words" Count 45/1;
    "L0128" "share-above-whole" Warn share_above_whole::find, "an amount multiplied with `of` by a bare number above one";
    "L0129" "more-than-fund" Warn more_than_fund::find, "a payment that is always more than the fund that it comes from";
    "L0130" "unusual-word" Note unusual_word::find, "a role, sector or law that contracts do not usually have";
    "L0131" "figure-in-words" Note figure_in_words::find, "a figure in a clause that an incentive has too, or that is none of what the clause names";
    "L0135" "no-payment-day" Note no_payment_day::find, "money that is paid on no day that the contract names";
    "L0136" "reported-in-parts" Warn reported_in_parts::find, "a measure that is reported oftener than it is settled, without a rule for its parts";
}

/// A finding; its code and level are put in by the table.
fn finding(message: String, span: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(Code("L0101"), message, span, label)
}
