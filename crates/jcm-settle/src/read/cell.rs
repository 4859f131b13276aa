//! From the text of a cell to an exact value, or to words that say why not.

use crate::nearest::nearest;
use jcm_calculus::{Choice, Reading, Settlement, Type, Value};
use jcm_quantity::{Base, Currency, Date, Exact, Shown, Unit, can_be_thousands};

/// A value read from a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) value: Value,
    /// How a number stands in the cell.
    pub(crate) print: Option<Print>,
}

/// How a number stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Print {
    /// How many decimal places are printed.
    pub(crate) places: i32,
    /// The printed figure is the value times this: 100 for a percentage.
    pub(crate) scale: Exact,
}

impl Print {
    /// Half of the last printed place, in the base of the unit: a figure that was rounded before it was printed lies
    /// at most so far from what is printed.
    pub(crate) fn half_of_last_place(&self) -> Exact {
        let half = Exact::ten_to(-self.places).checked_div(&Exact::from_int(2)).unwrap_or_default();
        half.checked_div(&self.scale).unwrap_or_default()
    }
}

impl Cell {
    fn of(value: Value) -> Self {
        Self { value, print: None }
    }
}

/// Why a cell cannot be read: what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) message: String,
    pub(crate) help: String,
}

fn unread<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Unread> {
    Err(Unread { message: message.into(), help: help.into() })
}

/// Reads a cell that is not empty and does not stand for missing.
pub(crate) fn read_cell(
    text: &str,
    ty: &Type,
    reading: &Reading,
    settlement: &Settlement,
) -> Result<Cell, Unread> {
    let is_figure = matches!(reading, Reading::Number | Reading::Percent | Reading::PercentWithoutSign);
    let negative = if is_figure { of_accounts(text) } else { None };
    let text = negative.as_deref().unwrap_or(text);
    match (reading, ty) {
        (Reading::Coded(codes), _) if !codes.is_empty() => coded(text, codes),
        (Reading::Coded(_), Type::Choice(id)) => match settlement.choices.get(id.index()) {
            Some(choice) => member(text, choice),
            None => unread("the specification has no such list of choices", ""),
        },
        (Reading::Text, Type::Text) => Ok(Cell::of(Value::Text(text.to_owned()))),
        (Reading::Number, Type::Number(unit)) => number(text, unit, &settlement.currency),
        (Reading::Percent, Type::Number(_)) => percent(text, true),
        (Reading::PercentWithoutSign, Type::Number(_)) => percent(text, false),
        (Reading::DateYearFirst, Type::Date) => {
            date(text, "year-month-day", "2026-04-01", |[y, m, d]| [y, m, d])
        }
        (Reading::DateDayFirst, Type::Date) => {
            date(text, "day/month/year", "1/4/2026", |[d, m, y]| [y, m, d])
        }
        (Reading::DateMonthFirst, Type::Date) => {
            date(text, "month/day/year", "4/1/2026", |[m, d, y]| [y, m, d])
        }
        _ => unread("the dataset reads this column as another kind of value than the contract has", ""),
    }
}

/// A figure that stands in brackets is below nothing, as accounts and spreadsheets write it: `(£1,250.00)`, `£(500)`.
fn of_accounts(text: &str) -> Option<String> {
    let (sign, rest) = text.split_once('(')?;
    let (inner, after) = rest.split_once(')')?;
    let is_bare = |part: &str| !part.contains(|c: char| c.is_ascii_digit() || "-−+(".contains(c));
    let has_one_figure =
        inner.contains(|c: char| c.is_ascii_digit()) && !inner.contains(['-', '−', '+', '(']);
    let inner = inner.trim();
    (is_bare(sign) && matches!(after.trim(), "" | "%") && has_one_figure)
        .then(|| format!("-{}{inner}{}", sign.trim(), after.trim()))
}

fn coded(text: &str, codes: &[(String, Value)]) -> Result<Cell, Unread> {
    if let Some((_, value)) = codes.iter().find(|(code, _)| code == text) {
        return Ok(Cell::of(value.clone()));
    }
    let known = codes.iter().map(|(code, _)| code.as_str());
    unread("this is none of the codes that the dataset gives a meaning", suggestion(text, known))
}

fn member(text: &str, choice: &Choice) -> Result<Cell, Unread> {
    if choice.members.iter().any(|(name, _)| name == text) {
        return Ok(Cell::of(Value::Choice(text.to_owned())));
    }
    let message = format!("this is none of the choices of {}", choice.title);
    if let Some((name, _)) = choice.members.iter().find(|(_, title)| title == text) {
        return unread(message, format!("write `{name}`, or give the code a meaning in the dataset"));
    }
    unread(message, suggestion(text, choice.members.iter().map(|(name, _)| name.as_str())))
}

