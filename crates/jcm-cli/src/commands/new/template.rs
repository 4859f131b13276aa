//! A template of the library with its holes filled.
//!
//! A template is a contract that checks as it stands. Lines `// jcm new: TEXT is HOLE` before it say which texts stand
//! for what; they are left out of what is written. A figure that follows from the budget is a hole as well, so that
//! the worked examples hold whatever the budget is.

use super::answers::{Answers, Money, POUNDS, QUESTIONS, Question};
use jcm::{Date, Template};
use jcm_quantity::{Cycle, Exact, Period, RoundingMode, add_days, add_months, with_commas};

const MARK: &str = "// jcm new: ";

/// What stands for the title of the contract in the README that all templates share.
const README_TITLE: &str = "Anytown Alliance Agreement";

/// What a text of the template stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hole {
    Answer(Question),
    Name,
    Title,
    End,
    MonthsBefore(i32),
    LastDayOfMonth(i32),
    /// A year, counted from the first of the term.
    Year(i32),
    /// A percentage of the budget.
    Percent(Exact),
}

/// A template as it is read.
#[derive(Debug)]
pub(super) struct Form {
    holes: Vec<(String, Hole)>,
    contract: String,
    data: &'static str,
    /// How many years it lasts at least.
    pub(super) least_years: i32,
    /// The budget that its figures are parts of, where that is not the usual one.
    budget: Option<Exact>,
}

/// The three files of a contract.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) contract: String,
    pub(super) data: String,
    pub(super) readme: String,
}

impl Form {
    /// Reads a template; what is wrong with it is a fault of the library.
    pub(super) fn read(template: &Template) -> Result<Form, String> {
        let mut form = Form {
            holes: Vec::new(),
            contract: String::new(),
            data: template.data,
            least_years: 2,
            budget: None,
        };
        let mut after_mark = false;
        for line in template.contract.lines() {
            if let Some(mark) = line.strip_prefix(MARK) {
                form.take(mark).ok_or_else(|| format!("the template {} has `{line}`", template.name))?;
                after_mark = true;
                continue;
            }
            if !(after_mark && line.is_empty()) {
                form.contract.push_str(line);
                form.contract.push('\n');
            }
            after_mark = false;
        }
        // The longest first: a name that begins with the place is not the place.
        form.holes.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        Ok(form)
    }

    fn take(&mut self, mark: &str) -> Option<()> {
        if let Some(years) = mark.strip_prefix("years from ") {
            self.least_years = years.parse().ok()?;
            return Some(());
        }
        if let Some(budget) = mark.strip_prefix("budget of ") {
            self.budget = Some(pounds(budget)?);
            return Some(());
        }
        let (text, hole) = mark.rsplit_once(" is ")?;
        self.holes.push((text.to_owned(), hole_of(hole)?));
        Some(())
    }

    /// The answers with which it is itself.
    pub(super) fn invented(&self) -> Answers {
        let usual = Answers::invented(self.least_years);
        Answers { budget: self.budget.clone().unwrap_or_else(|| usual.budget.clone()), ..usual }
    }

    /// What has to be known, in the order in which it is asked.
    pub(super) fn questions(&self) -> Vec<Question> {
        let asked = |question: &Question| {
            matches!(question, Question::Years | Question::Currency)
                || self.holes.iter().any(|(_, hole)| match hole {
                    Hole::Percent(_) => *question == Question::Budget,
                    hole => *hole == Hole::Answer(*question),
                })
        };
        QUESTIONS.into_iter().filter(asked).collect()
    }

    /// The title that the template has for a place.
    pub(super) fn title(&self, answers: &Answers) -> String {
        let title = self.holes.iter().find(|(_, hole)| *hole == Hole::Title);
        let place = self.holes.iter().find(|(_, hole)| *hole == Hole::Answer(Question::Place));
        match (title, place) {
            (Some((title, _)), Some((place, _))) => title.replace(place, &answers.place),
            _ => answers.place.clone(),
        }
    }

