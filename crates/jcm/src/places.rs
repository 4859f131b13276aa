//! Localities from a table: one row for each place, one column for each figure that a place sets.
//!
//! Each row is read as the `locality` that somebody would have written by hand, so a table can say nothing that the
//! language cannot, and every rule for localities holds. What is found wrong is shown in the cell.

use crate::problems::{TableUnreadable, cell_breaks_out, column_not_local, nameless_place};
use csv_core::{ReadFieldResult, Reader};
use jcm_diagnostics::{Diagnostic, Label};
use jcm_model::{ParameterOwner, Program};
use jcm_source::{FileId, SourceFile, Span, breaks_line, is_unseen};
use std::ops::Range;

/// The column that names a place.
pub(crate) const NAME: &str = "locality";
/// The column of its title.
pub(crate) const TITLE: &str = "title";

/// A table of localities as the text that it stands for.
pub(crate) struct Places {
    /// A declaration for each row.
    pub(crate) text: String,
    /// Where each cell went: its place in `text`, its place in the table.
    cells: Vec<(Range<u32>, Range<u32>)>,
}

/// A cell and where it stands.
#[derive(Clone)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// As many problems of a table as somebody mends at once: thousands of rows often have the same one.
const MOST_PROBLEMS: usize = 20;

/// The first problems of a table, the last of them with how many more there are.
pub(crate) fn first_problems(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.truncate(MOST_PROBLEMS);
    if more > 0
        && let Some(last) = problems.pop()
    {
        problems.push(last.help(format!("Mend these first: this table has {more} more problems")));
    }
    problems
}

/// What a column sets.
enum Column {
    Name,
    Title,
    /// `sharing_rate`
    Figure(String),
    /// `alliance_fund` and `icb`
    Contribution(String, String),
    /// What only another contract has.
    Another,
}

/// The columns that a table of localities of this contract may have, in the order of the contract.
pub fn place_columns(program: &Program) -> Vec<String> {
    let figures = program.parameters.iter().filter(|parameter| match parameter.owner {
        ParameterOwner::Knob { .. } | ParameterOwner::Population(_) | ParameterOwner::Pool(_) => true,
        ParameterOwner::Measure(_) => parameter.head.name.ends_with(".baseline"),
        _ => false,
    });
    let names = figures.map(|parameter| parameter.head.name.clone());
    [NAME.to_owned(), TITLE.to_owned()].into_iter().chain(names).collect()
}

impl Places {
    /// The table as text, or every reason why it is none. What is not in this contract is refused, or passed over in a
    /// table that was written for another.
    pub(crate) fn of(
        program: &Program,
        table: &SourceFile,
        file: FileId,
        of_another: bool,
    ) -> Result<Places, Vec<Diagnostic>> {
        let mut rows = rows(table, file).map_err(|problem| vec![*problem])?.into_iter();
        let start = Span::new(file, 0, 0);
        let header = rows.next().ok_or_else(|| vec![TableUnreadable::empty(start)])?;
        let columns = columns(program, &header, start, of_another)?;
        let text = format!("jcm {}\n\n", crate::EDITION);
        let mut places = Places { text, cells: Vec::new() };
        let mut problems = Vec::new();
        for row in rows.filter(|row| row.iter().any(|cell| !cell.text.trim().is_empty())) {
            if let Err(problem) = places.row(&program.contract.head.name, &columns, &row) {
                problems.push(*problem);
            }
        }
        if problems.is_empty() { Ok(places) } else { Err(problems) }
    }

    /// One row as a declaration.
    fn row(&mut self, contract: &str, columns: &[Column], row: &[Cell]) -> Result<(), Box<Diagnostic>> {
        if row.len() != columns.len() {
            return Err(TableUnreadable::ragged(whole(row), columns.len(), row.len()).into());
        }
        let cells = || columns.iter().zip(row).filter(|(_, cell)| !cell.text.trim().is_empty());
        let find =
            |wanted: fn(&Column) -> bool| cells().find(|(column, _)| wanted(column)).map(|(_, cell)| cell);
        let name = find(|column| matches!(column, Column::Name));
        let Some(name) = name.filter(|cell| is_word(cell.text.trim())) else {
            return Err(
                nameless_place(name.map_or(whole(row), |cell| cell.span), name.map(|c| &*c.text)).into()
            );
        };
        let title = find(|column| matches!(column, Column::Title)).unwrap_or(name);
        for (column, cell) in cells() {
            speaks_for_itself(cell)?;
            let is_figure = matches!(column, Column::Figure(_) | Column::Contribution(..));
            if is_figure && !commas_group(&cell.text) {
                return Err(cell_breaks_out(cell.span, cell.text.trim()).into());
            }
        }
        self.text.push_str("locality ");
        self.cell(name);
        self.text.push_str(" \"");
        self.cell(title);
        self.text.push_str(&format!("\" of {contract} {{\n"));
        for (column, cell) in cells() {
            match column {
                Column::Name | Column::Title | Column::Another => {}
                Column::Figure(path) => {
                    self.text.push_str(&format!("{path} = "));
                    self.cell(cell);
                    self.text.push('\n');
                }
                Column::Contribution(pool, partner) => {
                    self.text.push_str(&format!("{pool}.contributes {{ {partner} : "));
                    self.cell(cell);
                    self.text.push_str(" }\n");
                }
            }
        }
        self.text.push_str("}\n");
        Ok(())
    }

    fn cell(&mut self, cell: &Cell) {
        let at = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = at(&self.text);
        self.text.push_str(cell.text.trim());
        self.cells.push((start..at(&self.text), cell.span.start..cell.span.end));
    }

