//! Answers that change the text.

use crate::desk::View;
use crate::names::uri_of;
use crate::places::{Encoding, Lines, Places};
use jcm_ide::NotRenamed;
use std::collections::BTreeMap;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;

pub(crate) fn prepare_rename(view: &View, position: Position) -> Result<PrepareRenameResponse> {
    let places = view.places();
    let at = places.offset(view.file, position);
    let span = jcm_ide::name_at(&view.analysis, view.file, at).map_err(refused)?;
    Ok(PrepareRenameResponse::Range(places.range(span)))
}

pub(crate) fn rename(view: &View, position: Position, name: &str) -> Result<WorkspaceEdit> {
    let places = view.places();
    let at = places.offset(view.file, position);
    let edits = jcm_ide::rename(&view.analysis, view.file, at, name).map_err(refused)?;
    Ok(workspace_edit(&places, view, &edits))
}

fn refused(NotRenamed(why): NotRenamed) -> Error {
    Error::invalid_params(why)
}

/// Edits of any number of files.
fn workspace_edit(places: &Places<'_>, view: &View, edits: &[jcm_diagnostics::TextEdit]) -> WorkspaceEdit {
    let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let name = view.analysis.name_of(edit.span.file);
        let edit = TextEdit { range: places.range(edit.span), new_text: edit.new_text.clone() };
        files.entry(name).or_default().push(edit);
    }
    let changes = files.into_iter().filter_map(|(name, edits)| Some((uri_of(&name)?, edits)));
    WorkspaceEdit { changes: Some(changes.collect()), ..WorkspaceEdit::default() }
}

/// The mends of the problems that a range touches, and all safe mends of the file.
pub(crate) fn actions(view: &View, range: Range, only: Option<&[CodeActionKind]>) -> CodeActionResponse {
    let places = view.places();
    let is_wanted = |kind: &CodeActionKind| {
        let holds = |only: &CodeActionKind| {
            kind.as_str() == only.as_str() || kind.as_str().starts_with(&format!("{}.", only.as_str()))
        };
        only.is_none_or(|only| only.iter().any(holds))
    };
    let mut found = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        for action in jcm_ide::actions(&view.analysis, places.span(view.file, range)) {
            found.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: action.title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![super::diagnostic(&places, &action.problem)]),
                edit: Some(workspace_edit(&places, view, &action.edits)),
                is_preferred: Some(action.only),
                ..CodeAction::default()
            }));
        }
    }
    let all = jcm_ide::fix_all(&view.analysis, view.file);
    if is_wanted(&CodeActionKind::SOURCE_FIX_ALL) && !all.is_empty() {
        found.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: "Mend everything that can be mended without being read".to_owned(),
            kind: Some(CodeActionKind::SOURCE_FIX_ALL),
            edit: Some(workspace_edit(&places, view, &all)),
            ..CodeAction::default()
        }));
    }
    found
}

/// The lines that differ when a text is laid out; none for a text with a mistake in its form.
pub(crate) fn formatting(text: &str, encoding: Encoding) -> Vec<TextEdit> {
    let Some(formatted) = jcm_ide::format(text) else { return Vec::new() };
    if formatted == text {
        return Vec::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (text.split_inclusive('\n').collect(), formatted.split_inclusive('\n').collect());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()).saturating_sub(before);
    let after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let ends = |lines: &[&str]| -> usize { lines.len().saturating_sub(after) };
    let start = bytes(old.get(..before).unwrap_or(&[]));
    let end = bytes(old.get(..ends(&old)).unwrap_or(&[]));
    let lines = Lines::of(text);
    let position = |at: usize| lines.position(text, u32::try_from(at).unwrap_or(u32::MAX), encoding);
    let new_text = new.get(before..ends(&new)).unwrap_or(&[]).concat();
    vec![TextEdit { range: Range::new(position(start), position(end)), new_text }]
}
