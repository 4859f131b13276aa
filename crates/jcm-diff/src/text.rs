//! A difference as people read it at a terminal.

use crate::{Change, Difference, Part, Run, What};

/// Columns of a line.
const WIDTH: usize = 100;

/// Words that are kept on either side of a change in a long text.
const AROUND: usize = 6;

/// The difference in words: a paragraph for each declaration, and how many there are.
pub fn text(difference: &Difference) -> String {
    if difference.is_empty() {
        return "The two contracts say the same.\n".to_owned();
    }
    let mut out = String::new();
    for change in &difference.changes {
        let what = match &change.what {
            What::Added => "added   ",
            What::Removed => "removed ",
            What::Changed(_) => "changed ",
        };
        wrapped(&mut out, &format!("{what} "), &heading(change), 9);
        if let What::Changed(parts) = &change.what {
            parts.iter().for_each(|part| write_part(&mut out, part));
        }
    }
    out.push_str(&format!("\n{}\n", summary(difference)));
    if shows_words(difference) {
        out.push_str("In a text, [-words-] are taken out and {+words+} are put in.\n");
    }
    out
}

fn heading(change: &Change) -> String {
    let Change { kind, name, title, .. } = change;
    match (title.is_empty(), title == name) {
        (true, _) => format!("{kind} {name}"),
        (false, true) => format!("{kind} “{title}”"),
        (false, false) => format!("{kind} {name} “{title}”"),
    }
}

/// `2 changed, 1 added, 1 removed`
fn summary(difference: &Difference) -> String {
    let count = |wanted: fn(&What) -> bool| difference.changes.iter().filter(|c| wanted(&c.what)).count();
    let counts = [
        (count(|what| matches!(what, What::Changed(_))), "changed"),
        (count(|what| matches!(what, What::Added)), "added"),
        (count(|what| matches!(what, What::Removed)), "removed"),
    ];
    let told = counts.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

fn shows_words(difference: &Difference) -> bool {
    difference.changes.iter().any(|change| match &change.what {
        What::Changed(parts) => parts.iter().any(|part| !part.words.is_empty()),
        _ => false,
    })
}

fn write_part(out: &mut String, part: &Part) {
    const INDENT: &str = "         ";
    let label = &part.label;
    if !part.words.is_empty() {
        wrapped(out, INDENT, &format!("{label}: {}", marked(&part.words)), 11);
        return;
    }
    match (&part.before, &part.after) {
        (Some(before), Some(after)) => {
            let line = format!("{label}: {before} → {after}");
            if INDENT.len() + line.chars().count() <= WIDTH && !line.contains('\n') {
                out.push_str(&format!("{INDENT}{line}\n"));
            } else {
                out.push_str(&format!("{INDENT}{label}\n"));
                wrapped(out, "           before: ", before, 19);
                wrapped(out, "           after:  ", after, 19);
            }
        }
        (None, Some(after)) => wrapped(out, INDENT, &format!("{label}: new: {after}"), 11),
        (Some(before), None) => wrapped(out, INDENT, &format!("{label}: gone: {before}"), 11),
        (None, None) => out.push_str(&format!("{INDENT}{label}: changed\n")),
    }
}

/// A text with what was taken out and put in; long stretches that stayed are shortened.
fn marked(runs: &[Run]) -> String {
    let last = runs.len().saturating_sub(1);
    let run = |(place, run): (usize, &Run)| match run {
        Run::Out(text) => format!("[-{text}-]"),
        Run::In(text) => format!("{{+{text}+}}"),
        Run::Same(text) => shortened(text, place > 0, place < last),
    };
    runs.iter().enumerate().map(run).collect::<Vec<_>>().join(" ")
}

/// A stretch that stayed, without what is far from a change before or after it.
pub(crate) fn shortened(text: &str, change_before: bool, change_after: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (if change_before { AROUND } else { 0 }, if change_after { AROUND } else { 0 });
    if words.len() <= head + tail + 2 {
        return text.to_owned();
    }
    let head = words.get(..head).unwrap_or(&[]);
    let tail = words.get(words.len() - tail..).unwrap_or(&[]);
    [head, &["…"], tail].concat().join(" ")
}

/// A text after a prefix, broken between words, with the lines after the first indented.
fn wrapped(out: &mut String, prefix: &str, text: &str, indent: usize) {
    out.push_str(prefix);
    let mut column = prefix.chars().count();
    for (place, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if place > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if place > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_from_a_change_a_text_is_shortened() {
        let long = "one two three four five six seven eight nine ten";
        let runs = [Run::Same(long.to_owned()), Run::Out("x".to_owned()), Run::Same(long.to_owned())];
        assert_eq!(marked(&runs), "… five six seven eight nine ten [-x-] one two three four five six …");
    }

    #[test]
    fn long_lines_are_broken_between_words_and_indented() {
        let mut out = String::new();
        wrapped(&mut out, "  ", &"word ".repeat(30), 4);
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(out.lines().nth(1).map(|line| line.starts_with("    word")), Some(true));
    }
}