    /// The cell that a place in the text came from; the nearest before it where it came from none.
    pub(crate) fn in_table(&self, span: Span) -> Span {
        let after = self.cells.partition_point(|(made, _)| made.start <= span.start);
        match self.cells.get(after.saturating_sub(1)) {
            Some((_, cell)) => Span::new(span.file, cell.start, cell.end),
            None => Span::new(span.file, 0, 0),
        }
    }

    /// The program with the places of its localities in the table.
    pub(crate) fn in_program(&self, mut program: Program, file: FileId) -> Program {
        for locality in program.localities.iter_mut().filter(|locality| locality.head.span.file == file) {
            locality.head.span = self.in_table(locality.head.span);
            locality.head.name_span = self.in_table(locality.head.name_span);
            for setting in &mut locality.sets {
                setting.span = self.in_table(setting.span);
            }
        }
        program
    }

    /// The same problem with its places in the table. Its mends are left out: they would mend the text.
    pub(crate) fn told(&self, mut problem: Diagnostic, file: FileId) -> Diagnostic {
        let place = |label: &mut Label| {
            if label.span.file == file {
                label.span = self.in_table(label.span);
            }
        };
        place(&mut problem.primary);
        problem.secondary.iter_mut().for_each(place);
        problem.fixes.retain(|fix| fix.edits.iter().all(|edit| edit.span.file != file));
        problem
    }
}

/// What each column sets, or the columns that set nothing.
fn columns(
    program: &Program,
    header: &[Cell],
    start: Span,
    of_another: bool,
) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let known = place_columns(program);
    let mut problems = Vec::new();
    let mut columns = Vec::new();
    for (place, cell) in header.iter().enumerate() {
        let name = cell.text.trim();
        if header.iter().take(place).any(|other| other.text.trim() == name) {
            problems.push(TableUnreadable::twice(cell.span, name));
        }
        match name {
            NAME => columns.push(Column::Name),
            TITLE => columns.push(Column::Title),
            _ if known.iter().any(|known| known == name) => columns.push(figure(program, name)),
            _ if of_another => columns.push(Column::Another),
            _ => problems.push(column_not_local(cell.span, name, &known)),
        }
    }
    if !columns.iter().any(|column| matches!(column, Column::Name)) {
        problems.push(TableUnreadable::nameless(header.first().map_or(start, |cell| cell.span)));
    }
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

fn figure(program: &Program, name: &str) -> Column {
    let of_a_pool = |(pool, _): &(&str, &str)| program.pools.iter().any(|known| known.head.name == *pool);
    match name.rsplit_once('.').filter(of_a_pool) {
        Some((pool, partner)) => Column::Contribution(pool.to_owned(), partner.to_owned()),
        None => Column::Figure(name.to_owned()),
    }
}

/// A cell holds one value and nothing that would end it.
fn speaks_for_itself(cell: &Cell) -> Result<(), Box<Diagnostic>> {
    let text = cell.text.trim();
    let hides = |letter: char| letter.is_control() || is_unseen(letter) || breaks_line(letter);
    let breaks = |letter: char| hides(letter) || matches!(letter, '{' | '}' | '"' | '=');
    let goes_on = text.ends_with([',', '-', '+', '*', '/', '(']) || text.contains("//");
    if text.contains(breaks) || goes_on { Err(cell_breaks_out(cell.span, text).into()) } else { Ok(()) }
}

/// Whether every comma of a figure has three digits after it, and no fourth: another comma would begin another value.
fn commas_group(text: &str) -> bool {
    text.split(',').skip(1).all(|after| after.bytes().take_while(u8::is_ascii_digit).count() == 3)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn whole(row: &[Cell]) -> Span {
    match (row.first(), row.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::new(FileId(0), 0, 0),
    }
}

/// The cells of a text, row by row, each with its place.
pub(crate) fn rows(table: &SourceFile, file: FileId) -> Result<Vec<Vec<Cell>>, Box<Diagnostic>> {
    // With a line break at the end, every cell that is closed ends before the text does.
    let text = format!("{}\n", table.text());
    let mut reader = Reader::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    // A cell is never longer than the text that it is read from.
    let mut buffer = vec![0; text.len()];
    loop {
        let input = text.as_bytes().get(at..).unwrap_or_default();
        let (result, taken, made) = reader.read_field(input, &mut buffer);
        let raw = text.get(at..at.saturating_add(taken)).unwrap_or_default();
        let span = place_of(raw, at, file);
        match result {
            ReadFieldResult::Field { record_end } => {
                let bytes = buffer.get(..made).unwrap_or_default();
                row.push(Cell { text: String::from_utf8_lossy(bytes).into_owned(), span });
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => return Ok(rows),
            ReadFieldResult::InputEmpty if input.is_empty() => return Ok(rows),
            ReadFieldResult::InputEmpty if raw.trim_end().is_empty() => {}
            _ => return Err(TableUnreadable::unclosed(Span::new(file, span.start, span.start)).into()),
        }
        at = at.saturating_add(taken);
    }
}

/// Where a cell stands, given the bytes that were read for it: without the comma or line break around it.
fn place_of(raw: &str, at: usize, file: FileId) -> Span {
    let cell = raw.trim_start_matches(['\r', '\n']);
    let start = at.saturating_add(raw.len().saturating_sub(cell.len()));
    let end = start.saturating_add(cell.trim_end_matches(['\r', '\n', ',']).len());
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(start), offset(end))
}
