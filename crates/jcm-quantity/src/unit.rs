//! Units of measure: what may be added to what, and in which form a figure is shown.

use crate::{Currency, Exact, with_commas};
use std::collections::BTreeMap;

/// What a unit is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// Money, by the code of its currency.
    Money(String),
    /// Things that are counted, by their name in the plural, with underscores: `admissions`, `bed_days`.
    Thing(String),
    /// Time, by its name in the singular: `year`, `month`, `week`, `day`, `hour`.
    Time(String),
    /// A difference between percentages.
    PercentagePoint,
}

/// The form in which people write a figure of the unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// As it is.
    Plain,
    /// A hundred times as great, with `%`.
    Percent,
    /// So many times as great: 24,310 *per 100,000* people.
    Per(u64),
    /// A hundred times as great, with "percentage points".
    PercentagePoint,
}

/// A unit of measure. Two figures can be added or compared if their units are of the same kind; how they are shown
/// does not matter to that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// Powers by base, sorted, without zeros.
    dims: Vec<(Base, i8)>,
    shown: Shown,
}

impl Unit {
    /// A plain number.
    pub fn none() -> Unit {
        Unit { dims: Vec::new(), shown: Shown::Plain }
    }

    /// A percentage: a plain number that is shown in hundredths.
    pub fn percent() -> Unit {
        Unit { dims: Vec::new(), shown: Shown::Percent }
    }

    /// Percentage points: the difference between percentages.
    pub fn percentage_points() -> Unit {
        Unit { dims: vec![(Base::PercentagePoint, 1)], shown: Shown::PercentagePoint }
    }

    /// Money of a currency, by code.
    pub fn money(code: &str) -> Unit {
        Unit { dims: vec![(Base::Money(code.to_string()), 1)], shown: Shown::Plain }
    }

    /// Things of a name as it stands in the source, in singular or plural: `bed_days`. A length of time (`year`,
    /// `days`) is the unit of that time.
    pub fn thing(name: &str) -> Unit {
        Unit { dims: vec![(base_named(name), 1)], shown: Shown::Plain }
    }

    /// Years.
    pub fn years() -> Unit {
        Unit::thing("year")
    }

    /// Days.
    pub fn days() -> Unit {
        Unit::thing("day")
    }

    /// A unit of given powers, in any order; powers of one base add up.
    pub fn of(dims: impl IntoIterator<Item = (Base, i8)>, shown: Shown) -> Unit {
        Unit { dims: gathered(dims), shown }
    }

    /// The powers by base, sorted, without zeros.
    pub fn dims(&self) -> &[(Base, i8)] {
        &self.dims
    }

    /// The form in which figures are shown.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The same kind, shown in another form.
    pub fn shown_as(&self, shown: Shown) -> Unit {
        Unit { dims: self.dims.clone(), shown }
    }

    /// Whether figures of the two can be added and compared.
    pub fn same_kind(&self, other: &Unit) -> bool {
        self.dims == other.dims
    }

    /// The unit of a product.
    pub fn times(&self, other: &Unit) -> Unit {
        let dims = gathered(self.dims.iter().chain(&other.dims).cloned());
        let shown = match (self.is_none(), other.is_none()) {
            (true, true) if self.shown == Shown::Percent => Shown::Percent,
            (true, _) => other.shown.clone(),
            (_, true) => self.shown.clone(),
            (false, false) => Shown::Plain,
        };
        Unit { dims, shown }
    }

    /// The unit of a quotient. The quotient of two figures of one kind (money over money) is shown as a percentage.
    pub fn over(&self, other: &Unit) -> Unit {
        let inverse = other.dims.iter().map(|(base, power)| (base.clone(), power.saturating_neg()));
        let dims = gathered(self.dims.iter().cloned().chain(inverse));
        let shown = match (self.is_none(), other.is_none()) {
            (_, true) => self.shown.clone(),
            (false, false) if dims.is_empty() => Shown::Percent,
            _ => Shown::Plain,
        };
        Unit { dims, shown }
    }

    /// The unit of a figure multiplied by itself so many times; `None` beyond what a unit can hold.
    /// A power of a percentage is a percentage.
    pub fn raised(&self, exponent: i32) -> Option<Unit> {
        if self.is_none() {
            return Some(self.clone());
        }
        let raise = |(base, power): &(Base, i8)| {
            let power = i32::from(*power).checked_mul(exponent)?;
            Some((base.clone(), i8::try_from(power).ok()?))
        };
        let dims = self.dims.iter().map(raise).collect::<Option<Vec<_>>>()?;
        let shown = if exponent == 1 { self.shown.clone() } else { Shown::Plain };
        Some(Unit { dims: gathered(dims), shown })
    }

    /// The unit of a square root, shown plainly; `None` where the figure is no square.
    pub fn square_root(&self) -> Option<Unit> {
        let halve = |(base, power): &(Base, i8)| (power % 2 == 0).then(|| (base.clone(), power / 2));
        let dims = self.dims.iter().map(halve).collect::<Option<Vec<_>>>()?;
        Some(Unit { dims, shown: Shown::Plain })
    }

    /// Whether it is a plain number or a percentage.
    pub fn is_none(&self) -> bool {
        self.dims.is_empty()
    }

    /// Whether figures are percentages.
    pub fn is_percent(&self) -> bool {
        self.is_none() && self.shown == Shown::Percent
    }

    /// The code of the currency, if it is money and nothing else.
    pub fn is_money(&self) -> Option<&str> {
        match self.dims.as_slice() {
            [(Base::Money(code), 1)] => Some(code),
            _ => None,
        }
    }

    /// The shown figure is the value times this.
    pub fn scale(&self) -> Exact {
        match self.shown {
            Shown::Plain => Exact::one(),
            Shown::Percent | Shown::PercentagePoint => Exact::from_int(100),
            Shown::Per(times) => Exact::from_i128(i128::from(times)),
        }
    }