    /// The contract, its data and what to do with them.
    pub(super) fn filled(&self, answers: &Answers, name: &str, title: &str) -> Option<Files> {
        let contract = if begins_a_financial_year(answers.start) {
            self.contract.clone()
        } else {
            self.contract.replace(Cycle::FinancialYear.name(), Cycle::ContractYear.name())
        };
        let mut stand_ins = Vec::new();
        for (text, hole) in &self.holes {
            let value = value(hole, answers, name, title)?;
            stand_ins.push((in_currency(text, answers.currency), value));
        }
        let quoted: Vec<Replacement> =
            stand_ins.iter().map(|(text, value)| (text.clone(), escaped(value))).collect();
        let pounds = |text: &str| in_currency(text, answers.currency);
        let contract = replaced(&pounds(&contract), &quoted);
        Some(Files {
            contract: jcm::format(&contract).unwrap_or(contract),
            data: replaced(&pounds(self.data), &stand_ins),
            readme: jcm::TEMPLATE_README.replace(README_TITLE, title),
        })
    }
}

/// What to say of a contract whose years are not financial years.
pub(super) fn counted_years(answers: &Answers) -> Option<String> {
    let first = Cycle::ContractYear.of_contract(answers.start, 0)?;
    (!begins_a_financial_year(answers.start)).then(|| {
        format!(
            "it is settled by its own years, because it does not begin with a financial year: {} is {}\n",
            first.label,
            first.describe()
        )
    })
}

fn begins_a_financial_year(day: Date) -> bool {
    Period::financial_year_of(day).is_some_and(|year| year.start == day)
}

/// A text of the template, and what stands for it.
type Replacement = (String, String);

/// The template's text in another currency: figures stay, and the sign and the code are those of the currency.
fn in_currency(text: &str, currency: Money) -> String {
    if currency == POUNDS {
        return text.to_owned();
    }
    text.replace(POUNDS.symbol, currency.symbol).replace(POUNDS.code, currency.code)
}

fn part_of_budget(percent: &Exact, answers: &Answers) -> Exact {
    &(percent * &answers.budget) * &Exact::ten_to(-2)
}

/// `£2,400,000` of a template.
fn pounds(text: &str) -> Option<Exact> {
    Exact::parse(&text.strip_prefix(POUNDS.symbol)?.replace(',', ""))
}

fn hole_of(text: &str) -> Option<Hole> {
    let number = |text: &str| text.parse::<i32>().ok();
    Some(match text {
        "commissioner" => Hole::Answer(Question::Commissioner),
        "provider" => Hole::Answer(Question::Provider),
        "other provider" => Hole::Answer(Question::OtherProvider),
        "place" => Hole::Answer(Question::Place),
        "start" => Hole::Answer(Question::Start),
        "budget" => Hole::Answer(Question::Budget),
        "name" => Hole::Name,
        "title" => Hole::Title,
        "end" => Hole::End,
        _ => {
            if let Some(percent) = text.strip_suffix("% of budget") {
                Hole::Percent(Exact::parse(percent)?)
            } else if let Some(year) = text.strip_prefix("year ") {
                Hole::Year(number(year)?)
            } else if let Some(month) = text.strip_prefix("last day of month ") {
                Hole::LastDayOfMonth(number(month)?)
            } else {
                let months = text.strip_suffix(" month before start");
                Hole::MonthsBefore(number(months.or_else(|| text.strip_suffix(" months before start"))?)?)
            }
        }
    })
}

fn value(hole: &Hole, answers: &Answers, name: &str, title: &str) -> Option<String> {
    Some(match hole {
        Hole::Answer(Question::Commissioner) => answers.commissioner.clone(),
        Hole::Answer(Question::Provider) => answers.provider.clone(),
        Hole::Answer(Question::OtherProvider) => answers.other_provider.clone(),
        Hole::Answer(Question::Place) => answers.place.clone(),
        Hole::Answer(Question::Start) => answers.start.to_string(),
        Hole::Answer(Question::Budget) => money(answers.currency, &answers.budget),
        Hole::Answer(Question::Years | Question::Currency) => return None,
        Hole::Name => name.to_owned(),
        Hole::Title => title.to_owned(),
        Hole::End => answers.end.to_string(),
        Hole::MonthsBefore(months) => add_months(answers.start, months.checked_neg()?)?.to_string(),
        Hole::LastDayOfMonth(month) => add_days(add_months(answers.start, *month)?, -1)?.to_string(),
        Hole::Year(number) => year(answers.start, *number)?,
        Hole::Percent(percent) => money(answers.currency, &part_of_budget(percent, answers)),
    })
}