/// "did you mean" and what else there is.
fn suggestion<'a>(text: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let all = known.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(text, known) {
        Some(near) => format!("did you mean `{near}`? There are {all}"),
        None => format!("there are {all}"),
    }
}

/// A date from three runs of digits; `order` brings them to year, month, day.
fn date(text: &str, form: &str, example: &str, order: fn([&str; 3]) -> [&str; 3]) -> Result<Cell, Unread> {
    let help = format!("write it as {form}, such as {example}");
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [a, b, c] = parts[..] else {
        return unread(format!("this is not a date in the form {form}"), help);
    };
    let [year, month, day] = order([a, b, c]);
    let is_digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_digits(year, 4) || !is_digits(month, 2) || !is_digits(day, 2) {
        return unread(format!("this is not a date in the form {form}"), help);
    }
    let found = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    match found {
        Some(date) => Ok(Cell::of(Value::Date(date))),
        None => unread(format!("there is no such day, read as {form}"), help),
    }
}

fn percent(text: &str, must_have_sign: bool) -> Result<Cell, Unread> {
    let body = text.strip_suffix('%').map(str::trim_end);
    if must_have_sign
        && body.is_none()
        && let Ok((figure, _)) = plain(text)
    {
        return unread(format!("{text} has no % sign"), sign_missing(text, &figure));
    }
    let (figure, places) = signed(body.unwrap_or(text))?;
    Ok(scaled(&figure, places, &Exact::from_int(100)))
}

/// What to do about a figure without its `%`. A spreadsheet holds 14.5 % as 0.145, so a figure up to 1 may be either.
fn sign_missing(text: &str, figure: &Exact) -> String {
    let in_hundredths = figure * &Exact::from_int(100);
    match in_hundredths.decimal().filter(|_| figure.is_positive() && *figure <= Exact::from_int(1)) {
        Some(percent) => format!(
            "if it is a share of 1, write {percent}%; if the column is in per cent, `percent without sign` in the dataset reads it as {text}%"
        ),
        None => "if the column is in per cent, write `percent without sign` in the dataset".to_owned(),
    }
}

/// A number in the shown unit, with the unit's own sign or without.
fn number(text: &str, unit: &Unit, own: &Currency) -> Result<Cell, Unread> {
    let body = without_sign_of(text, unit)?;
    let (figure, places) = signed(&body)?;
    one_reading(&body, body != text, unit, own)?;
    Ok(scaled(&figure, places, &unit.scale()))
}

/// Refuses `£100.000` and, where a contract is in euros, `24.310` of anything, as the language does. A figure that no
/// currency stands at was mostly written by a machine, with as many decimals as it has.
fn one_reading(body: &str, has_sign: bool, unit: &Unit, own: &Currency) -> Result<(), Unread> {
    let currency = currency_of(unit);
    let has_three_decimals = currency.as_ref().is_some_and(|currency| currency.minor == 3);
    let is_in_euros = own.code == "EUR" && !unit.dims().is_empty();
    let doubtful = is_in_euros || (has_sign && currency.is_some());
    let digits = body.trim_start_matches(['-', '−', '+']);
    if !doubtful || has_three_decimals || !can_be_thousands(digits) {
        return Ok(());
    }
    let thousands = body.replace('.', ",");
    unread(
        format!("{body} can be read as {thousands} and as {body}0"),
        format!("write {thousands} for thousands; for three decimals, add a nought: {body}0"),
    )
}

fn scaled(figure: &Exact, places: i32, scale: &Exact) -> Cell {
    let value = Value::Number(figure.checked_div(scale).unwrap_or_default());
    Cell { value, print: Some(Print { places, scale: scale.clone() }) }
}

/// Takes away the `%` of a percentage and the sign or code of a currency, if it is the right one.
fn without_sign_of(text: &str, unit: &Unit) -> Result<String, Unread> {
    if text.starts_with(|c: char| c.is_ascii_digit())
        && !text.ends_with(|c: char| c == '%' || c.is_alphabetic())
    {
        return Ok(text.to_owned());
    }
    if let Some(body) = text.strip_suffix('%') {
        return match unit.shown() {
            Shown::Percent => Ok(body.trim_end().to_owned()),
            _ => unread(
                format!("this has a % sign, and {} is expected", unit.describe()),
                "leave the % sign out",
            ),
        };
    }
    let (sign, body) = match text.strip_prefix(['-', '−']) {
        Some(body) => ("-", body.trim_start()),
        None => ("", text),
    };
    let Some(currency) = currency_of(unit) else { return other_currency(text, body, unit) };
    let code = currency.code.as_str();
    let stripped = body
        .strip_prefix(currency.symbol.as_str())
        .or_else(|| body.strip_prefix(code))
        .or_else(|| body.strip_suffix(code))
        .map(str::trim);
    match stripped {
        // The sign may stand before or after the currency, but not twice.
        Some(body) if sign.is_empty() => Ok(body.to_owned()),
        Some(body) if !body.starts_with(['-', '−', '+']) => Ok(format!("-{body}")),
        // Two signs are no number, which the next reader says.
        Some(_) => Ok(text.to_owned()),
        None => other_currency(text, body, unit),
    }
}

