//! Problems of meaning: one file each, with its facts and its words.

use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(crate) use crate::near::near;

mod allocation_order;
mod bad_number;
mod balance_unclosed;
mod baseline_late;
mod bound_twice;
mod calendar_not_used;
mod case_gap;
mod case_overlap;
mod circular;
mod combined_unfit;
mod condition_late;
mod contribution_unclear;
mod dated_gap;
mod dates_disordered;
mod decision_invalid;
mod decision_unruled;
mod document_misplaced;
mod duplicate_field;
mod duplicate_name;
mod example_given;
mod expression;
mod final_unstated;
mod from_elsewhere;
mod holiday_misplaced;
mod incomplete;
mod input_unbound;
mod instalments_uneven;
mod ladder_unbound;
mod limit_unborne;
mod limits_cross;
mod missing_field;
mod misspelt_word;
mod no_calendar;
mod no_contract;
mod no_such_date;
mod not_constant;
mod not_for_payment;
mod not_local;
mod not_money;
mod not_paid;
mod not_summed;
mod not_variable;
mod nothing_expected;
mod odd_pence_unclear;
mod on_account_inside;
mod one_owner;
mod out_of_range;
mod outside_term;
mod paid_to_pool;
mod part_of_day;
mod payment_unclear;
mod pays_itself;
mod periods_untiled;
mod power_misused;
mod quorum_unmet;
mod remainder_twice;
mod remainder_unsaid;
mod rows_outside;
mod service_streams;
mod shape;
mod shares_sum;
mod statement;
mod subcontract_dates;
mod subcontract_risk;
mod subcontract_services;
mod table_gap;
mod table_overlap;
mod unfit_question;
mod unit_mismatch;
mod unknown_field;
mod unknown_module;
mod unknown_name;
mod unknown_unit;
mod unnamed;
mod unpaid_line;
mod unused_definition;
mod unverified;
mod used_before;
mod variation_dates;
mod varied_twice;
mod weights_sum;
mod wrong_base;
mod wrong_count;
mod wrong_direction;
mod wrong_kind;
mod wrong_type;
mod years_uncounted;

pub(crate) use allocation_order::AllocationOrder;
pub(crate) use bad_number::{BadNumber, TwoReadings};
pub(crate) use balance_unclosed::BalanceUnclosed;
pub(crate) use baseline_late::BaselineLate;
pub(crate) use bound_twice::BoundTwice;
pub(crate) use calendar_not_used::CalendarNotUsed;
pub(crate) use case_gap::CaseGap;
pub(crate) use case_overlap::CaseOverlap;
pub(crate) use circular::{Circular, DefinedInCircle};
pub(crate) use combined_unfit::CombinedUnfit;
pub(crate) use condition_late::ConditionLate;
pub(crate) use contribution_unclear::ContributionUnclear;
pub(crate) use dated_gap::DatedGap;
pub(crate) use dates_disordered::DatesDisordered;
pub(crate) use decision_invalid::DecisionInvalid;
pub(crate) use decision_unruled::DecisionUnruled;
pub(crate) use document_misplaced::{DocumentMisplaced, Misplaced};
pub(crate) use duplicate_field::DuplicateField;
pub(crate) use duplicate_name::DuplicateName;
pub(crate) use example_given::ExampleGiven;
pub(crate) use expression::Expression;
pub(crate) use final_unstated::FinalUnstated;
pub(crate) use from_elsewhere::{from_elsewhere, with_dates};
pub(crate) use holiday_misplaced::HolidayMisplaced;
pub(crate) use incomplete::Incomplete;
pub(crate) use input_unbound::InputUnbound;
pub(crate) use instalments_uneven::InstalmentsUneven;
pub(crate) use ladder_unbound::LadderUnbound;
pub(crate) use limit_unborne::LimitUnborne;
pub(crate) use limits_cross::LimitsCross;
pub(crate) use missing_field::MissingField;
pub(crate) use misspelt_word::MisspeltWord;
pub(crate) use no_calendar::NoCalendar;
pub(crate) use no_contract::NoContract;
pub(crate) use no_such_date::NoSuchDate;
pub(crate) use not_constant::NotConstant;
pub(crate) use not_for_payment::NotForPayment;
pub(crate) use not_local::NotLocal;
pub(crate) use not_money::NotMoney;
pub(crate) use not_paid::NotPaid;
pub(crate) use not_summed::NotSummed;
pub(crate) use not_variable::NotVariable;
pub(crate) use nothing_expected::NothingExpected;
pub(crate) use odd_pence_unclear::OddPenceUnclear;
pub(crate) use on_account_inside::OnAccountInside;
pub(crate) use one_owner::OneOwner;
pub(crate) use out_of_range::OutOfRange;
pub(crate) use outside_term::OutsideTerm;
pub(crate) use paid_to_pool::PaidToPool;
pub(crate) use part_of_day::PartOfDay;
pub(crate) use payment_unclear::PaymentUnclear;
pub(crate) use pays_itself::PaysItself;
pub(crate) use periods_untiled::PeriodsUntiled;
pub(crate) use power_misused::PowerMisused;
pub(crate) use quorum_unmet::QuorumUnmet;
pub(crate) use remainder_twice::RemainderTwice;
pub(crate) use remainder_unsaid::RemainderUnsaid;
pub(crate) use rows_outside::RowsOutside;
pub(crate) use service_streams::ServiceStreams;
pub(crate) use shape::Shape;
pub(crate) use shares_sum::SharesSum;
pub(crate) use statement::{SecondDuty, Statement};
pub(crate) use subcontract_dates::SubcontractDates;
pub(crate) use subcontract_risk::SubcontractRisk;
pub(crate) use subcontract_services::{Misfit, SubcontractServices};
pub(crate) use table_gap::TableGap;
pub(crate) use table_overlap::TableOverlap;
pub(crate) use unfit_question::UnfitQuestion;
pub(crate) use unit_mismatch::{SignForgotten, UnitMismatch};
pub(crate) use unknown_field::UnknownField;
pub(crate) use unknown_module::UnknownModule;
pub(crate) use unknown_name::{NoFigureOfMeasure, UnitAlone, UnknownName};
pub(crate) use unknown_unit::{PercentInWords, UnknownUnit};
pub(crate) use unnamed::{Mixed, Unnamed};
pub(crate) use unpaid_line::UnpaidLine;
pub(crate) use unused_definition::UnusedDefinition;
pub(crate) use unverified::Unverified;
pub(crate) use used_before::UsedBefore;
pub(crate) use variation_dates::VariationDates;
pub(crate) use varied_twice::VariedTwice;
pub(crate) use weights_sum::WeightsSum;
pub(crate) use wrong_base::WrongBase;
pub(crate) use wrong_count::{CommasMissing, WrongCount};
pub(crate) use wrong_direction::WrongDirection;
pub(crate) use wrong_kind::WrongKind;
pub(crate) use wrong_type::WrongType;
pub(crate) use years_uncounted::YearsUncounted;

