//! Exact rationals, rounding, units of measure, money, dates and periods, and how they are written.
//!
//! No binary float appears here: a figure is an [`Exact`] from its literal to its payment, and it is rounded only
//! where a contract says so, by a [`RoundingMode`] to a grain.

mod calendar;
mod currency;
mod cycle;
mod date;
mod exact;
mod irrational;
mod range;
mod rounding;
mod show;
mod spreadsheet;
mod statistic;
mod timespan;
mod unit;

pub use calendar::{Calendar, NoDate, Weekday};
pub use currency::Currency;
pub use cycle::Cycle;
pub use date::{Period, add_days, add_months, month_named, parse_date, parse_period, show_date};
pub use exact::Exact;
pub use irrational::Irrational;
pub use jiff::civil::Date;
pub use range::{End, Range};
pub use rounding::{RoundingMode, round_parts, split_by_largest_remainder};
pub use show::{can_be_thousands, show, show_places, with_commas};
pub use spreadsheet::{csv_cell, csv_said, csv_text};
pub use statistic::{Figures, OverAll, QuantileMethod, Statistic, Ties};
pub use timespan::{DayCount, DayMark, count_between, move_date};
pub use unit::{Base, Shown, Unit};