    /// 1 for a unit that counts whole things, else `None`.
    pub fn grain(&self) -> Option<Exact> {
        match self.dims.as_slice() {
            [(Base::Thing(_), 1)] => Some(Exact::one()),
            _ => None,
        }
    }

    /// The unit in words: `£`, `%`, `admissions per 100,000 people per year`, `a plain number`.
    pub fn describe(&self) -> String {
        match (&self.shown, self.dims.is_empty()) {
            (Shown::Percent, true) => "%".to_string(),
            (Shown::Per(times), true) => format!("per {}", with_commas(&times.to_string())),
            (_, true) => "a plain number".to_string(),
            _ => self.words(&Exact::from_int(2), true),
        }
    }

    /// The words after a figure: in the singular after 1. `with_money` puts the currency's sign among the words;
    /// otherwise the sign is left to the caller.
    pub(crate) fn words(&self, figure: &Exact, with_money: bool) -> String {
        let mut above = Vec::new();
        let mut below = Vec::new();
        let mut times = match self.shown {
            Shown::Per(times) => Some(times),
            _ => None,
        };
        for (base, power) in &self.dims {
            if *power > 0 {
                if with_money || !matches!(base, Base::Money(_)) {
                    above.push(raised(&base.words(figure.abs() == Exact::one()), *power));
                }
                continue;
            }
            // The round number belongs to the first count below the line: per 100,000 people per year.
            let counted = matches!(base, Base::Thing(_)).then(|| times.take()).flatten();
            let name = match counted {
                Some(times) => format!("{} {}", with_commas(&times.to_string()), base.words(false)),
                None => base.words(true),
            };
            below.push(format!("per {}", raised(&name, power.saturating_neg())));
        }
        if let Some(times) = times {
            below.insert(0, format!("per {}", with_commas(&times.to_string())));
        }
        [above.join(" × "), below.join(" ")]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Base {
    fn words(&self, singular: bool) -> String {
        match self {
            Base::Money(code) => {
                Currency::named(code).map_or_else(|| code.clone(), |currency| currency.symbol)
            }
            Base::Thing(name) if singular => singular_of(name).replace('_', " "),
            Base::Thing(name) => name.replace('_', " "),
            Base::Time(name) if singular => name.clone(),
            Base::Time(name) => format!("{name}s"),
            Base::PercentagePoint if singular => "percentage point".to_string(),
            Base::PercentagePoint => "percentage points".to_string(),
        }
    }
}

/// Adds up the powers of each base; names are brought to one form.
fn gathered(dims: impl IntoIterator<Item = (Base, i8)>) -> Vec<(Base, i8)> {
    let mut powers: BTreeMap<Base, i8> = BTreeMap::new();
    for (base, power) in dims {
        let base = match base {
            Base::Thing(name) => base_named(&name),
            other => other,
        };
        let sum = powers.entry(base).or_insert(0);
        *sum = sum.saturating_add(power);
    }
    powers.into_iter().filter(|(_, power)| *power != 0).collect()
}

fn raised(name: &str, power: i8) -> String {
    match power {
        1 => name.to_string(),
        2 => format!("{name} squared"),
        _ => format!("{name} to the power {power}"),
    }
}

fn base_named(name: &str) -> Base {
    match name.strip_suffix('s').unwrap_or(name) {
        time @ ("year" | "quarter" | "month" | "week" | "day" | "hour" | "minute") => {
            Base::Time(time.to_string())
        }
        _ => Base::Thing(plural_of(name)),
    }
}

/// Irregular nouns of the field, in singular and plural.
const IRREGULAR: &[(&str, &str)] = &[
    ("person", "people"),
    ("child", "children"),
    ("woman", "women"),
    ("man", "men"),
    ("diagnosis", "diagnoses"),
];

/// The plural of a name's last word; a name that is in the plural already, or has none, stays as it is.
fn plural_of(name: &str) -> String {
    for (one, many) in IRREGULAR {
        if ends_with_word(name, many) {
            return name.to_string();
        }
        if let Some(stem) = ends_with_word(name, one).then(|| name.strip_suffix(one)).flatten() {
            return format!("{stem}{many}");
        }
    }
    let has_none = ["ed", "ing", "staff", "equipment", "care"].iter().any(|end| name.ends_with(end));
    let is_letters = name.chars().next_back().is_some_and(char::is_alphabetic);
    if has_none || !is_letters {
        name.to_string()
    } else if ["us", "ss", "x", "ch", "sh"].iter().any(|end| name.ends_with(end)) {
        format!("{name}es")
    } else if name.ends_with('s') {
        name.to_string()
    } else if let Some(stem) =
        name.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
    {
        format!("{stem}ies")
    } else {
        format!("{name}s")
    }
}

/// The singular of a name that [`plural_of`] gave.
fn singular_of(name: &str) -> String {
    for (one, many) in IRREGULAR {
        if let Some(stem) = ends_with_word(name, many).then(|| name.strip_suffix(many)).flatten() {
            return format!("{stem}{one}");
        }
    }
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for end in ["us", "ss", "x", "ch", "sh"] {
        // Houses and causes end in e, bonuses do not.
        let stem = name.strip_suffix("es").filter(|stem| stem.ends_with(end));
        if let Some(stem) = stem.filter(|stem| !stem.ends_with("ous") && !stem.ends_with("aus")) {
            return stem.to_string();
        }
    }
    name.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(name).to_string()
}

/// Whether the last word (after an underscore) is this one.
fn ends_with_word(name: &str, word: &str) -> bool {
    name.strip_suffix(word).is_some_and(|stem| stem.is_empty() || stem.ends_with('_'))
}
