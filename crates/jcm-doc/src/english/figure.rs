//! Figures as they are printed, each with where it comes from.

use super::Wording;
use crate::document::{Figure, Inline};
use jcm_model::{Constant, Def, LineId, Rounding, Ty};
use jcm_quantity::{Exact, RoundingMode, Unit, show, show_date};
use jcm_source::Span;

/// Where a figure comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// What states it or brings it.
    pub(crate) def: Option<Def>,
    /// The line that it is a result or a part of.
    pub(crate) line: Option<LineId>,
    /// The place of its expression.
    pub(crate) span: Option<Span>,
    /// How it comes about; made from `def` and `line` where empty.
    pub(crate) explanation: String,
}

impl Origin {
    /// A figure that a declaration states.
    pub(crate) fn stated(def: Def, span: Span) -> Origin {
        Origin { def: Some(def), span: Some(span), ..Origin::default() }
    }

    /// A figure with its own explanation.
    pub(crate) fn explained(self, explanation: String) -> Origin {
        Origin { explanation, ..self }
    }
}

impl Wording<'_> {
    /// A figure of any type.
    pub(crate) fn constant(&self, value: &Constant, ty: &Ty, origin: Origin) -> Inline {
        let exact = match value {
            Constant::Number(number) => number.text(),
            Constant::Member(name) | Constant::Text(name) => name.clone(),
            Constant::Truth(truth) => truth.to_string(),
            Constant::Date(date) => date.to_string(),
            Constant::Missing => String::new(),
        };
        self.figure(self.constant_text(value, ty), exact, origin)
    }

    /// A number with its unit.
    pub(crate) fn number(&self, value: &Exact, unit: &Unit, origin: Origin) -> Inline {
        self.figure(show(value, unit), value.text(), origin)
    }

    /// An amount with more places than its currency has, to the nearest coin: for reading, with the exact one where it comes
    /// from. `None` where nothing has to be rounded.
    pub(crate) fn to_the_coin(&self, value: &Exact, unit: &Unit, origin: Origin) -> Option<Inline> {
        let coin = self.coin()?;
        let rounded = value.round(&coin, RoundingMode::HalfEven);
        if rounded == *value || unit.scale() != Exact::one() {
            return None;
        }
        let exactly = format!("Exactly {}, shown to the nearest {}", show(value, unit), self.coin_text());
        Some(self.figure(show(&rounded, unit), value.text(), origin.explained(exactly)))
    }

    /// A yearly amount for a `month` or `quarter`, as it is written; nothing where that is no whole number of the smallest
    /// coin.
    pub(crate) fn for_part_of_year(&self, value: &Exact, part: &str, origin: Origin) -> Option<Inline> {
        let of_part = value.checked_div(&Exact::from_int(if part == "month" { 12 } else { 4 }))?;
        if of_part.round(&self.coin()?, RoundingMode::HalfEven) != of_part {
            return None;
        }
        let money = Unit::money(&self.program.contract.currency.code);
        let explained = format!("{} per year", show(value, &money));
        let text = format!("{} per {part}", show(&of_part, &money));
        Some(self.figure(text, value.text(), origin.explained(explained)))
    }

    /// The smallest coin of the currency of the contract, as `£0.01`.
    pub(crate) fn coin_text(&self) -> String {
        let unit = Unit::money(&self.program.contract.currency.code);
        self.coin().map_or_else(String::new, |coin| show(&coin, &unit))
    }

    fn coin(&self) -> Option<Exact> {
        let currency = &self.program.contract.currency;
        Some(Exact::ten_to(-i32::try_from(currency.minor).ok()?))
    }

    /// The text of a figure of any type.
    pub(crate) fn constant_text(&self, value: &Constant, ty: &Ty) -> String {
        match (value, ty) {
            (Constant::Number(number), Ty::Number(unit)) => show(number, unit),
            (Constant::Number(number), _) => number.text(),
            (Constant::Member(name), Ty::Choice(id)) => {
                let members = self.program.choice(*id).map_or(&[][..], |choice| &choice.members);
                let title = members.iter().find(|(known, _)| known == name).map(|(_, title)| title.as_str());
                title.filter(|title| !title.is_empty()).map_or_else(|| tidy(name), str::to_string)
            }
            (Constant::Member(name), _) => tidy(name),
            (Constant::Truth(truth), _) => if *truth { "yes" } else { "no" }.to_string(),
            (Constant::Text(text), _) => text.clone(),
            (Constant::Date(date), _) => show_date(*date),
            (Constant::Missing, _) => "not known".to_string(),
        }
    }

    /// The line as a result, and how it comes about.
    pub(crate) fn result_of(&self, id: LineId) -> Origin {
        let Some(line) = self.program.line(id) else { return Origin::default() };
        let explanation =
            format!("{} = {}", self.name_in_formula(Def::Line(id)), self.formula(&line.expr).text());
        Origin { def: Some(Def::from(line.owner)), line: Some(id), span: Some(line.expr.span), explanation }
    }

    /// A rounding after "rounded": `to the nearest £0.01, a tie going to the even figure`.
    pub(crate) fn rounding_text(&self, rounding: &Rounding, ty: &Ty) -> String {
        let grain = self.constant_text(&Constant::Number(rounding.grain.clone()), ty);
        match rounding.mode {
            RoundingMode::HalfEven => format!("to the nearest {grain}, a tie going to the even figure"),
            RoundingMode::HalfUp => format!("to the nearest {grain}, a tie going away from zero"),
            RoundingMode::HalfDown => format!("to the nearest {grain}, a tie going towards zero"),
            RoundingMode::Up => format!("away from zero to a multiple of {grain}"),
            RoundingMode::Down => format!("towards zero to a multiple of {grain}"),
            RoundingMode::Ceiling => format!("up to a multiple of {grain}"),
            RoundingMode::Floor => format!("down to a multiple of {grain}"),
        }
    }

    /// The noun for what a type measures: `amount`, `percentage`, `points`, `figure`.
    pub(crate) fn what_it_measures(&self, ty: &Ty) -> String {
        match ty {
            Ty::Number(unit) if unit.is_money().is_some() => "amount".to_string(),
            Ty::Number(unit) if unit.is_percent() => "percentage".to_string(),
            Ty::Number(unit) if unit.grain().is_some() => unit.describe(),
            Ty::Number(_) => "figure".to_string(),
            Ty::Choice(id) => super::lower_first(self.title(Def::Choice(*id))),
            Ty::Truth => "answer".to_string(),
            Ty::Text => "text".to_string(),
            Ty::Date => "date".to_string(),
        }
    }

    /// A type as the unit column of a table says it.
    pub(crate) fn unit_text(&self, ty: &Ty) -> String {
        match ty {
            Ty::Number(unit) => unit.describe(),
            Ty::Choice(id) => format!("one of “{}”", self.title(Def::Choice(*id))),
            Ty::Truth => "yes or no".to_string(),
            Ty::Text => "text".to_string(),
            Ty::Date => "date".to_string(),
        }
    }

    fn figure(&self, text: String, value: String, origin: Origin) -> Inline {
        let Origin { def, line, span, explanation } = origin;
        let owner = line.and_then(|id| self.program.line(id));
        let name = match (owner, def) {
            (Some(line), _) => line.head.name.clone(),
            (None, Some(def)) => self.anchor(def),
            (None, None) => String::new(),
        };
        let explanation = match (owner, def) {
            _ if !explanation.is_empty() => explanation,
            (Some(line), _) => format!("Stated in the line “{}”", line.head.title),
            (None, Some(def)) => self.stated_where(def),
            (None, None) => String::new(),
        };
        Inline::Figure(Figure { text, value, def, line, name, span, explanation })
    }

    fn stated_where(&self, def: Def) -> String {
        let address = self.places.address(def);
        let title = self.title(def);
        if address.is_empty() {
            format!("Stated in “{title}”")
        } else {
            format!("Stated in “{title}” ({address})")
        }
    }
}

/// A name or a short text of the source as people write it: `by_seal` is `by seal`.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.trim();
    let is_name =
        text.contains('_') && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match unquoted {
        _ if is_name => text.replace('_', " "),
        Some(inside) if !inside.contains('"') => inside.to_string(),
        _ => text.to_string(),
    }
}

/// The name of a field as a label: `collected_by` is `Collected by`, `ods` is `ODS code`.
pub(crate) fn label(field: &str) -> String {
    match field {
        "ods" => return "ODS code".to_string(),
        "vat" => return "VAT".to_string(),
        _ => {}
    }
    let words = field.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
