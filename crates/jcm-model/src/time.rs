//! Operational days, and deadlines that can be worked out from the contract alone.

use crate::{Head, PartnerId, Program};
use jcm_quantity::{Calendar, Cycle, Date, DayCount};
use jcm_source::Span;

/// The calendar that says which days are operational.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// Name, title, place.
    pub head: Head,
    /// Its days.
    pub calendar: Calendar,
    /// Where its days come from; empty if not stated.
    pub source: String,
}

/// A deadline that follows from the contract alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day from which it is counted, or the day itself.
    pub mark: Mark,
    /// How far from there; nothing for the day itself.
    pub offset: Option<Offset>,
    /// Where it stands.
    pub span: Span,
}

/// An amount paid in equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalments {
    /// How many parts a year has, from 2.
    pub parts: u32,
    /// Which part takes what does not divide evenly.
    pub odd: OddPence,
}

/// Where the pennies go that equal parts leave over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddPence {
    /// Into the last part, where the contract says nothing else.
    Last,
    /// Into the first part.
    First,
    /// One each into the first parts, until they are gone.
    OneEach,
}

/// A day of the contract, or one of each of its periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// One date.
    Date(Date),
    /// A day of every year: day and month.
    Yearly {
        /// The month, from 1.
        month: i8,
        /// The day, from 1.
        day: i8,
    },
    /// The first day of every period.
    First(Every),
    /// The last day of every period.
    Last(Every),
    /// The first operational day of every period.
    FirstOperational(Every),
    /// The last operational day of every period.
    LastOperational(Every),
    /// The last day by which every settlement period is settled provisionally.
    ProvisionalSettlement,
    /// The last day by which every settlement period is settled finally.
    FinalSettlement,
    /// The first day of the term.
    TermStart,
    /// The last day of the term.
    TermEnd,
}

/// A period that comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// One of the calendar, or one counted from the first day of the contract.
    Cycle(Cycle),
    /// A settlement period of the contract.
    SettlementPeriod,
}

/// A stretch of time after or before a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    /// How many; below zero for before.
    pub count: i32,
    /// Of what.
    pub of: DayCount,
}

impl Program {
    /// The partner of a name.
    pub fn partner_named(&self, name: &str) -> Option<PartnerId> {
        let place = self.partners.iter().position(|partner| partner.head.name == name)?;
        u32::try_from(place).ok().map(PartnerId)
    }
}