/// A year of the term by its own name; one before it is a financial year, as figures of old times are.
fn year(start: Date, number: i32) -> Option<String> {
    if number >= 1 && !begins_a_financial_year(start) {
        return Some(Cycle::ContractYear.of_contract(start, number - 1)?.label);
    }
    let first = Period::financial_year_of(add_months(start, number.checked_sub(1)?.checked_mul(12)?)?)?;
    Some(first.label)
}

/// An amount as it is written in a contract: pence only where there are some.
pub(super) fn money(currency: Money, amount: &Exact) -> String {
    let places = if amount.is_integer() { 0 } else { 2 };
    format!("{}{}", currency.symbol, with_commas(&amount.fixed(places, RoundingMode::HalfEven)))
}

/// As it stands between quotation marks.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Every stand-in replaced once, and nothing in what replaced it.
fn replaced(text: &str, values: &[Replacement]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let found = values.iter().find_map(|(stand_in, value)| {
            let after = rest.strip_prefix(stand_in.as_str())?;
            (!joins(before) && ends(after)).then_some((value, after, stand_in.chars().last()))
        });
        if let Some((value, after, last)) = found {
            out.push_str(value);
            rest = after;
            before = last;
        } else {
            out.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            before = Some(letter);
        }
    }
    out
}

fn joins(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
}

