//! What is said above a declaration: how often it is named, whether an example comes out, what meets a criterion.

use crate::analysis::Analysis;
use crate::index::What;
use crate::kinship::met_by;
use jcm_source::{FileId, Span};
use jcm_syntax::ast::DeclarationKind as Kind;

/// Something said above a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The name of the declaration.
    pub span: Span,
    /// What is said.
    pub title: String,
    /// The places that it speaks of.
    pub places: Vec<Span>,
    /// What a press on it does besides leading to its places.
    pub errand: Option<Errand>,
}

/// What an editor can be asked to do from above a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Show how an example comes to its figures, by its title.
    RunExample(String),
    /// Settle the contract with a data file.
    Settle,
    /// Show the contract as people read it.
    Preview,
}

impl Lens {
    fn says(span: Span, title: String, places: Vec<Span>) -> Self {
        Self { span, title, places, errand: None }
    }

    fn does(span: Span, title: &str, errand: Errand) -> Self {
        Self { span, title: title.to_owned(), places: Vec::new(), errand: Some(errand) }
    }
}

/// What is said above the declarations of a file, in order.
pub fn lenses(analysis: &Analysis, file: FileId) -> Vec<Lens> {
    let mut found = Vec::new();
    let index = analysis.index();
    for (id, symbol) in index.symbols() {
        let counted = matches!(
            symbol.what,
            What::Declared(kind) if !matches!(kind, Kind::Contract | Kind::Unit | Kind::Criterion | Kind::Model
                | Kind::Element | Kind::Profile | Kind::Clause)
        );
        if symbol.name_span.file != file || !counted {
            continue;
        }
        let places: Vec<Span> = index.places(id).filter(|place| *place != symbol.name_span).collect();
        let title = match places.len() {
            0 => "named nowhere".to_owned(),
            1 => "named once".to_owned(),
            count => format!("named {count} times"),
        };
        found.push(Lens::says(symbol.name_span, title, places));
    }
    for example in analysis.worked() {
        let result = &example.result;
        if result.span.file != file {
            continue;
        }
        let title = match (&result.stopped, result.differences.len(), result.expected) {
            (Some(stopped), ..) => format!("cannot be worked out: {stopped}"),
            (None, 0, 1) => "comes out: 1 figure as expected".to_owned(),
            (None, 0, expected) => format!("comes out: {expected} figures as expected"),
            (None, differences, expected) => format!("differs: {differences} of {expected} figures"),
        };
        let places = result.differences.iter().map(|difference| difference.span).collect();
        found.push(Lens::says(result.span, title, places));
    }
    found.extend(criteria(analysis, file));
    found.extend(errands(analysis, file));
    found.sort_by_key(|lens| lens.span);
    found
}

/// Above the contract, to read and to settle it; above an example, to see how it comes to its figures.
fn errands(analysis: &Analysis, file: FileId) -> Vec<Lens> {
    let mut found = Vec::new();
    for declaration in analysis.declarations(file).iter().filter(|_| !analysis.is_of_library(file)) {
        let name = declaration.name.as_ref().map(|name| name.span);
        match (declaration.kind, name, &declaration.title) {
            (Kind::Contract, Some(name), _) => {
                found.push(Lens::does(name, "Preview", Errand::Preview));
                found.push(Lens::does(name, "Settle with a data file", Errand::Settle));
            }
            (Kind::Example, _, Some(title)) => {
                let errand = Errand::RunExample(title.text.clone());
                found.push(Lens::does(title.span, "Run example", errand));
            }
            _ => {}
        }
    }
    found
}

/// The names of criteria.
fn criteria_of(analysis: &Analysis, names: &[&str]) -> Vec<Span> {
    let criteria = analysis.index().symbols().map(|(_, symbol)| symbol);
    let criteria = criteria.filter(|symbol| symbol.is(Kind::Criterion));
    criteria.filter(|symbol| names.contains(&symbol.name.as_str())).map(|symbol| symbol.name_span).collect()
}

/// Above a criterion, what of the contract meets it; above the contract, how many are met.
fn criteria(analysis: &Analysis, file: FileId) -> Vec<Lens> {
    let Some(program) = analysis.program() else { return Vec::new() };
    if program.criteria.is_empty() {
        return Vec::new();
    }
    let assurance = jcm::assure(program);
    let place = jcm::addresses(program);
    let mut found = Vec::new();
    let mut open = Vec::new();
    for row in &assurance.rows {
        let (verdict, detail) = jcm::assurance_cells(program, row, &place);
        let head = &row.criterion.head;
        if head.name_span.file == file {
            let title = format!("{verdict}: {detail}");
            found.push(Lens::says(head.name_span, title, met_by(analysis, &head.name)));
        }
        if matches!(row.verdict, jcm::Verdict::NotMet { .. }) {
            open.push(head.name.as_str());
        }
    }
    let contract = program.contract.head.name_span;
    if contract.file == file {
        let count = assurance.rows.len();
        let title = match open.as_slice() {
            [] => format!("{count} criteria asked, none open"),
            open => format!("{count} criteria asked, open: {}", open.join(", ")),
        };
        let places = criteria_of(analysis, open.as_slice());
        found.push(Lens::says(contract, title, places));
    }
    found
}
