//! What a contract that is made from a template is about: asked one by one, or taken from the command line.

use jcm::Date;
use jcm_quantity::{Exact, add_days, add_months, month_named, parse_date};
use std::io::{self, BufRead};

/// A budget is a whole number of these, so that every part of it is a whole number of pence.
const BUDGET_STEP: i64 = 100;
const SMALLEST_BUDGET: i64 = 10_000;
const LARGEST_BUDGET: i64 = 100_000_000_000;
const LONGEST_NAME: usize = 160;

/// A currency that a contract can be made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Money {
    pub(super) code: &'static str,
    pub(super) symbol: &'static str,
    pub(super) name: &'static str,
}

/// The one that the templates are written in.
pub(super) const POUNDS: Money = Money { code: "GBP", symbol: "£", name: "pounds" };

const CURRENCIES: [Money; 3] = [
    POUNDS,
    Money { code: "EUR", symbol: "€", name: "euros" },
    Money { code: "USD", symbol: "$", name: "dollars" },
];

/// What can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Commissioner,
    Provider,
    OtherProvider,
    Place,
    Start,
    Years,
    Currency,
    Budget,
}

/// Every question, in the order in which they are asked.
pub(super) const QUESTIONS: [Question; 8] = [
    Question::Commissioner,
    Question::Provider,
    Question::OtherProvider,
    Question::Place,
    Question::Start,
    Question::Years,
    Question::Currency,
    Question::Budget,
];

impl Question {
    /// The option that answers it.
    pub(super) fn flag(self) -> &'static str {
        match self {
            Question::Commissioner => "--commissioner \"NAME\"",
            Question::Provider => "--provider \"NAME\"",
            Question::OtherProvider => "a second --provider \"NAME\"",
            Question::Place => "--place \"NAME\"",
            Question::Start => "--start DATE",
            Question::Years => "--years NUMBER",
            Question::Currency => "--currency CODE",
            Question::Budget => "--budget \"AMOUNT\"",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Question::Commissioner => "Who commissions the services?",
            Question::Provider => "Who provides them?",
            Question::OtherProvider => "Who is the second provider?",
            Question::Place => "For which place?",
            Question::Start => "On which day does it begin?",
            Question::Years => "For how many years?",
            Question::Currency => "In which currency?",
            Question::Budget => "What is the budget of a year?",
        }
    }
}

/// What was answered so far, as it was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    pub(super) commissioner: Option<String>,
    pub(super) provider: Option<String>,
    pub(super) other_provider: Option<String>,
    pub(super) place: Option<String>,
    pub(super) start: Option<String>,
    pub(super) years: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) budget: Option<String>,
}

impl Given {
    pub(super) fn of(&self, question: Question) -> Option<&str> {
        match question {
            Question::Commissioner => &self.commissioner,
            Question::Provider => &self.provider,
            Question::OtherProvider => &self.other_provider,
            Question::Place => &self.place,
            Question::Start => &self.start,
            Question::Years => &self.years,
            Question::Currency => &self.currency,
            Question::Budget => &self.budget,
        }
        .as_deref()
    }
}

/// What the contract is about, fit to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    pub(super) commissioner: String,
    pub(super) provider: String,
    pub(super) other_provider: String,
    pub(super) place: String,
    pub(super) start: Date,
    /// The last day of the term.
    pub(super) end: Date,
    pub(super) currency: Money,
    pub(super) budget: Exact,
}

impl Answers {
    /// The invented ones, which a template is written with; `years` is how long it lasts at least.
    pub(super) fn invented(years: i32) -> Answers {
        let start = Date::constant(2027, 4, 1);
        Answers {
            commissioner: "NHS Anytown Integrated Care Board".to_owned(),
            provider: "Anytown Hospitals NHS Foundation Trust".to_owned(),
            other_provider: "Anytown Community Care Ltd".to_owned(),
            place: "Anytown".to_owned(),
            start,
            end: last_day(start, years.max(5)).unwrap_or(start),
            currency: POUNDS,
            budget: Exact::from_int(120_000_000),
        }
    }

    /// How an answer is written, for people to accept or replace.
    fn shown(&self, question: Question) -> String {
        match question {
            Question::Commissioner => self.commissioner.clone(),
            Question::Provider => self.provider.clone(),
            Question::OtherProvider => self.other_provider.clone(),
            Question::Place => self.place.clone(),
            Question::Start => self.start.to_string(),
            Question::Years => self.years().to_string(),
            Question::Currency => self.currency.code.to_owned(),
            Question::Budget => super::template::money(self.currency, &self.budget),
        }
    }

