//! Answers that change the text.

use crate::desk::View;
use crate::names::uri_of;
use crate::places::{Encoding, Lines, Places};
use jcm_ide::{ActionKind, NotRenamed, Respaced};
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

/// What can be done with what a range touches, and all safe mends of the file.
pub(crate) fn actions(view: &View, range: Range, only: Option<&[CodeActionKind]>) -> CodeActionResponse {
    let places = view.places();
    let is_wanted = |kind: &CodeActionKind| {
        let holds = |only: &CodeActionKind| {
            kind.as_str() == only.as_str() || kind.as_str().starts_with(&format!("{}.", only.as_str()))
        };
        only.is_none_or(|only| only.iter().any(holds))
    };
    let mut found = Vec::new();
    for action in jcm_ide::actions(&view.analysis, places.span(view.file, range)) {
        let kind = action_kind(action.kind);
        if !is_wanted(&kind) {
            continue;
        }
        let problem = action.problem.map(|problem| super::diagnostic(&places, &problem));
        found.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: action.title,
            kind: Some(kind),
            diagnostics: problem.map(|problem| vec![problem]),
            edit: Some(workspace_edit(&places, view, &action.edits)),
            is_preferred: Some(action.only),
            ..CodeAction::default()
        }));
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

fn action_kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::Mend => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

/// The white space that differs when a text is laid out; none for a text with a mistake in its form.
pub(crate) fn formatting(text: &str, encoding: Encoding) -> Vec<TextEdit> {
    spaces(text, encoding, jcm_ide::respaced(text))
}

/// The same for a part of a text.
pub(crate) fn range_formatting(text: &str, range: Range, encoding: Encoding) -> Vec<TextEdit> {
    let lines = Lines::of(text);
    let start = lines.offset(text, Position::new(range.start.line, 0), encoding);
    let end = lines.offset(text, range.end, encoding).max(start);
    spaces(text, encoding, jcm_ide::respaced_within(text, start..end))
}

/// The same for what has just been ended: the declaration at its brace, the line above at a line break.
pub(crate) fn on_type_formatting(
    text: &str,
    position: Position,
    typed: &str,
    encoding: Encoding,
) -> Vec<TextEdit> {
    let lines = Lines::of(text);
    let at = lines.offset(text, position, encoding);
    let part = match (typed, position.line.checked_sub(1)) {
        ("}", _) => jcm_ide::declaration_around(text, at),
        ("\n", Some(above)) => {
            let start = lines.offset(text, Position::new(above, 0), encoding);
            Some(start..lines.offset(text, Position::new(above, u32::MAX), encoding))
        }
        _ => None,
    };
    part.map_or_else(Vec::new, |part| spaces(text, encoding, jcm_ide::respaced_within(text, part)))
}

fn spaces(text: &str, encoding: Encoding, spaces: Option<Vec<Respaced>>) -> Vec<TextEdit> {
    let lines = Lines::of(text);
    let position = |at: usize| lines.position(text, u32::try_from(at).unwrap_or(u32::MAX), encoding);
    let edit = |space: Respaced| TextEdit {
        range: Range::new(position(space.at.start), position(space.at.end)),
        new_text: space.new,
    };
    spaces.unwrap_or_default().into_iter().map(edit).collect()
}
