//! How many blank lines stand between the entries of a file or block.

use crate::lines;
use crate::tree::{Content, Entry, What};

/// Brings the blank lines of a file and of every block in it into bounds.
pub(crate) fn settle(file: &mut [Entry<'_>]) {
    limit(file, 2);
    for at in 1..file.len() {
        let Some((before, [entry, ..])) = file.split_at_mut_checked(at) else { continue };
        let least = usize::from(before.last().is_some_and(|last| must_part(last, entry)));
        entry.blank_lines = entry.blank_lines.max(least);
    }
    part_long_declarations(file);
}

fn limit(entries: &mut [Entry<'_>], most: usize) {
    for entry in entries {
        entry.blank_lines = entry.blank_lines.min(most);
        let Content::Run(run) = &mut entry.content else { continue };
        for piece in &mut run.pieces {
            if let What::Block(block) = &mut piece.what {
                limit(&mut block.entries, 1);
            }
        }
    }
}

/// Whether a blank line must part two neighbours of a file.
fn must_part(before: &Entry<'_>, after: &Entry<'_>) -> bool {
    match (&before.content, &after.content) {
        (Content::Run(run), _) => run.is_edition() || lines::has_long_body(run, 0),
        // Without the blank line a comment that only looks like a doc comment would become one.
        (
            Content::Comment { text, is_doc: false },
            Content::Run(_) | Content::Comment { is_doc: true, .. },
        ) => text.starts_with("///"),
        (Content::Comment { .. }, _) => false,
    }
}

/// Puts a blank line before a declaration of several lines, and before the comments that stand right above it.
fn part_long_declarations(file: &mut [Entry<'_>]) {
    let mut first_above = 0;
    for at in 1..file.len() {
        let Some(entry) = file.get(at) else { continue };
        let follows_run = file.get(at - 1).is_some_and(|last| matches!(last.content, Content::Run(_)));
        if follows_run || entry.blank_lines > 0 {
            first_above = at;
        }
        let is_long = matches!(&entry.content, Content::Run(run) if lines::has_long_body(run, 0));
        if is_long
            && first_above > 0
            && let Some(first) = file.get_mut(first_above)
        {
            first.blank_lines = first.blank_lines.max(1);
        }
    }
}