    fn years(&self) -> i32 {
        let after = add_days(self.end, 1).unwrap_or(self.end);
        i32::from(after.year()) - i32::from(self.start.year())
    }

    /// Takes an answer, or says what is wrong with it and what to write instead.
    pub(super) fn take(&mut self, question: Question, text: &str, least_years: i32) -> Result<(), String> {
        match question {
            Question::Commissioner => self.commissioner = name(text)?,
            Question::Provider => self.provider = other_than(name(text)?, &[&self.commissioner])?,
            Question::OtherProvider => {
                self.other_provider = other_than(name(text)?, &[&self.commissioner, &self.provider])?;
            }
            Question::Place => self.place = name(text)?,
            Question::Start => {
                let years = self.years();
                self.start = first_day(text)?;
                self.end = last_day(self.start, years)?;
            }
            Question::Years => self.end = last_day(self.start, years(text, least_years)?)?,
            Question::Currency => self.currency = currency(text)?,
            Question::Budget => self.budget = budget(text, self.currency)?,
        }
        Ok(())
    }
}

/// Asks until the answer can be used; nothing written accepts what stands in brackets.
pub(super) fn ask(
    answers: &mut Answers,
    question: Question,
    least_years: i32,
    input: &mut dyn BufRead,
    say: &dyn Fn(&str),
) -> io::Result<()> {
    loop {
        say(&format!("{} [{}] ", question.words(), answers.shown(question)));
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let shown = answers.shown(question);
        let text = if line.trim().is_empty() { shown.as_str() } else { line.trim() };
        match answers.take(question, text, least_years) {
            Ok(()) => return Ok(()),
            Err(problem) => say(&format!("  {problem}\n")),
        }
    }
}

fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the name is empty: write it as it stands in the register".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("a name is one line: leave out line breaks and tabs".to_owned());
    }
    if text.chars().count() > LONGEST_NAME {
        return Err(format!("a name has at most {LONGEST_NAME} letters: write a shorter one"));
    }
    Ok(text.to_owned())
}

fn other_than(name: String, others: &[&str]) -> Result<String, String> {
    if others.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        return Err(format!("“{name}” is a party already: write the name of another"));
    }
    Ok(name)
}

fn first_day(text: &str) -> Result<Date, String> {
    let date = parse_date(text.trim())
        .or_else(|| date_in_words(text))
        .ok_or_else(|| format!("`{}` is no date: write it as in 2027-04-01", text.trim()))?;
    if !(2000..=2100).contains(&date.year()) {
        return Err(format!("{date} is too far away: write a year from 2000 to 2100"));
    }
    Ok(date)
}

/// `1 July 2027`, `July 2027`.
fn date_in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (day, month, year) = match words.as_slice() {
        [day, month, year] => (day.parse().ok()?, month, year),
        [month, year] => (1, month, year),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month_named(month)?, day).ok()
}

fn currency(text: &str) -> Result<Money, String> {
    let text = text.trim();
    let found = CURRENCIES.iter().find(|known| {
        let same = |word: &str| word.eq_ignore_ascii_case(text);
        same(known.code) || same(known.name) || known.symbol == text
    });
    found.copied().ok_or_else(|| {
        let known: Vec<&str> = CURRENCIES.iter().map(|known| known.code).collect();
        format!("`{text}` is no currency of these contracts: write {}", known.join(", "))
    })
}

fn years(text: &str, least: i32) -> Result<i32, String> {
    let most = 30;
    text.trim()
        .parse()
        .ok()
        .filter(|years| (least..=most).contains(years))
        .ok_or_else(|| format!("`{}` will not do: write a whole number from {least} to {most}", text.trim()))
}

fn last_day(start: Date, years: i32) -> Result<Date, String> {
    let months = years.checked_mul(12);
    let after = months.and_then(|months| add_months(start, months));
    after
        .and_then(|after| add_days(after, -1))
        .ok_or_else(|| "the calendar ends before the contract does: write fewer years".to_owned())
}