/// A figure without a sign of the right currency: fine, unless it has the sign of another one.
fn other_currency(text: &str, body: &str, unit: &Unit) -> Result<String, Unread> {
    let start: String = body.chars().take_while(|c| !c.is_ascii_digit() && !"-−+.,(".contains(*c)).collect();
    match Currency::of_symbol(start.trim()).or_else(|| Currency::named(start.trim())) {
        Some(other) => unread(
            format!("this is in {}, and {} is expected", other.code, unit.describe()),
            "give the figure in the contract's unit",
        ),
        None => Ok(text.to_owned()),
    }
}

fn currency_of(unit: &Unit) -> Option<Currency> {
    unit.dims().iter().find_map(|(base, _)| match base {
        Base::Money(code) => {
            let unknown = || Currency { code: code.clone(), symbol: code.clone(), minor: 2 };
            Some(Currency::named(code).unwrap_or_else(unknown))
        }
        _ => None,
    })
}

/// A number with or without a minus sign, and its decimal places.
fn signed(text: &str) -> Result<(Exact, i32), Unread> {
    let (negative, body) = match text.strip_prefix(['-', '−']) {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (figure, places) = plain(body)?;
    Ok((if negative { -figure } else { figure }, places))
}

/// A number without sign: digits, commas before groups of three, a decimal point.
fn plain(text: &str) -> Result<(Exact, i32), Unread> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let grouped = whole.contains(',');
    let well_grouped =
        !grouped || ((1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3 && is_digits(g)));
    let has_digits = !first.is_empty() || (!grouped && !decimals.is_empty());
    let ends_well = decimals.is_empty() != text.contains('.');
    if !(is_digits(first) && is_digits(decimals) && well_grouped && has_digits && ends_well) {
        return Err(not_a_number(text));
    }
    let parsed = match (first, grouped) {
        ("", _) => Exact::parse(&format!("0{text}")),
        (_, true) => Exact::parse(&text.replace(',', "")),
        (_, false) => Exact::parse(text),
    };
    match (parsed, i32::try_from(decimals.len())) {
        (Some(figure), Ok(places)) => Ok((figure, places)),
        _ => unread("this number has too many digits", "write at most 400"),
    }
}

/// What kind of writing a text is that is not taken for a number, and how to write it.
fn not_a_number(text: &str) -> Unread {
    let said = |message: &str, help: String| Unread { message: message.to_owned(), help };
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let only = |allowed: &str| has_digit && text.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    if has_digit && only("()-−+.,£$€% ") && text.contains(['-', '−', '+']) && text.contains('(') {
        let help = "both say that a figure is below nothing: write the one or the other".to_owned();
        return said("this has brackets and a sign", help);
    }
    if let Some(body) = text.strip_suffix('-').filter(|_| has_digit) {
        return said("the minus sign stands after the figure", format!("write -{body}"));
    }
    if only("eE+-.,") && text.contains(['e', 'E']) {
        let help = "give the column a number format without exponent and save it again".to_owned();
        return said("this is in scientific notation, which may have lost digits", help);
    }
    if only(".,") {
        if let (Some(point), Some(comma)) = (text.find('.'), text.rfind(','))
            && point < comma
        {
            let help = format!("write {}", text.replace('.', "").replace(',', "."));
            return said("the decimal sign is a comma here, and a point is expected", help);
        }
        if text.ends_with('.') {
            return said(
                "there is no digit after the decimal point",
                format!("write {}", text.trim_end_matches('.')),
            );
        }
        if text.matches('.').count() > 1 && !text.contains(',') {
            let help = format!("write {}", text.replace('.', ","));
            return said("there is more than one decimal point", help);
        }
        if text.matches(',').count() == 1 {
            let help = format!("write {} or {}", text.replace(',', "."), text.replace(',', ""));
            return said("the comma does not stand before a group of three digits", help);
        }
        return said(
            "the commas do not stand before groups of three digits",
            format!("write {}", text.replace(',', "")),
        );
    }
    if only(".,  '\u{a0}\u{202f}") {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        return said("this has spaces or marks between its digits", format!("write {digits}"));
    }
    said("this is not a number", "write digits, with a point before decimals, such as 1,234.50".to_owned())
}
