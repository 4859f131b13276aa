//! Which part of a settlement period a cell names: `2`, `Q2`, `quarter 2`, `May 2026`, `2026-05`, `2026-05-01`.

use jcm_quantity::{Date, Period, add_days, add_months, month_named, parse_date, parse_period, show_date};

/// The parts of a settlement period, each of so many months.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) period: &'a Period,
    pub(super) months: u32,
}

impl Parts<'_> {
    /// How many there are.
    fn count(&self) -> u32 {
        (1..)
            .take_while(|part| self.start(*part).is_some_and(|start| start < self.period.end))
            .last()
            .unwrap_or(0)
    }

    fn start(&self, part: u32) -> Option<Date> {
        add_months(self.period.start, i32::try_from(part.checked_sub(1)?.checked_mul(self.months)?).ok()?)
    }

    /// What a part is called.
    pub(super) fn name(&self) -> &'static str {
        if self.months == 1 { "month" } else { "quarter" }
    }

    /// The part that a text names, counted from 1.
    pub(super) fn read(&self, text: &str) -> Option<u32> {
        let bare = text.parse().ok();
        bare.filter(|part| (1..=self.count()).contains(part)).or_else(|| self.named(text))
    }

    /// The same where the text says that it names a part, as a number alone does not.
    pub(super) fn named(&self, text: &str) -> Option<u32> {
        let lower = text.trim().to_lowercase();
        let letter = if self.months == 1 { "m" } else { "q" };
        let number = lower.strip_prefix(self.name()).or_else(|| lower.strip_prefix(letter));
        let number = number.and_then(|rest| rest.trim_start_matches([' ', '_', '-']).parse().ok());
        let (first, last) = match number {
            Some(part) => return (1..=self.count()).contains(&part).then_some(part),
            None => stretch(text)?,
        };
        let inside = |part: &u32| {
            let (start, end) = (self.start(*part), self.start(part.saturating_add(1)));
            start.is_some_and(|start| start <= first) && end.is_some_and(|end| last <= end)
        };
        (1..=self.count()).find(inside)
    }

    /// How the parts are written.
    pub(super) fn help(&self) -> String {
        let (name, count) = (self.name(), self.count());
        let letter = if self.months == 1 { 'M' } else { 'Q' };
        format!(
            "write 1 to {count}, {letter}1 to {letter}{count}, or a month such as {}-{:02}; {name} 1 begins on {}",
            self.period.start.year(),
            self.period.start.month(),
            show_date(self.period.start)
        )
    }
}

/// The first day of what a text names, and the first after it.
fn stretch(text: &str) -> Option<(Date, Date)> {
    let text = text.trim();
    if let Some(date) = parse_date(text) {
        return Some((date, add_days(date, 1)?));
    }
    if let Some(first) = parse_date(&format!("{text}-01")) {
        return Some((first, add_months(first, 1)?));
    }
    let whole = parse_period(text);
    let period = whole.or_else(|| {
        let (month, year) = text.split_once([' ', '-'])?;
        Period::month(Date::new(year.parse().ok()?, month_named(month)?, 1).ok()?)
    })?;
    Some((period.start, period.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_months_are_read_as_people_write_them() {
        let year = Period::financial_year(2026).unwrap();
        let quarters = Parts { period: &year, months: 3 };
        let written =
            ["2", "Q2", "q2", "Quarter 2", "quarter_2", "Q2 2026/27", "August 2026", "2026-08", "2026-07-01"];
        for text in written {
            assert_eq!(quarters.read(text), Some(2), "{text}");
        }
        for text in ["5", "0", "Q5", "Q2 2027/28", "2027-08", "2026/27", "second", "", "-1"] {
            assert_eq!(quarters.read(text), None, "{text}");
        }
        let months = Parts { period: &year, months: 1 };
        for text in ["12", "M12", "month 12", "March 2027", "march-2027", "2027-03", "2027-03-31"] {
            assert_eq!(months.read(text), Some(12), "{text}");
        }
        assert_eq!(months.read("Q1 2026/27"), None);
        assert_eq!(months.named("12"), None);
    }
}