fn budget(text: &str, currency: Money) -> Result<Exact, String> {
    let text = text.trim();
    let shown = |amount: i64| super::template::money(currency, &Exact::from_int(amount));
    let wrong = |reason: &str| {
        let (usual, least) = (shown(120_000_000), shown(SMALLEST_BUDGET));
        format!("`{text}` {reason}: write an amount as in {usual}, of {least} or more")
    };
    let others = CURRENCIES.iter().filter(|other| other.code != currency.code);
    if let Some(other) =
        others.into_iter().find(|other| text.contains(other.symbol) || text.contains(other.code))
    {
        return Err(format!(
            "`{text}` is in {}, and the contract in {}: write it in {}, or answer {} for the currency",
            other.name, currency.name, currency.name, other.code
        ));
    }
    let bare = text.replace(currency.code, "");
    let bare = bare.trim().trim_start_matches(currency.symbol).trim();
    let (bare, noughts) = match bare.strip_suffix("million").or_else(|| bare.strip_suffix(['m', 'M'])) {
        Some(millions) => (millions.trim(), "000000"),
        None => (bare, ""),
    };
    let digits: String = bare.chars().filter(|letter| *letter != ',').collect();
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return Err(wrong(&format!("is no amount in {}", currency.name)));
    }
    let amount = format!("{digits}{noughts}").parse::<i64>().ok().filter(|amount| *amount <= LARGEST_BUDGET);
    let amount = amount.ok_or_else(|| wrong(&format!("is more than {}", shown(LARGEST_BUDGET))))?;
    if amount < SMALLEST_BUDGET {
        return Err(wrong(&format!("is less than {}", shown(SMALLEST_BUDGET))));
    }
    if amount % BUDGET_STEP != 0 {
        return Err(wrong(&format!(
            "is no whole number of {}, so that its parts would not be whole pence or cents",
            shown(BUDGET_STEP)
        )));
    }
    Ok(Exact::from_int(amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_bad_answer_says_what_is_wrong_and_is_asked_again() {
        let said = RefCell::new(String::new());
        let mut answers = Answers::invented(2);
        let mut input = "soon\n1728-04-01\n2028-04-01\n".as_bytes();
        ask(&mut answers, Question::Start, 2, &mut input, &|text| said.borrow_mut().push_str(text)).unwrap();
        assert_eq!(answers.start, Date::constant(2028, 4, 1));
        assert_eq!(answers.end, Date::constant(2033, 3, 31));
        let said = said.into_inner();
        assert!(said.contains("`soon` is no date: write it as in 2027-04-01"), "{said}");
        assert!(said.contains("write a year from 2000 to 2100"), "{said}");
        assert_eq!(said.matches("On which day does it begin").count(), 3);
    }

    #[test]
    fn nothing_written_accepts_what_stands_in_brackets_and_the_end_of_input_stops() {
        let mut answers = Answers::invented(2);
        ask(&mut answers, Question::Place, 2, &mut "\n".as_bytes(), &|_| ()).unwrap();
        assert_eq!(answers, Answers::invented(2));
        assert!(ask(&mut answers, Question::Place, 2, &mut "".as_bytes(), &|_| ()).is_err());
    }

    #[test]
    fn dates_in_words_millions_and_names_of_currencies_are_understood() {
        let mut answers = Answers::invented(2);
        for (question, text) in [
            (Question::Start, "1 July 2027"),
            (Question::Years, "3"),
            (Question::Currency, "Euros"),
            (Question::Budget, "€60 million"),
        ] {
            answers.take(question, text, 2).unwrap();
        }
        assert_eq!((answers.start, answers.end), (Date::constant(2027, 7, 1), Date::constant(2030, 6, 30)));
        assert_eq!((answers.currency.code, answers.budget), ("EUR", Exact::from_int(60_000_000)));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_what_to_write() {
        let mut answers = Answers::invented(2);
        let mut refused = |question, text: &str| answers.take(question, text, 2).unwrap_err();
        assert!(refused(Question::Commissioner, "  ").contains("empty"));
        assert!(refused(Question::Commissioner, "A\tB").contains("one line"));
        assert!(refused(Question::Provider, "nhs anytown integrated care board").contains("another"));
        assert!(refused(Question::Years, "1").contains("from 2 to 30"));
        assert!(refused(Question::Years, "five").contains("whole number"));
        assert!(refused(Question::Budget, "£1,234,567").contains("whole number of £100"));
        assert!(refused(Question::Budget, "lots").contains("no amount"));
        assert!(refused(Question::Budget, "€5,000,000").contains("is in euros"));
        assert!(refused(Question::Budget, "£0").contains("less than £10,000"));
        assert!(refused(Question::Budget, "999999999999").contains("more than"));
        assert!(refused(Question::Currency, "shillings").contains("write GBP, EUR, USD"));
        assert!(refused(Question::Start, "2150-04-01").contains("2100"));
        assert_eq!(answers, Answers::invented(2));
    }
}