/// Whether a word or figure ends before this: `£1,200` is not the beginning of `£1,200,000`.
fn ends(after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some(',' | '.') => !letters.next().is_some_and(|letter| letter.is_ascii_digit()),
        next => !joins(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_replaced_as_a_whole_and_once() {
        let whole = |text: &str, value: &str| (text.to_owned(), value.to_owned());
        let values = [whole("£1,200", "£5"), whole("Town", "£1,200 Town")];
        assert_eq!(
            replaced("£1,200, £1,200,000, £1,200. Towns; Town", &values),
            "£5, £1,200,000, £5. Towns; £1,200 Town"
        );
    }

    #[test]
    fn every_template_made_with_the_invented_answers_is_itself() {
        for template in jcm::templates() {
            let form = Form::read(template).unwrap();
            let answers = form.invented();
            let title = form.title(&answers);
            let (_, name) = form
                .holes
                .iter()
                .find(|(_, hole)| *hole == Hole::Name)
                .map(|(text, _)| ((), text.clone()))
                .unwrap();
            let files = form.filled(&answers, &name, &title).unwrap();
            assert_eq!(files.contract, form.contract, "{}", template.name);
            assert_eq!(files.data, template.data, "{}", template.name);
            let first = files.readme.lines().next().unwrap();
            assert_eq!(first, format!("# {title}"), "{}", template.name);
        }
    }

    #[test]
    fn the_structure_of_every_template_fits_its_own_model_first_and_says_what_the_others_miss() {
        let library = jcm::profiles().unwrap();
        for template in jcm::templates() {
            let checked = jcm::check(&jcm::InMemory::new("contract.jcm", template.contract));
            let fits = jcm::fits(checked.program().unwrap(), &library);
            let first = fits.first().unwrap();
            assert_eq!(first.standard.head.name, template.name);
            assert!(first.fits() && first.followed, "{}", template.name);
            assert!(fits.iter().all(|fit| fit.fits() || !fit.failing.is_empty()), "{}", template.name);
        }
    }

    #[test]
    fn every_template_makes_a_contract_that_checks_whatever_the_answers_are() {
        let odd = |names: [&str; 4], start: Date, years: i32, budget: i64| Answers {
            commissioner: names[0].to_owned(),
            provider: names[1].to_owned(),
            other_provider: names[2].to_owned(),
            place: names[3].to_owned(),
            start,
            end: add_days(add_months(start, years * 12).unwrap(), -1).unwrap(),
            currency: POUNDS,
            budget: Exact::from_int(budget),
        };
        for template in jcm::templates() {
            let form = Form::read(template).unwrap();
            let least = form.least_years;
            let all = [
                odd(["ICB", "Trust", "Council", "Vale"], Date::constant(2026, 4, 1), least, 10_000),
                odd(
                    ["The \"Old\" Board", "A {braced} trust", "Back\\slash & Söhne", "St “Ives” {x}"],
                    Date::constant(2030, 4, 1),
                    30,
                    987_650_000,
                ),
                odd(
                    ["Anytown", "£120,000,000", "2027-04-01", "Anytown Alliance Agreement"],
                    Date::constant(2029, 4, 1),
                    least + 1,
                    7_777_700,
                ),
            ];
            for answers in all {
                let title = form.title(&answers);
                let files = form.filled(&answers, "a_name", &title).unwrap();
                let budgets = form.holes.iter().filter(|(_, hole)| matches!(hole, Hole::Percent(_)));
                for (text, _) in budgets.clone() {
                    assert!(!files.contract.contains(&format!("{text} per year")), "{}", template.name);
                }
                assert_eq!(form.questions().contains(&Question::Budget), budgets.count() > 0);
                let world = jcm::InMemory::new("contract.jcm", &files.contract);
                let checked = jcm::check(&world);
                let errors = checked.diagnostics.iter().filter(|d| d.severity != jcm::Severity::Note);
                let said: Vec<&str> = errors.map(|d| d.message.as_str()).collect();
                assert!(said.is_empty(), "{}: {said:?}\n{}", template.name, files.contract);
            }
        }
    }

    /// A contract that checks but for dates after the calendar, and settles its data.
    fn whole(template: &Template, answers: &Answers) {
        let form = Form::read(template).unwrap();
        let files = form.filled(answers, "a_name", &form.title(answers)).unwrap();
        let checked = jcm::check(&jcm::InMemory::new("contract.jcm", &files.contract));
        let errors = checked.diagnostics.iter().filter(|d| d.severity != jcm::Severity::Note);
        let said: Vec<&str> = errors.map(|d| d.message.as_str()).collect();
        assert!(said.is_empty(), "{} from {}: {said:?}\n{}", template.name, answers.start, files.contract);
        let settlement = jcm::settlement(checked.program().unwrap(), &checked.sources);
        let targets = jcm::emit(checked.program().unwrap(), &settlement).unwrap();
        let json = targets.into_iter().find(|made| made.target == jcm::Target::Settlement).unwrap();
        let engine = jcm_settle::Engine::from_json(&String::from_utf8(json.bytes).unwrap()).unwrap();
        let table = engine.read(None, None, "data.csv", files.data.as_bytes()).unwrap();
        engine.settle(&table, &|_, _| ()).unwrap();
    }

    fn from(template: &Template, first_day: Date, currency: Money) -> Answers {
        let years = Form::read(template).unwrap().least_years;
        let end = add_days(add_months(first_day, years * 12).unwrap(), -1).unwrap();
        Answers {
            start: first_day,
            end,
            currency,
            budget: Exact::from_int(60_000_000),
            ..Answers::invented(years)
        }
    }

    #[test]
    fn every_template_is_settled_by_its_own_years_where_it_begins_within_a_financial_year() {
        let days = [(7, 1), (2, 29), (1, 1), (3, 31), (4, 2), (10, 1), (12, 15)];
        for (template, (month, day)) in jcm::templates().iter().zip(days.iter().cycle()) {
            whole(template, &from(template, Date::constant(2028, *month, *day), POUNDS));
        }
        let lead = jcm::templates().iter().find(|template| template.name == "lead_provider").unwrap();
        for (month, day) in days {
            whole(lead, &from(lead, Date::constant(2028, month, day), POUNDS));
        }
    }

    #[test]
    fn every_template_can_be_in_another_currency() {
        for (template, code) in jcm::templates().iter().zip(["EUR", "USD"].iter().cycle()) {
            let mut answers = from(template, Date::constant(2028, 4, 1), POUNDS);
            answers.take(Question::Currency, code, 2).unwrap();
            assert!(answers.currency != POUNDS);
            let form = Form::read(template).unwrap();
            let files = form.filled(&answers, "a_name", "A title").unwrap();
            assert!(!files.contract.contains('£') && files.contract.contains(code), "{}", template.name);
            whole(template, &answers);
        }
    }
}
