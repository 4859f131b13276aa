//! What was seen before: a CSV file with a row for each time and a column for each input.

use crate::places::{Cell, rows};
use crate::problems::history_unusable;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Program, Shape, Simulation, Vary};
use jcm_quantity::{Currency, Exact, Unit};
use jcm_source::{FileId, Sources, Span};

/// The column that says of which locality a row is.
const PLACE: &str = "locality";

/// A file of figures that were seen before.
pub(super) struct History {
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    start: Span,
}

impl History {
    /// The history of a simulation: the file that was asked for, or the one that the simulation names; `None` where
    /// nothing is drawn from it.
    pub(super) fn of(
        sources: &Sources,
        simulation: &Simulation,
        asked: Option<FileId>,
    ) -> Result<Option<History>, Box<Diagnostic>> {
        let Some(first) = simulation.vary.iter().find(|vary| is_of(vary.shape)) else { return Ok(None) };
        let named = || simulation.history.as_ref().and_then(|(name, _)| named(sources, name));
        let Some(file) = asked.or_else(named) else {
            return Err(match &simulation.history {
                Some((name, span)) => history_unusable::not_there(name, *span).into(),
                None => history_unusable::unnamed(first.span).into(),
            });
        };
        let Some(table) = sources.get(file) else { return Ok(None) };
        let mut rows = rows(table, file)?.into_iter();
        let start = Span::new(file, 0, 0);
        let header = rows.next().unwrap_or_default();
        let rows = rows.filter(|row| row.iter().any(|cell| !cell.text.trim().is_empty())).collect();
        Ok(Some(History { header, rows, start }))
    }

    /// The figures of an input in a locality, in the order of the rows. A row whose locality is empty is of every place.
    pub(super) fn figures(
        &self,
        program: &Program,
        vary: &Vary,
        place: &str,
    ) -> Result<Vec<Exact>, Box<Diagnostic>> {
        let column = self.column(program, vary)?;
        let places = self.header.iter().position(|cell| cell.text.trim() == PLACE);
        let text =
            |row: &[Cell], column: usize| row.get(column).map_or("", |cell| cell.text.trim()).to_owned();
        let mut figures = Vec::new();
        for row in &self.rows {
            let of = places.map_or(String::new(), |places| text(row, places));
            if !of.is_empty() && of != place {
                continue;
            }
            let cell = text(row, column);
            if cell.is_empty() && vary.shape == Shape::Empirical {
                continue;
            }
            let figure = figure(&cell, &vary.unit).map_err(|why| {
                let row = row.first().map(|cell| cell.span).zip(row.last().map(|cell| cell.span));
                let row = row.map_or(self.start, |(first, last)| first.to(last));
                let span = self.rows_cell(row, column).unwrap_or(row);
                Box::new(history_unusable::cell(&cell, &vary.unit, &why, span))
            })?;
            figures.push(figure);
        }
        if figures.is_empty() {
            return Err(history_unusable::empty(vary, place).into());
        }
        Ok(figures)
    }

    /// The place of a cell of the row that lies in a span.
    fn rows_cell(&self, row: Span, column: usize) -> Option<Span> {
        let row =
            self.rows.iter().find(|cells| cells.first().is_some_and(|cell| cell.span.start == row.start))?;
        row.get(column).map(|cell| cell.span)
    }

    /// The column of an input: the one that the simulation names, or that has its name or title.
    fn column(&self, program: &Program, vary: &Vary) -> Result<usize, Box<Diagnostic>> {
        let head = program.drawn(vary);
        let whole = head.map_or("", |head| head.name.as_str());
        let last = whole.rsplit('.').next().unwrap_or_default();
        let title = head.map_or("", |head| head.title.as_str());
        let wanted = match &vary.column {
            Some(column) => vec![column.as_str()],
            None => vec![whole, last, title],
        };
        let find =
            |name: &&str| self.header.iter().position(|cell| !name.is_empty() && cell.text.trim() == *name);
        let known: Vec<&str> = self.header.iter().map(|cell| cell.text.trim()).collect();
        let found = wanted.iter().find_map(find);
        found.ok_or_else(|| {
            history_unusable::column(vary, vary.column.as_deref().unwrap_or(last), &known).into()
        })
    }
}

/// Whether figures of a shape come from the history.
pub(super) fn is_of(shape: Shape) -> bool {
    matches!(shape, Shape::Empirical | Shape::History)
}

/// The file of a name that a contract gives.
pub(super) fn named(sources: &Sources, name: &str) -> Option<FileId> {
    let below = format!("/{name}");
    sources.iter().find(|(_, file)| file.name() == name || file.name().ends_with(&below)).map(|(id, _)| id)
}

/// A figure as it stands in a cell: `9,800,000`, `£9,800,000.50` or `82%`.
fn figure(text: &str, unit: &Unit) -> Result<Exact, String> {
    let (sign, body) = match text.strip_prefix(['-', '−']) {
        Some(body) => (-1, body.trim()),
        None => (1, text),
    };
    let is_percent = unit.is_percent();
    let body = match (body.strip_suffix('%'), is_percent) {
        (Some(body), true) => body.trim(),
        (None, true) => return Err("it has no % sign".to_owned()),
        (Some(_), false) => return Err("it has a % sign".to_owned()),
        (None, false) => body,
    };
    let currency = unit.is_money().and_then(Currency::named);
    let signs = currency.iter().flat_map(|currency| [currency.symbol.as_str(), currency.code.as_str()]);
    let body = signs.filter_map(|sign| body.strip_prefix(sign)).next().unwrap_or(body).trim();
    let digits = body.replace(',', "");
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = Some(digits).filter(|_| plain).and_then(|digits| Exact::parse(&digits));
    let number =
        number.ok_or_else(|| if text.is_empty() { "it is empty" } else { "it is no number" }.to_owned())?;
    let number = number * Exact::from_int(sign);
    number.checked_div(&unit.scale()).ok_or_else(|| "it is no number".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        let pounds = Unit::money("GBP");
        assert_eq!(figure("£9,800,000.50", &pounds).unwrap(), Exact::parse("9800000.5").unwrap());
        assert_eq!(figure("-120", &pounds).unwrap(), Exact::from_int(-120));
        assert_eq!(figure("82%", &Unit::percent()).unwrap(), Exact::parse("0.82").unwrap());
        assert!(figure("82", &Unit::percent()).is_err());
        assert!(figure("82%", &pounds).is_err());
        assert!(figure("", &pounds).is_err());
        assert!(figure("1e9", &pounds).is_err());
    }
}
