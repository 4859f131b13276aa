//! Problems for an editor that asks for them instead of being told.

use crate::desk::View;
use crate::disk::RealDisk;
use crate::names::uri_of;
use crate::places::{Encoding, Places};
use jcm_ide::{Date, Host, LIBRARY};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tower_lsp::ls_types::*;

/// What an editor has open, so that contracts can be read beside the desk.
pub(crate) struct Opened {
    pub(crate) roots: Vec<String>,
    /// By name, with its version.
    pub(crate) texts: BTreeMap<String, (Arc<str>, i32)>,
    pub(crate) encoding: Encoding,
    pub(crate) today: Date,
}

/// Every problem of one file, examples, criteria and advice too.
pub(crate) fn of_document(view: &View) -> DocumentDiagnosticReportResult {
    let places = view.places();
    let name = view.analysis.name_of(view.file);
    let found = view.analysis.diagnostics_and_advice().remove(&name).unwrap_or_default();
    report(found.iter().map(|problem| super::diagnostic(&places, problem)).collect())
}

/// What is said of a file that belongs to no contract.
pub(crate) fn of_nothing() -> DocumentDiagnosticReportResult {
    report(Vec::new())
}

fn report(items: Vec<Diagnostic>) -> DocumentDiagnosticReportResult {
    let full = full(items);
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}

fn full(items: Vec<Diagnostic>) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport { result_id: None, items }
}

/// Every problem of every contract in the folders that the editor shows, open or not.
pub(crate) fn of_workspace(opened: Opened) -> WorkspaceDiagnosticReportResult {
    let mut host = Host::new(Box::new(RealDisk));
    host.set_roots(opened.roots);
    host.set_today(opened.today);
    for (name, (text, _)) in &opened.texts {
        host.set_text(name, text.clone());
    }
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for project in host.contracts() {
        let analysis = host.read(&project);
        host.forget_contract(&project);
        let places = Places::new(&analysis, opened.encoding);
        for (name, problems) in analysis.diagnostics_and_advice() {
            let Some(uri) = uri_of(&name).filter(|_| !name.starts_with(LIBRARY)) else { continue };
            if !seen.insert(name.clone()) {
                continue;
            }
            let told = problems.iter().map(|problem| super::diagnostic(&places, problem)).collect();
            items.push(WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri,
                version: opened.texts.get(&name).map(|(_, version)| i64::from(*version)),
                full_document_diagnostic_report: full(told),
            }));
        }
    }
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}
