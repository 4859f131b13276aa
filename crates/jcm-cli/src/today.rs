//! The day on which the command runs. Nothing else here knows it: what depends on a day can be given one.

use jcm_quantity::{Date, add_days};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: u64 = 24 * 60 * 60;

/// Today, in UTC; the first of January 1970 where the clock stands before it.
pub(crate) fn today() -> Date {
    #[expect(clippy::disallowed_methods, reason = "the command line is where a day comes from")]
    let now = SystemTime::now();
    let since: Duration = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let first = Date::constant(1970, 1, 1);
    i64::try_from(since.as_secs() / DAY).ok().and_then(|days| add_days(first, days)).unwrap_or(first)
}