/// The facts of a problem, which know how to say themselves.
pub(crate) trait Problem {
    /// The diagnostic in the words of the contract.
    fn describe(self) -> Diagnostic;
}

/// The code of a module that is not there, from which other problems follow.
pub(crate) const UNKNOWN_MODULE: Code = unknown_module::CODE;

/// The code of what is not written as it should be, which may follow from what stands in it.
pub(crate) const SHAPE: Code = shape::CODE;

/// Every code of this crate with its meaning in a few words.
pub const CODES: &[(Code, &str)] = &[
    (expression::CODE, "an expression cannot be read"),
    (shape::CODE, "a field or statement is not written as it should be"),
    (unknown_module::CODE, "a `use` or `include` names a file or library that is not there"),
    (unknown_name::CODE, "a name is not declared"),
    (duplicate_name::CODE, "two things have one name"),
    (wrong_kind::CODE, "a name stands for something else than is needed here"),
    (unknown_field::CODE, "a declaration has a field that it does not know"),
    (duplicate_field::CODE, "a field is given twice"),
    (missing_field::CODE, "a declaration lacks what it must have"),
    (statement::CODE, "a statement is not known in this declaration"),
    (no_contract::CODE, "there is not exactly one contract"),
    (used_before::CODE, "a line uses a line that comes after it"),
    (circular::CODE, "things depend on each other in a circle"),
    (unnamed::CODE, "a declaration has no name or no title"),
    (incomplete::CODE, "a contract without a stated problem could not be put together"),
    (unit_mismatch::CODE, "a figure has the wrong unit"),
    (unknown_unit::CODE, "a unit is not known"),
    (wrong_type::CODE, "a value of another type is needed"),
    (unfit_question::CODE, "a question of a criterion can never be answered with yes"),
    (wrong_count::CODE, "a table or function is given too many or too few things"),
    (not_constant::CODE, "a figure that must be fixed in the contract depends on data"),
    (bad_number::CODE, "a figure is not written as a number can be"),
    (no_such_date::CODE, "a date or year is not in the calendar"),
    (dates_disordered::CODE, "the end lies before the start"),
    (periods_untiled::CODE, "the settlement periods do not fill the term"),
    (dated_gap::CODE, "dated figures leave a gap or overlap"),
    (baseline_late::CODE, "a baseline does not lie before what is measured against it"),
    (outside_term::CODE, "a period is not one of the contract's settlement periods"),
    (no_calendar::CODE, "operational days are used, and the contract names no calendar"),
    (holiday_misplaced::CODE, "a holiday stands twice or outside the days that its calendar covers"),
    (part_of_day::CODE, "a date is moved by a part of a day or month"),
    (calendar_not_used::CODE, "a calendar of the library is named, and no `use` takes it in"),
    (years_uncounted::CODE, "a year is counted from the first day in a contract whose years are not"),
    (shares_sum::CODE, "shares do not sum to 100 %"),
    (table_gap::CODE, "a scale or bands leave a hole"),
    (table_overlap::CODE, "rows of a scale or bands overlap or are out of order"),
    (wrong_direction::CODE, "a target is worse than the baseline"),
    (one_owner::CODE, "an outcome is not owned jointly"),
    (weights_sum::CODE, "the weights of a score do not sum to 100 %"),
    (service_streams::CODE, "a service is not paid by exactly one stream"),
    (limit_unborne::CODE, "nobody bears what a limit cuts off"),
    (not_money::CODE, "what is paid is not an amount of the contract's currency"),
    (rows_outside::CODE, "a figure of a single row is used where the whole case is meant"),
    (not_for_payment::CODE, "money depends on a measure that is not for payment"),
    (input_unbound::CODE, "a dataset does not give an input that is needed"),
    (bound_twice::CODE, "two columns give one input, or one header stands twice"),
    (out_of_range::CODE, "a figure lies outside the range it may have"),
    (example_given::CODE, "an example does not give what it needs"),
    (nothing_expected::CODE, "an example expects nothing"),
    (quorum_unmet::CODE, "a quorum that the board cannot meet"),
    (decision_unruled::CODE, "a board does not say how it decides what is not named"),
    (ladder_unbound::CODE, "a ladder does not end in a step that binds"),
    (not_local::CODE, "a locality sets what it may not set"),
    (balance_unclosed::CODE, "a balance does not close at a line of its incentive"),
    (remainder_unsaid::CODE, "what is left in a balance at its end is neither paid nor written off"),
    (
        contribution_unclear::CODE,
        "a contribution to a pool is said to be fixed or variable that there is not, or that is both",
    ),
    (remainder_twice::CODE, "what is left in a balance is written off and used all the same"),
    (on_account_inside::CODE, "a payment on account is not the whole of a line"),
    (not_summed::CODE, "a sum to date is asked for of something that cannot be summed"),
    (wrong_base::CODE, "a variation is of another text than the one before it"),
    (not_variable::CODE, "a variation sets what it cannot set"),
    (variation_dates::CODE, "the dates of a variation do not fit the contract"),
    (varied_twice::CODE, "two variations change the same thing, and it is not clear which holds"),
    (payment_unclear::CODE, "an example does not say which of several payments to a partner it expects"),
    (unverified::CODE, "in a dispute a verifier's figure counts, and nobody verifies"),
    (final_unstated::CODE, "late figures count until a final settlement that has no date"),
    (subcontract_dates::CODE, "the dates of a sub-contract do not fit those of the contract"),
    (subcontract_services::CODE, "a sub-contract passes on what its partner does not have to pass on"),
    (subcontract_risk::CODE, "a sub-contract passes on more risk than its partner bears"),
    (case_gap::CODE, "a table of cases says nothing of a case"),
    (case_overlap::CODE, "two rows of a table of cases hold the same case"),
    (limits_cross::CODE, "two limits leave nothing between them"),
    (instalments_uneven::CODE, "equal parts do not fit the dates on which they are paid"),
    (odd_pence_unclear::CODE, "where odd pence go is not clear"),
    (pays_itself::CODE, "a partner pays itself"),
    (allocation_order::CODE, "payees stand in an order that does not pay everything out"),
    (
        power_misused::CODE,
        "a power of the law is used by somebody who does not have it, or for what it is not for",
    ),
    (decision_invalid::CODE, "a decision was not for this body, or does not have the votes that it needs"),
    (document_misplaced::CODE, "documents cannot be told apart, or do not stand in the order of their days"),
    (combined_unfit::CODE, "what is reported of the parts of a settlement period cannot be put together so"),
    (misspelt_word::CODE, "a word is nearly one of those that contracts usually have there"),
    (condition_late::CODE, "a condition precedent falls due, or was met, after the contract has begun"),
    (unused_definition::CODE, "a defined term is never used"),
    (unpaid_line::CODE, "a line of an incentive leads to no payment"),
];

/// Adds up to three names that may be meant, the first as a mend.
fn suggest(diagnostic: Diagnostic, near: &[String], span: Span) -> Diagnostic {
    let Some(first) = near.first() else { return diagnostic };
    let all: Vec<String> = near.iter().take(3).map(|name| format!("`{name}`")).collect();
    diagnostic.help(format!("Did you mean {}?", all.join(" or "))).fix(
        format!("Change to `{first}`"),
        span,
        first.clone(),
    )
}

/// The word with its article: `an incentive`.
pub(crate) fn a(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}
